import { useFormat } from '#ui/format.ts'
import { timeOf } from '#ui/time-of-day.ts'
import { hasWord, useWords } from '#ui/words.ts'
import type { PlanView } from '../api-plans.ts'

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
