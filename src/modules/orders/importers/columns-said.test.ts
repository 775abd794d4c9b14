import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { columnsSaid, orderLoader } from './draft-order.ts'
import { F, type Line, newLine, setText, T } from './line-record.ts'
import { arrange, newRoom, orderIds } from './part.ts'
import { openSpool } from './spool.ts'

const folder = mkdtempSync(join(tmpdir(), 'patron-columns-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const catalogue = { currency: 'USD', size: 0, unitCostMicro: () => null, marginPercent: () => null }
const load = orderLoader({ catalogue, costs: false, cancellationPrefix: '', rate: () => '1.5' })

const figures = ['placedAt', 'quantity', 'amount', 'discount', 'cost', 'unitCost', 'shippingCost', 'fee', 'orderDiscount'] as const
const texts = ['currency', 'channel', 'campaign'] as const
const file = fc
  .record({
    figures: fc.subarray([...figures]),
    texts: fc.subarray([...texts]),
    cancelled: fc.boolean(),
    numbers: fc.array(fc.nat(9), { minLength: 1, maxLength: 20 }),
  })
  .chain(({ figures, texts, cancelled, numbers }) =>
    fc.tuple(
      ...numbers.map((number) =>
        fc.record({
          number: fc.constant(number),
          figures: fc.tuple(...figures.map((figure) => fc.tuple(fc.constant(figure), fc.integer({ min: 1, max: 9_999_999 })))),
          texts: fc.tuple(...texts.map((text) => fc.tuple(fc.constant(text), fc.constantFrom('', 'EUR')))),
          cancelled: cancelled ? fc.boolean() : fc.constant(false),
        }),
      ),
    ),
  )

test('what stands in a column that is not written is what the column is when nothing is said', () => {
  const room = newRoom()
  fc.assert(
    fc.property(file, (rows) => {
      const spool = openSpool(folder, 'spool', 1)
      for (const row of rows) spool.write(lineOf(row))
      const part = arrange(spool.read(0, room.memory), orderIds('shop'), new Set(), room)
      spool.remove()
      const columns = columnsSaid(part.spooled.fields, false)
      for (let order = 0; order < part.orders; order++) {
        const { content, sums } = load(part, order)
        if (!columns.time) expect(content.placedAt).toBe(null)
        if (!columns.state) expect(content.cancelled).toBe(false)
        if (!columns.currency) expect([content.currency, content.rate]).toEqual([null, null])
        if (!columns.discount) expect([sums.discountMinor, sums.discountedMinor]).toEqual([0, 0])
        if (!columns.cost) expect(sums.costMinor).toBe(0)
        if (!columns.origin) expect([content.channel, content.campaign]).toEqual([null, null])
      }
    }),
    { numRuns: 500 },
  )
})

test('a file with nothing but customers, days and amounts needs none of them; a catalogue with costs needs costs', () => {
  expect(Object.values(columnsSaid(1 << F.amount, false))).not.toContain(true)
  expect(columnsSaid(1 << F.amount, true)).toMatchObject({ cost: true, discount: false })
})

function lineOf(row: {
  readonly number: number
  readonly figures: readonly (readonly [(typeof figures)[number], number])[]
  readonly texts: readonly (readonly [(typeof texts)[number], string])[]
  readonly cancelled: boolean
}): Line {
  const line = newLine()
  line.day = 20_000
  line.cancelled = row.cancelled
  setText(line, T.customer, 'C1')
  setText(line, T.number, `N${row.number}`)
  for (const [figure, value] of row.figures) line.figures[F[figure]] = value
  for (const [text, value] of row.texts) setText(line, T[text], value)
  return line
}
