import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Context, operator } from '#platform/context.ts'
import { type Database, withTransaction } from '#platform/database/connection.ts'
import { type Embedded, startEmbedded } from '#platform/database/embedded.ts'
import { requestImport } from '#platform/imports/actions.ts'
import { importerOf, importersIn } from '#platform/imports/import-run.ts'
import { inspectFile } from '#platform/imports/inspect.ts'
import { createLog } from '#platform/log.ts'
import type { RunView } from '#platform/runs/run-kind.ts'
import { runById } from '#platform/runs/store.ts'
import { fileSource } from '#platform/tabular/byte-source.ts'
import { modules } from '../src/modules.ts'
import { contextMaker, openDatabase } from '../src/product.ts'
import { type Child, startChild } from './children.ts'
import type { Data } from './data.ts'
import type { Figure } from './figures.ts'
import { type Peak, watchMemory } from './memory.ts'
import { processorSeconds } from './processor.ts'

export const partNames = [
  'import',
  'valuation',
  'rescoring',
  'lists',
  'reads',
  'duplicates',
  'idle',
  'reach',
  'registers',
  'cases',
] as const
export type PartName = (typeof partNames)[number]

export interface BenchOptions {
  readonly customers: number
  readonly ordersPerCustomer: number
  readonly seed: number
  readonly only: readonly PartName[]
  /** Says what happens, for people. */
  say(line: string): void
}

/** What the parts of the bench share: one private server with production settings, one product on it, and the data. */
export interface Bench extends BenchOptions {
  readonly folder: string
  readonly server: Embedded
  readonly database: Database
  readonly product: Child
  readonly address: string
  readonly data: Data
  add(part: PartName, figure: Omit<Figure, 'part'>): void
  transaction<T>(work: (context: Context) => Promise<T>): Promise<T>
  /** Imports a file as a person would, with the columns that are recognised; answers the finished run. */
  import(kind: string, path: string): Promise<RunView>
  /** Waits for a run; throws where it fails. */
  finish(runId: string): Promise<RunView>
  /** Carries something out and watches what it costs. */
  observe<T>(work: () => Promise<T>): Promise<Observed<T>>
  close(): Promise<void>
}

export interface Observed<T> {
  readonly value: T
  readonly seconds: number
  /** Processor time of product and database server; tells more than the clock where others use the machine. */
  readonly processor: number
  readonly serverProcessor: number
  readonly peak: Peak
}

/** A fresh installation for some parts of the bench; what they find goes to `add`. */
export async function openBench(options: BenchOptions, data: Data, add: Bench['add']): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), 'patron-bench-'))
  const dataFolder = join(folder, 'data')
  await mkdir(dataFolder)
  const server = await startEmbedded(dataFolder)
  const database = await openDatabase(server.url, modules, createLog('warn'))
  const contextOf = contextMaker(modules)
  const transaction: Bench['transaction'] = (work) => withTransaction(database, (db) => work(contextOf(db, new Date(), operator)))
  const product = startChild('product.ts', [], { PATRON_DATA: dataFolder, DATABASE_URL: server.url, PORT: '0', PATRON_LOG: 'warn' })
  const address = String((await product.ready).address)

  const finish: Bench['finish'] = async (runId) => {
    for (;;) {
      const run = (await runById(database.db, runId))!
      if (run.state === 'done') return run
      if (run.state !== 'waiting' && run.state !== 'running') throw new Error(`A ${run.kind} ended as ${run.state}: ${run.problem}`)
      if (product.process.exitCode !== null) throw new Error('The product ended')
      await sleep(100)
    }
  }
  return {
    ...options,
    folder,
    server,
    database,
    product,
    address,
    data,
    add,
    async observe(work) {
      const watch = watchMemory(product.pid, server.serverPid())
      const before = await Promise.all([processorSeconds(product.pid), processorSeconds(server.serverPid())])
      const { seconds, value } = await timed(work)
      const after = await Promise.all([processorSeconds(product.pid), processorSeconds(server.serverPid())])
      const [own, serverProcessor] = [after[0] - before[0], after[1] - before[1]]
      return { value, seconds, processor: own + serverProcessor, serverProcessor, peak: await watch.stop() }
    },
    transaction,
    finish,
    async import(kind, path) {
      const importer = importerOf(importersIn({ modules }), kind)
      const { suggested } = await inspectFile(await fileSource(path), importer, [], {})
      const mapping = { ...suggested, source: 'shop' }
      const { id } = await transaction((context) =>
        requestImport(context, { importer: kind, file: { kind: 'path', path, name: kind }, mapping, dryRun: false }),
      )
      return finish(id)
    },
    async close() {
      await product.stop()
      await database.close()
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** How long a run worked, in seconds. */
export const secondsOf = (run: RunView): number => (run.finishedAt!.getTime() - run.startedAt!.getTime()) / 1000

export async function timed<T>(work: () => Promise<T>): Promise<{ readonly seconds: number; readonly value: T }> {
  const start = performance.now()
  const value = await work()
  return { seconds: (performance.now() - start) / 1000, value }
}
