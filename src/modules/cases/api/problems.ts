import { z } from 'zod'
import { day, endpoint, instant, list, page, paging, thingIn } from '#platform/contract.ts'
import { actionStates, problemStates } from '../domain/problem.ts'
import { EffectivenessCheck, Stretch, verdict } from './figures.ts'
import { id, maybe, person, version, words } from './said.ts'
import { Acted, ListedCase } from './shapes.ts'

const read = { permission: 'cases.read' }
const write = { permission: 'cases.write' }
const manage = { permission: 'cases.manage' }
const state = z.enum(problemStates)

const matter = {
  /** The id of a cause, or a field of the cause-and-effect diagram. */
  cause: z.string().max(60).nullable(),
  category: z.string().max(40).nullable(),
  reason: z.string().max(40).nullable(),
  productCode: z.string().max(100).nullable(),
}
const terms = { title: words(200), description: maybe(5000), ownerId: person.nullable(), ...matter }

const Action = z.object({
  id,
  text: z.string(),
  ownerId: z.string(),
  dueDay: day,
  commitmentId: id.nullable(),
  state: z.enum(actionStates),
  doneOn: day.nullable(),
  version,
})

const ListedProblem = z.object({
  id,
  title: z.string(),
  state,
  ownerId: z.string().nullable(),
  ...matter,
  actions: z.int(),
  done: z.int(),
  alertedOn: day.nullable(),
  curedOn: day.nullable(),
  openedAt: instant,
  version,
})

const Problem = ListedProblem.omit({ actions: true, done: true }).extend({
  description: z.string().nullable(),
  alert: z.object({ on: day, complaints: z.int(), expected: z.number().nullable(), upperCount: z.int().nullable() }).nullable(),
  actions: z.array(Action),
  checks: z.array(
    z.object({
      id,
      days: z.int(),
      verdict,
      /** Null for whoever sees only some customers. */
      figures: z.object({ before: Stretch, after: Stretch, ratio: z.number().nullable() }).nullable(),
      note: z.string().nullable(),
      madeAt: instant,
      madeBy: z.string(),
    }),
  ),
  /** The check that is to be made next, and from which day on; null while nothing is counted, or where all were made. */
  nextCheck: z.object({ days: z.int(), on: day }).nullable(),
  checkedDays: z.int().nullable(),
  openedBy: z.string(),
  closedAt: instant.nullable(),
  closedBy: z.string().nullable(),
  note: z.string().nullable(),
  /** Where it may go by hand. */
  may: z.array(state),
})

export const Recurrence = z.object({
  curedOn: day,
  elapsedDays: z.int(),
  measure: z.enum(['orders', 'days']),
  before: Stretch,
  checks: z.array(EffectivenessCheck),
  curve: z.array(z.object({ day: z.int(), complaints: z.int(), expected: z.number() })),
})

export const problemEndpoints = {
  problems: endpoint('GET /case-problems', {
    ...read,
    about: 'nobody',
    summary: 'Causes that many complaints have, the newest first, with what is done against them',
    input: z.object({ state: list(state).optional(), ...paging }),
    result: page(ListedProblem),
  }),
  problem: endpoint('GET /case-problems/:problemId', {
    ...read,
    about: 'nobody',
    summary: 'A problem with its actions and what was concluded so far',
    input: z.object({ problemId: id }),
    result: Problem,
  }),
  problemRecurrence: endpoint('GET /case-problems/:problemId/recurrence', {
    ...read,
    about: 'everybody',
    summary: 'Its complaints by week against the control limit, and whether they came back after the actions',
    timeLimit: 5_000,
    input: z.object({ problemId: id }),
    result: z.object({
      weeks: z.array(
        z.object({
          from: day,
          complaints: z.int(),
          /** What the average makes one expect, and the most that chance brings; null where there is too little to tell. */
          expected: z.number().nullable(),
          limit: z.number().nullable(),
        }),
      ),
      alert: z.object({
        verdict: z.enum(['above-limit', 'run-above', 'within', 'run-below', 'below-limit', 'too-little-data']),
        complaints: z.int(),
        expected: z.number().nullable(),
        upperCount: z.int().nullable(),
        chance: z.number().nullable(),
      }),
      recurrence: Recurrence.nullable(),
    }),
  }),
  problemCases: endpoint('GET /case-problems/:problemId/cases', {
    ...read,
    about: 'reach',
    notes: 'list',
    summary: 'The cases of a problem in the last two years, or open ones that may belong to it, the newest first',
    timeLimit: 2_000,
    input: z.object({ problemId: id, which: z.enum(['its', 'candidates']).optional(), ...paging }),
    result: page(ListedCase),
  }),
  openProblem: endpoint('POST /case-problems', {
    ...write,
    about: 'nobody',
    summary: 'Records that many complaints have one cause',
    input: z.object(terms),
    result: Problem,
  }),
  changeProblem: endpoint('PATCH /case-problems/:problemId', {
    ...write,
    about: 'nobody',
    summary: 'Changes what a problem is about, or who answers for it',
    input: z.object({ problemId: id, version, ...z.object(terms).partial().shape }),
    result: Problem,
  }),
  moveProblem: endpoint('PUT /case-problems/:problemId/state', {
    ...manage,
    about: 'nobody',
    summary: 'Takes a problem up, says that it is solved or was none, or takes it up again',
    input: z.object({ problemId: id, version, state, note: maybe(2000) }),
    result: Problem,
  }),
  addProblemAction: endpoint('POST /case-problems/:problemId/actions', {
    ...write,
    about: 'nobody',
    summary: 'Plans something against the cause; it stands in the day of whoever does it',
    input: z.object({ problemId: id, text: words(500), ownerId: person, dueDay: day }),
    result: Problem,
  }),
  moveProblemAction: endpoint('PUT /case-problems/:problemId/actions/:actionId/state', {
    ...write,
    about: 'nobody',
    summary: 'Says that an action was carried out, is dropped, or is to be done after all',
    input: z.object({ problemId: id, actionId: id, version, state: z.enum(actionStates), doneOn: day.optional() }),
    result: Problem,
  }),
  checkProblem: endpoint('POST /case-problems/:problemId/checks', {
    ...write,
    about: 'everybody',
    summary: 'Concludes from the figures whether the cause is gone; where it is not, the search begins again',
    input: z.object({ problemId: id, version, days: z.int().min(1).max(3650), verdict, note: maybe(2000) }),
    result: Problem,
  }),
  linkProblem: endpoint('POST /cases/:caseId/problem', {
    ...write,
    about: thingIn('cases.case', 'caseId'),
    summary: 'Says that a case is one of a problem, or of none',
    input: z.object({ caseId: id, version, problemId: id.nullable() }),
    result: Acted,
  }),
  caseProblems: endpoint('GET /cases/:caseId/problems', {
    ...read,
    about: thingIn('cases.case', 'caseId'),
    summary: 'The problem of a case, and those it may belong to because cause, category or product are the same',
    input: z.object({ caseId: id }),
    result: z.object({
      problem: z.object({ id, title: z.string(), state }).nullable(),
      suggestions: z.array(z.object({ id, title: z.string(), state, agrees: z.boolean() })),
      recurrence: z
        .object({ problem: z.object({ id, title: z.string() }).nullable(), earlierCaseId: id.nullable(), at: instant })
        .nullable(),
    }),
  }),
  caseEffectiveness: endpoint('GET /cases/:caseId/effectiveness', {
    ...read,
    about: thingIn('cases.case', 'caseId'),
    summary: 'Whether the cause of a case came back after the remedy was carried out, and which check is due',
    timeLimit: 5_000,
    input: z.object({ caseId: id }),
    result: z.object({
      due: z.object({ days: z.int(), on: day }).nullable(),
      /** Figures over everybody; null for whoever sees only some, and before the execution. */
      recurrence: Recurrence.nullable(),
    }),
  }),
}
