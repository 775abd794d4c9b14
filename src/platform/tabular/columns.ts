import { chooseDateForm, parseDate } from './cell-date.ts'
import { parseDecimal } from './cell-decimal.ts'
import { foldCell, parseEmail, parseFlag, parsePhone } from './cells.ts'
import { foldHan } from './fold-han.ts'

export type FieldKind = 'text' | 'key' | 'amount' | 'quantity' | 'date' | 'flag' | 'email' | 'phone'

/** A field that a file may have a column for. Synonyms in any language and spelling, the likeliest first. */
export type FieldSpec = {
  readonly name: string
  readonly synonyms: readonly string[]
  readonly kind: FieldKind
  readonly required?: boolean
  /** Mistaken it would do harm, such as a consent: only a header that is a synonym word for word is taken for it, and none that denies something. */
  readonly exact?: boolean
}

export type Recognition = {
  readonly field: string
  /** From 0. */
  readonly column: number
  /** 0…1; below 0.7 a person should look. */
  readonly confidence: number
  /** What it rests on: the header is a synonym, is close to one, or the cells look like it. */
  readonly why: { readonly code: 'sameName' | 'similarName' | 'contents'; readonly values: Readonly<Record<string, string>> }
}

const leastConfidence = 0.5

/**
 * Which column holds which field, from the headers and, as a check, from some rows. Each column serves one field and each field has one column: the most certain pairs are taken
 * first. A header that says "amount" over cells that are no amounts is not believed; e-mail addresses and the only dates of a table are recognised without any header.
 */
export function recogniseColumns(
  headers: readonly string[],
  rows: readonly (readonly string[])[],
  fields: readonly FieldSpec[],
): Recognition[] {
  const columns = headers.map((header, column) => ({
    header: wordsOf(header),
    cells: rows.map((row) => row[column] ?? '').filter((cell) => cell.trim() !== ''),
  }))
  const fits = columns.map(({ cells }) => new Map<FieldKind, number>(checkedKinds.map((kind) => [kind, shareThatFits(kind, cells)])))
  const candidates: Recognition[] = []
  for (const field of fields) {
    const synonyms = field.synonyms.map((synonym) => ({ synonym, words: wordsOf(synonym) }))
    const letters = field.exact ? new Set(field.synonyms.map(lettersOf)) : null
    columns.forEach(({ header, cells }, column) => {
      if (letters && (!letters.has(lettersOf(headers[column]!)) || denies(headers[column]!))) return
      const fit = cells.length === 0 ? 1 : (fits[column]!.get(field.kind) ?? 1)
      const named = closest(header, synonyms)
      if (named && named.score * weight(fit) >= leastConfidence) {
        candidates.push({
          field: field.name,
          column,
          confidence: round(named.score * weight(fit)),
          why: { code: named.score > 0.95 ? 'sameName' : 'similarName', values: { header: headers[column]!, synonym: named.synonym } },
        })
      } else if (contentsSpeak(field.kind, column, fits, cells.length)) {
        candidates.push({
          field: field.name,
          column,
          confidence: field.kind === 'email' ? 0.6 : 0.5,
          why: { code: 'contents', values: { header: headers[column]!, kind: field.kind } },
        })
      }
    })
  }
  const order = new Map(fields.map((field, i) => [field.name, i]))
  candidates.sort((a, b) => b.confidence - a.confidence || order.get(a.field)! - order.get(b.field)! || a.column - b.column)
  const taken = new Set<string | number>()
  const chosen = candidates.filter(({ field, column }) => {
    if (taken.has(field) || taken.has(column)) return false
    taken.add(field).add(column)
    return true
  })
  return chosen.sort((a, b) => order.get(a.field)! - order.get(b.field)!)
}

/**
 * The words of a header: full-width, case, camelCase, underscores, points and Traditional characters folded away; what stands in brackets (a unit) left out.
 * Han characters are kept together as one word.
 */
export function wordsOf(header: string): readonly string[] {
  const plain = foldHan(foldCell(header.normalize('NFKC')))
  const bare = plain.replace(/[([{（【].*?[)\]}）】]/g, ' ').trim() || plain
  return bare
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .replace(/(\p{Script=Han})(?=[a-z0-9])|([a-z0-9])(?=\p{Script=Han})/giu, '$1$2 ')
    .toLowerCase()
    .replace(/#/g, ' no ')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => abbreviations[word] ?? word)
}

const abbreviations: Readonly<Record<string, string>> = {
  number: 'no',
  num: 'no',
  nr: 'no',
  号码: '号',
  编码: '编号',
  代码: '编号',
  qty: 'quantity',
  cust: 'customer',
  prod: 'product',
  amt: 'amount',
  desc: 'description',
  identifier: 'id',
  addr: 'address',
  tel: 'phone',
  telephone: 'phone',
}

/** Whether a header says no to something, also in brackets: “opt-out”, “unsubscribed”, 不同意, 退订. */
function denies(header: string): boolean {
  const words = header
    .normalize('NFKC')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replace(/['’]/g, '')
    .split(/[^\p{L}]+/u)
  return words.some((word, i) => denials.test(word) || (word === 'out' && words[i - 1] === 'opt')) || hanDenials.test(foldHan(header))
}
const denials =
  /^(no|not|non|never|without|dont|doesnt|opt(ed|s)?out|unsub\p{L}*|stop\p{L}*|refus\p{L}*|reject\p{L}*|declin\p{L}*|object\p{L}*|withdr\p{L}*|block\p{L}*|exclu\p{L}*)$/u
const hanDenials = /[不拒勿禁停撤未无]|退订|取消/

/** All letters and digits of a header, also those in brackets. */
const lettersOf = (header: string) =>
  foldHan(header.normalize('NFKC'))
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')

function closest(
  header: readonly string[],
  synonyms: readonly { readonly synonym: string; readonly words: readonly string[] }[],
): { synonym: string; score: number } | undefined {
  let best: { synonym: string; score: number } | undefined
  synonyms.forEach(({ synonym, words }, i) => {
    const score = likeness(header, words) - Math.min(i, 40) * 0.001
    if (score >= leastConfidence && (!best || score > best.score)) best = { synonym, score }
  })
  return best
}

/** 1 for the same words (also written together), less for the same words among others, for one text within the other, for one slip of the pen. */
function likeness(header: readonly string[], words: readonly string[]): number {
  const a = header.join('')
  const b = words.join('')
  if (a === '' || b === '') return 0
  if (a === b) return 1
  const common = words.filter((word) => header.includes(word)).length
  if (common === words.length) return 0.55 + (0.35 * words.length) / header.length - (header.at(-1) === words.at(-1) ? 0 : 0.1)
  if (/\p{Script=Han}/u.test(b) && b.length >= 2 && a.includes(b)) return 0.5 + (0.4 * b.length) / a.length
  return Math.min(a.length, b.length) >= 6 && oneSlip(a, b) ? 0.75 : 0
}

/** Whether one letter more, less, or other makes `b` of `a`. */
function oneSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  let end = 0
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++
  return Math.max(a.length, b.length) - start - end <= 1
}

const checkedKinds: readonly FieldKind[] = ['amount', 'quantity', 'date', 'flag', 'email', 'phone', 'key']

/** Share of cells that can be read as the kind. */
function shareThatFits(kind: FieldKind, cells: readonly string[]): number {
  if (cells.length === 0) return 0
  if (kind === 'date') {
    const { form } = chooseDateForm(cells)
    const order = form.order === 'yearFirst' ? 'dayFirst' : form.order
    return cells.filter((cell) => parseDate(cell, { ...form, order }).ok).length / cells.length
  }
  return cells.filter((cell) => fitsKind(kind, cell)).length / cells.length
}

function fitsKind(kind: FieldKind, cell: string): boolean {
  if (kind === 'amount' || kind === 'quantity') return parseDecimal(cell, '.').ok || parseDecimal(cell, ',').ok
  if (kind === 'flag') return parseFlag(cell).ok
  if (kind === 'email') return parseEmail(cell).ok
  if (kind === 'phone') return parsePhone(cell).ok
  // Keys are anything short that is neither an amount with decimals nor a date.
  return kind !== 'key' || (cell.length <= 100 && !/^-?\d+[.,]\d{1,2}$/.test(cell) && !/^\d{4}[-/]\d{1,2}[-/]\d{1,2}/.test(cell))
}

function weight(fit: number): number {
  return fit >= 0.9 ? 1 : fit >= 0.5 ? 0.6 + 0.4 * fit : 0.4 * fit
}

function contentsSpeak(kind: FieldKind, column: number, fits: readonly Map<FieldKind, number>[], cells: number): boolean {
  if (cells < 3 || (kind !== 'email' && kind !== 'date')) return false
  const isSuch = (other: number): boolean => fits[other]!.get(kind)! >= 0.9 && (kind === 'email' || fits[other]!.get('amount')! < 0.5)
  return isSuch(column) && fits.every((_, other) => other === column || !isSuch(other))
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
