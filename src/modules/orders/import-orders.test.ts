import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { writeXlsx } from '#platform/tabular/xlsx-writer.ts'
import { type App, startApp } from '#test/app.ts'
import { fixture, fixturesMissing, importFile, undoImport } from '#test/import-files.ts'
import { ordersApi } from './api.ts'

let app: App
beforeAll(async () => {
  app = await startApp({ work: true })
})
afterAll(() => app.close())

const tables = [
  'orders.purchase',
  'orders.day_list',
  'orders.anonymous_sale',
  'orders.anonymous_month',
  'orders.product',
  'orders.category',
  'orders.purchase_before',
  'orders.anonymous_before',
  'orders.catalogue_before',
  'orders.source_version',
  'customers.customer',
  'customers.source_record',
  'customers.search_key',
]

/** The content of the tables, byte for byte; `without` leaves out columns that say which run and when. */
async function dump(without: readonly string[] = []): Promise<Record<string, string[]>> {
  const content: Record<string, string[]> = {}
  for (const table of tables) {
    const { rows } = await sql<{
      row: string
    }>`select (to_jsonb(t) - ${without}::text[])::text as row from ${sql.table(table)} t order by 1`.execute(app.db)
    content[table] = rows.map(({ row }) => row)
  }
  return content
}
const runColumns = ['made_by_run', 'changed_by_run', 'run_id', 'updated_at', 'created_at', 'seen_at']

async function empty(): Promise<void> {
  for (const table of [...tables, 'customers.change', 'customers.book_settled', 'customers.book_fresh', 'orders.day_rate'])
    await sql`delete from ${sql.table(table)}`.execute(app.db).catch(() => {})
  for (const table of tables) await sql`delete from ${sql.table(table)}`.execute(app.db)
}

const orders = (rows: readonly string[], header = 'order number,customer id,date,product,quantity,unit price') =>
  `${header}\n${rows.join('\n')}\n`

describe('the real files, against the counts in data/README.md', () => {
  beforeEach(empty)

  test.skipIf(fixturesMissing)('CDNOW: every purchase is an order, also those of value 0', async () => {
    const { outcome } = await importFile(app, await fixture('cdnow_sample.csv'))
    expect(outcome).toMatchObject({ rows: 6919, rejected: 0, days: { from: '1997-01-01', to: '1998-06-30' } })
    expect(outcome!.counts).toMatchObject({ new: 6919, orders: 6919, refunds: 0, customers: 2357, customersNew: 2357, anonymousLines: 0 })
  })

  test.skipIf(fixturesMissing)('Online Retail: invoices, cancellations, sales without a customer and exact revenue', async () => {
    const { outcome } = await importFile(app, await fixture('online_retail_2010_2011.csv.gz'), { name: 'online_retail.csv.gz' })
    expect(outcome).toMatchObject({ rows: 541_909, rejected: 0, netMinor: 974_774_793 })
    const { counts } = outcome!
    expect(counts).toMatchObject({ customers: 4372, customersNew: 4372, anonymousLines: 135_080 })
    expect(counts.orders! + counts.anonymousSalesNew!).toBe(25_900)
    expect(outcome!.netMinor! - counts.anonymousNetMinor!).toBe(830_006_581)
    const { rows } = await sql<{ sales: number; lines: number; cancelled: number; net: number }>`
      select (select count(*) from orders.anonymous_sale) as sales, (select sum(line_count)::bigint from orders.anonymous_sale) as lines,
        (select count(*) from orders.purchase where number like 'C%' and counted) as cancelled,
        (select sum(revenue_minor - discount_minor - refund_minor)::bigint from orders.purchase) as net`.execute(app.db)
    expect(rows[0]).toEqual({ sales: 3710, lines: 135_080, cancelled: 0, net: 830_006_581 })
  })

  test.skipIf(fixturesMissing)('named orders: people have their names', async () => {
    const { outcome } = await importFile(app, await fixture('named_orders.csv'))
    expect(outcome).toMatchObject({ rows: 4906, rejected: 0 })
    expect(outcome!.counts).toMatchObject({ new: 4906, customers: 995 })
    const { rows } = await sql`select name from customers.customer where name = 'Brion Stark'`.execute(app.db)
    expect(rows).toHaveLength(1)
  })

  test.skipIf(fixturesMissing)(
    'the same file twice changes nothing, a dry run says so beforehand, and undoing leaves what was there',
    async () => {
      const before = await dump()
      const file = await fixture('cdnow_sample.csv')
      const dry = await importFile(app, file, { dryRun: true })
      expect(await dump()).toEqual(before)
      const first = await importFile(app, file)
      expect(dry.outcome!.counts).toEqual(first.outcome!.counts)
      const after = await dump()
      const again = await importFile(app, file)
      expect(again.outcome!.counts).toMatchObject({ new: 0, changed: 0, unchanged: 6919, customersNew: 0 })
      expect(await dump()).toEqual(after)
      const undone = await undoImport(app, first.id)
      expect(undone.undo).toMatchObject({ state: 'done', leftCount: 0, counts: { ordersRemoved: 6919, customersRemoved: 2357 } })
      expect(await dump()).toEqual(before)
    },
  )
})

describe('orders', () => {
  beforeEach(empty)

  test('CSV and workbook give the same', async () => {
    const rows = [
      ['订单号', '客户编号', '下单时间', '商品名称', '数量', '单价', '优惠'],
      ['A1', '王伟', '2026-01-05 10:30:00', '绿茶', '2', '12.345', '1'],
      ['A1', '王伟', '2026-01-05 10:30:00', '茶杯', '1', '0', ''],
      ['A2', '李娜', '2026-02-28', '绿茶', '-1', '12.345', ''],
    ]
    const csv = rows.map((row) => row.join(',')).join('\n')
    await importFile(app, csv)
    const fromCsv = await dump(runColumns)
    await empty()
    const typed = rows.map((row, i) =>
      i === 0
        ? row
        : [
            row[0]!,
            row[1]!,
            { date: row[2]! },
            row[3]!,
            { decimal: row[4]! },
            { decimal: row[5]! },
            row[6] === '' ? null : { decimal: row[6]! },
          ],
    )
    const chunks: Buffer[] = []
    for await (const chunk of writeXlsx(typed)) chunks.push(chunk)
    await importFile(app, Buffer.concat(chunks), { name: 'orders.xlsx' })
    expect(await dump(runColumns)).toEqual(fromCsv)
    expect(fromCsv['orders.purchase']).toHaveLength(2)
  })

  test('a line is rounded half up once; lines without a customer are kept apart; refunds are no purchases', async () => {
    const { outcome } = await importFile(
      app,
      orders(['1,a,2026-01-05,P,3,0.005', '1,a,2026-01-05,P,1,0.005', 'C2,a,2026-01-06,P,-3,0.005', '3,,2026-01-06,P,2,5']),
    )
    expect(outcome).toMatchObject({ netMinor: 2 + 1 - 2 + 1000, rejected: 0 })
    expect(outcome!.counts).toMatchObject({ new: 2, refunds: 1, customers: 1, anonymousLines: 1, anonymousNetMinor: 1000 })
    const { rows } = await sql`select number, counted, revenue_minor, refund_minor from orders.purchase order by number`.execute(app.db)
    expect(rows).toEqual([
      { number: '1', counted: true, revenue_minor: 3, refund_minor: 0 },
      { number: 'C2', counted: false, revenue_minor: 0, refund_minor: 2 },
    ])
  })

  test('an order comes in whole or not at all; what is left out can be corrected and imported again', async () => {
    const text = orders([
      '1,a,2026-01-05,P,1,5',
      '2,a,2026-01-05,P,1,5',
      '1,a,2026-01-05,Q,x,5',
      '3,a,2026-02-30,P,1,5',
      '4,a,2026-01-05,P,1,',
      '5,a,2026-01-05,P,1,5',
      '5,b,2026-01-05,P,1,5',
    ])
    const { id, outcome, hasRejects } = await importFile(app, text)
    expect(outcome).toMatchObject({ rows: 7, rejected: 6, counts: { new: 1 } })
    expect(outcome!.problems.map(({ line, field, reason }) => [line, field, reason])).toEqual([
      [4, 'quantity', 'notANumber'],
      [5, 'date', 'noSuchDay'],
      [6, 'unitPrice', 'amountMissing'],
      [2, 'orderNumber', 'orderIncomplete'],
      [7, 'orderNumber', 'numberOfTwoCustomers'],
      [8, 'orderNumber', 'numberOfTwoCustomers'],
    ])
    expect(hasRejects).toBe(true)
    const rejects = await (await app.request(`/api/v1/imports/${id}/rejects`)).text()
    expect(rejects.split('\r\n')[1]).toBe("4,quantity,'x' is not a number,1,a,2026-01-05,Q,x,5")
    const corrected = rejects
      .replace('Q,x,5', 'Q,2,5')
      .replaceAll('2026-02-30', '2026-02-28')
      .replace('P,1,\r\n', 'P,1,5\r\n')
      .replace('5,b,', '5,a,')
    const again = await importFile(app, corrected)
    expect(again.outcome!.problems).toEqual([])
    expect(again.outcome).toMatchObject({ rows: 6, rejected: 0, counts: { new: 4 } })
  })

  test('the same order in another file replaces it whole, moves with its customer, and undoing brings everything back', async () => {
    await importFile(app, orders(['1,a,2026-01-05,P,1,5', '1,a,2026-01-05,Q,1,7', '2,a,2026-01-07,P,1,5']))
    const before = await dump()
    const second = await importFile(app, orders(['1,b,2026-01-05,P,2,5', '2,a,2026-01-07,P,3,5', '9,c,2026-01-07,R,1,1']))
    expect(second.outcome!.counts).toMatchObject({ new: 1, changed: 2, unchanged: 0, customersNew: 2 })
    const { rows } = await sql<{ name: string; number: string; net: number }>`
      select c.name, p.number, p.revenue_minor as net from orders.purchase p join customers.customer c on c.customer_id = p.customer_id order by 2`.execute(
      app.db,
    )
    expect(rows).toEqual([
      { name: 'b', number: '1', net: 1000 },
      { name: 'a', number: '2', net: 1500 },
      { name: 'c', number: '9', net: 100 },
    ])
    const undone = await undoImport(app, second.id)
    expect(undone.undo).toMatchObject({ leftCount: 0 })
    expect(await dump()).toEqual(before)
  })

  test('an order that an import moved and somebody changed since stays where it is, once, and is named', async () => {
    await importFile(app, orders(['1,a,2026-01-05,P,1,5', '2,a,2026-01-07,P,1,5', '3,a,2026-01-07,P,1,5']))
    const second = await importFile(app, orders(['1,b,2026-01-05,P,2,5', '2,b,2026-01-07,P,2,5', '3,b,2026-01-07,P,2,5']))
    const { id, version } = (await app.as(ordersApi).find({ number: '1' })).items[0]!
    const lines = [{ product: 'P', quantity: '3', unitPrice: '5' }]
    await app.as(ordersApi).change({ id, version, lines })
    await app
      .as(ordersApi)
      .batch({ source: 'shop', orders: [{ number: '2', customer: 'c', day: '2026-01-07', lines }] }, { idempotencyKey: 'moves on' })
    const { undo } = await undoImport(app, second.id)
    expect(undo).toMatchObject({ leftCount: 3, counts: { ordersRemoved: 1, ordersRestored: 1 } })
    expect(undo!.left.map(({ name }) => name)).toEqual(expect.arrayContaining(['1', '2']))
    const { rows } = await sql<{ name: string; number: string; net: number }>`
      select c.name, p.number, p.revenue_minor as net from orders.purchase p join customers.customer c on c.customer_id = p.customer_id order by 2`.execute(
      app.db,
    )
    expect(rows).toEqual([
      { name: 'b', number: '1', net: 1500 },
      { name: 'c', number: '2', net: 1500 },
      { name: 'a', number: '3', net: 500 },
    ])
  })

  test('another currency needs the rate of its day', async () => {
    const text = `order number,customer id,date,amount,currency\n1,a,2026-01-05,100.10,EUR\n2,a,2026-01-06,5,EUR\n3,a,2026-01-06,5,XYZ\n4,a,2026-01-06,5,\n`
    const refused = await importFile(app, text)
    expect(refused.outcome).toMatchObject({ rejected: 3, counts: { new: 1 } })
    expect(refused.outcome!.problems.map(({ reason }) => reason)).toEqual(['rateMissing', 'rateMissing', 'unknownCurrency'])
    const rates = await importFile(app, 'currency,date,rate\nEUR,2026-01-05,1.0875\nEUR,2026-01-06,1.1\n', { importer: 'rates' })
    expect(rates.outcome!.counts).toMatchObject({ new: 2 })
    const { outcome } = await importFile(app, text)
    expect(outcome).toMatchObject({ rejected: 1, counts: { new: 2, unchanged: 1 }, netMinor: 10_886 + 550 + 500 })
  })

  test('tax, discounts, costs, shipping and status find their places', async () => {
    const text = `order number,customer id,date,quantity,unit price,discount,unit cost,shipping,order discount,tax rate,status,product\n1,a,2026-01-05,2,11.90,1.90,3,4.5,,19%,,P\n1,a,2026-01-05,1,11.90,,,4.5,,19,,Q\n2,a,2026-01-06,1,5,,,,,,cancelled,P\n`
    const { outcome } = await importFile(app, text, { mapping: (m) => ({ ...m, options: { ...m.options, tax: 'included' } }) })
    expect(outcome!.rejected).toBe(0)
    const { rows } =
      await sql`select number, cancelled, counted, revenue_minor, discount_minor, discounted_minor, cost_minor, cost_unknown_minor, lines from orders.purchase order by number`.execute(
        app.db,
      )
    // (2 × 11.90 − 1.90) ÷ 1.19 = 18.40336…; 11.90 ÷ 1.19 = 10; goods 6.00 and shipping 4.50 once.
    expect(rows[0]).toEqual({
      number: '1',
      cancelled: false,
      counted: true,
      revenue_minor: 1840 + 190 + 1000,
      discount_minor: 190,
      discounted_minor: 1840,
      cost_minor: 600 + 450,
      cost_unknown_minor: 1000,
      lines: 'g\t1840\t2\t\tP\t\t190\t600\ng\t1000\t\t\tQ\ns\t0\t\t\t\t\t\t450',
    })
    expect(rows[1]).toMatchObject({ number: '2', cancelled: true, counted: false, revenue_minor: 0 })
  })
})
