import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export interface Child {
  readonly process: ChildProcess
  readonly pid: number
  /** The first line of its output that is JSON. */
  readonly ready: Promise<Record<string, unknown>>
  stop(): Promise<void>
}

/** Starts another file of this folder, or of the product, as a process of its own with the words of the launcher; it ends with us. */
export function startChild(file: string, words: readonly string[], env: Readonly<Record<string, string>> = {}): Child {
  const path = join(import.meta.dirname, file)
  const child = spawn(process.execPath, [...process.execArgv, path, ...words], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const end = () => child.kill('SIGKILL')
  process.once('exit', end)
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  void ended.then(() => process.off('exit', end))
  const ready = new Promise<Record<string, unknown>>((resolve, reject) => {
    createInterface({ input: child.stdout! }).on('line', (line) => {
      if (line.startsWith('{')) resolve(JSON.parse(line))
      else if (line.startsWith('Patron is ready')) resolve({ address: line.split(' ').at(-1) })
    })
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code} before it was ready`)))
  })
  ready.catch(() => {})
  return {
    process: child,
    pid: child.pid!,
    ready,
    async stop() {
      if (child.exitCode === null) child.kill('SIGTERM')
      await ended
    },
  }
}
