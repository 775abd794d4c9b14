import { z } from 'zod'
import { instant, money } from '#platform/contract.ts'
import { states } from '../domain/case.ts'
import { checklistItems, checklistStates } from '../domain/checklist.ts'
import { assignedBecause, groups, queuedBecause, wantedOf } from '../domain/figures/assignment.ts'
import { actors, conditions, needs } from '../domain/process.ts'
import { passes } from '../domain/routing.ts'
import { claimStates } from '../domain/supplier-claim.ts'
import { kinds, tiers } from '../domain/taxonomy.ts'
import { Appeal, Appealable, Referral } from './contest-shapes.ts'
import { id, record, said, saidOften, saidOnce, version, who } from './said.ts'

/** Whose a case is; null for whoever may see the case and not the customer. */
const Customer = z.object({ id, name: z.string() }).nullable()
const ShownComplainant = z
  .object({
    name: z.string(),
    contact: z.string().nullable().meta({ personal: 'customers.read-personal' }),
    authority: z.string().nullable(),
  })
  .nullable()

/** Who looks after the customer; null where nobody does, and for whoever may not see it. */
const managerId = z.string().nullable().meta({ personal: 'customers.read' })

/** What the customer is worth stands in it, or can be told from it, for whoever may see such figures. */
const worth = { personal: 'value.read' }
export const tier = z.enum(tiers).nullable().meta(worth)

/** A case in a list. */
export const ListedCase = z.object({
  id,
  number: z.string(),
  kind: z.enum(kinds),
  subject: z.string(),
  customer: Customer,
  managerId,
  tier,
  state: z.enum(states),
  step: z.string(),
  /** What the step is called where the company made the process its own, by language. */
  stepNames: z.record(z.string(), z.string()),
  paused: z.boolean(),
  category: z.string().nullable(),
  reason: z.string().nullable(),
  severity: z.int(),
  priority: z.int().nullable().meta(worth),
  finding: z.string().nullable(),
  ownerId: z.string().nullable(),
  departmentId: id.nullable(),
  channel: z.string(),
  dueAt: instant.nullable(),
  late: z.boolean(),
  receivedAt: instant,
  closedAt: instant.nullable(),
  reopened: z.int(),
  proactive: z.boolean(),
  /** The customer complained of the same matter before. */
  repeated: z.boolean(),
  /** Something has to be done at once, by the first look at it. */
  immediate: z.boolean(),
  /** Its cause had been thought cured. */
  recurred: z.boolean(),
  version,
})

/** What an act answers. */
export const Acted = z.object({ id, version, state: z.enum(states), step: z.string() })
/** A case that somebody recorded. `queued`: as many are in hand as may be, so that it waits in the queue, whoever was to handle it. */
export const Begun = Acted.extend({ number: z.string(), repeatOf: id.nullable(), queued: z.boolean() })

const ProcessStep = z.object({
  key: z.string(),
  names: z.record(z.string(), z.string()),
  actor: z.enum(actors),
  needs: z.array(z.object({ need: z.enum(needs), when: z.enum(conditions).nullable() })),
  ways: z.array(z.object({ to: z.string(), when: z.enum(conditions).nullable() })),
  back: z.array(z.string()),
  pauses: z.boolean(),
  minutes: z.int().nullable(),
  resolves: z.boolean(),
})

export const CaseProcess = z.object({
  key: z.string(),
  version: z.int(),
  names: z.record(z.string(), z.string()),
  steps: z.array(ProcessStep),
})

/** By which line of the table the product gave it away, and who was passed over. */
const ByTable = z.object({ routeId: id, passed: z.array(z.object({ userId: z.string(), why: z.enum(passes) })) })

const Want = z.object({ what: z.enum(wantedOf), of: z.string().nullable() })
/** Why the product chose whoever handles it. */
const Choice = z.object({
  because: z.enum([...assignedBecause, 'nobody-else']),
  kept: z.enum(queuedBecause).nullable(),
  reopened: z.boolean(),
  /** Who serves by the policy is asked first: who was asked says which policy it is. */
  group: z
    .object({ from: z.enum(groups), id })
    .nullable()
    .meta(worth),
  met: z.array(Want),
  waived: z.array(Want),
  passed: z
    .array(z.object({ from: z.enum(groups), id, why: z.enum(queuedBecause) }))
    .nullable()
    .meta(worth),
})

/** A case whole, as it is or as it was at a moment. */
export const CaseDetail = z.object({
  id,
  number: z.string(),
  kind: z.enum(kinds),
  customer: Customer,
  managerId,
  /** Whoever it is about was erased: of what was said nothing is left, and nothing is written any more. */
  erased: z.boolean(),
  process: CaseProcess,
  state: z.enum(states),
  step: z.string(),
  /** What the step needs, and whether the case has it. */
  needs: z.array(z.object({ need: z.enum(needs), met: z.boolean() })),
  /** What whoever asks may do now: the names of acts. */
  may: z.array(z.string()),
  record: z.object({ ...record, complainant: ShownComplainant }),
  /** What the product concerned is called, where the catalogue knows it. */
  productName: z.string().nullable(),
  files: z.array(z.object({ fileId: id, name: z.string(), bytes: z.int(), by: z.string(), at: instant, seq: z.int() })),
  paused: saidOnce(said.paused),
  openedAt: instant,
  openedBy: z.string(),
  ownerId: z.string().nullable(),
  choice: Choice.nullable(),
  departmentId: id.nullable(),
  personId: z.string().nullable(),
  policy: z
    .object({ policyId: id, version: z.int(), tier: z.enum(tiers).nullable(), priority: z.int(), teamId: id.nullable().optional() })
    .nullable()
    .meta(worth),
  /** The rules with which it began; of the company's own with the version, such as `own-market@2`. */
  regimes: z.array(z.string()),
  proactive: z.boolean(),
  /** The case by which the company had found it, and whether that was before the customer said it. */
  found: z.object({ caseId: id, number: z.string(), first: z.boolean(), ...who }).nullable(),
  /** What the customer has complained of since, of what this case found. */
  complained: z.array(z.object({ id, number: z.string() })),
  repeatOf: id.nullable(),
  from: id.nullable(),
  stays: z.array(z.object({ step: z.string(), from: instant, to: instant.nullable(), by: z.string().nullable() })),
  assessed: saidOnce({ ...said.assessed, severity: z.int(), immediate: z.boolean() }),
  acknowledged: saidOnce(said.acknowledged),
  interim: saidOften(said['interim-remedy']),
  judged: saidOnce(said.judged),
  readAgain: saidOnce(said['read-again']),
  replied: saidOnce(said.replied),
  routed: saidOnce({ ...said.routed, byTable: ByTable.optional() }),
  accepted: saidOnce(said.accepted),
  transfers: saidOften({ ...said['handed-over'], fromDepartmentId: id }),
  cause: saidOnce(said['cause-found']),
  responsible: saidOnce(said['responsibility-settled']),
  hypotheses: saidOften(said.hypothesis),
  observations: saidOften(said.observation),
  proposed: saidOnce(said.proposed),
  instructed: saidOnce(said.instructed),
  remedyAnswered: saidOnce(said['remedy-answered']),
  executed: saidOnce(said.executed),
  told: saidOnce(said.told),
  asked: saidOnce(said.asked),
  feedback: saidOnce(said.feedback),
  penalty: saidOnce(said['penalty-considered']),
  loss: saidOnce(said['loss-considered']),
  recoveries: saidOften(said.recovery),
  /** What was lost in the end: the loss, else what the remedies cost, less what came back. */
  netLossMinor: money,
  recoveredMinor: money,
  lesson: saidOnce(said['lesson-written']),
  effectiveness: saidOften(said['effectiveness-checked']),
  evaluated: saidOnce(said.evaluated),
  decided: saidOnce(said.decided),
  rewarded: saidOnce(said.rewarded),
  published: saidOnce(said.published),
  answered: saidOnce(said.answered),
  quoted: saidOnce(said.quoted),
  quoteAnswered: saidOnce(said['quote-answered']),
  fulfilled: saidOnce(said.fulfilled),
  paid: saidOnce(said.paid),
  appointed: saidOnce(said.appointed),
  goods: saidOnce(said['goods-returned']),
  ideas: z.array(z.object({ caseId: id, number: z.string(), ...who })),
  ideaOf: z.object({ caseId: id, number: z.string() }).nullable(),
  checklist: z.partialRecord(z.enum(checklistItems), z.object({ state: z.enum(checklistStates), note: z.string().nullable() })),
  needsNoted: z.array(z.object({ needId: id, text: z.string(), ...who })),
  claim: z.object({ state: z.enum(claimStates), supplier: z.string().nullable(), amountMinor: money, receivedMinor: money }).nullable(),
  guide: z.array(z.string()),
  appeals: z.array(Appeal),
  referrals: z.array(Referral),
  /** Why and until when the customer may appeal; null where they may not, and of a case as it was. */
  appealable: Appealable,
  promises: z.array(z.object({ ...said.promised, ...who, brokenAt: instant.nullable() })),
  bulletins: z.array(z.object({ id, ...said.bulletin, ...who, decided: saidOnce(said['bulletin-decided']) })),
  problemId: id.nullable(),
  recurrence: z.object({ problemId: id.nullable(), earlierCaseId: id.nullable(), ...who }).nullable(),
  escalations: saidOften(said.escalated),
  late: z.array(z.string()),
  resolvedAt: instant.nullable(),
  closedAt: instant.nullable(),
  reopened: z.int(),
  minutes: z.int(),
  remedyMinor: money,
  ended: z.object({ reason: z.string().nullable(), caseId: id.nullable() }).nullable(),
  version,
})

/** One line of the log. `said` is what the event holds, as it is stored. */
export const LoggedEvent = z.object({
  seq: z.int(),
  kind: z.string(),
  at: instant,
  by: z.string(),
  said: z.record(z.string(), z.unknown()),
})
