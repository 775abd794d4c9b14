import { describe, expect, test } from 'vitest'
import { dayIn, endOfDay } from '#modules/organization/domain.ts'
import { at, judged, type Story, upTo } from '#test/case-story.ts'
import {
  answerDue,
  answeredAgainst,
  appealableAt,
  appealableUntil,
  couldAppeal,
  isContested,
  mayJudge,
  openAppeal,
  routeTold,
} from './contest.ts'
import type { AppealOutcome, ReferralOutcome } from './contest-words.ts'
import { refusedFor, refusedHere } from './decide.ts'

const days = (appealDays: number, timeZone = 'Asia/Taipei') => ({
  appealDays,
  dayOf: (moment: Date) => dayIn(timeZone, moment),
  endOf: (day: string) => new Date(endOfDay(timeZone, day).getTime() - 60_000),
})
const unfounded = { ...judged, reasonSufficient: false, finding: 'unfounded' } as const
const appeal = (story: Story, against: 'finding' | 'remedy' = 'finding') =>
  story.do('appealed', {
    ...{ id: `a${story.now.appeals.length}`, of: answeredAgainst(story.now)!.of, against, reason: 'No', channel: 'phone' },
    ...{ dueAt: at, workingDays: 10 },
  })
const decide = (story: Story, outcome: AppealOutcome) =>
  story.do(
    'appeal-decided',
    { id: openAppeal(story.now)!.id, outcome, text: 'Because', channel: 'phone', escalationRoute: 'The board' },
    'eve',
  )
const refer = (story: Story, dueOn: string | null = null) =>
  story.do('referred', { id: 'r', bodyId: 'b', body: 'The board', reference: null, receivedOn: '2026-03-10', dueOn, note: null })
const end = (story: Story, outcome: ReferralOutcome, binding: boolean) =>
  story.do('referral-decided', { id: 'r', outcome, binding, decidedOn: '2026-03-11', redressMinor: 0, redressBy: null, note: null })
/** Turned down by two and told so; `outside`: a body outside looks at it meanwhile. */
function turnedDown(outside = false): Story {
  const story = upTo('validity')
  if (outside) refer(story)
  story.do('judged', unfounded)
  story.do('read-again', { agrees: true, note: null }, 'cid')
  story.do('replied', { text: 'Sorry', channel: 'phone', escalationRoute: 'The ombudsman' })
  return story
}
/** Told of the decision, with what the customer said since. */
function told(finding: 'founded' | 'partly', demandReasonable = true): Story {
  const story = upTo('validity')
  story.do('judged', { ...judged, finding, demandReasonable })
  story.do('routed', { departmentId: 'transport', personId: 'ben', note: null, shares: [] })
  story.do('accepted', { note: null }, 'ben')
  story.do('cause-found', { causeId: null, text: 'x', field: null, whys: [], occurrence: null, escape: null, evidence: [] }, 'ben')
  story.do('responsibility-settled', { userId: null, departmentId: null, nobody: true, delayedBy: null, note: null }, 'ben')
  story.do(
    'proposed',
    { remedies: [{ kind: 'apology', text: null, amountMinor: 0 }], reason: 'x', preventive: null, feasible: null },
    'ben',
  )
  story.do('instructed', { decision: 'approved', remedies: null, recovery: null, note: null }, 'cid')
  story.do('told', { text: 'This is it', channel: 'phone', escalationRoute: null })
  return story
}

describe('what may be appealed against', () => {
  test('is what was turned down, once it was replied to', () => {
    const story = upTo('validity')
    expect(answeredAgainst(story.now)).toBeNull()
    story.do('judged', unfounded)
    expect(answeredAgainst(story.now)).toBeNull()
    expect(answeredAgainst(turnedDown().now)).toMatchObject({ against: 'finding', ground: 'not-established' })
  })
  test.each([
    ['founded', true, null],
    ['partly', true, 'partly'],
    ['founded', false, 'demand-refused'],
  ] as const)('of what is %s, with a demand that is reasonable: %s, is %s', (finding, reasonable, ground) => {
    expect(answeredAgainst(told(finding, reasonable).now)?.ground ?? null).toBe(ground)
  })
  test('is what the customer does not take, or is not content with', () => {
    const refused = told('founded')
    refused.do('remedy-answered', { accepted: false, note: null })
    expect(answeredAgainst(refused.now)).toMatchObject({ ground: 'remedy-refused', against: 'remedy' })
    const poor = told('founded')
    poor.do('feedback', { satisfied: false, score: null, text: null })
    expect(answeredAgainst(poor.now)).toMatchObject({ ground: 'not-satisfied' })
  })
  test('within its days, once for each decision, and not at all where the company wants no appeals', () => {
    const story = turnedDown()
    expect(appealableUntil(story.now, days(30))).toMatchObject({ ground: 'not-established' })
    expect(appealableUntil(story.now, days(0))).toBeNull()
    appeal(story)
    expect(appealableUntil(story.now, days(30))).toBeNull()
    decide(story, 'dismissed')
    expect(appealableUntil(story.now, days(30))).toBeNull()
  })
  // The answer is given on 10 March at 02:00 UTC; the clocks of Berlin and New York change in the thirty days behind it, in New York it is still the 9th.
  test.each([
    ['UTC', '2026-04-09T23:59:59.999Z'],
    ['Asia/Taipei', '2026-04-09T15:59:59.999Z'],
    ['Europe/Berlin', '2026-04-09T21:59:59.999Z'],
    ['America/New_York', '2026-04-09T03:59:59.999Z'],
  ])('until the last day that was named has ended, in %s', (timeZone, last) => {
    const story = turnedDown()
    expect(appealableAt(story.now, days(30, timeZone), new Date(last))).not.toBeNull()
    expect(appealableAt(story.now, days(30, timeZone), new Date(Date.parse(last) + 1))).toBeNull()
  })
  test('is the remedy too where the finding, which was partly right, was appealed against before', () => {
    const story = told('partly')
    expect(couldAppeal(story.now)).toBe(true)
    appeal(story)
    decide(story, 'dismissed')
    expect(appealableUntil(story.now, days(30))).toBeNull()
    story.do('remedy-answered', { accepted: false, note: null })
    expect(appealableUntil(story.now, days(30))).toMatchObject({ against: 'remedy', ground: 'remedy-refused' })
    appeal(story, 'remedy')
    decide(story, 'dismissed')
    expect(appealableUntil(story.now, days(30))).toBeNull()
    expect(couldAppeal(story.now)).toBe(false)
  })
  test('is promised before the answer is given, and not again once it was judged', () => {
    const story = upTo('validity')
    expect(couldAppeal(story.now)).toBe(false)
    story.do('judged', unfounded)
    expect(couldAppeal(story.now)).toBe(true)
    const over = turnedDown()
    appeal(over)
    decide(over, 'dismissed')
    expect(couldAppeal(over.now)).toBe(false)
  })
  test('names the decision and not the telling, so that told again it is none of its own', () => {
    const story = told('founded', false)
    const { of } = answeredAgainst(story.now)!
    story.do('told', { text: 'Again', channel: 'phone', escalationRoute: null })
    expect(answeredAgainst(story.now)!.of).toBe(of)
    const { proposed, version } = story.now
    const unapproved = { ...story.now, instructed: null, told: { ...story.now.told!, seq: version } }
    expect(answeredAgainst(unapproved)!.of).toBe(proposed!.seq)
  })
})

describe('an appeal', () => {
  test.each([
    ['upheld', 'open', 'validity', 1],
    ['partly', 'open', 'validity', 1],
    ['dismissed', 'closed', 'validity', 0],
  ] as const)('that is %s leaves the case %s at %s', (outcome, state, step, reopened) => {
    const story = turnedDown()
    appeal(story)
    expect(story.now).toMatchObject({ state: 'closed', reopened: 0 })
    decide(story, outcome)
    expect(story.now).toMatchObject({ state, step, reopened })
    expect(story.now.judged === null).toBe(outcome !== 'dismissed')
    expect(openAppeal(story.now)).toBeNull()
  })
  test('against a remedy goes back to the proposal, also where the case was never closed', () => {
    const story = told('founded')
    story.do('remedy-answered', { accepted: false, note: null })
    expect(story.now.state).toBe('open')
    appeal(story, 'remedy')
    decide(story, 'upheld')
    expect(story.now).toMatchObject({ state: 'open', step: 'remedy', proposed: null, instructed: null, reopened: 0 })
    expect(story.now.judged).not.toBeNull()
  })
  test('is judged by nobody who took part in any round, and what was overturned is found anew by another', () => {
    const story = turnedDown()
    appeal(story)
    for (const [who, may] of [
      ['ada', false],
      ['cid', false],
      ['eve', true],
    ] as const) {
      expect(mayJudge(story.now, who)).toBe(may)
      expect(refusedFor(story.now, 'appeal-decided', who)?.reason ?? null).toBe(may ? null : 'own-decision')
    }
    decide(story, 'upheld')
    expect(refusedFor(story.now, 'judged', 'ada')?.reason).toBe('own-decision')
    expect(refusedFor(story.now, 'judged', 'eve')).toBeNull()
    // What a case goes back behind frees nobody.
    expect(mayJudge(story.now, 'cid')).toBe(false)
    const remedy = told('founded')
    for (const who of ['ada', 'ben', 'cid']) expect(mayJudge(remedy.now, who)).toBe(false)
  })
  test('that is upheld while a body outside keeps the case from ending is judged anew all the same', () => {
    const story = turnedDown(true)
    expect(story.now).toMatchObject({ state: 'resolved', step: 'validity' })
    appeal(story)
    decide(story, 'upheld')
    expect(story.now).toMatchObject({ state: 'open', step: 'validity', judged: null, overturned: ['ada'] })
  })
  test('bars from finding anew whoever found what was overturned, also as a second reader, and nobody else', () => {
    const story = turnedDown()
    appeal(story)
    decide(story, 'upheld')
    story.do('judged', unfounded, 'fay')
    expect(refusedFor(story.now, 'read-again', 'ada')?.reason).toBe('own-decision')
    expect(refusedFor(story.now, 'read-again', 'cid')).toBeNull()
    // Found for the second time, by another, and sent back without anybody overturning it.
    story.do('read-again', { agrees: false, note: null }, 'cid')
    expect(refusedFor(story.now, 'judged', 'fay')).toBeNull()
    expect(story.now.overturned).toEqual(['ada'])
    const partly = told('partly')
    appeal(partly)
    partly.do('sent-back', { from: partly.now.step, to: 'validity', reason: 'x' })
    partly.do('judged', unfounded, 'fay')
    expect(partly.now.overturned).toEqual([])
  })
  test.each([
    ['validity', true],
    ['remedy', false],
  ])('against the finding that is sent back to %s lapses: %s', (to, lapsed) => {
    const story = told('partly')
    appeal(story)
    story.do('sent-back', { from: story.now.step, to, reason: 'x' })
    expect(story.now.appeals).toMatchObject([{ lapsed, decided: null }])
  })
  test('against a remedy lapses where it is decided anew, also since its cause proved not to be gone', () => {
    const story = told('founded', false)
    appeal(story, 'remedy')
    story.do('sent-back', { from: story.now.step, to: 'approval', reason: 'x' })
    expect(openAppeal(story.now)).toBeNull()
    const done = upTo('review', { demand: { kind: 'refund', text: null, amountMinor: null } })
    done.do('feedback', { satisfied: false, score: null, text: null })
    appeal(done, 'remedy')
    const check = { days: 30, before: 3, after: 3, verdict: 'not-effective', note: null } as const
    done.do('effectiveness-checked', check)
    expect(done.now).toMatchObject({ step: 'cause', appeals: [{ lapsed: true }] })
  })
  test('lapses where the customer withdraws the case, and keeps it from being opened again meanwhile', () => {
    const story = told('partly')
    appeal(story)
    expect(refusedHere(story.process, story.now, 'merged')?.reason).toBe('contested')
    expect(refusedHere(story.process, story.now, 'withdrawn')).toBeNull()
    story.do('withdrawn', { reason: 'x' })
    expect(story.now.appeals).toMatchObject([{ lapsed: true, decided: null }])
    const closed = turnedDown()
    appeal(closed)
    expect(refusedHere(closed.process, closed.now, 'reopened')?.reason).toBe('contested')
  })
  test('that the customer takes back leaves the answer standing, and can be made again while there is time', () => {
    const story = turnedDown()
    appeal(story)
    for (const [who, reason] of [
      ['ada', 'own-decision'],
      ['cid', 'own-decision'],
      ['bea', undefined],
    ] as const)
      expect(refusedFor(story.now, 'appeal-withdrawn', who)?.reason).toBe(reason)
    expect(refusedHere(story.process, story.now, 'appeal-withdrawn')).toBeNull()
    story.do('appeal-withdrawn', { id: openAppeal(story.now)!.id, channel: 'phone', note: 'Content after all' }, 'bea')
    expect(story.now).toMatchObject({ state: 'closed', reopened: 0, judged: { finding: 'unfounded' }, overturned: [] })
    expect(story.now.appeals).toMatchObject([{ withdrawn: { note: 'Content after all', by: 'bea' }, decided: null, lapsed: false }])
    expect([openAppeal(story.now), isContested(story.now)]).toEqual([null, false])
    expect(refusedHere(story.process, story.now, 'reopened')).toBeNull()
    expect(appealableUntil(story.now, days(30))).toMatchObject({ ground: 'not-established' })
    appeal(story)
    decide(story, 'dismissed')
    expect(story.now.appeals).toMatchObject([{ decided: null }, { decided: { outcome: 'dismissed' } }])
    expect(appealableUntil(story.now, days(30))).toBeNull()
  })
  test('lets a case end that waited for nothing but it, once it is taken back', () => {
    const story = turnedDown(true)
    appeal(story)
    end(story, 'not-upheld', false)
    expect(story.now.state).toBe('resolved')
    story.do('appeal-withdrawn', { id: openAppeal(story.now)!.id, channel: 'web', note: null }, 'bea')
    expect(story.now.state).toBe('closed')
  })
  test('tells last where else to turn', () => {
    const story = turnedDown()
    expect(routeTold(story.now)).toBe('The ombudsman')
    appeal(story)
    decide(story, 'dismissed')
    expect(routeTold(story.now)).toBe('The board')
  })
})

describe('what was taken outside', () => {
  test.each([
    ['upheld', true, 'open'],
    ['partly', true, 'open'],
    ['upheld', false, 'closed'],
    ['not-upheld', true, 'closed'],
    ['settled', false, 'closed'],
    ['withdrawn', false, 'closed'],
    ['outside-remit', false, 'closed'],
  ] as const)('and ended there %s, binding: %s, leaves a closed case %s', (outcome, binding, state) => {
    const story = turnedDown()
    refer(story)
    expect(isContested(story.now)).toBe(true)
    end(story, outcome, binding)
    expect(story.now.state).toBe(state)
    expect(isContested(story.now)).toBe(false)
  })
  test('and binds the company goes back to the remedy where the case came so far', () => {
    const story = told('partly')
    refer(story)
    end(story, 'upheld', true)
    expect(story.now).toMatchObject({ step: 'remedy', state: 'open', proposed: null })
  })
  test('bars who found what it overturned, and ends the appeal against it', () => {
    const story = turnedDown(true)
    appeal(story)
    end(story, 'upheld', true)
    expect(story.now).toMatchObject({ state: 'open', step: 'validity', judged: null, overturned: ['ada'], appeals: [{ lapsed: true }] })
    expect(refusedFor(story.now, 'judged', 'ada')?.reason).toBe('own-decision')
    const kept = told('partly')
    refer(kept)
    end(kept, 'upheld', true)
    // The remedy is found anew, and the finding stands.
    expect(kept.now.overturned).toEqual([])
  })
  test.each(['merged', 'converted'] as const)(
    'of a case that is %s is noted on the one that goes on, and does not open it again',
    (kind) => {
      const story = turnedDown()
      story.do('reopened', { to: 'validity', reason: 'x' })
      if (kind === 'merged') story.do('merged', { intoCaseId: 'c', reason: 'x' })
      else story.do('converted', { caseId: 'c', kind: 'enquiry' } as never)
      expect(refusedHere(story.process, story.now, 'referred')?.reason).toBe('goes-on-elsewhere')
      refer(story)
      end(story, 'upheld', true)
      expect(story.now.state).toBe(kind)
    },
  )
  test('keeps what was answered from being found otherwise behind it', () => {
    const story = turnedDown(true)
    for (const act of ['judged', 'read-again', 'replied'] as const)
      expect(refusedHere(story.process, story.now, act)?.reason).toBe('contested')
    story.do('reopened', { to: 'validity', reason: 'x' })
    expect(refusedHere(story.process, story.now, 'judged')).toBeNull()
  })
  test('holds the end of a case until it has ended there', () => {
    const story = upTo('validity')
    refer(story)
    expect(refusedHere(story.process, story.now, 'withdrawn')?.reason).toBe('contested')
    story.do('judged', unfounded)
    story.do('read-again', { agrees: true, note: null }, 'cid')
    story.do('replied', { text: 'Sorry', channel: 'phone' })
    expect(story.now).toMatchObject({ state: 'resolved', closedAt: null })
    end(story, 'not-upheld', false)
    expect(story.now.state).toBe('closed')
  })
  test('wants an answer until it was sent one, and again where it asks by another day', () => {
    const story = turnedDown()
    const due = () => answerDue(story.now.referrals[0]!)
    refer(story, '2026-03-20')
    expect(due()).toBe('2026-03-20')
    story.do('referral-sent', { id: 'r', text: 'All of it', fileIds: [] })
    expect(due()).toBeNull()
    story.do('referral-changed', { id: 'r', reference: '7', dueOn: '2026-03-20' })
    expect(due()).toBeNull()
    story.do('referral-changed', { id: 'r', reference: '7', dueOn: '2026-04-01' })
    expect(due()).toBe('2026-04-01')
    end(story, 'settled', false)
    expect(due()).toBeNull()
  })
})
