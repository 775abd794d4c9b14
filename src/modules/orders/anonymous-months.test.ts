import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type App, startApp } from '#test/app.ts'
import { importFile, undoImport } from '#test/import-files.ts'
import { ordersApi } from './api.ts'

let app: App
beforeAll(async () => {
  app = await startApp({ work: true })
})
afterAll(() => app.close())

const months = async () => (await app.as(ordersApi).anonymousMonths({})).items
/** The same from every single sale. */
async function summedUp() {
  const { rows } = await sql`
    select to_char(day, 'YYYY-MM') as month, count(*) as sales, sum(line_count)::bigint as lines, sum(revenue_minor)::bigint as "revenueMinor",
      sum(discount_minor)::bigint as "discountMinor", sum(refund_minor)::bigint as "refundMinor",
      sum(revenue_minor - discount_minor - refund_minor)::bigint as "netMinor"
    from orders.anonymous_sale group by 1 order by 1 desc`.execute(app.db)
  return rows
}
const file = (rows: readonly string[]) => importFile(app, `order number,customer id,date,product,quantity,unit price\n${rows.join('\n')}\n`)

test('sales without a customer are summed up by month as they come in, change and go', async () => {
  const first = await file([
    '1,,2026-01-05,P,1,5',
    '1,,2026-01-05,Q,2,5',
    '2,,2026-01-31,P,-1,3',
    '3,,2026-02-01,P,1,7',
    '4,,2025-12-31,P,1,9',
  ])
  expect(await months()).toEqual([
    { month: '2026-02', sales: 1, lines: 1, revenueMinor: 700, discountMinor: 0, refundMinor: 0, netMinor: 700 },
    { month: '2026-01', sales: 2, lines: 3, revenueMinor: 1500, discountMinor: 0, refundMinor: 300, netMinor: 1200 },
    { month: '2025-12', sales: 1, lines: 1, revenueMinor: 900, discountMinor: 0, refundMinor: 0, netMinor: 900 },
  ])
  const before = await months()
  const second = await file(['1,,2026-01-05,P,1,6', '3,,2026-03-01,P,1,7', '5,,2026-03-02,P,1,8'])
  expect((await months()).map(({ month, netMinor }) => [month, netMinor])).toEqual([
    ['2026-03', 1500],
    ['2026-01', 300],
    ['2025-12', 900],
  ])
  expect(await months()).toEqual(await summedUp())
  await undoImport(app, second.id)
  expect(await months()).toEqual(before)
  await undoImport(app, first.id)
  expect(await months()).toEqual([])
})

test('the page reads a row per month and no sale', async () => {
  await file(Array.from({ length: 3000 }, (_, i) => `M${i},,2026-${String(1 + (i % 3)).padStart(2, '0')}-05,P,1,5`))
  await sql`analyze`.execute(app.db)
  await app.transaction(async ({ db }) => {
    // Whoever reads the sales would wait for this.
    await sql`lock table orders.anonymous_sale in access exclusive mode`.execute(db)
    const read = await Promise.race([months(), sleep(5000, [])])
    expect(read.map(({ sales }) => sales)).toEqual([1000, 1000, 1000])
  })
})
