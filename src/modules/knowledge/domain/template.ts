import { emptyTexts, type Language, languageShown } from './texts.ts'

/** What a reply is for. */
export const templateKinds = [
  'acknowledgement',
  'interim',
  'status',
  'not-established',
  'apology',
  'decision',
  'final-position',
  'other',
] as const
export type TemplateKind = (typeof templateKinds)[number]

/** What may stand in a template in two pairs of braces, and what kind of value it takes: the whole list, so that a template reaches nothing else. */
export const placeholders = {
  customerName: 'text',
  companyName: 'text',
  agentName: 'text',
  departmentName: 'text',
  contactLine: 'text',
  caseNumber: 'text',
  caseSubject: 'text',
  orderNumber: 'text',
  product: 'text',
  finding: 'text',
  explanation: 'text',
  remedy: 'text',
  nextStep: 'text',
  promise: 'text',
  escalationContact: 'text',
  today: 'day',
  receivedDay: 'day',
  answerDay: 'day',
  promiseDay: 'day',
  amount: 'money',
  escalationDays: 'number',
  statusLink: 'link',
} as const satisfies Readonly<Record<string, 'text' | 'day' | 'money' | 'number' | 'link'>>
export type Placeholder = keyof typeof placeholders
export const placeholderNames = Object.keys(placeholders) as readonly Placeholder[]

/** Days as `YYYY-MM-DD`, money in minor units with its currency. */
export type TemplateValue = string | number | { readonly minor: number; readonly currency: string }
export type TemplateValues = Readonly<Partial<Record<Placeholder, TemplateValue | null>>>

/** A letter in one language. */
export interface Letter {
  readonly subject: string
  readonly body: string
}

/** A template: one letter in every language, empty where nobody has written it in one. */
export type Letters = Readonly<Record<Language, Letter>>

export interface Rendered extends Letter {
  readonly language: Language
  /** The body as HTML: paragraphs and links, with everything that came as a value escaped. */
  readonly html: string
  /** What the letter speaks of and nobody has said. */
  readonly missing: readonly Placeholder[]
}

export interface TemplateProblem {
  readonly reason: 'unknown-placeholder' | 'unclosed-tag' | 'unclosed-section' | 'unopened-section' | 'unescaped'
  /** The tag in question. */
  readonly tag: string
}

type Node =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly name: string }
  | { readonly kind: 'section'; readonly name: string; readonly inverted: boolean; readonly inside: Node[] }

/**
 * Fills a template in, in the language of whoever is written to or the nearest one in which it is written; days and figures follow the language that is shown. The language of templates is the part of Mustache that has no logic and reaches nothing: `{{name}}`, and `{{#name}}…{{/name}}` and `{{^name}}…{{/name}}` for what stands there only
 * with or without a value. A name that is not on the list stands for nothing; a value never becomes a tag, a heading of a mail or markup.
 */
export function renderTemplate(template: Letters, values: TemplateValues, wanted: Language): Rendered {
  const bodies = { ...emptyTexts, en: template.en.body, 'zh-CN': template['zh-CN'].body, 'zh-TW': template['zh-TW'].body }
  const language = languageShown(bodies, wanted) ?? wanted
  const letter = template[language]
  const missing = new Set<Placeholder>()
  const shown = (name: string): string => {
    const found = shownValue(name, values, language)
    if (found === '' && isPlaceholder(name)) missing.add(name)
    return found
  }
  const fill = (text: string) => filled(parsed(text).nodes, shown, (name) => shownValue(name, values, language) !== '')
  const subject = fill(letter.subject).replace(/\s+/g, ' ').trim()
  // Where a part is left out, its blank lines are, too.
  const body = fill(letter.body)
    .replace(/\n{3,}/g, '\n\n')
    .trim()
  return { language, subject, body, html: asHtml(body), missing: [...missing] }
}

/** What is wrong with a text that is to become a template. */
export const templateProblems = (text: string): readonly TemplateProblem[] => parsed(text).problems

/** Which placeholders a text names. */
export const placeholdersIn = (text: string): readonly Placeholder[] => [...new Set(namesIn(parsed(text).nodes).filter(isPlaceholder))]

const isPlaceholder = (name: string): name is Placeholder => Object.hasOwn(placeholders, name)

function filled(nodes: readonly Node[], shown: (name: string) => string, given: (name: string) => boolean): string {
  return nodes
    .map((node) => {
      if (node.kind === 'text') return node.text
      if (node.kind === 'value') return shown(node.name)
      return given(node.name) === node.inverted ? '' : filled(node.inside, shown, given)
    })
    .join('')
}

const namesIn = (nodes: readonly Node[]): string[] =>
  nodes.flatMap((node) => (node.kind === 'text' ? [] : node.kind === 'value' ? [node.name] : [node.name, ...namesIn(node.inside)]))

function parsed(text: string): { readonly nodes: readonly Node[]; readonly problems: readonly TemplateProblem[] } {
  const problems: TemplateProblem[] = []
  const top: Node[] = []
  const open: (Node & { kind: 'section' })[] = []
  const into = () => open.at(-1)?.inside ?? top
  const addText = (from: number, to: number) => {
    if (to > from) into().push({ kind: 'text', text: text.slice(from, to) })
  }
  let at = 0
  for (const found of text.matchAll(/\{\{(\{?[^{}]*\}?)\}\}/g)) {
    const tag = found[0]
    const inner = found[1]!.trim()
    const sign = /^[#^/&{!>=]/.exec(inner)?.[0] ?? ''
    const name = inner.slice(sign.length).trim()
    const [from, to] = sign === '' ? [found.index, found.index + tag.length] : wholeLine(text, found.index, found.index + tag.length)
    addText(at, Math.max(at, from))
    at = Math.max(at, to)
    if ('&{!>='.includes(sign) && sign !== '') problems.push({ reason: 'unescaped', tag })
    else if (sign === '/') {
      if (open.at(-1)?.name === name) open.pop()
      else problems.push({ reason: 'unopened-section', tag })
    } else {
      if (!isPlaceholder(name)) problems.push({ reason: 'unknown-placeholder', tag })
      if (sign === '') into().push({ kind: 'value', name })
      else {
        const section = { kind: 'section' as const, name, inverted: sign === '^', inside: [] }
        into().push(section)
        open.push(section)
      }
    }
  }
  addText(at, text.length)
  for (const { name } of open) problems.push({ reason: 'unclosed-section', tag: `{{#${name}}}` })
  if (/\{\{|\}\}/.test(text.replace(/\{\{\{?[^{}]*\}?\}\}/g, ''))) problems.push({ reason: 'unclosed-tag', tag: '{{' })
  return { nodes: top, problems }
}

/** A section's tag that has a line for itself takes the line with it. */
function wholeLine(text: string, from: number, to: number): [number, number] {
  const before = /(?:^|\n)[ \t]*$/.exec(text.slice(0, from))
  const behind = /^[ \t]*(?:\n|$)/.exec(text.slice(to))
  if (!before || !behind) return [from, to]
  return [before[0].startsWith('\n') ? before.index + 1 : before.index, to + behind[0].length]
}

function shownValue(name: string, values: TemplateValues, language: Language): string {
  if (!isPlaceholder(name)) return ''
  const value = values[name] ?? ''
  const kind = placeholders[name]
  if (typeof value === 'object') return kind === 'money' ? shownMoney(value, language) : ''
  if (value === '') return ''
  if (kind === 'number' && typeof value === 'number') return new Intl.NumberFormat(language).format(value)
  const text = String(value)
  if (kind === 'day') return shownDay(text, language)
  if (kind === 'link') return /^https?:\/\/[^\s<>"']+$/.test(text) ? text : ''
  // Nothing that is not written may come in with a value, and a line break is one.
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/(?!\n)[\p{Cc}\p{Cf}]/gu, '')
    .trim()
}

function shownDay(day: string, language: Language): string {
  const moment = /^\d{4}-\d{2}-\d{2}$/.test(day) ? new Date(`${day}T00:00:00Z`) : new Date(Number.NaN)
  return Number.isNaN(moment.getTime()) ? '' : new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(moment)
}

function shownMoney({ minor, currency }: { readonly minor: number; readonly currency: string }, language: Language): string {
  if (!Number.isFinite(minor) || !/^[A-Z]{3}$/.test(currency)) return ''
  const format = new Intl.NumberFormat(language, { style: 'currency', currency })
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
}

const asHtml = (body: string): string =>
  body
    .split(/\n{2,}/)
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph) => `<p>${linked(escaped(paragraph)).replaceAll('\n', '<br>')}</p>`)
    .join('\n')

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign]!)
const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
/** Of what is escaped already. */
const linked = (html: string): string =>
  html.replace(/https?:\/\/[^\s<>]+/g, (found) => {
    // What ends a sentence is no part of the link.
    let end = found.length
    while (endings.has(found[end - 1]!)) end--
    const link = found.slice(0, end)
    return `<a href="${link}">${link}</a>${found.slice(end)}`
  })
const endings = new Set('.,;:!?)。，；：！？）')
