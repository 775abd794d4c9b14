import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CauseStretch, defaultRecurrenceRules, effectivenessCheck, effectivenessChecks, recurrenceCurve } from './recurrence.ts'

const stretch = (complaints: number, orders: number, days = 90): CauseStretch => ({ complaints, orders, days })
const check = (before: CauseStretch, after: CauseStretch, elapsed = 90) => effectivenessCheck(before, after, 90, elapsed)

test('twelve on 3,000 orders before and none on 1,000 after is effective', () => {
  const found = check(stretch(12, 3000), stretch(0, 1000))
  expect(found).toMatchObject({ verdict: 'effective', why: 'fell', ratio: 0, expectedAfter: 4 })
  expect(found.chance!).toBeCloseTo(0.75 ** 12, 14)
  expect(found.interval!.high).toBeLessThan(1)
  expect(found.rateBefore.perThousand).toBe(4)
  // 1 − 0.05^(1/12), turned into orders beside 3,000: 3,000 · (20^(1/12) − 1) = 850.7.
  expect(found.neededWithoutComplaint).toBe(851)
})
test('two on 1,000 after twelve on 3,000 is half, and nothing is proven', () => {
  const found = check(stretch(12, 3000), stretch(2, 1000))
  expect(found).toMatchObject({ verdict: 'too-little-data', why: 'cannot-tell', ratio: 0.5 })
  // Clopper and Pearson with 90 %, by scipy.stats.beta, 1.17.
  expect(found.interval!.low).toBeCloseTo(0.08008002500745816, 9)
  expect(found.interval!.high).toBeCloseTo(1.8811416175674418, 9)
  expect(found.chance!).toBeCloseTo(0.2811276242136955, 12)
})
test('before its day a check is too early, however it looks', () => {
  expect(check(stretch(40, 3000), stretch(0, 3000), 89)).toMatchObject({ verdict: 'too-early', why: 'day-not-reached', ratio: 0 })
  expect(check(stretch(40, 3000), stretch(0, 3000), 90).verdict).toBe('effective')
})
test('a cause that rose, or fell by a sixth where half was wanted, is not cured', () => {
  expect(check(stretch(20, 3000), stretch(60, 3000))).toMatchObject({ verdict: 'not-effective', why: 'rose', ratio: 3 })
  expect(check(stretch(500, 30_000), stretch(420, 30_000))).toMatchObject({ verdict: 'not-effective', why: 'fell-too-little', ratio: 0.84 })
  // The same, where a twentieth would do.
  const rules = { ...defaultRecurrenceRules, wantedFall: 0.05 }
  expect(effectivenessCheck(stretch(500, 30_000), stretch(420, 30_000), 90, 90, rules).verdict).toBe('effective')
})
test('proven to have fallen, but whether by half is open', () =>
  expect(check(stretch(60, 3000), stretch(33, 3000))).toMatchObject({ verdict: 'too-little-data', why: 'fell-but-how-much' }))
test('nothing before, or nothing to measure, is too little', () => {
  expect(check(stretch(0, 3000), stretch(0, 3000))).toMatchObject({ why: 'nothing-before', ratio: null, neededWithoutComplaint: null })
  expect(check(stretch(0, 3000), stretch(5, 3000))).toMatchObject({ verdict: 'too-little-data', why: 'nothing-before', interval: null })
  expect(check(stretch(5, 3000), stretch(0, 0))).toMatchObject({ why: 'nothing-to-measure', expectedAfter: null })
  expect(check(stretch(5, 0), stretch(0, 300))).toMatchObject({ why: 'nothing-to-measure' })
  expect(() => check(stretch(1.5, 10), stretch(0, 10))).toThrow(RangeError)
})
test('by days, where orders do not tell', () => {
  const found = effectivenessCheck(stretch(30, 0, 90), stretch(2, 0, 30), 30, 30, { ...defaultRecurrenceRules, measure: 'days' })
  expect(found).toMatchObject({ verdict: 'effective', expectedAfter: 10 })
  expect(found.ratio!).toBeCloseTo(0.2, 12)
  expect(found.rateAfter.perThousand).toBeNull()
})

describe('after 30, 60 and 90 days', () => {
  const before = stretch(36, 3600, 90)
  const after = Array.from({ length: 90 }, (_, i) => ({ day: i + 1, complaints: (i + 1) % 30 === 0 ? 1 : 0, orders: 40 }))
  test('each check counts its own days, and those not reached are too early', () => {
    const found = effectivenessChecks(before, after, 60)
    expect(found.map(({ checkDay, verdict }) => [checkDay, verdict])).toEqual([
      [30, 'effective'],
      [60, 'effective'],
      [90, 'too-early'],
    ])
    expect(found.map(({ after: { complaints, orders, days } }) => [complaints, orders, days])).toEqual([
      [1, 1200, 30],
      [2, 2400, 60],
      [2, 2400, 60],
    ])
  })
  test('what lies before the first day after the actions is not counted', () => {
    const found = effectivenessChecks(before, [{ day: 0, complaints: 50, orders: 1 }, ...after], 90)
    expect(found[2]!.after).toEqual({ complaints: 3, orders: 3600, days: 90 })
  })
  test('the curve runs beside what the former rate would have brought', () => {
    const found = recurrenceCurve(before, after, 60)
    expect(found).toHaveLength(60)
    expect(found[28]).toMatchObject({ day: 29, complaints: 0 })
    expect(found[59]!.complaints).toBe(2)
    expect(found[59]!.expected).toBeCloseTo(24, 12)
    expect(recurrenceCurve(before, [], 2, { ...defaultRecurrenceRules, measure: 'days' }).map(({ expected }) => expected)).toEqual([
      0.4, 0.8,
    ])
    expect(recurrenceCurve(stretch(3, 0), after, 60)).toEqual([])
  })
})

const some = fc.record({ complaints: fc.nat(80), orders: fc.integer({ min: 100, max: 20_000 }), days: fc.constant(90) })
const rank = { 'not-effective': 0, 'too-little-data': 1, 'too-early': 1, effective: 2 } as const
test('one complaint more after the actions never makes them look better', () =>
  fc.assert(
    fc.property(some, some, (before, after) => {
      const here = check(before, after)
      const worse = check(before, { ...after, complaints: after.complaints + 1 })
      expect(rank[worse.verdict]).toBeLessThanOrEqual(rank[here.verdict])
      if (here.verdict === 'effective') expect(here.chance!).toBeLessThan(0.05)
    }),
  ))
test('that many orders without a complaint prove a fall, one fewer do not', () =>
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 200, max: 20_000 }), (complaints, orders) => {
      const before = stretch(complaints, orders)
      const needed = check(before, stretch(0, 1)).neededWithoutComplaint!
      // At exactly a twentieth the last digit decides.
      expect(check(before, stretch(0, needed + 1)).verdict).toBe('effective')
      if (needed > 1) expect(check(before, stretch(0, needed - 1)).verdict).toBe('too-little-data')
    }),
  ))
