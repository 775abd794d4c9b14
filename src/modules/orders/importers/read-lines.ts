import type { WallClockOffset } from '#modules/organization/public.ts'
import type { ImportRow, ImportRows, StreamJob } from '#platform/imports/importer.ts'
import { isCurrencyCode, micro, microOf } from '../domain/amount.ts'
import { F, type Figure, type Line, newLine, setText, T, type Text } from './line-record.ts'
import { saysCancelled } from './order-fields.ts'

/** What lines are judged by. */
export interface LineRules {
  readonly job: StreamJob
  /** The organization's currency, and that of a file which does not name one. */
  readonly currency: string
  readonly fileCurrency: string
  readonly zone: WallClockOffset
  /** Whether a rate is known for a currency on a day (days since 1970-01-01). */
  hasRate(currency: string, day: number): boolean
}

/** Reads one row after the other into `line`; whether the row is good. */
export interface LineReader {
  readonly line: Line
  read(rows: ImportRows, index: number): boolean
}

const dayMilliseconds = 86_400_000
const amountFields = [
  'quantity',
  'unitPrice',
  'amount',
  'discount',
  'cost',
  'unitCost',
  'tax',
  'shippingCost',
  'fee',
  'orderDiscount',
] as const satisfies readonly Figure[]
const textFields: readonly (readonly [field: string, text: Text, limit: number])[] = [
  ['customer', 'customer', 200],
  ['orderNumber', 'number', 200],
  ['product', 'product', 200],
  ['productName', 'productName', 500],
  ['category', 'category', 200],
  ['channel', 'channel', 100],
  ['campaign', 'campaign', 200],
]

/**
 * Reads rows into one line that is used again for every row; its texts lie in the batch. `read` answers whether the row is good; if not it is rejected with its field and reason.
 * Cells in plain form (ASCII, a point for decimals, ISO days) are read from their bytes.
 */
export function lineReader(rules: LineRules): LineReader {
  const line = newLine()
  const values = line.figures
  const { job } = rules
  let columns: Columns | undefined
  /** The row that is being read: opened once, because opening it again forgets that it was rejected. */
  let row: ImportRow
  const mapped = { currency: job.has('currency'), status: job.has('status'), taxRate: job.has('taxRate'), tax: job.has('tax') }
  const named = job.has('customerName') || job.has('givenName') || job.has('familyName')
  const priceField = job.has('unitPrice') ? 'unitPrice' : 'amount'
  const taxPercent = job.options.taxPercent === '' ? Number.NaN : microOf(job.options.taxPercent ?? '')
  const taxed = job.options.tax === 'included'

  const read = (rows: ImportRows, index: number): boolean => {
    row = rows.row(index)
    if (row.rejected) return false
    columns ??= columnsOf(rows)
    line.line = row.line
    const { batch } = rows
    for (const { field, text, limit, column } of columns.texts) {
      const start = batch.start(index, column)
      const end = batch.end(index, column)
      if (isPlain(batch.buffer, start, end)) {
        line.bytes[text] = batch.buffer
        line.start[text] = start
        line.end[text] = end
      } else setText(line, text, row.text(field, limit) ?? '')
    }
    for (const { field, figure, column } of columns.amounts) values[figure] = amountOf(rows, index, field, column)
    if (!readDate(rows, index, columns.date)) return false
    if (mapped.status) line.cancelled = saysCancelled(row.text('status') ?? '')
    if (named) setText(line, T.customerName, nameOf(row.text('customerName', 250), row.text('givenName', 100), row.text('familyName', 100)))
    if (taxed) readTax()
    if (row.rejected) return false
    if (Number.isNaN(values[F.unitPrice]!) && Number.isNaN(values[F.amount]!) && !hasOrderAmounts()) {
      row.reject(priceField, 'amountMissing', 'The row has neither a unit price nor an amount')
      return false
    }
    if (lineSize() > largestLine) {
      row.reject(priceField, 'amountTooLarge', 'The amount of the row is larger than 100,000,000,000')
      return false
    }
    return knownCurrency()
  }

  const hasOrderAmounts = () =>
    !Number.isNaN(values[F.shippingCost]!) || !Number.isNaN(values[F.fee]!) || !Number.isNaN(values[F.orderDiscount]!)
  const lineSize = (): number => {
    const price = values[F.unitPrice]!
    if (Number.isNaN(price)) return Math.abs(values[F.amount]! || 0) / micro
    const quantity = values[F.quantity]!
    return Math.abs((price / micro) * (Number.isNaN(quantity) ? 1 : quantity / micro))
  }

  const readDate = (rows: ImportRows, index: number, column: number): boolean => {
    const wall = rows.batch.wallClock(index, column)
    if (wall >= firstInstant && wall < lastInstant) {
      line.day = Math.floor(wall / dayMilliseconds)
      values[F.placedAt] = wall === line.day * dayMilliseconds ? Number.NaN : wall - rules.zone.ofWall(wall)
      return true
    }
    if (row.rejected) return false
    const clock = row.moment('date')
    if (clock === null) {
      if (!row.rejected) row.reject('date', 'dateMissing', 'The row has no date')
      return false
    }
    const utc =
      clock.offset === undefined ? clock.milliseconds - rules.zone.ofWall(clock.milliseconds) : clock.milliseconds - clock.offset * 60_000
    const local = clock.offset === undefined ? clock.milliseconds : utc + rules.zone.ofUtc(utc)
    line.day = Math.floor(local / dayMilliseconds)
    values[F.placedAt] = local === line.day * dayMilliseconds ? Number.NaN : utc
    return true
  }

  const amountOf = (rows: ImportRows, index: number, field: Figure, column: number): number => {
    const { batch } = rows
    if (batch.isEmpty(index, column)) return Number.NaN
    const plain =
      rows.form.decimal === '.' || batch.kind(index, column) === 'number' ? batch.units(index, column, 6) : batch.int(index, column) * micro
    if (Number.isSafeInteger(plain)) return plain
    const text = row.rejected ? null : row.number(field)
    if (text === null) return Number.NaN
    const value = microOf(text)
    if (Number.isNaN(value)) row.reject(field, 'tooPrecise', `'${text}' has more than six decimal places or is too large`)
    return value
  }

  /** The tax that the amounts include, as an amount. */
  const readTax = (): void => {
    if (mapped.tax && !Number.isNaN(values[F.tax]!)) return
    values[F.tax] = Number.NaN
    let percent = taxPercent
    if (mapped.taxRate) {
      const text = row.rejected ? null : row.text('taxRate')?.replace(/\s*%$/, '')
      const value = text ? microOf(text.replace(',', '.')) : Number.NaN
      if (text && Number.isNaN(value)) row.reject('taxRate', 'notANumber', `'${text}' is not a tax rate`)
      // 0.19 and 19 both mean 19 %.
      if (!Number.isNaN(value)) percent = value > 0 && value < micro ? value * 100 : value
    }
    if (Number.isNaN(percent)) return
    const quantity = Number.isNaN(values[F.quantity]!) ? micro : values[F.quantity]!
    const price = values[F.unitPrice]!
    const gross = Number.isNaN(price)
      ? values[F.amount]!
      : (price * quantity) / micro - (quantity < 0 ? -1 : 1) * Math.abs(values[F.discount]! || 0)
    values[F.tax] = Math.round((gross * percent) / (100 * micro + percent))
  }

  const knownCurrency = (): boolean => {
    const written = mapped.currency ? (row.text('currency', 20) ?? '').toUpperCase() : ''
    const currency = written === '' ? rules.fileCurrency : written
    setText(line, T.currency, currency === rules.currency ? '' : currency)
    if (currency === rules.currency) return true
    if (!isCurrencyCode(currency)) row.reject('currency', 'unknownCurrency', `'${currency}' is not a currency code`)
    else if (!rules.hasRate(currency, line.day)) {
      const day = new Date(line.day * dayMilliseconds).toISOString().slice(0, 10)
      row.reject('currency', 'rateMissing', `There is no rate from ${currency} to ${rules.currency} for ${day}; import the day rates first`)
    }
    return !row.rejected
  }

  return { line, read }
}

interface Columns {
  readonly date: number
  readonly texts: readonly { readonly field: string; readonly text: number; readonly limit: number; readonly column: number }[]
  readonly amounts: readonly { readonly field: Figure; readonly figure: number; readonly column: number }[]
}

const columnsOf = (rows: ImportRows): Columns => ({
  date: rows.column('date'),
  texts: textFields
    .map(([field, text, limit]) => ({ field, text: T[text], limit, column: rows.column(field) }))
    .filter(({ column }) => column >= 0),
  amounts: amountFields.map((field) => ({ field, figure: F[field], column: rows.column(field) })).filter(({ column }) => column >= 0),
})

const nameOf = (whole: string | null, given: string | null, family: string | null): string =>
  whole ?? [given, family].filter((part) => part !== null).join(' ')

/** In units of a currency: sums of many such lines stay exact. */
const largestLine = 1e11
const firstInstant = Date.UTC(1900, 0, 1)
const lastInstant = Date.UTC(2200, 0, 1)

/** Printable ASCII without blanks at its ends, not longer than 60 letters, not beginning with an apostrophe, which may guard a formula: a text that needs no cleaning. */
function isPlain(bytes: Uint8Array, start: number, end: number): boolean {
  if (start === end) return true
  if (end - start > 60 || bytes[start] === 39 || bytes[start] === 32 || bytes[end - 1] === 32) return false
  for (let i = start; i < end; i++) if (bytes[i]! < 32 || bytes[i]! > 126) return false
  return true
}
