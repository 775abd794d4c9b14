import { describe, expect, test } from 'vitest'
import { numbered } from './decide.ts'
import { type EventKind, happened, type Kinds, type NewEvent } from './event.ts'
import { grievanceIn, settlesGrievance } from './grievance.ts'

const story = (...events: readonly NewEvent[]) => numbered(events, 4, new Date('2026-03-10T02:00:00Z'), 'customer')
const feedback = (satisfied: boolean) => happened('feedback', { satisfied, score: null, text: null })
const answer = (kind: 'remedy-answered' | 'quote-answered', accepted: boolean) => happened(kind, { accepted, note: null })
const any = (kind: EventKind) => happened(kind, {} as Kinds[typeof kind])

describe('what a customer complains of about a case', () => {
  test('is that they are not satisfied, or that they refuse a remedy or an offer', () => {
    expect(grievanceIn(story(feedback(false)))).toEqual({ what: 'not-satisfied', seq: 5 })
    expect(grievanceIn(story(any('noted'), answer('remedy-answered', false)))).toEqual({ what: 'remedy-refused', seq: 6 })
    expect(grievanceIn(story(answer('quote-answered', false), any('resolved'), any('closed')))).toEqual({ what: 'offer-refused', seq: 5 })
  })
  test('is nothing where they are content, and where they say nothing', () => {
    expect(grievanceIn(story(feedback(true), answer('remedy-answered', true), answer('quote-answered', true)))).toBeNull()
    expect(grievanceIn(story(any('message')))).toBeNull()
    expect(grievanceIn([])).toBeNull()
  })
})

test('whoever is to get in touch has done so once the customer is content or the matter goes on, and needs not where the case ends', () => {
  expect(settlesGrievance(story(feedback(true)))).toBe('done')
  expect(settlesGrievance(story(answer('remedy-answered', true)))).toBe('done')
  for (const kind of ['reopened', 'sent-back', 'proposed', 'quoted'] as const) expect(settlesGrievance(story(any(kind)))).toBe('done')
  for (const kind of ['withdrawn', 'merged', 'converted'] as const) expect(settlesGrievance(story(any(kind)))).toBe('cancelled')
  expect(settlesGrievance(story(feedback(false)))).toBeNull()
  expect(settlesGrievance(story(any('closed'), any('message')))).toBeNull()
})
