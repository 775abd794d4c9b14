import { type Approach, addressedBy, type Channel, formOf, isLeftAlone } from './channel.ts'
import { addDays } from './recurrence.ts'

/** How often an account is contacted: at least and at most so many times within any so many days. A minimum of 0: nobody has to. */
export interface Cadence {
  readonly minimum: number
  readonly maximum: number
  readonly days: number
}

export interface Contact {
  readonly day: string
  readonly channel: Channel
  /** Whether it came from us; what the customer began can keep a relation alive but is never too much. */
  readonly ours: boolean
  readonly planned: boolean
}

export interface CadenceReading {
  readonly state: 'under-served' | 'fine' | 'over-served'
  /** Contacts within the days up to today. */
  readonly held: number
  /** The day by which another contact is needed to keep the minimum; null where there is none. Today or earlier: needed now. */
  readonly dueBy: string | null
  /** The soonest planned contact. */
  readonly next: Contact | null
  /** How many contacts of ours the fullest days around the looked-at day hold, the proposed one included. */
  readonly most: number
  /** The form of the last three contacts of ours, the proposed one included, where it was always the same. */
  readonly sameForm: Channel | null
  /** Another form to try instead. */
  readonly another: Channel | null
}

/** Forms by which we can serve, in the order in which they are proposed. */
export const serviceForms: readonly Channel[] = ['call', 'visit', 'email', 'message', 'chat', 'event', 'letter']

/**
 * The forms by which somebody may be served: those that they allow and for which there is an address, and visits and events, which need none. What they like best stands first, then what they prefer.
 * None for somebody who refused everything.
 */
export function reachableForms(approach: Approach): readonly Channel[] {
  if (isLeftAlone(approach)) return []
  const open = new Map(approach.offered.map(({ channel, preferred }) => [channel, preferred]))
  const usable = serviceForms.filter((form) => addressedBy[form] === undefined || open.has(addressedBy[form]))
  const preferred = approach.offered.filter((offer) => offer.preferred).map(({ channel }) => formOf(channel))
  const first = [likedForm(approach), ...preferred].filter((form) => form !== null && usable.includes(form)) as readonly Channel[]
  return [...new Set([...first, ...usable])]
}

/** The form that somebody likes best, where they said so and can be reached that way; none for somebody who refused everything. */
export function likedForm(approach: Approach): Channel | null {
  const { liked, offered } = approach
  if (liked === null || isLeftAlone(approach)) return null
  return liked === 'visit' || offered.some(({ channel }) => channel === liked) ? formOf(liked) : null
}

/**
 * Reads the dates and forms of past and planned contacts against a cadence (L-02: keep the frequency, vary the form, avoid over-service). With a proposal, as if it were planned. Days are YYYY-MM-DD;
 * contacts may come in any order. Too many counts the fullest stretch of days that holds the looked-at day: the proposed one, else today.
 */
export function readCadence(
  cadence: Cadence,
  contacts: readonly Contact[],
  today: string,
  proposal: { readonly day: string; readonly channel: Channel } | null = null,
  reachable: readonly Channel[] = serviceForms,
): CadenceReading {
  const proposed: Contact | null = proposal && { ...proposal, ours: true, planned: true }
  const all = [...contacts, ...(proposed ? [proposed] : [])].toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
  const past = contacts.filter(({ planned, day }) => !planned && day <= today).toSorted((a, b) => (a.day < b.day ? 1 : -1))
  const held = past.filter(({ day }) => day > addDays(today, -cadence.days)).length
  const dueBy = neededBy(cadence, past, today)
  const next = contacts.filter(({ planned, day }) => planned && day >= today).toSorted((a, b) => (a.day < b.day ? -1 : 1))[0] ?? null
  const ours = all.filter((contact) => contact.ours)
  const most = fullest(ours, proposal?.day ?? today, cadence.days)
  const sameForm = formThreeTimes(ours, proposal?.day ?? null)
  return {
    state: most > cadence.maximum ? 'over-served' : dueBy !== null && dueBy <= today ? 'under-served' : 'fine',
    held,
    dueBy,
    next,
    most,
    sameForm,
    another: sameForm && anotherForm(ours, sameForm, reachable),
  }
}

/** The minimum-th latest contact falls out of the days then; where there are fewer, a contact is needed today. */
function neededBy({ minimum, days }: Cadence, latestFirst: readonly Contact[], today: string): string | null {
  if (minimum === 0) return null
  const oldest = latestFirst[minimum - 1]
  return oldest ? addDays(oldest.day, days) : today
}

/** The largest number of contacts within `days` days that include the day. The fullest stretch ends on a contact or on the day itself. */
function fullest(ours: readonly Contact[], day: string, days: number): number {
  const ends = [day, ...ours.map((contact) => contact.day)].filter((end) => end >= day && addDays(end, 1 - days) <= day)
  return Math.max(...ends.map((end) => ours.filter((contact) => contact.day <= end && contact.day >= addDays(end, 1 - days)).length))
}

function formThreeTimes(ours: readonly Contact[], upTo: string | null): Channel | null {
  const last = (upTo === null ? ours : ours.filter(({ day }) => day <= upTo)).slice(-3)
  return last.length === 3 && last.every(({ channel }) => channel === last[0]!.channel) ? last[0]!.channel : null
}

/** The form that was used longest ago, or never; of several the first in the order of proposals. */
function anotherForm(ours: readonly Contact[], than: Channel, reachable: readonly Channel[]): Channel | null {
  const lastUse = (form: Channel) => ours.findLast(({ channel }) => channel === form)?.day ?? ''
  return (
    reachable.filter((form) => form !== than).toSorted((a, b) => (lastUse(a) < lastUse(b) ? -1 : lastUse(a) > lastUse(b) ? 1 : 0))[0] ??
    null
  )
}
