import { type PageAnswer, page } from '#platform/pages/answer.ts'
import { html } from '#platform/pages/html.ts'
import type { Visit } from '#platform/pages/visit.ts'
import { wordsOf } from '#platform/pages/words.ts'
import { texts } from '../texts/index.ts'

export interface Offer {
  readonly path: string
  readonly title: string
  readonly about: string
}

interface Home {
  readonly offers: readonly Offer[]
  /** What customers may count on. */
  readonly promises: readonly string[]
  readonly email: string
}

/** What customers can do here, what they may count on, and where they can write to. */
export function homePage(visit: Visit, { offers, promises, email }: Home): PageAnswer {
  const t = wordsOf(texts, visit.language)
  const written =
    email !== '' && html`<p class="card">${t('customerHome.write')}${t('form.colon')}<a href="mailto:${email}">${email}</a></p>`
  if (offers.length === 0) return page(t('customerHome.contact'), written || html`<p class="card">${t('customerHome.empty')}</p>`)
  const entries = offers.map(
    ({ path, title, about }) =>
      html`<li><a class="offer" href="${visit.to(path)}"><strong>${title}</strong> <span>${about}</span></a></li>`,
  )
  const counted = promises.map((promise) => html`<p class="lead">${promise}</p>`)
  return page(t('customerHome.about'), html`${counted}<ul class="offers">${entries}</ul>${written}`)
}
