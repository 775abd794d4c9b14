import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { derivedBytes } from '#platform/identifier.ts'
import { decodeDayList } from '../domain/day-list.ts'
import { dayListWriter } from '../domain/day-list-writer.ts'
import { decodeLines } from '../domain/lines.ts'
import { assembler } from './assemble.ts'
import { numberCheck, numberKey } from './number-check.ts'
import { emptyLine, openSpool, type SpooledLine } from './spool.ts'

const folder = mkdtempSync(join(tmpdir(), 'patron-assemble-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const catalogue = { currency: 'USD', unitCostMicro: () => null, marginPercent: () => null }
const assemble = assembler({ source: 'shop', sourceId: 2, catalogue, cancellationPrefix: '', rate: () => undefined })

const anyLine = fc
  .record({
    customer: fc.constantFrom('a', 'b', '王伟', 'C-4'),
    order: fc.integer({ min: 0, max: 6 }),
    day: fc.integer({ min: 20_000, max: 20_003 }),
    quantity: fc.integer({ min: -3_000_000, max: 3_000_000 }),
    unitPrice: fc.integer({ min: 0, max: 9_999_999 }),
    product: fc.constantFrom('', 'P', 'Q\twith a tab'),
    productName: fc.constantFrom('', 'back\\slash', 'line\nend'),
  })
  .map(({ customer, order, ...rest }): SpooledLine => {
    const number = order === 0 ? '' : `${customer}-${order}`
    return { ...emptyLine(), ...rest, customer, number, group: derivedBytes('customer', 'shop', customer).toString('latin1') }
  })
const files = fc.array(anyLine, { maxLength: 40 }).map((lines) => lines.map((line, i) => ({ ...line, line: i + 2 })))

/** Through the spool, as an import does it. */
function throughSpool(lines: readonly SpooledLine[], parts: number) {
  const spool = openSpool(folder, 'spool', parts)
  for (const line of lines) spool.write(line)
  const customers = Array.from({ length: parts }, (_, part) => assemble.customers(spool.read(part))).flat()
  spool.remove()
  return customers
}

test('the parts of a spool do not show in the orders, and lines of different orders may come in any order', () => {
  fc.assert(
    fc.property(
      files,
      fc.constantFrom(1, 4, 64, 1024),
      fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
      (lines, parts, random) => {
        const once = throughSpool(lines, 1)
        expect(throughSpool(lines, parts)).toEqual(once)
        // Orders are mixed anew; the lines of one order keep their places, and so do orders without a number of one day.
        const groups = [...Map.groupBy(lines, (line) => `${line.customer} ${line.number || line.day}`).values()].map((group) => [...group])
        const mixed: SpooledLine[] = []
        while (groups.length > 0) {
          const chosen = Math.floor((random.next().value as number) * groups.length) % groups.length
          mixed.push(groups[chosen]!.shift()!)
          if (groups[chosen]!.length === 0) groups.splice(chosen, 1)
        }
        expect(throughSpool(mixed, parts).map(({ customer, orders }) => ({ customer, orders }))).toEqual(
          once.map(({ customer, orders }) => ({ customer, orders })),
        )
      },
    ),
    { numRuns: 60 },
  )
})

test('sums add lines: nothing is lost between the lines, the orders and the day lists', () => {
  fc.assert(
    fc.property(files, (lines) => {
      const customers = throughSpool(lines, 4)
      const writer = dayListWriter()
      for (const { orders } of customers) {
        const net = orders.reduce((sum, order) => sum + order.sums.revenueMinor - order.sums.discountMinor - order.sums.refundMinor, 0)
        const inLines = orders.flatMap((order) => decodeLines(order.lines)).reduce((sum, line) => sum + line.netMinor, 0)
        expect(net).toBe(inLines)
        for (const order of orders) writer.add(order.content.day, order.sums)
        const days = decodeDayList(writer.take())
        expect(days.reduce((sum, day) => sum + day.revenueMinor - day.discountMinor - day.refundMinor, 0)).toBe(net)
        expect(days.reduce((sum, day) => sum + day.orders, 0)).toBe(orders.filter((order) => order.sums.counted).length)
      }
      expect(customers.flatMap(({ orders }) => orders.flatMap((order) => decodeLines(order.lines)))).toHaveLength(lines.length)
    }),
    { numRuns: 60 },
  )
})

test('numbers of two customers are found, whatever their number', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 200 }), fc.constantFrom('x'.repeat(16), 'y'.repeat(16))), { maxLength: 300 }),
      fc.constantFrom(1, 16),
      (pairs, parts) => {
        const check = numberCheck(folder, parts)
        for (const [number, group] of pairs) check.note(`N${number}`, group)
        const groups = Map.groupBy(pairs, ([number]) => number)
        const shared = [...groups]
          .filter(([, own]) => new Set(own.map(([, group]) => group)).size > 1)
          .map(([number]) => numberKey(`N${number}`))
        expect(check.conflicts()).toEqual(new Set(shared))
      },
    ),
  )
})
