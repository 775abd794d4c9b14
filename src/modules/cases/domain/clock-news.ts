import { type Due, untold } from './clocks/agenda.ts'
import type { Reading } from './clocks/reading.ts'
import type { Stalled } from './clocks/stalled.ts'
import { type CaseEvent, happened, type NewEvent } from './event.ts'

/** What the clocks of a case have to say: what each warns of, is late with, or brings higher; and where the case stands still. */
export interface ClockNews {
  readonly news: readonly Due[]
  readonly stands: readonly Stalled[]
}

/** What they have to say at a moment and have not said. */
export const newsOf = (
  { readings, stalled }: { readonly readings: readonly Reading[]; readonly stalled: readonly Stalled[] },
  told: ReadonlySet<string>,
  now: Date,
): ClockNews => ({
  news: untold(readings, told).filter(({ what }) => what !== 'lapsed'),
  stands: stalled.filter((one) => one.at <= now && !told.has(standsId(one))),
})

const standsId = ({ what, since }: Stalled): string => `${what} ${since.toISOString()}`

/** The same as events of the case's log, each with when it became known. `above`: who hears of what goes higher. */
export const newsEvents = (
  { news, stands }: ClockNews,
  above: readonly string[],
): readonly { readonly event: NewEvent; readonly at: Date }[] => [
  ...news.map((due) => ({ event: eventOf(due, above), at: due.knownAt })),
  ...stands.map((one) => ({
    event: happened('escalated', { id: standsId(one), to: above, why: null, clock: one.what }),
    at: one.at,
  })),
]

const eventOf = ({ what, id, reading }: Due, above: readonly string[]): NewEvent =>
  what === 'escalated'
    ? happened('escalated', { id, to: above, why: null, clock: reading.key })
    : happened(what === 'warned' ? 'warned' : 'breached', { id, clock: reading.key, dueAt: reading.dueAt })

/** By their ids, what was told already. */
export const toldIn = (events: readonly CaseEvent[]): ReadonlySet<string> =>
  new Set(
    events.flatMap((event) =>
      event.kind === 'warned' || event.kind === 'breached' || event.kind === 'escalated' ? (event.data.id ?? []) : [],
    ),
  )
