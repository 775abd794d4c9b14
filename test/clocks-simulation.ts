import type { Moment } from '#modules/cases/domain/clocks/log.ts'
import type { Target, Terms } from '#modules/cases/domain/clocks/target.ts'
import type { WorkingHours } from '#modules/organization/domain/calendar.ts'
import { type Phase, type PlainRound, phasesOf, roundsBy } from './clocks-simulation-rounds.ts'
import { run, type SimulatedRound } from './clocks-simulation-run.ts'
import { minuteOf, worldOf } from './clocks-simulation-world.ts'

/**
 * The clocks of cases once more, minute by minute, sharing nothing with the real ones but their types: the wall is asked of the runtime, a clock is a counter that goes up while it runs, and something
 * happens in the first minute in which its condition holds. Slow, and simple enough to be believed. All times are minutes since 1970 UTC.
 */
export interface Simulation {
  readonly log: readonly Moment[]
  readonly terms: readonly Terms[]
  readonly hours: Readonly<Record<string, WorkingHours>>
  /** Minutes. */
  readonly now: number
  readonly horizon: number
}

/** All rounds of all clocks by `slot key`, in order of their starts. */
export function simulate({ log, terms, hours, now, horizon }: Simulation): Map<string, SimulatedRound[]> {
  const events = log.filter(({ at }) => minuteOf(at) <= now).toSorted((a, b) => a.at.getTime() - b.at.getTime())
  const world = worldOf(events, hours, now, horizon)
  const found = new Map<string, SimulatedRound[]>()
  for (const slot of new Set(events.flatMap((e) => (e.kind === 'terms-changed' ? [e.slot] : [])))) {
    const phases = phasesOf(events, slot, terms)
    for (const key of new Set(phases.flatMap((phase) => phase.terms?.targets.map((t) => t.key) ?? []))) {
      const seen = new Map<string, { phase: Phase; target: Target; round: PlainRound }[]>()
      for (const phase of phases) {
        const target = phase.terms?.targets.find((t) => t.key === key)
        if (!target) continue
        const hasFirst = phase.terms!.targets.some((t) => t.ends.on === 'responded' && ['received', 'recorded'].includes(t.starts.on))
        const counted = new Map<number, number>()
        for (const round of roundsBy(target, !hasFirst, events)) {
          const nth = counted.get(round.startedAt) ?? 0
          counted.set(round.startedAt, nth + 1)
          const isOver = round.endedAt !== null && round.endedAt <= phase.from && round.startedAt < phase.from
          if (round.startedAt >= phase.to || isOver) continue
          const id = `${round.startedAt} ${nth}`
          seen.set(id, [...(seen.get(id) ?? []), { phase, target, round }])
        }
      }
      const rounds = [...seen.values()].toSorted((a, b) => a[0]!.round.startedAt - b[0]!.round.startedAt)
      found.set(
        `${slot} ${key}`,
        rounds.map((spans) => run(spans, slot, world)),
      )
    }
  }
  return found
}
