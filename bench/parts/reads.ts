import { sql } from 'kysely'
import type { Bench } from '../bench.ts'
import { compareWithBare } from '../requests.ts'

const connections = 32

/** Customer reads through the whole stack, signed in, against a bare server that reads the same row: alternately, medians. */
export async function readsPart(bench: Bench): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select customer_id as id from customers.customer where customer_id > gen_random_uuid() order by customer_id limit 2000`.execute(
    bench.database.db,
  )
  const requests = {
    product: rows.map(({ id }) => ({ path: `/api/v1/customers/${id}` })),
    bare: rows.map(({ id }) => ({ path: `/${id}` })),
  }
  const { perSecond, p99, processor } = await compareWithBare(bench, requests, connections)
  bench.add('reads', {
    what: `customer through session, role and contract, ${connections} connections`,
    value: perSecond.product / perSecond.bare,
    unit: '×',
    goal: { atLeast: 0.35 },
    note: `node:http with pg and the same row: ${Math.round(perSecond.product)} /s : ${Math.round(perSecond.bare)} /s; p99 ${p99.product.toFixed(0)} ms : ${p99.bare.toFixed(0)} ms`,
  })
  const micro = (seconds: number) => `${Math.round(seconds * 1e6)} µs`
  bench.add('reads', {
    what: 'the same in processor time per request, bare : product',
    value: processor.bare / processor.product,
    unit: '×',
    goal: null,
    note: `${micro(processor.bare)} : ${micro(processor.product)}, server of the database included`,
  })
}
