import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  afterActions,
  afterCheck,
  agrees,
  checkRefusal,
  curedOn,
  type Matter,
  madeDays,
  matterProblem,
  mayBecome,
  nextCheckDays,
  problemStates,
  sameMatter,
} from './problem.ts'
import { recurrenceReading, weekStarts } from './recurrence.ts'
import { countedMatter, matterOf, mayRecur, recursProblem } from './recurring.ts'
import { alarmsOf, weeksBefore } from './watch.ts'

const nothing: Matter = { cause: null, category: null, reason: null, productCode: null }

describe('the matter of a problem', () => {
  test('says something, and reasons that its category has', () => {
    expect(matterProblem(nothing)).toBe('nothing-said')
    expect(matterProblem({ ...nothing, reason: 'damage', productCode: 'P' })).toBe('no-such-reason')
    expect(matterProblem({ ...nothing, category: 'freight', reason: 'attitude' })).toBe('no-such-reason')
    expect(matterProblem({ ...nothing, category: 'freight' })).toBeNull()
    expect(matterProblem({ ...nothing, productCode: 'P' })).toBeNull()
  })
  test('agrees with a case that has all it says', () => {
    const one = { cause: 'method', category: 'freight', reason: 'damage', productCode: 'P' }
    expect(agrees({ ...nothing, category: 'freight', productCode: 'P' }, one)).toBe(true)
    expect(agrees({ ...nothing, category: 'freight', productCode: 'Q' }, one)).toBe(false)
    expect(agrees({ ...nothing, cause: 'method' }, { ...one, cause: null })).toBe(false)
  })
  test('two that say the same are the same, whatever they say', () => {
    const word = fc.option(fc.constantFrom('a', 'b'), { nil: null })
    const matter = fc.record({ cause: word, category: word, reason: word, productCode: word })
    fc.assert(fc.property(matter, matter, (a, b) => sameMatter(a, b) === (JSON.stringify(a) === JSON.stringify(b))))
  })
})

describe('a problem', () => {
  const done = (doneOn: string) => ({ state: 'done' as const, doneOn })
  const open = { state: 'open' as const, doneOn: null }
  const dropped = { state: 'dropped' as const, doneOn: null }

  test('is cured on the day of its last action, once nothing is left to be done', () => {
    expect(curedOn([done('2026-03-01'), done('2026-03-09'), dropped])).toBe('2026-03-09')
    expect(curedOn([done('2026-03-01'), open])).toBeNull()
    expect(curedOn([dropped])).toBeNull()
    expect(curedOn([])).toBeNull()
  })
  test('is watched from then on, and open again with the next action; drafts wait for somebody', () => {
    expect(afterActions('open', [done('2026-03-01')])).toBe('watched')
    expect(afterActions('watched', [done('2026-03-01'), open])).toBe('open')
    expect(afterActions('solved', [done('2026-03-01'), open])).toBe('open')
    expect(afterActions('solved', [done('2026-03-01')])).toBe('solved')
    expect(afterActions('draft', [done('2026-03-01')])).toBe('draft')
    expect(afterActions('dismissed', [done('2026-03-01')])).toBe('dismissed')
  })
  test('is solved by the last check alone, and open again by any that finds the cause back', () => {
    expect(afterCheck('watched', 'effective', 30, [30, 60, 90])).toBe('watched')
    expect(afterCheck('watched', 'effective', 90, [30, 60, 90])).toBe('solved')
    expect(afterCheck('watched', 'too-little-data', 90, [30, 60, 90])).toBe('watched')
    expect(afterCheck('solved', 'not-effective', 90, [30, 60, 90])).toBe('open')
    expect(nextCheckDays([90, 30, 60], null)).toBe(30)
    expect(nextCheckDays([90, 30, 60], 45)).toBe(60)
    expect(nextCheckDays([90, 30, 60], 90)).toBeNull()
  })
  test('comes out of every state again', () => {
    for (const state of problemStates) expect(mayBecome(state).length).toBeGreaterThan(0)
  })
})

describe('the watch over causes', () => {
  const week = (key: string, counts: readonly number[]) => counts.map((complaints, at) => ({ week: at, key, complaints }))
  const quiet = Array.from({ length: weeksBefore }, () => 1)

  test('raises what is beyond its limit in the last week, and leaves alone what is within', () => {
    const alarms = alarmsOf('reason', [...week('freight/damage', [9, ...quiet]), ...week('service/attitude', [2, ...quiet])], [])
    expect(alarms.map(({ matter }) => matter)).toEqual([{ ...nothing, category: 'freight', reason: 'damage' }])
    expect(alarms[0]!.alert).toMatchObject({ complaints: 9, verdict: 'above-limit' })
  })
  test('weighs weeks by their orders: nine times the complaints on nine times the orders are no alarm', () => {
    const orders = [9_000, ...quiet.map(() => 1_000)]
    expect(alarmsOf('cause', week('method', [9, ...quiet]), orders)).toEqual([])
    expect(
      alarmsOf(
        'cause',
        week('method', [9, ...quiet]),
        orders.map(() => 1_000),
      ),
    ).toHaveLength(1)
  })
  test('weeks without orders are compared as they are', () => {
    expect(alarmsOf('cause', week('method', [9, ...quiet]), [0, ...quiet.map(() => 1_000)])).toHaveLength(1)
  })
  test('a cause that was never there is compared with weeks without it, and three are the least', () => {
    expect(alarmsOf('product', week('P', [3]), [])).toHaveLength(1)
    expect(alarmsOf('product', week('P', [2]), [])).toEqual([])
  })
  test('of the products only those with the most complaints', () => {
    const many = Array.from({ length: 60 }, (_, i) => week(`P${i}`, [0, 500 + i])).flat()
    expect(alarmsOf('product', [...many, ...week('rare', [5])], [])).toEqual([])
  })
})

describe('the recurrence of a cause', () => {
  const days = (from: string, count: number, complaints: number) =>
    Array.from({ length: count }, (_, i) => ({
      day: new Date(Date.parse(`${from}T00:00:00Z`) + i * 86_400_000).toISOString().slice(0, 10),
      complaints,
    }))
  const orders = (from: string, count: number, each: number) =>
    days(from, count, each).map(({ day, complaints }) => ({ day, orders: complaints }))
  const about = { curedOn: '2026-06-30', daysBefore: 180, checkDays: [60, 30] }

  test('compares the days before the cure with those after it, and leaves the day itself out', () => {
    const read = recurrenceReading({
      ...about,
      elapsedDays: 31,
      days: [...days('2026-06-18', 12, 1), { day: '2026-06-30', complaints: 50 }],
      orders: [...orders('2026-05-31', 30, 100), { day: '2026-06-30', orders: 9_999 }, ...orders('2026-07-01', 31, 100)],
    })
    expect(read.before).toEqual({ complaints: 12, orders: 3_000, days: 180 })
    expect(read.measure).toBe('orders')
    expect(read.checks.map(({ checkDay, verdict, after }) => [checkDay, verdict, after])).toEqual([
      [30, 'effective', { complaints: 0, orders: 3_000, days: 30 }],
      [60, 'too-early', { complaints: 0, orders: 3_100, days: 31 }],
    ])
    expect(read.curve).toHaveLength(31)
    expect(read.curve.at(-1)!.expected).toBeCloseTo((12 / 3_000) * 3_100)
  })
  test('goes by days where there are no orders', () => {
    const read = recurrenceReading({ ...about, elapsedDays: 30, days: days('2026-06-01', 18, 2), orders: [] })
    expect(read.measure).toBe('days')
    expect(read.checks[0]).toMatchObject({
      verdict: 'effective',
      before: { complaints: 36, days: 180 },
      after: { complaints: 0, days: 30 },
    })
  })
  test('on the day of the cure nothing is counted yet', () => {
    expect(recurrenceReading({ ...about, elapsedDays: 0, days: [], orders: [] })).toMatchObject({
      curve: [],
      checks: [{ verdict: 'too-early' }, {}],
    })
  })
  test('weeks end with the day given', () => {
    expect(weekStarts('2026-01-14', 2)).toEqual(['2026-01-01', '2026-01-08'])
  })
})

describe('whether a case recurs', () => {
  const cured = { ...nothing, id: 'p', state: 'watched' as const, curedOn: '2026-03-01', category: 'freight', productCode: 'P' }
  const one = {
    ...{ kind: 'complaint', state: 'open', recurrence: null, problemId: null, cause: null },
    record: { category: 'freight', reason: 'damage', productCode: 'P' },
  } as never
  const opened = [{ kind: 'opened' }] as never

  test('it does where it agrees with a problem whose actions were carried out before it came', () => {
    expect(recursProblem(one, '2026-03-02', [cured])?.id).toBe('p')
    expect(recursProblem(one, '2026-03-01', [cured])).toBeNull()
    expect(recursProblem(one, '2026-03-02', [{ ...cured, state: 'open' }])).toBeNull()
    expect(recursProblem(one, '2026-03-02', [{ ...cured, productCode: 'Q' }])).toBeNull()
  })
  test('of one that is linked only its own problem counts', () => {
    const linked = { ...(one as object), problemId: 'q' } as never
    expect(recursProblem(linked, '2026-03-02', [cured])).toBeNull()
    expect(recursProblem(linked, '2026-03-02', [{ ...cured, id: 'q', productCode: 'other' }])?.id).toBe('q')
  })
  test('it is looked for once, when something tells', () => {
    expect(mayRecur(one, opened)).toBe(true)
    expect(mayRecur(one, [{ kind: 'noted' }] as never)).toBe(false)
    expect(mayRecur({ ...(one as object), recurrence: {} } as never, opened)).toBe(false)
  })
  test('a single case is counted by its cause of the register, else by reason and product', () => {
    const cause = { causeId: null, field: 'method' }
    expect(countedMatter({ ...(one as object), cause } as never)).toEqual({
      ...nothing,
      category: 'freight',
      reason: 'damage',
      productCode: 'P',
    })
    expect(countedMatter({ ...(one as object), cause: { ...cause, causeId: 'c' } } as never)).toEqual({ ...nothing, cause: 'c' })
    expect(matterOf({ ...(one as object), cause } as never).cause).toBe('method')
  })
})

describe('a check', () => {
  const days = [30, 60, 90]
  test.each([
    [30, 'effective', 29, 'too-early'],
    [30, 'effective', 30, null],
    [90, 'too-little-data', 0, 'too-early'],
    [90, 'too-little-data', 90, null],
    [30, 'not-effective', 0, null],
    [30, 'too-early', 0, null],
    [31, 'effective', 400, 'no-such-check'],
    [3650, 'not-effective', 400, 'no-such-check'],
  ] as const)('after %s days that finds it %s, with %s passed: %s', (of, verdict, passed, refused) =>
    expect(checkRefusal({ days: of, verdict }, passed, days)).toBe(refused),
  )
  test('that finds it too early is none', () => {
    expect(
      madeDays([
        { days: 30, verdict: 'effective' },
        { days: 90, verdict: 'too-early' },
      ]),
    ).toBe(30)
    expect(madeDays([])).toBe(0)
  })
})
