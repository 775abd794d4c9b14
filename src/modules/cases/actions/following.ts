import { addCommitment, settleOrigin } from '#modules/commitments/public.ts'
import { notify, readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { derivedId } from '#platform/identifier.ts'
import type { CaseEvent, NewEvent } from '../domain/event.ts'
import { aboutWhom, graverAgain, isRepeated } from '../domain/standing.ts'
import { handlingSetting } from '../settings.ts'
import { withdrawProposed } from '../store/staff.ts'
import { tendAppointment } from './appointment-origin.ts'
import { goHigher, tendApproval } from './approvals.ts'
import { tendCallback } from './calling-back.ts'
import { settleChecks } from './checking.ts'
import { foundBefore } from './found.ts'
import { tendGrievance } from './grievances.ts'
import { keepImprovement } from './improving.ts'
import { endMailedLinks } from './links.ts'
import { thoseAbove, today } from './people.ts'
import type { Known } from './performing.ts'
import { recurrenceOf } from './recurring.ts'
import { toAnother } from './reopening.ts'
import { routedByTable } from './routing.ts'
import { tasksOrigin } from './task-origin.ts'
import { tendContests } from './tending-contests.ts'
import { owed } from './words.ts'

/**
 * What the product does by itself after something happened to a case, in the same transaction: it gives it to the department of the table, asks whoever decides, brings what is said again or handed on
 * too often before those above, and ends what nobody has to do any more. Answers what is to happen to the case; the caller acts as the product. `untold`: whoever is given many
 * cases at once hears of them in one message, which the caller writes.
 */
export async function followUps(context: Context, known: Known, made: readonly CaseEvent[], untold: boolean): Promise<readonly NewEvent[]> {
  const next: NewEvent[] = []
  // First, so that what follows from it finds it said.
  const recurred = await recurrenceOf(context, known, made)
  if (recurred) next.push(recurred)
  const found = await foundBefore(context, known, made)
  if (found) next.push(found)
  next.push(...(await toAnother(context, known, made)))
  const routed = await routedByTable(context, known)
  if (routed) next.push(routed)
  next.push(...(await repeated(context, known, made)))
  next.push(...(await handedOnTooOften(context, known, made)))
  next.push(...(await tendApproval(context, known, made)))
  next.push(...(await tendContests(context, known, made)))
  if (!untold) await tellPerson(context, known, made)
  await keepImprovement(context, known, made)
  await endTasks(context, known, made)
  await tendGrievance(context, known, made)
  await tendCallback(context, known, made)
  await tendAppointment(context, known, made)
  await settleChecks(context, known, made)
  await withdrawPenalties(context, known, made)
  // Whoever was written to before may be somebody else.
  if (made.some((event) => event.kind === 'changed' && event.data.changes.complainant !== undefined))
    await endMailedLinks(context, known.row.id)
  return next
}

/** A complaint on the same matter is graver than the first, and those above hear of it (G-18). */
async function repeated(context: Context, known: Known, made: readonly CaseEvent[]): Promise<readonly NewEvent[]> {
  const { state } = known
  if (!isRepeated(state) || made[0]?.kind !== 'opened') return []
  return [...graverAgain(state), ...(await goHigher(context, known, 'repeated'))]
}

/** Whoever is above decides which department it is, once it was handed on too often (G-13). */
async function handedOnTooOften(context: Context, known: Known, made: readonly CaseEvent[]): Promise<readonly NewEvent[]> {
  const { state, row } = known
  const origin = { module: 'cases', id: `${row.id}:routing` }
  const ended = state.state !== 'open'
  if ((ended || made.some(({ kind }) => kind === 'accepted')) && state.escalations.some(({ because }) => because === 'transfer-limit'))
    await settleOrigin(context, row.customerId, origin, ended ? 'cancelled' : 'done', null)
  if (!made.some(({ kind }) => kind === 'handed-over')) return []
  const { transferLimit } = await readSetting(context.db, handlingSetting)
  if (state.transfers.length < transferLimit) return []
  // The clocks look for the same, and tell nothing twice.
  const id = state.transfers.length === transferLimit ? `handed-about ${context.now.toISOString()}` : null
  const events = await goHigher(context, known, 'transfer-limit', id)
  const decides = (await thoseAbove(context, aboutWhom(state)))[0]
  if (decides !== undefined)
    await addCommitment(context, {
      kind: 'task',
      title: await owed(context, 'owed.routing', state.number),
      dueDay: await today(context),
      customerId: row.customerId,
      ownerId: decides,
      id: derivedId('commitment', 'cases.routing', `${row.id} ${state.transfers.length}`),
      origin,
    })
  return events
}

/** Whoever is given a case, to handle it or to answer for it, hears of it; not who took it. */
async function tellPerson(context: Context, { state, row, events }: Known, made: readonly CaseEvent[]): Promise<void> {
  const before = events.findLast(({ seq, kind }) => seq < (made[0]?.seq ?? 0) && (kind === 'assigned' || kind === 'opened'))
  const had = before ? ownerIn(before) : null
  const given = made.flatMap((event) => {
    if (event.kind === 'routed' || event.kind === 'handed-over') return event.data.personId ?? []
    // What goes on as another case was theirs before.
    const ownerId = event.kind === 'opened' && event.data.from !== null ? null : ownerIn(event)
    return ownerId === null || ownerId === event.by || ownerId === had ? [] : ownerId
  })
  const to = [...new Set(given)]
  if (to.length > 0) await notify(context, { to, kind: 'cases.routed', values: { number: state.number }, link: `/cases/${row.id}` })
}

const ownerIn = (event: CaseEvent): string | null => (event.kind === 'opened' || event.kind === 'assigned' ? event.data.ownerId : null)

/** What somebody was to do for a remedy that is none any more, or for a case that ended, is not owed any more. */
async function endTasks(context: Context, { events, state, row }: Known, made: readonly CaseEvent[]): Promise<void> {
  if (!events.some(({ kind }) => kind === 'task-given')) return
  const ended = made.some(({ kind }) => ['withdrawn', 'merged', 'converted'].includes(kind))
  // Going back before the remedy forgets what was to be done for it.
  const back = made.some(({ kind }) => kind === 'sent-back' || kind === 'reopened') && state.tasks.length === 0
  if (!ended && !back) return
  await settleOrigin(context, row.customerId, tasksOrigin(row.id), 'cancelled', null)
}

/**
 * A proposed penalty goes with its ground: when responsibility is settled anew, the case goes back before penalties are considered, it ends without a settlement, or others are considered in its stead.
 * What somebody decided on stays.
 */
async function withdrawPenalties({ db, now, actor }: Context, { state, row }: Known, made: readonly CaseEvent[]): Promise<void> {
  const considered = made.findLast((event) => event.kind === 'penalty-considered')
  const anew = made.some(({ kind }) => ['responsibility-settled', 'withdrawn', 'merged', 'converted'].includes(kind))
  const back = made.some(({ kind }) => kind === 'sent-back' || kind === 'reopened') && state.penalty === null
  if (anew || back) await withdrawProposed(db, row.id, [], now, actor.id)
  else if (considered) await withdrawProposed(db, row.id, considered.data.penaltyIds, now, actor.id)
}
