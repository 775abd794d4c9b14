import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { firstAdministratorToken } from '#modules/organization/public.ts'
import type { Bench } from './bench.ts'
import { startChild } from './children.ts'
import { median } from './figures.ts'
import type { LoadRequest } from './load.ts'
import { processorSeconds } from './processor.ts'

const rounds = 5
const seconds = 6

interface Sides<T> {
  readonly product: T
  readonly bare: T
}

export interface Compared {
  /** Requests answered in a second, medians of the rounds. */
  readonly perSecond: Sides<number>
  /** Milliseconds that 99 of 100 stay below. */
  readonly p99: Sides<number>
  /** Seconds of processors per request, the server of the database included. */
  readonly processor: Sides<number>
}

/** The same work asked of the whole product, signed in, and of a bare server (`floor.ts`), alternately, over so many connections. */
export async function compareWithBare(bench: Bench, requests: Sides<readonly LoadRequest[]>, connections: number): Promise<Compared> {
  const files = { product: join(bench.folder, 'product.json'), bare: join(bench.folder, 'bare.json') }
  for (const side of ['product', 'bare'] as const) await writeFile(files[side], JSON.stringify(requests[side]))
  const cookie = await signIn(bench)
  const floor = startChild('floor.ts', [bench.server.url])
  const origins = { product: new URL(bench.address).origin, bare: String((await floor.ready).address) }
  const pids = { product: bench.product.pid, bare: floor.pid }
  const loads: Record<'product' | 'bare', (Load & { readonly processor: number })[]> = { product: [], bare: [] }
  const ask = (side: 'product' | 'bare', duration: number) =>
    costing(bench, pids[side], () => load(origins[side], side === 'product' ? cookie : '', files[side], connections, duration))
  try {
    // What is compiled on the way is compiled before.
    await ask('bare', 6)
    await ask('product', 6)
    for (let round = 0; round < rounds; round++) {
      for (const side of ['bare', 'product'] as const) loads[side].push(await ask(side, seconds))
      const rate = (side: 'product' | 'bare') => `${side} ${Math.round(loads[side].at(-1)!.perSecond)} /s`
      bench.say(`${requests.product[0]!.body ? 'writes' : 'reads'}: ${rate('bare')}, ${rate('product')}`)
    }
  } finally {
    await floor.stop()
  }
  const of = (figure: (one: Load & { readonly processor: number }) => number): Sides<number> => ({
    product: median(loads.product.map(figure)),
    bare: median(loads.bare.map(figure)),
  })
  return { perSecond: of((one) => one.perSecond), p99: of((one) => one.p99), processor: of((one) => one.processor / one.requests) }
}

/** What the requests took of the processors: the process that answers, and the database server. */
async function costing(bench: Bench, pid: number, work: () => Promise<Load>): Promise<Load & { readonly processor: number }> {
  const pids = [pid, bench.server.serverPid()]
  const before = await Promise.all(pids.map(processorSeconds))
  const result = await work()
  const after = await Promise.all(pids.map(processorSeconds))
  return { ...result, processor: after.reduce((sum, seconds, i) => sum + seconds - before[i]!, 0) }
}

interface Load {
  readonly requests: number
  readonly perSecond: number
  readonly p99: number
}

async function load(origin: string, cookie: string, file: string, connections: number, duration: number): Promise<Load> {
  const child = startChild('load.ts', [origin, cookie, file, String(connections), String(duration)])
  const result = (await child.ready) as unknown as Load & { refused: number }
  await child.stop()
  if (result.refused > 0) throw new Error(`${result.refused} requests to ${origin} were refused`)
  return result
}

/** The cookie of a real session; the first time it makes the administrator, which is possible only where there is nobody yet. */
export async function signIn(bench: Bench): Promise<string> {
  const origin = new URL(bench.address).origin
  const who = { email: 'ada@example.com', password: 'seven green otters swim' }
  const token = await firstAdministratorToken(bench.database, new Date())
  const organization = { name: 'Bench', currency: 'USD', timeZone: 'UTC', locale: 'en' }
  const post = async (path: string, body: object) => {
    const response = await fetch(`${origin}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin },
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
    return response
  }
  if (token) await post('/api/v1/organization/first-administrator', { token, name: 'Ada', ...who, organization })
  const answer = await post('/api/auth/sign-in/email', who)
  return answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
}
