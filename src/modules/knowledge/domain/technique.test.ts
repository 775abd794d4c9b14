import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { shippedTechniques } from './shipped/techniques.ts'
import {
  type Dimension,
  dimensions,
  mayUse,
  pointProblems,
  promisesIn,
  type Situation,
  successOf,
  suggest,
  type Technique,
  techniqueProblems,
} from './technique.ts'
import { emptyTexts } from './texts.ts'

const keys = (situation: Situation, experience: number | null = 5) =>
  suggest(shippedTechniques, situation, experience).map(({ technique, disabled }) => `${technique.key}${disabled ? ` ${disabled}` : ''}`)

describe('which technique fits', () => {
  test('calming the anger is proposed for every case, and first for whoever is angry', () => {
    expect(keys({})).toEqual(['calm-anger'])
    expect(keys({ caseKind: 'enquiry', mood: 'calm' })).toEqual(['calm-anger'])
    expect(keys({ mood: 'angry', cause: 'misunderstanding', occasion: 'purchase-objection' })).toEqual(['calm-anger'])
  })
  test('tactful denial fits the conceited, a wrong idea and an objection before a purchase', () => {
    expect(keys({ mood: 'conceited' })).toEqual(['tactful-denial', 'calm-anger'])
    expect(keys({ cause: 'wrong-idea' })).toEqual(['tactful-denial', 'calm-anger'])
    expect(suggest(shippedTechniques, { occasion: 'purchase-objection' }, 1)[0]).toMatchObject({
      technique: { key: 'tactful-denial' },
      because: [{ dimension: 'occasion', value: 'purchase-objection' }],
      disabled: null,
    })
  })
  test('transformation fits a misunderstanding, and who is not experienced hands it over', () => {
    expect(keys({ cause: 'misunderstanding' }, 4)).toEqual(['transformation', 'calm-anger'])
    expect(keys({ cause: 'misunderstanding' }, 3)).toEqual(['transformation hand-over-to-experienced', 'calm-anger'])
    expect(keys({ mood: 'mistaken' }, null)).toEqual(['transformation hand-over-to-experienced', 'calm-anger'])
  })
  test('a fourth technique with rules of its own takes part (G-23)', () => {
    const fourth: Technique = {
      ...shippedTechniques[1]!,
      id: 'fourth',
      key: null,
      rules: [{ when: { product: ['tea'], customerType: ['dealer', 'partner'] }, against: false }],
    }
    const of = (situation: Situation) => suggest([...shippedTechniques, fourth], situation, 1).map(({ technique }) => technique.id)
    expect(of({ product: 'tea' })).not.toContain('fourth')
    expect(of({ product: 'tea', customerType: 'partner' })[0]).toBe('fourth')
    expect(of({ product: 'tea', customerType: 'partner', mood: 'conceited' }).slice(0, 2)).toEqual(['fourth', shippedTechniques[1]!.id])
  })
  test('what is not used any more is not proposed', () =>
    expect(
      suggest(
        shippedTechniques.map((one) => ({ ...one, active: false })),
        { mood: 'angry' },
        5,
      ),
    ).toEqual([]))

  const value = fc.constantFrom('a', 'b', 'c')
  const situation = fc.dictionary(fc.constantFrom(...dimensions), fc.option(value)) as fc.Arbitrary<Situation>
  const rule = fc.record({
    when: fc.dictionary(fc.constantFrom(...dimensions), fc.uniqueArray(value)) as fc.Arbitrary<Partial<Record<Dimension, string[]>>>,
    against: fc.boolean(),
  })
  const technique = fc
    .record({
      rules: fc.array(rule, { maxLength: 4 }),
      minimumExperience: fc.option(fc.integer({ min: 1, max: 5 })),
      isDefault: fc.boolean(),
      active: fc.boolean(),
    })
    .map((one): Technique => ({ ...one, id: '', key: null, name: emptyTexts, body: emptyTexts, points: [] }))
  const several = fc.array(technique, { maxLength: 6 }).map((all) => all.map((one, i) => ({ ...one, id: String(i) })))
  test('whatever the rules: only what is active, fits and is not spoken against; what is known decides, never the order', () => {
    fc.assert(
      fc.property(several, situation, fc.option(fc.integer({ min: 1, max: 5 })), (all, about, experience) => {
        const found = suggest(all, about, experience)
        for (const { technique: one, because, disabled } of found) {
          expect(one.active).toBe(true)
          expect(because.length > 0 || one.isDefault).toBe(true)
          for (const { dimension, value: known } of because) expect(about[dimension]).toBe(known)
          expect(disabled === null).toBe(mayUse(one, experience))
        }
        const weights = found.map(({ because }) => because.length)
        expect(weights).toEqual(weights.toSorted((a, b) => b - a))
        const ids = (list: typeof found) => list.map(({ technique: one }) => one.id).toSorted()
        expect(ids(suggest(all.toReversed(), about, experience))).toEqual(ids(found))
      }),
    )
  })
  test('more experience never takes a technique away', () => {
    fc.assert(
      fc.property(several, situation, fc.integer({ min: 1, max: 4 }), (all, about, experience) => {
        const open = (level: number) =>
          suggest(all, about, level)
            .filter(({ disabled }) => disabled === null)
            .map(({ technique: one }) => one.id)
        expect(open(experience + 1)).toEqual(expect.arrayContaining(open(experience)))
      }),
    )
  })
})

describe('the points of a technique', () => {
  const calm = shippedTechniques[0]!
  const notes = {
    listen: { text: 'The box was wet' },
    position: { text: 'That must not happen' },
    promise: { text: 'A new one', day: '2026-03-11' },
  }
  test('choosing it asks for three things, and a promise for its day', () => {
    expect(calm.points.map(({ kind }) => kind)).toEqual(['note', 'note', 'promise'])
    expect(pointProblems(calm, {})).toEqual(calm.points.map(({ key }) => ({ point: key, reason: 'required' })))
    expect(pointProblems(calm, { ...notes, promise: { text: 'A new one' } })).toEqual([{ point: 'promise', reason: 'day-needed' }])
    expect(pointProblems(calm, { ...notes, listen: { text: '  ' } })).toEqual([{ point: 'listen', reason: 'required' }])
    expect(pointProblems(calm, notes)).toEqual([])
  })
  test('what was promised is handed on with its day', () => {
    expect(promisesIn(calm, notes)).toEqual([{ text: 'A new one', day: '2026-03-11' }])
    expect(promisesIn(calm, { ...notes, promise: { text: 'A new one', day: null } })).toEqual([])
  })
  test('each has its key once, and a rule names something', () => {
    expect(techniqueProblems({ points: [calm.points[0]!, calm.points[0]!], rules: [{ when: { mood: [] }, against: false }] })).toEqual([
      { field: 'points[1].key', reason: 'taken-twice' },
      { field: 'rules[0]', reason: 'rule-without-conditions' },
    ])
    for (const one of shippedTechniques) expect(techniqueProblems(one)).toEqual([])
  })
})

test('success counts only what is known', () => {
  expect(successOf({ succeeded: 0, failed: 0, open: 7 })).toBeNull()
  expect(successOf({ succeeded: 8, failed: 2, open: 5 })).toMatchObject({ share: 0.8 })
})
