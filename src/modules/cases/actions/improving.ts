import { addCommitment, settleCommitment } from '#modules/commitments/public.ts'
import type { Context } from '#platform/context.ts'
import type { CaseEvent } from '../domain/event.ts'
import { type Improvement, improvementOf, insertImprovement, updateImprovement } from '../store/improvements.ts'
import type { Known } from './performing.ts'

/** By what the commitments are known that lessons ask for. */
export const improvementOrigin = (caseId: string) => ({ module: 'cases', id: `${caseId}:improvement` })

/** Puts an improvement into the day of whoever does it. */
export async function askedToImprove(
  context: Context,
  { customerId, caseId, text }: Improvement,
  ownerId: string,
  dueDay: string,
): Promise<string> {
  const origin = improvementOrigin(caseId)
  return (await addCommitment(context, { kind: 'task', title: text.slice(0, 200), dueDay, ownerId, customerId, origin })).id
}

/** Of a case, what improvements have to do with. */
interface Learned extends Pick<Known, 'state'> {
  readonly row: Pick<Known['row'], 'customerId' | 'id'>
}

/** What a lesson asks for stands in the backlog from then on, and says what the checks of its case find (G-11). */
export async function keepImprovement(context: Context, { row, state }: Learned, made: readonly CaseEvent[]): Promise<void> {
  const { db } = context
  const written = made.findLast((event) => event.kind === 'lesson-written')
  const checked = made.findLast((event) => event.kind === 'effectiveness-checked')
  if (!written && !checked) return
  const before = await improvementOf(db, row.customerId, row.id)
  const effect = state.effectiveness.at(-1)?.verdict ?? before?.effect ?? null
  if (before === null) {
    if (written) await insertImprovement(db, await begun(context, row, written.data, effect), { at: written.at, userId: written.by })
    return
  }
  if (!written) return void (await updateImprovement(db, { ...before, effect }))
  const { improvement: text, ownerId = null, dueDay = null } = written.data
  // Said again in other words it is another thing to do: what was planned for the first is not owed any more.
  if (text === before.text && ownerId === null) return
  if (before.state === 'open' && before.commitmentId !== null) await settleCommitment(context, before.commitmentId, 'cancelled', null)
  const anew = await begun(context, row, { ...written.data, ownerId: ownerId ?? before.ownerId, dueDay: dueDay ?? before.dueDay }, null)
  await updateImprovement(db, { ...anew, text, version: before.version })
}

async function begun(
  context: Context,
  { customerId, id }: Learned['row'],
  { improvement: text, ownerId = null, dueDay = null }: (CaseEvent & { kind: 'lesson-written' })['data'],
  effect: Improvement['effect'],
): Promise<Improvement> {
  const planned: Improvement = {
    ...{ customerId, caseId: id, text, ownerId, dueDay, effect },
    ...{ commitmentId: null, state: 'open', doneOn: null, version: 1 },
  }
  if (ownerId === null || dueDay === null) return planned
  return { ...planned, commitmentId: await askedToImprove(context, planned, ownerId, dueDay) }
}
