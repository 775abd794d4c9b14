import { type PageAnswer, page } from '#platform/pages/answer.ts'
import { type Attributes, html } from '#platform/pages/html.ts'
import type { Visit } from '#platform/pages/visit.ts'
import { wordsOf } from '#platform/pages/words.ts'
import { portalTexts } from '../texts/index.ts'

export interface ShownCounter {
  readonly live: Attributes
  readonly name: string
  /** The last called first. */
  readonly called: readonly { readonly label: string; readonly counter: string | null }[]
  readonly waiting: number
  readonly averageWaitMinutes: number | null
}

/** Which numbers are called, large enough to be read across a room; nothing of anybody. It renews itself where scripts run. */
export function counterPage(visit: Visit, { live, name, called, waiting, averageWaitMinutes }: ShownCounter): PageAnswer {
  const t = wordsOf(portalTexts, visit.language)
  const numbers = called.map(
    ({ label, counter }) =>
      html`<li><strong>${label}</strong>${counter !== null && html` <span>${t('counter.at', { counter })}</span>`}</li>`,
  )
  return page(
    name,
    html`<div id="counter" aria-live="polite" ${live}>
      <h2>${t('counter.called')}</h2>
      ${called.length === 0 ? html`<p class="lead">${t('counter.nobody')}</p>` : html`<ol class="called-numbers">${numbers}</ol>`}
      <dl class="facts"><dt>${t('counter.waiting')}</dt><dd>${waiting}</dd>
      ${averageWaitMinutes !== null && html`<dt>${t('counter.wait')}</dt><dd>${t('counter.minutes', { minutes: averageWaitMinutes })}</dd>`}</dl>
    </div>
    <p class="muted">${t('counter.about')}</p>`,
  )
}
