import { type Tier, tiers } from '#modules/customers/domain/book.ts'

/** What becomes of something that the company found before the customer said anything (L-07). */
export const reactions = ['nothing', 'task', 'case'] as const
export type Reaction = (typeof reactions)[number]

/** What is done about deliveries that are late and bills that are disputed. */
export interface ProactiveRules {
  readonly late: Reaction
  /** A delivery counts from so many days on. */
  readonly fromDays: number
  /** From which tier on it is worth that; null: the tier does not matter. */
  readonly fromTier: Tier | null
  /** From which amount of the order on, minor units; null: the amount does not matter. */
  readonly fromMinor: number | null
  /** What is done for all others whose delivery is late. */
  readonly otherwise: Exclude<Reaction, 'case'>
  /** Within so many days it is made up for. */
  readonly recoverDays: number
  readonly disputes: 'nothing' | 'case'
}

export interface LateDelivery {
  /** How late it is, or was. */
  readonly days: number
  /** Null: the customer was not valued yet. */
  readonly tier: Tier | null
  readonly amountMinor: number
  /** How many days ago it came after all; null: it has not. */
  readonly cameDaysAgo: number | null
}

/** What came so many days ago is history: nobody apologises for it out of the blue. */
export const historyDays = 7

/** What is done about a late delivery. Where neither tier nor amount matters, everybody gets the same; where both do, either suffices. */
export function reactionTo({ days, tier, amountMinor, cameDaysAgo }: LateDelivery, rules: ProactiveRules): Reaction {
  if (days < rules.fromDays || (cameDaysAgo !== null && cameDaysAgo >= historyDays)) return 'nothing'
  const { fromTier, fromMinor } = rules
  const everybody = fromTier === null && fromMinor === null
  const byTier = fromTier !== null && tier !== null && tiers.indexOf(tier) >= tiers.indexOf(fromTier)
  const byAmount = fromMinor !== null && amountMinor >= fromMinor
  return everybody || byTier || byAmount ? rules.late : rules.otherwise
}

/** Whether the company was first: it had found it before the customer said it. */
export const wasFirst = (foundAt: Date, saidAt: Date): boolean => foundAt <= saidAt

/** Counts of a period: cases that the company raised by itself, complaints of customers, and those of them that are about something the company had raised, first or not. */
export interface FoundCounts {
  readonly raised: number
  readonly complaints: number
  readonly first: number
  readonly tooLate: number
}

/**
 * Of everything that went wrong and became known, how much the company found before the customer said it: what it raised, less what the customer had said before, of all that was raised or said, each counted
 * once. `part` never exceeds `whole`.
 */
export function foundFirst({ raised, complaints, first, tooLate }: FoundCounts): { readonly part: number; readonly whole: number } {
  // A complaint about something that was raised in an earlier period is linked to nothing of this one.
  const part = Math.max(0, raised - tooLate)
  return { part, whole: Math.max(part, raised + complaints - first - tooLate) }
}
