import { describe, expect, test } from 'vitest'
import { Story, upTo } from '#test/case-story.ts'
import { companyHours, hoursOfDepartment, momentsOf, policyTermsKey } from './clock-log.ts'
import { holdsOf, until } from './clocks/log.ts'
import { handOversOf } from './clocks/stalled.ts'
import type { EventKind, Kinds } from './event.ts'

// What of a case's log reaches its clocks.

const minute = 60_000
/** A story whose events happen one minute after another, and what it says to clocks. */
const told = (story: Story, hours: ReadonlyMap<string, string> = new Map()) => {
  const start = story.events[0]!.at.getTime()
  const events = story.events.map((event) => ({ ...event, at: new Date(start + event.seq * minute) }))
  const moments = momentsOf(story.process, events, hours)
  return {
    moments,
    events,
    at: (seq: number) => new Date(start + seq * minute),
    holds: holdsOf(until(moments, new Date(start + 1_000 * minute))),
  }
}
const message = (automatic: boolean): Kinds['message'] => ({ messageId: 'm', direction: 'in', channel: 'email', automatic })
const during = <K extends EventKind>(story: Story, kind: K, data: Kinds[K]) => {
  story.do(kind, data)
  return story.events.length
}

describe('a pause', () => {
  test('ends with the step in which it was made', () => {
    const story = upTo('record')
    const from = during(story, 'paused', { reason: 'Pictures', until: null })
    story.do('acknowledged', { text: 'x', sent: 'hand', answerBy: null })
    const { holds, at } = told(story)
    expect(story.now).toMatchObject({ step: 'validity', paused: null })
    expect(holds).toMatchObject([{ from: at(from).getTime(), to: at(from + 2).getTime() }])
  })
  test('ends when the case is sent back', () => {
    const story = upTo('cause')
    const from = during(story, 'paused', { reason: 'Pictures', until: null })
    story.do('sent-back', { from: 'cause', to: 'department', reason: 'x' })
    const { holds, at } = told(story)
    expect(holds).toMatchObject([{ from: at(from).getTime(), to: at(from + 1).getTime() }])
  })
  test('ends when it was said to, where nothing ends it before', () => {
    const story = upTo('record')
    const start = story.events[0]!.at.getTime()
    const from = during(story, 'paused', { reason: 'The part', until: new Date(start + 500 * minute) })
    expect(told(story).holds).toMatchObject([{ from: start + from * minute, to: start + 500 * minute }])
    // Ended by hand, and made again without an end: the first one's end says nothing about the second.
    story.do('resumed', { note: null })
    during(story, 'paused', { reason: 'Pictures', until: null })
    expect(told(story).holds.at(-1)?.to).toBe(Number.POSITIVE_INFINITY)
  })
  test('ends with what the customer writes, not with what their machine does', () => {
    const story = upTo('record')
    during(story, 'paused', { reason: 'Pictures', until: null })
    const machine = during(story, 'message', message(true))
    expect(told(story).holds.at(-1)?.to).toBe(Number.POSITIVE_INFINITY)
    expect(told(story).moments.filter(({ at }) => at.getTime() === told(story).at(machine).getTime())).toEqual([])
    const written = during(story, 'message', message(false))
    expect(told(story).holds.at(-1)?.to).toBe(told(story).at(written).getTime())
  })
})

test('a matter that was settled and is sent back is solved no more', () => {
  const story = upTo('review')
  story.do('sent-back', { from: 'review', to: 'remedy', reason: 'x' })
  expect(
    told(story)
      .moments.slice(-3)
      .map(({ kind }) => kind),
  ).toEqual(['step-left', 'reopened', 'step-entered'])
  const before = upTo('remedy')
  before.do('sent-back', { from: 'remedy', to: 'cause', reason: 'x' })
  expect(told(before).moments.some(({ kind }) => kind === 'reopened')).toBe(false)
})

test('a day of receipt that is put right counts for every due time', () => {
  const story = upTo('record')
  const day = new Date('2026-03-02T02:00:00Z')
  story.do('changed', { changes: { receivedAt: day } })
  story.do('changed', { changes: { subject: 'Jars' } })
  const received = told(story).moments.filter(({ kind }) => kind === 'received' || kind === 'calendar-changed')
  expect(received.map(({ at }) => at)).toEqual([day, day])
})

describe('the hours that a policy names', () => {
  const own = { policyId: 'own', version: 1, tier: null, priority: 5 }
  const plain = { policyId: 'plain', version: 1, tier: null, priority: 5 }
  const hours = new Map([[policyTermsKey('own', 1), 'service']])
  const calendars = (story: Story) =>
    told(story, hours).moments.flatMap((moment) => ('calendar' in moment && moment.calendar !== companyHours ? [moment.calendar] : []))
  test('hold as long as the policy does', () => {
    const story = upTo('cause')
    story.do('policy-applied', { policy: own })
    story.do('policy-applied', { policy: plain })
    expect(calendars(story)).toEqual(['transport', 'service', 'transport'].map(hoursOfDepartment))
    const without = new Story('request')
    without.do('policy-applied', { policy: own })
    without.do('policy-applied', { policy: plain })
    expect(told(without, hours).moments.at(-1)).toMatchObject({ kind: 'calendar-changed', whose: 'department', calendar: companyHours })
  })
  test('are no hand-over', () => {
    const story = new Story('complaint')
    story.do('policy-applied', { policy: own })
    story.do('routed', { departmentId: 'transport', personId: null, note: null, shares: [] })
    story.do('policy-applied', { policy: own })
    expect(handOversOf(told(story, hours).moments)).toEqual([])
    story.do('handed-over', { fromDepartmentId: 'transport', departmentId: 'quality', personId: null, reason: 'x' })
    expect(handOversOf(told(story, hours).moments)).toHaveLength(1)
    // Whoever it is handed to, the hours stay those of the policy.
    expect(new Set(calendars(story))).toEqual(new Set([hoursOfDepartment('service')]))
  })
})
