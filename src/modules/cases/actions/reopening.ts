import { departmentsOfStaff, readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { type CaseEvent, happened, type NewEvent } from '../domain/event.ts'
import { choiceOf, keptFor } from '../domain/figures/assignment.ts'
import { goesToAnother, handlersOf } from '../domain/reopening.ts'
import { handlingSetting } from '../settings.ts'
import type { Known } from './performing.ts'
import { staffingOf } from './staffing.ts'

/**
 * A complaint that is opened again goes to somebody new to it, chosen like every case; where nobody is named who serves, among those of the departments of whoever handled it. It stays with them, and says why, where
 * nobody else could be given it. Whoever reads it may give it to anybody afterwards.
 */
export async function toAnother(context: Context, { state, events, row }: Known, made: readonly CaseEvent[]): Promise<readonly NewEvent[]> {
  const reopened = made.find((event) => event.kind === 'reopened')
  const { ownerId, departmentId, policy } = state
  if (!reopened || ownerId === null) return []
  const { anotherAfterReopening } = await readSetting(context.db, handlingSetting)
  if (!goesToAnother(state, reopened.data, anotherAfterReopening)) return []
  const staffing = await staffingOf(context)
  const chosen = await staffing.choose({ departmentId, policy, customerId: row.customerId }, state, {
    recused: handlersOf(events),
    otherwise: await departmentsOfStaff(context.db, [ownerId]),
  })
  return chosen.kind === 'assigned'
    ? [happened('assigned', { ownerId: chosen.userId, why: null, choice: choiceOf(chosen, true) })]
    : [happened('assigned', { ownerId, why: null, choice: keptFor(chosen) })]
}
