import { type PageAnswer, page } from '#platform/pages/answer.ts'
import { type Field, form } from '#platform/pages/form.ts'
import { html } from '#platform/pages/html.ts'
import type { Visit } from '#platform/pages/visit.ts'
import { wordsOf } from '#platform/pages/words.ts'
import { portalEndpoints, wishes } from '../api/portal.ts'
import { categories } from '../domain/taxonomy.ts'
import { portalTexts } from '../texts/index.ts'

interface About {
  /** The number of an order that the address names. */
  readonly order: string | undefined
  /** Within how many hours a person answers; null where nothing is promised. */
  readonly hours: number | null
}

/** Forms on which customers say something first. */
export function sayPage(visit: Visit, kind: 'complaint' | 'suggestion' | 'enquiry', { order, hours }: About): PageAnswer {
  const t = wordsOf(portalTexts, visit.language)
  const isChat = kind === 'enquiry' && visit.isFramed
  const text: Field = { name: 'text', kind: 'area', label: t(`text.${kind}`), required: true, most: 10_000, rows: isChat ? 3 : 6 }
  const name: Field = { name: 'name', kind: 'text', label: t('name'), required: true, most: 120, autoComplete: 'name' }
  const email: Field = {
    name: 'email',
    kind: 'email',
    label: t('email'),
    most: 200,
    autoComplete: 'email',
    help: t(isChat ? 'emailChatHelp' : 'emailHelp'),
  }
  const files: Field = { name: 'files', kind: 'files', label: t('files') }
  if (isChat)
    return page(
      t('chatTitle'),
      html`<p class="lead">${t('chatLead')}</p>${form({ visit, t }, { to: portalEndpoints.enquire, submit: t('send.chat') }, [text, name, email])}`,
    )
  const orderField: Field = {
    name: 'order',
    kind: 'text',
    label: t('order'),
    most: 100,
    help: t('orderHelp'),
    ...(order === undefined ? {} : { value: order }),
  }
  const product: Field = { name: 'product', kind: 'text', label: t('product'), most: 200 }
  const phone: Field = { name: 'phone', kind: 'tel', label: t('phone'), most: 40, autoComplete: 'tel' }
  const choice = (field: 'about' | 'wish', values: readonly string[]): Field => ({
    name: field,
    kind: 'choice',
    label: t(field),
    options: values.map((value) => ({ value, label: t(`${field}Choice.${value}`) })),
  })
  const fields =
    kind === 'complaint'
      ? [text, choice('wish', wishes), choice('about', categories), product, orderField, name, email, phone, files]
      : kind === 'enquiry'
        ? [text, orderField, name, email, phone, files]
        : [text, name, email, phone, files]
  const to = { complaint: portalEndpoints.complain, suggestion: portalEndpoints.suggest, enquiry: portalEndpoints.enquire }[kind]
  return page(
    t(`customerPage.${kind}`),
    html`<p class="lead">${t(`lead.${kind}`)}${hours !== null && html` ${t('promise', { hours })}`}</p>${form({ visit, t }, { to, submit: t(`send.${kind}`) }, fields)}
      <p class="muted">${t('privacy')}</p>`,
  )
}

/** Where somebody asks for a new private link. What is said afterwards is the same whatever they typed. */
export function followPage(visit: Visit, isSent: boolean): PageAnswer {
  const t = wordsOf(portalTexts, visit.language)
  const fields: readonly Field[] = [
    { name: 'number', kind: 'text', label: t('number'), required: true, most: 40, placeholder: '2026-000042' },
    { name: 'email', kind: 'email', label: t('email'), required: true, most: 200, autoComplete: 'email' },
  ]
  return page(
    t('customerPage.follow'),
    html`${isSent && html`<div class="notice good" role="status"><p>${t('follow.sent')}</p></div>`}
      <p class="lead">${t('follow.lead')}</p>${form({ visit, t }, { to: portalEndpoints.askForLink, submit: t('send.follow') }, fields)}`,
  )
}

interface Policy {
  readonly title: string
  readonly language: string
  readonly version: number
  readonly publishedAt: Date
  readonly blocks: readonly (
    | { readonly kind: 'heading'; readonly text: string }
    | { readonly kind: 'list'; readonly entries: readonly string[] }
    | { readonly kind: 'paragraph'; readonly lines: readonly string[] }
  )[]
}

/** How the company deals with complaints (G-12). */
export function policyPage(visit: Visit, { title, language, version, publishedAt, blocks }: Policy, timeZone: string): PageAnswer {
  const t = wordsOf(portalTexts, visit.language)
  const shown = blocks.map((block) =>
    block.kind === 'heading'
      ? html`<h2>${block.text}</h2>`
      : block.kind === 'list'
        ? html`<ul>${block.entries.map((entry) => html`<li>${entry}</li>`)}</ul>`
        : html`<p>${block.lines.map((line, i) => html`${i > 0 && html`<br>`}${line}`)}</p>`,
  )
  const at = new Intl.DateTimeFormat(visit.language, { dateStyle: 'long', timeZone }).format(publishedAt)
  return page(
    title,
    html`<div lang="${language}">${shown}</div><p class="muted">${t('policy.version', { version, at })}</p>
      <p><a class="button" href="${visit.to('/p/complaint')}">${t('customerPage.complaint')}</a></p>`,
  )
}
