import { requestOf } from '#platform/contract.ts'
import { type PageAnswer, page } from '#platform/pages/answer.ts'
import { type Field, type FormOptions, form } from '#platform/pages/form.ts'
import { type Attributes, attributes, type Filling, type Html, html, lines } from '#platform/pages/html.ts'
import type { Visit } from '#platform/pages/visit.ts'
import { type Words, wordsOf } from '#platform/pages/words.ts'
import { portalEndpoints } from '../api/portal.ts'
import type { State } from '../domain/case.ts'
import { scoreDimensions } from '../domain/figures/personnel-value.ts'
import type { Happening } from '../domain/progress.ts'
import type { Kind } from '../domain/taxonomy.ts'
import { portalTexts } from '../texts/index.ts'

export interface ShownMessage {
  readonly direction: 'in' | 'out'
  readonly body: string
  readonly at: Date
  readonly files: readonly { readonly fileId: string; readonly name: string }[]
}

/** What a customer sees of their case; nothing else of it reaches the page. */
export interface ShownCase {
  readonly token: string
  readonly live: Attributes
  readonly isNew: boolean
  readonly number: string
  readonly kind: Kind
  readonly subject: string
  readonly state: State
  readonly paused: boolean
  /** That it goes on again because its customer wrote, or began with what they wrote when another had ended. */
  readonly wentOn: 'again' | 'after-another' | null
  /** Of a case that has ended, what it brings about to write here: it goes on again, or another one begins. */
  readonly writing: 'reopens' | 'begins' | null
  readonly next: string
  readonly dueAt: Date | null
  readonly now: Date
  /** How many stand before it while it waits for somebody; null where somebody has it. */
  readonly ahead: number | null
  readonly mostAhead: number
  /** As many cases are in hand as may be: it goes on when one of those ends. */
  readonly heldBack: boolean
  readonly happenings: readonly Happening[]
  readonly messages: readonly ShownMessage[]
  /** It was answered, and the answer stands where whoever typed who they are cannot see it. */
  readonly isAnsweredElsewhere: boolean
  readonly mayWithdraw: boolean
  readonly mayRate: boolean
  /** Somebody handled it, of whom the customer may say how they were. */
  readonly isScored: boolean
  readonly mayAnswerRemedy: boolean
  readonly mayAnswerOffer: boolean
  readonly offerRanOut: boolean
  /** Where else they were told that they can turn to. */
  readonly route: string | null
  /** Until when they may ask for somebody else to look at the answer; null where they may not. */
  readonly appealUntil: Date | null
  /** What they asked for that somebody is to judge, and until when. */
  readonly appeal: { readonly id: string; readonly dueAt: Date } | null
  readonly timeZone: string
  readonly currency: string
}

interface Shown {
  readonly visit: Visit
  readonly t: Words
  readonly of: ShownCase
}

/** The part that is renewed while it is looked at. */
const livePlace = 'now'

export function casePage(visit: Visit, of: ShownCase): PageAnswer {
  const shown = { visit, t: wordsOf(portalTexts, visit.language), of }
  const { t } = shown
  return page(
    t('case.title', { kind: t(`kind.${of.kind}`), number: of.number }),
    html`${of.isNew && thanks(shown)}
      <div id="${livePlace}" ${of.live}>${standing(shown)}${of.isAnsweredElsewhere && html`<div class="notice"><p>${t('case.answeredElsewhere')}</p></div>`}${conversation(shown)}${waitingFor(shown)}</div>
      ${offerForm(shown)}${remedyForm(shown)}${appealForm(shown)}${takingBack(shown)}${messageForm(shown)}${feedbackForm(shown)}${withdrawal(shown)}${course(shown)}`,
  )
}

const instant = ({ visit, of }: Shown, at: Date): string =>
  new Intl.DateTimeFormat(visit.language, { dateStyle: 'medium', timeStyle: 'short', timeZone: of.timeZone }).format(at)

const dayOf = ({ visit, of }: Shown, at: Date): string =>
  new Intl.DateTimeFormat(visit.language, { dateStyle: 'long', timeZone: of.timeZone }).format(at)

function thanks({ t, of }: Shown): Html {
  return html`<div class="notice good" role="status"><p><strong>${t('case.thanks', { number: of.number })}</strong></p><p>${t('case.keep')}</p></div>`
}

/** Where it stands, what comes next and by when, as it is: also that it is late, and that others come first (A-15). */
function standing(shown: Shown): Html {
  const { t, of } = shown
  const state = of.state === 'open' ? (of.paused ? 'paused' : 'open') : of.state
  const isOpen = of.state === 'open'
  const isLate = isOpen && of.dueAt !== null && of.dueAt < of.now
  const rows: Filling[] = [
    html`<dt>${t('case.about')}</dt><dd>${of.subject}</dd>`,
    html`<dt>${t('case.state')}</dt><dd><strong>${t(`state.${state}`)}</strong></dd>`,
    isOpen && html`<dt>${t('case.next')}</dt><dd>${t(`next.${of.next}`)}</dd>`,
    of.appeal !== null && html`<dt>${t('appeal.running')}</dt><dd>${dayOf(shown, of.appeal.dueAt)}</dd>`,
    isOpen && of.dueAt !== null && html`<dt>${t('case.due')}</dt><dd>${instant(shown, of.dueAt)}</dd>`,
  ]
  return html`${of.wentOn !== null && html`<div class="notice" role="status"><p>${t(`wentOn.${of.wentOn}`)}</p></div>`}<div class="card"><dl class="facts">${rows}</dl>
    ${of.ahead !== null && html`<p>${waiting(t, of)}</p>`}
    ${isLate && html`<p><strong>${t('case.late')}</strong></p>`}</div>`
}

function waiting(t: Words, { ahead, mostAhead: most, heldBack }: ShownCase): string {
  const count = ahead ?? 0
  const place = count === 0 ? t('wait.first') : count >= most ? t('wait.many', { most }) : t('wait.ahead', { count })
  return heldBack ? t('wait.held', { place }) : place
}

function conversation(shown: Shown): Filling {
  const { t, of } = shown
  if (of.messages.length === 0) return null
  const all = of.messages.map(({ direction, body, at, files }) => {
    const isMine = direction === 'in'
    const given = files.map(({ fileId, name }) => html`<li><a href="${fileAddress(of.token, fileId)}">${name}</a></li>`)
    return html`<li ${attributes({ class: isMine ? 'mine' : null })}><small class="muted">${t(isMine ? 'said.you' : 'said.us')} · ${instant(shown, at)}</small>
      <div>${lines(body)}</div>${given.length > 0 && html`<ul>${given}</ul>`}</li>`
  })
  return html`<h2>${t('said.title')}</h2><ol class="said" aria-live="polite">${all}</ol>`
}

const fileAddress = (token: string, fileId: string): string => requestOf(portalEndpoints.followedFile, { token, fileId }).url

/** What became possible while the page lay open is said in the part that renews itself; the form comes with the page. */
function waitingFor({ visit, t, of }: Shown): Filling {
  const here = `/p/case/${encodeURIComponent(of.token)}`
  if (of.mayAnswerOffer) return html`<p><a href="${visit.to(`${here}#offer`)}">${t('offer.there')}</a></p>`
  if (of.mayAnswerRemedy) return html`<p><a href="${visit.to(`${here}#remedy`)}">${t('remedy.there')}</a></p>`
  if (of.appealUntil !== null) return html`<p><a href="${visit.to(`${here}#appeal`)}">${t('appeal.there')}</a></p>`
  if (of.mayRate) return html`<p><a href="${visit.to(`${here}#feedback`)}">${t('feedback.there')}</a></p>`
  return null
}

/** What was typed into one form of the page, and why it was not taken, is not said of the others. A box that nobody ticked was not typed. */
const visitFor = (visit: Visit, field: string): Visit =>
  field in visit.typed || visit.refused?.fields.some((one) => one.field === field)
    ? visit
    : { ...visit, typed: {}, refused: null, kept: [] }

/** A form that few need, closed until somebody asks for it or it was not taken. */
function folded(
  { visit, t }: Shown,
  [title, lead]: readonly [string, string?],
  field: string,
  options: FormOptions,
  fields: readonly (Field | Html)[],
): Html {
  const own = visitFor(visit, field)
  return html`<details ${attributes({ open: own.refused !== null })}><summary>${t(title)}</summary>${lead && html`<p>${t(lead)}</p>`}${form({ visit: own, t }, options, fields)}</details>`
}

const yesNo = (t: Words, of: string) => [
  { value: 'yes', label: t(`${of}.yes`) },
  { value: 'no', label: t(`${of}.no`) },
]

function messageForm({ visit, t, of }: Shown): Html {
  const options = { to: portalEndpoints.write, path: { token: of.token }, submit: t('send.message'), inPlace: livePlace }
  const fields: readonly Field[] = [
    { name: 'text', kind: 'area', label: t('said.write'), required: true, most: 10_000, rows: 3 },
    { name: 'files', kind: 'files', label: t('files') },
  ]
  return html`${of.writing !== null && html`<p>${t(`writing.${of.writing}`)}</p>`}${form({ visit: visitFor(visit, 'text'), t }, options, fields)}`
}

function offerForm({ visit, t, of }: Shown): Filling {
  if (!of.mayAnswerOffer) return null
  const fields: readonly Field[] = [
    {
      name: 'accepted',
      kind: 'radio',
      label: t('offer.label'),
      required: true,
      // What has run out can only be declined.
      options: yesNo(t, 'offer').filter(({ value }) => value === 'no' || !of.offerRanOut),
    },
  ]
  const about = of.offerRanOut && html`<p>${t('offer.ranOut')}</p>`
  const options = { to: portalEndpoints.answerOffer, path: { token: of.token }, submit: t('send.offer') }
  return html`<section id="offer"><h2>${t('offer.title')}</h2>${about}${form({ visit: visitFor(visit, 'accepted'), t }, options, fields)}</section>`
}

function remedyForm({ visit, t, of }: Shown): Filling {
  if (!of.mayAnswerRemedy) return null
  const fields: readonly Field[] = [
    { name: 'taken', kind: 'radio', label: t('remedy.label'), required: true, options: yesNo(t, 'remedy') },
    { name: 'instead', kind: 'area', label: t('remedy.comment'), most: 2000, rows: 3 },
  ]
  const options = { to: portalEndpoints.answerDecision, path: { token: of.token }, submit: t('send.remedy') }
  return html`<section id="remedy"><h2>${t('remedy.title')}</h2>${form({ visit: visitFor(visit, 'taken'), t }, options, fields)}</section>`
}

/** What somebody can do who does not accept the answer: ask for other eyes here, or turn to whom they were told of. */
function appealForm(shown: Shown): Filling {
  const { visit, t, of } = shown
  if (of.route === null && of.appealUntil === null) return null
  const fields: readonly Field[] = [{ name: 'objection', kind: 'area', label: t('appeal.why'), required: true, most: 5000, rows: 3 }]
  const options = { to: portalEndpoints.appealOwn, path: { token: of.token }, submit: t('send.appeal') }
  const asks =
    of.appealUntil !== null &&
    html`<p>${t('appeal.lead', { by: dayOf(shown, of.appealUntil) })}</p>${form({ visit: visitFor(visit, 'objection'), t }, options, fields)}`
  return html`<section id="appeal"><h2>${t('appeal.title')}</h2>${of.route !== null && html`<div class="card">${linked(of.route)}</div>`}${asks}</section>`
}

/** An appeal that waits to be judged can be taken back. */
function takingBack(shown: Shown): Filling {
  const { t, of } = shown
  if (of.appeal === null) return null
  const fields: readonly (Field | Html)[] = [
    html`<input type="hidden" name="appealId" value="${of.appeal.id}">`,
    { name: 'takenBack', kind: 'yes', label: t('appeal.takeBackSure'), required: true },
  ]
  const options = { to: portalEndpoints.withdrawAppealOwn, path: { token: of.token }, submit: t('send.takeBack') }
  return folded(shown, ['appeal.takeBack'], 'takenBack', options, fields)
}

/** Words with their line breaks; a line that is a web address leads there. */
const linked = (text: string): Filling =>
  text
    .split('\n')
    .map((line) => (/^https?:\/\/[^\s<>"']+$/.test(line) ? html`<a href="${line}" rel="noreferrer">${line}</a><br>` : html`${line}<br>`))

function feedbackForm({ visit, t, of }: Shown): Filling {
  if (!of.mayRate) return null
  const scores = Array.from({ length: 11 }, (_, score) => ({ value: String(score), label: String(score) }))
  const scored = (name: string): Field => ({ name, kind: 'choice', label: t(`feedback.${name}`), options: oneToFive(t) })
  const fields: readonly Field[] = [
    { name: 'satisfied', kind: 'radio', label: t('feedback.label'), required: true, options: yesNo(t, 'feedback') },
    ...(of.isScored ? scoreDimensions.map(scored) : []),
    { name: 'score', kind: 'choice', label: t('feedback.score'), options: scores },
    { name: 'comment', kind: 'area', label: t('feedback.comment'), most: 5000, rows: 3 },
  ]
  const options = { to: portalEndpoints.giveFeedback, path: { token: of.token }, submit: t('send.feedback') }
  return html`<section id="feedback"><h2>${t('feedback.title')}</h2>${form({ visit: visitFor(visit, 'comment'), t }, options, fields)}</section>`
}

/** The best first: a list that is read on a phone. */
const oneToFive = (t: Words) => ['5', '4', '3', '2', '1'].map((value) => ({ value, label: t(`feedback.of5.${value}`) }))

function withdrawal(shown: Shown): Filling {
  const { t, of } = shown
  if (!of.mayWithdraw) return null
  const fields: readonly Field[] = [{ name: 'why', kind: 'text', label: t('withdraw.why'), most: 1000 }]
  const options = { to: portalEndpoints.withdrawOwn, path: { token: of.token }, submit: t('send.withdraw') }
  return folded(shown, ['withdraw.title', 'withdraw.lead'], 'why', options, fields)
}

/** What happened when, in plain words. */
function course(shown: Shown): Html {
  const { t, of } = shown
  const all = of.happenings.map((one) => {
    const values = { at: one.startsAt === null ? '' : instant(shown, one.startsAt) }
    return html`<li><small class="muted">${instant(shown, one.at)}</small><div>${t(`happened.${one.what}`, values)}</div>
      ${one.amountMinor !== null && html`<div><strong>${amount(shown, one.amountMinor)}</strong></div>`}
      ${one.text !== null && html`<div>${lines(one.text)}</div>`}</li>`
  })
  return html`<h2>${t('case.course')}</h2><ol class="said">${all}</ol>`
}

function amount({ visit, of }: Shown, minor: number): string {
  const format = new Intl.NumberFormat(visit.language, { style: 'currency', currency: of.currency })
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
}
