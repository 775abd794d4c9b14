/** Fields that a company defines for itself (B-01), beside those that every archive has. */
export const ownFieldTypes = ['text', 'long', 'link', 'number', 'money', 'day', 'yes', 'choice', 'choices'] as const
export type OwnFieldType = (typeof ownFieldTypes)[number]

export interface OwnField {
  readonly id: string
  readonly type: OwnFieldType
  readonly required: boolean
  /** Of `choice` and `choices`: what may be chosen, by its key. */
  readonly choices: readonly { readonly key: string }[]
  /** A removed field is shown nowhere; its values stay until they are purged. */
  readonly removed: boolean
}

/** What a customer's field holds; null is "not known". */
export type OwnValue = string | number | boolean | readonly string[] | null
/** One stored row of a value. */
export interface OwnCell {
  readonly word: string | null
  readonly number: number | null
  /** What is too long to be sorted and compared; nothing else stands beside it. */
  readonly passage?: string
}

/** At most so many characters. */
export const ownLimits = { text: 500, long: 5000, link: 2000 } as const

/** How lists, histories and segments name a field among those of the archive. */
export type OwnColumnName = `own:${string}`
export const ownColumn = (fieldId: string): OwnColumnName => `own:${fieldId}`
/** The id of the field that such a name means; null for a field of the archive. */
export const fieldOfColumn = (column: string): string | null => (column.startsWith('own:') ? column.slice(4) : null)

/** One condition on an own field: one of these words, one of these pieces of a text (whatever their case), or a range; without any, that something is known; turned round where nobody is wanted who meets it. */
export interface OwnCondition {
  readonly field: Pick<OwnField, 'id' | 'type'>
  readonly is: readonly string[] | null
  readonly contains: readonly string[] | null
  readonly from: string | number | null
  readonly to: string | number | null
  readonly not?: boolean
}

export type OwnProblem =
  | 'not-a-text'
  | 'not-a-long-text'
  | 'not-a-link'
  | 'not-a-number'
  | 'not-a-day'
  | 'not-yes-or-no'
  | 'no-such-choice'
  | 'required'

/** What a value says as rows to be stored, none for "not known", or what is wrong with it. */
export function cellsOf(field: OwnField, value: OwnValue): readonly OwnCell[] | OwnProblem {
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return field.required ? 'required' : []
  switch (field.type) {
    case 'text':
      return typeof value === 'string' && value.trim().length <= ownLimits.text ? [word(value.trim())] : 'not-a-text'
    case 'long':
      return typeof value === 'string' && value.trim().length <= ownLimits.long ? [passage(value.trim())] : 'not-a-long-text'
    case 'link':
      return typeof value === 'string' && isLink(value.trim()) ? [passage(value.trim())] : 'not-a-link'
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? [number(value)] : 'not-a-number'
    case 'money':
      return typeof value === 'number' && Number.isSafeInteger(value) ? [number(value)] : 'not-a-number'
    case 'day':
      return typeof value === 'string' && isDay(value) ? [word(value)] : 'not-a-day'
    case 'yes':
      return typeof value === 'boolean' ? [number(value ? 1 : 0)] : 'not-yes-or-no'
    case 'choice':
      return typeof value === 'string' && hasChoice(field, value) ? [word(value)] : 'no-such-choice'
    case 'choices': {
      const chosen = Array.isArray(value) ? [...new Set(value as readonly string[])] : null
      return chosen?.every((key) => hasChoice(field, key)) ? chosen.map(word) : 'no-such-choice'
    }
  }
}

/** The other way round. */
export function ownValueOf(field: OwnField, cells: readonly OwnCell[]): OwnValue {
  const [first] = cells
  if (first === undefined) return null
  if (field.type === 'choices') return cells.flatMap(({ word }) => (word === null ? [] : [word]))
  if (field.type === 'yes') return first.number === null ? null : first.number === 1
  if (isLong(field.type)) return first.passage ?? null
  return field.type === 'number' || field.type === 'money' ? first.number : first.word
}

/** Whether a field is stored as a number, by which lists sort and compare it; else as a word. */
export const isNumeric = (type: OwnFieldType): boolean => type === 'number' || type === 'money' || type === 'yes'

/** Whether a field holds long texts: they are looked through, and neither sorted nor compared. */
export const isLong = (type: OwnFieldType): boolean => type === 'long' || type === 'link'

/** An address of a page that may be opened from a customer's archive: of the web, and without a name and password, which make an address look like another. */
export function isLink(text: string): boolean {
  if (!/^https?:\/\//i.test(text) || /\s/.test(text) || text.length > ownLimits.link || !URL.canParse(text)) return false
  const { protocol, username, password } = new URL(text)
  return (protocol === 'http:' || protocol === 'https:') && username === '' && password === ''
}

const passage = (text: string): OwnCell => ({ word: null, number: null, passage: text })
const word = (text: string): OwnCell => ({ word: text, number: null })
const number = (value: number): OwnCell => ({ word: null, number: value })
const hasChoice = (field: OwnField, key: string) => field.choices.some((choice) => choice.key === key)
export const isDay = (text: string) =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text)
