import type { Channel } from './channel.ts'
import type { Repeat } from './recurrence.ts'
import type { Step } from './visit.ts'

export const kinds = ['task', 'promise', 'visit', 'appointment', 'review', 'approval', 'hand-over'] as const
export type Kind = (typeof kinds)[number]

/** Kinds that take place at a time; all others are due by one. */
export const timedKinds = ['visit', 'appointment'] as const satisfies readonly Kind[]
export const isTimed = (kind: Kind): boolean => (timedKinds as readonly Kind[]).includes(kind)

export const states = ['open', 'done', 'cancelled'] as const
export type State = (typeof states)[number]

/** Stands in the key where a commitment or a signal is about no customer. */
export const nobody = '00000000-0000-0000-0000-000000000000'

/** The title of a review that nobody named: shown in the reader's language. */
export const archiveReview = 'archive-review'

/** Who brought a commitment about, where it was another module. */
export interface Origin {
  readonly module: string
  readonly id: string
}

/** What people decide about a commitment. */
export interface Terms {
  readonly kind: Kind
  readonly title: string
  readonly note: string | null
  readonly ownerId: string
  readonly requestedBy: string
  readonly dueDay: string | null
  /** The moment after which it is late: the end of the day, or the time that was named. */
  readonly dueAt: Date | null
  readonly startsAt: Date | null
  readonly endsAt: Date | null
  /** How the customer is contacted by it; null where it is no contact. */
  readonly channel: Channel | null
  readonly place: string | null
  readonly purpose: string | null
  readonly plan: string | null
  /** Users who come along. */
  readonly ours: readonly string[]
  /** Names of people of the customer's. */
  readonly theirs: readonly string[]
  readonly steps: readonly Step[]
  readonly repeat: Repeat | null
}

export interface Commitment extends Terms {
  readonly customerId: string | null
  readonly id: string
  readonly state: State
  readonly outcome: string | null
  readonly closedAt: Date | null
  readonly closedBy: string | null
  /** The contact that its completion wrote into the archive. */
  readonly interactionId: string | null
  readonly origin: Origin | null
  readonly createdAt: Date
  readonly createdBy: string
  readonly version: number
}

export interface Lack {
  readonly field: string
  readonly reason: string
}

/** What a commitment still needs before it can stand; nothing when it is whole. A visit without a purpose cannot be scheduled. */
export function lacksOf(terms: Terms, aboutCustomer: boolean): readonly Lack[] {
  const lacks: Lack[] = []
  const lack = (field: string, reason: string) => lacks.push({ field, reason })
  if (terms.title.trim() === '') lack('title', 'required')
  if (terms.kind === 'visit' && !terms.purpose?.trim()) lack('purpose', 'visit-needs-purpose')
  if (terms.kind === 'visit' && !aboutCustomer) lack('customerId', 'visit-needs-customer')
  if (isTimed(terms.kind)) {
    if (!terms.startsAt) lack('startsAt', 'time-needed')
    if (!terms.endsAt) lack('endsAt', 'time-needed')
    if (terms.startsAt && terms.endsAt && terms.endsAt <= terms.startsAt) lack('endsAt', 'ends-before-start')
    else if (terms.startsAt && terms.endsAt && terms.endsAt.getTime() - terms.startsAt.getTime() > longest) lack('endsAt', 'too-long')
  } else if (terms.startsAt || terms.endsAt) lack('startsAt', 'no-time-wanted')
  if ((terms.kind === 'promise' || terms.kind === 'approval') && !terms.dueAt) lack('dueDay', 'day-needed')
  if (terms.repeat && terms.kind !== 'review' && terms.kind !== 'task') lack('repeat', 'only-reviews-repeat')
  if (terms.repeat && !terms.dueDay) lack('dueDay', 'day-needed')
  if (terms.channel && !aboutCustomer) lack('channel', 'contact-needs-customer')
  return lacks
}
const longest = 14 * 86_400_000

/** From which state to which: what is open is done or cancelled, what is closed may be opened again. */
export const mayBecome = (from: State, to: State): boolean => (from === 'open') !== (to === 'open')

/** Late at a moment: open, and its time has passed. */
export const isOverdue = ({ state, dueAt }: Pick<Commitment, 'state' | 'dueAt'>, now: Date): boolean =>
  state === 'open' && dueAt !== null && dueAt <= now

/** Whose work it is, whatever customer it is about: whoever owes it, asked for it, or comes along. */
export const whoseWork = ({ ownerId, requestedBy, ours }: Pick<Terms, 'ownerId' | 'requestedBy' | 'ours'>): readonly string[] => [
  ownerId,
  requestedBy,
  ...ours,
]

/** Who may change it: those whose work it is, besides whoever manages others' commitments. */
export const isTheirs = (commitment: Pick<Terms, 'ownerId' | 'requestedBy' | 'ours'>, userId: string): boolean =>
  whoseWork(commitment).includes(userId)

/** Whether completing it is a contact with the customer, which then stands in the archive. */
export const isContact = ({ customerId, channel }: Pick<Commitment, 'customerId' | 'channel'>): boolean =>
  customerId !== null && channel !== null

const told = ['title', 'note', 'ownerId', 'requestedBy', 'dueDay', 'startsAt', 'endsAt', 'channel', 'place', 'purpose', 'plan'] as const

/** What the history keeps of a change: field → [before, after], of the fields that people read. Long texts and lists are only said to have changed. */
export function changesBetween(before: Terms, after: Terms): Readonly<Record<string, readonly [unknown, unknown]>> {
  const plain = (value: unknown) => (value instanceof Date ? value.toISOString() : value)
  const pairs = told.flatMap((field) => {
    const pair = [plain(before[field]), plain(after[field])] as const
    return pair[0] === pair[1] ? [] : [[field, pair] as const]
  })
  const lists = (['ours', 'theirs', 'steps', 'repeat'] as const).filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  )
  return Object.fromEntries([...pairs, ...lists.map((field) => [field, [null, null]] as const)])
}
