import { hash } from 'node:crypto'
import { blake2sOfBlock } from './blake2s.ts'

const blockBytes = 64

/** `derivedId` for millions of keys: writes the sixteen bytes of the uuid v8 of (kind, source, key) into `target` at `at`, the key being bytes[from … to). */
export function idDeriver(
  kind: string,
  source: string,
): (bytes: Uint8Array, from: number, to: number, target: Uint8Array, at: number) => void {
  const prefix = Buffer.from(`${kind}\u0000${source}\u0000`)
  const text = new Uint8Array(blockBytes)
  text.set(prefix.subarray(0, blockBytes))
  const words = new Int32Array(text.buffer)
  const digest = new Int32Array(4)
  const digestBytes = new Uint8Array(digest.buffer)
  let used = prefix.length
  return (bytes, from, to, target, at) => {
    const length = prefix.length + to - from
    if (length > blockBytes) {
      const whole = Buffer.concat([prefix, bytes.subarray(from, to)])
      target.set(hash('blake2s256', whole, 'buffer').subarray(0, 16), at)
    } else {
      for (let i = from, j = prefix.length; i < to; i++, j++) text[j] = bytes[i]!
      for (let j = length; j < used; j++) text[j] = 0
      used = length
      blake2sOfBlock(words, length, digest)
      for (let i = 0; i < 16; i++) target[at + i] = digestBytes[i]!
    }
    target[at + 6] = (target[at + 6]! & 0x0f) | 0x80
    target[at + 8] = (target[at + 8]! & 0x3f) | 0x80
  }
}
