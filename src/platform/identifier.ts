import { createHash, randomBytes } from 'node:crypto'

/**
 * A new uuid v7 (RFC 9562): the first 48 bits are the given moment, so that rows made together lie together. The next 26 count all that this process makes (section 6.2, method 1), also
 * where several transactions take turns: in lists that fall back on the id, what was made first stands first. The other 48 are chance.
 */
export function timeOrderedId(now: Date): string {
  const bytes = Buffer.alloc(16)
  count = (count + 1) & 0x3ffffff
  bytes.writeUIntBE(now.getTime(), 0, 6)
  sixRandomBytes().copy(bytes, 10)
  bytes[6] = (count >>> 22) & 0x0f
  bytes[7] = (count >>> 14) & 0xff
  bytes[8] = (count >>> 8) & 0x3f
  bytes[9] = count & 0xff
  return stamp(bytes, 7)
}
let count = 0

/** Drawn in advance for some hundred ids: asking the system costs more than all the rest of an id. */
function sixRandomBytes(): Buffer {
  if (drawn.length - used < 6) {
    drawn = randomBytes(4000)
    used = 0
  }
  used += 6
  return drawn.subarray(used - 6, used)
}
let drawn = Buffer.alloc(0)
let used = 0

/**
 * The uuid v8 (RFC 9562) of something that another system already named: the first 122 free bits of BLAKE2s over kind, source and key, which the loads of millions work out faster than any other hash that nobody can find two equal ones of (see id-deriver.ts).
 * The same name always gives the same id, so that a load needs no look-up and a second load changes nothing.
 */
export const derivedId = (kind: string, source: string, key: string): string => stamp(derivedBytes(kind, source, key), 8)

/** The same id as sixteen bytes, for binary bulk loads. */
export function derivedBytes(kind: string, source: string, key: string): Buffer {
  const bytes = createHash('blake2s256').update(`${kind}\u0000${source}\u0000${key}`).digest().subarray(0, 16)
  bytes[6] = (bytes[6]! & 0x0f) | 0x80
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return bytes
}

function stamp(bytes: Buffer, version: 7 | 8): string {
  bytes[6] = (bytes[6]! & 0x0f) | (version << 4)
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
