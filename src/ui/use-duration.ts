import { nothingKnown } from './format.ts'
import { useWords } from './words.ts'

/**
 * Says a length of time that is known in minutes, in two parts at most: "45 min", "8 h", "1 h 30 min", "3 d 4 h".
 * Working time stays in hours, since a working day has no fixed length.
 */
export function useDuration(): (minutes: number | null | undefined, isWorking?: boolean) => string {
  const t = useWords('ui')
  const parts = (first: string, second: string, of: readonly [number, number]) => {
    const said = [first, second]
      .map((unit, at) => ({ unit, count: of[at] ?? 0 }))
      .filter(({ count }, at) => count > 0 || (at === 1 && of[0] === 0))
    return said.map(({ unit, count }) => t(`duration.short.${unit}`, { number: count })).join(' ')
  }
  return (length, isWorking = false) => {
    if (length == null) return nothingKnown
    const minutes = Math.round(length)
    const hours = Math.floor(minutes / 60)
    if (isWorking || hours < 48) return parts('hours', 'minutes', [hours, minutes % 60])
    return parts('days', 'hours', [Math.floor(hours / 24), hours % 24])
  }
}
