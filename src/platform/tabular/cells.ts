import type { Problem } from './tabular-error.ts'

/** Why a cell cannot be read as what its column is: a code and the values a translated sentence needs (`text` is the cell as it stands). */
export type CellProblem = Problem<
  | 'empty'
  | 'notANumber'
  | 'percent'
  | 'groupingUnclear'
  | 'digitsShortened'
  | 'tooManyDigits'
  | 'notADate'
  | 'orderUnclear'
  | 'noSuchDay'
  | 'noSuchTime'
  | 'yearOutOfRange'
  | 'notAFlag'
  | 'notAnEmail'
  | 'notAPhone'
>

export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: CellProblem }

export function failed(
  code: CellProblem['code'],
  text: string,
  values: CellProblem['values'] = {},
): { readonly ok: false; readonly problem: CellProblem } {
  return { ok: false, problem: { code, values: { text: text.slice(0, 100), ...values } } }
}

/**
 * The cell without blanks and unseen characters at its ends (ideographic and unbreakable blanks, zero-width characters, byte order marks), and with full-width
 * digits, letters and signs as ordinary ones. For cells that are read as figures, dates, flags, addresses; names and notes keep their width.
 */
export function foldCell(text: string): string {
  if (/^[!-~]*$/.test(text)) return text
  const narrow = text.replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).replaceAll('￥', '¥')
  return trimCell(narrow)
}

/** Without blanks and unseen characters at its ends. */
export function trimCell(text: string): string {
  return /^[!-~](?:.*[!-~])?$/.test(text)
    ? text
    : text.replace(/^[\s\p{Cc}\u200b-\u200f\u2060\ufeff]+|[\s\p{Cc}\u200b-\u200f\u2060\ufeff]+$/gu, '')
}

const flags = new Map<string, boolean>([
  ...['yes', 'y', 'true', 't', '1', 'on', 'x', '是', '有', '真', '对', '對', '√', '✓', '✔', '已'].map((word) => [word, true] as const),
  ...['no', 'n', 'false', 'f', '0', 'off', '否', '无', '無', '假', '错', '錯', '×', '✗', '✘', '未', '-'].map(
    (word) => [word, false] as const,
  ),
])

/** Yes or no in the words and signs that lists use, English and Chinese. */
export function parseFlag(text: string): Parsed<boolean> {
  const folded = foldCell(text)
  if (folded === '') return failed('empty', text)
  const value = flags.get(folded.toLowerCase())
  return value === undefined ? failed('notAFlag', text) : { ok: true, value }
}

/** An e-mail address in lower case, also out of `Name <address>` and `mailto:`. It is checked for form only. */
export function parseEmail(text: string): Parsed<string> {
  const folded = foldCell(text)
  if (folded === '') return failed('empty', text)
  const bare = (/<([^<>]+)>$/.exec(folded)?.[1] ?? folded.replace(/^mailto:/i, '')).trim().toLowerCase()
  const good = bare.length <= 254 && /^[^\s@"(),:;<>[\\\]]{1,64}@[^\s@.]+(\.[^\s@.]+)+$/u.test(bare) && !/\.\.|^\.|\.@/.test(bare)
  return good ? { ok: true, value: bare } : failed('notAnEmail', text)
}

/**
 * A telephone number as written, trimmed, with ordinary digits and single blanks. Numbers that a spreadsheet has shortened (8.61381E+12) have lost
 * digits and are refused.
 */
export function parsePhone(text: string): Parsed<string> {
  const folded = foldCell(text).replace(/^'/, '').replace(/\s+/g, ' ')
  if (folded === '') return failed('empty', text)
  if (/^\d(\.\d+)?e\+?\d+$/i.test(folded)) return failed('digitsShortened', text)
  const digits = folded.replace(/\D/g, '').length
  const good =
    digits >= 5 &&
    digits <= 24 &&
    /^[+(]?\d[\d\s()./-]*(\s?(x|ext\.?|#|转|轉|分机|分機)\s?\d{1,6})?$/i.test(folded.replace(/^\+\s?\(?/, '+').replace(/^\+/, ''))
  return good ? { ok: true, value: folded } : failed('notAPhone', text)
}
