import { growFields, type RowStore } from './row-batch.ts'
import type { RowProblem } from './tabular-error.ts'

export type CsvForm = {
  readonly delimiter: string
  /** A quotation mark, or '' where fields are never quoted. */
  readonly quote: string
}

/** Where the scan stands between two fillings of the buffer. */
export type ScanState = {
  /** Physical line of the next byte, from 1. */
  line: number
  /** Columns of the table; 0 until the first row has said it. */
  columns: number
  /** The row that is being read was given up: everything up to the next line end is dropped. */
  skipping: boolean
  /** Physical lines above the table that are still to be dropped. */
  toSkip: number
}

export const fieldLimit = 1 << 20
export const columnLimit = 1000
/** A row of this many bytes is no row any more; it bounds the buffer. */
export const rowLimit = 4 << 20

const LF = 10
const CR = 13

/**
 * Finds rows and fields in `store.buffer` between `from` and `to` and appends them to the store, until the store holds `maxRows` or no further row
 * is complete (`final`: the end of the buffer is the end of the file). Returns the first byte not used.
 *
 * RFC 4180 with line ends CRLF, LF and CR in any mixture; a quotation mark that does not open a field is an ordinary character; doubled marks in a
 * quoted field are undone in place. Empty rows (also of delimiters only) are left out.
 *
 * A row whose quoting is broken is kept as a problem, and reading goes on at the physical line after the one in which the broken field began: one stray quotation
 * mark costs one row and not the rest of the file. That cannot be misused to read a file many times over: a field is scanned to the next odd
 * run of quotation marks, and no line before that run can open a field that stays open.
 */
export function scanRows(
  store: RowStore,
  state: ScanState,
  form: CsvForm,
  from: number,
  to: number,
  final: boolean,
  maxRows: number,
): number {
  const buffer = store.buffer
  const delimiter = form.delimiter.charCodeAt(0)
  const quote = form.quote === '' ? -1 : form.quote.charCodeAt(0)
  let p = from
  if (state.skipping) {
    p = nextLine(buffer, p, to, final)
    if (p < 0) return !final && to > from && buffer[to - 1] === CR ? to - 1 : to
    state.skipping = false
    state.line++
  }

  while (store.count < maxRows && p < to) {
    let c = buffer[p]!
    if (c === LF || c === CR) {
      if (c === CR && p + 1 === to && !final) break
      p += c === CR && buffer[p + 1] === LF && p + 1 < to ? 2 : 1
      state.line++
      continue
    }
    const rowStart = p
    const firstField = store.fields
    let found = 0
    let linesInQuotes = 0
    let doubled = false
    let problem: RowProblem | undefined
    let complete = false
    // Files that were put together from several keep their byte order marks in the middle.
    if (c === 0xef && p + 2 < to && buffer[p + 1] === 0xbb && buffer[p + 2] === 0xbf) p += 3

    for (;;) {
      let start = p
      let end: number
      if (p < to && buffer[p] === quote) {
        start = p + 1
        const close = closingQuote(buffer, start, to, quote, final)
        doubled ||= close.doubled
        end = close.at
        if (end < 0 && !final && to - start <= fieldLimit) break
        const after = end < 0 ? -1 : end + 1 < to ? buffer[end + 1]! : -2
        if (end < 0 || end - start > fieldLimit || !(after === delimiter || after === LF || after === CR || after === -2)) {
          const values = { field: found + 1, line: state.line + linesInQuotes }
          if (end < 0) problem = { code: 'quoteNeverClosed', values }
          else if (end - start > fieldLimit) problem = { code: 'fieldTooLong', values: { ...values, limit: fieldLimit } }
          else problem = { code: 'textAfterQuote', values }
          end = Math.min(lineEnd(buffer, start, to), start + fieldLimit)
          p = end
        } else {
          if (close.newlines > 0) linesInQuotes += close.newlines
          p = end + 1
        }
      } else {
        while (p < to) {
          c = buffer[p]!
          if (c === delimiter || c === LF || c === CR) break
          p++
        }
        end = p
        if (end - start > fieldLimit) {
          problem = { code: 'fieldTooLong', values: { field: found + 1, limit: fieldLimit } }
          end = start + 200
        }
      }
      if (p >= to && !final && problem === undefined) break
      if (found < columnLimit) {
        if (store.fields === store.starts.length) growFields(store)
        store.starts[store.fields] = start
        store.ends[store.fields] = end
        store.fields++
      }
      found++
      if (p < to && problem === undefined && buffer[p] === delimiter) {
        p++
        continue
      }
      complete = true
      break
    }

    if (!complete || (p + 1 === to && buffer[p] === CR && !final)) {
      // The row ends beyond the buffer: take it back, to be read again when more is there, unless it is beyond all measure.
      store.fields = firstField
      if (to - rowStart < rowLimit) {
        p = rowStart
        break
      }
      problem = { code: 'rowTooLong', values: { limit: rowLimit } }
      p = rowStart
    }

    if (problem === undefined && p - rowStart === found - 1 && found > 1) {
      store.fields = firstField
    } else {
      if (state.columns === 0) state.columns = found
      if (problem === undefined && found !== state.columns) {
        problem = { code: found < state.columns ? 'tooFewFields' : 'tooManyFields', values: { expected: state.columns, found } }
      }
      if (doubled && problem?.code !== 'rowTooLong') undoDoubled(store, firstField, rowStart, quote)
      if (problem) store.problems.set(store.count, problem)
      store.lines[store.count] = state.line
      store.firstField[store.count] = firstField
      store.count++
      store.firstField[store.count] = store.fields
    }

    state.line += linesInQuotes
    const next = nextLine(buffer, p, to, final)
    if (next < 0) {
      state.skipping = !final
      p = to
    } else {
      p = next
      state.line++
    }
  }
  return p
}

/** Drops `state.toSkip` physical lines; returns the first byte after those that were complete. */
export function skipLines(buffer: Uint8Array, state: ScanState, from: number, to: number, final: boolean): number {
  let p = from
  while (state.toSkip > 0) {
    const next = nextLine(buffer, p, to, final)
    if (next < 0) {
      if (final) state.toSkip = 0
      return final ? to : p
    }
    p = next
    state.toSkip--
    state.line++
  }
  return p
}

type Closing = { at: number; newlines: number; doubled: boolean }
const closing: Closing = { at: -1, newlines: 0, doubled: false }

/** The quotation mark that ends the field which begins at `from`; `at` is -1 where it is not found within the limit. One result object serves all calls. */
function closingQuote(buffer: Uint8Array, from: number, to: number, quote: number, final: boolean): Closing {
  closing.at = -1
  closing.newlines = 0
  closing.doubled = false
  const limit = Math.min(to, from + fieldLimit + 2)
  let p = from
  while (p < limit) {
    const c = buffer[p]!
    if (c === quote) {
      if (p + 1 === to && !final) return closing
      if (p + 1 < to && buffer[p + 1] === quote) {
        closing.doubled = true
        p += 2
        continue
      }
      closing.at = p
      return closing
    }
    if (c === LF || (c === CR && buffer[p + 1] !== LF)) closing.newlines++
    p++
  }
  return closing
}

function lineEnd(buffer: Uint8Array, from: number, to: number): number {
  let p = from
  while (p < to && buffer[p] !== LF && buffer[p] !== CR) p++
  return p
}

/** The first byte after the next line end at or after `from`, or -1 where the buffer has none. */
function nextLine(buffer: Uint8Array, from: number, to: number, final: boolean): number {
  const end = lineEnd(buffer, from, to)
  if (end === to) return -1
  if (buffer[end] === LF) return end + 1
  if (end + 1 === to) return final ? to : -1
  return buffer[end + 1] === LF ? end + 2 : end + 1
}

/** Makes one mark of two in the quoted fields of the last row; what becomes free is filled with marks, so that the bytes stay valid text. */
function undoDoubled(store: RowStore, firstField: number, rowStart: number, quote: number): void {
  const buffer = store.buffer
  for (let f = firstField; f < store.fields; f++) {
    const start = store.starts[f]!
    if (start === rowStart || buffer[start - 1] !== quote) continue
    const end = store.ends[f]!
    let write = start
    for (let read = start; read < end; read++, write++) {
      buffer[write] = buffer[read]!
      if (buffer[read] === quote && read + 1 < end && buffer[read + 1] === quote) read++
    }
    buffer.fill(quote, write, end)
    store.ends[f] = write
  }
}
