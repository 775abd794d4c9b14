import type { Moment } from '#modules/cases/domain/clocks/log.ts'
import type { Target } from '#modules/cases/domain/clocks/target.ts'
import type { WorkingHours } from '#modules/organization/domain/calendar.ts'

/** Everything that passes in a simulation, by the minute since `base`. */
export interface World {
  readonly events: readonly Moment[]
  readonly now: number
  readonly horizon: number
  readonly base: number
  readonly held: Uint8Array
  readonly walls: readonly Wall[]
  /** Which wall counts. */
  readonly whose: Readonly<Record<Target['hours'], Uint8Array>>
}
export function worldOf(events: readonly Moment[], hours: Readonly<Record<string, WorkingHours>>, now: number, horizon: number): World {
  const base = Math.min(now, ...events.map(({ at }) => minuteOf(at))) - 1
  const length = horizon - base + 2
  const keys = Object.keys(hours)
  const held = new Uint8Array(length)
  const whose = { department: new Uint8Array(length), customer: new Uint8Array(length), company: new Uint8Array(length) }
  const changes = new Set(events.map(({ at }) => minuteOf(at)))
  const owners = ['department', 'customer', 'company'] as const
  const changed = [base, ...[...changes].filter((minute) => minute > base).toSorted((a, b) => a - b)]
  for (const minute of changed) {
    held.fill(Number(isHeldIn(events, minute)), minute - base)
    for (const owner of owners) whose[owner].fill(keys.indexOf(wallIn(events, owner, minute) ?? '') + 1, minute - base)
  }
  const walls = [hoursAlways, ...Object.values(hours)].map((one) => wallOf(one, base, length))
  return { events, now, horizon, base, held, walls, whose }
}

export const minuteOf = (date: Date) => date.getTime() / 60_000

// ---- The wall ----

const hoursAlways: WorkingHours = { timeZone: 'UTC', week: Array(7).fill([{ from: 0, to: 1440 }]), specialDays: [] }
const offsets = new Map<string, Map<number, number>>()
/** Minutes that the wall is ahead, from a minute on: asked once a day, and by the minute on days on which it changes. */
function aheadFrom(timeZone: string, base: number, length: number): Int16Array {
  const known = offsets.get(timeZone) ?? new Map<number, number>()
  offsets.set(timeZone, known)
  const ahead = new Int16Array(length)
  for (let i = 0; i < length; ) {
    const day = Math.floor((base + i) / 1440) * 1440
    const end = Math.min(length, day + 1440 - base)
    const [first, last] = [asked(known, timeZone, day), asked(known, timeZone, day + 1440)]
    if (first === last) ahead.fill(first, i, end)
    else for (let j = i; j < end; j++) ahead[j] = asked(known, timeZone, base + j)
    i = end
  }
  return ahead
}
const formats = new Map<string, Intl.DateTimeFormat>()
function asked(known: Map<number, number>, timeZone: string, minute: number): number {
  const found = known.get(minute)
  if (found !== undefined) return found
  let format = formats.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', { timeZone, timeZoneName: 'longOffset' })
    formats.set(timeZone, format)
  }
  const text = format.formatToParts(minute * 60_000).find(({ type }) => type === 'timeZoneName')!.value
  const [, sign, hours, minutes] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(text)!
  const ahead = sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
  known.set(minute, ahead)
  return ahead
}

/** What one wall shows in each minute of the simulation. */
interface Wall {
  readonly open: Uint8Array
  readonly day: Int32Array
  /** Whether a minute is the last open one of its day. */
  readonly last: Uint8Array
}
function wallOf({ timeZone, week, specialDays }: WorkingHours, base: number, length: number): Wall {
  const special = new Map(specialDays.map(({ day, intervals }) => [Date.parse(`${day}T00:00:00Z`) / 86_400_000, intervals]))
  const weekday = (day: number) => new Date(day * 86_400_000).getUTCDay()
  const intervalsOf = (day: number) => special.get(day) ?? week[weekday(day) === 0 ? 6 : weekday(day) - 1]!
  const wall = { open: new Uint8Array(length), day: new Int32Array(length), last: new Uint8Array(length) }
  const ahead = aheadFrom(timeZone, base, length)
  let intervals = intervalsOf(0)
  for (let i = 0; i < length; i++) {
    const shown = base + i + ahead[i]!
    const day = Math.floor(shown / 1440)
    if (i === 0 || day !== wall.day[i - 1]) intervals = intervalsOf(day)
    wall.day[i] = day
    for (const { from, to } of intervals) if (from <= shown - day * 1440 && shown - day * 1440 < to) wall.open[i] = 1
  }
  for (let i = length - 1, seen = false; i >= 0; i--) {
    if (wall.day[i] !== wall.day[i + 1]) seen = false
    if (wall.open[i] && !seen) {
      wall.last[i] = 1
      seen = true
    }
  }
  return wall
}

// ---- What the log says, looked up anew for each question ----

/** Whose wall counts in a minute. */
function wallIn(events: readonly Moment[], whose: Target['hours'], minute: number): string | null {
  const named = (owner: Target['hours']) =>
    events.filter((e) => (owner === 'department' ? e.kind === 'department-changed' : e.kind === 'calendar-changed' && e.whose === owner))
  const lastBy = (list: readonly Moment[]) => list.findLast(({ at }) => minuteOf(at) <= minute)
  const [own, company] = [named(whose), named('company')]
  const chosen =
    lastBy(own) ??
    (whose === 'customer' && own.length > 0 ? own[0] : undefined) ??
    lastBy(company) ??
    // Before anything was said, what was said first.
    [...own, ...(whose === 'customer' && own.length > 0 ? [] : company)].toSorted((a, b) => a.at.getTime() - b.at.getTime())[0]
  return chosen ? (chosen as { calendar: string }).calendar : null
}

/** Whether a case waits in a minute: some pause began and nothing has ended it. */
function isHeldIn(events: readonly Moment[], minute: number): boolean {
  return events.some((pause, i) => {
    if (pause.kind !== 'paused' || minuteOf(pause.at) > minute) return false
    return !events.slice(i + 1).some((e) => {
      if (minuteOf(e.at) > minute) return false
      if (['resolved', 'closed', 'merged', 'withdrawn'].includes(e.kind)) return true
      if (e.kind === 'resumed') return e.reason === null || e.reason === pause.reason
      return e.kind === 'customer-message' && pause.endsOn === 'customer-message'
    })
  })
}
