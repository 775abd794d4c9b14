import { join } from 'node:path'
import { sql } from 'kysely'
import { requestValuation } from '#modules/value/runs/request.ts'
import { rescoreCustomers } from '#modules/value/runs/rescore.ts'
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
  bench.add('rescoring', {
    what: 'import of that day',
    value: secondsOf(run),
    unit: 's',
    goal: null,
    note: `${newOrders.toLocaleString('en')} orders into a full book`,
  })
}
