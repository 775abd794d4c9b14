import type { ChildProcess } from 'node:child_process'
import { open, readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { type Account, run } from './account.ts'
import type { Binaries } from './binaries.ts'
import type { Home } from './cluster.ts'
import { send } from './processes.ts'

/** Where the server listens: a socket in a folder of its own, or a port of 127.0.0.1. */
export type Endpoint = { readonly socket: string } | { readonly port: number }

export interface Server {
  pid(): number
  /** Takes running transactions back, writes everything to disk, ends. */
  stop(): Promise<void>
}

export interface ServerOptions {
  readonly home: Home
  readonly account: Account
  readonly binaries: Binaries
  /** Stands in the title of every process of the server. */
  readonly name: string
  readonly log: string
  readonly endpoint: Endpoint
  /** Ends what an earlier server left. */
  readonly clear: () => Promise<void>
  readonly say: ((line: string) => void) | undefined
  readonly onLost: ((error: Error) => void) | undefined
}

/** A socket where the system can do it: nobody else can reach it and no port can be taken. Its path may not be long. */
export async function chooseEndpoint(home: Home, loopback: boolean): Promise<Endpoint> {
  const socket = join(home.path, 'run')
  const usable = !loopback && process.platform !== 'win32' && Buffer.byteLength(socket) <= 85 && (await canListen(join(socket, 'probe')))
  return usable ? { socket } : { port: await freePort() }
}

/** Starts the server, and starts it again at the same place when it dies without having been told to; gives up after five times in a minute. */
export async function superviseServer(options: ServerOptions): Promise<Server> {
  let stopping = false
  const deaths: number[] = []
  let child = await startServer(options)
  watch()
  return {
    pid: () => child.pid ?? 0,
    async stop() {
      stopping = true
      await shutDown(child)
      await options.clear()
    },
  }

  function watch(): void {
    child.once('exit', () => void recover())
  }

  async function recover(): Promise<void> {
    if (stopping) return
    const now = Date.now()
    deaths.push(now)
    options.say?.('The private database server ended unexpectedly; it is started again.')
    try {
      if (deaths.filter((time) => now - time < 60_000).length > 5)
        throw new Error('The private database server ended six times within a minute.')
      await options.clear()
      if (stopping) return
      child = await startServer(options)
      if (stopping) await shutDown(child)
      else watch()
    } catch (error) {
      if (!stopping) options.onLost?.(error instanceof Error ? error : new Error(String(error)))
    }
  }
}

async function startServer(options: ServerOptions): Promise<ChildProcess> {
  const log = await open(options.log, 'a', 0o600)
  const from = (await log.stat()).size
  let child: ChildProcess
  try {
    child = run(options.account, options.binaries, 'postgres', options.home, (base) => argumentsFor(options, base), log)
  } finally {
    await log.close()
  }
  let failure: Error | undefined
  child.once('error', (error) => {
    failure = error
  })
  child.unref()
  const pidFile = join(options.home.path, 'cluster/postmaster.pid')
  // Recovery after a crash may take long; as long as the server lives, it is worth waiting for.
  for (;;) {
    if (failure !== undefined || child.exitCode !== null || child.signalCode !== null) {
      const text = (await readFile(options.log)).subarray(from).toString('utf8').trim().split('\n').slice(-6).join('\n')
      throw new Error(`The private database server did not start. ${failure?.message ?? ''}\n${text}\n(${options.log})`)
    }
    const lines = (await readFile(pidFile, 'utf8').catch(() => '')).split('\n')
    // The file of a killed server says "ready" too, under another number.
    if (lines[7]?.trim() === 'ready' && Number(lines[0]) === child.pid) return child
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

function argumentsFor(options: ServerOptions, base: string): readonly string[] {
  const where =
    'socket' in options.endpoint
      ? [`unix_socket_directories=${base}/run`, 'unix_socket_permissions=0700', 'listen_addresses=', 'port=5432']
      : ['unix_socket_directories=', 'listen_addresses=127.0.0.1', `port=${options.endpoint.port}`]
  return ['-D', `${base}/cluster`, ...[`cluster_name=${options.name}`, ...where].flatMap((setting) => ['-c', setting])]
}

async function shutDown(child: ChildProcess): Promise<void> {
  const steps = [
    ['SIGINT', 60_000],
    ['SIGQUIT', 10_000],
    ['SIGKILL', 10_000],
  ] as const
  for (const [signal, milliseconds] of steps) {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    child.ref()
    send(child.pid, signal)
    let timer: NodeJS.Timeout | undefined
    await Promise.race([ended, new Promise((resolve) => (timer = setTimeout(resolve, milliseconds)))])
    clearTimeout(timer)
  }
}

function canListen(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(path, () => probe.close(() => resolve(true)))
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('No free port.'))))
    })
  })
}
