import { type CaseKind, type CaseRecord, type EventKind, happened, type Kinds, type NewEvent, type PastAct } from '#modules/cases/public.ts'
import type { Random } from '#numerics/seeded-random.ts'
import { dayLength, earlier, later } from '../hours.ts'
import type { Cast, SeedStaff } from './cast.ts'

/** Something that somebody does to a case, so long after what was done before: open minutes, behind calendar days where it takes these. */
export interface Beat {
  readonly after: number
  readonly days?: number
  readonly by: SeedStaff | 'customer'
  readonly kind: EventKind
  readonly data: (at: Date) => Kinds[EventKind]
  readonly message?: string
}

export const beat = <K extends EventKind>(
  by: Beat['by'],
  after: number,
  kind: K,
  data: Kinds[K] | ((at: Date) => Kinds[K]),
  more: Pick<Beat, 'days' | 'message'> = {},
): Beat => ({ by, after, kind, data: typeof data === 'function' ? (data as Beat['data']) : () => data, ...more })

export interface SeedCase {
  /** Names it within the demo. */
  readonly key: string
  readonly customer: string
  readonly kind: CaseKind
  readonly record: CaseRecord
  readonly owner: SeedStaff | null
  readonly openedBy: SeedStaff
  readonly openedAt: Date
  readonly proactive: boolean
  readonly acts: readonly PastAct[]
  /** What is about to be done: by the product itself, at the end of the loading. */
  readonly next: { readonly by: Beat['by']; readonly event: NewEvent } | null
}

export interface Tale {
  readonly key: string
  readonly customer: string
  readonly kind: CaseKind
  readonly record: Omit<CaseRecord, 'receivedAt'>
  readonly owner: SeedStaff | null
  readonly openedBy: SeedStaff
  readonly proactive?: boolean
  readonly beats: readonly Beat[]
  readonly next?: Beat | null
}

/** When a tale begins: at a moment, or so that its last beat lies so many open minutes before now. */
export type Begins = { readonly at: Date } | { readonly idle: number }

/** A tale with its times. What would lie in the future has not happened yet. */
export function tell(
  cast: Cast,
  now: Date,
  { beats, owner, openedBy, proactive = false, next = null, record, ...tale }: Tale,
  begins: Begins,
): SeedCase {
  const open = beats.reduce((sum, { after, days = 0 }) => sum + after + days * 300, 0)
  // Whoever writes on a closed day is heard when the shop opens, but not later than now.
  const receivedAt = 'at' in begins ? earliest(later(begins.at, 0), earlier(now, 40)) : earlier(now, open + begins.idle)
  const openedAt = earliest(later(receivedAt, 4), now)
  let at = openedAt
  const acts: PastAct[] = []
  for (const { after, days = 0, by, kind, data, message } of beats) {
    at = later(new Date(at.getTime() + days * dayLength), after)
    if (at >= now) break
    const who = by === 'customer' ? 'anonymous' : cast.person(by)
    acts.push({ at, by: who, event: happened(kind, data(at)), ...(message === undefined ? {} : { message }) })
  }
  return {
    ...tale,
    owner,
    openedBy,
    proactive,
    record: { ...record, receivedAt },
    openedAt,
    acts,
    next: next && { by: next.by, event: happened(next.kind, next.data(now)) },
  }
}

const earliest = (a: Date, b: Date): Date => (a < b ? a : b)

/** A whole number between two, both included. */
export const between = (random: Random, least: number, most: number): number => least + Math.floor(random() * (most - least + 1))

/** One of several, the first the likeliest. */
export const leaning = <T>(random: Random, of: readonly T[]): T => of[Math.floor(of.length * random() ** 1.8)]!
