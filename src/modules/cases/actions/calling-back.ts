import { addCommitment, commitmentsOfOrigin, settleOrigin } from '#modules/commitments/public.ts'
import { readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { derivedId } from '#platform/identifier.ts'
import type { CaseEvent } from '../domain/event.ts'
import { callbackDay, isCalledBack } from '../domain/follow-up-day.ts'
import { handlingSetting } from '../settings.ts'
import { companyDays } from './current.ts'
import { askingOf } from './heard.ts'
import { byItself, today, whoTakesCare } from './people.ts'
import type { Known } from './performing.ts'
import { owed } from './words.ts'

const originOf = (caseId: string) => ({ module: 'cases', id: `${caseId}:callback` })

const answers: readonly CaseEvent['kind'][] = ['asked', 'feedback']
const ends: readonly CaseEvent['kind'][] = ['withdrawn', 'merged', 'converted']

/**
 * Once the customer's matter is settled by something that was done for them, it stands in the day of whoever handles it, else of whoever looks after the customer, to ask how they find it: once for each time that it is settled,
 * and not while the desk is to ask already. Whoever answers by themselves is not asked; what is opened again is not settled.
 */
export async function tendCallback(context: Context, known: Known, made: readonly CaseEvent[]): Promise<void> {
  const { row, state } = known
  const own = byItself(context)
  const happened = (kinds: readonly CaseEvent['kind'][]) => made.some(({ kind }) => kinds.includes(kind))
  const isOpenAgain = state.resolvedAt === null && happened(['reopened', 'sent-back'])
  if (isOpenAgain || happened(ends)) await settleOrigin(own, row.customerId, originOf(row.id), 'cancelled', null)
  else if (happened(answers)) await settleOrigin(own, row.customerId, originOf(row.id), 'done', null)
  const settled = made.findLast(({ kind }) => kind === 'resolved')
  if (settled === undefined || !isCalledBack(state)) return
  const asking = await commitmentsOfOrigin(context.db, row.customerId, askingOf(row.id))
  const ownerId = asking.some((one) => one.state === 'open') ? null : await whoTakesCare(context, known)
  if (ownerId === null) return
  await addCommitment(own, {
    kind: 'task',
    title: await owed(context, 'owed.callback', state.number),
    dueDay: await dayToAsk(context),
    customerId: row.customerId,
    ownerId,
    id: derivedId('commitment', 'cases.callback', `${row.id} ${settled.seq}`),
    origin: originOf(row.id),
  })
}

/** By when somebody is asked how they find what was done today, by the company's setting. */
export async function dayToAsk(context: Context): Promise<string> {
  const { callbackDays } = await readSetting(context.db, handlingSetting)
  const { isBusinessDay } = await companyDays(context, true)
  return callbackDay(await today(context), callbackDays, isBusinessDay)
}
