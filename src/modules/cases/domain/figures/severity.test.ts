import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Assessment, assessmentScales, assessSeverity, type Criterion } from './severity.ts'

const lightest: Assessment = { harm: 'slight', safety: 'none', impact: 'one', complexity: 'simple', urgency: 'can-wait' }

test('nothing grave is severity 4, and nothing made it so', () =>
  expect(assessSeverity(lightest)).toMatchObject({ severity: 4, immediate: false, decisive: [] }))
test('one danger outweighs four harmless answers, and is named', () => {
  expect(assessSeverity({ ...lightest, harm: 'noticeable', safety: 'possible' })).toMatchObject({
    severity: 2,
    immediate: true,
    decisive: [{ criterion: 'safety', answer: 'possible', severity: 2 }],
  })
  expect(assessSeverity({ ...lightest, safety: 'actual' }).severity).toBe(1)
})
test('all that weigh the same are named', () =>
  expect(
    assessSeverity({ ...lightest, harm: 'noticeable', impact: 'several', urgency: 'soon' }).decisive.map(({ criterion }) => criterion),
  ).toEqual(['harm', 'impact', 'urgency']))
test.each<[Partial<Assessment>, number, boolean]>([
  [{ harm: 'grave' }, 1, false],
  [{ harm: 'serious' }, 2, false],
  [{ impact: 'public' }, 1, false],
  [{ impact: 'many' }, 2, false],
  [{ complexity: 'several-departments' }, 4, false],
  [{ complexity: 'outside-parties' }, 3, false],
  [{ urgency: 'at-once' }, 2, true],
  [{ urgency: 'soon' }, 3, false],
])('%j', (answers, severity, immediate) => expect(assessSeverity({ ...lightest, ...answers })).toMatchObject({ severity, immediate }))

const criteria = Object.keys(assessmentScales) as Criterion[]
const assessments = fc.record(
  Object.fromEntries(criteria.map((criterion) => [criterion, fc.constantFrom(...assessmentScales[criterion])])),
) as unknown as fc.Arbitrary<Assessment>
test('a worse answer never makes a case lighter or less pressing', () =>
  fc.assert(
    fc.property(assessments, fc.constantFrom(...criteria), (assessment, criterion) => {
      const scale: readonly string[] = assessmentScales[criterion]
      const place = scale.indexOf(assessment[criterion])
      const worse = { ...assessment, [criterion]: scale[Math.min(place + 1, scale.length - 1)] } as Assessment
      const here = assessSeverity(assessment)
      const there = assessSeverity(worse)
      expect(there.severity).toBeLessThanOrEqual(here.severity)
      if (here.immediate) expect(there.immediate).toBe(true)
      expect(here.all).toHaveLength(criteria.length)
      expect(here.decisive.length > 0).toBe(here.severity < 4)
    }),
  ))
