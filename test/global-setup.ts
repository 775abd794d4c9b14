import type { TestProject } from 'vitest/node'
import { startScratchServer } from '#platform/database/testing.ts'
import { startJobQueue } from '#platform/jobs.ts'
import { createLog } from '#platform/log.ts'
import { modules } from '../src/modules.ts'
import { openDatabase } from '../src/product.ts'

/** One scratch database server for the whole run; every test that asks gets a database of its own on it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startScratchServer({ inMemory: true })
  // Hundreds of files begin with a product that was started: what that writes is written once, and copied.
  await server.keepOpened(async (url) => {
    const log = createLog('error')
    const database = await openDatabase(url, modules, log, { unsafeForTests: true })
    await database.close()
    const jobs = modules.flatMap((module) => module.jobs ?? [])
    await (await startJobQueue(url, jobs, log)).stop()
  })
  project.provide('databaseUrl', server.url)
  return () => server.stop()
}
