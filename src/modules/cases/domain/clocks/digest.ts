import type { Calendar } from './calendar.ts'
import type { Happening } from './reading.ts'

/** Something that one person has to hear about one clock of one case. */
export interface Alert {
  readonly recipient: string
  readonly caseId: string
  /** The id of the reading: one round of one clock. */
  readonly clock: string
  readonly what: Exclude<Happening, 'lapsed'> | 'stalled'
  readonly at: Date
  /** When the clock is due, or was. */
  readonly dueAt: Date | null
}

/** One message to one person. */
export interface Digest {
  readonly recipient: string
  /** Now, or when the person's hours open next: nobody is woken for what can wait. */
  readonly deliverAt: Date
  /** The gravest first; of equal ones the longest overdue. */
  readonly alerts: readonly Alert[]
  /** Alerts beyond those listed. */
  readonly more: number
  readonly counts: Readonly<Record<Alert['what'], number>>
}

const gravity = ['escalated', 'breached', 'warned', 'stalled'] as const

/**
 * Puts alerts together: one message for each person, however many cases there are (five thousand warnings are as many mails as people). Of one clock a person hears only the gravest: who reads that a
 * case was escalated does not need to read that it had been about to be late. A message waits for the person's working hours, unless it warns of a clock that is due before they open: that is the last chance.
 *
 * @param alerts what stands at `now`: read the clocks again before, so that nobody is told of what was done meanwhile
 * @param calendarOf a person's hours; null: always
 * @param limit how many alerts one message lists
 */
export function digest(alerts: readonly Alert[], calendarOf: (recipient: string) => Calendar | null, now: Date, limit: number): Digest[] {
  return [...Map.groupBy(alerts, ({ recipient }) => recipient)]
    .map(([recipient, all]) => {
      const gravest = [...Map.groupBy(all, ({ caseId, clock }) => `${caseId} ${clock}`).values()].map(
        (same) => same.toSorted((a, b) => gravity.indexOf(a.what) - gravity.indexOf(b.what))[0]!,
      )
      const sorted = gravest.sort(byUrgency)
      const counts = Object.fromEntries(gravity.map((what) => [what, sorted.filter((alert) => alert.what === what).length]))
      return {
        recipient,
        deliverAt: deliveryOf(sorted, calendarOf(recipient), now),
        alerts: sorted.slice(0, limit),
        more: Math.max(0, sorted.length - limit),
        counts: counts as Digest['counts'],
      }
    })
    .sort((a, b) => (a.recipient < b.recipient ? -1 : 1))
}

const byUrgency = (a: Alert, b: Alert) =>
  gravity.indexOf(a.what) - gravity.indexOf(b.what) ||
  (a.dueAt?.getTime() ?? Number.POSITIVE_INFINITY) - (b.dueAt?.getTime() ?? Number.POSITIVE_INFINITY) ||
  a.at.getTime() - b.at.getTime() ||
  (a.caseId < b.caseId ? -1 : a.caseId > b.caseId ? 1 : 0)

function deliveryOf(alerts: readonly Alert[], calendar: Calendar | null, now: Date): Date {
  const opens = calendar?.clock.after(now, 0) ?? now
  return alerts.some(({ what, dueAt }) => what === 'warned' && dueAt !== null && dueAt <= opens) ? now : opens
}
