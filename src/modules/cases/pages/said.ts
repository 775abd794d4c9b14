import { type PageAnswer, page } from '#platform/pages/answer.ts'
import { html, lines } from '#platform/pages/html.ts'
import type { Visit } from '#platform/pages/visit.ts'
import { wordsOf } from '#platform/pages/words.ts'
import { type PublicationTexts, textShown } from '../domain/publication.ts'
import { portalTexts } from '../texts/index.ts'

interface Published {
  readonly all: readonly { readonly texts: PublicationTexts; readonly publishedAt: Date }[]
  readonly isFirst: boolean
  /** Where the next page begins; null on the last. */
  readonly older: string | null
  readonly timeZone: string
}

/** What customers said and what was done about it (M-14): in general words, about nobody. */
export function saidPage(visit: Visit, { all, isFirst, older, timeZone }: Published): PageAnswer {
  const t = wordsOf(portalTexts, visit.language)
  const day = new Intl.DateTimeFormat(visit.language, { year: 'numeric', month: 'long', timeZone })
  const cards = all.map(({ texts, publishedAt }) => {
    const text = textShown(texts, visit.language)
    return (
      text &&
      html`<section class="card" lang="${text.language}">
      <h2 lang="${visit.language}">${t('public.youSaid')}</h2><p>${lines(text.said)}</p>
      <h2 lang="${visit.language}">${t('public.weDid')}</h2><p>${lines(text.done)}</p>
      <p class="muted" lang="${visit.language}">${day.format(publishedAt)}</p></section>`
    )
  })
  return page(
    t('customerPage.said'),
    html`<p class="lead">${t('public.lead')}</p>
      ${all.length === 0 ? html`<p>${t('public.none')}</p>` : cards}
      ${!isFirst && html`<p><a href="${visit.to('/p/said')}">${t('public.newest')}</a></p>`}
      ${older !== null && html`<p><a href="${visit.to(`/p/said?after=${encodeURIComponent(older)}`)}">${t('public.older')}</a></p>`}
      <p><a class="button" href="${visit.to('/p/suggestion')}">${t('customerPage.suggestion')}</a></p>`,
  )
}
