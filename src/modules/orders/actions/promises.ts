import { customerNames, identitiesOf, sourceNames } from '#modules/customers/public.ts'
import type { Context } from '#platform/context.ts'
import { defaultPageSize } from '#platform/contract.ts'
import { placeOf } from '#platform/cursor.ts'
import type { Db } from '#platform/database/connection.ts'
import type { Actions } from '#platform/module.ts'
import type { termsApi } from '../api/terms.ts'
import { dayBefore, monthsUntil, promiseKept, sharesOf, toldBackDays } from '../domain/promise.ts'
import { deliveryLate } from '../facts.ts'
import { latePromises, markTold, mayTell, overduePromises, promisesByMonth, untoldPromises } from '../store/promises.ts'
import { ordersByNumber } from '../store/reads.ts'
import { orderIdOf } from './prepare.ts'
import { todayOf } from './terms-view.ts'
import { pageWithinReach, rowsToLookAt } from './within-reach.ts'

/** A year, with the month that has begun. */
export const monthsShown = 12

/** The days of some months that follow each other: from the first to before the second. */
export function rangeOf(months: readonly string[]): { readonly from: string; readonly to: string } {
  const after = monthsUntil(dayBefore(`${months.at(-1)}-01`, -31), 1)[0]
  return { from: `${months[0]}-01`, to: `${after}-01` }
}

export const promiseActions: Pick<Actions<typeof termsApi>, 'promiseMonths' | 'brokenPromises'> = {
  async promiseMonths(context) {
    const today = await todayOf(context)
    const months = monthsUntil(today, monthsShown)
    const known = new Map((await promisesByMonth(context.db, { ...rangeOf(months), today })).map((row) => [row.month, row]))
    const nothing = { early: 0, onTime: 0, late: 0, overdue: 0, open: 0, lateDays: 0 }
    return {
      items: months.map((month) => {
        const { lateDays, ...counts } = { ...nothing, ...known.get(month), month }
        const { due, early, onTime, late, overdue, meanLateDays } = sharesOf({ ...counts, lateDays })
        return { ...counts, due, earlyShare: early, onTimeShare: onTime, lateShare: late, overdueShare: overdue, meanLateDays }
      }),
    }
  },

  async brokenPromises(context, { state, cursor, limit = defaultPageSize }) {
    const after = cursor === undefined ? null : placeOf(cursor, ['day', 'uuid', 'uuid'])
    const most = rowsToLookAt(context, limit)
    const today = await todayOf(context)
    const rows = await (state === 'overdue' ? overduePromises(context.db, today, after, most) : latePromises(context.db, after, most))
    const { shown, next } = await pageWithinReach(context, rows, limit, (row) => [row.promisedDay, row.customerId, row.orderId])
    const names = await customerNames(context.db, [...new Set(shown.map(({ customerId }) => customerId))])
    return {
      items: shown.map((row) => ({
        ...row,
        customerName: names.get(row.customerId) ?? '',
        days: promiseKept(row.promisedDay, row.deliveredDay, today).days,
      })),
      next,
    }
  },
}

const toldAtOnce = 200

/** Announces promised days that have passed without the order, each once; whether there may be more. */
export async function tellBrokenPromises(context: Context): Promise<boolean> {
  const { db } = context
  if (!(await mayTell(db))) return false
  const today = await todayOf(context)
  const found = await untoldPromises(db, { from: dayBefore(today, toldBackDays), to: dayBefore(today, 1) }, toldAtOnce)
  const told = await markTold(db, found)
  const owners = await identitiesOf(db, [...new Set(found.map(({ customerId }) => customerId))])
  // What was cancelled is no promise any more.
  for (const { customerId, orderId, number, promisedDay, deliveredDay } of found.filter((one) => told.has(one.orderId) && !one.cancelled)) {
    const { days } = promiseKept(promisedDay, deliveredDay, today)
    const ownerId = owners.get(customerId)?.ownerId ?? null
    await context.publish(deliveryLate, { customerId, orderId, number, promisedDay, deliveredDay, days, ownerId })
  }
  return found.length === toldAtOnce
}

/**
 * The order that a customer means who types its number, for a form that anybody may fill in: nothing of it but whose it is. Null where no source calls an order so, and where several do: nobody's complaint is
 * laid to another's order.
 */
export async function orderByNumber(db: Db, number: string): Promise<{ readonly customerId: string; readonly orderId: string } | null> {
  const typed = number.trim().normalize('NFC')
  if (typed === '' || typed.length > 200) return null
  const ids = [...(await sourceNames(db)).values()].map((source) => orderIdOf(source, typed))
  const found = await ordersByNumber(db, typed, ids)
  return found.length === 1 ? { customerId: found[0]!.customerId, orderId: found[0]!.id } : null
}
