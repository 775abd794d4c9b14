import type { Target } from '#modules/cases/domain/clocks/target.ts'
import type { Phase, PlainRound } from './clocks-simulation-rounds.ts'
import { minuteOf, type World } from './clocks-simulation-world.ts'

/** One round of a clock as it was simulated. All times are minutes since 1970 UTC. */
export interface SimulatedRound {
  readonly startedAt: number
  readonly endedAt: number | null
  readonly ending: 'met' | 'cancelled' | null
  readonly warned: readonly number[]
  readonly breached: number | null
  readonly lapsed: number | null
  readonly escalated: readonly number[]
  /** Minutes. */
  readonly spent: number
  readonly paused: number
  readonly isHeld: boolean
  /** If nothing is written any more: undefined where the horizon is too near to say. */
  readonly due: number | undefined
  readonly nextWarn: number | undefined
  readonly nextEscalate: number | undefined
}

interface SimulatedLaw {
  target: Target
  from: number
  to: number
  end: number
  measureKey: string
}

/** What has passed by each minute since the start of a round. */
interface Counts {
  readonly open: Int32Array
  readonly all: Int32Array
  readonly business: Int32Array
  readonly calendar: Int32Array
}

/** Lets a round pass, minute by minute. */
export function run(spans: readonly { phase: Phase; target: Target; round: PlainRound }[], slot: string, world: World): SimulatedRound {
  const { events, now, horizon, base, walls, whose } = world
  let granted: string | null = null
  const laws = spans.flatMap(({ phase, target, round }): SimulatedLaw[] => {
    const end = round.endedAt ?? Number.POSITIVE_INFINITY
    const withMeasure = (): Target => ({ ...target, measure: target.extensions.find((e) => e.key === granted)?.measure ?? target.measure })
    const law = (from: number): SimulatedLaw => {
      const chosen = withMeasure()
      return { target: chosen, from, to: phase.to, end, measureKey: JSON.stringify(chosen.measure) }
    }
    const list = [law(phase.from)]
    for (const e of events) {
      if (e.kind !== 'extended' || e.slot !== slot || e.target !== target.key) continue
      const at = minuteOf(e.at)
      if (at < phase.from || at >= phase.to || at < round.startedAt || at > end || !target.extensions.some((x) => x.key === e.extension))
        continue
      granted = e.extension
      list.at(-1)!.to = at
      list.push(law(at))
    }
    return list
  })
  const { phase, round } = spans.at(-1)!
  const naturally = round.endedAt !== null && round.endedAt <= phase.to
  const endedAt = naturally ? round.endedAt : phase.to === Number.POSITIVE_INFINITY ? null : phase.to
  const ending = naturally ? round.ending : endedAt === null ? null : 'cancelled'

  const counted = new Map<string, Counts>()
  const isInGap = (minute: number) => round.gaps.some(({ from, to }) => from <= minute && minute < to)
  /** Counts minute by minute. Each law says how its own minutes count; the i-th goes on for ever. */
  const count = (upTo: number, withPauses: boolean): Counts => {
    const known = counted.get(`${upTo} ${withPauses}`)
    if (known) return known
    const length = horizon - round.startedAt + 1
    const counts = {
      open: new Int32Array(length),
      all: new Int32Array(length),
      business: new Int32Array(length),
      calendar: new Int32Array(length),
    }
    const lawAt = (minute: number) => laws.slice(0, upTo).find(({ to }) => minute < to) ?? laws[upTo]!
    let law = lawAt(round.startedAt)
    const startDay = walls[whose[law.target.hours][round.startedAt - base]!]!.day[round.startedAt - base]!
    let [lastBusiness, lastDay] = [startDay, startDay]
    for (let k = 0; k < length - 1; k++) {
      const i = round.startedAt + k - base
      if (base + i >= law.to) law = lawAt(base + i)
      const wall = walls[whose[law.target.hours][i]!]!
      const isRunning = !(
        withPauses &&
        law.target.pauses === 'allowed' &&
        (world.held[i] === 1 || (round.gaps.length > 0 && isInGap(base + i)))
      )
      const day = wall.day[i]!
      const endsDay = isRunning && wall.day[i + 1]! > day && day > lastDay
      const closes = isRunning && wall.last[i] === 1 && day > lastBusiness
      counts.all[k + 1] = counts.all[k]! + Number(isRunning)
      counts.open[k + 1] = counts.open[k]! + Number(isRunning && wall.open[i] === 1)
      counts.calendar[k + 1] = counts.calendar[k]! + Number(endsDay)
      counts.business[k + 1] = counts.business[k]! + Number(closes)
      if (endsDay) lastDay = day
      if (closes) lastBusiness = day
    }
    counted.set(`${upTo} ${withPauses}`, counts)
    return counts
  }
  const isFull = ({ unit, amount }: Target['measure'], c: Counts, k: number) =>
    unit === 'working-minutes'
      ? c.open[k]! >= amount
      : unit === 'minutes'
        ? c.all[k]! >= amount
        : unit === 'business-days'
          ? c.business[k]! >= amount
          : c.calendar[k]! >= (unit === 'calendar-weeks' ? 7 * amount : amount)
  /** How long a measure lasts that nothing holds up. */
  const unheld = (measure: Target['measure'], counts: Counts): number => {
    let k = 0
    while (k < counts.all.length - 1 && !isFull(measure, counts, k)) k++
    return k
  }

  const warned: number[] = []
  const warnKeys = new Set<string>()
  let breached: number | null = null
  let lapsed: number | null = null
  const escalated: number[] = []
  const escalateKeys = new Set<string>()
  let due: number | undefined
  let nextWarn: number | undefined
  let nextEscalate: number | undefined
  laws.forEach((law, i) => {
    const isLast = i === laws.length - 1
    const { target } = law
    const { measure, cap, escalateAfter, warnAtShare } = target
    const counts = count(i, true)
    const inMinutes = measure.unit === 'minutes' || measure.unit === 'working-minutes'
    const length = inMinutes ? measure.amount : unheld(measure, count(i, false))
    const capLength = cap ? unheld(cap, count(i, false)) : Number.POSITIVE_INFINITY
    const used = measure.unit === 'working-minutes' ? counts.open : counts.all
    const usedAfterDue = measure.unit === 'minutes' ? counts.all : counts.open
    const isShared = (share: number, k: number) => used[k]! >= share * length || k >= share * capLength
    let dueIn: number | null = null
    for (let k = 0; round.startedAt + k <= horizon; k++) {
      const t = round.startedAt + k
      if (t >= law.from && dueIn === null && (isFull(measure, counts, k) || k >= capLength)) dueIn = k
      const isEscalated =
        escalateAfter !== null &&
        (escalateAfter.after === 'share'
          ? isShared(escalateAfter.share, k)
          : dueIn !== null && usedAfterDue[k]! - usedAfterDue[dueIn]! >= escalateAfter.workingMinutes)
      const isWarned = warnAtShare !== null && isShared(warnAtShare, k)
      if (t >= law.from && !isInGap(t)) {
        if (t < law.to && t < law.end && t <= now) {
          if (breached === null && lapsed === null) {
            if (isWarned && dueIn === null && !warnKeys.has(law.measureKey)) {
              warned.push(t)
              warnKeys.add(law.measureKey)
            }
            if (dueIn !== null && target.missing === 'lapse') lapsed = t
            else if (dueIn !== null) breached = t
          }
          if (isEscalated && !escalateKeys.has(law.measureKey) && target.missing === 'breach') {
            escalated.push(t)
            escalateKeys.add(law.measureKey)
          }
        }
        if (isLast && t > now) {
          if (isWarned && dueIn === null && !warnKeys.has(law.measureKey)) nextWarn ??= t
          if (isEscalated && !escalateKeys.has(law.measureKey) && target.missing === 'breach') nextEscalate ??= t
        }
      }
      if (isLast && dueIn !== null) due ??= round.startedAt + dueIn
      if (isLast ? t > now && dueIn !== null && (escalateAfter === null || isEscalated) : t >= law.to || t >= law.end) break
    }
  })
  const until = Math.min(now, lapsed ?? endedAt ?? now)
  const unit = laws.at(-1)!.target.measure.unit
  const used = (withPauses: boolean) => {
    const counts = count(laws.length - 1, withPauses)
    return (unit === 'minutes' ? counts.all : counts.open)[until - round.startedAt]!
  }
  return {
    startedAt: round.startedAt,
    endedAt: lapsed ?? endedAt,
    ending: lapsed === null ? ending : 'cancelled',
    warned,
    breached,
    lapsed,
    escalated,
    spent: used(true),
    paused: used(false) - used(true),
    isHeld: laws.at(-1)!.target.pauses === 'allowed' && world.held[now - base] === 1,
    due,
    nextWarn,
    nextEscalate,
  }
}
