import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addBuckets, durationFigures, durationLimits, quantileError, serviceLevels, shareWithin } from './service-levels.ts'

/** What width_bucket(seconds, limits) returns. */
const bucketOf = (seconds: number) => durationLimits.filter((limit) => limit <= seconds).length
const histogram = (seconds: readonly number[]) => {
  const counts = Array<number>(durationLimits.length + 1).fill(0)
  for (const value of seconds) counts[bucketOf(value)] = counts[bucketOf(value)]! + 1
  return counts
}
const hour = 3600

test('buckets reach from a minute to two years in steps that keep the error below 5 %', () => {
  expect(durationLimits[0]).toBe(60)
  expect(durationLimits.at(-1)!).toBeGreaterThanOrEqual(2 * 365 * 86_400)
  expect(durationLimits.length).toBeLessThan(200)
  expect(durationLimits.every((limit, i) => Number.isInteger(limit) && (i === 0 || limit > durationLimits[i - 1]!))).toBe(true)
  expect(quantileError).toBeLessThan(0.05)
  expect(quantileError).toBeGreaterThan(0.035)
})
test('median and ninth decile of a hand count', () => {
  const found = durationFigures(histogram([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((hours) => hours * hour)))
  expect(found).toMatchObject({ cases: 10, stillOpen: 0, basis: 'few' })
  expect(found.median.seconds!.low).toBeLessThanOrEqual(5 * hour)
  expect(found.median.seconds!.high!).toBeGreaterThan(5 * hour)
  expect(found.median.seconds!.estimate / (5 * hour)).toBeCloseTo(1, 1)
  expect(found.p90.seconds!.estimate / (9 * hour)).toBeCloseTo(1, 1)
  // Of ten values the second and the ninth enclose the median 95 times in 100; how high the ninth decile may be ten values cannot say.
  expect(found.median.interval.low!).toBeLessThanOrEqual(2 * hour)
  expect(found.median.interval.high!).toBeGreaterThan(9 * hour)
  expect(found.p90.interval.high).toBeNull()
})
test('what is still open is taken to last longest', () => {
  const ended = histogram(Array<number>(9).fill(2 * hour))
  expect(durationFigures(ended, 1).p90.seconds).not.toBeNull()
  expect(durationFigures(ended, 2).p90.seconds).toBeNull()
  expect(durationFigures(ended, 2).median.seconds).not.toBeNull()
  expect(durationFigures(ended, 10).median.seconds).toBeNull()
  expect(durationFigures(ended, 2)).toMatchObject({ cases: 11, stillOpen: 2 })
})
test('none, few, enough', () => {
  expect(durationFigures(histogram([]))).toMatchObject({
    cases: 0,
    basis: 'none',
    median: { seconds: null, interval: { low: null, high: null } },
  })
  expect(durationFigures(histogram(Array<number>(29).fill(60))).basis).toBe('few')
  expect(durationFigures(histogram(Array<number>(30).fill(60))).basis).toBe('enough')
  expect(() => durationFigures([1, 2])).toThrow(RangeError)
  expect(() => durationFigures(histogram([60]), -1)).toThrow(RangeError)
})
test('under a minute and over two years have an end that is not known', () => {
  expect(durationFigures(histogram([10])).median.seconds).toEqual({ low: 0, high: 60, estimate: 30 })
  expect(durationFigures(histogram([1e9])).median.seconds).toMatchObject({ high: null })
})
test('the figures of a desk', () => {
  const found = serviceLevels({
    firstResponse: histogram([600, 600, 600]),
    notAnswered: 1,
    resolution: histogram([hour, hour]),
    notResolved: 2,
    clocks: 200,
    breached: 10,
    resolved: 100,
    reopened: 4,
    backlog: histogram([hour, 30 * 24 * hour]),
  })
  expect(found.breached).toMatchObject({ share: 0.05, basis: 'enough' })
  expect(found.reopened).toMatchObject({ share: 0.04, part: 4 })
  expect(found.firstResponse).toMatchObject({ cases: 4, stillOpen: 1 })
  expect(found.resolution).toMatchObject({ cases: 4, stillOpen: 2 })
  expect(found.backlog.cases).toBe(2)
  expect(found.oldest!.low).toBeLessThanOrEqual(30 * 24 * hour)
  expect(found.oldest!.high!).toBeGreaterThan(30 * 24 * hour)
})
test('the share within a time is known up to one bucket', () => {
  const counts = histogram([hour, 2 * hour, 3 * hour, 4 * hour])
  expect(shareWithin(counts, 2.5 * hour)).toEqual({ low: 0.5, high: 0.5 })
  expect(shareWithin(counts, 2 * hour)).toEqual({ low: 0.25, high: 0.5 })
  expect(shareWithin(histogram([]), hour)).toBeNull()
  expect(shareWithin(histogram([1e9]), 2e9)).toEqual({ low: 0, high: 1 })
})
test('rows are added bucket by bucket', () => {
  expect(addBuckets([histogram([60, 3600]), histogram([60])])).toEqual(histogram([60, 60, 3600]))
  expect(addBuckets([])).toEqual(histogram([]))
  expect(() => addBuckets([[1]])).toThrow(RangeError)
})

const seconds = fc.array(fc.integer({ min: 60, max: 60_000_000 }), { minLength: 1, maxLength: 80 })
test('the estimate is never off by more than it says, and the true value lies in its bounds', () =>
  fc.assert(
    fc.property(seconds, (list) => {
      const sorted = list.toSorted((a, b) => a - b)
      const { median, p90 } = durationFigures(histogram(list))
      for (const [found, rank] of [
        [median, Math.ceil(list.length / 2)],
        [p90, Math.ceil((9 * list.length) / 10)],
      ] as const) {
        const truth = sorted[rank - 1]!
        expect(truth).toBeGreaterThanOrEqual(found.seconds!.low)
        expect(truth).toBeLessThan(found.seconds!.high!)
        expect(Math.abs(found.seconds!.estimate / truth - 1)).toBeLessThanOrEqual(quantileError + 1e-12)
      }
    }),
  ))
test('leaving cases open never makes a team look quicker', () =>
  fc.assert(
    fc.property(seconds, fc.nat(40), (list, open) => {
      const here = durationFigures(histogram(list)).median.seconds!.estimate
      const withOpen = durationFigures(histogram(list), open).median.seconds
      expect(withOpen?.estimate ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(here)
    }),
  ))
