import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CausePeriod, causeAlert, causeChart } from './control-limit.ts'

const periods = (counts: readonly number[], exposure = 1000): CausePeriod[] =>
  counts.map((complaints, i) => ({ period: `${i}`, complaints, exposure }))
const none = (n: number) => Array<number>(n).fill(0)

describe('the alert', () => {
  test('a cause that never showed in twelve periods: two in one are chance, three are not', () => {
    // (1/13)² = 0.0059, (1/13)³ = 0.00046; the limit is 0.00135.
    expect(causeAlert(periods([...none(12), 2]))).toMatchObject({ verdict: 'within', alert: false, upperCount: 2, expected: 0 })
    const three = causeAlert(periods([...none(12), 3]))
    expect(three).toMatchObject({ verdict: 'above-limit', alert: true, why: 'beyond-limit', method: 'prediction', complaintsBefore: 0 })
    expect(three.chance!).toBeCloseTo(13 ** -3, 14)
  })
  // scipy.stats.binom, 1.17: the largest count in one of thirteen periods that is still within.
  test.each([
    [1, 3],
    [3, 3],
    [12, 6],
    [60, 14],
    [600, 74],
  ])('after %d in twelve periods %d in the next are within', (before, upperCount) => {
    const counts = Array.from({ length: 12 }, (_, i) => Math.floor(((i + 1) * before) / 12) - Math.floor((i * before) / 12))
    expect(causeAlert(periods([...counts, upperCount]))).toMatchObject({ upperCount, alert: false })
    expect(causeAlert(periods([...counts, upperCount + 1]))).toMatchObject({ upperCount, alert: true })
  })
  test('half a period has half the orders, and its limit is lower', () => {
    const before = periods(Array<number>(12).fill(20))
    const whole = causeAlert([...before, { period: 'now', complaints: 36, exposure: 1000 }])
    const half = causeAlert([...before, { period: 'now', complaints: 36, exposure: 500 }])
    expect(whole.alert).toBe(false)
    expect(half).toMatchObject({ alert: true, expected: 10 })
  })
  test('far fewer than before is told, and is no alert', () =>
    expect(causeAlert(periods([...Array<number>(12).fill(20), 4]))).toMatchObject({ verdict: 'below-limit', alert: false, expected: 20 }))
  test('eight in a row above the centre are an alert though none is beyond its limit', () => {
    const counts = [16, 15, 17, 14, 16, 15, 17, 16, 14, 15, 16, 15, 19, 20, 21, 19, 20, 21, 20, 20]
    expect(causeAlert(periods(counts))).toMatchObject({ verdict: 'run-above', alert: true, why: 'eight-on-one-side' })
    expect(causeAlert(periods(counts.slice(0, -1)))).toMatchObject({ verdict: 'within' })
    const lower = [24, 25, 23, 26, 24, 25, 23, 24, 26, 25, 24, 25, 20, 19, 20, 18, 20, 19, 20, 19]
    expect(causeAlert(periods(lower))).toMatchObject({ verdict: 'run-below', alert: false })
  })
  test('many quiet periods of a rare cause are no news', () =>
    expect(causeAlert(periods([1, 0, 1, 0, ...none(9)]))).toMatchObject({ verdict: 'within' }))
  test('where periods scatter more than chance makes them the limit is wider', () => {
    const uneven = [10, 45, 12, 50, 8, 47, 14, 44, 9, 52, 11, 46]
    const found = causeAlert(periods([...uneven, 62]))
    expect(found).toMatchObject({ method: 'laney', alert: false, chance: null })
    expect(found.upperCount!).toBeGreaterThan(100)
    expect(found.lowerCount).toBe(0)
    // The same total without the scatter.
    expect(causeAlert(periods([...Array<number>(12).fill(29), 62])).alert).toBe(true)
  })
  test('without orders, or with five periods before, nothing is said', () => {
    expect(causeAlert([])).toMatchObject({ verdict: 'too-little-data', why: 'no-exposure' })
    expect(causeAlert([...periods(none(12)), { period: 'now', complaints: 9, exposure: 0 }])).toMatchObject({
      why: 'no-exposure',
      alert: false,
    })
    expect(causeAlert(periods([...none(5), 9]))).toMatchObject({ verdict: 'too-little-data', why: 'few-periods', periodsBefore: 5 })
    expect(causeAlert(periods([...none(6), 9]))).toMatchObject({ alert: true })
    // A period without orders is none.
    expect(causeAlert([...periods(none(5)), { period: 'closed', complaints: 0, exposure: 0 }, ...periods([9])]).why).toBe('few-periods')
    expect(() => causeAlert(periods([0.5]))).toThrow(RangeError)
  })
})

test('false alarms: of a steady cause chance passes the limit at most 0.00135 of the time', () => {
  // All that twelve periods and the next can bring together, given their total: binomial with one part in thirteen.
  for (const total of [1, 5, 20, 80]) {
    let chance = 0
    let term = (12 / 13) ** total
    for (let latest = 0; latest <= total; latest++) {
      const rest = total - latest
      const counts = Array.from({ length: 12 }, (_, i) => Math.floor(((i + 1) * rest) / 12) - Math.floor((i * rest) / 12))
      if (causeAlert(periods([...counts, latest])).verdict === 'above-limit') chance += term
      term *= ((total - latest) / (latest + 1)) * (1 / 12)
    }
    expect(chance).toBeLessThanOrEqual(0.0013498980316300933)
  }
})

describe('the chart', () => {
  test('the method fits the numbers', () => {
    expect(causeChart(periods([12, 14, 11, 13, 12]))!.method).toBe('three-sigma')
    expect(causeChart(periods([2, 1, 0, 3, 2]))!.method).toBe('exact')
    expect(causeChart(periods([10, 45, 12, 50, 8, 47, 14, 44, 9, 52, 11, 46]))!.method).toBe('laney')
    // Eleven periods are not enough to know how they scatter.
    expect(causeChart(periods([10, 45, 12, 50, 8, 47, 14, 44, 9, 52, 11]))!.method).toBe('three-sigma')
  })
  test('one small period makes all exact, and nothing makes no chart', () => {
    const found = causeChart([...periods([12, 14, 11, 13, 12]), { period: 'now', complaints: 1, exposure: 100 }])!
    expect(found.method).toBe('exact')
    expect(found.chart.centre).toBeCloseTo(63 / 5100, 14)
    expect(causeChart(periods(none(9)))).toBeNull()
    expect(causeChart(periods([1, 2], 0))).toBeNull()
  })
})

const history = fc.array(fc.record({ complaints: fc.nat(30), exposure: fc.integer({ min: 50, max: 2_000 }) }), {
  minLength: 7,
  maxLength: 20,
})
test('one complaint more never takes an alert away, and more orders never bring one', () =>
  fc.assert(
    fc.property(history, (list) => {
      const all = list.map((row, i) => ({ period: `${i}`, ...row }))
      const latest = all.at(-1)!
      const alertOf = (change: Partial<CausePeriod>) => causeAlert([...all.slice(0, -1), { ...latest, ...change }])
      const here = alertOf({})
      if (here.verdict === 'above-limit') expect(alertOf({ complaints: latest.complaints + 1 }).verdict).toBe('above-limit')
      else expect(alertOf({ exposure: latest.exposure * 2 }).verdict).not.toBe('above-limit')
      expect(here.lowerCount!).toBeLessThanOrEqual(here.upperCount! + 1)
      expect(here.expected!).toBeGreaterThanOrEqual(0)
    }),
  ))
