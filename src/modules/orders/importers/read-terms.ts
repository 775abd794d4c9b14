import type { ImportRow, ImportRows, StreamJob } from '#platform/imports/importer.ts'
import { microOf, microText } from '../domain/amount.ts'
import { type Line, newLine, readRecord, setText, T, textOf } from './line-record.ts'
import type { LineReader } from './read-lines.ts'
import type { Spool, SpooledPart } from './spool.ts'
import { termFields } from './term-fields.ts'

/** What one row says of terms and deliveries; empty where it says nothing. In the order in which it is kept. */
export const rowFields = [
  'promisedDay',
  'deliveryPlace',
  'settlement',
  'tradeTerms',
  'paymentWay',
  'grade',
  'specification',
  'deliveredDay',
  'deliveredQuantity',
  'deliveredPlace',
  'deliveredGrade',
  'deliveredSpecification',
] as const
export type RowTerms = Readonly<Record<(typeof rowFields)[number], string>>

/** Whether a file says anything of terms. Where it does not, nothing of this file's work runs. */
export const saysTerms = (job: Pick<StreamJob, 'has'>): boolean => termFields.some(({ name }) => job.has(name))

/** A reader of lines that reads the row's terms too, and keeps them with the row's customer and its place in the file. A row whose terms cannot be read is rejected like one with any other cell that cannot. */
export function withTerms(reader: LineReader): LineReader & { keep(spool: Spool): void } {
  let said: RowTerms
  const own = newLine()
  /** The order whose rows come just now, and when it came: many programs write that on the first row of an order only. */
  let lastNumber = ''
  let lastDelivered = ''
  const read = (rows: ImportRows, index: number): boolean => {
    if (!reader.read(rows, index)) return false
    const row = rows.row(index)
    said = rowTerms(row)
    const number = textOf(reader.line, T.number)
    if (number === '' || number !== lastNumber) lastDelivered = ''
    lastNumber = number
    if (said.deliveredDay !== '') lastDelivered = said.deliveredDay
    if (Number(said.deliveredQuantity) > 0 && lastDelivered === '' && !row.rejected)
      row.reject('deliveredQuantity', 'deliveredDayMissing', 'The row says how much came, and no row before it of the same order says when')
    return !row.rejected
  }
  return {
    line: reader.line,
    read,
    keep(spool) {
      if (rowFields.every((field) => said[field] === '')) return
      own.group.set(reader.line.group)
      own.line = reader.line.line
      setText(own, T.customer, JSON.stringify(rowFields.map((field) => said[field])))
      spool.write(own)
    },
  }
}

/** The terms that the rows of a part say, by their places in the file. */
export function termsByLine(part: SpooledPart): ReadonlyMap<number, RowTerms> {
  const found = new Map<number, RowTerms>()
  const line: Line = newLine()
  for (const at of part.at) {
    readRecord(part, at, line)
    const values = JSON.parse(textOf(line, T.customer)) as readonly string[]
    found.set(line.line, Object.fromEntries(rowFields.map((field, i) => [field, values[i]!])) as RowTerms)
  }
  return found
}

function rowTerms(row: ImportRow): RowTerms {
  const text = (field: string, limit: number) => (row.rejected ? '' : (row.text(field, limit) ?? ''))
  const day = (field: string) => (row.rejected ? '' : (row.day(field) ?? ''))
  return {
    promisedDay: day('promisedDay'),
    deliveryPlace: text('deliveryPlace', 500),
    settlement: text('settlement', 200),
    tradeTerms: text('tradeTerms', 500),
    paymentWay: text('paymentWay', 100),
    grade: text('grade', 200),
    specification: text('specification', 1000),
    deliveredDay: day('deliveredDay'),
    deliveredQuantity: row.rejected ? '' : quantityOf(row),
    deliveredPlace: text('deliveredPlace', 500),
    deliveredGrade: text('deliveredGrade', 200),
    deliveredSpecification: text('deliveredSpecification', 1000),
  }
}

/** As many of the goods as can be ordered. */
const mostDelivered = 1e15

function quantityOf(row: ImportRow): string {
  const text = row.number('deliveredQuantity')
  if (text === null) return ''
  const value = microOf(text)
  if (Number.isNaN(value) || value >= mostDelivered)
    row.reject('deliveredQuantity', 'tooPrecise', `'${text}' has more than six decimal places or is too large`)
  else if (value < 0) row.reject('deliveredQuantity', 'deliveredNegative', 'Less than nothing cannot have come')
  else return microText(value)
  return ''
}
