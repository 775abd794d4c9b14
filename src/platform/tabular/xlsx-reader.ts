import type { ByteSource } from './byte-source.ts'
import type { ReadSummary } from './csv-reader.ts'
import { columnLimit } from './csv-scan.ts'
import { readXml } from './read-xml.ts'
import { createRowStore, type Position, type RowBatch, viewOf } from './row-batch.ts'
import { TabularError } from './tabular-error.ts'
import { readSharedTexts, readStyles, readWorkbookParts } from './xlsx-parts.ts'
import { sheetRows } from './xlsx-rows.ts'
import { openZip } from './zip-reader.ts'

// Why a reader of our own: of the packages looked at, `xlsx` is frozen on npm at a vulnerable version, `exceljs` has had no release since 2023 and keeps whole sheets
// or loses styles when streaming, `xlsx-stream-reader` and `xlstream` stand on unzip packages with known holes or write temporary files. yauzl (zip) and saxes (XML) are
// small and maintained, and what lies between them is the few pages below, with our own limits.

export type WorkbookOptions = {
  /** Name of the sheet; the first where undefined. */
  readonly sheet?: string | undefined
  readonly header: boolean
  /** Rows with cells above the table that do not belong to it. */
  readonly skipRows?: number
  readonly resume?: { readonly from: Position; readonly columns: number }
  readonly signal?: AbortSignal
  /** Called once, before the first batch, where the table has a header. */
  readonly onHeader?: (headers: readonly string[]) => void
}

const bufferBytes = 1 << 20
const rowsPerBatch = 1 << 15

/** Names of the worksheets, or undefined where the archive is not a workbook. */
export async function listSheets(source: ByteSource): Promise<readonly string[] | undefined> {
  const workbook = await readWorkbookParts(await openZip(source))
  return workbook?.sheets.map((sheet) => sheet.name)
}

/**
 * Reads the rows of one worksheet and hands them over as the CSV reader does: numbers as plain decimals with a point, to the fifteen digits a spreadsheet shows; dates by their
 * style as `YYYY-MM-DD` or `YYYY-MM-DD HH:MM:SS`; booleans as TRUE and FALSE; errors as they are shown (#N/A). Cells of formulas have the value that was last computed.
 * Rows that are shorter than the header are complete (a sheet has no cells where nothing is); rows without any value are left out. Memory is constant but for the shared texts.
 */
export async function readWorkbook(
  source: ByteSource,
  options: WorkbookOptions,
  onBatch: (batch: RowBatch) => void | Promise<void>,
): Promise<ReadSummary> {
  const zip = await openZip(source)
  const workbook = await readWorkbookParts(zip)
  if (!workbook) throw new TabularError('notAWorkbook')
  const sheet = options.sheet === undefined ? workbook.sheets[0] : workbook.sheets.find((candidate) => candidate.name === options.sheet)
  if (!sheet) throw options.sheet === undefined ? new TabularError('noSheets') : new TabularError('noSuchSheet', { sheet: options.sheet })
  const styles = await readStyles(zip, workbook.stylesPart)
  const shared = await readSharedTexts(zip, workbook.sharedPart)

  const store = createRowStore(bufferBytes, rowsPerBatch)
  store.kinds = new Uint8Array(store.starts.length)
  const batch = viewOf(store)
  const from = options.resume?.from ?? { bytes: 0, line: 0, row: 0 }
  let headers: readonly string[] | undefined = options.resume || !options.header ? [] : undefined
  let toSkip = (options.skipRows ?? 0) + (options.resume ? from.row + (options.header ? 1 : 0) : 0)
  let columns = options.resume?.columns ?? 0
  let { line, row } = from
  let problems = 0

  const onRow = (number: number, found: number): void => {
    if (found === 0 || toSkip > 0) {
      if (found > 0) toSkip--
      rows.drop()
      return
    }
    if (columns === 0) columns = found
    if (columns > columnLimit) throw new TabularError('tooManyColumns', { columns, limit: columnLimit })
    if (found > columns) store.problems.set(store.count, { code: 'tooManyFields', values: { expected: columns, found } })
    line = number
    store.lines[store.count] = number
    store.count++
    store.firstField[store.count] = store.fields
    if (headers) return
    headers = Array.from({ length: found }, (_, column) => batch.text(0, column).trim())
    options.onHeader?.(headers)
    rows.clear()
  }
  const deliver = async (): Promise<void> => {
    row += store.count
    problems += store.problems.size
    store.next = { bytes: 0, line, row }
    store.columns = columns
    await onBatch(batch)
    options.signal?.throwIfAborted()
    rows.clear()
  }

  const rows = sheetRows(store, { part: sheet.part, styles, shared, dateSystem: workbook.dateSystem, onRow })
  const isFull = (): boolean => store.count >= rowsPerBatch / 2 || (store.count > 0 && rows.bytes() > bufferBytes / 2)
  await readXml(zip.read(sheet.part), sheet.part, { ...rows.handlers, pause: () => (isFull() ? deliver() : undefined) })
  if (store.count > 0) await deliver()
  if (columns === 0) throw new TabularError(options.header ? 'noHeader' : 'emptyFile')
  return { headers: headers ?? [], columns, rows: row - from.row, problems, end: { bytes: 0, line, row } }
}
