import type { ResultOf } from '#ui/client.ts'
import { useFormat } from '#ui/format.ts'
import { useWords } from '#ui/words.ts'
import type { commitmentsApi } from '../api.ts'
import { dayIn, timeIn } from '../domain/clock.ts'
import { archiveReview } from '../domain/commitment.ts'
import { hasDueTime } from '../domain/terms.ts'

export type Commitment = ResultOf<typeof commitmentsApi.create>

/** Whether something was refused because the owner's time is taken: whoever means it may book it all the same. */
export const isTaken = (problem: { readonly reason: string } | null | undefined): boolean =>
  problem?.reason === 'time-taken' || problem?.reason === 'time-taken-unseen'

/** What a commitment is called; a review of an archive that nobody named says just that. */
export function useTitle(): (commitment: Pick<Commitment, 'title'>) => string {
  const t = useWords('commitments')
  return ({ title }) => (title === archiveReview ? t('archiveReview') : title)
}

/** When it takes place or is due, in words. */
export function useWhen(): (commitment: Pick<Commitment, 'startsAt' | 'endsAt' | 'dueDay' | 'dueAt'>) => string {
  const t = useWords('commitments')
  const format = useFormat()
  const time = (at: Date) => timeIn(format.timeZone, at)
  return ({ startsAt, endsAt, dueDay, dueAt }) => {
    if (startsAt && endsAt) {
      const last = dayIn(format.timeZone, endsAt)
      const first = dayIn(format.timeZone, startsAt)
      const end = last === first ? time(endsAt) : `${format.day(last)} ${time(endsAt)}`
      return `${format.day(first)} ${time(startsAt)}–${end}`
    }
    if (dueDay === null) return t('noDate')
    return hasDueTime({ dueAt, dueDay }, format.timeZone) && dueAt ? `${format.day(dueDay)} ${time(dueAt)}` : format.day(dueDay)
  }
}
