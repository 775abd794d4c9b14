import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { firstAdministratorToken } from '#modules/organization/public.ts'
import type { Bench } from '../bench.ts'
import { startChild } from '../children.ts'
import { median } from '../figures.ts'
import { processorSeconds } from '../processor.ts'

const rounds = 3
const connections = 32
const seconds = 6

/** Customer reads through the whole stack, signed in, against a bare server that reads the same row: alternately, medians. */
export async function readsPart(bench: Bench): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select customer_id as id from customers.customer where customer_id > gen_random_uuid() order by customer_id limit 2000`.execute(
    bench.database.db,
  )
  const file = join(bench.folder, 'ids.json')
  await writeFile(file, JSON.stringify(rows.map(({ id }) => id)))
  const cookie = await signIn(bench)
  const floor = startChild('floor.ts', [bench.server.url])
  const bare = String((await floor.ready).address)
  const product = new URL(bench.address).origin
  const rates = { product: [] as number[], bare: [] as number[] }
  const costs = { product: [] as number[], bare: [] as number[] }
  const slow = { product: [] as number[], bare: [] as number[] }
  try {
    // What is compiled on the way is compiled before.
    await load(bare, '/', '', file, 2)
    await load(product, '/api/v1/customers/', cookie, file, 3)
    for (let round = 0; round < rounds; round++) {
      const raw = await costing(bench, floor.pid, () => load(bare, '/', '', file, seconds))
      const whole = await costing(bench, bench.product.pid, () => load(product, '/api/v1/customers/', cookie, file, seconds))
      costs.bare.push(raw.processor / raw.requests)
      costs.product.push(whole.processor / whole.requests)
      rates.bare.push(raw.perSecond)
      slow.bare.push(raw.p99)
      rates.product.push(whole.perSecond)
      slow.product.push(whole.p99)
      bench.say(`reads: bare ${Math.round(raw.perSecond)} /s, product ${Math.round(whole.perSecond)} /s`)
    }
  } finally {
    await floor.stop()
  }
  bench.add('reads', {
    what: `customer through session, role and contract, ${connections} connections`,
    value: median(rates.product) / median(rates.bare),
    unit: '×',
    goal: { atLeast: 0.35 },
    note: `node:http with pg and the same row: ${Math.round(median(rates.product))} /s : ${Math.round(median(rates.bare))} /s; p99 ${median(slow.product).toFixed(0)} ms : ${median(slow.bare).toFixed(0)} ms`,
  })
  const micro = (seconds: number) => `${Math.round(seconds * 1e6)} µs`
  bench.add('reads', {
    what: 'the same in processor time per request, bare : product',
    value: median(costs.bare) / median(costs.product),
    unit: '×',
    goal: null,
    note: `${micro(median(costs.bare))} : ${micro(median(costs.product))}, server of the database included`,
  })
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

async function load(origin: string, path: string, cookie: string, ids: string, duration: number): Promise<Load> {
  const child = startChild('load.ts', [origin, path, cookie, ids, String(connections), String(duration)])
  const result = (await child.ready) as unknown as Load & { refused: number }
  await child.stop()
  if (result.refused > 0) throw new Error(`${result.refused} requests to ${origin} were refused`)
  return result
}

/** The cookie of a real session. */
async function signIn(bench: Bench): Promise<string> {
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
