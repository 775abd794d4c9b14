import type { ImportRows, StreamJob } from '#platform/imports/importer.ts'
import { isCurrencyCode, micro, microOf } from '../domain/amount.ts'
import type { WallClockOffset } from '../domain/wall-clock.ts'
import { saysCancelled } from './order-fields.ts'
import { emptyLine, type Figure, type SpooledLine, type Text } from './spool.ts'

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
] as const
const limits: readonly (readonly [string, Text, number])[] = [
  ['customer', 'customer', 200],
  ['orderNumber', 'number', 200],
  ['product', 'product', 200],
  ['productName', 'productName', 500],
  ['category', 'category', 200],
  ['channel', 'channel', 100],
  ['campaign', 'campaign', 200],
]

/**
 * Reads rows into one line object that is used again for every row. `read` answers whether the row is good; if not it is rejected with its field and reason. Cells in plain
 * form (ASCII, a point for decimals, ISO days) are read without making more than the texts that are kept.
 */
export function lineReader(rules: LineRules): { readonly line: SpooledLine; read(rows: ImportRows, index: number): boolean } {
  const line = emptyLine()
  const { job } = rules
  const mapped = {
    amounts: amountFields.filter((field) => job.has(field)),
    texts: limits.filter(([field]) => job.has(field)),
    currency: job.has('currency'),
    status: job.has('status'),
    taxRate: job.has('taxRate'),
    names: job.has('customerName') || job.has('givenName') || job.has('familyName'),
  }
  const priced = job.has('unitPrice') || job.has('amount')
  const taxPercent = job.options.taxPercent === '' ? Number.NaN : microOf(job.options.taxPercent ?? '')
  const taxed = job.options.tax === 'included'

  const read = (rows: ImportRows, index: number): boolean => {
    const row = rows.row(index)
    if (row.rejected) return false
    line.line = row.line
    for (const [field, text, limit] of mapped.texts) line[text] = plainText(rows, index, field) ?? row.text(field, limit) ?? ''
    for (const field of mapped.amounts) line[field] = amountOf(rows, index, field)
    if (!readDate(rows, index)) return false
    if (mapped.currency) line.currency = (row.text('currency', 20) ?? '').toUpperCase()
    if (mapped.status) line.cancelled = saysCancelled(row.text('status') ?? '')
    if (mapped.names) {
      const [given, family] = [row.text('givenName', 100), row.text('familyName', 100)]
      line.customerName = row.text('customerName', 250) ?? [given, family].filter((part) => part !== null).join(' ')
    }
    if (taxed) readTax(rows, index)
    if (row.rejected) return false
    if (!priced || (Number.isNaN(line.unitPrice) && Number.isNaN(line.amount))) {
      if (Number.isNaN(line.shippingCost) && Number.isNaN(line.fee) && Number.isNaN(line.orderDiscount)) {
        row.reject(job.has('unitPrice') ? 'unitPrice' : 'amount', 'amountMissing', 'The row has neither a unit price nor an amount')
        return false
      }
    }
    if (lineSize() > largestLine) {
      row.reject(
        Number.isNaN(line.unitPrice) ? 'amount' : 'unitPrice',
        'amountTooLarge',
        'The amount of the row is larger than 100,000,000,000',
      )
      return false
    }
    return knownCurrency(rows, index)
  }

  const lineSize = (): number =>
    Math.abs(
      Number.isNaN(line.unitPrice) ? line.amount || 0 : (line.unitPrice / micro) * (Number.isNaN(line.quantity) ? micro : line.quantity),
    ) / micro

  const readDate = (rows: ImportRows, index: number): boolean => {
    const column = rows.column('date')
    const wall = rows.batch.wallClock(index, column)
    if (wall >= firstInstant && wall < lastInstant) {
      line.day = Math.floor(wall / dayMilliseconds)
      line.placedAt = wall === line.day * dayMilliseconds ? Number.NaN : wall - rules.zone.ofWall(wall)
      return true
    }
    const row = rows.row(index)
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
    line.placedAt = local === line.day * dayMilliseconds ? Number.NaN : utc
    return true
  }

  const amountOf = (rows: ImportRows, index: number, field: Figure): number => {
    const column = rows.column(field)
    const { batch } = rows
    if (batch.isEmpty(index, column)) return Number.NaN
    const plain =
      rows.form.decimal === '.' || batch.kind(index, column) === 'number' ? batch.units(index, column, 6) : batch.int(index, column) * micro
    if (Number.isSafeInteger(plain)) return plain
    const row = rows.row(index)
    const text = row.rejected ? null : row.number(field)
    if (text === null) return Number.NaN
    const value = microOf(text)
    if (Number.isNaN(value)) row.reject(field, 'tooPrecise', `'${text}' has more than six decimal places or is too large`)
    return value
  }

  /** The tax that the amounts include, as an amount. */
  const readTax = (rows: ImportRows, index: number): void => {
    if (job.has('tax') && !Number.isNaN(line.tax)) return
    line.tax = Number.NaN
    let percent = taxPercent
    if (mapped.taxRate) {
      const row = rows.row(index)
      const text = row.rejected ? null : row.text('taxRate')?.replace(/\s*%$/, '')
      const value = text ? microOf(text.replace(',', '.')) : Number.NaN
      if (text && Number.isNaN(value)) row.reject('taxRate', 'notANumber', `'${text}' is not a tax rate`)
      // 0.19 and 19 both mean 19 %.
      if (!Number.isNaN(value)) percent = value > 0 && value < micro ? value * 100 : value
    }
    if (Number.isNaN(percent)) return
    const gross = Number.isNaN(line.unitPrice)
      ? line.amount
      : (line.unitPrice * (Number.isNaN(line.quantity) ? micro : line.quantity)) / micro -
        sign(line.quantity) * Math.abs(line.discount || 0)
    line.tax = Math.round((gross * percent) / (100 * micro + percent))
  }

  const knownCurrency = (rows: ImportRows, index: number): boolean => {
    const currency = line.currency === '' ? rules.fileCurrency : line.currency
    if (currency === rules.currency) {
      line.currency = ''
      return true
    }
    line.currency = currency
    const row = rows.row(index)
    if (!isCurrencyCode(currency)) row.reject('currency', 'unknownCurrency', `'${currency}' is not a currency code`)
    else if (!rules.hasRate(currency, line.day))
      row.reject(
        'currency',
        'rateMissing',
        `There is no rate from ${currency} to ${rules.currency} for ${new Date(line.day * dayMilliseconds).toISOString().slice(0, 10)}; import the day rates first`,
      )
    return !row.rejected
  }

  return { line, read }
}

/** In units of a currency: sums of many such lines stay exact. */
const largestLine = 1e11

const sign = (quantity: number) => (quantity < 0 ? -1 : 1)
const firstInstant = Date.UTC(1900, 0, 1)
const lastInstant = Date.UTC(2200, 0, 1)

/** The text of a cell that needs no cleaning: printable ASCII without blanks at its ends, not longer than 60 letters; undefined for all others. */
function plainText(rows: ImportRows, index: number, field: string): string | undefined {
  const column = rows.column(field)
  const { batch } = rows
  const start = batch.start(index, column)
  const end = batch.end(index, column)
  if (start === end) return ''
  if (end - start > 60) return undefined
  const { buffer } = batch
  // 39: an apostrophe may guard a formula. 32: blanks at the ends are cut off.
  if (buffer[start] === 39 || buffer[start] === 32 || buffer[end - 1] === 32) return undefined
  for (let i = start; i < end; i++) if (buffer[i]! < 32 || buffer[i]! > 126) return undefined
  return batch.text(index, column)
}
