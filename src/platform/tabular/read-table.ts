import { type ByteSource, readBytes } from './byte-source.ts'
import { type ReadSummary, readCsv } from './csv-reader.ts'
import { type Container, detectContainer, detectForm, firstTableRow, hasHeader, sampleBytes } from './detect.ts'
import { detectEncoding } from './detect-encoding.ts'
import { inflate } from './inflate.ts'
import type { Position, RowBatch } from './row-batch.ts'
import { TabularError } from './tabular-error.ts'
import { type ReadEncoding, toUtf8 } from './to-utf8.ts'
import { listSheets, readWorkbook } from './xlsx-reader.ts'
import { openZip } from './zip-reader.ts'

/** How a file is to be read: plain data, made by `inspectTable`, changed by a person where the guess was wrong, kept with the import. */
export type TableLayout = CsvLayout | SheetLayout

export type CsvLayout = {
  readonly kind: 'csv'
  readonly packed: 'no' | 'gzip' | 'zip'
  readonly encoding: ReadEncoding
  readonly delimiter: string
  readonly quote: string
  readonly header: boolean
  /** Physical lines above the table. */
  readonly skipLines: number
}

export type SheetLayout = {
  readonly kind: 'xlsx'
  readonly sheet: string
  readonly header: boolean
  /** Rows with values above the table. */
  readonly skipRows: number
}

/** The parts of a layout that a person has decided. */
export type LayoutChoice = Partial<Omit<CsvLayout, 'kind' | 'packed'> & Omit<SheetLayout, 'kind'>>

export type Inspection = {
  readonly layout: TableLayout
  /** Names of all sheets of a workbook that hold cells; none for text. */
  readonly sheets: readonly string[]
  /** Names of the columns, as they stand in the file; empty names where it has no header. */
  readonly headers: readonly string[]
  /** The first rows (at most 200), without those that have a problem. */
  readonly samples: readonly (readonly string[])[]
  readonly warnings: readonly {
    readonly code: 'duplicateHeader' | 'emptyHeader' | 'fewRowsFit'
    readonly values: Readonly<Record<string, string | number>>
  }[]
}

export type ReadOptions = {
  readonly resume?: { readonly from: Position; readonly columns: number }
  readonly signal?: AbortSignal
  readonly onHeader?: (headers: readonly string[]) => void
}

const sampleRowCount = 200

/** Looks at the beginning of a file: what it is, its columns and first rows. */
export async function inspectTable(source: ByteSource, fixed: LayoutChoice = {}): Promise<Inspection> {
  if (source.size === 0) throw new TabularError('emptyFile')
  const head = await readBytes(source, 0, sampleBytes)
  const container = detectContainer(head)
  refuse(container)
  if (container === 'compoundFile') throw new TabularError(await compoundFileKind(source, head))
  if (container === 'zip') {
    const sheets = await listSheets(source)
    if (sheets) return inspectSheet(source, sheets, fixed)
  }
  const packed = container === 'gzip' ? 'gzip' : container === 'zip' ? 'zip' : 'no'
  const sample = await firstBytes(unpacked(source, packed), sampleBytes)
  if (sample.length === 0) throw new TabularError('emptyFile')
  refuse(detectContainer(sample))
  const final = sample.length < sampleBytes
  const guess = detectEncoding(sample)
  const encoding = fixed.encoding ? fixed.encoding : guess.asciiOnly ? 'undecided' : guess.encoding
  const form = detectForm(await firstBytes(toUtf8(once(sample), encoding), sampleBytes * 3), final)
  const { delimiter, quote, header, skipLines } = { ...form, ...fixed }
  const layout: TableLayout = { kind: 'csv', packed, encoding, delimiter, quote, header, skipLines }
  return inspectRows(source, layout, [])
}

/** Reads the rows of a file in batches; see `readCsv`. Give `resume` to go on after an earlier batch's `next`. */
export async function readTable(
  source: ByteSource,
  layout: TableLayout,
  onBatch: (batch: RowBatch) => void | Promise<void>,
  options: ReadOptions = {},
): Promise<ReadSummary> {
  if (layout.kind === 'xlsx')
    return readWorkbook(source, { ...options, sheet: layout.sheet, header: layout.header, skipRows: layout.skipRows }, onBatch)
  return readCsv(unpacked(source, layout.packed), { ...options, ...layout }, onBatch)
}

async function inspectSheet(source: ByteSource, sheets: readonly string[], fixed: LayoutChoice): Promise<Inspection> {
  const sheet = fixed.sheet ?? sheets[0]
  if (sheet === undefined) throw new TabularError('noSheets')
  const { rows } = await firstRows(source, { kind: 'xlsx', sheet, header: false, skipRows: 0 }, 50)
  const above = firstTableRow(rows)
  const header = fixed.header ?? hasHeader(rows.slice(above))
  const layout: TableLayout = { kind: 'xlsx', sheet, header, skipRows: fixed.skipRows ?? above }
  return inspectRows(source, layout, sheets)
}

async function inspectRows(source: ByteSource, layout: TableLayout, sheets: readonly string[]): Promise<Inspection> {
  const { rows, headers, columns, bad } = await firstRows(source, layout, sampleRowCount)
  const names = layout.header ? headers : Array.from({ length: columns }, () => '')
  const warnings: Inspection['warnings'][number][] = []
  names.forEach((name, column) => {
    if (layout.header && name === '') warnings.push({ code: 'emptyHeader', values: { column: column + 1 } })
    if (name !== '' && names.indexOf(name) < column) warnings.push({ code: 'duplicateHeader', values: { column: column + 1, name } })
  })
  if (bad * 5 > rows.length + bad) warnings.push({ code: 'fewRowsFit', values: { rows: rows.length + bad, bad } })
  return { layout, sheets, headers: names, samples: rows, warnings }
}

type FirstRows = {
  readonly rows: readonly (readonly string[])[]
  readonly headers: readonly string[]
  readonly columns: number
  readonly bad: number
}

async function firstRows(source: ByteSource, layout: TableLayout, wanted: number): Promise<FirstRows> {
  const enough = new AbortController()
  const rows: string[][] = []
  let columns = 0
  let bad = 0
  let headers: readonly string[] = []
  const take = (batch: RowBatch): void => {
    columns = batch.columns
    for (let row = 0; row < batch.count && rows.length < wanted; row++) {
      if (batch.problem(row)) bad++
      else rows.push(Array.from({ length: batch.columns }, (_, column) => batch.text(row, column)))
    }
    if (rows.length >= wanted || bad >= wanted) enough.abort()
  }
  const onHeader = (names: readonly string[]): void => {
    headers = names
    columns = names.length
  }
  try {
    await readTable(source, layout, take, { signal: enough.signal, onHeader })
  } catch (error) {
    // A file that ends too early still shows its beginning; reading it in earnest will say so.
    const cutShort = error instanceof TabularError && error.code === 'truncatedArchive' && rows.length > 0
    if (!enough.signal.aborted && !cutShort) throw error
  }
  return { rows, headers, columns, bad }
}

async function* unpacked(source: ByteSource, packed: 'no' | 'gzip' | 'zip'): AsyncGenerator<Uint8Array> {
  const all = source.read(0, source.size)
  if (packed === 'no') yield* all
  else if (packed === 'gzip') yield* inflate(all, 'gzip')
  else {
    const zip = await openZip(source)
    const tables = zip.names.filter((name) => /\.(csv|tsv|txt)$/i.test(name) && !/(^|\/)(__MACOSX\/|\.)/.test(name))
    if (tables.length !== 1) throw new TabularError('notAWorkbook')
    yield* zip.read(tables[0]!)
  }
}

async function firstBytes(stream: AsyncIterable<Uint8Array>, length: number): Promise<Buffer> {
  const parts: Uint8Array[] = []
  let found = 0
  try {
    for await (const part of stream) {
      parts.push(part)
      found += part.length
      if (found >= length) break
    }
  } catch (error) {
    if (!(error instanceof TabularError && error.code === 'truncatedArchive' && found > 0)) throw error
  }
  return Buffer.concat(parts).subarray(0, length)
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

function refuse(container: Container): void {
  if (container === 'pdf' || container === 'image' || container === 'html' || container === 'executable')
    throw new TabularError('binaryFile', { kind: container })
}

/** Workbooks with a password and workbooks of the old kind lie in the same sort of file; its directory names what is inside. */
async function compoundFileKind(source: ByteSource, head: Buffer): Promise<'encryptedWorkbook' | 'legacyWorkbook'> {
  const sector = 1 << Math.min(head.length > 32 ? head.readUInt16LE(30) : 9, 16)
  const directory = head.length > 52 ? (head.readUInt32LE(48) + 1) * sector : 0
  const names = Buffer.concat([head, directory < source.size ? await readBytes(source, directory, 1 << 14) : Buffer.alloc(0)])
  return names.includes(Buffer.from('EncryptedPackage', 'utf16le')) ? 'encryptedWorkbook' : 'legacyWorkbook'
}
