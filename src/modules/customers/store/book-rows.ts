import type { BinaryRows } from '#platform/database/binary-copy.ts'
import { type BookColumns, noCode, noDay } from '../domain/book.ts'
import { bookColumns } from './book-shape.ts'

/** Writes figures as rows of the book, for COPY into the columns of book-shape.ts. */
export async function fillBookRows(rows: BinaryRows, slices: AsyncIterable<BookColumns> | Iterable<BookColumns>): Promise<void> {
  for await (const columns of slices) {
    const valuedOn = Date.parse(columns.valuedOn) / 86_400_000
    for (let i = 0; i < columns.count; i++) {
      writeRow(rows, columns, i, valuedOn)
      if (rows.full) await rows.flush()
    }
  }
}

function writeRow(rows: BinaryRows, columns: BookColumns, i: number, valuedOn: number): void {
  rows.row(bookColumns.length)
  rows.uuid(columns.ids, i * 16)
  rows.int8(columns.revenueMinor[i]!)
  rows.int8(columns.profitMinor[i]!)
  rows.int8(columns.lifetimeValueMinor[i]!)
  if (Number.isNaN(columns.expectedSpendMinor[i]!)) rows.null()
  else rows.int8(columns.expectedSpendMinor[i]!)
  // No single writer wrote it.
  rows.int8(0)
  rows.int4(columns.orders[i]!)
  day(rows, columns.firstOrderDay[i]!)
  day(rows, columns.lastOrderDay[i]!)
  rows.day(valuedOn)
  real(rows, columns.probabilityAlive[i]!)
  real(rows, columns.probabilityOrdering[i]!)
  real(rows, columns.expectedOrders[i]!)
  rows.int2(columns.tier[i]!)
  rows.int2(columns.valueLabel[i]!)
  rows.int2(columns.activity[i]!)
  code(rows, columns.recencyScore[i]!)
  code(rows, columns.frequencyScore[i]!)
  code(rows, columns.monetaryScore[i]!)
  code(rows, columns.segment[i]!)
}

/** PostgreSQL keeps '-infinity' as the smallest int4, which the shift of epochs must not touch. */
const day = (rows: BinaryRows, value: number) => (value === noDay ? rows.int4(noDay) : rows.day(value))
const real = (rows: BinaryRows, value: number) => (Number.isNaN(value) ? rows.null() : rows.float4(value))
const code = (rows: BinaryRows, value: number) => (value === noCode ? rows.null() : rows.int2(value))
