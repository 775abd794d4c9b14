import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allocate, auditItems, isAnswered, itemCounts, toldByLog } from './audit.ts'
import { type CaseEvent, type CaseRecord, happened, type NewEvent } from './event.ts'
import { fold } from './fold.ts'
import { shippedOf } from './shipped.ts'
import { verdicts } from './taxonomy.ts'

describe('a sample by strata', () => {
  test.each([
    [[90, 9, 1], 10, [8, 1, 1]],
    [[60, 40, 0], 10, [6, 4, 0]],
    [[3, 2, 1], 10, [3, 2, 1]],
    [[0, 0, 0], 10, [0, 0, 0]],
    [[1000, 1, 1], 3, [1, 1, 1]],
    [[1000, 1, 1], 2, [2, 0, 0]],
    [[5, 5, 5], 4, [2, 1, 1]],
    [[999, 500, 1], 30, [19, 10, 1]],
  ])('of %j are %i drawn as %j', ([a, b, c], size, expected) => {
    const drawn = allocate({ established: a!, 'not-established': b!, undecided: c! }, size)
    expect(verdicts.map((stratum) => drawn[stratum])).toEqual(expected)
  })

  const counts = fc.nat({ max: 5_000 })
  test('is as large as asked, takes no more than there is, leaves no stratum out, and keeps the shares', () =>
    fc.assert(
      fc.property(counts, counts, counts, fc.integer({ min: 1, max: 200 }), (established, not, undecided, size) => {
        const population = { established, 'not-established': not, undecided }
        const all = established + not + undecided
        const drawn = allocate(population, size)
        const there = verdicts.filter((stratum) => population[stratum] > 0)
        expect(verdicts.reduce((sum, stratum) => sum + drawn[stratum], 0)).toBe(Math.min(size, all))
        for (const stratum of verdicts) expect(drawn[stratum]).toBeLessThanOrEqual(population[stratum])
        if (Math.min(size, all) >= there.length) for (const stratum of there) expect(drawn[stratum]).toBeGreaterThan(0)
        for (const stratum of there)
          expect(Math.abs(drawn[stratum] - (Math.min(size, all) * population[stratum]) / all)).toBeLessThanOrEqual(2)
      }),
    ))
})

const at = (hours: number) => new Date(Date.UTC(2026, 3, 1, 8 + hours))
const process = shippedOf('complaint')
const record: CaseRecord = {
  ...{ subject: 'Broken', description: 'Two of ten', channel: 'phone', language: null, category: 'freight', reason: 'damage' },
  ...{ dissatisfaction: null, mood: null, severity: 3, complainant: null, accessibility: null },
  target: { kind: 'company', name: null, userId: null, departmentId: null },
  demand: { kind: 'exchange', text: null, amountMinor: null },
  ...{ orderId: null, productCode: null, receivedAt: at(0), fileIds: [] },
}

/** A complaint by what happened to it, each by somebody. */
function told(said: Partial<CaseRecord>, ...events: readonly (readonly [by: string, event: NewEvent])[]) {
  const first = happened('opened', {
    ...{
      kind: 'complaint',
      process: { key: 'complaint', version: 1 },
      step: 'record',
      number: '1',
      record: { ...record, ...said },
      policy: null,
    },
    ...{ ownerId: 'ada', departmentId: null, repeatOf: null, proactive: false, from: null, regimes: ['iso-10002'] },
  } as never)
  const log = [['ada', first] as const, ...events].map(([by, event], i) => ({ ...event, seq: i + 1, at: at(i), by }) as CaseEvent)
  const read = toldByLog(process, fold(process, log))
  return Object.fromEntries(auditItems.map((item) => [item, read[item].answer]))
}

const acknowledged = ['ada', happened('acknowledged', { text: 'x', sent: 'hand', answerBy: null })] as const
const judged = (finding: 'founded' | 'unfounded') =>
  [
    'ada',
    happened('judged', { admissible: true, reasonSufficient: true, demandReasonable: true, finding, note: null, evidence: [] }),
  ] as const
const proposed = (by: string) =>
  [
    by,
    happened('proposed', { remedies: [{ kind: 'exchange', text: null, amountMinor: 1 }], reason: 'x', preventive: null, feasible: null }),
  ] as const
const instructed = (by: string) =>
  [by, happened('instructed', { decision: 'approved', remedies: null, recovery: null, note: null })] as const
const executed = ['ada', happened('executed', { note: 'x', fileIds: [], accepted: true })] as const
const answer = (text: string, escalationRoute: string | null = null) =>
  ['ada', happened('told', { text, channel: 'phone', escalationRoute })] as const
const replied = (text: string) => ['ada', happened('replied', { text, channel: 'phone' })] as const
const readAgain = (by: string, agrees = true) => [by, happened('read-again', { agrees, note: null })] as const
const breached = (clock: string) => ['system', happened('breached', { id: clock, clock, dueAt: null })] as const
const closed = ['ada', happened('closed', { costMinor: 0 })] as const
const lesson = ['ada', happened('lesson-written', { lesson: 'x', improvement: 'y', outcomes: [], bulletinId: null })] as const

describe('what the log answers by itself', () => {
  test('of a complaint that was upheld and put right', () =>
    expect(
      told(
        {},
        acknowledged,
        judged('founded'),
        proposed('ada'),
        instructed('bea'),
        executed,
        answer('Because …', 'The ombudsman'),
        lesson,
        closed,
      ),
    ).toEqual({
      // That fields are filled is not yet that they tell what happened.
      'record-complete': null,
      'acknowledged-in-time': 'yes',
      'answered-in-time': 'yes',
      'second-reader': 'not-applicable',
      'reasons-given': null,
      'decided-by-another': 'yes',
      'remedy-done': 'yes',
      'customer-told': 'yes',
      'route-told': 'yes',
      'lesson-drawn': 'yes',
    }))

  test.each([
    ['nobody acknowledged it', [closed], 'acknowledged-in-time', 'no'],
    ['too late', [acknowledged, breached('regime:iso-10002:acknowledge'), closed], 'acknowledged-in-time', 'no'],
    ['only the answer was late', [acknowledged, breached('regime:iso-10002:response'), closed], 'acknowledged-in-time', 'yes'],
    ['only the answer was late', [acknowledged, breached('regime:iso-10002:response'), closed], 'answered-in-time', 'no'],
    ['a step of the house took long', [acknowledged, breached('step:cause'), closed], 'answered-in-time', 'yes'],
    ['read again by another', [judged('unfounded'), readAgain('bea')], 'second-reader', 'yes'],
    ['read again by oneself', [judged('unfounded'), readAgain('ada')], 'second-reader', 'no'],
    ['never read again', [judged('unfounded')], 'second-reader', 'no'],
    ['turned down without a word', [judged('unfounded')], 'reasons-given', 'no'],
    ['turned down with an empty word', [judged('unfounded'), replied('  ')], 'reasons-given', 'no'],
    ['turned down with a letter: somebody reads it', [judged('unfounded'), replied('Because …')], 'reasons-given', null],
    ['decided by whoever proposed', [judged('founded'), proposed('ada'), instructed('ada')], 'decided-by-another', 'no'],
    ['nothing was decided', [judged('unfounded')], 'decided-by-another', 'not-applicable'],
    ['decided and not done', [judged('founded'), proposed('ada'), instructed('bea')], 'remedy-done', 'no'],
    ['nobody told the customer', [judged('founded')], 'customer-told', 'no'],
    ['the route may stand in the letter', [judged('founded'), answer('x')], 'route-told', null],
    ['no lesson of what was upheld', [judged('founded')], 'lesson-drawn', 'no'],
    ['no lesson of what was not', [judged('unfounded')], 'lesson-drawn', 'not-applicable'],
  ] as const)('%s', (_, events, item, expected) => expect(told({}, ...events)[item]).toBe(expected))

  test('a record that lacks what the form asks for is not complete', () =>
    expect(told({ category: null, reason: null, demand: null })['record-complete']).toBe('no'))
})

test('a sheet is done when all is answered, and what does not apply is not counted', () => {
  const all = Object.fromEntries(auditItems.map((item) => [item, 'yes' as const]))
  expect(isAnswered(all)).toBe(true)
  expect(isAnswered({ 'second-reader': 'no' })).toBe(false)
  const counts = itemCounts([
    { answers: all },
    { answers: { ...all, 'second-reader': 'no' } },
    { answers: { 'second-reader': 'not-applicable' } },
  ])
  expect(counts.find(({ item }) => item === 'second-reader')).toEqual({ item: 'second-reader', met: 1, of: 2 })
  expect(counts.find(({ item }) => item === 'remedy-done')).toEqual({ item: 'remedy-done', met: 2, of: 2 })
})
