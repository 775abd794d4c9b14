import { expect, test } from 'vitest'
import { encodeDayList } from '#modules/orders/domain/day-list.ts'
import { dayOf } from '#test/value-fixtures.ts'
import { cohortsOf } from './cohorts.ts'
import { keepingOf } from './keeping.ts'

const plain = {
  orders: 1,
  revenueMinor: 1000,
  discountMinor: 100,
  refundMinor: 0,
  discountedRevenueMinor: 0,
  costMinor: 400,
  costUnknownRevenueMinor: 0,
}
const days = (...dates: string[]) => encodeDayList(dates.map((date) => ({ ...plain, day: dayOf(date) })))
const refund = { ...plain, orders: 0, revenueMinor: 0, discountMinor: 0, refundMinor: 250, costMinor: 0 }

function keepingFor(lists: readonly Uint8Array[], first = '2024-01-10', last = '2026-03-20', margin: number | null = null) {
  return keepingOf(cohortsOf(lists, dayOf(first), dayOf(last)), margin)
}

test('new, retained and converted customers per month, counted by hand', () => {
  const { months } = keepingFor([
    // New in January, back in March: retained and converted in March.
    days('2026-01-05', '2026-03-02'),
    // New and converted within February; retained in March, converted only once.
    days('2026-02-01', '2026-02-11', '2026-03-01', '2026-03-19'),
    // Old, third purchase in March: retained, not converted.
    days('2024-01-10', '2024-05-01', '2026-03-10'),
    // New in March.
    days('2026-03-20'),
    // Bought after the as-of day only: not there yet.
    days('2026-03-21'),
    // A refund is no purchase, so the purchase of March is the second.
    encodeDayList([
      { ...plain, day: dayOf('2026-01-31') },
      { ...refund, day: dayOf('2026-02-02') },
      { ...plain, day: dayOf('2026-03-03') },
    ]),
  ])
  expect(months).toHaveLength(12)
  expect(months[0]).toEqual({ month: '2025-04', won: 0, retained: 0, converted: 0 })
  expect(months.slice(-3)).toEqual([
    { month: '2026-01', won: 2, retained: 0, converted: 0 },
    { month: '2026-02', won: 1, retained: 0, converted: 1 },
    { month: '2026-03', won: 1, retained: 4, converted: 2 },
  ])
})

test('the year counts who was won, kept and lost, and what the goods brought', () => {
  const { year } = keepingFor([
    days('2025-03-20', '2025-03-21'), // the last day of the year before and the first of this one: kept
    days('2024-03-21'), // the first day of the year before: lost
    days('2024-03-20', '2026-01-01'), // before both, won back: neither
    days('2025-03-21'), // won on the first day
    encodeDayList([
      { ...plain, day: dayOf('2024-06-01') },
      { ...refund, day: dayOf('2025-06-01') },
    ]), // a refund keeps nobody
  ])
  expect(year).toEqual({
    from: '2025-03-21',
    to: '2026-03-20',
    comparable: true,
    won: 1,
    kept: 1,
    lost: 2,
    goodsProfitMinor: 3 * (1000 - 100 - 400) - 250,
    goodsProfitBasis: 'known',
  })
})

test('a short history says that kept and lost cannot be compared, and a margin stands in for unknown costs', () => {
  const list = encodeDayList([{ ...plain, day: dayOf('2026-03-01'), costMinor: 0, costUnknownRevenueMinor: 900 }])
  const bare = keepingFor([list], '2026-03-01')
  expect(bare.months).toEqual([{ month: '2026-03', won: 1, retained: 0, converted: 0 }])
  expect(bare.year).toMatchObject({ comparable: false, goodsProfitMinor: 900, goodsProfitBasis: 'revenue' })
  expect(keepingFor([list], '2026-03-01', '2026-03-20', 0.4).year).toMatchObject({ goodsProfitMinor: 360, goodsProfitBasis: 'margin' })
})
