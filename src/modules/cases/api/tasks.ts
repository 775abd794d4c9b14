import { z } from 'zod'
import { day, endpoint, instant, thingIn } from '#platform/contract.ts'
import { id, said, version, words } from './said.ts'
import { Acted } from './shapes.ts'

const about = thingIn('cases.case', 'caseId')
const write = { permission: 'cases.write', about } as const
const on = { caseId: id, version }

/** What is done for a case beside its steps. */
export const taskEndpoints = {
  assess: endpoint('POST /cases/:caseId/assessment', {
    ...write,
    summary:
      'The first look: harm, safety, how many it touches, how many have to work on it, how soon; the severity follows by the gravest answer',
    input: z.object({ ...on, ...said.assessed }),
    result: Acted,
  }),
  tasks: endpoint('GET /cases/:caseId/tasks', {
    permission: 'cases.read',
    about,
    summary: 'What is to be done for a case, by whom and by when, with the proof of what is done',
    input: z.object({ caseId: id }),
    result: z.object({
      tasks: z.array(
        z.object({
          commitmentId: id,
          title: z.string(),
          ownerId: z.string(),
          dueDay: day.nullable(),
          late: z.boolean(),
          state: z.enum(['open', 'done', 'cancelled']),
          proof: z.string().nullable(),
          closedAt: instant.nullable(),
          closedBy: z.string().nullable(),
        }),
      ),
    }),
  }),
  giveTask: endpoint('POST /cases/:caseId/tasks', {
    ...write,
    summary:
      'Gives somebody something to do for the case by a day; it stands in their day, and the execution is not complete before it is done',
    input: z.object({ ...on, ...said['task-given'] }),
    result: Acted,
  }),
  finishTask: endpoint('POST /cases/:caseId/tasks/:commitmentId/completion', {
    ...write,
    summary: 'Says that something is done, with what proves it',
    input: z.object({ ...on, commitmentId: id, note: words(5000) }),
    result: Acted,
  }),
  dropTask: endpoint('POST /cases/:caseId/tasks/:commitmentId/cancellation', {
    ...write,
    summary: 'Says that something need not be done any more, and why',
    input: z.object({ ...on, commitmentId: id, note: words(5000) }),
    result: Acted,
  }),
  answerRemedy: endpoint('POST /cases/:caseId/remedy-answer', {
    ...write,
    summary: 'Notes whether the customer takes the remedy that was decided on',
    input: z.object({ ...on, ...said['remedy-answered'] }),
    result: Acted,
  }),
  recover: endpoint('POST /cases/:caseId/recoveries', {
    ...write,
    summary:
      'Notes a measure by which a loss is recovered, or what came of it; the same id again changes it, also after the case has ended',
    input: z.object({ ...on, ...said.recovery }),
    result: Acted,
  }),
}
