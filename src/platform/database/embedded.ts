import { createHash, randomBytes } from 'node:crypto'
import { mkdir, open, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { type Account, chooseAccount, giveTo, reachableBinaries } from './account.ts'
import { type Binaries, findBinaries } from './binaries.ts'
import { createCluster, type Home, SUPERUSER, writeSettings } from './cluster.ts'
import { type DataLock, lockHolder, takeLock } from './lock.ts'
import { isAlive, processesOf, stopProcesses } from './processes.ts'
import { chooseEndpoint, type Endpoint, type Server, superviseServer } from './server.ts'

export interface Embedded {
  /** For `connect`: address, ordinary role and password of the private server. */
  readonly url: string
  /** The file (0600) from which commands learn the same, see `joinRunning`. */
  readonly addressFile: string
  /** Says where people reach the product; a second start then names it. */
  announce(address: string): Promise<void>
  /** The server's process; it changes when the server had to be started again. */
  serverPid(): number
  /** Stops the server after the running transactions were taken back, and frees the data folder. May be called twice. */
  stop(): Promise<void>
}

export interface EmbeddedOptions {
  /** Lines for the log: a server that died and was started again, and the like. */
  readonly log?: (line: string) => void
  /** Called when the server died and could not be started again. */
  readonly onLost?: (error: Error) => void
  /** Only for tests: no waiting for the disk. `refuseUnsafeServer` refuses such a server unless it is told the same. */
  readonly unsafeForTests?: boolean
  /** Only for tests: how root runs the server; otherwise the first that works. */
  readonly rootRunsAs?: 'namespace' | 'other'
  /** Only for tests: listen on a port of 127.0.0.1 although a socket would do. */
  readonly loopback?: boolean
  /** Only for tests: programs of another version; the folder with bin, lib and share as npm installs it. */
  readonly programs?: string
}

/**
 * Starts the private PostgreSQL of a data folder, and makes it first where there is none. One process per data folder: a second one is refused
 * with `AlreadyRunning`. Whatever a killed product or server left behind — locks, processes, shared memory — is cleared away first, but only
 * what provably belongs to this folder.
 */
export async function startEmbedded(dataFolder: string, options: EmbeddedOptions = {}): Promise<Embedded> {
  await mkdir(dataFolder, { recursive: true, mode: 0o700 })
  const data = await realpath(dataFolder)
  const lock = await takeLock(data)
  const files = { home: join(data, 'postgres'), address: join(data, 'database.json'), password: join(data, 'database.password') }
  let home: Home | undefined
  let server: Server | undefined
  let stopping: Promise<void> | undefined
  const stop = async () => {
    await server?.stop()
    await home?.handle.close()
    await rm(files.address, { force: true })
    await lock.release()
  }
  try {
    await rm(files.address, { force: true })
    const found = await findBinaries(join(files.home, 'lib'), options.programs)
    const account = await chooseAccount(found, options.rootRunsAs)
    const binaries = await reachableBinaries(account, found)
    home = await prepareHome(files.home, account)
    const cluster = join(home.path, 'cluster')
    const name = `patron-${createHash('sha256').update(cluster).digest('hex').slice(0, 16)}`
    const clear = () => clearAway(cluster, name)
    await clear()
    const password = await prepareCluster(home, account, binaries, files.password, options.unsafeForTests ?? false)
    await giveTo(account, cluster)
    await writeSettings(home, account, options.unsafeForTests ?? false)
    const log = join(data, 'postgres.log')
    await rotate(log)
    const endpoint = await chooseEndpoint(home, options.loopback ?? false)
    server = await superviseServer({ home, account, binaries, name, log, endpoint, clear, say: options.log, onLost: options.onLost })
    await prepareDatabase(endpoint, password)
    const url = addressOf(endpoint, 'patron', password, 'patron')
    await publish(files.address, lock, endpoint, url)
    const running = server
    return {
      url,
      addressFile: files.address,
      announce: (address) => lock.note({ address }),
      serverPid: () => running.pid(),
      stop: () => (stopping ??= stop()),
    }
  } catch (error) {
    await stop().catch(() => {})
    throw error
  }
}

/**
 * The address of the database of a product that runs on this data folder, for commands that work beside it; null where none runs. Waits
 * for one that is just starting.
 */
export async function joinRunning(dataFolder: string): Promise<string | null> {
  const data = await realpath(dataFolder).catch(() => null)
  if (data === null) return null
  for (;;) {
    const holder = await lockHolder(data)
    if (holder === null) return null
    const text = await readFile(join(data, 'database.json'), 'utf8').catch(() => null)
    const address: { token?: string; url?: string } = text === null ? {} : JSON.parse(text)
    if (address.url !== undefined && address.token === holder.token) return address.url
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

async function prepareHome(path: string, account: Account): Promise<Home> {
  await mkdir(join(path, 'run'), { recursive: true, mode: 0o700 })
  await rm(join(path, 'run'), { recursive: true })
  await mkdir(join(path, 'run'), { mode: 0o700 })
  await giveTo(account, join(path, 'run'))
  await giveTo(account, path)
  return { path, handle: await open(path, 'r') }
}

/** Ends what is left of an earlier server of this cluster: politely, then by force. Its files recover by themselves. */
async function clearAway(cluster: string, name: string): Promise<void> {
  const pidFile = join(cluster, 'postmaster.pid')
  const pid = Number.parseInt(await readFile(pidFile, 'utf8').catch(() => ''), 10)
  const find = () => processesOf(cluster, name)
  if ((await find()).includes(pid)) {
    // A whole server: its head ends the others in good order. It may be ending already.
    const head = async () => (await find()).filter((found) => found === pid)
    await stopProcesses(head, [
      { signal: 'SIGINT', milliseconds: 10_000 },
      { signal: 'SIGQUIT', milliseconds: 5_000 },
      { signal: 'SIGKILL', milliseconds: 5_000 },
    ])
  }
  // Processes that have lost their head can save nothing any more, but keep the shared memory, and with it the next server from starting.
  await stopProcesses(find, [
    { signal: 'SIGQUIT', milliseconds: 1_000 },
    { signal: 'SIGKILL', milliseconds: 10_000 },
  ])
  // The number of the old server may meanwhile belong to anybody, in a container even to ourselves; the new one would take that for its rival.
  if (Number.isInteger(pid) && isAlive(pid)) await rm(pidFile, { force: true })
}

async function prepareCluster(
  home: Home,
  account: Account,
  binaries: Binaries,
  passwordFile: string,
  unsafeForTests: boolean,
): Promise<string> {
  const version = (await readFile(join(home.path, 'cluster/PG_VERSION'), 'utf8').catch(() => null))?.trim()
  let password = (await readFile(passwordFile, 'utf8').catch(() => null))?.trim()
  if (version !== undefined && version !== MAJOR) {
    throw new Error(
      `The data folder was made by PostgreSQL ${version}, this program brings PostgreSQL ${MAJOR}. Restore a backup into an empty data folder.`,
    )
  }
  if (version !== undefined && !password) throw new Error(`The password of the private database is missing: put ${passwordFile} back.`)
  if (!password) {
    password = randomBytes(24).toString('hex')
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 })
  }
  if (version === undefined) await createCluster(home, account, binaries, password, unsafeForTests)
  return password
}

/** The role and the database that the product works with. */
async function prepareDatabase(endpoint: Endpoint, password: string): Promise<void> {
  const client = new pg.Client({ connectionString: addressOf(endpoint, SUPERUSER, password, 'postgres') })
  client.on('error', () => {})
  await client.connect()
  try {
    const role = await client.query(`select from pg_roles where rolname = 'patron'`)
    if (role.rowCount === 0) await client.query(`create role patron login createdb password '${password}'`)
    const database = await client.query(`select from pg_database where datname = 'patron'`)
    if (database.rowCount === 0) await client.query('create database patron owner patron')
  } finally {
    await client.end()
  }
}

async function publish(path: string, lock: DataLock, endpoint: Endpoint, url: string): Promise<void> {
  const server = 'socket' in endpoint ? { path: join(endpoint.socket, '.s.PGSQL.5432') } : { port: endpoint.port }
  await lock.note({ server })
  await writeFile(`${path}.new`, JSON.stringify({ token: lock.token, url }), { mode: 0o600 })
  await rename(`${path}.new`, path)
}

function addressOf(endpoint: Endpoint, role: string, password: string, database: string): string {
  if ('port' in endpoint) return `postgresql://${role}:${password}@127.0.0.1:${endpoint.port}/${database}`
  return `postgresql://${role}:${password}@localhost:5432/${database}?host=${encodeURIComponent(endpoint.socket)}`
}

async function rotate(log: string): Promise<void> {
  const size = await stat(log).then(
    (found) => found.size,
    () => 0,
  )
  if (size > 20 * 2 ** 20) await rename(log, `${log}.1`)
}

const MAJOR = '18'
