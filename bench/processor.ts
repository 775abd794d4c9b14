import { readFile } from 'node:fs/promises'
import { childrenOf } from './memory.ts'

/** Linux counts in hundredths of a second on every machine that Node runs on. */
const ticksPerSecond = 100

/** Seconds of processor time that a process has used so far, and a server with its children, also those that have ended. Null where the system does not tell. */
export async function processorSeconds(pids: readonly number[]): Promise<number | null> {
  let sum: number | null = null
  for (const root of pids)
    for (const pid of [root, ...(await childrenOf(root))]) {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
      if (stat === '') continue
      // Own time, and that of children who have ended and were waited for.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      sum = (sum ?? 0) + [11, 12, 13, 14].reduce((ticks, field) => ticks + Number(fields[field]), 0) / ticksPerSecond
    }
  return sum
}
