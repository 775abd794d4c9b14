import { execFile } from 'node:child_process'
import { readdir, readFile, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** What tells a process apart from a later one with the same number: null where no such process runs, or where the system does not say. */
export async function startOf(pid: number): Promise<string | null> {
  if (process.platform === 'linux') {
    const [boot, text] = await Promise.all([
      readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => ''),
      readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null),
    ])
    // The name, in brackets, may hold anything; the fields are counted behind it. Field 3 is the state, field 22 the start.
    const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ')
    return fields === undefined || fields[0] === 'Z' ? null : `${boot.trim()}/${fields[19]}`
  }
  if (!isAlive(pid)) return null
  if (process.platform === 'win32') return 'alive'
  return (await run('ps', ['-o', 'lstart=', '-p', String(pid)])).trim() || null
}

/** The PID namespace: process numbers of different ones cannot be compared. */
export const processSpace: () => Promise<string> = () => readlink('/proc/self/ns/pid').catch(() => '')

/**
 * Numbers of the database processes that provably belong to this cluster: they work in its folder, or carry its name in their title.
 * The server's processes survive each other, so parents prove nothing.
 */
export async function processesOf(cluster: string, clusterName: string): Promise<number[]> {
  if (process.platform === 'win32') return serverInPidFile(cluster)
  if (process.platform !== 'linux') {
    const lines = (await run('ps', ['-axo', 'pid=,command='])).split('\n')
    return lines.filter((line) => line.includes('postgres') && line.includes(clusterName)).map((line) => Number.parseInt(line, 10))
  }
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const belongs = await Promise.all(
    pids.map(async (pid) => {
      const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')
      if (name.trim() !== 'postgres') return false
      if ((await startOf(Number(pid))) === null) return false
      const folder = await readlink(`/proc/${pid}/cwd`).catch(() => null)
      if (folder === cluster) return true
      return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).includes(clusterName)
    }),
  )
  return pids.filter((_, index) => belongs[index]).map(Number)
}

/** Stops them: first by `signal`, then, where they still run after the time, by force. Ends when none is left. */
export async function stopProcesses(
  find: () => Promise<number[]>,
  steps: readonly { signal: NodeJS.Signals; milliseconds: number }[],
): Promise<void> {
  for (const { signal, milliseconds } of steps) {
    const until = Date.now() + milliseconds
    let pids = await find()
    for (const pid of pids) send(pid, signal)
    while (pids.length > 0 && Date.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 20))
      pids = await find()
    }
    if (pids.length === 0) return
  }
  const left = await find()
  if (left.length > 0)
    throw new Error(`Processes ${left.join(', ')} of an earlier database server cannot be stopped. Stop them and start again.`)
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

export function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It ended in between.
  }
}

async function serverInPidFile(cluster: string): Promise<number[]> {
  const pid = Number.parseInt(await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => ''), 10)
  return Number.isInteger(pid) && isAlive(pid) ? [pid] : []
}

const run = (command: string, args: string[]): Promise<string> =>
  promisify(execFile)(command, args, { maxBuffer: 64 * 1024 * 1024 }).then(
    (done) => done.stdout,
    () => '',
  )
