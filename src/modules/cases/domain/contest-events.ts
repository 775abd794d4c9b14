import type { AppealOutcome, Contested, ReferralOutcome } from './contest-words.ts'
import type { Channel } from './taxonomy.ts'

/** What happens to a case whose customer does not accept the answer: an appeal inside the company, a referral to a body outside of it. Days are `YYYY-MM-DD`. */
export interface ContestKinds {
  /** The customer does not accept what they were answered: `of` is the event that decided it, `against` whether it was the finding or the remedy. Somebody who took no part in it judges. */
  appealed: {
    readonly id: string
    readonly of: number
    readonly against: Contested
    readonly reason: string
    readonly channel: Channel
    readonly dueAt: Date
    readonly workingDays: number
  }
  /** Who is to judge an appeal; null: nobody could be found who took no part. */
  'appeal-given': { readonly id: string; readonly judgeId: string | null }
  /** `text`: the reasons as the customer is told them. */
  'appeal-decided': {
    readonly id: string
    readonly outcome: AppealOutcome
    readonly text: string
    readonly channel: Channel
    readonly escalationRoute: string | null
  }
  /** The customer took their appeal back: what they were answered stands, and they were told so. */
  'appeal-withdrawn': { readonly id: string; readonly channel: Channel; readonly note: string | null }
  /** The customer took the case to somebody outside of the company; what that body was called then stays. */
  referred: {
    readonly id: string
    readonly bodyId: string
    readonly body: string
    readonly reference: string | null
    readonly receivedOn: string
    readonly dueOn: string | null
    readonly note: string | null
  }
  'referral-changed': { readonly id: string; readonly reference: string | null; readonly dueOn: string | null }
  /** What the body was sent. */
  'referral-sent': { readonly id: string; readonly text: string; readonly fileIds: readonly string[] }
  /** What became of it outside; `binding`: the company has to do as it says. */
  'referral-decided': {
    readonly id: string
    readonly outcome: ReferralOutcome
    readonly binding: boolean
    readonly decidedOn: string
    readonly redressMinor: number
    readonly redressBy: string | null
    readonly note: string | null
  }
}

/** Everything that happens so, in the order in which it is offered. */
export const contestActs = [
  'appealed',
  'appeal-given',
  'appeal-decided',
  'appeal-withdrawn',
  'referred',
  'referral-changed',
  'referral-sent',
  'referral-decided',
] as const satisfies readonly (keyof ContestKinds)[]
