import { z } from 'zod'
import { day, endpoint, instant, page, paging } from '#platform/contract.ts'
import { changes, entryKinds, reviewStates, sectionKeys, units } from '../domain/management-review.ts'
import { actionStates } from '../domain/problem.ts'
import { rhythmNames } from '../domain/review-period.ts'
import { id, maybe, person, version, words } from './said.ts'

const everybody = { permission: 'cases.review', about: 'everybody' } as const

const Reading = z.object({
  value: z.number().nullable(),
  part: z.int().nullable(),
  whole: z.int().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  basis: z.enum(['none', 'few', 'enough']),
})
const Section = z.object({
  /** By its name; a review that was held shows the sections that it had then. */
  key: z.string(),
  figures: z.array(
    z.object({
      key: z.string(),
      of: z.string().nullable(),
      label: z.string().nullable(),
      unit: z.enum(units),
      now: Reading,
      before: Reading.nullable(),
      change: z.enum(changes).nullable(),
    }),
  ),
  lists: z.array(
    z.object({
      key: z.string(),
      rows: z.array(
        z.object({
          key: z.string(),
          label: z.string().nullable(),
          now: z.int(),
          before: z.int().nullable(),
          share: z.number(),
          vital: z.boolean(),
        }),
      ),
      others: z.int(),
      unsaid: z.int(),
    }),
  ),
  lines: z.array(
    z.object({
      kind: z.string(),
      id: z.string(),
      /** What it is called, as it stands now; null where it has no name of its own, or is gone. */
      title: z.string().nullable(),
      state: z.string().nullable(),
      day: day.nullable(),
      at: instant.nullable(),
      who: z.string().nullable(),
    }),
  ),
})

const Entry = z.object({
  id,
  kind: z.enum(entryKinds),
  section: z.string().nullable(),
  text: z.string(),
  ownerId: z.string().nullable(),
  dueDay: day.nullable(),
  madeAt: instant,
  madeBy: z.string(),
  version,
})

export const ProcessAction = z.object({
  id,
  text: z.string(),
  ownerId: z.string(),
  dueDay: day,
  state: z.enum(actionStates),
  doneOn: day.nullable(),
  /** Open, and its day is over. */
  late: z.boolean(),
  version,
})

const Line = z.object({
  id,
  from: day,
  to: day,
  state: z.enum(reviewStates),
  preparedAt: instant,
  preparedBy: z.string(),
  heldAt: instant.nullable(),
  heldBy: z.string().nullable(),
  version,
})

const Review = Line.extend({
  participants: z.array(z.string()),
  guests: z.string().nullable(),
  /** As of which moment the figures were read: the moment at which it was held, else now. */
  readAt: instant,
  before: z.object({ from: day, to: day }),
  sections: z.array(Section),
  entries: z.array(Entry),
  /** What was decided that somebody does, as it stands now. */
  actions: z.array(ProcessAction),
  may: z.object({ hold: z.boolean() }),
})

const owed = { ownerId: person.nullable(), dueDay: day.nullable() }
const said = { text: words(4000), ...owed }

/** How complaints are handled, looked at by management: what was, what it concludes and decides, and what becomes of that (ISO 10002, clause 8). */
export const reviewEndpoints = {
  reviews: endpoint('GET /case-reviews', {
    ...everybody,
    summary: 'Management reviews of the handling of complaints, the last period first',
    timeLimit: 1_000,
    input: z.object({ ...paging }),
    result: page(Line),
  }),
  reviewDue: endpoint('GET /case-reviews/due', {
    ...everybody,
    summary: 'The last period that was over: by when its review is to be held, by whom it is prepared, and whether it is there',
    input: z.object({}),
    result: z.object({
      rhythm: z.enum(rhythmNames),
      from: day,
      to: day,
      dueDay: day,
      responsibleId: z.string().nullable(),
      reviewId: id.nullable(),
      held: z.boolean(),
    }),
  }),
  makeReview: endpoint('POST /case-reviews', {
    ...everybody,
    summary: 'Begins the review of a period that is over, such as the last quarter; its figures are gathered by themselves',
    input: z.object({ from: day.optional(), to: day.optional() }),
    result: Line,
  }),
  review: endpoint('GET /case-reviews/:reviewId', {
    ...everybody,
    summary:
      'A review whole: its figures beside those of the period before (as they are now, or as they were when it was held), what was said and decided',
    timeLimit: 5_000,
    input: z.object({ reviewId: id }),
    result: Review,
  }),
  changeReview: endpoint('PATCH /case-reviews/:reviewId', {
    ...everybody,
    summary: 'Says who takes part in a review that was not held yet',
    input: z.object({ reviewId: id, version, participantIds: z.array(person).max(50), guests: maybe(500) }),
    result: Line,
  }),
  dropReview: endpoint('DELETE /case-reviews/:reviewId', {
    ...everybody,
    summary: 'Throws away a review that was not held',
    input: z.object({ reviewId: id, version }),
    result: z.object({}),
  }),
  addReviewEntry: endpoint('POST /case-reviews/:reviewId/entries', {
    ...everybody,
    summary: 'Writes down what management concludes of a section, decides or gives means for; or, once it was held, what is to be added',
    input: z.object({ reviewId: id, kind: z.enum(entryKinds), section: z.enum(sectionKeys).nullable(), ...said }),
    result: Entry,
  }),
  changeReviewEntry: endpoint('PUT /case-reviews/:reviewId/entries/:entryId', {
    ...everybody,
    summary: 'Writes it anew, while the review was not held',
    input: z.object({ reviewId: id, entryId: id, version, ...said }),
    result: Entry,
  }),
  dropReviewEntry: endpoint('DELETE /case-reviews/:reviewId/entries/:entryId', {
    ...everybody,
    summary: 'Takes it out, while the review was not held',
    input: z.object({ reviewId: id, entryId: id, version }),
    result: z.object({}),
  }),
  holdReview: endpoint('POST /case-reviews/:reviewId/holding', {
    permission: 'cases.hold-reviews',
    about: 'everybody',
    summary:
      'Holds the review: its figures are kept as they are seen now, decisions go to those who carry them out, and nothing of it changes any more',
    timeLimit: 5_000,
    input: z.object({ reviewId: id, version }),
    result: Line,
  }),
  reviewFile: endpoint('GET /case-reviews/:reviewId/file', {
    ...everybody,
    summary: 'The review as a document to print, or its figures as a CSV or Excel file',
    kind: 'download',
    timeLimit: 5_000,
    input: z.object({ reviewId: id, format: z.enum(['html', 'csv', 'xlsx']), language: z.enum(['en', 'zh-CN', 'zh-TW']).optional() }),
    result: z.unknown(),
  }),
  moveProcessAction: endpoint('PUT /case-process-actions/:actionId/state', {
    permission: 'cases.write',
    about: 'nobody',
    summary:
      'Says that what a review or an audit asked for was done or is to be done after all, for who does it; or is dropped, for who looks after them',
    input: z.object({ actionId: id, version, state: z.enum(actionStates), doneOn: day.optional() }),
    result: ProcessAction,
  }),
}
