import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { at, judged, Story, upTo } from '#test/case-story.ts'
import type { Case } from './case.ts'
import { refusedFor, refusedHere } from './decide.ts'
import { happened, type NewEvent } from './event.ts'
import { fold } from './fold.ts'
import { needsNow, wayOn } from './needs.ts'
import { withoutWords, withWords } from './words.ts'

describe('a complaint', () => {
  test('stands in its first step, with the acknowledgement as the only thing that is missing', () => {
    const story = new Story('complaint')
    expect(needsNow(story.process, story.now)).toEqual([
      { need: 'recorded', met: true },
      { need: 'acknowledged', met: false },
    ])
  })

  test('walks through the eight steps, and is settled when its remedy is carried out', () => {
    const story = upTo('review')
    expect(story.now.stays.map(({ step }) => step)).toEqual([
      'record',
      'validity',
      'department',
      'cause',
      'remedy',
      'approval',
      'execution',
      'review',
    ])
    expect(story.now).toMatchObject({ state: 'resolved', resolvedAt: at })
    story.do('lesson-written', { lesson: 'Boxes', improvement: 'Thicker boxes', outcomes: [], bulletinId: null })
    expect(story.now.state).toBe('resolved')
    story.do('effectiveness-checked', { days: 30, verdict: 'effective', before: 3, after: 0, note: null })
    expect(story.now).toMatchObject({ state: 'closed', closedAt: at, step: 'review' })
  })

  test.each([
    ['record', 'judged'],
    ['validity', 'proposed'],
    ['cause', 'executed'],
    ['remedy', 'instructed'],
    ['remedy', 'executed'],
    ['approval', 'executed'],
    ['approval', 'lesson-written'],
    ['execution', 'lesson-written'],
  ] as const)('in step %s nobody can do what belongs elsewhere: %s', (step, act) => {
    const story = upTo(step)
    expect(story.now.step).toBe(step)
    expect(refusedHere(story.process, story.now, act)?.reason).toBe('not-in-this-step')
  })

  test('that is not established ends with a tactful reply and a second reader, and asks nothing more', () => {
    const story = upTo('validity')
    story.do('judged', { ...judged, reasonSufficient: false, finding: 'unfounded' })
    expect(needsNow(story.process, story.now).map(({ need }) => need)).toEqual(['judged', 'second-reading', 'reply'])
    story.do('replied', { text: 'We are sorry that it looked so', channel: 'phone' })
    expect(story.now.state).toBe('open')
    expect(refusedFor(story.now, 'read-again', 'ada')?.reason).toBe('own-decision')
    story.do('read-again', { agrees: true, note: null }, 'ben')
    expect(story.now).toMatchObject({ state: 'closed', step: 'validity' })
  })

  test('that the second reader sees otherwise is judged again', () => {
    const story = upTo('validity')
    story.do('judged', { ...judged, reasonSufficient: false, finding: 'unfounded' })
    story.do('read-again', { agrees: false, note: 'The picture shows it' }, 'ben')
    expect(story.now).toMatchObject({ judged: null, step: 'validity', state: 'open' })
  })

  test('whose proposal is rejected goes back to whoever proposes, and the cause stays', () => {
    const story = upTo('approval')
    story.do('instructed', { decision: 'rejected', remedies: null, recovery: null, note: 'Too little' }, 'cid')
    expect(story.now).toMatchObject({ step: 'remedy', proposed: null, instructed: null, cause: { text: 'Thin boxes' } })
  })

  test('nobody decides on what they proposed, and nobody handles a complaint about themselves', () => {
    const { now } = upTo('approval')
    expect(refusedFor(now, 'instructed', 'ben')?.reason).toBe('own-decision')
    expect(refusedFor(now, 'instructed', 'cid')).toBeNull()
    const about = { ...now, about: ['cid'] }
    expect(refusedFor(about, 'instructed', 'cid')?.reason).toBe('about-oneself')
    expect(refusedFor(about, 'noted', 'cid')).toBeNull()
  })

  test('whose cause comes back is open again at the search for it', () => {
    const story = upTo('review')
    story.do('lesson-written', { lesson: 'Boxes', improvement: 'Thicker boxes', outcomes: [], bulletinId: null })
    story.do('effectiveness-checked', { days: 30, verdict: 'not-effective', before: 3, after: 4, note: 'Again' })
    expect(story.now).toMatchObject({ state: 'open', step: 'cause', cause: null, resolvedAt: null, reopened: 1, lesson: null })
  })

  test('that has ended takes notes and can be opened again, and nothing else', () => {
    const story = upTo('validity')
    story.do('withdrawn', { reason: 'Found it' })
    expect(refusedHere(story.process, story.now, 'judged')?.reason).toBe('not-open')
    expect(refusedHere(story.process, story.now, 'noted')).toBeNull()
    story.do('reopened', { to: 'validity', reason: 'It was another one' })
    expect(story.now).toMatchObject({ state: 'open', step: 'validity', ended: null, closedAt: null })
  })
})

test('a suggestion that is declined ends with its answer; one that is adopted is rewarded and published', () => {
  for (const adopted of [true, false]) {
    const story = new Story('suggestion')
    story.do('acknowledged', { text: 'Thank you', sent: 'hand', answerBy: null })
    story.do('evaluated', { value: 'Saves boxes', feasible: true, savingMinor: null, note: null })
    story.do('decided', { adopted, note: null })
    story.do('answered', { text: 'We do it', channel: 'email' })
    expect(story.now).toMatchObject(adopted ? { step: 'reward', state: 'resolved' } : { step: 'decide', state: 'closed' })
  }
})

test('an enquiry is closed by its answer', () => {
  const story = new Story('enquiry')
  expect(story.do('answered', { text: 'At nine', channel: 'chat' })).toMatchObject({ state: 'closed' })
})

test('whatever is done in whatever order, each step is left only with all it needs, and every beginning of the log folds to the same as then', () => {
  const tried = (choices: readonly number[]) => {
    const story = new Story('complaint')
    const acts: readonly NewEvent[] = [
      happened('acknowledged', { text: 'x', sent: 'hand', answerBy: null }),
      happened('judged', judged),
      happened('judged', { ...judged, finding: 'unfounded', reasonSufficient: false }),
      happened('read-again', { agrees: true, note: null }),
      happened('replied', { text: 'x', channel: 'phone' }),
      happened('routed', { departmentId: 'd', personId: null, note: null, shares: [] }),
      happened('accepted', { note: null }),
      happened('cause-found', { causeId: null, text: 'x', field: null, whys: [], occurrence: null, escape: null, evidence: [] }),
      happened('responsibility-settled', { userId: null, departmentId: null, nobody: true, delayedBy: null, note: null }),
      happened('proposed', { remedies: [{ kind: 'apology', text: null, amountMinor: 0 }], reason: 'x', preventive: null, feasible: null }),
      happened('instructed', { decision: 'approved', remedies: null, recovery: null, note: null }),
      happened('instructed', { decision: 'rejected', remedies: null, recovery: null, note: 'x' }),
      happened('executed', { note: 'x', fileIds: [], accepted: null }),
      happened('told', { text: 'x', channel: 'phone', escalationRoute: null }),
      happened('asked', { how: 'phone' }),
      happened('penalty-considered', { penaltyIds: [], note: 'x' }),
      happened('loss-considered', { lossMinor: 0, recoveredMinor: 0, note: null }),
      happened('lesson-written', { lesson: 'x', improvement: 'x', outcomes: [], bulletinId: null }),
      happened('effectiveness-checked', { days: 30, verdict: 'effective', before: null, after: null, note: null }),
      happened('effectiveness-checked', { days: 30, verdict: 'not-effective', before: null, after: null, note: null }),
    ]
    const seen: Case[] = []
    for (const choice of choices) {
      const act = acts[choice % acts.length]!
      if (refusedHere(story.process, story.now, act.kind) !== null) continue
      story.do(act.kind, act.data as never)
      seen.push(story.now)
      if (story.now.state !== 'closed') expect(wayOn(story.process, story.now)).toBeNull()
    }
    for (const then of seen) expect(fold(story.process, story.events.slice(0, then.version))).toEqual(then)
    const executed = story.events.findIndex(({ kind }) => kind === 'executed')
    if (executed >= 0)
      expect(story.events.slice(0, executed).some((event) => event.kind === 'instructed' && event.data.decision === 'approved')).toBe(true)
  }
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 40 }), tried))
})

test('what people wrote is kept apart, and comes back as it was; erased, the rest stays', () => {
  const { events } = upTo('review')
  for (const { kind, data } of events) {
    const split = withoutWords(kind, data as never)
    expect(withWords(kind, split.data, split.words, false)).toEqual(data)
  }
  const split = withoutWords('opened', events[0]!.data as never)
  expect(JSON.stringify(split.data)).not.toContain('jars')
  expect(withWords('opened', split.data, {}, true)).toMatchObject({
    number: '2026-000001',
    record: { subject: '—', category: 'freight', complainant: null },
  })
})
