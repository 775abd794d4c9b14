import { visitDays } from '#modules/orders/domain/day-list.ts'

/** The unit of time of the models. A month is 4.345 weeks, as is usual in this field. */
export type PeriodUnit = 'day' | 'week' | 'month'

export const weeksPerMonth = 4.345
export const daysPerUnit: Readonly<Record<PeriodUnit, number>> = { day: 1, week: 7, month: weeksPerMonth * 7 }

/**
 * Per customer what the models need to know, up to the end of an observation period. All arrays have one place per customer.
 *
 * A purchase is a day with at least one order of positive quantity. Frequency is purchase days − 1 (repeat purchases), recency the days from the
 * first to the last purchase day, age the days from the first purchase day to the end of the period. Days of value 0 count for frequency, not for spend.
 */
export interface PurchaseHistory {
  readonly customers: number
  readonly endDay: number
  readonly unitDays: number
  /** 0 where the customer has not bought by the end of the period; such customers take no part in any fit. */
  readonly purchaseDays: Int32Array
  /** First purchase day (days since 1970), meaningful where purchaseDays > 0. */
  readonly firstDay: Int32Array
  readonly lastDay: Int32Array
  /** Repeat days with a value above 0. */
  readonly spendDays: Int32Array
  /** Sum over those days, minor units: revenue − discounts. Refunds lower profit, not spend. */
  readonly repeatSpend: Float64Array
}

export const emptyPurchaseHistory = (customers: number, endDay: number, unit: PeriodUnit): PurchaseHistory => ({
  customers,
  endDay,
  unitDays: daysPerUnit[unit],
  purchaseDays: new Int32Array(customers),
  firstDay: new Int32Array(customers),
  lastDay: new Int32Array(customers),
  spendDays: new Int32Array(customers),
  repeatSpend: new Float64Array(customers),
})

/** Adds one day of a customer; days must come oldest first. Days after the end of the period and days without an order change nothing. */
export function addPurchaseDay(history: PurchaseHistory, customer: number, day: number, orders: number, valueMinor: number): void {
  if (orders <= 0 || day > history.endDay) return
  const before = history.purchaseDays[customer]!
  history.purchaseDays[customer] = before + 1
  history.lastDay[customer] = day
  if (before === 0) history.firstDay[customer] = day
  else if (valueMinor > 0) {
    history.spendDays[customer] = history.spendDays[customer]! + 1
    history.repeatSpend[customer] = history.repeatSpend[customer]! + valueMinor
  }
}

/** The history of customers whose day lists are at hand, up to and including a day. */
export function purchaseHistoryOf(lists: readonly Uint8Array[], endDay: number, unit: PeriodUnit = 'week'): PurchaseHistory {
  const history = emptyPurchaseHistory(lists.length, endDay, unit)
  lists.forEach((bytes, customer) => {
    visitDays(bytes, (day, orders, revenue, discount) => addPurchaseDay(history, customer, day, orders, revenue - discount))
  })
  return history
}

/** Repeat purchases x. */
export const frequencyOf = (history: PurchaseHistory, customer: number): number => Math.max(0, history.purchaseDays[customer]! - 1)
/** Days from the first to the last purchase day. */
export const recencyDaysOf = (history: PurchaseHistory, customer: number): number =>
  history.lastDay[customer]! - history.firstDay[customer]!
/** Days from the first purchase day to the end of the period; 0 without a purchase. */
export const ageDaysOf = (history: PurchaseHistory, customer: number): number =>
  history.purchaseDays[customer]! > 0 ? history.endDay - history.firstDay[customer]! : 0
/** Mean value of repeat days with a value, minor units; 0 without one. */
export const monetaryOf = (history: PurchaseHistory, customer: number): number =>
  history.spendDays[customer]! > 0 ? history.repeatSpend[customer]! / history.spendDays[customer]! : 0

/** The last day with an order in a list, or null. */
export function lastPurchaseDay(bytes: Uint8Array): number | null {
  let last: number | null = null
  visitDays(bytes, (day, orders) => {
    if (orders > 0) last = day
  })
  return last
}
