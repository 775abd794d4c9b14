import { guardText } from './guard-text.ts'

/**
 * A cell to be written: texts are texts whatever they look like; numbers, exact decimals (`-12.50`), booleans and wall-clock dates (`YYYY-MM-DD`, also with
 * ` HH:MM:SS`) keep their type where the format has types. Numbers that are not finite are written as empty cells.
 */
export type Cell = string | number | bigint | boolean | null | undefined | { readonly decimal: string } | { readonly date: string }

export type Rows = Iterable<readonly Cell[]> | AsyncIterable<readonly Cell[]>

const chunkLength = 1 << 16
const byteOrderMark = '\ufeff'

/**
 * A table as CSV in pieces of about 64 KiB, made only as fast as they are taken. It begins with a byte order mark, without which Excel does not read Chinese;
 * lines end with CRLF; texts are guarded against being run as formulas (see `guardText`; `unguardText` gives the text back).
 */
export async function* writeCsv(rows: Rows, delimiter = ','): AsyncGenerator<Buffer> {
  let text = byteOrderMark
  for await (const row of rows) {
    text += csvLine(row, delimiter)
    if (text.length >= chunkLength) {
      yield Buffer.from(text)
      text = ''
    }
  }
  if (text !== '') yield Buffer.from(text)
}

/** One line with its line end, for writers that push. A row of nothing but empty cells is written so that readers do not take it for an empty line. */
export function csvLine(cells: readonly Cell[], delimiter = ','): string {
  const line = cells.map((cell) => field(cell, delimiter)).join(delimiter)
  return line.length <= cells.length - 1 || line === '' ? `""${line}\r\n` : `${line}\r\n`
}

function field(cell: Cell, delimiter: string): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : ''
  if (typeof cell === 'bigint') return String(cell)
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE'
  if (typeof cell === 'object') return 'decimal' in cell ? cell.decimal : cell.date
  const text = guardText(cell).replaceAll('\0', '\ufffd')
  return text.includes(delimiter) || /[",;|\t\r\n\ufeff]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
