import { mkdir } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import {
  backupsSetting,
  customerLook,
  doorRules,
  firstAdministratorToken,
  organizationProfile,
  readSetting,
  seedRoles,
} from '#modules/organization/public.ts'
import { backupFileName, backupFolder, rememberBackup } from '#platform/backup/backups.ts'
import { passphraseIn } from '#platform/backup/passphrase.ts'
import { type Backup, writeBackup } from '#platform/backup/write-backup.ts'
import type { Configuration } from '#platform/configuration.ts'
import { type Actor, type Context, type House, system } from '#platform/context.ts'
import { connect, type Database, type Db, refuseUnsafeServer, withTransaction } from '#platform/database/connection.ts'
import { migrate } from '#platform/database/migrate.ts'
import { describeHouse } from '#platform/http/house.ts'
import { pageFilesIn } from '#platform/http/page-files.ts'
import { httpServer } from '#platform/http/server.ts'
import { serveBrowser } from '#platform/http/static.ts'
import { timeOrderedId } from '#platform/identifier.ts'
import { type JobQueue, silentQueue, startJobQueue } from '#platform/jobs.ts'
import { createLog, type Log } from '#platform/log.ts'
import { startMailListener } from '#platform/mailbox/listener.ts'
import { createMetrics } from '#platform/metrics.ts'
import type { Module } from '#platform/module.ts'
import { newContext } from '#platform/new-context.ts'
import { type RunWorker, startRunWorker } from '#platform/runs/worker.ts'
import { sealingIn } from '#platform/sealing.ts'
import { signIn } from '#platform/sign-in/sign-in.ts'
import { anyUser } from '#platform/sign-in/users.ts'
import { noteReads } from '#platform/trail/note-reads.ts'
import { startSealing } from '#platform/trail/seal.ts'

export type Role = 'web' | 'worker'

export interface Product {
  readonly database: Database
  /** Where people find it, once it listens. */
  readonly address: string | null
  contextOf(db: Db, now: Date, actor: Actor): Context
  /** Lets everything that was acknowledged finish, then ends. */
  stop(): Promise<void>
}

export interface ProductOptions {
  readonly configuration: Configuration
  readonly databaseUrl: string
  readonly modules: readonly Module[]
  readonly roles: readonly Role[]
  /** The folder with the built browser part; without it only the API answers. */
  readonly browser?: string
  readonly log?: Log
  readonly now?: () => Date
  readonly safety?: Safety
}

interface Safety {
  /** Only for tests: a server that does not wait for the disk is taken too. */
  readonly unsafeForTests?: boolean
  /** Where a backup goes before an upgrade; without it none is written. */
  readonly backups?: Pick<Configuration, 'dataFolder' | 'backupPassphraseFile'>
}

/** Configuration → database → jobs → HTTP: the whole product in one process, or one of its roles. */
export async function startProduct(options: ProductOptions): Promise<Product> {
  const { configuration, modules, roles } = options
  const log = options.log ?? createLog(configuration.logLevel)
  const now = options.now ?? (() => new Date())
  const started: { stop(): Promise<void> }[] = []
  const stop = async () => {
    for (const part of started.splice(0).reverse()) await part.stop()
  }
  try {
    const database = await openDatabase(options.databaseUrl, modules, log, { backups: configuration, ...options.safety })
    started.push({ stop: () => database.close() })
    const jobs = modules.flatMap((m) => m.jobs ?? [])
    const queue = await startJobQueue(options.databaseUrl, jobs, log)
    started.push(queue)
    const contextOf = contextMaker(modules, queue, outsideOf(configuration))
    const parts = { configuration, database, modules, queue, log, now }
    if (roles.includes('worker')) started.push(await startWorkers({ ...parts, contextOf }))
    const web = roles.includes('web') ? await startWeb({ ...parts, browser: options.browser }) : null
    if (web) started.push(web)
    return { database, address: web?.address ?? null, contextOf, stop }
  } catch (error) {
    // Where a later part cannot start, such as on a port that is taken, the earlier ones would keep the process alive.
    await stop()
    throw error
  }
}

/** Connects, refuses a server that could lose what it confirmed, migrates, and brings in what a fresh installation starts from. */
export async function openDatabase(url: string, modules: readonly Module[], log: Log, safety: Safety = {}): Promise<Database> {
  const database = connect(url, { onLost: (error) => log.warn({ err: error }, 'A database connection was lost') })
  try {
    await refuseUnsafeServer(database.db, safety)
    const before = safety.backups && upgradeBackup(database, safety.backups, log)
    await migrate(database, undefined, before?.write)
    await before?.remember()
    await withTransaction(database, async (db) => {
      await seedRoles(db, modules)
      for (const { seed } of modules) await seed?.(db)
    })
    return database
  } catch (error) {
    await database.close()
    throw error
  }
}

/** Writes a backup before an existing database that somebody uses is changed, and remembers it afterwards, when there is certainly a table for it. */
function upgradeBackup(database: Database, { dataFolder, backupPassphraseFile }: NonNullable<Safety['backups']>, log: Log) {
  let written: Backup | null = null
  const now = new Date()
  return {
    async write({ from, to }: { from: number; to: number }): Promise<void> {
      const used = await withTransaction(database, async (db) => ((await anyUser(db)) ? readSetting(db, backupsSetting) : null), {
        readOnly: true,
      })
      if (!used?.beforeUpgrade) return
      log.info({ from, to }, 'The database is brought to a newer version; a backup is written first')
      const path = join(backupFolder(dataFolder, used.folder), backupFileName(now).replace('.backup', `-before-${to}.backup`))
      written = await writeBackup(database, { path, now, dataFolder, passphrase: await passphraseIn(backupPassphraseFile) })
    },
    async remember(): Promise<void> {
      if (written) await rememberBackup(database.db, { id: timeOrderedId(now), occasion: 'upgrade', madeAt: now, ...written })
    },
  }
}

export const contextMaker =
  (modules: readonly Module[], queue: JobQueue = silentQueue, outside: Omit<House, 'modules'> = {}) =>
  (db: Db, now: Date, actor: Actor): Context =>
    newContext({ db, now, actor, queue, house: { modules, schedule: queue.schedule, ...outside } })

/** What actions and jobs may know of the configuration. */
export const outsideOf = (configuration: Configuration): Omit<House, 'modules'> => ({
  mail: configuration.mail,
  sealing: sealingIn(configuration.dataFolder),
  dataFolder: configuration.dataFolder,
  importFolders: configuration.importFolders,
  backupPassphraseFile: configuration.backupPassphraseFile,
  address: configuration.publicUrl ?? `http://${configuration.host}:${configuration.port}`,
})

interface Parts {
  readonly configuration: Configuration
  readonly database: Database
  readonly modules: readonly Module[]
  readonly queue: JobQueue
  readonly log: Log
  readonly now: () => Date
}

async function startWorkers(parts: Parts & { contextOf: Product['contextOf'] }): Promise<{ runs: RunWorker; stop(): Promise<void> }> {
  const { database, modules, queue, log, now, contextOf, configuration } = parts
  const folder = join(configuration.dataFolder, 'spool')
  await mkdir(folder, { recursive: true })
  const { timeZone } = await readSetting(database.db, organizationProfile)
  await queue.schedule(timeZone)
  const sealing = startSealing(database, log, now)
  await queue.work((work) => withTransaction(database, (db) => work(contextOf(db, now(), system)), { retries: 3 }))
  const shell = { database, log, now, name: `${hostname()}:${process.pid}`, contextOf }
  const runs = startRunWorker({ ...shell, kinds: modules.flatMap((m) => m.runs ?? []), folder })
  const mails = startMailListener({ ...shell, sealing: sealingIn(configuration.dataFolder) })
  return {
    runs,
    async stop() {
      await mails.stop()
      await runs.stop()
      await sealing.stop()
    },
  }
}

async function startWeb(parts: Parts & { browser: string | undefined }): Promise<{ address: string; stop(): Promise<void> }> {
  const { configuration, database, modules, queue, log, now } = parts
  const metrics = createMetrics()
  const reads = noteReads(database.db, log)
  const door = await signIn({ configuration, database, queue, log, now, rules: doorRules })
  const http = httpServer(modules, {
    database,
    queue,
    log,
    metrics,
    now,
    actorOf: door.actorOf,
    forgetActors: door.forget,
    sender: door.sender,
    customerLook,
    pageFiles: parts.browser === undefined ? undefined : pageFilesIn(parts.browser),
    origins: configuration.publicUrl ? [new URL(configuration.publicUrl).origin] : [],
    secure: configuration.publicUrl?.startsWith('https:') ?? false,
    uploadLimit: 8 * 2 ** 30,
    reads,
    house: outsideOf(configuration),
  })
  const { app } = http
  app.route('/', door.routes)
  app.route('/', describeHouse(modules, { database, metrics, metricsToken: configuration.metricsToken }))
  if (parts.browser) app.get('*', serveBrowser(parts.browser))
  const server = serve({ fetch: app.fetch, hostname: configuration.host, port: configuration.port })
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', reject)
  })
  const bound = server.address()
  const port = typeof bound === 'object' && bound !== null ? bound.port : configuration.port
  const base = configuration.publicUrl ?? `http://${configuration.host}:${port}`
  const token = await firstAdministratorToken(database, now())
  return {
    address: token ? `${base}/first-administrator?token=${token}` : base,
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      if ('closeIdleConnections' in server) server.closeIdleConnections()
      setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), 5000).unref()
      // Connections that stay open come again, to whoever takes over.
      await http.stop()
      await closed
      await door.close()
      await reads.stop()
    },
  }
}
