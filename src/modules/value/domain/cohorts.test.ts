import { expect, test } from 'vitest'
import { encodeDayList } from '#modules/orders/domain/day-list.ts'
import { dayListsOf, dayOf, fixtureRows, hasFixture } from '#test/value-fixtures.ts'
import { cohortsOf, cohortTriangle, monthOf } from './cohorts.ts'

const day = (date: string, revenueMinor: number, orders = 1) => ({
  day: dayOf(date),
  orders,
  revenueMinor,
  discountMinor: orders > 0 ? 10 : 0,
  refundMinor: orders > 0 ? 0 : 50,
  discountedRevenueMinor: 0,
  costMinor: 0,
  costUnknownRevenueMinor: 0,
})

test('months agree with the calendar', () => {
  for (let at = -200_000; at < 200_000; at += 37) {
    const date = new Date(at * 86_400_000)
    expect(monthOf(at)).toBe((date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth())
  }
  for (const [date, month] of [
    ['2000-02-29', 361],
    ['2000-03-01', 362],
    ['1970-01-01', 0],
    ['1969-12-31', -1],
    ['2024-12-31', 659],
  ] as const)
    expect(monthOf(dayOf(date))).toBe(month)
})

test('counts each customer once a month, from the month of the first purchase', () => {
  const lists = [
    [day('2025-01-05', 100), day('2025-01-09', 200), day('2025-03-01', 300)],
    [day('2025-01-20', 0, 0), day('2025-02-20', 400), day('2025-03-31', 500)],
    [day('2025-04-02', 999)],
  ]
  const counts = cohortsOf(lists.map(encodeDayList), dayOf('2025-01-05'), dayOf('2025-03-31'))
  expect(cohortTriangle(counts)).toEqual({
    firstMonth: 660,
    lastMonth: 662,
    active: [[1, 0, 1], [1, 1], [0]],
    value: [[280, 0, 290], [390, 490], [0]],
  })
})

const file = 'online_retail_2010_2011.csv.gz'
test.skipIf(!hasFixture(file))(`the triangle of a real shop (skips where ${file} is missing)`, () => {
  const lists = dayListsOf(
    fixtureRows(file)
      .filter(
        ([invoice, , , quantity, , price, customer]) => customer && !invoice!.startsWith('C') && Number(quantity) > 0 && Number(price) > 0,
      )
      .map(([, , , quantity, date, price, customer]) => ({
        customer: customer!,
        day: dayOf(date!),
        minor: Number(quantity) * Number(price) * 100,
      }))
      .map((line) => ({ ...line, minor: Math.round(line.minor) })),
  )
  const counts = cohortsOf(lists.values(), dayOf('2010-12-01'), dayOf('2011-12-09'))
  const { active, value } = cohortTriangle(counts)
  // golden/rfm_cohort_affinity.json, cohort_online_retail_1011.
  expect(active[0]).toEqual([885, 324, 286, 340, 321, 352, 321, 309, 313, 350, 331, 445, 235])
  expect(active[1]).toEqual([417, 92, 111, 96, 134, 120, 103, 101, 125, 136, 152, 49])
  expect(active.map((row) => row[0])).toEqual([885, 417, 380, 452, 300, 284, 242, 188, 169, 299, 358, 323, 41])
  // Lines of fractions of a penny are rounded one by one here.
  expect(Math.abs(value[0]![0]! / 100 - 572_713.89)).toBeLessThan(0.5)
  expect(Math.abs(value[0]![12]! / 100 - 185_803.13)).toBeLessThan(0.5)
})
