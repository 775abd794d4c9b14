import { customerNames } from '#modules/customers/public.ts'
import { organizationProfile, readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { defaultPageSize } from '#platform/contract.ts'
import { placeOf } from '#platform/cursor.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import type { BillingView, billingApi } from '../api/billing.ts'
import { changedLines, disputesPerThousand } from '../domain/billing.ts'
import { decodeLines } from '../domain/lines.ts'
import { netOf } from '../domain/order.ts'
import { monthsUntil } from '../domain/promise.ts'
import { billingCorrected, billingDisputed, disputeSettled } from '../facts.ts'
import type { PreparedOrder } from '../store/copy-orders.ts'
import {
  billingByMonth,
  correctionsOf,
  disputesOf,
  insertCorrection,
  insertDispute,
  openDisputes,
  settleDispute,
} from '../store/disputes.ts'
import type { StoredOrder } from '../store/reads.ts'
import { type OrderKey, touchTerms } from '../store/terms.ts'
import { monthsShown, rangeOf } from './promises.ts'
import { existingOrder } from './read.ts'
import { locked } from './terms.ts'
import { todayOf } from './terms-view.ts'
import { pageWithinReach, rowsToLookAt } from './within-reach.ts'

export const billingActions: Actions<typeof billingApi> = {
  async billing(context, { id }) {
    const { customerId } = await existingOrder(context, id)
    return billingView(context, { customerId, orderId: id })
  },

  async dispute(context, { id, reason, note = null }) {
    const { key } = await locked(context, id)
    if ((await disputesOf(context.db, key)).some(({ settledAt }) => settledAt === null))
      throw refuse('conflict', 'disputed-already', 'There is an open dispute about this bill already')
    const disputeId = context.newId()
    await touchTerms(context.db, key, { byHand: false }, context)
    await insertDispute(context.db, { ...key, id: disputeId, reason, note, openedAt: context.now, openedBy: context.actor.id })
    await context.publish(billingDisputed, { ...key, disputeId, reason, note })
    return billingView(context, key)
  },

  async settle(context, { id, disputeId, version, outcome, note = null }) {
    const { key } = await locked(context, id)
    const dispute = (await disputesOf(context.db, key)).find((one) => one.id === disputeId)
    if (!dispute) throw refuse('missing', 'no-such-dispute', 'There is no such dispute about this order')
    if (dispute.settledAt !== null) throw refuse('conflict', 'settled-already', 'The dispute is settled already')
    const settled = { id: disputeId, version, outcome, settlementNote: note, settledAt: context.now, settledBy: context.actor.id }
    if (!(await settleDispute(context.db, key, settled))) throw changedMeanwhile('this dispute')
    await context.publish(disputeSettled, { ...key, disputeId, outcome, note })
    return billingView(context, key)
  },

  async billingMonths(context) {
    const { currency, timeZone } = await readSetting(context.db, organizationProfile)
    const months = monthsUntil(await todayOf(context), monthsShown)
    const known = new Map((await billingByMonth(context.db, { ...rangeOf(months), timeZone })).map((row) => [row.month, row]))
    const nothing = { billed: 0, disputed: 0, corrections: 0, correctedMinor: 0 }
    return {
      currency,
      items: months.map((month) => {
        const row = { ...nothing, ...known.get(month), month }
        return { ...row, disputedPerThousand: disputesPerThousand(row.disputed, row.billed) }
      }),
    }
  },

  async openDisputes(context, { cursor, limit = defaultPageSize }) {
    const after = cursor === undefined ? null : placeOf(cursor, ['instant', 'uuid', 'uuid'])
    const rows = await openDisputes(context.db, after, rowsToLookAt(context, limit))
    const { shown, next } = await pageWithinReach(context, rows, limit, (row) => [row.openedAt.toISOString(), row.customerId, row.id])
    const names = await customerNames(context.db, [...new Set(shown.map(({ customerId }) => customerId))])
    return {
      items: shown.map(({ id, orderId, customerId, number, day, netMinor, reason, note, openedAt }) => {
        const customerName = names.get(customerId) ?? ''
        return { id, orderId, customerId, customerName, number, day, netMinor, reason, note, openedAt }
      }),
      next,
    }
  },
}

async function billingView({ db }: Context, key: OrderKey): Promise<BillingView> {
  const corrections = await correctionsOf(db, key)
  return {
    ...key,
    disputes: (await disputesOf(db, key)).map(({ customerId: _, orderId: __, ...dispute }) => dispute),
    corrections: corrections.map(({ beforeLines, afterLines, ...correction }) => ({
      ...correction,
      lines: changedLines(decodeLines(beforeLines), decodeLines(afterLines)),
    })),
  }
}

/** Logs what was billed before and after a person changed an order. A change of other things, such as what goods cost, is none of the bill. */
export async function logCorrection(context: Context, before: StoredOrder, after: PreparedOrder): Promise<void> {
  const [beforeMinor, afterMinor] = [netOf(before), netOf(after.sums)]
  if (beforeMinor === afterMinor && changedLines(decodeLines(before.lines), decodeLines(after.lines)).length === 0) return
  const key = { customerId: before.customerId, orderId: before.id }
  const disputeId = (await disputesOf(context.db, key)).find(({ settledAt }) => settledAt === null)?.id ?? null
  const correction = { id: context.newId(), disputeId, beforeMinor, afterMinor }
  const lines = { beforeLines: before.lines, afterLines: after.lines }
  await insertCorrection(context.db, key, { ...correction, ...lines, correctedAt: context.now, correctedBy: context.actor.id })
  await context.publish(billingCorrected, { ...key, correctionId: correction.id, beforeMinor, afterMinor, disputeId })
}
