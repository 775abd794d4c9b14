import { micro } from '../domain/amount.ts'

/** Bytes that grow: where the text of an order is put together. One serves all orders. */
export interface TextBuffer {
  bytes: Buffer
  length: number
}

export const textBuffer = (): TextBuffer => ({ bytes: Buffer.alloc(1 << 16), length: 0 })

export function need(buffer: TextBuffer, more: number): void {
  if (buffer.length + more <= buffer.bytes.length) return
  const larger = Buffer.alloc(Math.max(buffer.bytes.length * 2, buffer.length + more))
  larger.set(buffer.bytes.subarray(0, buffer.length))
  buffer.bytes = larger
}

const TAB = 9

/** The same text as `encodeLine` of domain/lines.ts, without a string: NaN and empty ranges stand for what is not known. */
export function putLine(
  buffer: TextBuffer,
  kind: number,
  netMinor: number,
  quantityMicro: number,
  unitPriceMicro: number,
  discountMinor: number,
  costMinor: number,
  texts: { readonly bytes: readonly Uint8Array[]; readonly start: Int32Array; readonly end: Int32Array } | null,
  product: number,
  name: number,
): void {
  const productLength = texts ? texts.end[product]! - texts.start[product]! : 0
  const nameLength = texts ? texts.end[name]! - texts.start[name]! : 0
  need(buffer, 160 + 2 * (productLength + nameLength))
  const { bytes } = buffer
  bytes[buffer.length++] = kind
  bytes[buffer.length++] = TAB
  putInteger(buffer, netMinor)
  const hasCost = !Number.isNaN(costMinor)
  const last = hasCost
    ? 7
    : discountMinor !== 0
      ? 6
      : nameLength > 0
        ? 5
        : productLength > 0
          ? 4
          : !Number.isNaN(unitPriceMicro)
            ? 3
            : quantityMicro !== micro
              ? 2
              : 1
  if (last < 2) return
  bytes[buffer.length++] = TAB
  if (quantityMicro !== micro) putMicro(buffer, quantityMicro)
  if (last < 3) return
  bytes[buffer.length++] = TAB
  if (!Number.isNaN(unitPriceMicro)) putMicro(buffer, unitPriceMicro)
  if (last < 4) return
  bytes[buffer.length++] = TAB
  if (productLength > 0) putEscaped(buffer, texts!.bytes[product]!, texts!.start[product]!, texts!.end[product]!)
  if (last < 5) return
  bytes[buffer.length++] = TAB
  if (nameLength > 0) putEscaped(buffer, texts!.bytes[name]!, texts!.start[name]!, texts!.end[name]!)
  if (last < 6) return
  bytes[buffer.length++] = TAB
  if (discountMinor !== 0) putInteger(buffer, discountMinor)
  if (last < 7) return
  bytes[buffer.length++] = TAB
  putInteger(buffer, costMinor)
}

export function putInteger(buffer: TextBuffer, value: number): void {
  const { bytes } = buffer
  if (value < 0) bytes[buffer.length++] = 45
  let rest = Math.abs(value)
  let digits = 1
  for (let power = 10; rest >= power; power *= 10) digits++
  for (let at = buffer.length + digits - 1; at >= buffer.length; at--) {
    const tenth = Math.floor(rest / 10)
    bytes[at] = 48 + rest - tenth * 10
    rest = tenth
  }
  buffer.length += digits
}

/** Millionths as a decimal without zeros at its end. */
function putMicro(buffer: TextBuffer, value: number): void {
  const { bytes } = buffer
  if (value < 0) bytes[buffer.length++] = 45
  const size = Math.abs(value)
  const whole = Math.floor(size / micro)
  putInteger(buffer, whole)
  let fraction = size - whole * micro
  if (fraction === 0) return
  bytes[buffer.length++] = 46
  for (let power = 100_000; fraction > 0; power /= 10) {
    const digit = Math.floor(fraction / power)
    bytes[buffer.length++] = 48 + digit
    fraction -= digit * power
  }
}

function putEscaped(buffer: TextBuffer, from: Uint8Array, start: number, end: number): void {
  const { bytes } = buffer
  for (let i = start; i < end; i++) {
    const c = from[i]!
    const letter = c === 92 ? 92 : c === 9 ? 116 : c === 10 ? 110 : c === 13 ? 114 : 0
    if (letter === 0) bytes[buffer.length++] = c
    else {
      bytes[buffer.length++] = 92
      bytes[buffer.length++] = letter
    }
  }
}
