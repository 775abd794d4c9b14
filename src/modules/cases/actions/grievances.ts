import { addCommitment, commitmentsOfOrigin, settleOrigin } from '#modules/commitments/public.ts'
import { notify, readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { derivedId } from '#platform/identifier.ts'
import type { CaseEvent } from '../domain/event.ts'
import { dueWithin } from '../domain/follow-up-day.ts'
import { grievanceIn, settlesGrievance } from '../domain/grievance.ts'
import { aboutWhom } from '../domain/standing.ts'
import { handlingSetting } from '../settings.ts'
import { companyDays } from './current.ts'
import { byItself, thoseAbove, today, whoHears, whoTakesCare } from './people.ts'
import type { Known } from './performing.ts'
import { owed } from './words.ts'

const originOf = (caseId: string) => ({ module: 'cases', id: `${caseId}:grievance` })

/**
 * A customer who is not satisfied, or refuses what was decided or offered, is not left with that, by whichever way they say it: whoever handles the case hears of it (those above, too, where the company wants it so), and somebody
 * is to get in touch within some working days. One such task at a time; it ends with its reason.
 */
export async function tendGrievance(context: Context, known: Known, made: readonly CaseEvent[]): Promise<void> {
  const { row, state } = known
  const own = byItself(context)
  const settles = settlesGrievance(made)
  if (settles !== null) await settleOrigin(own, row.customerId, originOf(row.id), settles, null)
  const found = grievanceIn(made)
  if (found === null) return
  const { unhappyDays, unhappyAbove } = await readSetting(context.db, handlingSetting)
  const above = unhappyAbove ? await thoseAbove(context, aboutWhom(state)) : []
  await notify(context, {
    to: [...(await whoHears(context, known)), ...above],
    kind: `cases.${found.what}`,
    values: { number: state.number },
    link: `/cases/${row.id}`,
  })
  const there = await commitmentsOfOrigin(context.db, row.customerId, originOf(row.id))
  const ownerId = there.some((one) => one.state === 'open') ? null : await whoTakesCare(context, known)
  if (ownerId === null) return
  const { isBusinessDay } = await companyDays(context, true)
  await addCommitment(own, {
    kind: 'task',
    title: await owed(context, `owed.${found.what}`, state.number),
    dueDay: dueWithin(await today(context), unhappyDays, isBusinessDay),
    customerId: row.customerId,
    ownerId,
    // They have heard of it already.
    requestedBy: ownerId,
    id: derivedId('commitment', 'cases.grievance', `${row.id} ${found.seq}`),
    origin: originOf(row.id),
  })
}
