import { readdir, readFile, writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

/** The most memory that was in use at a time, in MB; null where the system does not tell. */
export interface Peak {
  /** Resident memory of the watched Node process. */
  readonly node: number | null
  /** Node and the database server together: resident, pages shared by several processes of the server counted once. */
  readonly together: number | null
}

export interface Watch {
  stop(): Promise<Peak>
}

/** Watches a Node process and the processes of a database server until it is stopped. */
export function watchMemory(nodePid: number, serverPid: number): Watch {
  let watching = true
  let node: number | null = null
  let together: number | null = null
  const loop = async () => {
    // Forgets the peak of what was before.
    await writeFile(`/proc/${nodePid}/clear_refs`, '5').catch(() => {})
    while (watching) {
      const own = await residentMegabytes(nodePid)
      const server = await serverMegabytes(serverPid)
      if (own !== null) node = Math.max(node ?? 0, own)
      if (own !== null && server !== null) together = Math.max(together ?? 0, own + server)
      await sleep(400)
    }
  }
  const ended = loop()
  return {
    async stop() {
      watching = false
      await ended
      const peak = await statusOf(nodePid, 'VmHWM')
      return { node: peak ?? node, together }
    },
  }
}

export const residentMegabytes = (pid: number): Promise<number | null> => statusOf(pid, 'VmRSS')

async function statusOf(pid: number, field: 'VmRSS' | 'VmHWM'): Promise<number | null> {
  const text = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return kilobytes(text, field)
}

/** Proportional memory of a server and all processes below it. */
export async function serverMegabytes(pid: number): Promise<number | null> {
  let sum: number | null = null
  for (const process of [pid, ...(await childrenOf(pid))]) {
    const text = await readFile(`/proc/${process}/smaps_rollup`, 'utf8').catch(() => '')
    const size = kilobytes(text, 'Pss')
    if (size !== null) sum = (sum ?? 0) + size
  }
  return sum
}

function kilobytes(text: string, field: string): number | null {
  const found = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(text)
  return found === null ? null : Number(found[1]) / 1024
}

/** The processes that a process has started and that still live. */
export async function childrenOf(pid: number): Promise<number[]> {
  const found: number[] = []
  for (const name of await readdir('/proc').catch(() => [])) {
    if (!/^\d+$/.test(name)) continue
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '')
    // The name of a process may hold blanks and brackets; what counts stands behind the last one.
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
    if (parent === pid) found.push(Number(name))
  }
  return found
}
