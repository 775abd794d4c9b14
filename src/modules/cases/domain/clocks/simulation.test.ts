import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { intervalProblem, type WorkingHours } from '#modules/organization/domain/calendar.ts'
import { simulate } from '#test/clocks-simulation.ts'
import type { SimulatedRound } from '#test/clocks-simulation-run.ts'
import { calendarOf } from './calendar.ts'
import type { Moment } from './log.ts'
import { type Reading, readClocks } from './reading.ts'
import { type End, type Measure, type Start, type Target, type Terms, usualTarget } from './target.ts'

// Everything lies on even minutes, so that half of any time is a whole minute too.
const even = (min: number, max: number) => fc.integer({ min: Math.ceil(min / 2), max: Math.floor(max / 2) }).map((half) => 2 * half)

// ---- Calendars ----

const zones = ['Europe/London', 'America/New_York', 'Asia/Shanghai', 'Australia/Lord_Howe', 'Asia/Taipei']
const changes = [
  '2025-03-08',
  '2025-03-29',
  '2025-04-05',
  '2025-10-04',
  '2025-10-25',
  '2025-11-01',
  '2026-03-07',
  '2026-10-24',
  '2025-07-01',
]
const intervals = fc
  .array(
    fc.tuple(even(0, 1438), even(2, 1440)).filter(([from, to]) => from < to),
    { minLength: 0, maxLength: 3 },
  )
  .map((list) => list.toSorted(([a], [b]) => a - b).map(([from, to]) => ({ from, to })))
  .filter((list) => intervalProblem(list) === null)
const busyDay = fc.oneof(
  fc.constant([
    { from: 540, to: 720 },
    { from: 780, to: 1080 },
  ]),
  intervals.filter((list) => list.length > 0),
)
const hours: fc.Arbitrary<WorkingHours> = fc.record({
  timeZone: fc.constantFrom(...zones),
  week: fc.tuple(busyDay, busyDay, busyDay, busyDay, busyDay, intervals, intervals),
  specialDays: fc.uniqueArray(
    fc.record({ day: fc.constantFrom(...changes, '2025-03-31', '2025-10-27'), name: fc.constant('x'), intervals }),
    {
      maxLength: 2,
      selector: ({ day }) => day,
    },
  ),
})
const calendars = fc.record({ a: hours, b: hours, c: hours })
type Calendars = typeof calendars extends fc.Arbitrary<infer C> ? C : never

// ---- Targets ----

const shapes: Readonly<Record<string, readonly [Start, End]>> = {
  acknowledge: [{ on: 'received' }, { on: 'acknowledged' }],
  'first-response': [{ on: 'received' }, { on: 'responded' }],
  'next-response': [{ on: 'customer-message' }, { on: 'responded' }],
  resolve: [{ on: 'recorded' }, { on: 'resolved' }],
  close: [{ on: 'received' }, { on: 'closed' }],
  'step:cause': [
    { on: 'step-entered', step: 'cause' },
    { on: 'step-left', step: 'cause' },
  ],
  department: [{ on: 'department-changed' }, { on: 'resolved' }],
}
const shortMeasure: fc.Arbitrary<Measure> = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 400 }).map((n): Measure => ({ unit: 'working-minutes', amount: 4 * n })) },
  fc.integer({ min: 1, max: 600 }).map((n): Measure => ({ unit: 'minutes', amount: 4 * n })),
  fc.integer({ min: 1, max: 4 }).map((amount): Measure => ({ unit: 'business-days', amount })),
  fc.integer({ min: 1, max: 5 }).map((amount): Measure => ({ unit: 'calendar-days', amount })),
  fc.constant<Measure>({ unit: 'calendar-weeks', amount: 1 }),
)
const targetOf = (key: string, measure: fc.Arbitrary<Measure>): fc.Arbitrary<Target> =>
  fc
    .record({
      measure,
      hours: fc.constantFrom('department', 'customer', 'company'),
      pauses: fc.constantFrom('allowed', 'allowed', 'never'),
      reopening: fc.constantFrom('anew', 'goes-on'),
      missing: fc.constantFrom('breach', 'breach', 'breach', 'lapse'),
      warnAtShare: fc.constantFrom(null, 0.5, 0.75),
      escalateAfter: fc.constantFrom(
        null,
        { after: 'due', workingMinutes: 0 },
        { after: 'due', workingMinutes: 90 },
        { after: 'share', share: 1.5 },
      ),
      cap: fc.oneof({ weight: 5, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: measure }),
      extensions: fc.array(
        measure.map((longer) => ({ key: 'longer', measure: longer, needs: 'reply' as const })),
        { maxLength: 1 },
      ),
    })
    .map((attributes): Target => {
      const [starts, ends] = shapes[key]!
      const isInMinutes = [attributes.measure, ...attributes.extensions.map((one) => one.measure)].every(({ unit }) => /minutes/.test(unit))
      // Three quarters of a time in days, or of one that closed hours lie in, is no whole minute.
      const warnAtShare = attributes.warnAtShare === 0.75 && (!isInMinutes || attributes.cap) ? 0.5 : attributes.warnAtShare
      return { ...usualTarget, ...attributes, warnAtShare, key, starts, ends } as Target
    })
const targetsOf = (measure: fc.Arbitrary<Measure>) =>
  fc.subarray(Object.keys(shapes), { minLength: 1 }).chain((keys) => fc.tuple(...keys.map((key) => targetOf(key, measure))))
const termsOf = (measure: fc.Arbitrary<Measure>): fc.Arbitrary<Terms[]> =>
  fc
    .tuple(targetsOf(measure), targetsOf(measure), targetsOf(measure))
    .map((lists) => lists.map((targets, i) => ({ key: `terms-${i}`, source: 'policy', name: `Policy ${i}`, version: i, targets })))

// ---- Histories ----

const slot = fc.constantFrom('policy', 'regime')
interface Line {
  readonly kind: string
  readonly [more: string]: unknown
}
const paused = fc.constantFrom<Line>(
  { kind: 'paused', reason: 'customer', endsOn: 'customer-message' },
  { kind: 'paused', reason: 'supplier', endsOn: 'resumed' },
)
const resumed = fc.constantFrom('customer', 'supplier', null).map((reason): Line => ({ kind: 'resumed', reason }))
const only = (...kinds: string[]) => fc.constantFrom(...kinds.map((kind): Line => ({ kind })))
const calendar = fc.constantFrom('a', 'b', 'c')
const step = (kind: string, name: string) => fc.constant<Line>({ kind, step: name })
const newTerms = fc.record({
  kind: fc.constant('terms-changed'),
  slot,
  terms: fc.constantFrom('terms-0', 'terms-1', 'terms-2', 'terms-1', 'terms-2', null),
  effect: fc.constantFrom('from-then-on', 'from-then-on', 'from-then-on', 'from-the-beginning'),
})
const extended = fc.record({
  kind: fc.constant('extended'),
  slot,
  target: fc.constantFrom(...Object.keys(shapes)),
  extension: fc.constant('longer'),
})
const newHours = fc.record({ kind: fc.constant('calendar-changed'), whose: fc.constantFrom('customer', 'company'), calendar })
const handOver = fc.record({ kind: fc.constant('department-changed'), department: fc.constantFrom('d', 'e'), calendar })
/** A few things that usually come one after the other; between them, and in the middle of them, time passes. */
const scene: fc.Arbitrary<Line[]> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(only('customer-message'), only('responded', 'customer-message')) },
  { weight: 2, arbitrary: fc.tuple(only('responded', 'acknowledged')) },
  {
    weight: 4,
    arbitrary: fc.tuple(
      only('resolved', 'resolved', 'closed', 'withdrawn'),
      only('reopened', 'reopened', 'customer-message'),
      only('reopened'),
    ),
  },
  { weight: 1, arbitrary: fc.tuple(only('resolved', 'closed', 'withdrawn', 'merged')) },
  { weight: 4, arbitrary: fc.tuple(paused, resumed) },
  { weight: 2, arbitrary: fc.tuple(paused) },
  { weight: 2, arbitrary: fc.tuple(step('step-entered', 'cause'), fc.oneof(handOver, paused, resumed), step('step-left', 'cause')) },
  { weight: 2, arbitrary: fc.tuple(step('step-entered', 'cause')) },
  { weight: 4, arbitrary: fc.tuple(newTerms) },
  { weight: 4, arbitrary: fc.tuple(extended, extended, extended) },
  { weight: 3, arbitrary: fc.tuple(fc.oneof(newHours, handOver)) },
)
interface Case {
  readonly log: readonly Moment[]
  readonly terms: readonly Terms[]
  readonly hours: Calendars
  /** Minutes since 1970. */
  readonly now: number
}
const date = (minute: number) => new Date(minute * 60_000)
/** The same terms with every measure in minutes rounded up to hours. */
const inHours = (terms: Terms): Terms => {
  const rounded = ({ unit, amount }: Measure): Measure => ({ unit, amount: /minutes/.test(unit) ? Math.ceil(amount / 60) * 60 : amount })
  const targets = terms.targets.map((target) => ({
    ...target,
    measure: rounded(target.measure),
    cap: target.cap && rounded(target.cap),
    extensions: target.extensions.map((one) => ({ ...one, measure: rounded(one.measure) })),
  }))
  return { ...terms, targets }
}
function caseOf(measure: fc.Arbitrary<Measure>, gap: fc.Arbitrary<number>, length: number): fc.Arbitrary<Case> {
  return fc
    .record({
      terms: termsOf(measure),
      hours: calendars,
      start: fc
        .tuple(fc.constantFrom(...changes), even(-2880, 2880))
        .map(([day, minutes]) => Date.parse(`${day}T00:00:00Z`) / 60_000 + minutes),
      first: fc.constantFrom('terms-0', 'terms-1', 'terms-2'),
      scenes: fc.array(fc.tuple(scene, fc.infiniteStream(gap)), { maxLength: length }),
      after: gap,
      isOnTheHour: fc.boolean(),
    })
    .map(({ terms, hours, start, first, scenes, after, isOnTheHour }) => {
      // Half of the histories keep to full hours, so that an end meets the beginning of a pause, the close of a day, or a due time.
      const snapped = (minutes: number) => (isOnTheHour ? Math.ceil(minutes / 60) * 60 : minutes)
      const begin = snapped(start)
      let minute = begin
      const log = [
        { at: date(begin), kind: 'received' },
        { at: date(begin), kind: 'terms-changed', slot: 'policy', terms: first, effect: 'from-then-on' },
        { at: date(begin), kind: 'terms-changed', slot: 'regime', terms: 'terms-0', effect: 'from-the-beginning' },
        { at: date(begin + snapped(30)), kind: 'recorded' },
        ...scenes.flatMap(([lines, waits]) =>
          lines.map((line) => {
            // Extensions are granted at once.
            minute += line.kind === 'extended' ? 0 : snapped(waits.next().value)
            return { at: date(minute), ...line }
          }),
        ),
      ] as unknown as Moment[]
      return { log, terms: isOnTheHour ? terms.map(inHours) : terms, hours, now: minute + snapped(after) }
    })
}
const days = fc.oneof({ weight: 3, arbitrary: even(0, 300) }, { weight: 2, arbitrary: even(300, 3000) })
const shortCase = caseOf(shortMeasure, days, 7)

function read({ log, terms, hours }: Case, now: number): readonly Reading[] {
  const known = new Map(Object.entries(hours).map(([key, one]) => [key, calendarOf(key, one)]))
  return readClocks(log, terms, (key) => known.get(key)!, date(now))
}

// ---- The comparison ----

const minute = (at: Date | null) => (at === null ? null : at.getTime() / 60_000)

function agree(tried: Case, horizon: number) {
  const { now } = tried
  const simulated = simulate({ ...tried, horizon })
  const readings = read(tried, now).filter(({ round }) => round > 0)
  const byClock = Map.groupBy(readings, ({ slot, key }) => `${slot} ${key}`)
  expect([...byClock.keys()].toSorted()).toEqual(
    [...simulated]
      .filter(([, rounds]) => rounds.length > 0)
      .map(([key]) => key)
      .toSorted(),
  )
  for (const [key, rounds] of byClock) {
    const expected = simulated.get(key)!
    expect(rounds.map(seen), key).toEqual(expected.map(expectation))
    for (const [i, reading] of rounds.entries()) predictions(key, reading, expected[i]!, now, horizon)
  }
}
const seen = (reading: Reading) => ({
  startedAt: minute(reading.startedAt),
  endedAt: minute(reading.metAt ?? reading.cancelledAt),
  warned: reading.happened.filter(({ what }) => what === 'warned').map(({ at }) => minute(at)),
  breached: minute(reading.breachedAt),
  lapsed: minute(reading.happened.find(({ what }) => what === 'lapsed')?.at ?? null),
  escalated: reading.happened.filter(({ what }) => what === 'escalated').map(({ at }) => minute(at)),
  spent: reading.openSpentMs / 60_000,
  paused: reading.pausedMs / 60_000,
  state: reading.state,
})
const expectation = (round: SimulatedRound) => ({
  startedAt: round.startedAt,
  endedAt: round.endedAt,
  warned: round.warned,
  breached: round.breached,
  lapsed: round.lapsed,
  escalated: round.escalated,
  spent: round.spent,
  paused: round.paused,
  state:
    round.ending === 'cancelled'
      ? 'cancelled'
      : round.breached !== null
        ? 'breached'
        : round.ending === 'met'
          ? 'met'
          : round.isHeld
            ? 'paused'
            : 'running',
})
function predictions(key: string, reading: Reading, round: SimulatedRound, now: number, horizon: number) {
  if (reading.cancelledAt) return
  const dueAt = minute(reading.dueAt)
  // Beyond its horizon the simulation knows nothing.
  const expected = round.due ?? (dueAt !== null && dueAt > horizon ? dueAt : null)
  expect(dueAt, `${key} is due`).toBe(expected)
  if (round.endedAt !== null) return
  const coming = [
    round.breached === null ? round.nextWarn : undefined,
    round.breached === null && round.due !== undefined && round.due > now ? round.due : undefined,
    round.nextEscalate,
  ].filter((at) => at !== undefined)
  const next = minute(reading.next?.at ?? null)
  if (coming.length > 0) expect(next, `${key} comes next`).toBe(Math.min(...coming))
  else if (next !== null) expect(next, `${key} comes next`).toBeGreaterThan(horizon)
  if (round.nextEscalate !== undefined) expect(minute(reading.escalateAt), `${key} escalates`).toBe(round.nextEscalate)
}

describe('against a simulation minute by minute', () => {
  test('days of work, pauses, changes of terms, hours and departments, reopenings, around changes of clocks', () =>
    fc.assert(
      fc.property(shortCase, (tried) => agree(tried, tried.now + 16 * 1440)),
      { numRuns: 110 },
    ))

  const longMeasure: fc.Arbitrary<Measure> = fc.oneof(
    fc.integer({ min: 5000, max: 60_000 }).map((n): Measure => ({ unit: 'working-minutes', amount: 4 * n })),
    fc.integer({ min: 20, max: 300 }).map((amount): Measure => ({ unit: 'business-days', amount })),
    fc.integer({ min: 4, max: 60 }).map((amount): Measure => ({ unit: 'calendar-weeks', amount })),
  )
  const months = even(0, 150_000)
  test('over years', () =>
    fc.assert(
      fc.property(caseOf(longMeasure, months, 5), (tried) => agree(tried, tried.now + 500 * 1440)),
      { numRuns: 4 },
    ))
})
