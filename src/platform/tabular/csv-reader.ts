import { isUtf8 } from 'node:buffer'
import { type CsvForm, columnLimit, rowLimit, type ScanState, scanRows, skipLines } from './csv-scan.ts'
import { createRowStore, type Position, type RowBatch, type RowStore, viewOf } from './row-batch.ts'
import { rowProblemSentence, TabularError } from './tabular-error.ts'
import { type ReadEncoding, toUtf8, withoutFirst } from './to-utf8.ts'

export type CsvOptions = CsvForm & {
  readonly encoding: ReadEncoding
  /** Whether the first row names the columns. */
  readonly header: boolean
  /** Physical lines above the table that do not belong to it (a title, `sep=;`). */
  readonly skipLines?: number
  /** Go on where an earlier reading of the same source stopped: a batch's `next`, and the columns that reading had. */
  readonly resume?: { readonly from: Position; readonly columns: number }
  readonly signal?: AbortSignal
  /** Called once, before the first batch, where the table has a header. */
  readonly onHeader?: (headers: readonly string[]) => void
}

export type ReadSummary = {
  /** Names from the header row; none where there was none or it was read before. */
  readonly headers: readonly string[]
  readonly columns: number
  /** Data rows handed over, those with a problem among them. */
  readonly rows: number
  readonly problems: number
  /** The place after the last row. */
  readonly end: Position
}

const bufferBytes = 1 << 20
const rowsPerBatch = 1 << 15

/**
 * Reads a delimited text of any size in constant memory and hands its rows over in batches of about one MiB, waiting for each callback.
 * A row that cannot be used is in its batch, marked with its problem; what makes the whole file unreadable is thrown as TabularError.
 */
export async function readCsv(
  source: AsyncIterable<Uint8Array>,
  options: CsvOptions,
  onBatch: (batch: RowBatch) => void | Promise<void>,
): Promise<ReadSummary> {
  const from = options.resume?.from ?? { bytes: 0, line: 0, row: 0 }
  const text = toUtf8(source, options.encoding)
  const chunks = (from.bytes > 0 ? withoutFirst(text, from.bytes) : text)[Symbol.asyncIterator]()
  const store = createRowStore(bufferBytes, rowsPerBatch)
  const batch = viewOf(store)
  const state: ScanState = {
    line: from.line + 1,
    columns: options.resume?.columns ?? 0,
    skipping: false,
    toSkip: options.resume ? 0 : (options.skipLines ?? 0),
  }
  let headers: readonly string[] | undefined = options.resume || !options.header ? [] : undefined
  let { bytes, row } = from
  let problems = 0
  let filled = 0
  let rest: Uint8Array = new Uint8Array(0)
  let ended = false

  try {
    while (!(ended && filled === 0)) {
      while (!ended && filled < store.buffer.length) {
        if (rest.length === 0) {
          const chunk = await chunks.next()
          if (chunk.done) ended = true
          else rest = chunk.value
        }
        const taken = Math.min(rest.length, store.buffer.length - filled)
        store.buffer.set(rest.subarray(0, taken), filled)
        rest = rest.subarray(taken)
        filled += taken
      }
      let at = state.toSkip > 0 ? skipLines(store.buffer, state, 0, filled, ended) : 0
      let used = at
      bytes += at
      while (state.toSkip === 0) {
        clear(store)
        at = scanRows(store, state, options, used, filled, ended, headers ? rowsPerBatch : 1)
        bytes += at - used
        const moved = at > used
        used = at
        if (store.count > 0) {
          checkBytes(store, options.encoding)
          if (state.columns > columnLimit) throw new TabularError('tooManyColumns', { columns: state.columns, limit: columnLimit })
          store.columns = state.columns
          if (headers) {
            row += store.count
            problems += store.problems.size
            store.next = { bytes, line: state.line - 1, row }
            await onBatch(batch)
            options.signal?.throwIfAborted()
          } else {
            headers = headerNames(batch)
            options.onHeader?.(headers)
          }
        } else if (!moved) break
      }
      store.buffer.copyWithin(0, used, filled)
      filled -= used
      if (used === 0 && !ended && filled === store.buffer.length) store.buffer = grown(store.buffer)
    }
  } finally {
    await chunks.return?.(undefined)
  }
  if (headers === undefined || state.columns === 0) throw new TabularError(options.header && bytes > 0 ? 'noHeader' : 'emptyFile')
  return { headers, columns: state.columns, rows: row - from.row, problems, end: { bytes, line: state.line - 1, row } }
}

/** Rows need at most `rowLimit` bytes; the scan gives up what is longer. */
function grown(buffer: Buffer): Buffer {
  const larger = Buffer.allocUnsafeSlow(Math.min(buffer.length * 2, rowLimit + bufferBytes))
  larger.set(buffer)
  return larger
}

function clear(store: RowStore): void {
  store.count = 0
  store.fields = 0
  store.problems.clear()
  store.version++
}

function headerNames(batch: RowBatch): readonly string[] {
  const problem = batch.problem(0)
  if (problem) throw new TabularError('damagedHeader', { reason: rowProblemSentence(problem, batch.line(0)) })
  return Array.from({ length: batch.fieldCount(0) }, (_, column) => batch.text(0, column).trim())
}

/**
 * Marks rows with NUL bytes or with bytes that are no text in the file's encoding. The whole batch is looked at first, which costs next to nothing; only where it
 * is not clean is each row looked at.
 */
function checkBytes(store: RowStore, encoding: ReadEncoding): void {
  const { buffer, firstField, starts, ends } = store
  if (store.fields === 0) return
  const first = starts[0]!
  const last = ends[store.fields - 1]!
  const all = buffer.subarray(first, last)
  const lost = (bytes: Buffer): boolean => (encoding === 'utf-8' ? !isUtf8(bytes) : bytes.includes('\ufffd') || !isUtf8(bytes))
  if (!all.includes(0) && !lost(all)) return
  for (let row = 0; row < store.count; row++) {
    if (store.problems.has(row) || firstField[row] === firstField[row + 1]) continue
    const bytes = buffer.subarray(starts[firstField[row]!]!, ends[firstField[row + 1]! - 1]!)
    if (bytes.includes(0)) store.problems.set(row, { code: 'nulByte', values: {} })
    else if (lost(bytes)) store.problems.set(row, { code: 'invalidEncoding', values: { encoding } })
  }
}
