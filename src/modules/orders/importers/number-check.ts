import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Finds order numbers that a file gives to two customers, in constant memory: (number, customer) pairs as hashes in files by the number's hash, each small enough for a table. Two
 * numbers look alike by one chance in 2^64.
 */
export interface NumberCheck {
  /** The number is bytes[from … to) in UTF-8, the group sixteen bytes. */
  note(bytes: Uint8Array, from: number, to: number, group: Uint8Array): void
  /** The keys (see `numberKey`) of all numbers that belong to more than one customer. Ends the noting. */
  conflicts(): Set<number>
}

const recordWords = 6
const bufferRecords = 1 << 10

export function numberCheck(folder: string, parts: number): NumberCheck {
  const directory = join(folder, 'numbers')
  mkdirSync(directory, { recursive: true })
  const bits = Math.log2(parts)
  const buffers: (Int32Array | undefined)[] = new Array(parts)
  const used = new Uint32Array(parts)
  const written = new Uint8Array(parts)
  const groupBytes = new Uint8Array(16)
  const groupWords = new Int32Array(groupBytes.buffer)
  const flush = (part: number) => {
    const file = openSync(join(directory, String(part)), 'a')
    writeSync(file, new Uint8Array(buffers[part]!.buffer, 0, used[part]! * 4))
    closeSync(file)
    written[part] = 1
    used[part] = 0
  }
  return {
    note(bytes, from, to, group) {
      hashNumber(bytes, from, to)
      const part = bits === 0 ? 0 : (high >>> 0) >>> (32 - bits)
      buffers[part] ??= new Int32Array(recordWords * bufferRecords)
      const buffer = buffers[part]
      const at = used[part]!
      groupBytes.set(group)
      buffer[at] = high
      buffer[at + 1] = low
      for (let i = 0; i < 4; i++) buffer[at + 2 + i] = groupWords[i]!
      used[part] = at + recordWords
      if (used[part] === buffer.length) flush(part)
    },
    conflicts() {
      const found = new Set<number>()
      for (let part = 0; part < parts; part++) {
        const path = join(directory, String(part))
        if (written[part] && used[part]! > 0) flush(part)
        if (written[part]) {
          const bytes = readFileSync(path)
          compare(new Int32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)), found)
        } else if (buffers[part]) compare(buffers[part]!.subarray(0, used[part]), found)
        buffers[part] = undefined
      }
      rmSync(directory, { recursive: true, force: true })
      return found
    },
  }
}

function compare(words: Int32Array, found: Set<number>): void {
  const records = words.length / recordWords
  const size = 2 ** Math.ceil(Math.log2(Math.max(2, records * 2)))
  const table = new Int32Array(size)
  for (let record = 0; record < records; record++) {
    const at = record * recordWords
    for (let slot = words[at + 1]! & (size - 1); ; slot = (slot + 1) & (size - 1)) {
      const other = table[slot]!
      if (other === 0) {
        table[slot] = record + 1
        break
      }
      const there = (other - 1) * recordWords
      if (words[there] !== words[at] || words[there + 1] !== words[at + 1]) continue
      let same = true
      for (let w = 2; w < recordWords; w++) if (words[there + w] !== words[at + w]) same = false
      if (!same) found.add(keyOf(words[at]!, words[at + 1]!))
      break
    }
  }
}

/** 53 bits that stand for an order number in sets. */
export function numberKey(bytes: Uint8Array, from: number, to: number): number {
  hashNumber(bytes, from, to)
  return keyOf(high, low)
}
const keyOf = (x: number, y: number): number => (x & 0x1fffff) * 4_294_967_296 + (y >>> 0)

let high = 0
let low = 0

/** Two lanes of multiply-and-xor, mixed at the end. */
function hashNumber(bytes: Uint8Array, from: number, to: number): void {
  let x = 0x811c9dc5 | 0
  let y = 0x3c6ef372 | 0
  for (let i = from; i < to; i++) {
    const c = bytes[i]!
    x = Math.imul(x ^ c, 0x01000193)
    y = Math.imul(y ^ c, 0x5bd1e995) ^ (y >>> 15)
  }
  x = Math.imul(x ^ (x >>> 16) ^ y, 0x7feb352d)
  y = Math.imul(y ^ (y >>> 15) ^ x, 0x846ca68b)
  high = x ^ (x >>> 15)
  low = y ^ (y >>> 16)
}
