import type { PurchaseHistory } from './purchase-history.ts'

/** B-13: none: has not bought · new: first bought lately · returning: came back, not yet for long · old: buys for long · asleep: has not bought for long. */
export const activities = ['none', 'new', 'returning', 'old', 'asleep'] as const
export type Activity = (typeof activities)[number]

export interface ActivityWindows {
  /** Days since the first purchase within which a customer is new. */
  readonly newDays: number
  /** Days since the first purchase after which a customer is old. */
  readonly oldDays: number
  /** Days since the last purchase after which a customer is asleep. */
  readonly asleepDays: number
}

/** Place in `activities` of a customer on the last day of the history. Who bought once and is no longer new counts as returning only after the next purchase, until then as new. */
export function activityOf(history: PurchaseHistory, customer: number, windows: ActivityWindows): number {
  const days = history.purchaseDays[customer]!
  if (days === 0) return activities.indexOf('none')
  if (history.endDay - history.lastDay[customer]! >= windows.asleepDays) return activities.indexOf('asleep')
  const age = history.endDay - history.firstDay[customer]!
  if (days === 1 || age < windows.newDays) return activities.indexOf('new')
  return activities.indexOf(age >= windows.oldDays ? 'old' : 'returning')
}
