import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rateRatio } from './rate-ratio.ts'

test('the example of poisson.test in R: 11 in 800 against 21 in 3,011', () => {
  const found = rateRatio({ count: 11, exposure: 800 }, { count: 6 + 8 + 7, exposure: 1083 + 1050 + 878 })!
  expect(found.ratio).toBeCloseTo(1.971488, 6)
  expect(found.low).toBeCloseTo(0.8584264, 6)
  expect(found.high).toBeCloseTo(4.2772659, 6)
  // scipy.stats.binom, 1.17.
  expect(found.more).toBeCloseTo(0.05600865978769968, 12)
  expect(found.fewer).toBeCloseTo(0.9759318232273121, 12)
})
test('none after twelve before, in a third of the orders', () => {
  const found = rateRatio({ count: 0, exposure: 1000 }, { count: 12, exposure: 3000 }, 0.9)!
  expect(found.fewer).toBeCloseTo(0.75 ** 12, 14)
  expect(found).toMatchObject({ ratio: 0, low: 0, more: 1 })
  expect(found.high!).toBeLessThan(1)
})
test('without an end, and without anything', () => {
  expect(rateRatio({ count: 3, exposure: 1 }, { count: 0, exposure: 1 })).toMatchObject({ ratio: null, high: null })
  expect(rateRatio({ count: 0, exposure: 1 }, { count: 0, exposure: 1 })).toBeNull()
  expect(rateRatio({ count: 3, exposure: 0 }, { count: 1, exposure: 1 })).toBeNull()
  expect(rateRatio({ count: 3, exposure: 1 }, { count: 1, exposure: 0 })).toBeNull()
})

const events = fc.record({ count: fc.nat(300), exposure: fc.double({ min: 0.1, max: 1e5, noNaN: true }) })
test('the interval and the probability say the same', () =>
  fc.assert(
    fc.property(events, events, fc.constantFrom(0.9, 0.95), (a, b, confidence) => {
      const found = rateRatio(a, b, confidence)
      if (!found) return
      const tail = (1 - confidence) / 2
      if (Math.abs(found.fewer - tail) > 1e-9) expect((found.high ?? Number.POSITIVE_INFINITY) < 1).toBe(found.fewer < tail)
      if (Math.abs(found.more - tail) > 1e-9) expect(found.low > 1).toBe(found.more < tail)
    }),
  ))
test('the unit of exposure does not matter, and turned round it is one over', () =>
  fc.assert(
    fc.property(
      events.filter(({ count }) => count > 0),
      events.filter(({ count }) => count > 0),
      (a, b) => {
        const found = rateRatio(a, b)!
        const scaled = rateRatio({ ...a, exposure: a.exposure * 30 }, { ...b, exposure: b.exposure * 30 })!
        const back = rateRatio(b, a)!
        expect(scaled.low / found.low).toBeCloseTo(1, 9)
        expect(back.low * found.high!).toBeCloseTo(1, 9)
        expect(back.fewer).toBeCloseTo(found.more, 9)
      },
    ),
  ))
