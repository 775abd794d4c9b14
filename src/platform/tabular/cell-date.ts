import { type DateSystem, daysInMonth, daysSinceEpoch, wallClockOfSerial } from './calendar.ts'
import { failed, foldCell, type Parsed } from './cells.ts'

/** How a column writes its dates where that is not plain from a cell alone. */
export type DateForm = {
  /** Which part of `a/b/c` is what; dates with the year in four figures in front are understood in every form. */
  readonly order: 'yearFirst' | 'dayFirst' | 'monthFirst'
  /** What bare digits are: `20101201`, or the serial number of a spreadsheet (in one of its two systems). */
  readonly digits: 'calendar' | DateSystem
}

export type WallClock = {
  /** Milliseconds since 1970-01-01T00:00 of the clock on the wall where the cell was written. */
  readonly milliseconds: number
  readonly hasTime: boolean
  /** Minutes east of UTC, where the cell says so (`Z`, `+08:00`). */
  readonly offset?: number
}

export type DateFormChoice = {
  readonly form: DateForm
  readonly evidence: 'clear' | 'none' | 'ambiguous' | 'mixed'
  readonly example?: string
}

/** Years outside are slips of the pen or stand for "never" (0001, 9999). */
export const yearRange = { from: 1900, to: 2199 } as const

const yearInFront = /^(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})\s?[日号號]?(?:[T\s]\s*(.+)|(?<=[日号號])(.+))?$/i
const threeParts = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?:[T\s,]\s*(.+))?$/i
const republic = /^(?:民国|民國)\s?(\d{1,3})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})\s?日?(?:\s*(.+))?$/
const dayAndName = /^(\d{1,2})(?:st|nd|rd|th)?[\s.-]+([a-z]{3,9})\.?[\s,.-]+(\d{4}|\d{2})(?:[T\s,]\s*(.+))?$/i
const nameAndDay = /^([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?:[T\s,]\s*(.+))?$/i
const compact = /^(\d{4})(\d{2})(\d{2})(?:[T\s]?(\d{2})(\d{2})(\d{2})?)?$/i
const time =
  /^(上午|下午|am|pm)?\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(am|pm|a\.m\.|p\.m\.|上午|下午)?\s*(z|utc|gmt|[+-]\d{2}:?\d{2}|[+-]\d{2})?$/i
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** Reads a date, with or without time and zone; refuses days and times that do not exist and years beyond `yearRange`. */
export function parseDate(text: string, form: DateForm): Parsed<WallClock> {
  const cell = foldCell(text)
  if (cell === '') return failed('empty', text)
  let match = yearInFront.exec(cell)
  if (match) return clock(text, Number(match[1]), Number(match[2]), Number(match[3]), match[4] ?? match[5])
  match = threeParts.exec(cell)
  if (match) {
    const [a, b, c] = [match[1]!, match[2]!, match[3]!]
    const undecided = form.order === 'yearFirst' && c.length === 4
    if (undecided && Number(a) <= 12 && Number(b) <= 12 && a !== b) return failed('orderUnclear', text)
    const dayInFront = form.order === 'dayFirst' || (undecided && Number(a) > 12)
    const [year, month, day] = dayInFront ? [c, b, a] : form.order === 'monthFirst' || c.length === 4 ? [c, a, b] : [a, b, c]
    return clock(text, fullYear(year), Number(month), Number(day), match[4])
  }
  if (/^\d+([.,]\d+)?$/.test(cell)) return fromDigits(text, cell, form.digits)
  match = compact.exec(cell)
  if (match) return fromDigits(text, cell, 'calendar')
  match = republic.exec(cell)
  if (match) return clock(text, Number(match[1]) + 1911, Number(match[2]), Number(match[3]), match[4])
  match = dayAndName.exec(cell)
  if (match) return clock(text, fullYear(match[3]!), monthByName(match[2]!), Number(match[1]), match[4])
  match = nameAndDay.exec(cell)
  if (match) return clock(text, Number(match[3]), monthByName(match[1]!), Number(match[2]), match[4])
  return failed('notADate', text)
}

/**
 * The form of a column of dates from some of its cells. A part above 12 is a day, a first part above 31 a year; points between the parts put the day first. Where no cell
 * speaks, the part with more different values is taken for the day and the evidence is `ambiguous`, for a person to confirm; `mixed`: cells speak for both orders.
 */
export function chooseDateForm(samples: Iterable<string>): DateFormChoice {
  const said: { dayFirst?: string; monthFirst?: string; yearFirst?: string } = {}
  const firstParts = new Set<string>()
  const secondParts = new Set<string>()
  let either: string | undefined
  let dotted = false
  let eight = 0
  let serials = 0
  let plain = 0
  for (const sample of samples) {
    const cell = foldCell(sample)
    const parts = threeParts.exec(cell)
    if (parts) {
      const [a, b] = [Number(parts[1]), Number(parts[2])]
      firstParts.add(parts[1]!)
      secondParts.add(parts[2]!)
      if (a > 31 && parts[3]!.length === 2) said.yearFirst ??= sample
      else if (a > 12 && b <= 12) said.dayFirst ??= sample
      else if (b > 12 && a <= 12) said.monthFirst ??= sample
      else {
        either ??= sample
        dotted ||= cell.includes('.')
      }
    } else if (/^\d{8}$/.test(cell)) eight++
    else if (/^\d{4,6}([.,]\d+)?$/.test(cell)) serials++
    else if (yearInFront.test(cell)) plain++
  }
  const digits = serials > eight ? 1900 : 'calendar'
  const orders = (['yearFirst', 'dayFirst', 'monthFirst'] as const).filter((order) => said[order] !== undefined)
  if (orders.length > 1) return { form: { order: orders[0]!, digits }, evidence: 'mixed', example: said[orders[1]!]! }
  if (orders.length === 1) return { form: { order: orders[0]!, digits }, evidence: 'clear' }
  if (either === undefined) return { form: { order: 'yearFirst', digits }, evidence: plain + eight + serials > 0 ? 'clear' : 'none' }
  if (dotted) return { form: { order: 'dayFirst', digits }, evidence: 'clear' }
  return { form: { order: secondParts.size > firstParts.size ? 'monthFirst' : 'dayFirst', digits }, evidence: 'ambiguous', example: either }
}

function fromDigits(text: string, cell: string, digits: DateForm['digits']): Parsed<WallClock> {
  const match = compact.exec(cell)
  if (digits === 'calendar' || (match && cell.length >= 8)) {
    if (!match) return failed('notADate', text)
    return clock(
      text,
      Number(match[1]),
      Number(match[2]),
      Number(match[3]),
      match[4] && `${match[4]}:${match[5]}${match[6] ? `:${match[6]}` : ''}`,
    )
  }
  const serial = Number(cell.replace(',', '.'))
  const milliseconds = wallClockOfSerial(serial, digits)
  if (Number.isNaN(milliseconds)) return failed('noSuchDay', text)
  const year = new Date(milliseconds).getUTCFullYear()
  if (year < yearRange.from || year > yearRange.to) return failed('yearOutOfRange', text, { year, ...yearRange })
  return { ok: true, value: { milliseconds, hasTime: !Number.isInteger(serial) } }
}

function clock(text: string, year: number, month: number, day: number, timeText: string | undefined): Parsed<WallClock> {
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month))) return failed('noSuchDay', text)
  if (year < yearRange.from || year > yearRange.to) return failed('yearOutOfRange', text, { year, ...yearRange })
  const midnight = daysSinceEpoch(year, month, day) * 86_400_000
  if (timeText === undefined || timeText === '') return { ok: true, value: { milliseconds: midnight, hasTime: false } }
  const match = time.exec(timeText.trim())
  if (!match) return failed('notADate', text)
  const [, before, hourText, minuteText, secondText, fraction, behind, zone] = match
  const half = (before ?? behind)?.toLowerCase().replaceAll('.', '')
  const minute = Number(minuteText)
  const second = Number(secondText ?? 0)
  let hour = Number(hourText)
  if (hour > 23 || minute > 59 || second > 59 || (half !== undefined && (hour > 12 || hour < 1) && !(half === '上午' && hour === 0)))
    return failed('noSuchTime', text)
  if (half === 'pm' || half === '下午') hour = hour === 12 ? 12 : hour + 12
  else if (half !== undefined && hour === 12) hour = 0
  const thousandths = fraction === undefined ? 0 : Number(fraction.slice(0, 3).padEnd(3, '0'))
  const milliseconds = midnight + hour * 3_600_000 + minute * 60_000 + second * 1000 + thousandths
  if (zone === undefined) return { ok: true, value: { milliseconds, hasTime: true } }
  const offset = offsetOf(zone)
  return Math.abs(offset) > 14 * 60 ? failed('noSuchTime', text) : { ok: true, value: { milliseconds, hasTime: true, offset } }
}

function offsetOf(zone: string): number {
  const match = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone)
  if (!match) return 0
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0)
  return match[1] === '-' ? -minutes : minutes
}

/** Two figures are a year of 1969 to 2068, as POSIX has it. */
function fullYear(year: string): number {
  const number = Number(year)
  return year.length > 2 ? number : number + (number < 69 ? 2000 : 1900)
}

function monthByName(name: string): number {
  const lower = name.toLowerCase()
  const full = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december']
  const index = months.findIndex((month, i) => lower === month || full[i] === lower || (month === 'sep' && lower === 'sept'))
  return index + 1
}
