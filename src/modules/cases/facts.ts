import { z } from 'zod'
import { fact, personal } from '#platform/fact.ts'
import { states } from './domain/case.ts'
import { problemStates } from './domain/problem.ts'
import { entryKinds, entryStates } from './domain/staff-entry.ts'
import { kinds } from './domain/taxonomy.ts'

const about = {
  customerId: z.uuid(),
  caseId: z.uuid(),
  number: z.string(),
  kind: z.enum(kinds),
  ownerId: z.string().nullable(),
  departmentId: z.uuid().nullable(),
}

export const caseOpened = fact(
  'cases.opened',
  z.object({
    ...about,
    category: z.string().nullable(),
    reason: z.string().nullable(),
    severity: z.int(),
    channel: z.string(),
    subject: personal(z.string()),
    proactive: z.boolean(),
    /** The open or former case on the same matter, where there is one. */
    repeatOf: z.uuid().nullable(),
  }),
)

/** How a kind of case is handled was copied, changed, published, retired, or a draft of it thrown away. */
export const processChanged = fact(
  'cases.process-changed',
  z.object({
    key: z.string(),
    kind: z.enum(kinds),
    version: z.int(),
    change: z.enum(['copied', 'changed', 'published', 'retired', 'removed']),
  }),
)

/** Something happened to a case: which acts, and where it stands since. */
export const caseActed = fact(
  'cases.acted',
  z.object({ ...about, acts: z.array(z.string()), step: z.string(), state: z.enum(states), version: z.int() }),
)

/** Cases that had happened before were brought in with all their past: one fact per batch. */
export const pastRecorded = fact('cases.past-recorded', z.object({ cases: z.int() }))

/** Somebody leaves, and others handle what was theirs: one fact per batch, with how many each took over. */
export const casesTakenOver = fact(
  'cases.taken-over',
  z.object({ fromUserId: z.string(), given: z.array(z.object({ userId: z.string(), cases: z.int() })) }),
)

/** The customer’s matter is settled, or the case has ended, or it goes on again. */
export const caseStateChanged = fact(
  'cases.state-changed',
  z.object({
    ...about,
    before: z.enum(states),
    after: z.enum(states),
    finding: z.string().nullable(),
    category: z.string().nullable(),
    reason: z.string().nullable(),
    satisfied: z.boolean().nullable(),
    remedyMinor: z.int(),
  }),
)

const aboutStaff = {
  entryId: z.uuid(),
  userId: z.string(),
  kind: z.enum(entryKinds),
  caseId: z.uuid().nullable(),
  role: z.string().nullable(),
  act: z.string().nullable(),
}
/** A penalty or a recognition was proposed; of which amount is nobody else's business. */
export const entryProposed = fact('cases.staff-entry-proposed', z.object(aboutStaff))
export const entryDecided = fact('cases.staff-entry-decided', z.object({ ...aboutStaff, state: z.enum(entryStates) }))
/** The company changed by what cases are routed, explained, remedied, approved or penalized. */
export const setupChanged = fact(
  'cases.setup-changed',
  z.object({ what: z.enum(['route', 'cause', 'remedy', 'authority', 'staff-rules', 'body']), id: z.uuid().nullable(), version: z.int() }),
)

const matter = {
  cause: z.string().nullable(),
  category: z.string().nullable(),
  reason: z.string().nullable(),
  productCode: z.string().nullable(),
}

/** Many complaints were found to have one cause. `alerted`: the product noticed that it exceeds its control limit. */
export const problemOpened = fact(
  'cases.problem-opened',
  z.object({ problemId: z.uuid(), state: z.enum(problemStates), ...matter, alerted: z.boolean() }),
)

export const problemStateChanged = fact(
  'cases.problem-state-changed',
  z.object({ problemId: z.uuid(), before: z.enum(problemStates), after: z.enum(problemStates), curedOn: z.string().nullable() }),
)

/** What customers said and what was done about it is read by anybody from now on, or no more. Saying it again means that it was changed. */
export const publicationMoved = fact(
  'cases.publication-moved',
  z.object({ publicationId: z.uuid(), state: z.enum(['published', 'withdrawn']) }),
)

/** A customer went to somebody else, or came back. The rival's name is not a word about a person. */
export const desertionNoted = fact(
  'cases.desertion-noted',
  z.object({
    customerId: z.uuid(),
    desertionId: z.uuid(),
    leftOn: z.string(),
    rival: z.string().nullable(),
    reason: z.string().nullable(),
    backOn: z.string().nullable(),
  }),
)
