import type { ResultOf } from '#ui/client.ts'
import { nothingKnown, useFormat } from '#ui/format.ts'
import { useDuration } from '#ui/use-duration.ts'
import { useWords } from '#ui/words.ts'
import type { casesApi } from '../api.ts'
import { dimensions } from '../domain/report.ts'
import { useKeyNames } from './report-words.ts'

export type Review = ResultOf<typeof casesApi.review>
export type ReviewSection = Review['sections'][number]
type Figure = ReviewSection['figures'][number]
type Line = ReviewSection['lines'][number]

/** What a review calls its figures, and how it writes them. */
export function useReviewWords() {
  const t = useWords('cases')
  const format = useFormat()
  const duration = useDuration()
  const names = useKeyNames()
  const figureName = (section: ReviewSection, { key, of, label }: Figure) => {
    const name = t(`review.figure.${section.key}.${key}`)
    return of === null ? name : `${name} · ${label ?? t(`regime.${of}`, { defaultValue: of })}`
  }
  /** As it was called then; what the product has words for, in the reader's language. */
  const rowName = (list: string, { key, label }: ReviewSection['lists'][number]['rows'][number]) => {
    const dimension = dimensions.find((one) => one === list)
    if (dimension === 'department') return label ?? key
    return dimension === undefined ? (label ?? key) : names(dimension)(key)
  }
  const value = (unit: Figure['unit'], reading: Figure['now'] | null): string => {
    if (reading?.value == null) return nothingKnown
    if (unit === 'share') return format.percent(reading.value, 1)
    if (unit === 'minor') return format.money(reading.value)
    if (unit === 'seconds') return duration(reading.value / 60)
    return format.number(reading.value, unit === 'count' ? 0 : unit === 'score' ? 2 : 1)
  }
  /** Of what it was counted, and whether it is much. */
  const made = (unit: Figure['unit'], { part, whole, basis }: Figure['now']): string => {
    const few = basis === 'few' ? t('figure.few') : ''
    if (unit === 'share' && whole === 0) return t('figure.nothing')
    const of = part === null || whole === null ? '' : t('figure.partOf', { part: format.number(part), whole: format.number(whole) })
    return [unit === 'share' ? of : unit === 'score' && whole !== null && whole > 0 ? format.number(whole) : '', few]
      .filter(Boolean)
      .join(' · ')
  }
  const settingName = (key: string) =>
    t(`settings.${key.replace(/^cases\./, '').replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())}`, { defaultValue: key })
  const lineName = ({ kind, id, title, state }: Line): string => {
    if (kind === 'setting') return `${t('review.line.setting')}: ${settingName(id)}`
    if (kind === 'process') return `${t('review.line.process')}: ${t(`kind.${state}`, { defaultValue: id })}`
    if (kind === 'full-product') return `${id}: ${state}`
    return title ?? t(`review.line.${kind}`)
  }
  const lineState = ({ kind, state }: Line): string | null =>
    state === null ? null : kind === 'problem' ? t(`problemState.${state}`) : kind === 'action' ? t(`actionState.${state}`) : null
  return { figureName, rowName, value, made, lineName, lineState }
}
