import { Readable } from 'node:stream'
import yazl from 'yazl'
import { serialOfWallClock } from './calendar.ts'
import type { Cell, Rows } from './csv-writer.ts'
import { needsGuard } from './guard-text.ts'
import { wallClockFromBytes } from './row-batch.ts'
import { TabularError } from './tabular-error.ts'

const sheetRowLimit = 1_048_576
const cellTextLimit = 32_767
const chunkLength = 1 << 16

/** The indexes of the cell styles in `styles` below. */
const style = { day: 1, moment: 2, guarded: 3, heading: 4 } as const

/**
 * A table as a workbook with one sheet, in pieces made only as fast as they are taken. Texts are typed as text, so that none is ever run as a formula (those that look like one
 * are marked, so that they stay text when the cell is edited); numbers and dates are real ones. The first row is the header: bold, and it stays in sight.
 * Texts beyond a cell's 32,767 characters are cut; more rows than a sheet holds are refused.
 */
export async function* writeXlsx(rows: Rows, sheetName = 'Sheet1'): AsyncGenerator<Buffer> {
  const zip = new yazl.ZipFile()
  const add = (name: string, xml: string): void => zip.addBuffer(Buffer.from(xmlHead + xml), name, { compressionLevel: 6 })
  add('[Content_Types].xml', contentTypes)
  add('_rels/.rels', relationsOf([['officeDocument', 'xl/workbook.xml']]))
  add('xl/workbook.xml', workbookXml(sheetName))
  add(
    'xl/_rels/workbook.xml.rels',
    relationsOf([
      ['worksheet', 'worksheets/sheet1.xml'],
      ['styles', 'styles.xml'],
    ]),
  )
  add('xl/styles.xml', styles)
  const sheet = Readable.from(sheetXml(rows), { objectMode: false })
  // yazl does not pass on errors of its inputs; the output must fail with them rather than wait for ever.
  const output = zip.outputStream as Readable
  sheet.once('error', (error) => output.destroy(error))
  zip.addReadStream(sheet, 'xl/worksheets/sheet1.xml', { compressionLevel: 6 })
  zip.end()
  try {
    for await (const chunk of output) yield chunk as Buffer
  } finally {
    sheet.destroy()
  }
}

async function* sheetXml(rows: Rows): AsyncGenerator<Buffer> {
  let text = `${xmlHead}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>`
  let count = 0
  for await (const row of rows) {
    count++
    if (count > sheetRowLimit) throw new TabularError('sheetFull', { limit: sheetRowLimit })
    text += `<row r="${count}">`
    for (let column = 0; column < row.length; column++) text += cellXml(row[column], column, count)
    text += '</row>'
    if (text.length >= chunkLength) {
      yield Buffer.from(text)
      text = ''
    }
  }
  yield Buffer.from(`${text}</sheetData></worksheet>`)
}

function cellXml(cell: Cell, column: number, row: number): string {
  const place = `<c r="${columnName(column)}${row}"`
  if (cell === null || cell === undefined || cell === '') return ''
  if (typeof cell === 'boolean') return `${place} t="b"><v>${cell ? 1 : 0}</v></c>`
  if (typeof cell === 'number') return Number.isFinite(cell) ? `${place}><v>${cell}</v></c>` : ''
  if (typeof cell === 'bigint') return numberXml(place, String(cell))
  if (typeof cell === 'object') return 'decimal' in cell ? numberXml(place, cell.decimal) : dateXml(place, cell.date)
  return textXml(place, cell, row === 1 ? style.heading : needsGuard(cell) ? style.guarded : 0)
}

/** Numbers in a sheet are binary fractions of fifteen digits; what has more is written as text and keeps them. */
function numberXml(place: string, digits: string): string {
  return digits.replace(/^-?[0.]*|\./g, '').length > 15 ? textXml(place, digits, 0) : `${place}><v>${digits}</v></c>`
}

function dateXml(place: string, date: string): string {
  const bytes = Buffer.from(date)
  const serial = serialOfWallClock(wallClockFromBytes(bytes, 0, bytes.length))
  if (Number.isNaN(serial)) return textXml(place, date, 0)
  return `${place} s="${Number.isInteger(serial) ? style.day : style.moment}"><v>${serial}</v></c>`
}

function textXml(place: string, text: string, styleIndex: number): string {
  const attributes = styleIndex === 0 ? '' : ` s="${styleIndex}"`
  return `${place}${attributes} t="inlineStr"><is><t xml:space="preserve">${escapeText(text.slice(0, cellTextLimit))}</t></is></c>`
}

/** XML cannot hold most control characters and turns CR into LF; workbooks write them as `_xHHHH_`, and a text that already looks so with its first `_` written so. */
function escapeText(text: string): string {
  if (/^[\x20-\x25\x27-\x3b\x3d\x3f-\x5e\x60-\x7e]*$/.test(text)) return text
  return text
    .toWellFormed()
    .replaceAll('\0', '\ufffd')
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(
      /[^\t\n\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu,
      (c) => `_x${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
    )
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}

function columnName(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26))
  return column < 26 ? letter : columnName(Math.floor(column / 26) - 1) + letter
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const xmlHead = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

const contentTypes =
  '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">' +
  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>' +
  ['workbook:sheet.main', 'worksheets/sheet1:worksheet', 'styles:styles']
    .map((pair) => pair.split(':'))
    .map(
      ([part, type]) =>
        `<Override PartName="/xl/${part}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${type}+xml"/>`,
    )
    .join('') +
  '</Types>'

const styles =
  `<styleSheet xmlns="${main}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>` +
  '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5">' +
  [
    'numFmtId="0" fontId="0"',
    'numFmtId="164" fontId="0" applyNumberFormat="1"',
    'numFmtId="165" fontId="0" applyNumberFormat="1"',
    'numFmtId="49" fontId="0" quotePrefix="1"',
    'numFmtId="0" fontId="1" applyFont="1"',
  ]
    .map((xf) => `<xf ${xf} fillId="0" borderId="0" xfId="0"/>`)
    .join('') +
  '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'

function workbookXml(sheetName: string): string {
  const name = escapeText(sheetName.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31)).replaceAll('"', '&quot;')
  return `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="${name}" sheetId="1" r:id="rId1"/></sheets></workbook>`
}

function relationsOf(targets: readonly (readonly [string, string])[]): string {
  const list = targets.map(([type, target], i) => `<Relationship Id="rId${i + 1}" Type="${relations}/${type}" Target="${target}"/>`)
  return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${list.join('')}</Relationships>`
}
