import { settleOrigin } from '#modules/commitments/public.ts'
import { noteTechniqueOutcome } from '#modules/knowledge/public.ts'
import type { Context } from '#platform/context.ts'
import type { CaseEvent } from '../domain/event.ts'
import { askAction } from '../domain/guide.ts'
import type { CaseRow } from '../store/cases.ts'

export const originOf = (caseId: string) => ({ module: 'cases', id: caseId })
/** What stands in somebody's day because of the guide is told apart from what was promised. */
export const askingOf = (caseId: string) => ({ module: 'cases', id: `${caseId} ${askAction}` })

/** What some events of a case say about what was done at the desk: whether techniques helped, and that the customer was asked. */
export async function deskHeard(context: Context, { id, customerId }: CaseRow, made: readonly CaseEvent[]): Promise<void> {
  for (const event of made) {
    if (event.kind === 'feedback') await noteTechniqueOutcome(context, originOf(id), event.data.satisfied)
    if (event.kind === 'reopened') await noteTechniqueOutcome(context, originOf(id), false)
    if (event.kind === 'asked' || event.kind === 'feedback') await settleOrigin(context, customerId, askingOf(id), 'done', null)
    if (endings.has(event.kind)) await settleOrigin(context, customerId, askingOf(id), 'cancelled', null)
  }
}
const endings: ReadonlySet<CaseEvent['kind']> = new Set(['withdrawn', 'merged', 'converted'])
