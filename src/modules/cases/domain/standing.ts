import type { Case } from './case.ts'
import { happened, type NewEvent } from './event.ts'
import { remedyMinor } from './fold.ts'
import type { Severity } from './taxonomy.ts'

const usualPriority = 5

/** 1 (first) … 9: that of the policy; a complaint that is said again, and one that went higher, are each taken up earlier (G-18). */
export function priorityOf(one: Pick<Case, 'kind' | 'policy' | 'repeatOf' | 'escalations'>): number {
  const { policy, escalations } = one
  const raised = (isRepeated(one) ? 2 : 0) + (escalations.length === 0 ? 0 : 1)
  return Math.max(1, (policy?.priority ?? usualPriority) - raised)
}

/** Whether somebody complains again on the same matter (G-18). What else continues an earlier case only names it. */
export const isRepeated = ({ kind, repeatOf }: Pick<Case, 'kind' | 'repeatOf'>): boolean => kind === 'complaint' && repeatOf !== null

/** Why something has to be done at once, whoever else waits: somebody is in danger, or the first look said so; null where nothing has. */
export function atOnceBecause({
  record,
  assessed,
}: {
  readonly record: { readonly severity: number }
  readonly assessed: { readonly immediate: boolean } | null
}): 'danger' | 'assessed' | null {
  if (record.severity === 1) return 'danger'
  return assessed?.immediate ? 'assessed' : null
}

/** One step graver, for what is said again. */
export const graver = (severity: Severity): Severity => Math.max(1, severity - 1) as Severity

/** A complaint on the same matter is graver than the first (G-18); nothing where it cannot be. */
export function graverAgain(state: Pick<Case, 'kind' | 'repeatOf' | 'record'>): readonly NewEvent[] {
  const severity = graver(state.record.severity)
  return !isRepeated(state) || severity === state.record.severity ? [] : [happened('changed', { changes: { severity } })]
}

/** What came back of the loss, minor units: what the measures brought in (where none is listed, what was said with the loss), and what the supplier of goods that were taken back paid. */
export function recoveredMinor({ recoveries, loss, claim }: Pick<Case, 'recoveries' | 'loss'> & Partial<Pick<Case, 'claim'>>): number {
  const measures = recoveries.reduce((sum, { amountMinor, received }) => sum + (received ? amountMinor : 0), 0)
  return (recoveries.length === 0 ? (loss?.recoveredMinor ?? 0) : measures) + (claim?.receivedMinor ?? 0)
}

/** What the company lost in the end by the whole case, in all its rounds: the loss as it was said last, else what the remedies cost, less what came back. Below 0 where more came back. */
export const netLossMinor = (one: Case): number => (one.loss?.lossMinor ?? remedyMinor(one)) - recoveredMinor(one)

/** Whether somebody has to decide on a proposal now. */
export const awaitsDecision = ({ state, proposed, instructed }: Case): boolean =>
  state === 'open' && proposed !== null && instructed === null

/** Whom a case is or once was about, of those who work here: nobody of them handles it or decides in it. */
export const aboutWhom = ({ about }: Pick<Case, 'about'>): readonly string[] => about
