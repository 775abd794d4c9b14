import type { StreamJob } from '#platform/imports/importer.ts'
import { micro, minorPlaces } from '../domain/amount.ts'
import { largestTotal, totalTooLarge } from '../domain/day-list.ts'
import { sizeOfSums } from '../domain/order.ts'
import type { LoadOrder } from './apply-part.ts'
import { F, type Line, lineOfRecord, T, textOf } from './line-record.ts'
import { arrange, orderIds } from './part.ts'
import type { ReadFile } from './read-file.ts'
import type { SpooledPart } from './spool.ts'

export interface SizeRules {
  /** The organization's currency. */
  readonly currency: string
  /** The decimal text of the rate of a currency on a day; asked for other currencies than the organization's. */
  rate(currency: string, day: number): string | undefined
}

/** What all rows with a customer come to at most, without costs that only the catalogue knows. Only where that is beyond what one customer may have are customers looked at one by one. */
export function sizeOfAll(rules: SizeRules): { add(line: Line): void; mayBeTooLarge(): boolean } {
  let size = 0
  return {
    add(line) {
      const rate = line.end[T.currency] === line.start[T.currency] ? 1 : Number(rules.rate(textOf(line, T.currency), line.day))
      size += sizeOf(line.figures) * rate
    },
    // A row counts as revenue, as sold at a discount and as of unknown cost; the rest of the four is for rounding.
    mayBeTooLarge: () => ((4 * size) / micro) * 10 ** minorPlaces(rules.currency) > largestTotal,
  }
}

const once = [F.amount, F.discount, F.cost, F.tax, F.shippingCost, F.fee, F.orderDiscount] as const

/** In millionths of the row's currency. */
function sizeOf(figures: Float64Array): number {
  let size = 0
  for (const figure of once) size += Math.abs(figures[figure]! || 0)
  const quantity = Number.isNaN(figures[F.quantity]!) ? 1 : figures[F.quantity]! / micro
  return size + Math.abs(quantity * (figures[F.unitPrice]! || 0)) + Math.abs(quantity * (figures[F.unitCost]! || 0))
}

/** The file without the orders of customers whose orders in it come to more than sums can hold exactly: all their rows are rejected. What a customer has already is not added here. */
export async function withoutTooLarge(job: StreamJob, file: ReadFile, load: LoadOrder): Promise<ReadFile> {
  if (!file.mayBeTooLarge) return file
  const ids = orderIds(job.source)
  const lines = new Set<number>()
  for (let part = 0; part < file.parts; part++) {
    const arranged = arrange(file.lookAtCustomers(part), ids, file.unusable)
    const { firstOrder, firstRow, rows, spooled } = arranged
    for (let customer = 0; customer < arranged.customers; customer++) {
      let total = 0
      for (let order = firstOrder[customer]!; order < firstOrder[customer + 1]!; order++) total += sizeOfSums(load(arranged, order).sums)
      if (total <= largestTotal) continue
      for (let row = firstRow[firstOrder[customer]!]!; row < firstRow[firstOrder[customer + 1]!]!; row++)
        lines.add(lineOfRecord(spooled, rows[row]!))
    }
  }
  if (lines.size === 0) return file
  const field = job.has('unitPrice') ? 'unitPrice' : 'amount'
  await job.silently().read((rows) => {
    for (let i = 0; i < rows.batch.count; i++)
      if (lines.has(rows.batch.line(i))) job.reject(rows, i, { field, reason: 'totalTooLarge', detail: totalTooLarge })
  })
  return { ...file, lines: file.lines - lines.size, customerLines: (part, room) => without(file.customerLines(part, room), lines) }
}

function without(part: SpooledPart, lines: ReadonlySet<number>): SpooledPart {
  const at = part.at.filter((place) => !lines.has(lineOfRecord(part, place)))
  return { ...part, at, count: at.length }
}
