import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ChartPoint, controlChart } from './control-chart.ts'

const of = (counts: readonly number[], size: number): ChartPoint[] => counts.map((count) => ({ count, size }))

describe('D. C. Montgomery, Introduction to Statistical Quality Control', () => {
  test('c-chart of circuit boards: centre 19.85, limits 6.48 and 33.22, samples 6 and 20 beyond', () => {
    const boards = [21, 24, 16, 12, 15, 5, 28, 20, 31, 25, 20, 24, 16, 19, 10, 17, 13, 22, 18, 39, 30, 24, 16, 19, 17, 15]
    const { centre, points } = controlChart(of(boards, 1), 'poisson', 'three-sigma')!
    expect(centre).toBeCloseTo(516 / 26, 12)
    // The book rounds the centre before it computes the limits.
    expect(points[0]!.lower).toBeCloseTo(6.48, 2)
    expect(points[0]!.upper).toBeCloseTo(33.21, 2)
    expect(points.flatMap(({ beyond }, i) => (beyond ? [`${i + 1} ${beyond}`] : []))).toEqual(['6 below', '20 above'])
  })
  test('p-chart of cans, 50 each: centre 0.2313, limits 0.0524 and 0.4102, samples 15 and 23 beyond', () => {
    const cans = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6]
    const { centre, points } = controlChart(of(cans, 50), 'binomial', 'three-sigma')!
    expect(centre).toBeCloseTo(0.2313, 4)
    expect(points[0]!.lower).toBeCloseTo(0.0524, 4)
    expect(points[0]!.upper).toBeCloseTo(0.4102, 4)
    expect(points.flatMap(({ beyond }, i) => (beyond ? [i + 1] : []))).toEqual([15, 23])
  })
  test('u-chart of computers, 5 each: centre 1.93, limits 0.07 and 3.79', () => {
    const computers = [10, 12, 8, 14, 10, 16, 11, 7, 10, 15, 9, 5, 7, 11, 12, 6, 8, 10, 7, 5]
    const { centre, points } = controlChart(of(computers, 5), 'poisson', 'three-sigma')!
    expect(centre).toBeCloseTo(1.93, 12)
    expect(points[0]!.lower).toBeCloseTo(0.07, 2)
    expect(points[0]!.upper).toBeCloseTo(3.79, 2)
    expect(points.every(({ beyond }) => beyond === null)).toBe(true)
  })
})

// scipy.stats.poisson and binom, 1.17: the smallest and the largest count of which chance does not bring less or more with at most 0.00135.
test.each([
  [0.2, 0, 2],
  [1, 0, 5],
  [2.5, 0, 8],
  [4.6, 0, 12],
  [10, 2, 21],
])('exact limits around a mean of %d', (mean, lower, upper) => {
  const { points } = controlChart(
    [
      { count: mean * 10, size: 10 },
      { count: 0, size: 1 },
    ],
    'poisson',
    'exact',
    1,
  )!
  expect(points[1]).toMatchObject({ lower, upper })
})
test('exact limits of a p-chart', () => {
  const { points } = controlChart(
    [
      { count: 20, size: 1000 },
      { count: 0, size: 20 },
    ],
    'binomial',
    'exact',
    1,
  )!
  expect(points[1]!.upper! * 20).toBeCloseTo(3, 12)
  expect(points[1]!.lower).toBe(0)
})

test('only the baseline makes the centre, and a point of no size is not judged', () => {
  const chart = controlChart([...of([4, 6], 100), { count: 3, size: 0 }, { count: 40, size: 100 }], 'poisson', 'exact', 3)!
  expect(chart.centre).toBeCloseTo(0.05, 14)
  expect(chart.points[2]).toMatchObject({ rate: null, beyond: null, upper: null, lower: 0 })
  expect(chart.points[3]).toMatchObject({ beyond: 'above', expected: 5 })
})
test('without size, or with more pieces bad than there are, there is no chart', () => {
  expect(controlChart(of([1, 2], 0), 'poisson', 'exact')).toBeNull()
  expect(controlChart(of([3], 2), 'binomial', 'exact')).toBeNull()
  expect(controlChart([], 'poisson', 'exact')).toBeNull()
})

describe('runs', () => {
  const runsOf = (counts: readonly number[], baseline: number, method: 'three-sigma' | 'exact' | 'laney' = 'three-sigma') =>
    controlChart(of(counts, 1), 'poisson', method, baseline)!.points.map(({ run }) => run)
  test('the eighth in a row above the centre is a run, the seventh is not', () => {
    const found = runsOf([20, 20, ...Array<number>(8).fill(23)], 2)
    expect(found.slice(0, 9).every((run) => run === null)).toBe(true)
    expect(found[9]).toBe('above')
  })
  test('a point on the centre or the other side begins anew', () => {
    expect(runsOf([20, ...Array<number>(7).fill(23), 20, ...Array<number>(7).fill(23)], 1).every((run) => run === null)).toBe(true)
    expect(runsOf([20, ...Array<number>(7).fill(17), 21, ...Array<number>(7).fill(17)], 1).every((run) => run === null)).toBe(true)
    expect(runsOf([20, ...Array<number>(8).fill(17)], 1).at(-1)).toBe('below')
  })
  test('eight zeros where a fifth of a complaint is expected are nothing to report; twenty-four are', () => {
    const zeros = (n: number) => controlChart([{ count: 2, size: 10 }, ...of(Array<number>(n).fill(0), 1)], 'poisson', 'exact', 1)!
    expect(zeros(8).points.at(-1)!.run).toBeNull()
    // e to the power of −0.2 · 24 is below one in a hundred, of 23 it is not.
    expect(zeros(23).points.at(-1)!.run).toBeNull()
    expect(zeros(24).points.at(-1)!.run).toBe('below')
  })
})

describe('more scatter than chance makes', () => {
  const uneven = [80, 120, 85, 118, 79, 125, 90, 112, 84, 119, 81, 122]
  test("Laney's limits are wider by what the moving ranges say", () => {
    const plain = controlChart(of(uneven, 1), 'poisson', 'three-sigma')!
    const laney = controlChart(of(uneven, 1), 'poisson', 'laney')!
    const mean = uneven.reduce((sum, count) => sum + count, 0) / 12
    const range = uneven.slice(1).reduce((sum, count, i) => sum + Math.abs(count - uneven[i]!), 0) / 11
    expect(plain.excess).toBeCloseTo(range / Math.sqrt(mean) / 1.1283791670955126, 12)
    expect(laney.points[0]!.upper).toBeCloseTo(mean + (3 * range) / 1.1283791670955126, 10)
    expect(laney.points[0]!.lower).toBeCloseTo(Math.max(0, mean - (3 * range) / 1.1283791670955126), 10)
  })
  test('of one point, or of none with an event, nothing is known of the scatter', () => {
    expect(controlChart(of([5], 1), 'poisson', 'laney')!.excess).toBeNull()
    expect(controlChart(of([0, 0], 1), 'poisson', 'laney')).toMatchObject({ excess: null, centre: 0 })
  })
})

const points = fc.array(fc.record({ count: fc.nat(60), size: fc.integer({ min: 1, max: 500 }) }), { minLength: 1, maxLength: 30 })
test('limits enclose the centre, exact ones include more counts than none, and a larger count is never nearer to the centre from above', () =>
  fc.assert(
    fc.property(points, fc.constantFrom('three-sigma', 'exact', 'laney'), (list, method) => {
      const chart = controlChart(list, 'poisson', method)!
      for (const { lower, upper, rate, beyond } of chart.points) {
        expect(lower).toBeLessThanOrEqual(chart.centre + 1e-12)
        if (method !== 'exact') expect(upper!).toBeGreaterThanOrEqual(chart.centre - 1e-12)
        expect(beyond === 'above').toBe(rate! > upper!)
        expect(beyond === 'below').toBe(rate! < lower)
      }
    }),
  ))
