import { readFile } from 'node:fs/promises'
import { childrenOf } from './memory.ts'

/** Linux counts in hundredths of a second on every machine that Node runs on. */
const ticksPerSecond = 100

/** Seconds of processor time that a process with its children, also those that have ended, has used so far. NaN where the system does not tell. */
export async function processorSeconds(root: number): Promise<number> {
  let sum = Number.NaN
  for (const pid of [root, ...(await childrenOf(root))]) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
    if (stat === '') continue
    // Own time, and that of children who have ended and were waited for.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const ticks = [11, 12, 13, 14].reduce((total, field) => total + Number(fields[field]), 0)
    sum = (Number.isNaN(sum) ? 0 : sum) + ticks / ticksPerSecond
  }
  return sum
}
