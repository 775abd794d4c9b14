/** What customers bring, as the book says it. */
export { type Tier, tiers } from '#modules/customers/domain/book.ts'

/** What a case can be. */
export const kinds = ['complaint', 'suggestion', 'enquiry', 'claim', 'repair', 'custom-request', 'request', 'goodwill'] as const
export type Kind = (typeof kinds)[number]

/** The four categories of complaints with their nineteen reasons (G-02); the same reason can stand in several categories, so a reason is named with its category. */
export const complaintReasons = {
  'product-quality': ['defect', 'specification-mismatch', 'out-of-tolerance', 'failure'],
  contract: ['quantity', 'grade', 'specification', 'delivery-time', 'delivery-place', 'settlement', 'trade-terms'],
  freight: ['damage', 'loss', 'deterioration', 'packing-handling'],
  service: ['quality', 'attitude', 'manner', 'skill'],
} as const satisfies Readonly<Record<string, readonly string[]>>
export type Category = keyof typeof complaintReasons
export const categories = Object.keys(complaintReasons) as readonly Category[]

/** Whether a category knows the reason; a category without a reason is right, a reason without a category is not. */
export function isReasonOf(category: string | null, reason: string | null): boolean {
  if (category === null) return reason === null
  const reasons: readonly string[] | undefined = complaintReasons[category as Category]
  return reasons !== undefined && (reason === null || reasons.includes(reason))
}

/** Why customers are dissatisfied, whatever they complain of (E-16). */
export const dissatisfactions = ['slow-response', 'inconvenient', 'unreliable', 'neglected', 'unprofessional'] as const
export type Dissatisfaction = (typeof dissatisfactions)[number]

/** At whom or what a complaint is aimed (G-01). */
export const targetKinds = ['product', 'person', 'department', 'company', 'other'] as const
export type TargetKind = (typeof targetKinds)[number]

/** What customers ask for, and what is proposed to them (G-08, and what other processes know besides). */
export const remedyKinds = [
  'return',
  'exchange',
  'repair',
  'discount',
  'compensation',
  'refund',
  'apology',
  'goodwill',
  'redelivery',
  'correction',
  'explanation',
  'other',
] as const
export type RemedyKind = (typeof remedyKinds)[number]

/** Of remedies these cost money beyond the work; an amount is asked for. */
export const costlyRemedies: readonly RemedyKind[] = [
  'return',
  'exchange',
  'repair',
  'discount',
  'compensation',
  'refund',
  'goodwill',
  'redelivery',
]

/** How a case came in, and how the customer is written to. */
export const channels = ['phone', 'email', 'web', 'chat', 'visit', 'store', 'letter', 'social', 'internal'] as const
export type Channel = (typeof channels)[number]

/** What was found about a complaint; 'established' for short are the first two. */
export const findings = ['founded', 'partly', 'unfounded', 'withdrawn', 'duplicate'] as const
export type Finding = (typeof findings)[number]
export const isEstablished = (finding: Finding | null): boolean => finding === 'founded' || finding === 'partly'

/** How complaints are told apart in every count (G-05): those that were right at least in part, those that were found not to be, and those of which nobody has found anything, or nobody had to since they were withdrawn. */
export const verdicts = ['established', 'not-established', 'undecided'] as const
export type Verdict = (typeof verdicts)[number]
export const findingsOf: Readonly<Record<Verdict, readonly Finding[]>> = {
  established: ['founded', 'partly'],
  'not-established': ['unfounded', 'duplicate'],
  undecided: ['withdrawn'],
}

/** Fields of a cause-and-effect diagram. */
export const causeFields = ['people', 'method', 'material', 'machine', 'environment', 'measurement', 'information', 'partner'] as const
export type CauseField = (typeof causeFields)[number]

/** What a cause can be of: a field of the diagram, a misunderstanding, how the customer used it, or something nobody here could have prevented. */
export const causeKinds = [...causeFields, 'misunderstanding', 'use', 'outside'] as const
export type CauseKind = (typeof causeKinds)[number]
export const isCauseField = (kind: string): kind is CauseField => (causeFields as readonly string[]).includes(kind)

/** From whom a loss is recovered. */
export const recoverySources = ['carrier', 'supplier', 'insurer', 'staff', 'customer', 'other'] as const
export type RecoverySource = (typeof recoverySources)[number]

/** How a claim is paid. */
export const paymentWays = ['transfer', 'card', 'credit', 'voucher', 'cash'] as const
export type PaymentWay = (typeof paymentWays)[number]

/** For what somebody who works here is recognized: thinking of others, creating value, keeping a customer, preventing harm, an idea, praise (O-01, P-04, N-10). */
export const recognitionActs = ['for-others', 'value-created', 'customer-kept', 'prevented', 'idea', 'praised', 'other'] as const
export type RecognitionAct = (typeof recognitionActs)[number]

/** How the customer felt when they came, for the choice of a technique. */
export const moods = ['calm', 'angry', 'anxious', 'conceited', 'mistaken'] as const
export type Mood = (typeof moods)[number]

/** 1 the gravest. */
export const severities = [1, 2, 3, 4] as const
export type Severity = (typeof severities)[number]
