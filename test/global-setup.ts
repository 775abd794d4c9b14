import type { TestProject } from 'vitest/node'
import { startScratchServer } from '#platform/database/testing.ts'

/** One scratch database server for the whole run; every test that asks gets a database of its own on it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startScratchServer()
  project.provide('databaseUrl', server.url)
  return () => server.stop()
}
