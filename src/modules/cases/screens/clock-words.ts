import { useFormat } from '#ui/format.ts'
import { useNamed } from '#ui/named.ts'
import { useDuration } from '#ui/use-duration.ts'
import { hasWord, useWords } from '#ui/words.ts'
import type { ShownClock } from './clocks-panel.tsx'

type Part = ShownClock['why'][number]
type Measure = NonNullable<Part['measure']>

/** Says one part of why a clock is due when it is. */
export function useWhy(): (part: Part) => string {
  const t = useWords('cases')
  const format = useFormat()
  const moment = (at: Date | null | undefined) => (at ? format.instant(at) : '')
  const said = useMeasure()
  const measure = (of: Measure | undefined) => (of ? said(of) : '')
  const duration = useDuration()
  const named = useNamed()
  // What passed while nobody worked counts in days; what was waited while somebody did, does not.
  const span = ({ ms, openMs }: Part) => duration((ms ?? openMs ?? 0) / 60_000, ms === undefined)
  /** Regimes have words, or names by the company; policies are called as people called them, before whoever may see that. */
  const nameOf = ({ name, names, source, policyName }: Part) => {
    if (names) return named(names)
    if (name === undefined) return source === 'policy' ? (policyName ?? t('clock.policy')) : ''
    return hasWord('cases', `regime.${name}`) ? t(`regime.${name}`) : name
  }
  return (part) => {
    const { from } = part
    const values: Record<string, unknown> = {
      at: moment(part.at),
      day: part.day ? format.day(part.day) : '',
      since: moment(part.since),
      resumed: moment(part.dueIfResumed),
      version: part.version ?? '',
      measure: measure(part.measure),
      from: from instanceof Date ? moment(from) : measure(from ?? undefined),
      to: measure(part.to),
      cap: measure(part.cap),
      by: part.startedBy ? t(`startedBy.${part.startedBy}`) : (part.by ?? ''),
      count: part.round ?? part.times ?? 0,
      span: span(part),
      name: nameOf(part),
      extension: part.names ? named(part.names) : part.extension ? t(`extension.${part.extension}`) : '',
      zone: part.timeZone ?? '',
    }
    return t(`why.${variantOf(part)}`, values)
  }
}

/** Some parts are said in two ways. */
function variantOf({ part, day, dueIfResumed, isClosed, version, key }: Part): string {
  if (part === 'due' && day) return 'dueDay'
  if (part === 'held' && dueIfResumed) return 'heldUntil'
  if (part === 'special-day') return isClosed ? 'holiday' : 'specialDay'
  if (part === 'terms' && version === null) return 'termsOnly'
  if (part === 'calendar' && key === 'company') return 'calendarOfCompany'
  return part
}

/** Says how much time a clock gives. */
export function useMeasure(): (of: Measure) => string {
  const t = useWords('cases')
  const duration = useDuration()
  return ({ unit, amount }) => t(`measure.${unit}`, { time: duration(amount, unit === 'working-minutes'), count: amount })
}
