import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Finds order numbers that a file gives to two customers, in constant memory: (number, customer) pairs as hashes in files by the number's hash, each small enough for a table. Two
 * numbers look alike by one chance in 2^64.
 */
export interface NumberCheck {
  note(number: string, group: string): void
  /** The keys (see `numberKey`) of all numbers that belong to more than one customer. Ends the noting. */
  conflicts(): Set<number>
}

const recordBytes = 24
const bufferRecords = 1 << 11

export function numberCheck(folder: string, parts: number): NumberCheck {
  const directory = join(folder, 'numbers')
  mkdirSync(directory, { recursive: true })
  const bits = Math.log2(parts)
  const buffers: (Buffer | undefined)[] = new Array(parts)
  const used = new Uint32Array(parts)
  const written = new Uint8Array(parts)
  const flush = (part: number) => {
    const file = openSync(join(directory, String(part)), 'a')
    writeSync(file, buffers[part]!, 0, used[part])
    closeSync(file)
    written[part] = 1
    used[part] = 0
  }
  return {
    note(number, group) {
      hashNumber(number)
      const part = bits === 0 ? 0 : high >>> (32 - bits)
      buffers[part] ??= Buffer.allocUnsafeSlow(recordBytes * bufferRecords)
      const buffer = buffers[part]
      const at = used[part]!
      buffer.writeUInt32LE(high, at)
      buffer.writeUInt32LE(low, at + 4)
      buffer.write(group, at + 8, 'latin1')
      used[part] = at + recordBytes
      if (used[part] === buffer.length) flush(part)
    },
    conflicts() {
      const found = new Set<number>()
      for (let part = 0; part < parts; part++) {
        const path = join(directory, String(part))
        if (written[part] && used[part]! > 0) flush(part)
        const bytes = written[part] ? readFileSync(path) : buffers[part]?.subarray(0, used[part])
        buffers[part] = undefined
        if (bytes) compare(bytes, found)
      }
      rmSync(directory, { recursive: true, force: true })
      return found
    },
  }
}

function compare(bytes: Buffer, found: Set<number>): void {
  const records = bytes.length / recordBytes
  const words = new Int32Array(bytes.length / 4)
  for (let i = 0; i < words.length; i++) words[i] = bytes.readInt32LE(4 * i)
  const size = 2 ** Math.ceil(Math.log2(Math.max(2, records * 2)))
  const table = new Int32Array(size)
  for (let record = 0; record < records; record++) {
    const at = record * 6
    for (let slot = words[at + 1]! & (size - 1); ; slot = (slot + 1) & (size - 1)) {
      const other = table[slot]!
      if (other === 0) {
        table[slot] = record + 1
        break
      }
      const there = (other - 1) * 6
      if (words[there] !== words[at] || words[there + 1] !== words[at + 1]) continue
      let same = true
      for (let w = 2; w < 6; w++) if (words[there + w] !== words[at + w]) same = false
      if (!same) found.add((words[at]! & 0x1fffff) * 4_294_967_296 + (words[at + 1]! >>> 0))
      break
    }
  }
}

/** 53 bits that stand for an order number in sets. */
export function numberKey(number: string): number {
  hashNumber(number)
  return (high & 0x1fffff) * 4_294_967_296 + (low >>> 0)
}

let high = 0
let low = 0

/** Two lanes of multiply-and-xor, mixed at the end. */
function hashNumber(text: string): void {
  let x = 0x811c9dc5 | 0
  let y = 0x3c6ef372 | 0
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    x = Math.imul(x ^ c, 0x01000193)
    y = Math.imul(y ^ c, 0x5bd1e995) ^ (y >>> 15)
  }
  x = Math.imul(x ^ (x >>> 16) ^ y, 0x7feb352d)
  y = Math.imul(y ^ (y >>> 15) ^ x, 0x846ca68b)
  high = (x ^ (x >>> 15)) >>> 0
  low = (y ^ (y >>> 16)) >>> 0
}
