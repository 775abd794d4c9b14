import { join } from 'node:path'
import { sql } from 'kysely'
import { requestValuation } from '#modules/value/runs/request.ts'
import { rescoreCustomers } from '#modules/value/runs/rescore.ts'
import { type Database, withTransaction } from '#platform/database/connection.ts'
import { type Bench, secondsOf, timed } from '../bench.ts'
import { median } from '../figures.ts'
import { writeNextDay } from '../simulate.ts'

const newOrders = 10_000
const batch = 5_000

/** A day of new orders: the customers who ordered are scored again, as the jobs do it, against a valuation of everybody. */
export async function rescoringPart(bench: Bench): Promise<void> {
  const path = join(bench.folder, 'next-day.csv')
  await writeNextDay(path, bench.customers, newOrders, bench.seed)
  const run = await bench.import('orders', path)
  const { rows } = await sql<{ id: string }>`
    select distinct customer_id as id from orders.purchase where made_by_run = ${run.id}::uuid order by 1`.execute(bench.database.db)
  const ids = rows.map(({ id }) => id)
  const full: number[] = []
  const again: number[] = []
  for (let round = 0; round < 3; round++) {
    const { seconds } = await timed(async () => {
      for (let from = 0; from < ids.length; from += batch)
        await bench.transaction((context) => rescoreCustomers(context, ids.slice(from, from + batch)))
    })
    again.push(seconds)
    full.push(secondsOf(await bench.finish(await bench.transaction((context) => requestValuation(context)))))
    bench.say(`${ids.length.toLocaleString('en')} customers rescored in ${seconds.toFixed(2)} s, everybody in ${full.at(-1)!.toFixed(2)} s`)
  }
  bench.add('rescoring', {
    what: `after a day of ${newOrders.toLocaleString('en')} new orders`,
    value: median(again) / median(full),
    unit: '×',
    goal: { atMost: 1 / 50 },
    note: `a valuation of everybody: ${median(again).toFixed(2)} s (${ids.length.toLocaleString('en')} customers) : ${median(full).toFixed(2)} s`,
  })
  const alone = await rowsAlone(bench, ids)
  bench.add('rescoring', {
    what: 'the same against their rows, read and written by the server alone',
    value: median(again) / alone,
    unit: '×',
    goal: { atMost: 2.5 },
    note: `${alone.toFixed(2)} s, ${(alone / median(full)).toFixed(3)} × a valuation: day lists by key, rows of the book moved with their indexes`,
  })
  bench.add('rescoring', {
    what: 'import of that day',
    value: secondsOf(run),
    unit: 's',
    goal: null,
    note: `${newOrders.toLocaleString('en')} orders into a full book`,
  })
}

/** Seconds that reading the day lists and moving the rows of the book take where nothing is computed: what no way of scoring customers by chance can save. */
async function rowsAlone({ database }: Bench, ids: readonly string[]): Promise<number> {
  const { seconds } = await timed(async () => {
    for (let from = 0; from < ids.length; from += batch) await moveRows(database, ids.slice(from, from + batch))
  })
  return seconds
}

const moveRows = (database: Database, ids: readonly string[]) =>
  withTransaction(database, async (db) => {
    await sql`select customer_id, days from orders.day_list where customer_id = any(${ids}::uuid[])`.execute(db)
    await sql`
      with settled as (delete from customers.book_settled where customer_id = any(${ids}::uuid[]) returning *)
      insert into customers.book_fresh select * from settled order by customer_id`.execute(db)
  })
