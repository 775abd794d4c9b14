import { idDeriver } from '#platform/id-deriver.ts'

type Deriver = ReturnType<typeof idDeriver>

const keyBytes = 24

/**
 * The same as `idDeriver` with a memory of fixed size for ids that were derived before: the customers of a file come again and again. Keys of more than 24 bytes are not
 * remembered.
 */
export function cachedDeriver(kind: string, source: string, slots: number): Deriver {
  const derive = idDeriver(kind, source)
  if (slots === 0) return derive
  const lengths = new Uint8Array(slots)
  const keys = new Uint8Array(slots * keyBytes)
  const ids = new Uint8Array(slots * 16)
  return (bytes, from, to, target, at) => {
    const length = to - from
    if (length === 0 || length > keyBytes) return derive(bytes, from, to, target, at)
    const slot = hash(bytes, from, to) & (slots - 1)
    const key = slot * keyBytes
    let known = lengths[slot] === length
    for (let i = 0; known && i < length; i++) known = keys[key + i] === bytes[from + i]
    const id = slot * 16
    if (known) {
      for (let i = 0; i < 16; i++) target[at + i] = ids[id + i]!
      return
    }
    derive(bytes, from, to, target, at)
    lengths[slot] = length
    for (let i = 0; i < length; i++) keys[key + i] = bytes[from + i]!
    for (let i = 0; i < 16; i++) ids[id + i] = target[at + i]!
  }
}

/** The same where some ids lead elsewhere because their customers were merged into others: then the other's id comes. */
export function followingMerges(derive: Deriver, successors: ReadonlyMap<string, Uint8Array>): Deriver {
  if (successors.size === 0) return derive
  return (bytes, from, to, target, at) => {
    derive(bytes, from, to, target, at)
    const successor = successors.get(Buffer.from(target.buffer, target.byteOffset + at, 16).toString('latin1'))
    if (successor) target.set(successor, at)
  }
}

function hash(bytes: Uint8Array, from: number, to: number): number {
  let x = 0x811c9dc5 | 0
  for (let i = from; i < to; i++) x = Math.imul(x ^ bytes[i]!, 0x01000193)
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d)
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b)
  return (x ^ (x >>> 16)) >>> 0
}
