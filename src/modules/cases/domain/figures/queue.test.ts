import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareInQueue, defaultQueueRules, overtakingEndsAfter, type QueueItem, queueOrder, rankTime } from './queue.ts'

const now = new Date('2026-09-01T10:00:00Z')
const inHours = (hours: number) => new Date(now.getTime() + hours * 3_600_000)
const item = (id: string, change: Partial<QueueItem> = {}): QueueItem => ({
  id,
  receivedAt: inHours(-3),
  dueAt: inHours(24),
  tier: 'iron',
  severity: 4,
  place: 9,
  immediate: false,
  ...change,
})
const order = (items: QueueItem[]) => queueOrder(items, defaultQueueRules, now).map(({ id }) => id)

test('platinum; due in 2 h; severe: the position explains itself', () => {
  const places = queueOrder([item('b'), item('a', { tier: 'platinum', dueAt: inHours(2), severity: 2 })], defaultQueueRules, now)
  expect(places[0]).toEqual({
    id: 'a',
    position: 1,
    rankAt: inHours(2 - 8 - 8),
    immediate: false,
    tier: { tier: 'platinum', headStartMinutes: 480 },
    dueInMinutes: 120,
    severity: { severity: 2, headStartMinutes: 480 },
    place: { place: 9, headStartMinutes: 0 },
    waitedMinutes: 180,
    behindBy: null,
  })
  expect(places[1]).toMatchObject({ id: 'b', position: 2, behindBy: 'rank' })
})
test('of the same due time the higher tier and the graver case come first', () => {
  expect(
    order([
      item('lead', { tier: 'lead' }),
      item('iron'),
      item('none', { tier: null }),
      item('gold', { tier: 'gold' }),
      item('p', { tier: 'platinum' }),
    ]),
  ).toEqual(['p', 'gold', 'iron', 'lead', 'none'])
  expect(order([item('4'), item('1', { severity: 1 }), item('3', { severity: 3 }), item('2', { severity: 2 })])).toEqual([
    '1',
    '2',
    '3',
    '4',
  ])
})
test('the place that the policy gives counts for each place before the last, and says so', () => {
  const [first, second] = queueOrder([item('fifth', { place: 5 }), item('second', { place: 2 })], defaultQueueRules, now)
  expect(first).toMatchObject({ id: 'second', place: { place: 2, headStartMinutes: 210 }, rankAt: inHours(24 - 1 - 3.5) })
  expect(second).toMatchObject({ id: 'fifth', place: { place: 5, headStartMinutes: 120 }, behindBy: 'rank' })
  const without = { ...defaultQueueRules, placeHeadStart: 0 }
  expect(queueOrder([item('a', { place: 9 }), item('b', { place: 1 })], without, now).map(({ id }) => id)).toEqual(['a', 'b'])
})
test('a tier is a head start and no wall: what is overdue goes before what has time', () =>
  expect(order([item('platinum', { tier: 'platinum', dueAt: inHours(48) }), item('late', { tier: 'lead', dueAt: inHours(-1) })])).toEqual([
    'late',
    'platinum',
  ]))
test('danger goes before everything', () => {
  expect(
    order([item('p', { tier: 'platinum', severity: 1, dueAt: inHours(-100) }), item('danger', { immediate: true, tier: 'lead' })])[0],
  ).toBe('danger')
  expect(queueOrder([item('danger', { immediate: true }), item('b')], defaultQueueRules, now)[1]!.behindBy).toBe('immediate')
})
test('what sets equals apart: severity, then age, then id', () => {
  const equalRank = item('grave', { severity: 3, dueAt: inHours(26) })
  const behind = (a: QueueItem, b: QueueItem) => queueOrder([a, b], defaultQueueRules, now).map(({ id, behindBy }) => [id, behindBy])
  expect(behind(item('light'), equalRank)).toEqual([
    ['grave', null],
    ['light', 'severity'],
  ])
  expect(behind(item('young', { receivedAt: inHours(-1) }), item('old'))).toEqual([
    ['old', null],
    ['young', 'age'],
  ])
  expect(behind(item('b'), item('a'))).toEqual([
    ['a', null],
    ['b', 'id'],
  ])
})
test('without a due time a case is ranked as if it were due five days after its receipt', () => {
  expect(rankTime(item('a', { dueAt: null, tier: null }), defaultQueueRules)).toEqual(inHours(-3 + 5 * 24))
  expect(queueOrder([item('a', { dueAt: null, tier: null })], defaultQueueRules, now)[0]).toMatchObject({ dueInMinutes: null, tier: null })
})
test('minutes are rounded down, and one that is overdue by seconds is not due in 0', () => {
  const place = queueOrder([item('a', { dueAt: new Date(now.getTime() - 1) })], defaultQueueRules, now)[0]!
  expect(place.dueInMinutes).toBe(-1)
  expect(queueOrder([item('a', { receivedAt: inHours(1) })], defaultQueueRules, now)[0]!.waitedMinutes).toBe(0)
})
test('when overtaking ends: a lead case due in a day is safe after a day and the largest head starts', () => {
  const waiting = item('w', { tier: 'lead', dueAt: inHours(21) })
  expect(overtakingEndsAfter(waiting, defaultQueueRules)).toBe(24 * 60 + 480 + 1440 + 240)
  expect(overtakingEndsAfter(item('p', { tier: 'platinum', severity: 1, place: 1, dueAt: inHours(-3) }), defaultQueueRules)).toBe(0)
})

const minutes = fc.integer({ min: -10_000, max: 10_000 })
const items: fc.Arbitrary<QueueItem> = fc
  .record({
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    received: minutes,
    target: fc.option(fc.integer({ min: 0, max: 20_000 })),
    tier: fc.constantFrom('lead', 'iron', 'gold', 'platinum', null),
    severity: fc.constantFrom(1, 2, 3, 4),
    place: fc.integer({ min: 1, max: 9 }),
    immediate: fc.boolean(),
  })
  .map(({ id, received, target, tier, severity, place, immediate }) => {
    const receivedAt = new Date(now.getTime() + received * 60_000)
    return {
      id,
      receivedAt,
      dueAt: target === null ? null : new Date(receivedAt.getTime() + target * 60_000),
      tier,
      severity,
      place,
      immediate,
    } as QueueItem
  })
const before = (a: QueueItem, b: QueueItem) => compareInQueue(a, b, defaultQueueRules)

test('a total order: of two one is first, and of three there is no circle', () =>
  fc.assert(
    fc.property(items, items, items, (a, b, c) => {
      expect(Math.sign(before(a, b))).toBe(-Math.sign(before(b, a)) + 0)
      expect(before(a, a)).toBe(0)
      if (before(a, b) < 0 && before(b, c) < 0) expect(before(a, c)).toBeLessThan(0)
    }),
  ))
test('an earlier due time, a higher tier, a graver severity, an earlier place or danger never moves a case back', () =>
  fc.assert(
    fc.property(items, items, fc.nat(5_000), (a, b, earlier) => {
      if (before(a, b) > 0 || a.dueAt === null) return
      const better: Partial<QueueItem>[] = [
        { dueAt: new Date(a.dueAt.getTime() - earlier * 60_000) },
        { tier: 'platinum' },
        { severity: 1 },
        { place: 1 },
        { immediate: true },
        { receivedAt: new Date(a.receivedAt.getTime() - earlier * 60_000) },
      ]
      for (const change of better) expect(before({ ...a, ...change }, b)).toBeLessThanOrEqual(0)
    }),
  ))
test('nobody starves: what arrives after overtaking has ended does not go ahead, dangers apart', () =>
  fc.assert(
    fc.property(items, items, (waiting, later) => {
      const since = (later.receivedAt.getTime() - waiting.receivedAt.getTime()) / 60_000
      if (later.immediate || since <= overtakingEndsAfter(waiting, defaultQueueRules)) return
      expect(before(waiting, later)).toBeLessThan(0)
    }),
    { numRuns: 1_000 },
  ))
test('the order does not depend on the clock or on how the cases come', () =>
  fc.assert(
    fc.property(fc.uniqueArray(items, { maxLength: 5, selector: ({ id }) => id }), minutes, (list, later) => {
      const here = queueOrder(list, defaultQueueRules, now).map(({ id }) => id)
      expect(queueOrder(list.toReversed(), defaultQueueRules, new Date(now.getTime() + later * 60_000)).map(({ id }) => id)).toEqual(here)
    }),
  ))
