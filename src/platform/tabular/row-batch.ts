import { isAscii } from 'node:buffer'
import { daysInMonth, daysSinceEpoch } from './calendar.ts'
import type { RowProblem } from './tabular-error.ts'

/** What a cell was in its file: CSV knows only text; workbooks have types. Numbers and dates are given as text in one fixed form. */
export type CellKind = 'text' | 'number' | 'date' | 'boolean' | 'error'

/**
 * Some rows of a table, in file order, as places in one buffer of UTF-8 bytes. Valid only until the callback that received it has finished:
 * the buffer is used again. Rows and columns count from 0, lines from 1. Cells that a row lacks read as empty.
 */
export interface RowBatch {
  readonly count: number
  /** Number of columns of the table (of its header). */
  readonly columns: number
  readonly buffer: Buffer
  /** Where reading may be taken up again after this batch. */
  readonly next: Position
  /** Physical line of the row's first line (the row number in a workbook). */
  line(row: number): number
  /** Number of fields the row really has. */
  fieldCount(row: number): number
  /** Why the row must not be used, or undefined. */
  problem(row: number): RowProblem | undefined
  start(row: number, column: number): number
  end(row: number, column: number): number
  isEmpty(row: number, column: number): boolean
  kind(row: number, column: number): CellKind
  text(row: number, column: number): string
  /** A plain integer below 2^53 in figures alone, else NaN (the caller then takes the text and the slow road). */
  int(row: number, column: number): number
  /**
   * A plain decimal with a point (`-?[0-9]+(.[0-9]+)?`) as an exact whole number of 10^-scale, else NaN: also where digits beyond the scale
   * are not zero, and where the result is not below 2^53.
   */
  units(row: number, column: number, scale: number): number
  /**
   * A plain `YYYY-MM-DD`, also with ` ` or `T` and `HH:MM`, `HH:MM:SS` or `HH:MM:SS.fff`, as milliseconds since 1970-01-01T00:00 of the wall clock
   * that the file was written by (no zone); NaN for everything else, also days and times that do not exist.
   */
  wallClock(row: number, column: number): number
}

/** A place in a table: bytes of its UTF-8 text (0 in workbooks), physical lines and data rows that lie before it. */
export type Position = { readonly bytes: number; readonly line: number; readonly row: number }

/** The arrays behind a batch; a reader fills them and calls `view` for the batch. */
export type RowStore = {
  buffer: Buffer
  count: number
  columns: number
  fields: number
  starts: Uint32Array
  ends: Uint32Array
  kinds: Uint8Array | undefined
  firstField: Uint32Array
  lines: Float64Array
  problems: Map<number, RowProblem>
  next: Position
  /** Increased whenever the contents change, so that what was derived from them is made anew. */
  version: number
}

export const cellKinds: readonly CellKind[] = ['text', 'number', 'date', 'boolean', 'error']

export function createRowStore(bufferBytes: number, rows: number): RowStore {
  return {
    buffer: Buffer.allocUnsafeSlow(bufferBytes),
    count: 0,
    columns: 0,
    fields: 0,
    starts: new Uint32Array(rows * 8),
    ends: new Uint32Array(rows * 8),
    kinds: undefined,
    firstField: new Uint32Array(rows + 1),
    lines: new Float64Array(rows),
    problems: new Map(),
    next: { bytes: 0, line: 0, row: 0 },
    version: 0,
  }
}

export function growFields(store: RowStore): void {
  const starts = new Uint32Array(store.starts.length * 2)
  starts.set(store.starts)
  store.starts = starts
  const ends = new Uint32Array(store.ends.length * 2)
  ends.set(store.ends)
  store.ends = ends
  if (store.kinds) {
    const kinds = new Uint8Array(starts.length)
    kinds.set(store.kinds)
    store.kinds = kinds
  }
}

/** The batch interface over a store; one view serves all batches of a reading. */
export const viewOf = (store: RowStore): RowBatch => new StoreView(store)

/** A class, so that the views of all readings are of one shape to the engine: to objects with getters of their own it finds the way anew for every cell. */
class StoreView implements RowBatch {
  private readonly store: RowStore
  private version = -1
  private ascii: string | undefined

  constructor(store: RowStore) {
    this.store = store
  }

  get count(): number {
    return this.store.count
  }
  get columns(): number {
    return this.store.columns
  }
  get buffer(): Buffer {
    return this.store.buffer
  }
  get next(): Position {
    return this.store.next
  }
  line(row: number): number {
    return this.store.lines[row]!
  }
  fieldCount(row: number): number {
    return this.store.firstField[row + 1]! - this.store.firstField[row]!
  }
  problem(row: number): RowProblem | undefined {
    return this.store.problems.size === 0 ? undefined : this.store.problems.get(row)
  }
  start(row: number, column: number): number {
    const field = this.fieldAt(row, column)
    return field < 0 ? 0 : this.store.starts[field]!
  }
  end(row: number, column: number): number {
    const field = this.fieldAt(row, column)
    return field < 0 ? 0 : this.store.ends[field]!
  }
  isEmpty(row: number, column: number): boolean {
    const field = this.fieldAt(row, column)
    return field < 0 || this.store.starts[field] === this.store.ends[field]
  }
  kind(row: number, column: number): CellKind {
    const { kinds } = this.store
    const field = kinds === undefined ? -1 : this.fieldAt(row, column)
    return field < 0 ? 'text' : cellKinds[kinds![field]!]!
  }
  text(row: number, column: number): string {
    const field = this.fieldAt(row, column)
    return field < 0 ? '' : this.textOf(this.store.starts[field]!, this.store.ends[field]!)
  }
  int(row: number, column: number): number {
    const { buffer, starts, ends } = this.store
    const field = this.fieldAt(row, column)
    return field < 0 ? Number.NaN : unitsFromBytes(buffer, starts[field]!, ends[field]!, 0, false)
  }
  units(row: number, column: number, scale: number): number {
    const { buffer, starts, ends } = this.store
    const field = this.fieldAt(row, column)
    return field < 0 ? Number.NaN : unitsFromBytes(buffer, starts[field]!, ends[field]!, scale, true)
  }
  wallClock(row: number, column: number): number {
    const { buffer, starts, ends } = this.store
    const field = this.fieldAt(row, column)
    return field < 0 ? Number.NaN : wallClockFromBytes(buffer, starts[field]!, ends[field]!)
  }

  private fieldAt(row: number, column: number): number {
    const { firstField } = this.store
    const field = firstField[row]! + column
    return field < firstField[row + 1]! ? field : -1
  }

  // Short texts of an ASCII batch are cut out of one string: three times as fast as a call into the runtime. Only short ones, because the engine
  // copies substrings of fewer than 13 characters and lets longer ones keep the whole batch in memory.
  private textOf(start: number, end: number): string {
    const { store } = this
    if (start === end) return ''
    if (this.version !== store.version) {
      this.version = store.version
      const used = store.buffer.subarray(0, lastByte(store))
      this.ascii = isAscii(used) ? used.toString('latin1', 0, used.length) : undefined
    }
    if (this.ascii === undefined) return decodeShort(store.buffer, start, end)
    return end - start < 13 ? this.ascii.substring(start, end) : store.buffer.toString('latin1', start, end)
  }
}

function lastByte(store: RowStore): number {
  return store.fields === 0 ? 0 : store.ends[store.fields - 1]!
}

function decodeShort(buffer: Buffer, start: number, end: number): string {
  for (let i = start; i < end; i++) if (buffer[i]! > 127) return buffer.toString('utf8', start, end)
  return buffer.toString('latin1', start, end)
}

/** See `RowBatch.units`; with `point` false a decimal point is refused. */
export function unitsFromBytes(buffer: Uint8Array, start: number, end: number, scale: number, point: boolean): number {
  let i = start
  const negative = buffer[i] === 45
  if (negative) i++
  const first = i
  let units = 0
  let decimals = -1
  for (; i < end; i++) {
    const digit = buffer[i]! - 48
    if (digit >= 0 && digit <= 9) {
      if (decimals < scale) {
        units = units * 10 + digit
        if (decimals >= 0) decimals++
      } else if (digit !== 0) return Number.NaN
    } else if (digit === -2 && point && decimals < 0 && i > first && i + 1 < end) decimals = 0
    else return Number.NaN
  }
  if (i === first || i - first > 30) return Number.NaN
  for (let d = Math.max(decimals, 0); d < scale; d++) units *= 10
  if (units > Number.MAX_SAFE_INTEGER) return Number.NaN
  return negative && units !== 0 ? -units : units
}

/** See `RowBatch.wallClock`. */
export function wallClockFromBytes(buffer: Uint8Array, start: number, end: number): number {
  const length = end - start
  if (length < 10 || length === 12 || buffer[start + 4] !== 45 || buffer[start + 7] !== 45) return Number.NaN
  const year = two(buffer, start) * 100 + two(buffer, start + 2)
  const month = two(buffer, start + 5)
  const day = two(buffer, start + 8)
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month) && year >= 1)) return Number.NaN
  const midnight = daysSinceEpoch(year, month, day) * 86_400_000
  if (length === 10) return midnight
  if (length < 16 || (buffer[start + 10] !== 32 && buffer[start + 10] !== 84) || buffer[start + 13] !== 58) return Number.NaN
  const hour = two(buffer, start + 11)
  const minute = two(buffer, start + 14)
  let milliseconds = 0
  let second = 0
  if (length > 16) {
    if (length < 19 || buffer[start + 16] !== 58) return Number.NaN
    second = two(buffer, start + 17)
    if (length > 19) {
      if (length !== 23 || buffer[start + 19] !== 46) return Number.NaN
      milliseconds = unitsFromBytes(buffer, start + 20, end, 0, false)
      if (buffer[start + 20] === 45) return Number.NaN
    }
  }
  if (!(hour < 24 && minute < 60 && second < 60)) return Number.NaN
  return midnight + hour * 3_600_000 + minute * 60_000 + second * 1000 + milliseconds
}

/** Two decimal digits, or NaN. */
function two(buffer: Uint8Array, at: number): number {
  const tens = buffer[at]! - 48
  const ones = buffer[at + 1]! - 48
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN
}
