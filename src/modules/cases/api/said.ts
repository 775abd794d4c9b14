import { z } from 'zod'
import { day, instant, money } from '#platform/contract.ts'
import { extraTypes } from '../domain/custom-requests.ts'
import { escalationReasons } from '../domain/escalation.ts'
import { assessmentScales } from '../domain/figures/severity.ts'
import {
  causeFields,
  channels,
  dissatisfactions,
  findings,
  kinds,
  moods,
  paymentWays,
  recoverySources,
  remedyKinds,
  targetKinds,
} from '../domain/taxonomy.ts'

export const id = z.uuid()
export const version = z.int().min(1)
/** Who works here; by their user id. */
export const person = z.string().min(1).max(60)
export const words = (limit: number) => z.string().trim().min(1).max(limit)
export const maybe = (limit: number) => z.string().trim().max(limit).nullable()
/** Where else to turn: the product fills it in with every body that hears such a case. */
export const route = maybe(10_000)
const files = z.array(id).max(20)
/** Older feedback does not say it. */
const oneToFive = z.int().min(1).max(5).nullable().optional()
const cost = money.min(0).max(1_000_000_000_000)
export const channel = z.enum(channels)

export const Target = z.object({ kind: z.enum(targetKinds), name: maybe(200), userId: person.nullable(), departmentId: id.nullable() })
export const Demand = z.object({ kind: z.enum(remedyKinds), text: maybe(2000), amountMinor: cost.nullable() })
export const Remedy = z.object({ kind: z.enum(remedyKinds), text: maybe(2000), amountMinor: cost, offerId: id.nullable().optional() })

/** What the record form asks for. */
export const record = {
  subject: words(200),
  description: words(20_000),
  channel,
  language: z.enum(['en', 'zh-CN', 'zh-TW']).nullable(),
  category: z.string().max(40).nullable(),
  reason: z.string().max(40).nullable(),
  dissatisfaction: z.enum(dissatisfactions).nullable(),
  mood: z.enum(moods).nullable(),
  severity: z.literal([1, 2, 3, 4]),
  complainant: z.object({ name: words(200), contact: maybe(200), authority: maybe(200) }).nullable(),
  accessibility: maybe(500),
  target: Target.nullable(),
  demand: Demand.nullable(),
  orderId: id.nullable(),
  productCode: z.string().max(100).nullable(),
  /** Of a custom request: added for everybody, made to measure for some, or thought of for one. */
  extra: z.enum(extraTypes).nullable(),
  receivedAt: instant,
  fileIds: files,
  /** Whoever said it claimed to be this customer, and nothing shows that they are; false once a person knows better. */
  unproven: z.boolean().optional(),
}

/** What is needed to open a case; the rest of its record may be said. */
export const opening = {
  ...z.object(record).partial().required({ subject: true, description: true, channel: true }).shape,
  customerId: id,
  kind: z.enum(kinds),
  ownerId: person.nullable().optional(),
  /** Found by the company before the customer complained. */
  proactive: z.boolean().optional(),
}

/** What each act says, by the event that it makes. Results show it with who said it when. */
export const said = {
  acknowledged: { text: words(20_000), sent: z.enum(['hand', 'mail', 'page']), answerBy: instant.nullable() },
  'interim-remedy': { text: words(2000), amountMinor: cost, offerId: id.nullable().optional() },
  assessed: {
    harm: z.enum(assessmentScales.harm),
    safety: z.enum(assessmentScales.safety),
    impact: z.enum(assessmentScales.impact),
    complexity: z.enum(assessmentScales.complexity),
    urgency: z.enum(assessmentScales.urgency),
    note: maybe(2000),
  },
  judged: {
    admissible: z.boolean(),
    reasonSufficient: z.boolean(),
    demandReasonable: z.boolean(),
    finding: z.enum(findings),
    note: maybe(5000),
    evidence: z.array(words(1000)).max(50),
  },
  'read-again': { agrees: z.boolean(), note: maybe(5000) },
  replied: { text: words(20_000), channel, escalationRoute: route.optional() },
  routed: {
    departmentId: id,
    personId: person.nullable(),
    note: maybe(2000),
    shares: z.array(z.object({ departmentId: id, percent: z.int().min(1).max(100) })).max(10),
  },
  accepted: { note: maybe(2000) },
  'handed-over': { departmentId: id, personId: person.nullable(), reason: words(2000) },
  'cause-found': {
    causeId: id.nullable(),
    text: words(5000),
    field: z.enum(causeFields).nullable(),
    whys: z.array(words(1000)).max(10),
    occurrence: maybe(2000),
    escape: maybe(2000),
    evidence: z.array(words(1000)).max(50),
  },
  'responsibility-settled': {
    userId: person.nullable(),
    departmentId: id.nullable(),
    nobody: z.boolean(),
    delayedBy: person.nullable(),
    note: maybe(2000),
  },
  hypothesis: { id, text: words(1000), state: z.enum(['open', 'ruled-out', 'confirmed']), note: maybe(2000) },
  observation: { id, values: z.record(z.string().max(60), z.string().max(500)), note: maybe(2000) },
  proposed: { remedies: z.array(Remedy).min(1).max(20), reason: words(5000), preventive: maybe(5000), feasible: maybe(2000) },
  instructed: {
    decision: z.enum(['approved', 'amended', 'rejected']),
    remedies: z.array(Remedy).min(1).max(20).nullable(),
    recovery: maybe(5000),
    note: maybe(5000),
  },
  executed: { note: words(5000), fileIds: files, accepted: z.boolean().nullable() },
  'task-given': { title: words(200), ownerId: person, dueDay: day },
  'task-changed': { note: maybe(5000) },
  'remedy-answered': { accepted: z.boolean(), note: maybe(2000) },
  recovery: { id, source: z.enum(recoverySources), text: words(2000), amountMinor: cost, received: z.boolean() },
  told: { text: words(20_000), channel, escalationRoute: route },
  asked: { how: channel },
  /** The last three are of whoever handled the case. */
  feedback: {
    satisfied: z.boolean(),
    score: z.int().min(0).max(10).nullable(),
    text: maybe(5000),
    attitude: oneToFive,
    knowledge: oneToFive,
    skill: oneToFive,
  },
  'penalty-considered': { penaltyIds: z.array(id).max(10), note: maybe(2000) },
  'loss-considered': { lossMinor: cost, recoveredMinor: cost, note: maybe(2000) },
  'lesson-written': {
    lesson: words(5000),
    improvement: words(5000),
    outcomes: z.array(z.enum(['reputation', 'insight', 'idea'])).max(3),
    bulletinId: id.nullable(),
    /** Who makes the improvement, and until when; both or neither. */
    ownerId: person.nullable().optional(),
    dueDay: day.nullable().optional(),
  },
  'effectiveness-checked': {
    days: z.int().min(1).max(3650),
    verdict: z.enum(['effective', 'not-effective', 'too-early', 'too-little-data']),
    before: z.number().nullable(),
    after: z.number().nullable(),
    note: maybe(2000),
  },
  evaluated: { value: words(2000), feasible: z.boolean(), savingMinor: cost.nullable(), note: maybe(2000) },
  decided: { adopted: z.boolean(), note: maybe(5000) },
  rewarded: { text: words(1000), amountMinor: cost },
  published: { said: words(2000), done: words(2000), visible: z.boolean(), publicationId: id.optional() },
  answered: { text: words(20_000), channel },
  quoted: { text: words(5000), amountMinor: cost, validUntil: day.nullable() },
  'quote-answered': { accepted: z.boolean(), note: maybe(2000) },
  fulfilled: { note: words(5000), fileIds: files },
  paid: { amountMinor: cost, reference: maybe(200), way: z.enum(paymentWays).optional() },
  appointed: {
    commitmentId: id.nullable(),
    startsAt: instant,
    endsAt: instant.optional(),
    place: maybe(300),
    ownerId: person.optional(),
  },
  'goods-returned': { item: words(500), rival: maybe(200), supplier: maybe(200), valueMinor: cost.min(1) },
  /** `receivedMinor`: what was paid, all of it where it is left out. */
  'claim-moved': { state: z.enum(['claimed', 'paid', 'refused']), receivedMinor: cost.nullable(), note: maybe(2000) },
  paused: { reason: words(1000), until: instant.nullable() },
  resumed: { note: maybe(1000) },
  promised: { commitmentId: id, text: words(1000), day },
  /** What everybody hears of. */
  bulletin: { title: words(200), body: words(10_000) },
  'bulletin-decided': { id, bulletinId: id.nullable(), note: maybe(2000) },
  escalated: {
    id: z.string().nullable(),
    to: z.array(person).max(50),
    why: maybe(1000),
    clock: z.string().nullable(),
    because: z.enum(escalationReasons).optional(),
  },
} as const

export const who = { at: instant, by: z.string(), seq: z.int() }
type Shape = Readonly<Record<string, z.ZodType>>
/** What was said with who said it when; null where nobody has. */
export const saidOnce = <S extends Shape>(shape: S) => z.object({ ...shape, ...who }).nullable()
export const saidOften = <S extends Shape>(shape: S) => z.array(z.object({ ...shape, ...who }))
