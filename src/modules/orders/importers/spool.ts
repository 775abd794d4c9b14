import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** Figures of a line, in the order in which a record holds those that it has. */
export const figures = [
  'placedAt',
  'quantity',
  'unitPrice',
  'amount',
  'discount',
  'cost',
  'unitCost',
  'tax',
  'shippingCost',
  'fee',
  'orderDiscount',
] as const
export type Figure = (typeof figures)[number]

/** Texts of a line, likewise. */
export const texts = [
  'customer',
  'number',
  'product',
  'productName',
  'category',
  'channel',
  'campaign',
  'currency',
  'customerName',
] as const
export type Text = (typeof texts)[number]

/** One accepted row on its way from the file to its order. Figures that are not there are NaN, texts that are not there are empty. */
export interface SpooledLine extends Record<Figure, number>, Record<Text, string> {
  /** Sixteen characters of Latin-1: the customer's id, or what groups sales without a customer. */
  group: string
  line: number
  day: number
  cancelled: boolean
}

/** Written out, so that all lines have one shape from the beginning. */
export const emptyLine = (): SpooledLine => ({
  group: '',
  line: 0,
  day: 0,
  cancelled: false,
  placedAt: Number.NaN,
  quantity: Number.NaN,
  unitPrice: Number.NaN,
  amount: Number.NaN,
  discount: Number.NaN,
  cost: Number.NaN,
  unitCost: Number.NaN,
  tax: Number.NaN,
  shippingCost: Number.NaN,
  fee: Number.NaN,
  orderDiscount: Number.NaN,
  customer: '',
  number: '',
  product: '',
  productName: '',
  category: '',
  channel: '',
  campaign: '',
  currency: '',
  customerName: '',
})

const headBytes = 32
const cancelledBit = 1 << 30

/**
 * Rows cut into parts by the first bits of their group, so that the parts follow each other as the groups do and each fits into memory. The parts are private files of one
 * process: nothing of their form outlives it. Writing is synchronous, since the files are a few blocks ahead of the disk at most and turns of the event loop would cost more.
 */
export interface Spool {
  readonly parts: number
  write(line: SpooledLine): void
  /** All lines of a part, in the order in which they came. Ends the writing. */
  read(part: number): SpooledLine[]
  readonly lines: number
  remove(): void
}

export function openSpool(folder: string, name: string, parts: number): Spool {
  const directory = join(folder, name)
  mkdirSync(directory, { recursive: true })
  const bits = Math.log2(parts)
  const bufferBytes = Math.min(1 << 16, Math.max(1 << 13, (32 << 20) / parts))
  const buffers: (Buffer | undefined)[] = new Array(parts)
  const used = new Uint32Array(parts)
  const files: (number | undefined)[] = new Array(parts)
  const scratch = Buffer.allocUnsafe(1 << 18)
  let lines = 0
  const flush = (part: number) => {
    if (used[part] === 0) return
    files[part] ??= openSync(join(directory, String(part)), 'a')
    writeSync(files[part]!, buffers[part]!, 0, used[part])
    used[part] = 0
  }
  return {
    parts,
    get lines() {
      return lines
    },
    write(line) {
      const size = encode(scratch, line)
      const part = bits === 0 ? 0 : ((line.group.charCodeAt(0) << 8) | line.group.charCodeAt(1)) >>> (16 - bits)
      if (used[part]! + size > bufferBytes) flush(part)
      lines++
      if (size > bufferBytes) {
        files[part] ??= openSync(join(directory, String(part)), 'a')
        writeSync(files[part]!, scratch, 0, size)
        return
      }
      buffers[part] ??= Buffer.allocUnsafeSlow(bufferBytes)
      scratch.copy(buffers[part], used[part]!, 0, size)
      used[part]! += size
    },
    read(part) {
      flush(part)
      buffers[part] = undefined
      if (files[part] === undefined) return []
      closeSync(files[part])
      files[part] = undefined
      const path = join(directory, String(part))
      const bytes = readFileSync(path)
      rmSync(path)
      const found: SpooledLine[] = []
      for (let at = 0; at < bytes.length; ) {
        found.push(decode(bytes, at))
        at += bytes.readUInt32LE(at)
      }
      return found
    },
    remove() {
      for (const file of files) if (file !== undefined) closeSync(file)
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

/** length · group · line · day · which fields there are · figures · texts with their lengths. */
function encode(bytes: Buffer, line: SpooledLine): number {
  let mask = line.cancelled ? cancelledBit : 0
  let at = headBytes
  for (let i = 0; i < figures.length; i++) {
    const value = line[figures[i]!]
    if (Number.isNaN(value)) continue
    mask |= 1 << i
    at = bytes.writeDoubleLE(value, at)
  }
  for (let i = 0; i < texts.length; i++) {
    const text = line[texts[i]!]
    if (text === '') continue
    mask |= 1 << (figures.length + i)
    const size = bytes.write(text, at + 2)
    bytes.writeUInt16LE(size, at)
    at += 2 + size
  }
  bytes.writeUInt32LE(at, 0)
  bytes.write(line.group, 4, 'latin1')
  bytes.writeUInt32LE(line.line, 20)
  bytes.writeInt32LE(line.day, 24)
  bytes.writeInt32LE(mask, 28)
  return at
}

function decode(bytes: Buffer, start: number): SpooledLine {
  const line = emptyLine()
  line.group = bytes.toString('latin1', start + 4, start + 20)
  line.line = bytes.readUInt32LE(start + 20)
  line.day = bytes.readInt32LE(start + 24)
  const mask = bytes.readInt32LE(start + 28)
  line.cancelled = (mask & cancelledBit) !== 0
  let at = start + headBytes
  for (let i = 0; i < figures.length; i++) {
    if ((mask & (1 << i)) === 0) continue
    line[figures[i]!] = bytes.readDoubleLE(at)
    at += 8
  }
  for (let i = 0; i < texts.length; i++) {
    if ((mask & (1 << (figures.length + i))) === 0) continue
    const size = bytes.readUInt16LE(at)
    line[texts[i]!] = bytes.toString('utf8', at + 2, at + 2 + size)
    at += 2 + size
  }
  return line
}
