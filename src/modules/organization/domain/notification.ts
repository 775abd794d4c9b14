import type { WallClockOffset } from './wall-clock.ts'

/** How a kind of news comes by mail: never, as soon as it may, or with everything else once a day. In the inbox it stands in any case. */
export const mailWays = ['none', 'now', 'digest'] as const
export type MailWay = (typeof mailWays)[number]

/** How somebody wants to hear of things. Times are minutes after midnight, 0 … 1439, on the clock of the organization. */
export interface NotificationChoices {
  /** By kind; a kind that is not named comes as its module proposes. */
  readonly mail: Readonly<Record<string, MailWay>>
  /** No mail from … until, across midnight where `from` is later; null for any time. */
  readonly quiet: { readonly from: number; readonly to: number } | null
  readonly digestAt: number
}

export const usualChoices: NotificationChoices = { mail: {}, quiet: { from: 20 * 60, to: 7 * 60 }, digestAt: 8 * 60 }

/** Where it is told that somebody's inbox has changed. */
export const notificationTopic = (userId: string): string => `organization.notifications/${userId}`

/** When news of a moment may be mailed at the earliest; null: never. Milliseconds since 1970 UTC in and out. */
export function mailDue(at: number, way: MailWay, { quiet, digestAt }: NotificationChoices, zone: WallClockOffset): number | null {
  if (way === 'none') return null
  const wanted = way === 'digest' ? nextTime(at, digestAt, zone) : at
  return quiet && isQuiet(minuteOf(wanted, zone), quiet) ? nextTime(wanted, quiet.to, zone) : wanted
}

const isQuiet = (minute: number, { from, to }: { from: number; to: number }): boolean =>
  from <= to ? from <= minute && minute < to : minute >= from || minute < to

const day = 86_400_000
const minuteOf = (at: number, zone: WallClockOffset) => Math.floor(((at + zone.ofUtc(at)) % day) / 60_000)

/** The next moment strictly after another at which the wall shows so many minutes after midnight. */
function nextTime(at: number, minutes: number, zone: WallClockOffset): number {
  const wall = at + zone.ofUtc(at)
  const midnight = Math.floor(wall / day) * day
  for (const days of [0, 1, 2]) {
    const target = midnight + days * day + minutes * 60_000
    const moment = target - zone.ofWall(target)
    if (moment > at) return moment
  }
  throw new RangeError('No clock stands still for two days')
}
