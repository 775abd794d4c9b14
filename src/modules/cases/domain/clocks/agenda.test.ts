import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  at,
  days,
  enters,
  goesOn,
  type Line,
  leaves,
  log,
  nineToFive,
  start,
  takes,
  target,
  terms,
  waits,
  workingHours,
  works,
  world,
} from '#test/clocks-cases.ts'
import { happenedBetween, nextMoment, untold } from './agenda.ts'

// What comes next, and what is told of it. 2 March 2026 is a Monday.

const hours = { office: nineToFive }

describe('whenever it is read', () => {
  const { read } = world(
    hours,
    terms('a', target('resolve', workingHours(20)), target('next-response', workingHours(2)), target('step:cause', days(3))),
  )
  const kinds = fc.constantFrom<Line[1][]>(
    'customer-message',
    'responded',
    'resolved',
    'reopened',
    waits('x'),
    goesOn(),
    enters('cause'),
    leaves('cause'),
  )
  const histories = fc.array(fc.tuple(fc.integer({ min: 1, max: 3000 }), kinds), { maxLength: 10 }).map((steps) => {
    let minute = Date.parse('2026-03-02T09:00:00Z') / 60_000
    const moments = steps.map(([wait, what]) => {
      minute += wait
      return log([new Date(minute * 60_000).toISOString(), what])[0]!
    })
    return { history: [...start('a'), ...moments], end: minute }
  })
  const later = (minute: number, by: number) => new Date((minute + by) * 60_000).toISOString()

  test('a clock is due at the same time, as long as nothing is written', () =>
    fc.assert(
      fc.property(histories, fc.nat(20_000), ({ history, end }, by) => {
        const due = (now: string) =>
          read(history, now)
            .filter(({ cancelledAt }) => !cancelledAt)
            .map(({ id, dueAt }) => [id, dueAt])
        expect(due(later(end, by))).toEqual(due(later(end, 0)))
      }),
    ))
  test('what happened between two readings is what the first one said would come next, and nothing is told twice or left out', () =>
    fc.assert(
      fc.property(histories, fc.integer({ min: 1, max: 20_000 }), ({ history, end }, by) => {
        const [first, second] = [later(end, 0), later(end, by)]
        const announced = nextMoment(read(history, first), [], at(first))
        const found = happenedBetween(read(history, second), at(first), at(second))
        if (announced) expect(announced.at > at(first)).toBe(true)
        if (announced && announced.at <= at(second)) expect(found[0]).toMatchObject({ what: announced.what, at: announced.at })
        else expect(found).toEqual([])
        const all = read(history, second).flatMap(({ happened }) => happened)
        expect(happenedBetween(read(history, second), at('2000-01-01 00:00'), at(first)).length + found.length).toBe(all.length)
        expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
      }),
    ))
  test('in whatever order it was written down', () =>
    fc.assert(
      fc.property(histories, fc.infiniteStream(fc.nat()), ({ history, end }, ranks) => {
        const shuffled = history.map((moment, i) => ({ moment, rank: i < 3 ? -1 : ranks.next().value })).toSorted((a, b) => a.rank - b.rank)
        const now = later(end, 60)
        expect(
          read(
            shuffled.map(({ moment }) => moment),
            now,
          ),
        ).toEqual(read(history, now))
      }),
    ))
  test('waking at each next moment finds what sleeping through it finds', () => {
    const history = start('a')
    let now = '2026-03-02 09:00'
    const found: string[] = []
    for (;;) {
      const next = nextMoment(read(history, now), [], at(now))
      if (!next) break
      found.push(...happenedBetween(read(history, next.at.toISOString()), at(now), next.at).map(({ id }) => id))
      now = next.at.toISOString()
    }
    expect(
      read(history, '2026-06-01 09:00')
        .flatMap(({ happened }) => happened)
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(found.toSorted())
  })
})

test('what was told is not told again, also where something was written down late', () => {
  const { read } = world(hours, terms('gold', target('first-response', workingHours(1))))
  const history = log(['2026-03-02 09:00', works('office')], ['2026-03-02 09:00', takes('gold')], ['2026-03-02 09:00', 'received'])
  const first = untold(read(history, '2026-03-02 11:00'), new Set())
  expect(first.map(({ what }) => what)).toEqual(['warned', 'breached', 'escalated'])
  expect(untold(read(history, '2026-03-02 12:00'), new Set(first.map(({ id }) => id)))).toEqual([])
  // The answer had been given by phone, in time.
  expect(untold(read([...history, ...log(['2026-03-02 09:30', 'responded'])], '2026-03-02 12:00'), new Set())).toEqual([])
})
