import { dayIn, wallClockOffset } from './domain/wall-clock.ts'

export { dayIn }

/** The languages that every word of the product exists in. */
export const languages = ['en', 'zh-CN', 'zh-TW'] as const
export type Language = (typeof languages)[number]

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** Whose customers a role sees under a permission, from few to all. */
export const scopes = ['own', 'team', 'all'] as const
export type Scope = (typeof scopes)[number]

/** Of two scopes the one that lets one see more; whoever has several roles has the widest of each. */
export const widestScope = (a: Scope | undefined, b: Scope): Scope => (a !== undefined && scopes.indexOf(a) > scopes.indexOf(b) ? a : b)

/** Whether somebody who sees the customers of these owners under a permission may hand it on with a scope: never further than they reach themselves. */
export const reachesAsFar = (reach: 'all' | readonly string[], scope: Scope, self: string): boolean =>
  reach === 'all' || (scope === 'own' ? reach.includes(self) : scope === 'team' && reach.some((owner) => owner !== self))

/** What changes from one map of grants to another, each with the wider of its two scopes. */
export function changedGrants(before: ReadonlyMap<string, Scope>, after: ReadonlyMap<string, Scope>): [permission: string, scope: Scope][] {
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter((permission) => before.get(permission) !== after.get(permission))
  return changed.map((permission) => [permission, widestScope(before.get(permission), after.get(permission) ?? before.get(permission)!)])
}

/** The language to speak with somebody who prefers the given ones (as browsers list them), most wanted first; English where none is ours. */
export function languageFor(preferred: readonly string[]): Language {
  for (const wanted of preferred) {
    const tag = wanted.toLowerCase()
    if (/^zh\b.*(hant|tw|hk|mo)/.test(tag)) return 'zh-TW'
    if (tag.startsWith('zh')) return 'zh-CN'
    if (tag.startsWith('en')) return 'en'
  }
  return 'en'
}

/** The currency that people in a region (ISO 3166) most likely pay with; USD where we do not know. A first proposal, never a decision. */
export const currencyFor = (region: string): string => currencies[region.toUpperCase()] ?? 'USD'

const euro = ['AT', 'BE', 'CY', 'DE', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'IE', 'IT', 'LT', 'LU', 'LV', 'MT', 'NL', 'PT', 'SI', 'SK']
const currencies: Readonly<Record<string, string>> = {
  ...Object.fromEntries(euro.map((region) => [region, 'EUR'])),
  ...{ CN: 'CNY', TW: 'TWD', HK: 'HKD', MO: 'MOP', SG: 'SGD', MY: 'MYR', JP: 'JPY', KR: 'KRW', IN: 'INR', TH: 'THB', VN: 'VND', ID: 'IDR' },
  ...{ GB: 'GBP', CH: 'CHF', SE: 'SEK', NO: 'NOK', DK: 'DKK', PL: 'PLN', CZ: 'CZK', CA: 'CAD', AU: 'AUD', NZ: 'NZD', BR: 'BRL', MX: 'MXN' },
}

/** Whether the text is an ISO 4217 code that this runtime can write amounts in. */
export const isCurrency = (code: string): boolean => Intl.supportedValuesOf('currency').includes(code)

/** Whether the text names an IANA time zone. Bare offsets are refused: databases read their sign the other way round. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** The moment at which a day (`YYYY-MM-DD`) ends in a time zone and the next begins. */
export function endOfDay(timeZone: string, day: string): Date {
  return atWall(timeZone, Date.parse(`${day}T00:00:00Z`) + 86_400_000)
}

/** The day before a day, `YYYY-MM-DD`. */
export const dayBefore = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)

/** When the next scheduled backup is due: from the set hour on, once on each day of the company. `last` is when the last one was made. */
export function nextBackup({ timeZone, hour, now, last }: { timeZone: string; hour: number; now: Date; last: Date | null }): Date {
  const today = dayIn(timeZone, now)
  const due = hourOfDay(timeZone, today, hour)
  return last !== null && dayIn(timeZone, last) >= today ? hourOfDay(timeZone, dayAfter(today), hour) : due
}

/** The moment at which an hour of a day begins in a time zone. */
const hourOfDay = (timeZone: string, day: string, hour: number): Date => atWall(timeZone, Date.parse(`${day}T00:00:00Z`) + hour * 3_600_000)

/** When the wall shows a time, milliseconds since 1970-01-01T00:00 on the wall; a time that is left out when clocks go forward is the moment at which they do. */
function atWall(timeZone: string, wall: number): Date {
  const { ofUtc } = wallClockOffset(timeZone)
  // The second look is for days on which the clocks change.
  return new Date(wall - ofUtc(wall - ofUtc(wall)))
}

const dayAfter = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)

export interface RoleChange {
  /** The user whose roles or access change. */
  readonly userId: string
  /** Whether that user may sign in as an administrator afterwards. */
  readonly administratorAfterwards: boolean
  /** Everybody who may sign in as an administrator now. */
  readonly administrators: readonly string[]
}

/** Whether somebody could still administrate the product afterwards. */
export const keepsAnAdministrator = ({ userId, administratorAfterwards, administrators }: RoleChange): boolean =>
  administratorAfterwards || administrators.some((id) => id !== userId)

/** The fields in which two plain values differ, for a history that people read; the whole value where it is not an object. */
export function changedFields(before: unknown, after: unknown): string[] {
  if (!isRecord(before) || !isRecord(after)) return JSON.stringify(before) === JSON.stringify(after) ? [] : ['']
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
    .toSorted()
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
