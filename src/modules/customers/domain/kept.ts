/** What one rule wants kept about somebody, as far as it ends on one day; `until` is 'open' while nobody knows the day. */
interface Keeping {
  readonly rule: string
  readonly title: string
  readonly until: string
  readonly count: number
}

/** Until when the law wants something kept about somebody, and which rules say so. Days are `YYYY-MM-DD` and the last ones; null while nobody knows them. */
export interface KeptByLaw {
  readonly until: string | null
  readonly rules: readonly { readonly rule: string; readonly title: string; readonly until: string | null; readonly count: number }[]
}

/** An order by hand to keep everything; without a reason there is none, without a day it has no end. */
interface Hold {
  readonly holdReason: string | null
  readonly holdUntil: string | null
}

/** What is still to be kept on a day, by rule, the one that lasts longest first; null where nothing is. */
export function keptOn(today: string, keepings: readonly Keeping[]): KeptByLaw | null {
  const standing = keepings.filter(({ until }) => until === 'open' || until >= today)
  const rules = [...Map.groupBy(standing, ({ rule }) => rule)].map(([rule, all]) => ({
    ...{ rule, title: all[0]!.title, until: latest(all.map(({ until }) => (until === 'open' ? null : until))) },
    count: all.reduce((sum, { count }) => sum + count, 0),
  }))
  if (rules.length === 0) return null
  return {
    until: latest(rules.map(({ until }) => until)),
    rules: rules.toSorted((a, b) => rank(b.until).localeCompare(rank(a.until))),
  }
}

export const isHeld = ({ holdReason, holdUntil }: Hold, today: string): boolean =>
  holdReason !== null && (holdUntil === null || holdUntil >= today)

/** The first day on which nothing stands against an erasure any more, as far as is known today; null while no end is known. */
export function freeOn(today: string, kept: KeptByLaw | null, hold: Hold): string | null {
  const ends = [...(kept ? [kept.until] : []), ...(isHeld(hold, today) ? [hold.holdUntil] : [])]
  const last = ends.length === 0 ? undefined : latest(ends)
  return last === undefined ? today : last && dayAfter(last)
}

/** When the night's work erases whoever waited: this time of the company's day, as the schedule wants it and as a clock shows it. */
export const everyNight = '20 3 * * *'
const nightAt = '03:20'

/** On which day an erasure that waits is carried out by itself, seen from a moment as the company's clock shows it, `YYYY-MM-DDTHH:MM…`: what is free once the night's work is done waits for the next night. */
export function dueOn(now: string, kept: KeptByLaw | null, hold: Hold): string | null {
  const today = now.slice(0, 10)
  const free = freeOn(today, kept, hold)
  return free === today && now.slice(11, 16) >= nightAt ? dayAfter(today) : free
}

const latest = (days: readonly (string | null)[]): string | null => days.toSorted((a, b) => rank(a).localeCompare(rank(b))).at(-1) ?? null
/** No end comes after every end. */
const rank = (until: string | null): string => until ?? '9999-12-31'
const dayAfter = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)
