import { dayOfDays } from '../tabular/calendar.ts'
import { parseDate, type WallClock } from '../tabular/cell-date.ts'
import { decimalText, parseDecimal } from '../tabular/cell-decimal.ts'
import { type Parsed, parseEmail, parseFlag, parsePhone, trimCell } from '../tabular/cells.ts'
import { unguardText } from '../tabular/guard-text.ts'
import { createRowStore, type RowBatch, viewOf } from '../tabular/row-batch.ts'
import { rowProblemSentence } from '../tabular/tabular-error.ts'
import type { CellForm, ImportRow, ImportRows, Reject } from './importer.ts'
import { cellSentence } from './reject-sentences.ts'

export type OnReject = (rows: ImportRows, index: number, reject: Omit<Reject, 'line'>) => void

/** The batches of a file behind a mapping. One object serves all batches and all rows. */
export function mappedRows(columns: Readonly<Record<string, number>>, form: CellForm, onReject: OnReject): (batch: RowBatch) => ImportRows {
  const places = new Map(Object.entries(columns))
  let current: RowBatch
  let index = 0
  const column = (field: string) => places.get(field) ?? -1
  const reject = (field: string | null, reason: string, detail: string) => {
    if (row.rejected) return
    row.rejected = true
    onReject(rows, index, { field, reason, detail })
  }
  const cell = (field: string): string => {
    const at = column(field)
    return at < 0 ? '' : current.text(index, at)
  }
  const read = <T>(field: string, parse: (text: string) => Parsed<T>): T | null => {
    const text = cell(field)
    if (trimCell(text) === '') return null
    const parsed = parse(text)
    if (parsed.ok) return parsed.value
    reject(field, parsed.problem.code, cellSentence(parsed.problem))
    return null
  }
  const moment = (field: string): WallClock | null =>
    read(field, (text) => parseDate(text, formOfDates(current, index, column(field), form)))
  // Without getters, which the engine would have to look up anew for every row.
  const row: Changing<ImportRow> = {
    line: 0,
    rejected: false,
    has: (field) => places.has(field),
    text(field, limit = 1000) {
      const text = unguardText(trimCell(cell(field)))
      if (text === '') return null
      if (text.length <= limit) return text.normalize('NFC')
      reject(field, 'tooLong', `The text is longer than ${limit} characters`)
      return null
    },
    number(field) {
      const value = read(field, (text) => parseDecimal(text, current.kind(index, column(field)) === 'number' ? '.' : form.decimal))
      return value === null ? null : decimalText(value)
    },
    moment,
    day(field) {
      const clock = moment(field)
      return clock && dayText(Math.floor(clock.milliseconds / 86_400_000))
    },
    flag: (field) => read(field, parseFlag),
    email: (field) => read(field, parseEmail),
    phone: (field) => read(field, parsePhone),
    reject,
  }
  const rows: Changing<ImportRows> = {
    batch: noRows,
    form,
    column,
    row(i) {
      index = i
      row.line = current.line(i)
      row.rejected = false
      const problem = current.problem(i)
      if (problem) reject(null, problem.code, rowProblemSentence(problem, row.line))
      return row
    },
  }
  return (batch) => {
    current = batch
    rows.batch = batch
    return rows
  }
}

type Changing<T> = { -readonly [K in keyof T]: T[K] }
const noRows = viewOf(createRowStore(0, 0))

/** Workbooks give real dates in one fixed form, and bare numbers as serials of their own date system. */
export const formOfDates = (batch: RowBatch, row: number, column: number, form: CellForm): CellForm['dates'] =>
  column >= 0 && batch.kind(row, column) === 'date' ? { order: 'yearFirst', digits: 'calendar' } : form.dates

export function dayText(days: number): string {
  const { year, month, day } = dayOfDays(days)
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}
