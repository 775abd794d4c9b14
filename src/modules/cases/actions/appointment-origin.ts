import { settleOrigin } from '#modules/commitments/public.ts'
import type { Context } from '#platform/context.ts'
import type { CaseEvent } from '../domain/event.ts'
import { byItself } from './people.ts'
import type { Known } from './performing.ts'

const mark = 'appointment'
export const appointmentOrigin = (caseId: string) => ({ module: 'cases', id: `${caseId}:${mark}` })

/** Of which case a commitment is the appointment; null for any other. */
export function caseOfAppointment(origin: { readonly module: string; readonly id: string } | null): string | null {
  const [caseId, what] = origin?.module === 'cases' ? origin.id.split(':') : []
  return what === mark && caseId !== undefined ? caseId : null
}

/**
 * What was agreed on ends with its reason: nobody comes any more where the customer withdraws the case or it goes back to before a time was agreed on, and whoever came has been there once the work is done. Where a case goes on as
 * another one the customer still waits for somebody.
 */
export async function tendAppointment(context: Context, { row, state }: Known, made: readonly CaseEvent[]): Promise<void> {
  const own = byItself(context)
  const origin = appointmentOrigin(row.id)
  const isBack = state.appointed === null && made.some(({ kind }) => kind === 'sent-back' || kind === 'reopened')
  if (isBack || made.some(({ kind }) => kind === 'withdrawn')) await settleOrigin(own, row.customerId, origin, 'cancelled', null)
  else if (made.some(({ kind }) => kind === 'fulfilled')) await settleOrigin(own, row.customerId, origin, 'done', null)
}
