import { type DateSystem, timeText, wallClockOfSerial, wallClockText } from './calendar.ts'
import { columnLimit } from './csv-scan.ts'
import type { XmlHandlers } from './read-xml.ts'
import { cellKinds, growFields, type RowStore } from './row-batch.ts'
import { TabularError } from './tabular-error.ts'
import { type NumberMeaning, type SharedTexts, unescapeText } from './xlsx-parts.ts'

export type SheetContext = {
  readonly part: string
  readonly styles: readonly NumberMeaning[]
  readonly shared: SharedTexts
  readonly dateSystem: DateSystem
  /** A row has ended; `found` is its last filled column + 1, 0 for a row without values. */
  readonly onRow: (line: number, found: number) => void
}

export type SheetRows = {
  readonly handlers: XmlHandlers
  /** Bytes in use. */
  readonly bytes: () => number
  /** Forgets the complete rows and keeps the row that is being read. */
  readonly clear: () => void
  /** Forgets the row that has just been read. */
  readonly drop: () => void
}

const cellLimit = 1 << 20
const kindNumbers = Object.fromEntries(cellKinds.map((kind, number) => [kind, number])) as Record<(typeof cellKinds)[number], number>

/** Turns the elements of a worksheet into rows of the store. */
export function sheetRows(store: RowStore, context: SheetContext): SheetRows {
  let at = 0
  let line = 0
  let found = 0
  let column = -1
  let cellType = ''
  let cellStyle = 0
  let inValue = false
  let inPhonetic = false
  let value = ''

  const rowFields = (): number => store.fields - store.firstField[store.count]!

  const put = (bytes: number, kind: number): void => {
    if (store.fields === store.starts.length) growFields(store)
    store.starts[store.fields] = at
    at += bytes
    store.ends[store.fields] = at
    store.kinds![store.fields] = kind
    store.fields++
  }
  const reserve = (bytes: number): void => {
    if (at + bytes <= store.buffer.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(store.buffer.length * 2, at + bytes))
    larger.set(store.buffer.subarray(0, at))
    store.buffer = larger
  }
  /** Makes room for the cell's column; false where the row already has more columns than are read. */
  const place = (): boolean => {
    if (column < rowFields())
      throw new TabularError('damagedWorkbook', { part: context.part, detail: `cells of row ${line} are out of order` })
    found = column + 1
    if (column > columnLimit) return false
    while (rowFields() < column) put(0, kindNumbers.text)
    return true
  }
  const putText = (text: string, kind: number): void => {
    if (text === '' || !place()) return
    if (text.length > cellLimit) store.problems.set(store.count, { code: 'fieldTooLong', values: { field: column + 1, limit: cellLimit } })
    const kept = text.length > cellLimit ? text.slice(0, 200) : text
    reserve(kept.length * 3)
    put(store.buffer.write(kept, at), kind)
  }
  const putShared = (index: number): void => {
    const { bytes, offsets, count } = context.shared
    if (!(index >= 0 && index < count))
      throw new TabularError('damagedWorkbook', { part: context.part, detail: `row ${line} names a text that does not exist` })
    const start = offsets[index]!
    const length = offsets[index + 1]! - start
    if (length === 0 || !place()) return
    reserve(length)
    bytes.copy(store.buffer, at, start, start + length)
    put(length, kindNumbers.text)
  }
  const endCell = (): void => {
    if (value === '') return
    if (cellType === 's') putShared(Number(value))
    else if (cellType === 'inlineStr' || cellType === 'str') putText(unescapeText(value), kindNumbers.text)
    else if (cellType === 'b') putText(value.trim() === '1' || value.trim() === 'true' ? 'TRUE' : 'FALSE', kindNumbers.boolean)
    else if (cellType === 'e') putText(value, kindNumbers.error)
    else if (cellType === 'd') putText(value.trim().replace(/T00:00:00(\.0+)?$/, ''), kindNumbers.date)
    else {
      const [text, kind] = numberCell(value.trim(), context.styles[cellStyle] ?? 'number', context.dateSystem)
      putText(text, kindNumbers[kind])
    }
  }

  return {
    handlers: {
      open: (name, attributes) => {
        if (name === 'c') {
          column = attributes.r === undefined ? column + 1 : columnNumber(attributes.r, column + 1)
          cellType = attributes.t ?? 'n'
          cellStyle = Number(attributes.s ?? 0)
          value = ''
        } else if (name === 'v' || name === 't') inValue = !inPhonetic
        else if (name === 'rPh') inPhonetic = true
        else if (name === 'row') {
          const number = Number(attributes.r ?? line + 1)
          line = number > line && number < 1e9 ? number : line + 1
          found = 0
          column = -1
        }
      },
      text: (piece) => {
        if (inValue && value.length <= cellLimit) value += piece
      },
      close: (name) => {
        if (name === 'v' || name === 't') inValue = false
        else if (name === 'c') endCell()
        else if (name === 'rPh') inPhonetic = false
        else if (name === 'row') context.onRow(line, found)
      },
    },
    bytes: () => at,
    clear: () => {
      const firstField = store.firstField[store.count]!
      const from = firstField < store.fields ? store.starts[firstField]! : at
      store.buffer.copyWithin(0, from, at)
      for (let f = firstField; f < store.fields; f++) {
        store.starts[f - firstField] = store.starts[f]! - from
        store.ends[f - firstField] = store.ends[f]! - from
        store.kinds![f - firstField] = store.kinds![f]!
      }
      const problem = store.problems.get(store.count)
      store.problems.clear()
      if (problem) store.problems.set(0, problem)
      at -= from
      store.fields -= firstField
      store.count = 0
      store.firstField[0] = 0
      store.version++
    },
    drop: () => {
      const firstField = store.firstField[store.count]!
      if (firstField < store.fields) at = store.starts[firstField]!
      store.fields = firstField
      store.problems.delete(store.count)
    },
  }
}

/** The column of a reference such as `AB12`, from 0; `next` where the reference has no letters. */
function columnNumber(reference: string, next: number): number {
  let column = 0
  for (let i = 0; i < reference.length && i < 4; i++) {
    const letter = reference.charCodeAt(i) - 64
    if (letter < 1 || letter > 26) break
    column = column * 26 + letter
  }
  return column === 0 ? next : column - 1
}

function numberCell(text: string, meaning: NumberMeaning, system: DateSystem): readonly [string, 'text' | 'number' | 'date'] {
  const number = Number(text)
  if (text === '' || Number.isNaN(number)) return [text, 'text']
  if (meaning === 'time' && number >= 0 && number < 1) return [timeText(Math.round(number * 86_400) % 86_400), 'text']
  if (meaning !== 'number') {
    const clock = wallClockOfSerial(number, system)
    if (!Number.isNaN(clock)) return [wallClockText(clock), 'date']
  }
  return [plainNumber(text, number), 'number']
}

/** A number without exponent. Programs write binary fractions to 17 digits (2.5499999999999998); a spreadsheet shows, and a person means, 15 (2.55). */
function plainNumber(text: string, number: number): string {
  if (/^-?\d{1,15}$/.test(text)) return text
  const rounded = Number.isInteger(number) && Math.abs(number) < 1e21 ? number : Number(number.toPrecision(15))
  const shortest = String(rounded)
  const match = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(shortest)
  if (!match) return shortest
  const [, sign, head, tail = '', exponent] = match
  const shift = Number(exponent)
  if (shift < 0) return `${sign}0.${'0'.repeat(-shift - 1)}${head}${tail}`
  return `${sign}${head}${tail}${'0'.repeat(Math.max(shift - tail.length, 0))}`
}
