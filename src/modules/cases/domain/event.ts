import type { ChecklistItem, ChecklistState } from './checklist.ts'
import type { ContestKinds } from './contest-events.ts'
import type { EscalationReason } from './escalation.ts'
import type { Choice } from './figures/assignment.ts'
import type { Scores } from './figures/personnel-value.ts'
import type { Assessment } from './figures/severity.ts'
import type { CaseRecord, PolicyTerms, Remedy } from './record.ts'
import type { PassedOver } from './routing.ts'
import type { ClaimState } from './supplier-claim.ts'
import type { CauseField, Channel, Finding, Kind, PaymentWay, RecoverySource, Severity } from './taxonomy.ts'

export type { CaseRecord, PolicyTerms, Remedy } from './record.ts'

export interface Kinds extends ContestKinds {
  opened: {
    readonly kind: Kind
    readonly process: { readonly key: string; readonly version: number }
    readonly step: string
    readonly number: string
    readonly record: CaseRecord
    readonly policy: PolicyTerms | null
    readonly ownerId: string | null
    readonly departmentId: string | null
    readonly repeatOf: string | null
    readonly proactive: boolean
    /** Another case that became this one. */
    readonly from: string | null
    /** Matters that were grave enough for the clocks of a law, such as one of a bank. */
    readonly regimes: readonly string[]
    /** The case in which the customer had the idea that this suggestion is about. */
    readonly ideaOf?: { readonly caseId: string; readonly number: string } | undefined
  }
  /** What the record says now, only what differs. `cleared`: whoever was named by mistake, and is not somebody whom the case is about any more. */
  changed: { readonly changes: Partial<CaseRecord>; readonly cleared?: readonly string[] | undefined }
  acknowledged: { readonly text: string; readonly sent: 'hand' | 'mail' | 'page'; readonly answerBy: Date | null }
  'interim-remedy': { readonly text: string; readonly amountMinor: number; readonly offerId?: string | null | undefined }
  /** The first look: how grave it is by five answers, and whether something has to be done at once. */
  assessed: Assessment & { readonly severity: Severity; readonly immediate: boolean; readonly note: string | null }
  judged: {
    /** Whether it is ours to handle at all, apart from whether it is right. */
    readonly admissible: boolean
    readonly reasonSufficient: boolean
    readonly demandReasonable: boolean
    readonly finding: Finding
    readonly note: string | null
    readonly evidence: readonly string[]
  }
  'read-again': { readonly agrees: boolean; readonly note: string | null }
  /** `escalationRoute`: where the customer was told that they can turn to; older replies do not say it. */
  replied: { readonly text: string; readonly channel: Channel; readonly escalationRoute?: string | null | undefined }
  routed: {
    readonly departmentId: string
    readonly personId: string | null
    readonly note: string | null
    readonly shares: readonly { readonly departmentId: string; readonly percent: number }[]
    /** By which line of the table, and who was passed over why, where the product did it. */
    readonly byTable?: { readonly routeId: string; readonly passed: readonly PassedOver[] } | undefined
  }
  accepted: { readonly note: string | null }
  'handed-over': {
    readonly fromDepartmentId: string
    readonly departmentId: string
    readonly personId: string | null
    readonly reason: string
  }
  'cause-found': {
    readonly causeId: string | null
    readonly text: string
    readonly field: CauseField | null
    /** Why, and why that, and why that; the last is the root. */
    readonly whys: readonly string[]
    readonly occurrence: string | null
    /** Why nobody noticed before the customer did. */
    readonly escape: string | null
    readonly evidence: readonly string[]
  }
  /** Who brought it about: a person of ours, their department, or no individual. Who delayed it is asked beside. */
  'responsibility-settled': {
    readonly userId: string | null
    readonly departmentId: string | null
    readonly nobody: boolean
    readonly delayedBy: string | null
    readonly note: string | null
    /** Whoever had been named by mistake. */
    readonly cleared?: readonly string[] | undefined
  }
  hypothesis: {
    readonly id: string
    readonly text: string
    readonly state: 'open' | 'ruled-out' | 'confirmed'
    readonly note: string | null
  }
  observation: { readonly id: string; readonly values: Readonly<Record<string, string>>; readonly note: string | null }
  proposed: {
    readonly remedies: readonly Remedy[]
    readonly reason: string
    readonly preventive: string | null
    readonly feasible: string | null
  }
  /** The leader's instruction. What is amended is what is carried out. */
  instructed: {
    readonly decision: 'approved' | 'amended' | 'rejected'
    readonly remedies: readonly Remedy[] | null
    readonly recovery: string | null
    readonly note: string | null
  }
  executed: { readonly note: string; readonly fileIds: readonly string[]; readonly accepted: boolean | null }
  /** What somebody is to do so that the remedy comes about; it stands in their day. */
  'task-given': { readonly commitmentId: string; readonly title: string; readonly ownerId: string; readonly dueDay: string }
  'task-changed': { readonly commitmentId: string; readonly state: 'open' | 'done' | 'cancelled'; readonly note: string | null }
  /** Whether the customer takes the remedy that was decided on. */
  'remedy-answered': { readonly accepted: boolean; readonly note: string | null }
  /** A measure by which a loss is recovered; said again it is changed. */
  recovery: {
    readonly id: string
    readonly source: RecoverySource
    readonly text: string
    readonly amountMinor: number
    readonly received: boolean
  }
  told: { readonly text: string; readonly channel: Channel; readonly escalationRoute: string | null }
  asked: { readonly how: Channel }
  /** With what the customer gives whoever handled the case, as far as they say it; earlier feedback does not. */
  feedback: { readonly satisfied: boolean; readonly score: number | null; readonly text: string | null } & {
    readonly [D in keyof Scores]?: Scores[D] | undefined
  }
  'penalty-considered': { readonly penaltyIds: readonly string[]; readonly note: string | null }
  'loss-considered': { readonly lossMinor: number; readonly recoveredMinor: number; readonly note: string | null }
  'lesson-written': {
    readonly lesson: string
    readonly improvement: string
    /** Whether it restored credit, told something of the market, or showed a need (G-16). */
    readonly outcomes: readonly ('reputation' | 'insight' | 'idea')[]
    /** By which bulletin everybody heard of it; null where none was published with it. */
    readonly bulletinId: string | null
    /** Who makes the improvement, and until when. */
    readonly ownerId?: string | null | undefined
    readonly dueDay?: string | null | undefined
  }
  /** What everybody might hear of, by somebody who may not tell them; somebody who may decides. */
  'bulletin-proposed': { readonly id: string; readonly title: string; readonly body: string }
  /** `bulletinId`: as which it went out; null where it was declined. */
  'bulletin-decided': { readonly id: string; readonly bulletinId: string | null; readonly note: string | null }
  'effectiveness-checked': {
    readonly days: number
    readonly verdict: 'effective' | 'not-effective' | 'too-early' | 'too-little-data'
    readonly before: number | null
    readonly after: number | null
    readonly note: string | null
    /** No other check was planned after it. */
    readonly last?: boolean | undefined
  }
  evaluated: { readonly value: string; readonly feasible: boolean; readonly savingMinor: number | null; readonly note: string | null }
  decided: { readonly adopted: boolean; readonly note: string | null }
  rewarded: { readonly text: string; readonly amountMinor: number }
  /** `visible`: anybody may read it; said again with false it was withdrawn. */
  published: {
    readonly said: string
    readonly done: string
    readonly visible: boolean
    readonly publicationId?: string | undefined
  }
  answered: { readonly text: string; readonly channel: Channel }
  quoted: { readonly text: string; readonly amountMinor: number; readonly validUntil: string | null }
  'quote-answered': { readonly accepted: boolean; readonly note: string | null }
  fulfilled: { readonly note: string; readonly fileIds: readonly string[] }
  /** `way`: how; earlier payments did not say it. */
  paid: { readonly amountMinor: number; readonly reference: string | null; readonly way?: PaymentWay | undefined }
  /** `commitmentId`: where it stands in somebody's calendar. Until when it lasts, and who comes, older records do not say. */
  appointed: {
    readonly commitmentId: string | null
    readonly startsAt: Date
    readonly endsAt?: Date | undefined
    readonly place: string | null
    readonly ownerId?: string | undefined
  }
  /** Goods of a rival that were taken back for somebody, and given their value for (K-05). */
  'goods-returned': {
    readonly item: string
    readonly rival: string | null
    readonly supplier: string | null
    readonly valueMinor: number
  }
  /** What became of the claim on their supplier; `receivedMinor` where it was paid. */
  'claim-moved': { readonly state: ClaimState; readonly receivedMinor: number | null; readonly note: string | null }
  /** `choice`: how the product chose them; `why`: in somebody's words. */
  assigned: { readonly ownerId: string | null; readonly why: string | null; readonly choice?: Choice | undefined }
  stepped: { readonly from: string; readonly to: string }
  'sent-back': { readonly from: string; readonly to: string; readonly reason: string }
  paused: { readonly reason: string; readonly until: Date | null }
  resumed: { readonly note: string | null }
  resolved: { readonly outcome: string | null }
  closed: { readonly costMinor: number }
  /** `sameHandler`: whoever opened it again wants it to stay with whom it was. */
  reopened: { readonly to: string; readonly reason: string; readonly sameHandler?: boolean | undefined }
  withdrawn: { readonly reason: string }
  /** Whoever it is about was erased: nobody is owed an answer any more. */
  'customer-erased': { readonly costMinor: number }
  merged: { readonly intoCaseId: string; readonly reason: string }
  /** Another case was merged into this one. */
  'took-in': { readonly caseId: string; readonly number: string }
  converted: { readonly caseId: string; readonly kind: Kind }
  escalated: {
    readonly id: string | null
    readonly to: readonly string[]
    readonly why: string | null
    readonly clock: string | null
    /** Where the product did it and no clock ran out, why, by name; it stays when words are erased. */
    readonly because?: EscalationReason | undefined
  }
  /** `id` names the happening of a round of a clock, so that nothing is told twice. */
  warned: { readonly id: string; readonly clock: string; readonly dueAt: Date | null }
  breached: { readonly id: string; readonly clock: string; readonly dueAt: Date | null }
  'policy-applied': { readonly policy: PolicyTerms }
  noted: { readonly text: string; readonly fileIds: readonly string[]; readonly minutes: number }
  /** `commitmentId`: where it stands in somebody's day that the customer is asked. */
  'guide-followed': { readonly action: string; readonly commitmentId: string | null }
  promised: { readonly commitmentId: string; readonly text: string; readonly day: string }
  /** Its day passed and it was not kept; `day`: for which it was promised by then. */
  'promise-broken': { readonly commitmentId: string; readonly day: string | null }
  /** `techniqueKey`: of what the product ships its name, else its id. */
  'technique-used': { readonly useId: string; readonly techniqueKey: string; readonly said: Readonly<Record<string, string>> }
  /** `automatic`: no person wrote it. */
  message: {
    readonly messageId: string
    readonly direction: 'in' | 'out'
    readonly channel: Channel
    readonly automatic: boolean
    /** Files that came or went with it. */
    readonly fileIds?: readonly string[]
  }
  /** A cause was found to be that of a problem that others have, too. */
  'problem-linked': { readonly problemId: string | null }
  /** The company had found it by itself, in another case: `first` where it did before the customer said it. */
  'found-before': { readonly caseId: string; readonly number: string; readonly first: boolean }
  /** It should not have come any more: its problem was thought cured, or an earlier case of the same cause had ended with what was learned. */
  recurred: { readonly problemId: string | null; readonly earlierCaseId: string | null }
  /** Beside the promise of a law, an extension that somebody approved. */
  'regime-extended': { readonly regime: string; readonly target: string; readonly extension: string; readonly reason: string }
  /** A suggestion was made of an idea in it; both go on. */
  'idea-taken': { readonly caseId: string; readonly number: string }
  /** What it tells of its customer was noted in the needs register. */
  /** `touchId`: the touch with which it stands in the archive, one for all needs of a case. */
  'need-noted': { readonly needId: string; readonly text: string; readonly touchId?: string }
  /** Something of what is looked at early in what is made for one customer. */
  'checklist-ticked': { readonly item: ChecklistItem; readonly state: ChecklistState; readonly note: string | null }
  'quality-checked': { readonly sheetId: string; readonly passed: boolean }
}
export type EventKind = keyof Kinds

/** Something that happened to a case. `seq` counts from 1. */
export type CaseEvent = {
  readonly [K in EventKind]: { readonly seq: number; readonly kind: K; readonly data: Kinds[K]; readonly at: Date; readonly by: string }
}[EventKind]

/** What an act brings about, before it is numbered and signed. */
export type NewEvent = { readonly [K in EventKind]: { readonly kind: K; readonly data: Kinds[K] } }[EventKind]

export const happened = <K extends EventKind>(kind: K, data: Kinds[K]): NewEvent => ({ kind, data }) as unknown as NewEvent
