import { refundsOf } from '#modules/orders/public.ts'
import { dayIn, organizationProfile, readSetting } from '#modules/organization/public.ts'
import { recordServiceCost, type ServiceCost, serviceCostSetting } from '#modules/value/public.ts'
import type { Context } from '#platform/context.ts'
import { type Case, isEnd } from '../domain/case.ts'
import { caseCostMinor } from '../domain/cost.ts'
import type { CaseEvent } from '../domain/event.ts'
import { fold, refundedMinor } from '../domain/fold.ts'
import type { Process } from '../domain/process.ts'
import { coveredByRefunds, type RefundClaim } from '../domain/refunds.ts'
import { type CaseRow, casesOfOrder } from '../store/cases.ts'
import { eventsOf } from '../store/events.ts'
import { processOf } from '../store/processes.ts'

interface About {
  readonly row: Pick<CaseRow, 'customerId' | 'id'>
  readonly process: Process
  readonly state: Case
}

/**
 * What a case cost is recorded as cost to serve in the transaction that closes it: working time, and remedies less what was recovered. The closing event says the same sum, so that the log explains the figure. A case that is
 * opened again and closed again replaces its own record, and so does what comes back, is refunded or takes more work later.
 */
export async function settled(
  context: Context,
  about: About,
  events: readonly CaseEvent[],
  made: readonly CaseEvent[],
): Promise<readonly CaseEvent[]> {
  const closing = made.find(({ kind }) => isEnd(kind))
  const paidLater = (event: CaseEvent) =>
    ['recovery', 'claim-moved'].includes(event.kind) || (event.kind === 'noted' && event.data.minutes > 0)
  const later = about.state.closedAt !== null && made.some(paidLater)
  if (!closing && !later) return made
  const state = fold(about.process, [...events, ...made])
  const costMinor = await recordCost(context, { ...about, state }, closing?.at ?? about.state.closedAt!)
  return made.map((event) => (event.kind === 'closed' ? { ...event, data: { costMinor } } : event))
}

/** What a case cost by now, recorded on the day on which it ended. */
export async function recordCost(context: Context, about: About, endedAt: Date): Promise<number> {
  const cost = await costAtEnd(context, about, endedAt)
  await recordServiceCost(context, cost)
  return cost.amountMinor
}

/** What a case that ended had cost by then, as it is recorded. */
export async function costAtEnd(context: Context, about: About, endedAt: Date): Promise<ServiceCost> {
  const { timeZone } = await readSetting(context.db, organizationProfile)
  const amountMinor = await costOf(context, about, timeZone)
  const { customerId, id } = about.row
  return { customerId, cause: 'case', causeId: id, day: dayIn(timeZone, endedAt), amountMinor }
}

/**
 * Minor units: never less than nothing. What the case gave back for its order and the order itself says it gave back is in the customer's figures as less revenue already, so it is no cost to serve
 * besides (decision record 0016).
 */
async function costOf(context: Context, { row, state }: About, timeZone: string): Promise<number> {
  const { minorPerMinute } = await readSetting(context.db, serviceCostSetting)
  const covered = await coveredOf(context, row, state, timeZone)
  return caseCostMinor(state, minorPerMinute, covered)
}

async function coveredOf({ db }: Context, row: About['row'], state: Case, timeZone: string): Promise<number> {
  const { orderId } = state.record
  if (orderId === null || refundedMinor(state) === 0) return 0
  const refunds = await refundsOf(db, row.customerId, orderId)
  if (refunds.length === 0) return 0
  const all: { readonly id: string; readonly one: Case }[] = [{ id: row.id, one: state }]
  for (const other of await casesOfOrder(db, row.customerId, orderId)) {
    if (other.id === row.id) continue
    const process = await processOf(db, other.processKey, other.processVersion)
    if (process) all.push({ id: other.id, one: fold(process, await eventsOf(db, row.customerId, other.id)) })
  }
  const claims = all
    .toSorted(({ one: a }, { one: b }) => a.openedAt.getTime() - b.openedAt.getTime() || (a.number < b.number ? -1 : 1))
    .map(({ id, one }): RefundClaim => ({ caseId: id, from: dayIn(timeZone, one.openedAt), amountMinor: refundedMinor(one) }))
  const given = refunds.filter(({ cancelled }) => !cancelled).map(({ day, refundMinor }) => ({ day, amountMinor: refundMinor }))
  return coveredByRefunds(claims, given).get(row.id) ?? 0
}
