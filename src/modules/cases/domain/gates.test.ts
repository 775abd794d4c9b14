import { describe, expect, test } from 'vitest'
import { at, judged, Story, upTo } from '#test/case-story.ts'
import type { Case } from './case.ts'
import { mustBeHandedOver, refusedFor, refusedHere } from './decide.ts'
import type { EventKind } from './event.ts'
import { decidedRemedies, plannedMinor, refundedMinor, remedyMinor } from './fold.ts'
import { reopensAt } from './going-back.ts'
import { needsNow } from './needs.ts'
import { netLossMinor } from './standing.ts'

// What a case must not get past, whatever is done in whatever order.

const remedy = (amountMinor: number, kind: 'refund' | 'goodwill' = 'refund') => ({
  remedies: [{ kind, text: null, amountMinor }],
  reason: 'It is owed',
  preventive: null,
  feasible: null,
})
const yes = { decision: 'approved', remedies: null, recovery: null, note: null } as const
const settled = (userId: string | null) => ({ userId, departmentId: 'transport', nobody: userId === null, delayedBy: null, note: null })
const cause = { causeId: null, text: 'Thin boxes', field: null, whys: [], occurrence: null, escape: null, evidence: [] }
const person = (userId: string) => ({ kind: 'person' as const, name: null, userId, departmentId: null })
const aboutOneself = (one: Case, act: EventKind, userId: string) => refusedFor(one, act, userId)?.reason === 'about-oneself'

describe('a case that is opened again', () => {
  test('goes on where it stood or before, never ahead of it', () => {
    const story = upTo('record')
    story.do('withdrawn', { reason: 'Found it' })
    expect(reopensAt(story.process, story.now)).toEqual(['record'])
  })
  test('that waited for its approval is not carried out', () => {
    const story = upTo('approval')
    story.do('withdrawn', { reason: 'x' })
    expect(reopensAt(story.process, story.now)).toEqual(['record', 'validity', 'department', 'cause', 'remedy', 'approval'])
  })
  test('that had been sent back does not jump to where it once was', () => {
    const story = upTo('review')
    story.do('sent-back', { from: 'review', to: 'cause', reason: 'Broken, too' })
    story.do('withdrawn', { reason: 'x' })
    expect(reopensAt(story.process, story.now)).toEqual(['record', 'validity', 'department', 'cause'])
  })
  test('that took another way does not enter the one it passed', () => {
    const story = new Story('suggestion')
    story.do('acknowledged', { text: 'x', sent: 'hand', answerBy: null })
    story.do('evaluated', { value: 'x', feasible: true, savingMinor: null, note: null })
    story.do('decided', { adopted: false, note: null })
    story.do('answered', { text: 'x', channel: 'email' })
    expect(reopensAt(story.process, story.now)).toEqual(['submit', 'evaluate', 'decide'])
  })
})

describe('a department', () => {
  test('that nobody named accepts nothing', () => {
    const story = upTo('department')
    expect(refusedHere(story.process, story.now, 'accepted')?.reason).toBe('nothing-routed')
    expect(needsNow(story.process, story.do('accepted', { note: null }))).toEqual([{ need: 'department', met: false }])
  })
  test('that has a case gives it on itself', () => {
    const story = upTo('department')
    expect(mustBeHandedOver(story.now)).toBe(false)
    story.do('routed', { departmentId: 'transport', personId: null, note: null, shares: [] })
    expect(mustBeHandedOver(story.now)).toBe(true)
  })
  test.each(['cause', 'remedy', 'approval'])('that is handed a case in %s has to accept it first, and looks itself', (step) => {
    const story = upTo(step)
    story.do('handed-over', { fromDepartmentId: 'transport', departmentId: 'quality', personId: 'dan', reason: 'It left us whole' }, 'ben')
    expect(story.now).toMatchObject({ step: 'department', departmentId: 'quality', accepted: null, cause: null, proposed: null })
    expect(story.events.at(-1)).toMatchObject({ kind: 'sent-back', data: { from: step, to: 'department', reason: 'It left us whole' } })
    expect(story.do('accepted', { note: null }, 'dan').step).toBe('cause')
  })
  test('that has not accepted it yet hands it on where it stands', () => {
    const story = upTo('department')
    story.do('routed', { departmentId: 'transport', personId: null, note: null, shares: [] })
    story.do('handed-over', { fromDepartmentId: 'transport', departmentId: 'quality', personId: null, reason: 'x' })
    expect(story.events.at(-1)?.kind).toBe('handed-over')
  })
})

describe('whoever a complaint is about', () => {
  const steering: readonly EventKind[] = [
    ...([
      'changed',
      'assessed',
      'judged',
      'read-again',
      'replied',
      'routed',
      'accepted',
      'handed-over',
      'cause-found',
      'proposed',
    ] as const),
    ...(['responsibility-settled', 'instructed', 'executed', 'told', 'loss-considered', 'penalty-considered', 'lesson-written'] as const),
    ...(['effectiveness-checked', 'sent-back', 'reopened', 'assigned', 'withdrawn', 'merged', 'converted', 'answered', 'paid'] as const),
    ...(['interim-remedy', 'hypothesis', 'feedback', 'paused'] as const),
  ]
  test('does nothing that steers it, and may be heard', () => {
    const story = upTo('validity', { target: person('ben') })
    expect(steering.filter((act) => !aboutOneself(story.now, act, 'ben'))).toEqual([])
    expect((['noted', 'message', 'task-changed', 'escalated'] as const).filter((act) => aboutOneself(story.now, act, 'ben'))).toEqual([])
    expect(steering.some((act) => aboutOneself(story.now, act, 'cid'))).toBe(false)
  })
  test('is not freed by aiming it at somebody else, nor by finding who it was anew', () => {
    const story = upTo('remedy', { target: person('fay') })
    story.do('changed', { changes: { target: person('gil') } })
    story.do('sent-back', { from: 'remedy', to: 'cause', reason: 'x' })
    story.do('cause-found', cause, 'ben')
    story.do('responsibility-settled', settled('hal'), 'ben')
    story.do('sent-back', { from: 'remedy', to: 'cause', reason: 'x' })
    expect(story.now.responsible).toBeNull()
    expect(story.now.about).toEqual(['fay', 'gil', 'hal'])
  })
  test('is freed where it was a mistake, by whoever may say so', () => {
    const story = upTo('validity', { target: person('fay') })
    story.do('changed', { changes: { target: person('gil') }, cleared: ['fay'] })
    expect(story.now.about).toEqual(['gil'])
  })
  test('handles it no more, neither as its owner nor for the department', () => {
    const story = upTo('cause')
    expect(story.now).toMatchObject({ ownerId: 'ada', personId: 'ben' })
    story.do('responsibility-settled', settled('ben'), 'dan')
    expect(story.now.personId).toBeNull()
    story.do('changed', { changes: { target: person('ada') } }, 'dan')
    expect(story.now.ownerId).toBeNull()
    expect(story.events.at(-1)).toMatchObject({ kind: 'assigned', data: { ownerId: null } })
  })
})

test('whoever had a hand in a proposal does not decide on it because a colleague said the same again', () => {
  const story = upTo('cause')
  story.do('cause-found', cause, 'cid')
  story.do('cause-found', cause, 'ben')
  story.do('responsibility-settled', settled(null), 'ben')
  story.do('proposed', remedy(5_000), 'ben')
  expect(refusedFor(story.now, 'instructed', 'cid')?.reason).toBe('own-decision')
  // Looked for anew, only those count who looked then.
  story.do('sent-back', { from: 'approval', to: 'cause', reason: 'x' })
  story.do('cause-found', cause, 'ben')
  story.do('responsibility-settled', settled(null), 'ben')
  story.do('proposed', remedy(5_000), 'ben')
  expect(refusedFor(story.now, 'instructed', 'cid')).toBeNull()
})

describe('a matter that was settled', () => {
  test.each(['cause', 'remedy', 'execution'])('is not settled any more when it is sent back to %s', (to) => {
    const story = upTo('review')
    expect(story.now).toMatchObject({ state: 'resolved', resolvedAt: at })
    story.do('sent-back', { from: 'review', to, reason: 'The exchange is broken, too' })
    expect(story.now).toMatchObject({ state: 'open', resolvedAt: null, step: to, reopened: 0 })
  })
  test('waits for a decision on its second remedy, and is settled anew', () => {
    const story = upTo('review')
    story.do('sent-back', { from: 'review', to: 'remedy', reason: 'x' })
    story.do('proposed', remedy(2_000), 'ben')
    expect(story.now).toMatchObject({ step: 'approval', state: 'open', instructed: null })
    story.do('instructed', yes, 'cid')
    for (const act of ['executed', 'told', 'asked', 'penalty-considered', 'loss-considered'] as const)
      story.do(act, {
        note: 'x',
        fileIds: [],
        accepted: true,
        text: 'x',
        channel: 'phone',
        how: 'phone',
        penaltyIds: [],
        lossMinor: 0,
      } as never)
    expect(story.now).toMatchObject({ step: 'review', state: 'resolved' })
  })
})

describe('what a case gave', () => {
  test('is nothing while it is only proposed, also where it ends so', () => {
    const story = upTo('approval')
    expect([remedyMinor(story.now), plannedMinor(story.now), decidedRemedies(story.now)]).toEqual([0, 5_000, []])
    story.do('withdrawn', { reason: 'x' })
    expect(remedyMinor(story.now)).toBe(0)
  })
  test('stays given when its cause comes back, beside what is given then', () => {
    const story = upTo('execution')
    expect(remedyMinor(story.now)).toBe(5_000)
    story.do('executed', { note: 'x', fileIds: [], accepted: true })
    story.do('recovery', { id: 'r', source: 'carrier', text: 'x', amountMinor: 4_000, received: true })
    story.do('sent-back', { from: 'execution', to: 'remedy', reason: 'x' })
    expect([remedyMinor(story.now), netLossMinor(story.now)]).toEqual([5_000, 1_000])
    story.do('proposed', remedy(2_000), 'ben')
    story.do('instructed', yes, 'cid')
    expect([remedyMinor(story.now), netLossMinor(story.now), refundedMinor(story.now)]).toEqual([7_000, 3_000, 2_000])
  })
  test('counts once, however often the same decision is carried out', () => {
    const story = upTo('review')
    story.do('sent-back', { from: 'review', to: 'execution', reason: 'It went to the old address' })
    story.do('executed', { note: 'Sent once more', fileIds: [], accepted: true })
    expect(remedyMinor(story.now)).toBe(5_000)
  })
  test('is what was paid of it, and a refund stays one', () => {
    const story = new Story('claim')
    story.do('acknowledged', { text: 'x', sent: 'hand', answerBy: null })
    story.do('judged', judged)
    story.do('proposed', remedy(10_000), 'ben')
    story.do('instructed', yes, 'cid')
    story.do('paid', { amountMinor: 8_000, reference: null })
    expect([remedyMinor(story.now), refundedMinor(story.now)]).toEqual([8_000, 8_000])
  })
})

test('a complaint ends where the last planned check cannot tell, and says so; an earlier one leaves it open', () => {
  const story = upTo('review')
  story.do('lesson-written', { lesson: 'x', improvement: 'x', outcomes: [], bulletinId: null })
  const check = { verdict: 'too-little-data', before: 1, after: 0, note: null } as const
  expect(story.do('effectiveness-checked', { ...check, days: 30, last: false }).state).toBe('resolved')
  expect(story.do('effectiveness-checked', { ...check, days: 90, last: true }).state).toBe('closed')
})
