import { z } from 'zod'
import { customerIn, endpoint, flag, instant, list, page, paging, thingIn } from '#platform/contract.ts'
import { actEndpoints } from './api/acts.ts'
import { advisoryEndpoints } from './api/advisory.ts'
import { approvalEndpoints } from './api/approvals.ts'
import { archiveEndpoints } from './api/archive.ts'
import { auditEndpoints } from './api/audits.ts'
import { bodyEndpoints } from './api/bodies.ts'
import { clockEndpoints } from './api/clocks.ts'
import { contestEndpoints } from './api/contests.ts'
import { counterEndpoints } from './api/counters.ts'
import { desertionEndpoints } from './api/desertions.ts'
import { deskEndpoints } from './api/desk.ts'
import { fileEndpoints } from './api/files.ts'
import { goodwillEndpoints } from './api/goodwill.ts'
import { improvementEndpoints } from './api/improvements.ts'
import { linkEndpoints } from './api/links.ts'
import { mailEndpoints } from './api/mails.ts'
import { messageEndpoints } from './api/messages.ts'
import { outcomeEndpoints } from './api/outcomes.ts'
import { personnelEndpoints } from './api/personnel.ts'
import { portalEndpoints } from './api/portal.ts'
import { problemEndpoints } from './api/problems.ts'
import { processEndpoints } from './api/processes.ts'
import { promiseEndpoints } from './api/promise.ts'
import { qualityEndpoints } from './api/quality.ts'
import { queueEndpoints } from './api/queue.ts'
import { regimeEndpoints } from './api/regimes.ts'
import { reportEndpoints } from './api/report.ts'
import { reviewEndpoints } from './api/reviews.ts'
import { id, opening, person } from './api/said.ts'
import { selfAssessmentEndpoints } from './api/self-assessments.ts'
import { setupEndpoints } from './api/setup.ts'
import { Begun, CaseDetail, ListedCase, LoggedEvent } from './api/shapes.ts'
import { staffEntryEndpoints } from './api/staff.ts'
import { taskEndpoints } from './api/tasks.ts'
import { voiceEndpoints } from './api/voice.ts'
import { states } from './domain/case.ts'
import { kinds } from './domain/taxonomy.ts'

const read = { permission: 'cases.read' }
const write = { permission: 'cases.write' }

export const casesApi = {
  list: endpoint('GET /cases', {
    ...read,
    about: 'reach',
    notes: 'list',
    summary:
      'Cases: the queue of oneself, of one’s teams, of one’s departments, of nobody or of all, in the order in which they are to be handled; or all that ever were, the newest first',
    timeLimit: 1000,
    input: z.object({
      queue: z.enum(['mine', 'team', 'department', 'nobody', 'open', 'all']).optional(),
      kind: list(z.enum(kinds)).optional(),
      state: list(z.enum(states)).optional(),
      number: z.string().max(40).optional(),
      late: flag.optional(),
      /** Only those of customers whom this person looks after, as far as one may know who does. */
      manager: person.optional(),
      ...paging,
    }),
    result: page(ListedCase),
  }),
  ofCustomer: endpoint('GET /customers/:customerId/cases', {
    ...read,
    about: customerIn('customerId'),
    notes: 'input.customerId',
    summary: 'The cases of one customer, the newest first',
    input: z.object({ customerId: id, ...paging }),
    result: page(ListedCase),
  }),
  ofHandler: endpoint('GET /case-handlers/:userId/cases', {
    ...read,
    about: 'reach',
    notes: 'list',
    summary: 'What somebody handles and has not ended, the newest first: what others take over when they leave',
    input: z.object({ userId: person, ...paging }),
    result: page(ListedCase),
  }),
  one: endpoint('GET /cases/:caseId', {
    ...read,
    about: thingIn('cases.case', 'caseId'),
    notes: 'result.customer.id',
    summary: 'A case whole: what is known, what its step needs and what one may do; or as it was at a moment',
    input: z.object({ caseId: id, at: instant.optional() }),
    result: CaseDetail,
  }),
  log: endpoint('GET /cases/:caseId/log', {
    ...read,
    about: thingIn('cases.case', 'caseId'),
    notes: 'result.customerId',
    summary: 'Everything that happened to a case, in order',
    input: z.object({ caseId: id }),
    result: z.object({ customerId: id.nullable(), events: z.array(LoggedEvent) }),
  }),
  open: endpoint('POST /cases', {
    ...write,
    about: customerIn('customerId'),
    summary: 'Records a case: it gets a number and stands in its first step',
    input: z.object(opening),
    result: Begun,
  }),
  ...actEndpoints,
  ...clockEndpoints,
  ...queueEndpoints,
  ...counterEndpoints,
  ...processEndpoints,
  ...regimeEndpoints,
  ...fileEndpoints,
  ...deskEndpoints,
  ...qualityEndpoints,
  ...taskEndpoints,
  ...approvalEndpoints,
  ...contestEndpoints,
  ...bodyEndpoints,
  ...staffEntryEndpoints,
  ...personnelEndpoints,
  ...setupEndpoints,
  ...messageEndpoints,
  ...mailEndpoints,
  ...linkEndpoints,
  ...portalEndpoints,
  ...promiseEndpoints,
  ...reportEndpoints,
  ...problemEndpoints,
  ...archiveEndpoints,
  ...desertionEndpoints,
  ...selfAssessmentEndpoints,
  ...voiceEndpoints,
  ...advisoryEndpoints,
  ...goodwillEndpoints,
  ...outcomeEndpoints,
  ...improvementEndpoints,
  ...reviewEndpoints,
  ...auditEndpoints,
}
