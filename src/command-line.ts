import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Command, CommandShell } from '#platform/command.ts'
import type { Configuration } from '#platform/configuration.ts'
import { operator } from '#platform/context.ts'
import { type Database, withTransaction } from '#platform/database/connection.ts'
import { type Embedded, joinRunning, startEmbedded } from '#platform/database/embedded.ts'
import { AlreadyRunning } from '#platform/database/lock.ts'
import { ensureBrowserBuilt } from '#platform/http/browser-build.ts'
import { type JobQueue, startJobQueue } from '#platform/jobs.ts'
import { createLog } from '#platform/log.ts'
import type { Module } from '#platform/module.ts'
import { Refusal } from '#platform/refusal.ts'
import type { RunView } from '#platform/runs/run-kind.ts'
import { runById } from '#platform/runs/store.ts'
import { startRunWorker } from '#platform/runs/worker.ts'
import { refuseAwayFromLoopback, showDemo } from '#seeds/demo.ts'
import { doctorCommand } from './doctor-command.ts'
import { contextMaker, openDatabase, outsideOf, type Product, type Role, startProduct } from './product.ts'
import { restoreCommand } from './restore-command.ts'

/** Carries out one command line; answers the exit code. Failures are one clear line on standard error. */
export async function runCommand(words: readonly string[], configuration: Configuration, modules: readonly Module[]): Promise<number> {
  // Whoever asks how a command is used does not want it carried out.
  const name = words.some((word) => word === '--help' || word === '-h') ? 'help' : (words[0] ?? 'help')
  if (name === 'start') return serveUntilStopped(configuration, modules, ['web', 'worker'])
  if (name === 'demo') {
    refuseAwayFromLoopback(configuration)
    return serveUntilStopped(configuration, modules, ['web', 'worker'], (product) =>
      showDemo(product, (line) => process.stdout.write(`${line}\n`)),
    )
  }
  if (name === 'worker') return serveUntilStopped(configuration, modules, ['worker'])
  if (name === 'doctor') return doctorCommand(words.slice(1), configuration, modules)
  if (name === 'restore') return restoreCommand(words.slice(1), configuration, modules)
  if (name === 'migrate') return withDatabase(configuration, modules, async () => 0)
  const commands = modules.flatMap((module) => module.commands ?? [])
  const command = commands.find((c) => c.name === words.slice(0, c.name.split(' ').length).join(' '))
  if (!command) {
    const asked = ['help', '--help', '-h'].includes(name)
    process[asked ? 'stdout' : 'stderr'].write(`${asked ? '' : `There is no command '${name}'.\n`}${usage(commands)}`)
    return asked ? 0 : 2
  }
  const rest = words.slice(command.name.split(' ').length)
  const json = rest.includes('--json')
  return withDatabase(configuration, modules, async (database, alone, url) => {
    const queue = await startJobQueue(
      url,
      modules.flatMap((m) => m.jobs ?? []),
      createLog('warn'),
    )
    try {
      await command.run(
        shellFor({ configuration, database, modules, queue, json, alone }),
        rest.filter((word) => word !== '--json'),
      )
      return 0
    } catch (error) {
      return explain(error, json)
    } finally {
      await queue.stop()
    }
  })
}

/** A refusal or a word too many in one line, with the exit code; anything else is a bug and goes on. */
export function explain(error: unknown, json: boolean): number {
  if (!(error instanceof Refusal || (error instanceof Error && error.name === 'TypeError' && 'code' in error))) throw error
  const reason = error instanceof Refusal ? error.reason : 'bad-arguments'
  process.stderr.write(`${json ? JSON.stringify({ error: { reason, detail: error.message } }) : error.message}\n`)
  return 1
}

/** What is no module's: name, with what it takes, and what it does. */
export const ownCommands: readonly (readonly [usage: string, summary: string])[] = [
  ['start', 'Starts the product: database, workers and the pages.'],
  ['worker', 'Starts only workers beside a running product (needs DATABASE_URL).'],
  ['demo', 'The same as start, with a demo company loaded and demo accounts printed.'],
  ['migrate', 'Brings the database to this version and ends.'],
  ['doctor', 'Looks at machine, database and data, and says what to do where something is not good.'],
  [
    'restore FILE [--yes] [--passphrase-file FILE]',
    'Puts everything back as a backup holds it, or leaves it as it is. Stop the product first.',
  ],
  ['test', 'Runs everything that proves the product.'],
  ['bench', 'Measures speed and memory as ratios against named references.'],
]

function usage(commands: readonly Command[]): string {
  const rows = [...ownCommands, ...commands.map((c) => [c.usage, c.summary] as const)]
  return `Usage: ./patron <command> [--json]\n\n${rows.map(([name, summary]) => `  ${name}\n      ${summary}\n`).join('')}`
}

/** Starts the product and keeps it up until it is told to stop; a second signal ends it at once. `whenUp` says so and answers where people find it from then on. */
export async function serveUntilStopped(
  configuration: Configuration,
  modules: readonly Module[],
  roles: readonly Role[],
  whenUp: (product: Product) => Promise<string | null> = sayReady,
): Promise<number> {
  const log = createLog(configuration.logLevel)
  const say = (line: string) => process.stdout.write(`${line}\n`)
  const building = new AbortController()
  const browser = roles.includes('web')
    ? ensureBrowserBuilt({ dataFolder: configuration.dataFolder, say, stopping: building.signal })
    : null
  browser?.catch(() => {})
  const lost = Promise.withResolvers<never>()
  lost.promise.catch(() => {})
  const embedded = configuration.databaseUrl
    ? null
    : await startEmbedded(configuration.dataFolder, { log: (line) => log.warn(line), onLost: (error) => lost.reject(error) }).catch(
        (error) => {
          building.abort()
          throw error
        },
      )
  const asked = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve())
  })
  try {
    const databaseUrl = configuration.databaseUrl ?? embedded!.url
    const product = await startProduct({ configuration, databaseUrl, modules, roles, log, ...(browser ? { browser: await browser } : {}) })
    try {
      if (product.address) await embedded?.announce(product.address)
      const up = whenUp(product).then(async (address) => {
        if (address && address !== product.address) await embedded?.announce(address)
        await Promise.race([asked, lost.promise])
      })
      await Promise.race([up, asked, lost.promise])
    } finally {
      await product.stop()
    }
  } finally {
    await embedded?.stop()
  }
  return 0
}

async function sayReady({ address }: Product): Promise<string | null> {
  process.stdout.write(address ? `Patron is ready: ${address}\n` : 'Patron works in the background.\n')
  return address
}

async function withDatabase(
  configuration: Configuration,
  modules: readonly Module[],
  work: (database: Database, alone: boolean, url: string) => Promise<number>,
): Promise<number> {
  const log = createLog(configuration.logLevel === 'info' ? 'warn' : configuration.logLevel)
  const { url, embedded } = await databaseFor(configuration)
  const database = await openDatabase(url, modules, log, { backups: configuration })
  try {
    return await work(database, embedded !== null, url)
  } finally {
    await database.close()
    await embedded?.stop()
  }
}

/** The database of a running product, or our own server where none runs. Two commands that start at the same moment: the later one joins the earlier. */
async function databaseFor(configuration: Configuration): Promise<{ url: string; embedded: Embedded | null }> {
  const running = configuration.databaseUrl ?? (await joinRunning(configuration.dataFolder))
  if (running) return { url: running, embedded: null }
  try {
    const embedded = await startEmbedded(configuration.dataFolder)
    return { url: embedded.url, embedded }
  } catch (error) {
    const joined = error instanceof AlreadyRunning ? await joinRunning(configuration.dataFolder) : null
    if (!joined) throw error
    return { url: joined, embedded: null }
  }
}

interface ShellParts {
  readonly configuration: Configuration
  readonly database: Database
  readonly modules: readonly Module[]
  readonly json: boolean
  /** Facts of a command wake the jobs of a running product, or wait for the next start. */
  readonly queue: JobQueue
  /** Whether nobody else works on runs: then the command does it itself. */
  readonly alone: boolean
}

function shellFor({ configuration, database, modules, queue, json, alone }: ShellParts): CommandShell {
  const now = () => new Date()
  const contextOf = contextMaker(modules, queue, outsideOf(configuration))
  return {
    configuration,
    database,
    now,
    json,
    say: (line) => {
      if (!json) process.stdout.write(`${line}\n`)
    },
    result: (value) => {
      if (json) process.stdout.write(`${JSON.stringify(value)}\n`)
    },
    transaction: (work) => withTransaction(database, (db) => work(contextOf(db, now(), operator))),
    async follow(runId) {
      const worker = alone
        ? startRunWorker({
            database,
            kinds: modules.flatMap((m) => m.runs ?? []),
            log: createLog('warn'),
            now,
            folder: join(configuration.dataFolder, 'spool'),
            name: `command:${process.pid}`,
            contextOf,
          })
        : null
      try {
        return await followToTheEnd(database, runId, json)
      } finally {
        await worker?.stop()
      }
    },
  }
}

async function followToTheEnd(database: Database, runId: string, json: boolean): Promise<RunView> {
  const bar = !json && process.stdout.isTTY
  for (;;) {
    const run = (await runById(database.db, runId))!
    if (bar && run.progress) process.stdout.write(`\r\u001b[K${progressLine(run.progress)}`)
    if (run.state !== 'waiting' && run.state !== 'running') {
      if (bar) process.stdout.write('\r\u001b[K')
      if (run.state === 'failed') throw new Refusal('conflict', 'run-failed', run.problem ?? 'The run failed')
      if (run.state === 'cancelled') throw new Refusal('conflict', 'run-cancelled', 'The run was cancelled')
      return run
    }
    await sleep(200)
  }
}

function progressLine({ phase, done, total }: { phase: string; done: number; total: number | null }): string {
  if (total === null || total === 0) return `${phase}: ${done.toLocaleString('en')}`
  const width = 30
  const full = Math.min(width, Math.round((done / total) * width))
  return `${phase} [${'='.repeat(full)}${' '.repeat(width - full)}] ${Math.floor((100 * done) / total)} %`
}
