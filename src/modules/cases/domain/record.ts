import type { ExtraType } from './custom-requests.ts'
import type { Channel, Dissatisfaction, Mood, RemedyKind, Severity, TargetKind, Tier } from './taxonomy.ts'

/** What the record form asks for (G-01). */
export interface CaseRecord {
  readonly subject: string
  readonly description: string
  readonly channel: Channel
  /** In which language the customer is written to; null: not known. */
  readonly language: 'en' | 'zh-CN' | 'zh-TW' | null
  readonly category: string | null
  readonly reason: string | null
  readonly dissatisfaction: Dissatisfaction | null
  readonly mood: Mood | null
  readonly severity: Severity
  /** Who complains where it is not the customer, and with what authority. */
  readonly complainant: { readonly name: string; readonly contact: string | null; readonly authority: string | null } | null
  /** What the customer needs to be able to follow: large print, a voice call, an interpreter. */
  readonly accessibility: string | null
  readonly target: {
    readonly kind: TargetKind
    readonly name: string | null
    readonly userId: string | null
    readonly departmentId: string | null
  } | null
  /** What the customer asks for. */
  readonly demand: { readonly kind: RemedyKind; readonly text: string | null; readonly amountMinor: number | null } | null
  readonly orderId: string | null
  readonly productCode: string | null
  /** Of a custom request: added for everybody, made to measure for some, or thought of for one (K-02). Older records do not say it. */
  readonly extra?: ExtraType | null
  readonly receivedAt: Date
  readonly fileIds: readonly string[]
  /** Whoever said it typed or claimed to be this customer, and nothing shows that they are. */
  readonly unproven?: boolean | undefined
}

export interface Remedy {
  readonly kind: RemedyKind
  readonly text: string | null
  /** What it costs, minor units of the organisation's currency; 0 for what costs only work. */
  readonly amountMinor: number
  /** The line of the company's catalogue that it was taken from. */
  readonly offerId?: string | null | undefined
}

/** By which policy a case is served from then on, as it was when it was looked up. */
export interface PolicyTerms {
  readonly policyId: string
  readonly version: number
  readonly tier: Tier | null
  readonly priority: number
  /** Which team is to serve the customer; older records do not say it. */
  readonly teamId?: string | null | undefined
}
