import { dayAfter, daysBetween } from './figure.ts'
import type { ComplaintCount } from './figures/complaint-rate.ts'
import {
  type CauseDay,
  type CauseStretch,
  defaultRecurrenceRules,
  type EffectivenessCheck,
  effectivenessCheck,
  type RecurrenceMeasure,
  type RecurrencePoint,
  recurrenceCurve,
} from './figures/recurrence.ts'

export interface Recurrence {
  readonly curedOn: string
  readonly elapsedDays: number
  /** By orders, or by days where there are none to go by. */
  readonly measure: RecurrenceMeasure
  readonly before: CauseStretch
  readonly checks: readonly EffectivenessCheck[]
  readonly curve: readonly RecurrencePoint[]
}

interface Counted {
  readonly curedOn: string
  /** Length of the stretch before the cure. */
  readonly daysBefore: number
  /** Whole days since. */
  readonly elapsedDays: number
  readonly checkDays: readonly number[]
  readonly days: readonly { readonly day: string; readonly complaints: number }[]
  readonly orders: readonly { readonly day: string; readonly orders: number }[]
}

/**
 * How often a cause came back: the checks after so many days, and the curve of complaints since beside what the former rate would have brought. The day of the cure belongs to neither side. Rates are by
 * orders, unless there were none before or none since.
 */
export function recurrenceReading({ curedOn, daysBefore, elapsedDays, checkDays, days, orders }: Counted): Recurrence {
  const byDay = new Map<number, { complaints: number; orders: number }>()
  const at = (day: string) => {
    const number = daysBetween(curedOn, day)
    const found = byDay.get(number) ?? { complaints: 0, orders: 0 }
    byDay.set(number, found)
    return found
  }
  for (const { day, complaints } of days) at(day).complaints += complaints
  for (const one of orders) at(one.day).orders += one.orders
  const stretch = (from: number, to: number): CauseStretch => {
    const within = [...byDay].filter(([day]) => day >= from && day <= to).map(([, counts]) => counts)
    const sum = (value: (count: ComplaintCount) => number) => within.reduce((all, count) => all + value(count), 0)
    return { complaints: sum(({ complaints }) => complaints), orders: sum((count) => count.orders), days: Math.max(0, to - from + 1) }
  }
  const last = Math.min(elapsedDays, Math.max(...checkDays))
  const before = stretch(-daysBefore, -1)
  const measure: RecurrenceMeasure = before.orders > 0 && (last === 0 || stretch(1, last).orders > 0) ? 'orders' : 'days'
  const rules = { ...defaultRecurrenceRules, measure }
  const after = [...byDay].filter(([day]) => day >= 1).map(([day, counts]): CauseDay => ({ day, ...counts }))
  return {
    curedOn,
    elapsedDays,
    measure,
    before,
    checks: checkDays
      .toSorted((a, b) => a - b)
      .map((checkDay) => effectivenessCheck(before, stretch(1, Math.min(checkDay, elapsedDays)), checkDay, elapsedDays, rules)),
    curve: recurrenceCurve(before, after, last, rules),
  }
}

/** The first day of each of the last weeks of seven days, the oldest first, that end with a day. */
export const weekStarts = (last: string, weeks: number): readonly string[] =>
  Array.from({ length: weeks }, (_, i) => dayAfter(last, -7 * (weeks - i) + 1))
