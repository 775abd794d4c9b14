import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { momentAt, timeIn } from './clock.ts'
import { changesBetween, isOverdue, lacksOf, mayBecome, states, type Terms } from './commitment.ts'
import { isHandedOver, takingOver } from './hand-over.ts'
import { daysShown, mondayOf, moved } from './month.ts'
import { addDays, addMonths, daysBetween, nextDay } from './recurrence.ts'
import { isUnreacted, judged, mayJudge, mayReact } from './signal.ts'
import { competitorsHeard, findingsText, needsHeard, newChecklist, phases, progressOf } from './visit.ts'
import { changeShare, emptyPoints, pointsDone, wholePoints, worksheetPoints } from './worksheet.ts'

const task: Terms = {
  kind: 'task',
  title: 'Send the list',
  note: null,
  ownerId: 'a',
  requestedBy: 'a',
  dueDay: null,
  dueAt: null,
  startsAt: null,
  endsAt: null,
  channel: null,
  place: null,
  purpose: null,
  plan: null,
  ours: [],
  theirs: [],
  steps: [],
  repeat: null,
}
const hour = { startsAt: new Date('2026-03-11T09:00:00Z'), endsAt: new Date('2026-03-11T10:00:00Z') }
const reasons = (terms: Terms, about = true) => lacksOf(terms, about).map(({ field, reason }) => `${field} ${reason}`)

describe('what a commitment needs', () => {
  test('a task needs a title and nothing else', () => {
    expect(reasons(task, false)).toEqual([])
    expect(reasons({ ...task, title: '  ' })).toEqual(['title required'])
  })
  test('a visit without a purpose cannot be scheduled', () => {
    const visit: Terms = { ...task, ...hour, kind: 'visit', channel: 'visit', dueAt: hour.endsAt }
    expect(reasons(visit)).toEqual(['purpose visit-needs-purpose'])
    expect(reasons({ ...visit, purpose: ' ' })).toEqual(['purpose visit-needs-purpose'])
    expect(reasons({ ...visit, purpose: 'Hear about the new shop' })).toEqual([])
    expect(reasons({ ...visit, purpose: 'x' }, false)).toEqual(['customerId visit-needs-customer', 'channel contact-needs-customer'])
  })
  test('what takes place needs a time that ends after it starts', () => {
    expect(reasons({ ...task, kind: 'appointment' })).toEqual(['startsAt time-needed', 'endsAt time-needed'])
    expect(reasons({ ...task, kind: 'appointment', ...hour, endsAt: hour.startsAt })).toEqual(['endsAt ends-before-start'])
    expect(reasons({ ...task, kind: 'appointment', ...hour, endsAt: new Date('2026-04-11T10:00:00Z') })).toEqual(['endsAt too-long'])
    expect(reasons({ ...task, ...hour })).toEqual(['startsAt no-time-wanted'])
  })
  test('a promise needs its day, and only reviews and tasks repeat', () => {
    expect(reasons({ ...task, kind: 'promise' })).toEqual(['dueDay day-needed'])
    const repeat = { unit: 'month', every: 1, from: '2026-03-31' } as const
    expect(reasons({ ...task, kind: 'review', repeat })).toEqual(['dueDay day-needed'])
    expect(reasons({ ...task, kind: 'approval', repeat, dueDay: '2026-03-31', dueAt: hour.endsAt })).toEqual(['repeat only-reviews-repeat'])
  })
})

test('what is open is closed once, and may be opened again', () => {
  const allowed = states.flatMap((from) => states.filter((to) => mayBecome(from, to)).map((to) => `${from} ${to}`))
  expect(allowed).toEqual(['open done', 'open cancelled', 'done open', 'cancelled open'])
})

test('it is late from its moment on, and only while it is open', () => {
  const dueAt = new Date('2026-03-12T00:00:00Z')
  expect(isOverdue({ state: 'open', dueAt }, new Date('2026-03-11T23:59:59Z'))).toBe(false)
  expect(isOverdue({ state: 'open', dueAt }, dueAt)).toBe(true)
  expect(isOverdue({ state: 'done', dueAt }, dueAt)).toBe(false)
  expect(isOverdue({ state: 'open', dueAt: null }, dueAt)).toBe(false)
})

test('the history says what changed, from what to what', () => {
  expect(changesBetween(task, { ...task, ownerId: 'b', ...hour, theirs: ['Mr Li'] })).toEqual({
    ownerId: ['a', 'b'],
    startsAt: [null, '2026-03-11T09:00:00.000Z'],
    endsAt: [null, '2026-03-11T10:00:00.000Z'],
    theirs: [null, null],
  })
  expect(changesBetween(task, { ...task })).toEqual({})
})

describe('recurring days', () => {
  test('the last of a month stays the last where a month is shorter, and comes back', () => {
    const repeat = { unit: 'month', every: 1, from: '2026-01-31' } as const
    expect(nextDay(repeat, '2026-01-31', '2026-01-31')).toBe('2026-02-28')
    expect(nextDay(repeat, '2026-02-28', '2026-02-28')).toBe('2026-03-31')
    expect(addMonths('2024-02-29', 12)).toBe('2025-02-28')
    expect(addMonths('2026-11-30', 3)).toBe('2027-02-28')
  })
  test('what was done late does not come back late', () => {
    expect(nextDay({ unit: 'week', every: 2, from: '2026-01-05' }, '2026-01-05', '2026-03-10')).toBe('2026-03-16')
  })
  test('the next day is after both, and a whole number of steps from the first', () => {
    const day = fc.integer({ min: 0, max: 3000 }).map((n) => addDays('2024-01-01', n))
    fc.assert(
      fc.property(
        fc.constantFrom('week', 'month', 'year' as const),
        fc.integer({ min: 1, max: 6 }),
        day,
        day,
        (unit, every, from, today) => {
          const next = nextDay({ unit, every, from } as never, from, today)
          expect(next > from && next > today).toBe(true)
          if (unit === 'week') expect(daysBetween(from, next) % (7 * every)).toBe(0)
        },
      ),
    )
  })
})

describe('the clock on the wall', () => {
  test('a time of day is the moment at which that wall shows it', () => {
    expect(momentAt('Asia/Shanghai', '2026-03-11', '09:30').toISOString()).toBe('2026-03-11T01:30:00.000Z')
    expect(momentAt('America/New_York', '2026-07-01', '00:00').toISOString()).toBe('2026-07-01T04:00:00.000Z')
    expect(momentAt('Asia/Kathmandu', '2026-07-01', '12:00').toISOString()).toBe('2026-07-01T06:15:00.000Z')
  })
  test('also on the days on which the clocks change', () => {
    for (const time of ['00:30', '04:00', '15:15', '23:45'])
      for (const day of ['2026-03-29', '2026-10-25']) expect(timeIn('Europe/Berlin', momentAt('Europe/Berlin', day, time))).toBe(time)
    // 02:30 does not exist on this day.
    expect(momentAt('Europe/Berlin', '2026-03-29', '02:30').toISOString()).toMatch(/^2026-03-29T0[01]:30/)
  })
})

describe('the days of the calendar', () => {
  test('weeks begin on Monday, months show whole weeks', () => {
    expect(mondayOf('2026-11-29')).toBe('2026-11-23')
    expect(mondayOf('2026-11-23')).toBe('2026-11-23')
    const november = daysShown('month', '2026-11-29')
    expect([november[0], november.at(-1), november.length]).toEqual(['2026-10-26', '2026-12-06', 42])
    expect(daysShown('month', '2027-02-10')).toHaveLength(28)
    expect(daysShown('week', '2026-11-29')).toEqual(Array.from({ length: 7 }, (_, i) => addDays('2026-11-23', i)))
  })
  test('a month holds its first and last day, whichever it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 12_000 }), (n) => {
        const day = addDays('2000-01-01', n)
        const shown = daysShown('month', day)
        const first = `${day.slice(0, 7)}-01`
        expect(shown).toContain(first)
        expect(shown).toContain(addDays(addMonths(first, 1), -1))
        expect(shown.length % 7).toBe(0)
      }),
    )
  })
  test('moving from the 31st reaches the next month', () => {
    expect(moved('month', '2026-01-31', 1)).toBe('2026-02-01')
    expect(moved('week', '2026-01-31', -1)).toBe('2026-01-24')
  })
})

describe('a visit', () => {
  test('starts with steps in the four phases, none of them done', () => {
    const steps = newChecklist()
    expect([...new Set(steps.map(({ phase }) => phase))]).toEqual([...phases])
    expect(progressOf(steps)).toEqual({ done: 0, of: 13 })
  })
  test('leaves its purpose, outcome and notes in the archive, within the limit', () => {
    const [first, second] = newChecklist()
    const own = { ...second!, key: null, text: 'Ask about the shop', note: 'Opens in May' }
    const steps = [{ ...first!, note: 'They were pleased' }, own, second!]
    const text = findingsText({ title: 'Visit', purpose: 'Hear about plans', outcome: 'Wants a quote', steps }, (key) => `<${key}>`)
    expect(text).toBe('Hear about plans\nWants a quote\n<purposeSaid>: They were pleased\nAsk about the shop: Opens in May')
    expect(findingsText({ title: 'Call', purpose: null, outcome: null, steps: [] }, String)).toBe('Call')
    expect(findingsText({ title: 'x', purpose: null, outcome: 'y'.repeat(30_000), steps: [] }, String)).toHaveLength(10_000)
  })

  test('needs and competitors are taken out of the notes of their steps', () => {
    const noted = (key: string, note: string) => newChecklist().map((step) => (step.key === key ? { ...step, note } : step))
    expect(needsHeard(noted('needs', ' Smaller tins；evening delivery; Smaller tins\n'))).toEqual(['Smaller tins', 'evening delivery'])
    expect(competitorsHeard(noted('competitors', '山茶行、Leaf & Co, '))).toEqual(['山茶行', 'Leaf & Co'])
    expect(needsHeard(newChecklist())).toEqual([])
  })
})

test('the worksheet has nine points, and the measure its change in percent', () => {
  expect(worksheetPoints).toHaveLength(9)
  const points = wholePoints([{ point: 'feelings', note: 'Proud of the shop', done: true }])
  expect(points.map(({ point }) => point)).toEqual([...worksheetPoints])
  expect(pointsDone(points)).toBe(1)
  expect(pointsDone(emptyPoints().map((point) => ({ ...point, done: true })))).toBe(9)
  expect(changeShare({ before: 80, after: 100 })).toBe(0.25)
  expect(changeShare({ before: -50, after: -25 })).toBe(0.5)
  expect(changeShare({ before: 0, after: 5 })).toBeNull()
  expect(changeShare({ before: 10, after: null })).toBeNull()
})

test('a signal is judged before it is reacted to, and what is not true or not important ends there', () => {
  expect(judged({ isTrue: true, isImportant: true })).toBe('judged')
  expect(judged({ isTrue: false, isImportant: true })).toBe('dismissed')
  expect(judged({ isTrue: true, isImportant: false })).toBe('dismissed')
  expect([mayReact('captured'), mayReact('judged'), mayReact('reacted'), mayJudge('dismissed')]).toEqual([false, true, false, false])
  const signal = { state: 'captured', capturedAt: new Date('2026-03-01T00:00:00Z') } as const
  expect(isUnreacted(signal, 7, new Date('2026-03-08T00:00:00Z'))).toBe(false)
  expect(isUnreacted(signal, 7, new Date('2026-03-08T00:00:01Z'))).toBe(true)
  expect(isUnreacted({ ...signal, state: 'reacted' }, 7, new Date('2027-01-01T00:00:00Z'))).toBe(false)
})

test('what somebody leaves behind goes to whoever looks after its customer by now, and the rest is shared out evenly', () => {
  const next = takingOver(['a', 'b'])
  expect(['b', 'b', null, 'somebody else', null].map((owner) => next(owner))).toEqual(['b', 'b', 'a', 'a', 'a'])
  expect([null, null].map((owner) => takingOver(['only'])(owner))).toEqual(['only', 'only'])
})

test('what somebody owed changes hands while they are handed over, and for a minute after', () => {
  const now = new Date('2026-03-10T02:00:00Z')
  const run = (state: string, secondsAgo: number | null, fromUserId: string | null = 'ann') => ({
    state,
    input: fromUserId && { fromUserId },
    finishedAt: secondsAgo === null ? null : new Date(now.getTime() - secondsAgo * 1000),
  })
  const anns = (...runs: ReturnType<typeof run>[]) => isHandedOver(runs, 'ann', now)
  expect([anns(), anns(run('running', null)), anns(run('waiting', null)), anns(run('done', 59))]).toEqual([false, true, true, true])
  expect([anns(run('done', 60)), anns(run('running', null, 'bob')), anns(run('running', null, null))]).toEqual([false, false, false])
})
