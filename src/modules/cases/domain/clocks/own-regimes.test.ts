import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { at, day, log, office, takes, works, world } from '#test/clocks-cases.ts'
import type { Moment } from './log.ts'
import {
  allVersions,
  keyWithoutVersion,
  type OwnDefinition,
  type OwnRegime,
  offered,
  ownChangeProblem,
  ownKeyFor,
  ownKeyShape,
  ownProblems,
  regimeOfVersion,
  rulesFor,
  withKeys,
} from './own-regimes.ts'
import { promisedHours } from './promise.ts'
import { type Names, type Regime, regimeEnds, regimes } from './regimes.ts'
import { targetProblems } from './target.ts'

const called = (en: string): Names => ({ en, 'zh-CN': '', 'zh-TW': '' })
const source = { title: 'Market terms', provisions: '4.2', url: 'https://market.example/terms' }
const decide: OwnDefinition['clocks'][number] = {
  key: 'decide',
  names: called('Decide'),
  ends: 'resolved',
  measure: { unit: 'calendar-days', amount: 10 },
  missing: 'breach',
  warnAtShare: 0.5,
  escalateAtShare: null,
  extensions: [{ key: 'longer', names: called('Longer'), measure: { unit: 'calendar-days', amount: 20 }, needs: 'reason' }],
}
const definition: OwnDefinition = {
  names: called('Market'),
  source,
  clocks: [decide],
  retention: { years: 2, from: 'closed', by: 'law' },
}
const market: OwnRegime = { key: 'own-market', retired: false, versions: [definition] }

/** What ships, as a company would write it itself. */
function asOwn({ key, terms, source: from, retention }: Regime): OwnRegime {
  const clocks = terms.targets.map((target) => ({
    key: target.key.split(':').at(-1)!,
    names: called(target.key),
    ends: regimeEnds.find((end) => end === target.ends.on)!,
    measure: target.measure,
    missing: target.missing,
    warnAtShare: target.warnAtShare,
    escalateAtShare: target.escalateAfter?.after === 'share' ? target.escalateAfter.share : null,
    extensions: target.extensions.map((one) => ({ ...one, names: called(one.key) })),
  }))
  const keeps = retention && { years: retention.years, from: retention.from, by: retention.by }
  return { key: `own-${key}`, retired: false, versions: [{ names: called(key), source: from, clocks, retention: keeps }] }
}

describe('rules of one’s own', () => {
  const { latest } = world(
    { office: office(day([9, 17]), 'Europe/Vienna', [{ day: '2026-04-06', name: 'Easter Monday', intervals: [] }]) },
    ...regimes.map(({ terms }) => terms),
    ...allVersions([...regimes.map(asOwn), market]).map(({ terms }) => terms),
  )
  const under = (key: string, received: string) =>
    log([received, works('office')], [received, takes(`regime:${key}`, 'from-the-beginning', `regime:${key}`)], [received, 'received'])

  test('ten calendar days to decide, twenty from receipt once it is said why, with the warning that they asked for', () => {
    const begun = under('own-market@1', '2026-03-02T15:00+01:00')
    const key = 'regime:own-market@1:decide'
    const first = latest(begun, key, '2026-03-02 15:00')
    expect(first).toMatchObject({ dueDay: '2026-03-12', dueAt: at('2026-03-13T00:00+01:00'), escalateAt: null })
    expect(first.warnAt!.getTime()).toBeLessThan(at('2026-03-08T12:00+01:00').getTime())
    const longer = log(['2026-03-10 09:00', { kind: 'extended', slot: 'regime:own-market@1', target: key, extension: 'longer' }])
    expect(latest([...begun, ...longer], key, '2026-03-15 09:00')).toMatchObject({ dueDay: '2026-03-22', state: 'running' })
    expect(latest(begun, key, '2026-03-15 09:00')).toMatchObject({ state: 'breached', breachedAt: at('2026-03-13T00:00+01:00') })
  })

  test('give the same due times, warnings and breaches as those that ship, where they say the same', () => {
    const hours = fc.integer({ min: 0, max: 24 * 400 })
    const moments: fc.Arbitrary<Moment['kind']> = fc.constantFrom('acknowledged', 'responded', 'resolved', 'reopened', 'customer-message')
    fc.assert(
      fc.property(
        fc.constantFrom(...regimes),
        hours,
        fc.array(fc.record({ after: fc.integer({ min: 1, max: 24 * 60 }), kind: moments }), { maxLength: 5 }),
        fc.integer({ min: 1, max: 24 * 90 }),
        fc.boolean(),
        ({ key, terms }, begins, later, until, extended) => {
          const start = Date.parse('2026-01-01T00:00Z') + begins * 3_600_000
          const when = (after: number) => new Date(start + after * 3_600_000).toISOString()
          const read = (named: string) =>
            terms.targets.map((target) => {
              const own = target.key.replace(`regime:${key}:`, `regime:${named}:`)
              const [longer] = target.extensions
              const history = [
                ...under(named, when(0)),
                ...log(
                  ...later.toSorted((a, b) => a.after - b.after).map(({ after, kind }) => [when(after), kind] as const),
                  ...(longer && extended
                    ? [[when(2), { kind: 'extended', slot: `regime:${named}`, target: own, extension: longer.key }] as const]
                    : []),
                ),
              ]
              const { state, dueAt, dueDay, warnAt, escalateAt, breachedAt, metAt, cancelledAt } = latest(history, own, when(until))
              return { state, dueAt, dueDay, warnAt, escalateAt, breachedAt, metAt, cancelledAt }
            })
          expect(read(`own-${key}@1`)).toEqual(read(key))
        },
      ),
      { numRuns: 60 },
    )
  })

  test('ask for the same as those that ship: they are well formed, keep as long, and promise as much', () => {
    for (const ships of regimes) {
      const own = regimeOfVersion(asOwn(ships), 1)
      expect(ownProblems(asOwn(ships).versions[0]!), ships.key).toEqual([])
      expect(targetProblems(own.terms.targets)).toEqual([])
      expect(own.terms.source).toBe(ships.terms.source)
      expect(own.retention && [own.retention.years, own.retention.from, own.retention.by]).toEqual(
        ships.retention && [ships.retention.years, ships.retention.from, ships.retention.by],
      )
      expect(promisedHours([own])).toBe(promisedHours([ships]))
    }
  })

  test('can never have the key of what ships', () => {
    expect(regimes.filter(({ key }) => ownKeyShape.test(key) || key.includes('@'))).toEqual([])
  })
})

describe('in force', () => {
  const inForce = [
    { regime: 'own-market', kinds: ['complaint'] as const },
    { regime: 'own-market', kinds: ['complaint', 'claim'] as const },
    { regime: 'own-gone', kinds: ['complaint'] as const },
    { regime: 'feedback-24h', kinds: ['complaint'] as const },
  ]
  const keys = (own: readonly OwnRegime[]) => rulesFor('complaint', inForce, own).map(({ key }) => key)
  test('is the newest version, once, and nothing that nobody knows or that is retired', () => {
    expect(keys([market])).toEqual(['own-market@1', 'feedback-24h'])
    expect(keys([{ ...market, versions: [definition, { ...definition, source: null, retention: null }] }])).toEqual([
      'own-market@2',
      'feedback-24h',
    ])
    expect(keys([{ ...market, retired: true }])).toEqual(['feedback-24h'])
    expect(offered([{ ...market, retired: true }]).has('own-market')).toBe(false)
    expect(rulesFor('claim', inForce, [market]).map(({ key }) => key)).toEqual(['own-market@1'])
    expect(keyWithoutVersion('own-market@12')).toBe('own-market')
    expect(keyWithoutVersion('uk-fca')).toBe('uk-fca')
  })

  test('a law has a version to be told by; what the company promises everybody has none, as no policy of anybody’s', () => {
    expect(regimeOfVersion(market, 1).terms).toMatchObject({ source: 'regime', name: 'own-market', version: 1 })
    const promise = { ...market, versions: [{ ...definition, source: null, retention: null }] }
    expect(regimeOfVersion(promise, 1).terms).toMatchObject({ source: 'policy', name: 'own-market', version: null })
  })
})

describe('what somebody wrote', () => {
  const clockWith = (more: object) => ({ ...definition, clocks: [{ ...decide, ...more }] })
  const longer = decide.extensions[0]!
  test.each<readonly [string, OwnDefinition, readonly string[]]>([
    ['nothing wrong', definition, []],
    ['no name', { ...definition, names: called('  ') }, ['names unnamed']],
    ['a name in Chinese is one', { ...definition, names: { ...called(''), 'zh-TW': '市集' } }, []],
    ['no clock', { ...definition, clocks: [] }, ['clocks no-clocks']],
    ['two of a key', { ...definition, clocks: [decide, decide] }, ['clocks key-twice']],
    ['an unnamed clock', clockWith({ names: called('') }), ['clocks.0.names unnamed']],
    ['no time at all', clockWith({ measure: { unit: 'minutes', amount: 0 }, extensions: [] }), ['clocks.0.measure amount']],
    ['half a day', clockWith({ measure: { unit: 'business-days', amount: 1.5 }, extensions: [] }), ['clocks.0.measure amount']],
    ['a hundred years', clockWith({ measure: { unit: 'calendar-weeks', amount: 5200 }, extensions: [] }), ['clocks.0.measure amount']],
    ['a warning when it is due', clockWith({ warnAtShare: 1 }), ['clocks.0.warnAtShare share']],
    ['higher before the warning', clockWith({ escalateAtShare: 0.4 }), ['clocks.0.escalateAtShare escalates-before-warning']],
    [
      'an extension that is none',
      clockWith({ extensions: [{ ...longer, measure: decide.measure }] }),
      ['clocks.0.extensions.0.measure extension-not-longer'],
    ],
    ['one in other days', clockWith({ extensions: [{ ...longer, measure: { unit: 'business-days', amount: 9 } }] }), []],
    ['two of one key', clockWith({ extensions: [longer, longer] }), ['clocks.0.extensions key-twice']],
    ['a script as a link', { ...definition, source: { ...source, url: 'javascript:alert(1)' } }, ['source.url no-link']],
    ['no link', { ...definition, source: { ...source, url: null } }, []],
    ['a law without a name', { ...definition, source: null }, ['source.title law-without-source']],
  ])('%s', (_, said, problems) => {
    expect(ownProblems(said).map(({ field, problem }) => `${field} ${problem}`)).toEqual(problems)
  })

  test('has keys made from its names, each once, and keeps those that it has', () => {
    const typed = {
      ...definition,
      clocks: [{ ...decide, key: null, names: called('Décide, at once!'), extensions: [{ ...longer, key: null }] }],
    }
    const more = { ...typed, clocks: [...typed.clocks, { ...typed.clocks[0]!, names: { ...called(''), 'zh-CN': '决定' } }, { ...decide }] }
    const made = withKeys(more)
    expect(made.clocks.map(({ key }) => key)).toEqual(['decide-at-once', 'clock', 'decide'])
    expect(made.clocks[0]!.extensions.map(({ key }) => key)).toEqual(['longer'])
    expect(withKeys(made)).toEqual(made)
    expect(ownKeyFor(called('Market'), [market])).toBe('own-market-2')
    expect(ownKeyFor({ ...called(''), 'zh-CN': '市场' }, [market])).toBe('own-rules')
    expect(ownKeyFor(called('Ümläut & Söhne — a name that goes on for ever'), [])).toMatch(ownKeyShape)
  })
})

test('a version stays as it is: it can only be followed by another, and nothing goes', () => {
  const next: OwnRegime = { ...market, versions: [definition, { ...definition, retention: null }] }
  expect(ownChangeProblem([market], [next, { ...market, key: 'own-other' }])).toBeNull()
  expect(ownChangeProblem([market], [{ ...market, retired: true }])).toBeNull()
  const { names, ...rest } = definition
  expect(ownChangeProblem([market], [{ ...market, versions: [{ ...rest, names }] }])).toBeNull()
  expect(ownChangeProblem([market], [])).toMatchObject({ problem: 'regime-gone', key: 'own-market' })
  expect(ownChangeProblem([next], [market])).toMatchObject({ problem: 'regime-version-fixed', version: 2 })
  expect(ownChangeProblem([market], [{ ...market, versions: [{ ...definition, retention: null }] }])).toMatchObject({
    problem: 'regime-version-fixed',
    version: 1,
  })
  expect(ownChangeProblem([], [market, market])).toMatchObject({ problem: 'regime-twice' })
  const many = Array.from({ length: 31 }, (_, n) => ({ ...market, key: `own-${n}` }))
  expect(ownChangeProblem([], many)).toMatchObject({ problem: 'too-many-regimes' })
  expect(
    ownChangeProblem(
      [],
      many.map((one, n) => ({ ...one, retired: n > 20 })),
    ),
  ).toBeNull()
})
