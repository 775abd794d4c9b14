import fc from 'fast-check'
import { expect, test } from 'vitest'
import { microText } from './amount.ts'
import type { Line } from './lines.ts'
import { sumsOf } from './order.ts'
import { excessOf, refundLines, remainingOf } from './refund.ts'

const sold: Line = {
  kind: 'goods',
  product: 'P',
  name: null,
  quantityMicro: 3_000_000,
  unitPriceMicro: 3_333_333,
  discountMinor: 7,
  netMinor: 993,
  costMinor: 400,
}
const give = (lines: readonly Line[], refunds: readonly (readonly Line[])[], place: number, quantity: string) =>
  refundLines(lines, remainingOf(lines, refunds), { lines: [{ place, quantity }] })

test('giving everything back gives back exactly what was paid, and no more than is there', () => {
  const back = give([sold], [], 1, '3') as Line[]
  expect(back[0]).toMatchObject({ netMinor: -993, discountMinor: -7, costMinor: -400, quantityMicro: -3_000_000, givesBack: 1 })
  expect(give([sold], [], 1, '3.000001')).toEqual({ place: 1, reason: 'too-many', leftMicro: 3_000_000 })
  expect(give([sold], [], 2, '1')).toEqual({ place: 2, reason: 'no-such-line', leftMicro: 0 })
  expect(give([{ ...sold, kind: 'fee' }], [], 1, '1')).toMatchObject({ reason: 'not-goods' })
  const catalogue = { currency: 'USD', size: 0, unitCostMicro: () => null, marginPercent: () => null }
  expect(sumsOf(back, false, catalogue)).toMatchObject({ revenueMinor: 0, refundMinor: 993 })
})

test('what came back once does not come back again', () => {
  const first = give([sold], [], 1, '2') as Line[]
  expect(give([sold], [first], 1, '2')).toEqual({ place: 1, reason: 'too-many', leftMicro: 1_000_000 })
  expect(
    refundLines([sold], remainingOf([sold], []), {
      lines: [
        { place: 1, quantity: '2' },
        { place: 1, quantity: '2' },
      ],
    }),
  ).toEqual({
    place: 1,
    reason: 'too-many',
    leftMicro: 1_000_000,
  })
  expect(remainingOf([sold], [first, give([sold], [first], 1, '1') as Line[]])).toEqual([
    expect.objectContaining({ quantityMicro: 0, netMinor: 0, discountMinor: 0, costMinor: 0 }),
  ])
})

test('of two lines of the same goods each keeps its own account', () => {
  const cheap = { ...sold, netMinor: 300, discountMinor: 700 }
  const second = give([sold, cheap], [], 2, '3') as Line[]
  expect(remainingOf([sold, cheap], [second])).toEqual([sold, expect.objectContaining({ quantityMicro: 0, netMinor: 0 })])
})

test('a refund that was written anew, or whose order was, counts against the same goods', () => {
  const { givesBack: _, ...unnamed } = (give([sold], [], 1, '2') as Line[])[0]!
  expect(remainingOf([sold], [[unnamed]])[0]).toMatchObject({ quantityMicro: 1_000_000 })
  const other = { ...sold, product: 'Q' }
  expect(remainingOf([other, sold], [[{ ...unnamed, givesBack: 1 }]]).map((left) => left?.quantityMicro)).toEqual([3_000_000, 1_000_000])
  const plain = refundLines([sold], remainingOf([sold], []), { amountMinor: 100 }) as Line[]
  expect(remainingOf([sold], [plain])).toEqual([sold])
  expect(remainingOf([{ ...sold, product: null }], [plain])[0]).toMatchObject({ netMinor: 993 })
})

test('piece by piece exactly what was paid comes back, whatever the pieces', () => {
  const amounts = fc.nat(1_000_000_000_000)
  fc.assert(
    fc.property(
      amounts,
      amounts,
      amounts,
      fc.array(fc.integer({ min: 1, max: 5_000_000 }), { minLength: 1, maxLength: 12 }),
      (net, discount, cost, pieces) => {
        const quantityMicro = pieces.reduce((sum, piece) => sum + piece, 0)
        const line: Line = { ...sold, quantityMicro, netMinor: net, discountMinor: discount, costMinor: cost }
        const refunds: Line[][] = []
        for (const piece of pieces) refunds.push(give([line], refunds, 1, microText(piece)) as Line[])
        const sum = (of: (back: Line) => number) => refunds.flat().reduce((total, back) => total - of(back), 0)
        expect([sum((back) => back.netMinor), sum((back) => back.discountMinor), sum((back) => back.costMinor!)]).toEqual([
          net,
          discount,
          cost,
        ])
        expect(refunds.flat().every((back) => back.netMinor <= 0 && back.discountMinor <= 0)).toBe(true)
        expect(give([line], refunds, 1, '0.000001')).toMatchObject({ reason: 'too-many', leftMicro: 0 })
      },
    ),
  )
})

test('what was given back beyond a line is found by the line, in goods and in worth', () => {
  const back = give([sold], [], 1, '2') as Line[]
  const excess = { place: 1, givenMicro: 2_000_000 }
  expect(excessOf([sold], [back])).toBeNull()
  expect(excessOf([{ ...sold, quantityMicro: 1_999_999 }], [back])).toEqual(excess)
  expect(excessOf([{ ...sold, netMinor: 661 }], [back])).toEqual(excess)
  expect(excessOf([{ ...sold, product: 'Q' }], [back])).toEqual(excess)
  expect(excessOf([], [back])).toEqual(excess)
  expect(excessOf([{ ...sold, product: 'Q' }, sold], [back])).toBeNull()
  const plain = refundLines([sold], remainingOf([sold], []), { amountMinor: 5000 }) as Line[]
  expect(excessOf([sold], [plain])).toBeNull()
})
