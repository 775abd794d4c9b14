/** Figures of a line in millionths (`placedAt`: milliseconds), in the order in which a record holds those that it has. */
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

/** Places of the figures and texts, for code that cannot afford names. */
export const F = {
  placedAt: 0,
  quantity: 1,
  unitPrice: 2,
  amount: 3,
  discount: 4,
  cost: 5,
  unitCost: 6,
  tax: 7,
  shippingCost: 8,
  fee: 9,
  orderDiscount: 10,
} as const
export const T = {
  customer: 0,
  number: 1,
  product: 2,
  productName: 3,
  category: 4,
  channel: 5,
  campaign: 6,
  currency: 7,
  customerName: 8,
} as const

/**
 * One accepted row of a file on its way to its order, without an object or a string per row: figures that are not there are NaN, texts are bytes of UTF-8 in some buffer, empty where
 * they are not there. One line object serves all rows.
 */
export interface Line {
  /** Sixteen bytes: the customer's id, or what groups sales without a customer. */
  readonly group: Uint8Array
  line: number
  day: number
  cancelled: boolean
  readonly figures: Float64Array
  readonly bytes: Buffer[]
  readonly start: Int32Array
  readonly end: Int32Array
}

const nothing = Buffer.alloc(0)

export const newLine = (): Line => ({
  group: new Uint8Array(16),
  line: 0,
  day: 0,
  cancelled: false,
  figures: new Float64Array(figures.length).fill(Number.NaN),
  bytes: texts.map(() => nothing),
  start: new Int32Array(texts.length),
  end: new Int32Array(texts.length),
})

export const textOf = (line: Line, text: number): string => {
  const start = line.start[text]!
  const end = line.end[text]!
  return start === end ? '' : line.bytes[text]!.toString('utf8', start, end)
}

/** Puts a string into a line, in the place of a buffer that belongs to the text. */
export function setText(line: Line, text: number, value: string): void {
  if (value === '') {
    line.start[text] = 0
    line.end[text] = 0
    return
  }
  const bytes = Buffer.from(value)
  line.bytes[text] = bytes
  line.start[text] = 0
  line.end[text] = bytes.length
}

// A record: length · group (16) · line · day · which fields there are · figures · texts, each with its length in two bytes; filled up to eight bytes, so that
// figures can be read in place.
export const headBytes = 32
const cancelledBit = 1 << 30

export function recordSize(line: Line): number {
  let size = headBytes
  for (let i = 0; i < figures.length; i++) if (!Number.isNaN(line.figures[i]!)) size += 8
  for (let i = 0; i < texts.length; i++) {
    const length = line.end[i]! - line.start[i]!
    if (length > 0) size += 2 + length
  }
  return (size + 7) & ~7
}

/** Bytes that can be read as words and figures in place. */
export interface Memory {
  readonly bytes: Buffer
  readonly words: Int32Array
  readonly doubles: Float64Array
}

export function memory(size: number): Memory {
  const buffer = new ArrayBuffer((size + 7) & ~7)
  return { bytes: Buffer.from(buffer), words: new Int32Array(buffer), doubles: new Float64Array(buffer) }
}

/** Writes a record of `size` bytes at `at`, a multiple of eight. */
export function writeRecord({ bytes, words, doubles }: Memory, at: number, size: number, line: Line): void {
  const word = at >> 2
  let mask = line.cancelled ? cancelledBit : 0
  let double = (at + headBytes) >> 3
  for (let i = 0; i < figures.length; i++) {
    const value = line.figures[i]!
    if (Number.isNaN(value)) continue
    mask |= 1 << i
    doubles[double++] = value
  }
  let place = double << 3
  for (let i = 0; i < texts.length; i++) {
    const start = line.start[i]!
    const end = line.end[i]!
    if (start === end) continue
    mask |= 1 << (figures.length + i)
    const from = line.bytes[i]!
    bytes[place++] = (end - start) & 255
    bytes[place++] = (end - start) >> 8
    for (let b = start; b < end; b++) bytes[place++] = from[b]!
  }
  words[word] = size
  bytes.set(line.group, at + 4)
  words[word + 5] = line.line
  words[word + 6] = line.day
  words[word + 7] = mask
}

/** Reads the record at `at` into the line; its texts lie in the memory. */
export function readRecord({ bytes, words, doubles }: Memory, at: number, line: Line): void {
  const word = at >> 2
  line.line = words[word + 5]! >>> 0
  line.day = words[word + 6]!
  const mask = words[word + 7]!
  line.cancelled = (mask & cancelledBit) !== 0
  let double = (at + headBytes) >> 3
  for (let i = 0; i < figures.length; i++) line.figures[i] = mask & (1 << i) ? doubles[double++]! : Number.NaN
  let place = double << 3
  for (let i = 0; i < texts.length; i++) {
    if (mask & (1 << (figures.length + i))) {
      const length = bytes[place]! | (bytes[place + 1]! << 8)
      line.bytes[i] = bytes
      line.start[i] = place + 2
      line.end[i] = place + 2 + length
      place += 2 + length
    } else {
      line.start[i] = 0
      line.end[i] = 0
    }
  }
}

/** Where the number of the order lies in a record that is not read otherwise: start · 2^16 + length, or -1 where it has none. */
export function numberPlace({ bytes, words }: Memory, at: number): number {
  const mask = words[(at >> 2) + 7]!
  if ((mask & (1 << (figures.length + T.number))) === 0) return -1
  let rest = mask & ((1 << figures.length) - 1)
  let place = at + headBytes
  for (; rest !== 0; rest &= rest - 1) place += 8
  if (mask & (1 << (figures.length + T.customer))) place += 2 + (bytes[place]! | (bytes[place + 1]! << 8))
  return (place + 2) * 65_536 + (bytes[place]! | (bytes[place + 1]! << 8))
}

/** Which fields a record has, as bits; see `hasFigure`, `hasText` and `hasCancelled`. */
export const fieldsOfRecord = ({ words }: Memory, at: number): number => words[(at >> 2) + 7]!
export const hasFigure = (fields: number, figure: number): boolean => (fields & (1 << figure)) !== 0
export const hasText = (fields: number, text: number): boolean => (fields & (1 << (figures.length + text))) !== 0
export const hasCancelled = (fields: number): boolean => (fields & cancelledBit) !== 0

export const lineOfRecord = ({ words }: Memory, at: number): number => words[(at >> 2) + 5]! >>> 0
export const dayOfRecord = ({ words }: Memory, at: number): number => words[(at >> 2) + 6]!
