import { useFormat } from '#ui/format.ts'
import { hasWord, useWords } from '#ui/words.ts'
import type { PlanView } from '../api-plans.ts'

/** `08:30` as minutes after midnight; null where it is no time of day. */
export function minutesOf(text: unknown): number | null {
  const match = /^\s*(\d{1,2})[:：](\d{2})\s*$/.exec(String(text))
  const hours = Number(match?.[1])
  const minutes = Number(match?.[2])
  return match && hours < 24 && minutes < 60 ? hours * 60 + minutes : null
}
export const timeOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** What a plan's parts are called. */
export function usePlanWords() {
  const t = useWords('imports')
  const { timeZone } = useFormat()
  return {
    when({ schedule }: Pick<PlanView, 'schedule'>): string {
      if (schedule.kind === 'day') return t('plan.everyDay', { time: timeOf(schedule.at), zone: timeZone })
      return t(schedule.kind === 'hours' ? 'plan.everyHours' : 'plan.everyMinutes', { count: schedule.every })
    },
    /** Folders and patterns, or the address without what may be a key in it. */
    from({ source }: Pick<PlanView, 'source'>): string {
      if (source.kind === 'folder') return [source.root, source.path, source.pattern].filter((part) => part !== '').join('/')
      const { origin, pathname } = new URL(source.url)
      return `${origin}${pathname}`
    },
    problem: (reason: string): string =>
      hasWord('imports', `plan.problem.${reason}`)
        ? t(`plan.problem.${reason}`)
        : hasWord('imports', `refusal.${reason}`)
          ? t(`refusal.${reason}`)
          : reason,
  }
}
