/**
 * Figures, money and time as people of the chosen language write them.
 *
 *   const format = useFormat()
 *   format.money(129900)            '$1,299.00' in the organization's currency; format.money(129900, 'JPY'); whole units: format.money(n, null, { short: true })
 *   format.number(12.345, 1)        '12.3'
 *   format.percent(0.256, 1)        '25.6%'
 *   format.day('2011-12-09')        'Dec 9, 2011'
 *   format.weekday(0)               'Monday'
 *   format.instant(date)            date and time in the organization's time zone
 *   format.ago(date)                '3 hours ago'
 *   format.bytes(48_120_000)        '48 MB'
 *   format.language('zh-CN')        'Simplified Chinese'
 *
 * Everything takes null and undefined and shows '–': nothing known is never shown as zero.
 * The functions without hook are pure: language, currency and zone are handed in.
 */
import { use, useMemo } from 'react'
import { SessionProvider } from './session.ts'
import { useLanguage } from './words.ts'

export const nothingKnown = '–'
type Maybe<T> = T | null | undefined

export interface Format {
  money(minor: Maybe<number>, currency?: string | null, style?: MoneyStyle): string
  number(value: Maybe<number>, digits?: number): string
  percent(share: Maybe<number>, digits?: number): string
  day(day: Maybe<string>): string
  /** 0 is Monday. */
  weekday(weekday: number): string
  instant(at: Maybe<Date>): string
  ago(at: Maybe<Date>, now?: Date): string
  bytes(count: Maybe<number>): string
  list(words: readonly string[]): string
  /** A language by its code in the words of the chosen one; what is no code stays as it is. */
  language(code: string): string
  readonly currency: string
  readonly timeZone: string
}
export interface MoneyStyle {
  /** Without cents, with K, M or 万 for large sums. */
  readonly short?: boolean
  /** With + before gains. */
  readonly signed?: boolean
}

export function useFormat(): Format {
  const { language } = useLanguage()
  const profile = use(SessionProvider)?.profile
  const currency = profile?.currency ?? 'USD'
  const timeZone = profile?.timeZone ?? 'UTC'
  return useMemo(() => formatOf(language, currency, timeZone), [language, currency, timeZone])
}

export const formatOf = (language: string, ownCurrency: string, timeZone: string): Format => ({
  currency: ownCurrency,
  timeZone,
  money: (minor, currency, style = {}) => (minor == null ? nothingKnown : formatMoney(minor, currency ?? ownCurrency, language, style)),
  number: (value, digits = 0) =>
    value == null
      ? nothingKnown
      : of(Intl.NumberFormat, language, { maximumFractionDigits: digits, minimumFractionDigits: digits }).format(value),
  percent: (share, digits = 0) =>
    share == null
      ? nothingKnown
      : of(Intl.NumberFormat, language, { style: 'percent', maximumFractionDigits: digits, minimumFractionDigits: digits }).format(share),
  day: (day) =>
    day == null
      ? nothingKnown
      : of(Intl.DateTimeFormat, language, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`)),
  // 5 January 1970 was a Monday.
  weekday: (weekday) =>
    of(Intl.DateTimeFormat, language, { weekday: 'long', timeZone: 'UTC' }).format(new Date((4 + weekday) * 86_400_000)),
  instant: (at) =>
    at == null ? nothingKnown : of(Intl.DateTimeFormat, language, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(at),
  ago: (at, now = new Date()) => (at == null ? nothingKnown : formatAgo(at, now, language)),
  bytes: (count) => (count == null ? nothingKnown : formatBytes(count, language)),
  language: (code) => nameOfLanguage(code, language),
  list: (words) => of(Intl.ListFormat, language, { type: 'conjunction' }).format(words),
})

/** Minor units to text: as many decimals as the currency has (JPY none, USD two, KWD three). */
export function formatMoney(minor: number, currency: string, language: string, style: MoneyStyle = {}): string {
  const major = minor / 10 ** decimalsOf(currency)
  const options: Intl.NumberFormatOptions = {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    ...(style.signed ? { signDisplay: 'exceptZero' } : {}),
    ...(style.short ? { notation: 'compact', maximumFractionDigits: Math.abs(major) < 1000 ? 0 : 1 } : {}),
  }
  return of(Intl.NumberFormat, language, options).format(major)
}

/** How many decimals a currency has, by ISO 4217. */
export const decimalsOf = (currency: string): number =>
  of(Intl.NumberFormat, 'en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2

export function formatAgo(at: Date, now: Date, language: string): string {
  const seconds = (at.getTime() - now.getTime()) / 1000
  const [unit, size] = steps.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1]
  return of(Intl.RelativeTimeFormat, language, { numeric: 'auto' }).format(Math.round(seconds / size), unit)
}
const steps: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
]

function formatBytes(count: number, language: string): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const
  const step = Math.min(units.length - 1, count < 1 ? 0 : Math.floor(Math.log10(count) / 3))
  return of(Intl.NumberFormat, language, {
    style: 'unit',
    unit: units[step] ?? 'byte',
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: 1,
  }).format(count / 1000 ** step)
}

function nameOfLanguage(code: string, language: string): string {
  try {
    // Scripts say more than regions of what somebody reads.
    const script = { 'zh-cn': 'zh-Hans', 'zh-tw': 'zh-Hant', 'zh-hk': 'zh-Hant' }[code.toLowerCase()]
    return new Intl.DisplayNames(language, { type: 'language' }).of(script ?? code) ?? code
  } catch {
    return code
  }
}

// Making an Intl formatter costs a hundred times as much as using it, and a table uses thousands.
const made = new Map<string, unknown>()
function of<T, O>(Make: new (language: string, options: O) => T, language: string, options: NoInfer<O>): T {
  const key = `${Make.name}|${language}|${JSON.stringify(options)}`
  const before = made.get(key) as T | undefined
  if (before) return before
  const formatter = new Make(language, options)
  made.set(key, formatter)
  return formatter
}
