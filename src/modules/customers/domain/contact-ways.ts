import { type ConsentChannel, consentChannels } from './consent.ts'
import type { Channel } from './interaction.ts'

export const contactKinds = ['email', 'phone', 'address', 'messenger'] as const
export type ContactKind = (typeof contactKinds)[number]

/** So many ways to be reached may be noted beside the archive's own, by hand or by a file. */
export const mostPoints = 50

/** What somebody may like best: one of the ways of being addressed, or to be visited. */
export const likedChannels = ['phone', 'email', 'message', 'chat', 'letter', 'visit'] as const
export type LikedChannel = (typeof likedChannels)[number]

/** One way to reach a customer, as far as choosing among them needs it. */
export interface ContactWay {
  readonly kind: ContactKind
  readonly value: string | null
  readonly preferred: boolean
}

/** Which channels each kind of data opens. */
const opens: Readonly<Record<ContactKind, readonly ConsentChannel[]>> = {
  email: ['email'],
  phone: ['phone', 'message'],
  address: ['letter'],
  messenger: ['chat'],
}

export interface OfferedChannel<W extends ContactWay> {
  readonly channel: ConsentChannel
  /** Whether they like it best, or have a preferred way for it. */
  readonly preferred: boolean
  /** Where to, preferred first. */
  readonly ways: readonly W[]
}

/** How a customer may be approached for one purpose. */
export interface Approach<W extends ContactWay = ContactWay> {
  readonly offered: readonly OfferedChannel<W>[]
  /** By what they may not be addressed, whether there is data for it or not. */
  readonly refused: readonly ConsentChannel[]
  readonly liked: LikedChannel | null
}

/**
 * The channels by which a customer can be reached: only those for which there is data (B-07), the preferred first. What somebody likes best is the channel that their archive names, then those with a
 * preferred way, then the rest in the usual order. Channels that `allowed` does not hold are left out.
 */
export function offeredChannels<W extends ContactWay>(
  ways: readonly W[],
  liked: LikedChannel | null,
  allowed: (channel: ConsentChannel) => boolean = () => true,
): readonly OfferedChannel<W>[] {
  const usable = ways.filter(({ value }) => value !== null && value.trim() !== '')
  const offered = channelsInOrder
    .filter(allowed)
    .map((channel) => ({
      channel,
      ways: usable.filter(({ kind }) => opens[kind].includes(channel)).toSorted((a, b) => Number(b.preferred) - Number(a.preferred)),
    }))
    .filter((offer) => offer.ways.length > 0)
    .map((offer) => ({ ...offer, rank: offer.channel === liked ? 0 : offer.ways[0]?.preferred ? 1 : 2 }))
  return offered.toSorted((a, b) => a.rank - b.rank).map(({ rank, ...offer }) => ({ ...offer, preferred: rank < 2 }))
}

const channelsInOrder: readonly ConsentChannel[] = ['phone', 'email', 'message', 'chat', 'letter']

/** How a customer with these ways may be approached, where `allowed` says by what they may be addressed. */
export const approachBy = <W extends ContactWay>(
  ways: readonly W[],
  liked: LikedChannel | null,
  allowed: (channel: ConsentChannel) => boolean,
): Approach<W> => ({
  offered: offeredChannels(ways, liked, allowed),
  refused: consentChannels.filter((channel) => !allowed(channel)),
  liked,
})

/** Whether somebody wants to hear nothing at all: then nobody calls on them unasked either. */
export const isLeftAlone = ({ refused }: Pick<Approach, 'refused'>): boolean => refused.length === consentChannels.length

/** By what a contact of a form addresses somebody; forms that are missing need neither data nor a yes. */
export const addressedBy: Readonly<Partial<Record<Channel, ConsentChannel>>> = {
  call: 'phone',
  email: 'email',
  message: 'message',
  chat: 'chat',
  letter: 'letter',
  card: 'letter',
}
/** Forms by which we come to them although nobody is addressed by a number or a name. */
const calledOn: readonly Channel[] = ['visit', 'event']

/** The form of a contact that goes by a channel. */
export const formOf = (channel: LikedChannel): Channel => (channel === 'phone' ? 'call' : channel)

/** How a form of contact stands with a customer: liked, possible, without data, or not wanted. */
export type Standing = 'preferred' | 'possible' | 'no-data' | 'refused'
const standings: readonly Standing[] = ['preferred', 'possible', 'no-data', 'refused']

/** Forms of contact as they are offered for one customer: the preferred first, then what else is possible, then those without data, at last what is not wanted. */
export function formsFor(
  forms: readonly Channel[],
  approach: Approach,
): readonly { readonly form: Channel; readonly standing: Standing }[] {
  const place = (form: Channel) => approach.offered.findIndex(({ channel }) => channel === addressedBy[form])
  return forms
    .map((form) => ({ form, standing: standingOf(form, approach) }))
    .toSorted(
      (a, b) =>
        standings.indexOf(a.standing) - standings.indexOf(b.standing) || (a.standing === 'preferred' ? place(a.form) - place(b.form) : 0),
    )
}

/** How one form of contact stands with a customer. */
export function standingOf(form: Channel, { offered, refused, liked }: Approach): Standing {
  const by = addressedBy[form]
  if (by === undefined) return calledOn.includes(form) && isLeftAlone({ refused }) ? 'refused' : liked === form ? 'preferred' : 'possible'
  if (refused.includes(by)) return 'refused'
  const offer = offered.find(({ channel }) => channel === by)
  return offer === undefined ? 'no-data' : offer.preferred ? 'preferred' : 'possible'
}
