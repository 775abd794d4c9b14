import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * By what an answer finds its thread: the thread's id with a mark that only this installation can make, in letters that survive every mail program. It stands in the Message-ID of what we send,
 * which an answer names in In-Reply-To and References, and behind the plus of the address to which answers go. Pure.
 */
export function threadToken(threadId: string, key: Buffer): string {
  const id = Buffer.from(threadId.replaceAll('-', ''), 'hex')
  if (id.length !== 16) throw new Error('A thread is called by a uuid')
  return lettersOf(Buffer.concat([id, markOf(id, key)]))
}

/** The thread that a token names, or null where it was not made with this key. */
export function threadOfToken(token: string, key: Buffer): string | null {
  const bytes = bytesOf(token)
  if (bytes === null) return null
  const id = bytes.subarray(0, 16)
  if (!timingSafeEqual(bytes.subarray(16), markOf(id, key))) return null
  const hex = id.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** The Message-ID of a mail of ours: with the token of its thread where it has one, and something drawn by chance, so that nobody can guess it. */
export function messageIdWith(token: string | null, chance: Buffer, address: string): string {
  return `<${token === null ? '' : `${token}.`}${lettersOf(chance)}@${domainOf(address)}>`
}

/** The address to which answers go, with the token behind a plus; null where it would be longer than addresses may be. */
export function plusAddress(address: string, token: string): string | null {
  const at = address.lastIndexOf('@')
  const local = `${address.slice(0, at)}+${token}`
  return local.length <= 64 ? `${local}${address.slice(at)}` : null
}

/** What a mail says about where it belongs. */
export interface MailTrace {
  readonly inReplyTo: string | null
  readonly references: readonly string[]
  /** Every address that it went to. */
  readonly recipients: readonly string[]
}

/**
 * The thread that a mail answers, by a token of ours: what it answers first, then what that answered, newest first, then the address. `forged`: it names a thread with a token for this address that we never
 * made, and none that we did; it belongs nowhere.
 */
export function threadOfMail(
  trace: MailTrace,
  address: string,
  key: Buffer,
): { readonly threadId: string | null; readonly forged: boolean } {
  const ids = [trace.inReplyTo, ...trace.references.toReversed()].filter((id) => id !== null)
  const own = domainOf(address)
  const tokens = [
    ...ids.flatMap((id) => {
      const [, token, domain] = /^<?([a-z2-7]{42})\.[a-z2-7]+@([^<>@\s]+)>?$/i.exec(id) ?? []
      return token !== undefined && domain?.toLowerCase() === own ? [token] : []
    }),
    ...trace.recipients.flatMap((recipient) => {
      const [, token, domain] = /\+([a-z2-7]{42})@([^@\s]+)$/i.exec(recipient) ?? []
      return token !== undefined && domain?.toLowerCase() === own ? [token] : []
    }),
  ]
  for (const token of tokens) {
    const threadId = threadOfToken(token, key)
    if (threadId !== null) return { threadId, forged: false }
  }
  return { threadId: null, forged: tokens.length > 0 }
}

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase()

/** Ten bytes: whoever guesses has to send a mail for each guess. */
const markBytes = 10
const markOf = (id: Buffer, key: Buffer) => createHmac('sha256', key).update('thread 1 ').update(id).digest().subarray(0, markBytes)

/** Base 32 (RFC 4648) in small letters: programs and servers change capitals in addresses. */
const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'

function lettersOf(bytes: Buffer): string {
  let letters = ''
  let bits = 0
  let value = 0
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xfff
    bits += 8
    while (bits >= 5) {
      bits -= 5
      letters += alphabet[(value >> bits) & 31]
    }
  }
  return bits > 0 ? letters + alphabet[(value << (5 - bits)) & 31] : letters
}

const tokenBytes = 16 + markBytes
const tokenLetters = Math.ceil((tokenBytes * 8) / 5)

function bytesOf(token: string): Buffer | null {
  if (token.length !== tokenLetters) return null
  const bytes = Buffer.alloc(tokenBytes)
  let bits = 0
  let value = 0
  let at = 0
  for (const letter of token.toLowerCase()) {
    const five = alphabet.indexOf(letter)
    if (five < 0) return null
    value = ((value << 5) | five) & 0xfff
    bits += 5
    if (bits >= 8) {
      bits -= 8
      bytes[at++] = (value >> bits) & 0xff
    }
  }
  // Two spellings of one token would be two tokens.
  return (value & ((1 << bits) - 1)) === 0 ? bytes : null
}
