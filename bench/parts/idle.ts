import { setTimeout as sleep } from 'node:timers/promises'
import type { Bench } from '../bench.ts'
import { startChild } from '../children.ts'
import { residentMegabytes, serverMegabytes } from '../memory.ts'

const settleMilliseconds = 15_000

/** The product as it is started, with nothing to do. */
export async function idlePart(bench: Bench): Promise<void> {
  const product = startChild('../src/main.ts', ['start'], {
    PATRON_DATA: `${bench.folder}/idle`,
    DATABASE_URL: bench.server.url,
    PORT: '0',
    PATRON_LOG: 'warn',
  })
  await product.ready
  await sleep(settleMilliseconds)
  const own = await residentMegabytes(product.pid)
  const server = await serverMegabytes(bench.server.serverPid())
  await product.stop()
  bench.add('idle', {
    what: 'memory, Node',
    value: own ?? Number.NaN,
    unit: 'MB',
    goal: { atMost: 300 },
    note: `resident ${settleMilliseconds / 1000} s after the start; PostgreSQL then ${server === null ? 'unknown' : `${Math.round(server)} MB`}`,
  })
}
