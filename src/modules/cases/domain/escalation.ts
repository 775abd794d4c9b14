import { happened, type NewEvent } from './event.ts'

/** Why the product brings a case before those above: said again (G-18), handed on too often (G-13), nobody decided in time (G-09), nobody may decide by the table of limits; an appeal that was not judged in time, or that nobody could judge who took no part. */
export const escalationReasons = [
  'repeated',
  'transfer-limit',
  'approval-overdue',
  'nobody-may-approve',
  'appeal-overdue',
  'nobody-may-judge',
] as const
export type EscalationReason = (typeof escalationReasons)[number]

/** A case comes before those above. `id`: by which nothing is told twice. */
export const broughtHigher = (to: readonly string[], because: EscalationReason, id: string | null = null): NewEvent =>
  happened('escalated', { id, to, why: null, clock: null, because })
