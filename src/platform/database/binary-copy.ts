import { once } from 'node:events'
import copyStreams from 'pg-copy-streams'
import { clientOf, type Db } from './connection.ts'

/** Days between 1970-01-01, which we count from, and 2000-01-01, which PostgreSQL counts from. */
const epochDays = 10_957

/** Called for each row, in order. Field i lies in bytes[start[i] … start[i] + length[i]); a length of −1 is null. All three are reused: take out what you need. */
export type BinaryRow = (bytes: Buffer, start: Int32Array, length: Int32Array) => void

/**
 * Reads `COPY (…) TO STDOUT (FORMAT BINARY)` row by row without making objects, in the transaction of `db`. `afterChunk` is awaited between chunks, for progress and for stopping.
 * The query is the caller's own text and must not contain anything from users.
 */
export async function copyOut(
  db: Db,
  query: string,
  columns: number,
  onRow: BinaryRow,
  afterChunk: (rows: number) => Promise<void> | void = () => {},
): Promise<number> {
  const stream = clientOf(db).query(copyStreams.to(`copy (${query}) to stdout (format binary)`, { highWaterMark: 1 << 20 }))
  const start = new Int32Array(columns)
  const length = new Int32Array(columns)
  let rest: Buffer = Buffer.alloc(0)
  let parts: Buffer[] = []
  let partBytes = 0
  let header = true
  let ended = false
  let rows = 0
  const read = () => {
    const bytes = rest.length + partBytes === rest.length ? rest : Buffer.concat([rest, ...parts])
    parts = []
    partBytes = 0
    let at = 0
    if (header) {
      if (bytes.length < 19) {
        rest = bytes
        return
      }
      at = 19 + bytes.readInt32BE(15)
      header = false
    }
    while (!ended) {
      const next = rowEnd(bytes, at, columns, start, length)
      if (next === -2) ended = true
      if (next < 0) break
      onRow(bytes, start, length)
      rows++
      at = next
    }
    rest = bytes.subarray(at)
  }
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    parts.push(chunk)
    partBytes += chunk.length
    if (partBytes < 1 << 18) continue
    read()
    await afterChunk(rows)
  }
  read()
  await afterChunk(rows)
  return rows
}

/** Where the row that begins at `at` ends; −1 when it is not complete yet, −2 at the end of the data. */
function rowEnd(bytes: Buffer, at: number, columns: number, start: Int32Array, length: Int32Array): number {
  if (at + 2 > bytes.length) return -1
  const fields = bytes.readInt16BE(at)
  if (fields === -1) return -2
  if (fields !== columns) throw new Error(`binary copy: a row has ${fields} fields, expected ${columns}`)
  let place = at + 2
  for (let i = 0; i < columns; i++) {
    if (place + 4 > bytes.length) return -1
    const size = bytes.readInt32BE(place)
    place += 4
    start[i] = place
    length[i] = size
    if (size > 0) place += size
  }
  return place > bytes.length ? -1 : place
}

/** Days since 1970-01-01 of a date field. */
export const readDay = (bytes: Buffer, at: number): number => bytes.readInt32BE(at) + epochDays
/** An int8 field; exact up to 2^53. */
export const readInt8 = (bytes: Buffer, at: number): number => bytes.readInt32BE(at) * 4_294_967_296 + bytes.readUInt32BE(at + 4)

/**
 * Sends rows into a table through `COPY … FROM STDIN (FORMAT BINARY)`. `fill` writes rows and awaits `room()` now and then, so that memory stays constant.
 * `freeze` is for a table that was made in the same transaction: its rows need no second look after the commit.
 */
export async function copyIn(
  db: Db,
  target: string,
  fill: (rows: BinaryRows) => Promise<void>,
  options: { readonly freeze?: boolean } = {},
): Promise<void> {
  const stream = clientOf(db).query(
    copyStreams.from(`copy ${target} from stdin (format binary${options.freeze === true ? ', freeze' : ''})`),
  )
  const finished = once(stream, 'finish')
  // The rejection is read below; without a listener now it would end the process when the server refuses early.
  finished.catch(() => {})
  const rows = new BinaryRows(async (bytes) => {
    if (stream.errored) await finished
    if (stream.write(bytes)) return false
    await Promise.race([once(stream, 'drain'), finished])
    return true
  })
  try {
    await fill(rows)
    await rows.flush()
  } catch (error) {
    stream.destroy(error as Error)
    await finished.catch(() => {})
    throw error
  }
  stream.end(rows.trailer())
  await finished
}

const chunkBytes = 1 << 17
const nothing = Buffer.alloc(0)

/** One buffer that rows are written into, field by field, in the order of the columns. A class because the fields share the buffer and its place. */
export class BinaryRows {
  private readonly send: (bytes: Buffer) => Promise<boolean>
  private buffer: Buffer
  private view: DataView
  private at: number

  /** `send` answers whether the bytes have left for the server, so that their buffer may be used again. */
  constructor(send: (bytes: Buffer) => Promise<boolean>) {
    this.send = send
    this.buffer = Buffer.allocUnsafeSlow(2 * chunkBytes)
    this.view = new DataView(this.buffer.buffer)
    this.at = this.buffer.write('PGCOPY\n\xff\r\n\0', 'latin1')
    this.buffer.fill(0, this.at, this.at + 8)
    this.at += 8
  }

  /** Begins a row of so many fields. */
  row(fields: number): void {
    this.need(2)
    this.put16(fields)
  }
  uuid(ids: Uint8Array, offset: number): void {
    this.size(16)
    const { buffer, at } = this
    for (let i = 0; i < 16; i++) buffer[at + i] = ids[offset + i]!
    this.at = at + 16
  }
  /** A uuid as sixteen characters of Latin-1. */
  packedUuid(id: string): void {
    this.size(16)
    const { buffer, at } = this
    for (let i = 0; i < 16; i++) buffer[at + i] = id.charCodeAt(i)
    this.at = at + 16
  }
  int2(value: number): void {
    this.size(2)
    this.put16(value)
  }
  int4(value: number): void {
    this.size(4)
    this.put32(value)
  }
  int8(value: number): void {
    this.size(8)
    const { view, at } = this
    const high = Math.floor(value / 4_294_967_296)
    view.setInt32(at, high)
    view.setUint32(at + 4, value - high * 4_294_967_296)
    this.at = at + 8
  }
  float4(value: number): void {
    this.size(4)
    this.at = this.buffer.writeFloatBE(value, this.at)
  }
  /** Days since 1970-01-01. */
  day(value: number): void {
    this.int4(value - epochDays)
  }
  bool(value: boolean): void {
    this.size(1)
    this.buffer[this.at++] = value ? 1 : 0
  }
  bytes(value: Uint8Array): void {
    this.size(value.length)
    this.buffer.set(value, this.at)
    this.at += value.length
  }
  /** A part of some bytes, without a view of it where it is short. */
  range(value: Uint8Array, from: number, to: number): void {
    this.size(to - from)
    if (to - from > 64) this.buffer.set(value.subarray(from, to), this.at)
    else for (let i = from, at = this.at; i < to; i++) this.buffer[at++] = value[i]!
    this.at += to - from
  }
  text(value: string): void {
    if (this.shortAscii(value)) return
    const size = Buffer.byteLength(value)
    this.size(size)
    this.at += this.buffer.write(value, this.at)
  }
  null(): void {
    this.need(4)
    this.put32(-1)
  }

  /** Most texts are short and plain; letter by letter they cost half of a call into the runtime. Leaves no trace where the text is another. */
  private shortAscii(value: string): boolean {
    const size = value.length
    if (size > 48) return false
    this.need(size + 4)
    const { buffer } = this
    const from = this.at + 4
    for (let i = 0; i < size; i++) {
      const c = value.charCodeAt(i)
      if (c > 127) return false
      buffer[from + i] = c
    }
    this.put32(size)
    this.at += size
    return true
  }
  private put16(value: number): void {
    this.view.setInt16(this.at, value)
    this.at += 2
  }
  private put32(value: number): void {
    this.view.setInt32(this.at, value)
    this.at += 4
  }

  /** Whether enough has gathered that `flush` should be awaited before the next row. */
  get full(): boolean {
    return this.at >= chunkBytes
  }
  /** Hands on what was written; returns when there is room again. */
  async flush(): Promise<void> {
    if (this.at === 0) return
    const written = this.buffer.subarray(0, this.at)
    this.at = 0
    // Buffers that are thrown away make the engine look through its whole memory again and again.
    if (!(await this.send(written))) this.take(nothing)
  }
  trailer(): Buffer {
    return Buffer.from([0xff, 0xff])
  }

  private size(bytes: number): void {
    this.need(bytes + 4)
    this.put32(bytes)
  }
  private need(bytes: number): void {
    if (this.at + bytes <= this.buffer.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(2 * chunkBytes, this.buffer.length * 2, this.at + bytes))
    this.buffer.copy(larger, 0, 0, this.at)
    this.take(larger)
  }
  private take(buffer: Buffer): void {
    this.buffer = buffer
    this.view = new DataView(buffer.buffer)
  }
}

/** A moment in milliseconds as PostgreSQL's binary form: microseconds since 2000-01-01. */
export const microseconds = (milliseconds: number): number => (milliseconds - 946_684_800_000) * 1000

/** A day as it stands in the text of a statement, because COPY takes no parameters; whatever is no day is refused with a RangeError. */
export function plainDay(day: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new RangeError(`'${day}' is not a day`)
  return day
}

/** Finds which of a few words a field holds: its place in `words`, −1 for any other. Compares bytes, because a text for each of millions of rows would only be thrown away. */
export function placeOfWord(words: readonly string[]): (bytes: Uint8Array, start: number, length: number) => number {
  const known = words.map((word) => Buffer.from(word))
  return (bytes, start, length) =>
    known.findIndex((word) => {
      if (word.length !== length) return false
      for (let at = 0; at < length; at++) if (word[at] !== bytes[start + at]) return false
      return true
    })
}
