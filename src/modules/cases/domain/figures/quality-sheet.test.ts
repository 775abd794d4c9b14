import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  consistency,
  coreRights,
  courtesyItems,
  judgeSheet,
  type Met,
  type QualitySheet,
  type Right,
  rights,
  rightsReport,
} from './quality-sheet.ts'

const all = (value: Met) => Object.fromEntries(rights.map((right) => [right, value])) as Record<Right, Met>
const courteous = (value: number) => Object.fromEntries(courtesyItems.map((name) => [name, value])) as QualitySheet['courtesy']
const sheet = (change: Partial<Record<Right, Met>> = {}, courtesy = 5, argued = false): QualitySheet => ({
  rights: { ...all('met'), ...change },
  courtesy: courteous(courtesy),
  argued,
})

test('there are seven Rs, four of them core, and five items of courtesy', () => {
  expect(rights).toHaveLength(7)
  expect(coreRights).toEqual(['customer', 'product', 'way', 'want'])
  expect(courtesyItems).toHaveLength(5)
})
test('failed on the right product but 5 of 5 on courtesy is "7R not met"', () => {
  const found = judgeSheet(sheet({ product: 'not-met' }))
  expect(found).toMatchObject({ verdict: 'seven-r-not-met', sevenR: 'not-met', core: 'not-met', notMet: ['product'], courtesyMean: 5 })
  // Weights: four core ones of 2, three others of 1; 9 of 11 are met.
  expect(found.rightsScore!).toBeCloseTo((100 * 9) / 11, 12)
})
test('another right missed is not met either, but the core is, and it costs half as much', () => {
  const found = judgeSheet(sheet({ price: 'not-met' }))
  expect(found).toMatchObject({ verdict: 'seven-r-not-met', core: 'met' })
  expect(found.rightsScore!).toBeCloseTo((100 * 10) / 11, 12)
})
test('arguing fails the sheet, whatever else is on it', () => {
  expect(judgeSheet(sheet({}, 5, true))).toMatchObject({ verdict: 'argued', sevenR: 'met', score: 0 })
  expect(judgeSheet(sheet({ want: 'not-met' }, 1, true)).verdict).toBe('argued')
})
test('courtesy passes from its mark on', () => {
  expect(judgeSheet(sheet({}, 4))).toMatchObject({ verdict: 'passed', score: (100 + 75) / 2 })
  expect(judgeSheet(sheet({}, 3)).verdict).toBe('courtesy-too-low')
  expect(judgeSheet(sheet({}, 3), { courtesyPass: 3 }).verdict).toBe('passed')
  expect(judgeSheet({ ...sheet(), courtesy: { ...courteous(4), respect: 3 } })).toMatchObject({
    courtesyMean: 3.8,
    verdict: 'courtesy-too-low',
  })
})
test('what does not apply is not counted; where nothing applies nothing was assessed', () => {
  expect(judgeSheet(sheet({ price: 'not-applicable', place: 'not-applicable' }))).toMatchObject({ verdict: 'passed', rightsScore: 100 })
  expect(judgeSheet({ ...sheet(), rights: all('not-applicable') })).toMatchObject({
    verdict: 'not-assessed',
    sevenR: 'not-assessed',
    core: 'not-assessed',
    rightsScore: null,
    score: null,
  })
})
test('courtesy outside 1 … 5 is a mistake', () => {
  for (const value of [0, 6, 4.5]) expect(() => judgeSheet(sheet({}, value))).toThrow(RangeError)
})
test('pass rates per right and for the core four', () => {
  const found = rightsReport(
    [
      { right: 'product', met: 40, notMet: 10 },
      { right: 'time', met: 20, notMet: 5 },
    ],
    { all: 50, coreMet: 38, sevenMet: 33, argued: 2 },
  )
  expect(found.rights.map(({ right }) => right)).toEqual([...rights])
  expect(found.rights.find(({ right }) => right === 'product')).toMatchObject({ share: 0.8, core: true, basis: 'enough' })
  expect(found.rights.find(({ right }) => right === 'time')).toMatchObject({ share: 0.8, core: false, basis: 'few' })
  expect(found.rights.find(({ right }) => right === 'want')).toMatchObject({ share: null, basis: 'none' })
  expect(found).toMatchObject({ core: { share: 0.76 }, sevenR: { share: 0.66 }, notArgued: { share: 0.96 } })
})
test('consistency is the standard deviation of the monthly score', () => {
  const found = consistency([80, 84, 82, 86, 78, 82])
  expect(found).toMatchObject({ months: 6, mean: 82, basis: 'enough' })
  expect(found.deviation!).toBeCloseTo(Math.sqrt(40 / 5), 12)
  expect(found.interval!.low).toBeLessThan(found.deviation!)
  expect(consistency([80, 84, 82, 86, 78]).basis).toBe('few')
  expect(consistency([80])).toEqual({ months: 1, mean: null, deviation: null, interval: null, basis: 'none' })
})

const sheets: fc.Arbitrary<QualitySheet> = fc.record({
  rights: fc.record(Object.fromEntries(rights.map((right) => [right, fc.constantFrom('met', 'not-met', 'not-applicable')]))),
  courtesy: fc.record(Object.fromEntries(courtesyItems.map((name) => [name, fc.integer({ min: 1, max: 5 })]))),
  argued: fc.boolean(),
}) as unknown as fc.Arbitrary<QualitySheet>
test('a sheet passes only with every applicable right, enough courtesy and no argument', () =>
  fc.assert(
    fc.property(sheets, (one) => {
      const found = judgeSheet(one)
      const met = rights.every((right) => one.rights[right] !== 'not-met') && rights.some((right) => one.rights[right] === 'met')
      expect(found.verdict === 'passed').toBe(met && !one.argued && found.courtesyMean >= 4)
      if (found.score !== null) expect(found.score >= 0 && found.score <= 100).toBe(true)
    }),
  ))
