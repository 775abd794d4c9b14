import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { writeXlsx } from '#platform/tabular/xlsx-writer.ts'
import { type App, startApp } from '#test/app.ts'
import { importFile, undoImport } from '#test/import-files.ts'
import { termsApi } from './api/terms.ts'
import { ordersApi } from './api.ts'

let app: App
beforeAll(async () => {
  app = await startApp({ work: true, now: new Date('2026-04-01T12:00:00Z') })
})
afterAll(() => app.close())

const tables = [
  'orders.term',
  'orders.delivery',
  'orders.freight_event',
  'orders.term_before',
  'orders.dispute',
  'orders.purchase',
  'orders.purchase_before',
  'orders.source_version',
  'orders.day_list',
]
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
const written = ['made_by_run', 'changed_by_run', 'updated_at', 'noted_at', 'version']

beforeEach(async () => {
  for (const table of tables) await sql`delete from ${sql.table(table)}`.execute(app.db)
})

const plain = 'order number,customer id,date,product,quantity,unit price'
const header = `${plain},promised delivery day,delivered day,delivered quantity,delivery place,settlement,trade terms,grade,specification`
const file = (rows: readonly string[], head = header) => `${head}\n${rows.join('\n')}\n`
const orders = () => app.as(ordersApi)
const found = async (number: string) => (await orders().find({ number })).items[0]!
const termsOf = async (number: string) => app.as(termsApi).terms({ id: (await found(number)).id })
const deviations = async (number: string) =>
  (await termsOf(number)).deviations.map(({ term, place, difference }) => [term, place, difference])

const contract = [
  'A1,c1,2026-02-20,TEA,100,10,2026-03-01,2026-03-03,95,Yard 1,Monthly,DAP,AAA,250 g',
  'A1,c1,2026-02-20,CUP,4,5,,,,,,,,',
  'A2,c1,2026-02-21,TEA,1,10,2026-03-05,,,,,,,',
  'A3,c2,2026-02-21,TEA,1,10,,,,,,,,',
]

describe('a file that says what was promised and what came', () => {
  test('gives the deviations; rows that say nothing make no terms', async () => {
    const { outcome } = await importFile(app, file(contract))
    expect(outcome).toMatchObject({ rejected: 0, counts: { new: 3, termsNew: 2, termsChanged: 0 } })
    const view = await termsOf('A1')
    expect(view).toMatchObject({
      byHand: false,
      version: 1,
      promise: { standing: 'late', days: 2 },
      terms: {
        deliveryPlace: 'Yard 1',
        settlement: 'Monthly',
        tradeTerms: 'DAP',
        lines: [{ place: 1, grade: 'AAA', specification: '250 g' }],
      },
      deliveries: [{ day: '2026-03-03', moreFollows: false, notedBy: null, lines: [{ place: 1, quantity: '95' }] }],
    })
    expect(await deviations('A1')).toEqual([
      ['deliveryTime', null, { unit: 'days', days: 2 }],
      ['quantity', 1, { unit: 'quantity', quantity: '-5' }],
    ])
    expect(await deviations('A2')).toEqual([['deliveryTime', null, { unit: 'days', days: 27 }]])
    expect(await termsOf('A3')).toMatchObject({ version: 0 })
  })

  test('is recognised by Chinese headings, in a workbook and in CSV, with partial deliveries row by row', async () => {
    const rows = [
      [
        '订单号',
        '客户编号',
        '下单时间',
        '商品名称',
        '数量',
        '单价',
        '约定交货日期',
        '实际交货日期',
        '实际交货数量',
        '交货地点',
        '结算方式',
        '交易条件',
        '产品等级',
        '规格',
        '实际等级',
        '支付方式',
      ],
      [
        'B1',
        '王伟',
        '2026-02-20',
        '绿茶',
        '10',
        '12',
        '2026-03-01',
        '2026-02-28',
        '10',
        '一号库',
        '月结',
        '到岸',
        '一级',
        '250克',
        '二级',
        '支付宝',
      ],
      ['B1', '王伟', '2026-02-20', '茶杯', '5', '3', '', '2026-03-02', '5', '', '', '', '', '', '', ''],
    ]
    const check = async () => {
      expect(await termsOf('B1')).toMatchObject({
        promise: { deliveredDay: '2026-03-02', standing: 'late', days: 1 },
        terms: {
          deliveryPlace: '一号库',
          settlement: '月结',
          tradeTerms: '到岸',
          payment: '支付宝',
          lines: [{ place: 1, grade: '一级', specification: '250克' }],
        },
        deliveries: [
          { day: '2026-02-28', moreFollows: true },
          { day: '2026-03-02', moreFollows: false, lines: [{ place: 2, quantity: '5' }] },
        ],
      })
      expect(await deviations('B1')).toEqual([
        ['deliveryTime', null, { unit: 'days', days: 1 }],
        ['grade', 1, null],
      ])
    }
    await importFile(app, rows.map((row) => row.join(',')).join('\n'))
    await check()
    const fromCsv = await dump([...written])
    for (const table of tables) await sql`delete from ${sql.table(table)}`.execute(app.db)
    const chunks: Uint8Array[] = []
    for await (const chunk of writeXlsx(rows)) chunks.push(chunk)
    await importFile(app, Buffer.concat(chunks), { name: 'orders.xlsx' })
    expect(await dump([...written])).toEqual(fromCsv)
  })

  test('a file without such columns has no such counts and writes none of it', async () => {
    const { outcome } = await importFile(app, file(['A1,c1,2026-02-20,TEA,100,10'], plain))
    expect(outcome!.counts).not.toHaveProperty('termsNew')
    expect((await dump())['orders.term']).toEqual([])
  })

  test('a dry run counts the same and writes nothing; the same file again changes nothing', async () => {
    const dry = await importFile(app, file(contract), { dryRun: true })
    expect((await dump())['orders.term']).toEqual([])
    const first = await importFile(app, file(contract))
    expect(dry.outcome!.counts).toEqual(first.outcome!.counts)
    const before = await dump()
    const again = await importFile(app, file(contract))
    expect(again.outcome!.counts).toMatchObject({ unchanged: 3, termsNew: 0, termsChanged: 0 })
    expect(await dump()).toEqual(before)
  })

  test('rows whose terms cannot be read are rejected with their order', async () => {
    const { outcome } = await importFile(
      app,
      file([
        'C1,c1,2026-02-20,TEA,1,10,soon,,,,,,,',
        'C1,c1,2026-02-20,CUP,1,10,,,,,,,,',
        'C2,c1,2026-02-20,TEA,1,10,2026-03-01,,3,,,,,',
        'C3,c1,2026-02-20,TEA,1,10,2026-03-01,2026-03-01,-3,,,,,',
        'C4,c1,2026-02-20,TEA,1,10,2026-03-01,2026-03-01,1,,,,,',
        'C4,c1,2026-02-20,CUP,1,10,,,1,,,,,',
        'C5,c1,2026-02-20,TEA,1,10,1826-03-01,,,,,,,',
      ]),
    )
    expect(outcome!.problems.map(({ line, field, reason }) => [line, field, reason]).toSorted()).toEqual([
      [2, 'promisedDay', expect.any(String)],
      [3, 'orderNumber', 'orderIncomplete'],
      [4, 'deliveredQuantity', 'deliveredDayMissing'],
      [5, 'deliveredQuantity', 'deliveredNegative'],
      [8, 'promisedDay', 'yearOutOfRange'],
    ])
    expect((await termsOf('C4')).delivered.lines).toEqual([
      { place: 1, quantity: '1' },
      { place: 2, quantity: '1' },
    ])
  })
})

describe('what a later file says', () => {
  const later = contract.map((row) => row.replace('2026-03-05,,', '2026-03-05,2026-03-04,1'))

  test('replaces what the earlier one said, and undoing it brings that back, row for row', async () => {
    await importFile(app, file(contract))
    const before = await dump()
    const second = await importFile(app, file(later))
    expect(second.outcome!.counts).toMatchObject({ unchanged: 3, termsNew: 0, termsChanged: 1 })
    expect((await termsOf('A2')).promise).toMatchObject({ standing: 'early', days: -1 })
    const { undo } = await undoImport(app, second.id)
    expect(undo).toMatchObject({ state: 'done', leftCount: 0 })
    expect(await dump()).toEqual(before)
  })

  test('about orders of a plain file is taken back alone; undoing the first leaves what the second wrote', async () => {
    const first = await importFile(
      app,
      file(
        contract.map((row) => row.split(',').slice(0, 6).join(',')),
        plain,
      ),
    )
    const before = await dump()
    const second = await importFile(app, file(contract))
    expect(second.outcome!.counts).toMatchObject({ unchanged: 3, termsNew: 2 })
    await undoImport(app, second.id)
    expect(await dump()).toEqual(before)
    await importFile(app, file(contract))
    const { undo } = await undoImport(app, first.id)
    expect(undo).toMatchObject({ leftCount: 2, counts: { ordersRemoved: 1 } })
    expect(await deviations('A1')).toHaveLength(2)
  })

  test('does not overrule a person, unless the mapping says so', async () => {
    await importFile(app, file(contract))
    const { id } = await found('A2')
    await app.as(termsApi).setTerms({ id, version: 1, promisedDay: '2026-03-07' })
    expect((await importFile(app, file(later))).outcome!.counts).toMatchObject({ termsChanged: 0 })
    expect((await termsOf('A2')).promise).toMatchObject({ promisedDay: '2026-03-07', deliveredDay: null })
    const file2 = await importFile(app, file(later), { mapping: (m) => ({ ...m, options: { ...m.options, conflict: 'file' } }) })
    expect(file2.outcome!.counts).toMatchObject({ termsChanged: 1 })
    expect(await termsOf('A2')).toMatchObject({ byHand: false, promise: { promisedDay: '2026-03-05', deliveredDay: '2026-03-04' } })
  })
})

test('a promise that is broken already when somebody notes it is announced at once', async () => {
  await importFile(app, file(contract))
  const { id } = await found('A3')
  await app.as(termsApi).setTerms({ id, version: 0, promisedDay: '2026-03-30' })
  const told = async () =>
    (await sql`select from platform.fact where name = 'orders.delivery-late' and payload ->> 'orderId' = ${id}`.execute(app.db)).rows.length
  await expect.poll(told, { timeout: 20_000 }).toBe(1)
})

describe('undoing the import of an order', () => {
  test('takes its terms and deliveries along', async () => {
    const before = await dump()
    const { id } = await importFile(app, file(contract))
    expect((await undoImport(app, id)).undo).toMatchObject({ leftCount: 0, counts: { ordersRemoved: 3 } })
    expect(await dump()).toEqual(before)
  })

  test('leaves the order on which a person noted something', async () => {
    const { id } = await importFile(app, file(contract))
    await app.as(termsApi).noteFreight({ id: (await found('A1')).id, kind: 'damage', day: '2026-03-03' })
    const { undo } = await undoImport(app, id)
    expect(undo).toMatchObject({ leftCount: 1, left: [{ name: 'A1' }], counts: { ordersRemoved: 2 } })
    expect(await termsOf('A1')).toMatchObject({ deliveries: [{ day: '2026-03-03' }], freight: [{ kind: 'damage' }] })
  })
})

describe('an order that a file gives to another customer', () => {
  const moved = contract.map((row) => row.replace(/^A1,c1/, 'A1,c9'))

  test('takes its terms along, and both go back when that is undone', async () => {
    await importFile(app, file(contract))
    const before = await dump()
    // A file that says nothing of terms moves them as they are; one that does writes its own.
    for (const content of [
      file(
        moved.map((row) => row.split(',').slice(0, 6).join(',')),
        plain,
      ),
      file(moved),
    ]) {
      const second = await importFile(app, content)
      const order = await found('A1')
      expect((await termsOf('A1')).customerId).toBe(order.customerId)
      expect(await deviations('A1')).toHaveLength(2)
      const { rows } = await sql<{ n: number }>`select count(*)::int as n from orders.delivery where order_id = ${order.id}::uuid`.execute(
        app.db,
      )
      expect(rows[0]!.n).toBe(1)
      expect((await undoImport(app, second.id)).undo).toMatchObject({ leftCount: 0 })
      expect(await dump()).toEqual(before)
    }
  })

  test('stays where it is when a person noted something on it', async () => {
    await importFile(app, file(contract))
    const { customerId, id } = await found('A1')
    await app.as(termsApi).noteFreight({ id, kind: 'loss', day: '2026-03-03' })
    expect((await importFile(app, file(moved))).outcome!.counts).toMatchObject({ conflicting: 1 })
    expect(await found('A1')).toMatchObject({ customerId })
    expect(await termsOf('A1')).toMatchObject({ customerId, freight: [{ kind: 'loss' }] })
  })

  test('by a message of the source: everything that hangs on it goes along', async () => {
    await importFile(app, file(contract))
    const { id } = await found('A1')
    await app.as(termsApi).noteFreight({ id, kind: 'loss', day: '2026-03-03' })
    const order = { number: 'A1', customer: 'c9', day: '2026-02-20', lines: [{ product: 'TEA', quantity: '100', unitPrice: '10' }] }
    await orders().batch({ source: 'shop', orders: [order] }, { idempotencyKey: 'move' })
    const { customerId } = await found('A1')
    expect(await termsOf('A1')).toMatchObject({ customerId, freight: [{ kind: 'loss' }], deliveries: [{ day: '2026-03-03' }] })
  })
})
