/**
 * Ordinary forms for customers, which work without any script:
 *
 *   const t = wordsOf(texts, visit.language)
 *   form({ visit, t }, { to: casesApi.complain, submit: t('complain.submit') }, [
 *     { name: 'order', kind: 'text', label: t('complain.order'), help: t('complain.orderHelp') },
 *     { name: 'text', kind: 'area', label: t('complain.text'), required: true, most: 5000 },
 *     { name: 'files', kind: 'files', label: t('complain.files') },
 *   ])
 *
 * Where something was refused the form holds what was typed, and each field its reason in the customer's language: `reason.<field>.<reason>` or `reason.<reason>` of the module's words,
 * else of the words that all pages share.
 */
import { type Endpoint, placeholders } from '../contract.ts'
import { attributes, type Filling, Html, html } from './html.ts'
import type { Visit } from './visit.ts'
import type { Words } from './words.ts'

export interface FormParts {
  readonly visit: Visit
  readonly t: Words
}

/** The field that only programs fill in, and the one that says when the form was shown. */
export const trapField = 'homepage'
export const tokenField = '_form'

export interface FormOptions {
  readonly to: Endpoint
  /** Values of the path's placeholders. */
  readonly path?: Readonly<Record<string, string>>
  readonly submit: string
  /** With scripts: the id of the part of the page that the answer replaces, so that the rest stays as it is. */
  readonly inPlace?: string
}

export function form(parts: FormParts, options: FormOptions, fields: readonly (Field | Html)[]): Html {
  const { visit, t } = parts
  const { to, path = {}, submit, inPlace } = options
  const address = placeholders(to.path).reduce((at, name) => at.replace(`:${name}`, encodeURIComponent(path[name] ?? '')), to.path)
  const how = attributes({
    method: 'post',
    action: visit.to(address),
    enctype: to.page?.files ? 'multipart/form-data' : null,
    'accept-charset': 'utf-8',
    'data-form': inPlace ?? '',
    'data-sending': t('form.sending'),
  })
  return html`<form class="form" ${how}>
    <input type="hidden" name="${tokenField}" value="${visit.token}">
    <div class="trap" aria-hidden="true"><label>${t('form.trap')} <input name="${trapField}" tabindex="-1" autocomplete="off"></label></div>
    ${problems(parts, fields)}
    ${fields.map((one) => (one instanceof Html ? one : field(parts, one, to)))}
    <button class="button" type="submit">${submit}</button>
  </form>`
}

interface FieldBase {
  readonly name: string
  readonly label: string
  readonly help?: string
  readonly required?: boolean
  /** What stands there before anything is typed. */
  readonly value?: string
}
export type Field = FieldBase &
  (
    | {
        readonly kind: 'text' | 'email' | 'tel' | 'url' | 'number' | 'date'
        readonly most?: number
        readonly autoComplete?: string
        readonly placeholder?: string
      }
    | { readonly kind: 'area'; readonly most?: number; readonly rows?: number }
    | { readonly kind: 'choice' | 'radio'; readonly options: readonly { readonly value: string; readonly label: string }[] }
    | { readonly kind: 'yes' }
    /** The files that the form may carry, as its contract says; the field has the name that is said there. */
    | { readonly kind: 'files' }
  )

function field(parts: FormParts, one: Field, to: Endpoint): Html {
  const { visit, t } = parts
  const wrong = problemOf(parts, one.name)
  const id = `field-${one.name}`
  const typed = visit.typed[one.name] ?? (visit.refused ? [] : one.value === undefined ? [] : [one.value])
  const described = [one.help || one.kind === 'files' ? `${id}-help` : '', wrong ? `${id}-problem` : ''].filter(Boolean).join(' ')
  const common = {
    id,
    name: one.name,
    required: one.required ?? false,
    'aria-invalid': wrong ? 'true' : null,
    'aria-describedby': described || null,
  }
  const label = one.required ? one.label : html`${one.label} <span class="muted">${t('form.optional')}</span>`
  const below = html`${helpOf(parts, one, id, to)}${wrong && html`<p class="problem" id="${id}-problem">${wrong}</p>`}`
  switch (one.kind) {
    case 'area': {
      const more = { ...common, rows: one.rows ?? 6, maxlength: one.most ?? null }
      return html`<div class="field"><label for="${id}">${label}</label>${below}<textarea ${attributes(more)}>
${typed[0]}</textarea></div>`
    }
    case 'choice':
      return html`<div class="field"><label for="${id}">${label}</label>${below}<select ${attributes(common)}>
        ${!one.required && html`<option value=""></option>`}
        ${one.options.map((option) => html`<option ${attributes({ value: option.value, selected: typed[0] === option.value })}>${option.label}</option>`)}
      </select></div>`
    case 'radio':
      return html`<fieldset class="field" id="${id}"><legend>${label}</legend>${below}
        ${one.options.map((option) => {
          const how = { type: 'radio', name: one.name, value: option.value, checked: typed[0] === option.value, required: common.required }
          return html`<label class="pick"><input ${attributes(how)}> <span>${option.label}</span></label>`
        })}</fieldset>`
    case 'yes': {
      const how = { ...common, type: 'checkbox', value: 'true', checked: typed[0] === 'true' }
      return html`<div class="field"><label class="pick"><input ${attributes(how)}> <span>${one.label}</span></label>${below}</div>`
    }
    case 'files': {
      const rules = to.page?.files
      if (rules?.field !== one.name) throw new Error(`The form ${to.path} carries no files called ${one.name}`)
      const how = {
        ...common,
        required: common.required && visit.kept.length === 0,
        type: 'file',
        multiple: rules.most > 1,
        accept: rules.endings?.join(',') ?? null,
        'data-most': rules.most,
        'data-bytes': rules.bytes,
        'data-refused': t('reason.file-too-large', { megabytes: megabytes(rules.bytes) }),
        'data-refused-count': t('reason.too-many-files', { count: rules.most }),
      }
      const kept = visit.kept.map(
        ({ name, token }) =>
          html`<label class="pick"><input type="checkbox" name="${one.name}" value="${token}" checked> <span>${name}</span></label>`,
      )
      return html`<div class="field"><label for="${id}">${label}</label>${below}${kept}<input ${attributes(how)}></div>`
    }
    default: {
      const { most = null, autoComplete = null, placeholder = null } = one
      const more = { ...common, type: one.kind, value: typed[0] ?? null, maxlength: most, autocomplete: autoComplete, placeholder }
      return html`<div class="field"><label for="${id}">${label}</label>${below}<input ${attributes(more)}></div>`
    }
  }
}

const megabytes = (bytes: number) => Math.floor(bytes / (1 << 20))

function helpOf({ t }: FormParts, one: Field, id: string, to: Endpoint): Filling {
  const rules = one.kind === 'files' ? to.page?.files : undefined
  const limits = rules && t('form.files', { count: rules.most, megabytes: megabytes(rules.bytes) })
  const text = [one.help, limits].filter(Boolean).join(' ')
  return text !== '' && html`<p class="help" id="${id}-help">${text}</p>`
}

/** Why the form was not taken, before its fields: in one sentence, with a way to each field that is wrong. */
function problems(parts: FormParts, all: readonly (Field | Html)[]): Filling {
  const { visit, t } = parts
  if (!visit.refused) return null
  const { fields, reason, detail, values } = visit.refused
  const places = [...new Set(fields.map((one) => nameOf(one.field)))]
  const labelOf = (name: string) => all.flatMap((one) => (!(one instanceof Html) && one.name === name ? [one.label] : []))[0]
  return html`<div class="notice bad" role="alert" tabindex="-1" id="problems">
    <p>${fields.length > 0 ? t('form.problems') : sentence(t, null, reason, detail, values)}</p>
    ${places.length > 0 && html`<ul>${places.map((name) => html`<li><a href="#field-${name}">${labelOf(name) ?? name}</a>${t('form.colon')}${problemOf(parts, name)}</li>`)}</ul>`}
  </div>`
}

/** A field within a field is the field's problem. */
const nameOf = (place: string) => place.split('.')[0] ?? place

function problemOf({ visit, t }: FormParts, name: string): string | null {
  const found = visit.refused?.fields.find((one) => nameOf(one.field) === name)
  return found ? sentence(t, name, found.reason, found.detail, visit.refused?.values ?? {}) : null
}

/** What is wrong in the customer's language; a reason for which nobody wrote a text is at least said to be none. */
function sentence(
  t: Words,
  name: string | null,
  reason: string,
  detail: string,
  values: Readonly<Record<string, string | number>>,
): string {
  for (const key of name === null ? [`reason.${reason}`] : [`reason.${name}.${reason}`, `reason.${reason}`])
    if (t.has(key) || (typeof values.count === 'number' && t.has(`${key}_other`))) return t(key, values)
  return t.language === 'en' ? detail : t('reason.other')
}
