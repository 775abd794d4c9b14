/** Finds the place of a 16-byte id among many; −1 where it is not there. `at` is where the id begins in `bytes`. */
export type FindPlace = (bytes: Uint8Array, at: number) => number

/**
 * An index over ids that lie side by side, sixteen bytes each, all different. Open addressing over the last eight bytes, which are as good as random in ids of
 * either kind (time-ordered and derived ones); costs eight to sixteen bytes per id and no objects. Ids that are asked for in the order in which they lie are found without it.
 */
export function indexIds(ids: Uint8Array): FindPlace {
  const count = ids.length / 16
  let size = 16
  while (size < count * 2) size *= 2
  const slots = new Int32Array(size).fill(-1)
  const mask = size - 1
  for (let i = 0; i < count; i++) {
    let slot = hashAt(ids, i * 16) & mask
    while (slots[slot] !== -1) slot = (slot + 1) & mask
    slots[slot] = i
  }
  let next = 0
  return (bytes, at) => {
    if (next < count && sameId(ids, next * 16, bytes, at)) return next++
    let slot = hashAt(bytes, at) & mask
    for (;;) {
      const place = slots[slot]!
      if (place === -1) return -1
      if (sameId(ids, place * 16, bytes, at)) {
        next = place + 1
        return place
      }
      slot = (slot + 1) & mask
    }
  }
}

const hashAt = (bytes: Uint8Array, at: number): number => Math.imul(wordAt(bytes, at + 8), 0x9e3779b1) ^ wordAt(bytes, at + 12)
const wordAt = (bytes: Uint8Array, at: number): number =>
  (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!

function sameId(a: Uint8Array, from: number, b: Uint8Array, at: number): boolean {
  for (let k = 15; k >= 0; k--) if (a[from + k] !== b[at + k]) return false
  return true
}

/** The text form of an id: 8-4-4-4-12 hexadecimal digits. */
export function idText(ids: Uint8Array, place: number): string {
  let text = ''
  for (let k = 0; k < 16; k++) {
    if (k === 4 || k === 6 || k === 8 || k === 10) text += '-'
    text += hex[ids[place * 16 + k]!]!
  }
  return text
}
const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** The sixteen bytes of ids in text form, side by side. Refuses what is no id. */
export function idBytes(texts: readonly string[]): Uint8Array {
  const bytes = new Uint8Array(texts.length * 16)
  texts.forEach((text, i) => {
    let digits = 0
    for (let k = 0; k < text.length; k++) {
      const code = text.charCodeAt(k)
      if (code === dash) continue
      const digit = digitOf[code] ?? noDigit
      if (digit === noDigit || digits === 32) throw new RangeError(`'${text}' is not an id`)
      bytes[i * 16 + (digits >> 1)]! |= digits % 2 === 0 ? digit << 4 : digit
      digits++
    }
    if (digits !== 32) throw new RangeError(`'${text}' is not an id`)
  })
  return bytes
}
const dash = 45
const noDigit = 255
/** The value of each hexadecimal digit by its character code. */
const digitOf = Uint8Array.from({ length: 128 }, (_, code) => {
  const digit = '0123456789abcdef'.indexOf(String.fromCharCode(code).toLowerCase())
  return digit < 0 ? noDigit : digit
})
