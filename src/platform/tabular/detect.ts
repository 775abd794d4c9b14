import { type CsvForm, columnLimit, type ScanState, scanRows } from './csv-scan.ts'
import { createRowStore, viewOf } from './row-batch.ts'

/** What the first bytes of a file are, before any decoding. */
export type Container = 'text' | 'gzip' | 'zip' | 'compoundFile' | 'pdf' | 'image' | 'html' | 'executable'

/** So many bytes are looked at. */
export const sampleBytes = 1 << 18

export function detectContainer(head: Uint8Array): Container {
  const starts = (...bytes: readonly number[]): boolean => bytes.every((byte, i) => head[i] === byte)
  if (starts(0x1f, 0x8b, 0x08)) return 'gzip'
  if (starts(0x50, 0x4b, 0x03, 0x04) || starts(0x50, 0x4b, 0x05, 0x06)) return 'zip'
  if (starts(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)) return 'compoundFile'
  if (starts(0x25, 0x50, 0x44, 0x46, 0x2d)) return 'pdf'
  if (starts(0x89, 0x50, 0x4e, 0x47) || starts(0xff, 0xd8, 0xff) || starts(0x47, 0x49, 0x46, 0x38)) return 'image'
  if (starts(0x7f, 0x45, 0x4c, 0x46) || starts(0x4d, 0x5a, 0x90)) return 'executable'
  const text = Buffer.from(head.subarray(0, 512)).toString('latin1').trimStart().toLowerCase()
  // Many systems call a web page with a table ".xls".
  return /^(\u00ef\u00bb\u00bf)?\s*<(!doctype html|html|table|head|meta)/.test(text) ? 'html' : 'text'
}

export type FormGuess = CsvForm & {
  /** Physical lines above the table. */
  readonly skipLines: number
  readonly header: boolean
  /** 0…1: share of rows with the same number of fields. */
  readonly consistency: number
  readonly columns: number
}

/**
 * Delimiter, quotation mark, lines above the table and presence of a header, from the first bytes of the text as UTF-8. `final` says that they are the whole text.
 * The delimiter is the one that gives the same number of fields in the most rows; where several do, the one that occurs least in ordinary text (tab, `;`, `|`, then `,`).
 */
export function detectForm(utf8: Uint8Array, final: boolean): FormGuess {
  const declared = /^(?:\ufeff)?"?sep=([,;|\t])"?\r?(?:\n|$)/i.exec(Buffer.from(utf8.subarray(0, 32)).toString())
  let best: { form: CsvForm; rows: Shape; score: number } | undefined
  for (const delimiter of declared ? [declared[1]!] : ['\t', ';', '|', ',']) {
    const form = { delimiter, quote: '"' }
    const rows = shapeOf(sampleRows(utf8, form, final))
    const score = rows.columns > 1 ? rows.share - 0.1 * rows.above - rows.suspect + Math.min(rows.columns, 10) / 500 : 0
    if (!best || score > best.score + 1e-9) best = { form, rows, score }
  }
  let { form, rows } = best!
  if (best!.score <= 0 && !declared) {
    form = { delimiter: ',', quote: '"' }
    rows = shapeOf(sampleRows(utf8, form, final))
  }
  const single = singleQuoted(utf8, form, final)
  if (single) {
    form = single
    rows = shapeOf(sampleRows(utf8, form, final))
  }
  const above = Math.max(rows.above, declared ? 1 : 0, firstTableRow(rows.sample.map((row) => row.cells)))
  const cells = rows.sample.slice(above)
  return {
    ...form,
    skipLines: cells[0] ? cells[0].line - 1 : declared ? 1 : 0,
    header: hasHeader(cells.map((row) => row.cells)),
    consistency: rows.share,
    columns: rows.columns,
  }
}

/**
 * Whether the first row names the columns: its cells are words, not figures, days or addresses, none appears again below in its column, and not most of them are empty.
 * A table of one row has a header.
 */
export function hasHeader(rows: readonly (readonly string[])[]): boolean {
  const [first, ...below] = rows
  if (!first || first.length === 0) return true
  const filled = first.filter((cell) => cell.trim() !== '')
  if (filled.length * 2 < first.length) return false
  const figures = filled.filter(isFigure).length
  if (figures > 0) return figures * 3 < filled.length && below.length > 0 && below.some((row) => row.filter(isFigure).length > figures)
  return !first.some(
    (cell, column) => cell.trim() !== '' && below.length > 1 && below.filter((row) => row[column] === cell).length * 10 >= below.length * 1,
  )
}

/** The first row that looks like a row of the table rather than a title above it: most of the rows' usual number of cells are filled. */
export function firstTableRow(rows: readonly (readonly string[])[]): number {
  const filled = rows.map((row) => row.filter((cell) => cell.trim() !== '').length)
  const usual = [...filled].sort((a, b) => a - b)[filled.length >> 1] ?? 0
  const first = filled.slice(0, 10).findIndex((count) => count * 2 > usual)
  return Math.max(first, 0)
}

type SampleRow = { readonly line: number; readonly cells: readonly string[]; readonly broken: boolean; readonly halfQuoted: boolean }
type Shape = { columns: number; share: number; above: number; suspect: number; sample: readonly SampleRow[] }

/** The usual number of fields, how usual it is, and how many rows stand above the first row that has it. */
function shapeOf(sample: readonly SampleRow[]): Shape {
  const times = new Map<number, number>()
  for (const { cells } of sample) times.set(cells.length, (times.get(cells.length) ?? 0) + 1)
  let columns = 0
  for (const [count, n] of times) if (n > (times.get(columns) ?? 0) || (n === times.get(columns) && count > columns)) columns = count
  const first = sample.slice(0, 10).findIndex((row) => row.cells.length === columns || row.broken)
  const above = Math.max(first, 0)
  const rest = sample.length - above
  return {
    columns,
    share: rest === 0 ? 0 : (times.get(columns) ?? 0) / rest,
    above,
    suspect: sample.length === 0 ? 0 : sample.filter((row) => row.broken || row.halfQuoted).length / sample.length,
    sample,
  }
}

const sampleRowCount = 400

function sampleRows(utf8: Uint8Array, form: CsvForm, final: boolean): readonly SampleRow[] {
  const rows = scanSample(utf8, form, final)
  return rows.length === 0 && !final ? scanSample(utf8, form, true) : rows
}

function scanSample(utf8: Uint8Array, form: CsvForm, final: boolean): readonly SampleRow[] {
  const store = createRowStore(utf8.length, sampleRowCount)
  store.buffer.set(utf8)
  const state: ScanState = { line: 1, columns: columnLimit + 1, skipping: false, toSkip: 0 }
  scanRows(store, state, form, 0, utf8.length, final, sampleRowCount)
  const batch = viewOf(store)
  return Array.from({ length: store.count }, (_, row) => {
    const code = batch.problem(row)?.code
    const cells = Array.from({ length: batch.fieldCount(row) }, (_, column) => batch.text(row, column))
    // A cell with one quotation mark was probably cut at the wrong delimiter.
    const halfQuoted = cells.some((cell) => form.quote !== '' && cell.split(form.quote).length % 2 === 0)
    const broken = code !== undefined && code !== 'tooFewFields' && code !== 'tooManyFields'
    return { line: batch.line(row), cells, broken, halfQuoted }
  })
}

/** Some programs quote with apostrophes: taken as quotation marks where most words of the table stand between them. */
function singleQuoted(utf8: Uint8Array, form: CsvForm, final: boolean): CsvForm | undefined {
  const single = { ...form, quote: "'" }
  let words = 0
  let quoted = 0
  for (const row of sampleRows(utf8, { ...form, quote: '' }, final)) {
    for (const cell of row.cells) {
      if (/\p{L}/u.test(cell)) words++
      if (cell.startsWith("'")) quoted++
    }
  }
  return words > 0 && quoted * 2 > words ? single : undefined
}

function isFigure(cell: string): boolean {
  const text = cell.trim()
  return /^[-+(]?[¥$€£]?\s?\d[\d.,\s%)]*$/.test(text) || /^\d{1,4}[-/.年]\d{1,2}([-/.月]\d{1,4})?/.test(text) || /^\S+@\S+\.\S+$/.test(text)
}
