import { z } from 'zod'
import { day, endpoint, flag, list, page, paging, thingIn } from '#platform/contract.ts'
import { actionStates } from '../domain/problem.ts'
import { verdict } from './figures.ts'
import { id, person, version } from './said.ts'

const state = z.enum(actionStates)
const onCase = { permission: 'cases.write', about: thingIn('cases.case', 'caseId') } as const

const Improvement = z.object({
  caseId: id,
  text: z.string(),
  ownerId: z.string().nullable(),
  dueDay: day.nullable(),
  state,
  doneOn: day.nullable(),
  version,
})

/** What lessons and problems want improved, until it is done and shows (G-11). */
export const improvementEndpoints = {
  improvements: endpoint('GET /case-improvements', {
    permission: 'cases.read',
    about: 'reach',
    notes: 'list',
    summary:
      'The backlog of improvements, from the lessons of cases, against problems, and of reviews and audits: who does what until when, and whether it worked',
    timeLimit: 1_000,
    input: z.object({ state: list(state).optional(), mine: flag.optional(), ...paging }),
    result: page(
      z.object({
        id,
        /** From the lesson of this case; null for an action against a problem. */
        case: z.object({ id, number: z.string() }).nullable(),
        problem: z.object({ id, title: z.string() }).nullable(),
        /** Decided in a management review, or found in an audit. */
        reviewId: id.nullable(),
        auditId: id.nullable(),
        customer: z.object({ id, name: z.string() }).nullable(),
        /** Null: of a review or an audit, and neither theirs to do nor to look after. */
        text: z.string().nullable(),
        ownerId: z.string().nullable(),
        dueDay: day.nullable(),
        /** Open, and its day is over. */
        late: z.boolean(),
        state,
        doneOn: day.nullable(),
        /** What the last check of the case or of the problem found; null: nobody has looked yet. */
        effect: verdict.nullable(),
        /** What of it may be said by whoever asks, as far as they may write: what became of it, and that it is dropped. */
        may: z.object({ move: z.boolean(), drop: z.boolean() }),
        version,
      }),
    ),
  }),
  planImprovement: endpoint('PUT /cases/:caseId/improvement', {
    ...onCase,
    summary: 'Says who does until when what the lesson of a case asks for; it stands in their day',
    input: z.object({ caseId: id, version, ownerId: person, dueDay: day }),
    result: Improvement,
  }),
  moveImprovement: endpoint('PUT /cases/:caseId/improvement/state', {
    ...onCase,
    summary: 'Says that what the lesson of a case asks for was done, is dropped, or is to be done after all',
    input: z.object({ caseId: id, version, state, doneOn: day.optional() }),
    result: Improvement,
  }),
}
