import type { Moment } from '#modules/cases/domain/clocks/log.ts'
import type { Target, Terms } from '#modules/cases/domain/clocks/target.ts'
import { minuteOf } from './clocks-simulation-world.ts'

export interface PlainRound {
  startedAt: number
  endedAt: number | null
  ending: 'met' | 'cancelled' | null
  gaps: { from: number; to: number }[]
}

/** Asks of each event whether it ends the round that runs, and whether it starts one, by looking back at all events before it. */
export function roundsBy(target: Target, receiptIsMessage: boolean, events: readonly Moment[]): PlainRound[] {
  const rounds: (PlainRound & { by?: Moment['kind'] })[] = []
  const { starts, ends } = target
  const steps = ['acknowledged', 'responded', 'resolved', 'closed']
  events.forEach((event, i) => {
    const at = minuteOf(event.at)
    const before = events.slice(0, i)
    if (before.some(({ kind }) => kind === 'merged')) return
    const sinceReopened = before.slice(before.findLastIndex(({ kind }) => kind === 'reopened') + 1)
    const was = (...kinds: Moment['kind'][]) => sinceReopened.some(({ kind }) => kinds.includes(kind))
    const last = rounds.at(-1)
    const running = last && last.endedAt === null ? last : null
    const close = (ending: 'met' | 'cancelled') => Object.assign(running!, { endedAt: at, ending, by: event.kind })
    const open = () => rounds.push({ startedAt: at, endedAt: null, ending: null, gaps: [] })

    if (running) {
      if (ends.on === 'step-left' ? event.kind === 'closed' || (event.kind === 'step-left' && event.step === ends.step) : false)
        close('met')
      else if (ends.on !== 'step-left' && steps.slice(steps.indexOf(ends.on)).includes(event.kind)) close('met')
      else if (event.kind === 'merged' || event.kind === 'withdrawn') close('cancelled')
    }
    const still = running?.endedAt === null ? running : null
    const isEntry =
      (starts.on === 'step-entered' && event.kind === 'step-entered' && event.step === starts.step && !was('closed', 'withdrawn')) ||
      (starts.on === 'department-changed' && event.kind === 'department-changed' && !was('resolved', 'closed', 'withdrawn'))
    if (isEntry && still?.startedAt !== at) {
      if (still) close('cancelled')
      open()
    }
    if (event.kind === starts.on && (starts.on === 'received' || starts.on === 'recorded') && rounds.length === 0) open()
    if (starts.on === 'customer-message') {
      const isAnswered = before.some(({ kind }) => ['responded', 'resolved', 'closed'].includes(kind))
      if (event.kind === 'received' && receiptIsMessage && rounds.length === 0) open()
      if (event.kind === 'customer-message' && !still && !was('resolved', 'closed', 'withdrawn') && (isAnswered || receiptIsMessage)) open()
    }
    if (event.kind === 'reopened' && !still) {
      const ending = before.findLastIndex(({ kind }) => ['resolved', 'closed', 'responded'].includes(kind))
      const firstEnding = sinceReopened.findIndex(({ kind }) => ['resolved', 'closed', 'withdrawn'].includes(kind))
      const wrote =
        firstEnding !== -1 &&
        before.some(({ kind }, j) => kind === 'customer-message' && j > ending && j > before.length - sinceReopened.length + firstEnding)
      if (last?.by === 'withdrawn') open()
      else if (starts.on === 'customer-message') {
        if (wrote) open()
      } else if (last && starts.on !== 'step-entered' && (ends.on === 'resolved' || ends.on === 'closed')) {
        if (target.reopening === 'anew') open()
        else {
          last.gaps.push({ from: last.endedAt!, to: at })
          Object.assign(last, { endedAt: null, ending: null, by: undefined })
        }
      }
    }
  })
  return rounds
}

export interface Phase {
  terms: Terms | null
  from: number
  to: number
}
/** The terms of a slot, each with the time for which they hold. */
export function phasesOf(events: readonly Moment[], slot: string, terms: readonly Terms[]): Phase[] {
  const changes = events.filter((e) => e.kind === 'terms-changed' && e.slot === slot) as Extract<Moment, { kind: 'terms-changed' }>[]
  const first = changes.findLastIndex(({ effect }) => effect === 'from-the-beginning')
  const kept = changes.slice(Math.max(first, 0))
  return kept.map((change, i) => ({
    terms: terms.find(({ key }) => key === change.terms) ?? null,
    from: i === 0 && first !== -1 ? Number.NEGATIVE_INFINITY : minuteOf(change.at),
    to: kept[i + 1] ? minuteOf(kept[i + 1]!.at) : Number.POSITIVE_INFINITY,
  }))
}
