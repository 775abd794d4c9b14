import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { derivedBytes, derivedId } from '#platform/identifier.ts'
import { decodeDayList } from '../domain/day-list.ts'
import { dayListWriter } from '../domain/day-list-writer.ts'
import { decodeLines, encodeLines } from '../domain/lines.ts'
import { fingerprint, sumsOf } from '../domain/order.ts'
import { customerAt } from './apply-part.ts'
import { linesOf, numberOf, orderLoader, sumsKept } from './draft-order.ts'
import { F, type Line, newLine, setText, T } from './line-record.ts'
import { numberCheck, numberKey } from './number-check.ts'
import { type ArrangedPart, arrange, orderIds } from './part.ts'
import { openSpool } from './spool.ts'

const folder = mkdtempSync(join(tmpdir(), 'patron-part-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const catalogue = { currency: 'USD', size: 0, unitCostMicro: () => null, marginPercent: () => null }
const load = orderLoader({ catalogue, costs: false, cancellationPrefix: '', rate: () => undefined })

interface Row {
  readonly line: number
  readonly customer: string
  readonly number: string
  readonly day: number
  readonly quantity: number
  readonly unitPrice: number
  readonly discount: number
  readonly product: string
  readonly productName: string
  readonly campaign: string
}

const optional = (values: fc.Arbitrary<number>) => fc.option(values, { nil: Number.NaN })
const anyRow = fc
  .record({
    customer: fc.constantFrom('a', 'b', '王伟', 'C-4', 'long '.repeat(30)),
    order: fc.integer({ min: 0, max: 6 }),
    day: fc.integer({ min: 20_000, max: 20_003 }),
    quantity: optional(fc.integer({ min: -3_000_000, max: 3_000_000 })),
    unitPrice: fc.integer({ min: 0, max: 9_999_999 }),
    discount: optional(fc.nat(900_000)),
    product: fc.constantFrom('', 'P', 'Q\twith a tab'),
    productName: fc.constantFrom('', 'back\\slash', 'line\nend', '绿茶'),
    campaign: fc.constantFrom('', 'spring'),
  })
  .map(({ customer, order, ...rest }): Omit<Row, 'line'> => ({ ...rest, customer, number: order === 0 ? '' : `${customer}-${order}` }))
const files = fc.array(anyRow, { maxLength: 40 }).map((rows) => rows.map((row, i): Row => ({ ...row, line: i + 2 })))

function lineOf(row: Row): Line {
  const line = newLine()
  line.line = row.line
  line.day = row.day
  line.group.set(derivedBytes('customer', 'shop', row.customer))
  for (const figure of ['quantity', 'unitPrice', 'discount'] as const) line.figures[F[figure]] = row[figure]
  for (const text of ['customer', 'number', 'product', 'productName', 'campaign'] as const) setText(line, T[text], row[text])
  return line
}

/** Through the spool, as an import does it. */
function throughSpool(rows: readonly Row[], parts: number) {
  const spool = openSpool(folder, 'spool', parts)
  for (const row of rows) spool.write(lineOf(row))
  expect(spool.lines).toBe(rows.length)
  const orders = Array.from({ length: parts }, (_, part) => ordersIn(arrange(spool.read(part), orderIds('shop'), new Set()))).flat()
  spool.remove()
  return orders
}

function ordersIn(part: ArrangedPart) {
  return Array.from({ length: part.orders }, (_, order) => {
    const draft = load(part, order)
    const id = part.orderIds.toString('hex', order * 16, order * 16 + 16)
    return {
      customer: customerAt(part, part.customerOf[order]!),
      id,
      number: numberOf(draft),
      content: { ...draft.content },
      sums: sumsKept(draft),
      print: draft.fingerprint,
      lines: linesOf(draft),
    }
  })
}

test('customers by their ids, orders by theirs, named as everybody else would name them', () => {
  fc.assert(
    fc.property(files, (rows) => {
      const orders = throughSpool(rows, 16)
      const keys = orders.map(({ customer, id }) => customer.replaceAll('-', '') + id)
      expect(keys).toEqual([...keys].sort())
      expect(new Set(keys).size).toBe(keys.length)
      for (const { id, number } of orders) if (number !== null) expect(id).toBe(derivedBytes('order', 'shop', number).toString('hex'))
      expect(new Set(orders.map(({ customer }) => customer))).toEqual(
        new Set(rows.map(({ customer }) => derivedId('customer', 'shop', customer))),
      )
    }),
    { numRuns: 60 },
  )
})

test('the parts of a spool do not show in the orders, and rows of different orders may come in any order', () => {
  fc.assert(
    fc.property(
      files,
      fc.constantFrom(1, 4, 64, 1024),
      fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
      (rows, parts, random) => {
        const once = throughSpool(rows, 1)
        expect(throughSpool(rows, parts)).toEqual(once)
        // Orders are mixed anew; the rows of one order keep their places, and so do orders without a number of one day.
        const groups = [...Map.groupBy(rows, (row) => `${row.customer} ${row.number || row.day}`).values()].map((group) => [...group])
        const mixed: Row[] = []
        while (groups.length > 0) {
          const chosen = Math.floor((random.next().value as number) * groups.length) % groups.length
          mixed.push(groups[chosen]!.shift()!)
          if (groups[chosen]!.length === 0) groups.splice(chosen, 1)
        }
        expect(throughSpool(mixed, parts)).toEqual(once)
      },
    ),
    { numRuns: 60 },
  )
})

test('the quick way says what the careful one says: text, sums and fingerprint of the lines', () => {
  fc.assert(
    fc.property(files, (rows) => {
      for (const { content, sums, lines, print } of throughSpool(rows, 2)) {
        const decoded = decodeLines(lines)
        expect(encodeLines(decoded)).toBe(lines)
        expect(sumsOf(decoded, false, catalogue)).toEqual(sums)
        expect(fingerprint({ ...content, lines: decoded })).toBe(print)
      }
    }),
    { numRuns: 60 },
  )
})

test('sums add lines: nothing is lost between the rows, the orders and the day lists', () => {
  fc.assert(
    fc.property(files, (rows) => {
      const orders = throughSpool(rows, 4)
      expect(orders.flatMap(({ lines }) => decodeLines(lines))).toHaveLength(rows.length)
      const writer = dayListWriter()
      for (const own of Map.groupBy(orders, ({ customer }) => customer).values()) {
        const net = own.reduce((sum, { sums }) => sum + sums.revenueMinor - sums.discountMinor - sums.refundMinor, 0)
        expect(net).toBe(own.flatMap(({ lines }) => decodeLines(lines)).reduce((sum, line) => sum + line.netMinor, 0))
        for (const { content, sums } of own) writer.add(content.day, sums)
        const days = decodeDayList(writer.take())
        expect(days.reduce((sum, day) => sum + day.revenueMinor - day.discountMinor - day.refundMinor, 0)).toBe(net)
        expect(days.reduce((sum, day) => sum + day.orders, 0)).toBe(own.filter(({ sums }) => sums.counted).length)
      }
    }),
    { numRuns: 60 },
  )
})

test('numbers of two customers are found, whatever their number', () => {
  const key = (number: number) => {
    const bytes = Buffer.from(`N${number}`)
    return numberKey(bytes, 0, bytes.length)
  }
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 200 }), fc.constantFrom(1, 2)), { maxLength: 300 }),
      fc.constantFrom(1, 16),
      (pairs, parts) => {
        const check = numberCheck(folder, parts)
        for (const [number, group] of pairs) {
          const bytes = Buffer.from(`--N${number}`)
          check.note(bytes, 2, bytes.length, new Uint8Array(16).fill(group))
        }
        const groups = Map.groupBy(pairs, ([number]) => number)
        const shared = [...groups].filter(([, own]) => new Set(own.map(([, group]) => group)).size > 1)
        expect(check.conflicts()).toEqual(new Set(shared.map(([number]) => key(number))))
      },
    ),
  )
})
