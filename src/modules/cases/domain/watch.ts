import { type CauseAlert, type CausePeriod, causeAlert } from './figures/control-limit.ts'
import type { Matter } from './problem.ts'

/** What is watched: each cause, each reason of a category, and the products with the most complaints. */
export const watchedDimensions = ['cause', 'reason', 'product'] as const
export type WatchedDimension = (typeof watchedDimensions)[number]

/** So many weeks are compared with the last one. */
export const weeksBefore = 26
/** Of the products only those with the most complaints are watched: of thousands some would exceed their limit every week by chance. */
export const mostProducts = 50
/** Fewer complaints in a week are nothing that a department has to meet about. */
const leastComplaints = 3

/** Complaints in a week of seven days, 0 being the last one, 1 the one before …; weeks without any may be left out. */
export interface WeekCount {
  readonly week: number
  readonly key: string
  readonly complaints: number
}

export interface Alarm {
  readonly matter: Matter
  readonly alert: CauseAlert
}

/**
 * What exceeded its control limit in the last seven days, the least likely first. `orders` are those of each week, the last one first; without orders in all of them weeks are compared as they are. A key
 * that was not there before is compared with weeks without it.
 */
export function alarmsOf(dimension: WatchedDimension, counts: readonly WeekCount[], orders: readonly number[]): readonly Alarm[] {
  const exposures = orders.length > weeksBefore && orders.slice(0, weeksBefore + 1).every((count) => count > 0) ? orders : null
  const byKey = [...Map.groupBy(counts, ({ key }) => key)]
  const watched = dimension === 'product' ? byKey.toSorted(([, a], [, b]) => totalOf(b) - totalOf(a)).slice(0, mostProducts) : byKey
  return watched
    .flatMap(([key, list]) => {
      const alert = causeAlert(periodsOf(list, exposures))
      const enough = alert.alert && alert.complaints >= leastComplaints
      return enough ? [{ matter: matterOf(dimension, key), alert }] : []
    })
    .toSorted((a, b) => (a.alert.chance ?? 0) - (b.alert.chance ?? 0))
}

const totalOf = (list: readonly WeekCount[]): number => list.reduce((sum, { complaints }) => sum + complaints, 0)

/** Oldest first, as the chart reads them. */
function periodsOf(list: readonly WeekCount[], exposures: readonly number[] | null): readonly CausePeriod[] {
  const byWeek = new Map(list.map(({ week, complaints }) => [week, complaints]))
  return Array.from({ length: weeksBefore + 1 }, (_, i) => {
    const week = weeksBefore - i
    return { period: String(week), complaints: byWeek.get(week) ?? 0, exposure: exposures?.[week] ?? 7 }
  })
}

const nothing: Matter = { cause: null, category: null, reason: null, productCode: null }

/** Keys of reasons are "category/reason". */
function matterOf(dimension: WatchedDimension, key: string): Matter {
  if (dimension === 'cause') return { ...nothing, cause: key }
  if (dimension === 'product') return { ...nothing, productCode: key }
  const [category = '', reason = ''] = key.split('/')
  return { ...nothing, category, reason }
}

/** Days in which the same is not said again. */
export const quietDays = 28
