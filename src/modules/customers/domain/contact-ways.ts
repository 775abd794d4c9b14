import type { ConsentChannel } from './consent.ts'

export const contactKinds = ['email', 'phone', 'address', 'messenger'] as const
export type ContactKind = (typeof contactKinds)[number]

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

/** Free words of an archive for the channel that somebody likes best. */
const likes: readonly (readonly [ConsentChannel, RegExp])[] = [
  ['message', /sms|text|短信|簡訊|short message/i],
  ['email', /e-?mail|邮件|郵件|邮箱|電郵/i],
  ['phone', /phone|call|电话|電話|手机|手機/i],
  ['chat', /chat|wechat|line|whatsapp|微信|messenger|聊天/i],
  ['letter', /letter|post|card|信件|邮寄|郵寄|卡片/i],
]

export interface OfferedChannel<W extends ContactWay> {
  readonly channel: ConsentChannel
  /** Where to, preferred first. */
  readonly ways: readonly W[]
}

/**
 * The channels by which a customer can be reached: only those for which there is data (B-07), the preferred first. What somebody likes best is the channel that their archive names, then those with a
 * preferred way, then the rest in the usual order. Channels that `allowed` does not hold are left out.
 */
export function offeredChannels<W extends ContactWay>(
  ways: readonly W[],
  preferredChannel: string | null,
  allowed: (channel: ConsentChannel) => boolean = () => true,
): readonly OfferedChannel<W>[] {
  const liked = preferredChannel === null ? undefined : likes.find(([, words]) => words.test(preferredChannel))?.[0]
  const usable = ways.filter(({ value }) => value !== null && value.trim() !== '')
  const offered = channelsInOrder
    .filter(allowed)
    .map((channel) => ({
      channel,
      ways: usable.filter(({ kind }) => opens[kind].includes(channel)).toSorted((a, b) => Number(b.preferred) - Number(a.preferred)),
    }))
    .filter((offer) => offer.ways.length > 0)
  const rank = ({ channel, ways: [first] }: OfferedChannel<W>) => (channel === liked ? 0 : first?.preferred ? 1 : 2)
  return offered.toSorted((a, b) => rank(a) - rank(b))
}

const channelsInOrder: readonly ConsentChannel[] = ['phone', 'email', 'message', 'chat', 'letter']
