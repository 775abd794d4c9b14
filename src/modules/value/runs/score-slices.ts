import { setImmediate as breath } from 'node:timers/promises'
import type { BookColumns } from '#modules/customers/public.ts'
import type { ValuationBasis } from '../domain/valuation.ts'
import { scorer } from '../domain/valuation-score.ts'
import { bookColumns, columnsRoom, type ValuedBook } from './book-columns.ts'

const sliceCustomers = 25_000

/**
 * Scores everybody, some at a time, and hands each slice on as columns of the book: whoever takes them in has the database server write while the next ones are scored. Draws breath before each slice, so that a
 * process that also serves pages goes on serving them. A slice is good until the next one is asked for; the figures are whole when the last one has been taken.
 */
export async function* scoreSlices(
  valued: ValuedBook,
  basis: ValuationBasis,
  progress: (done: number) => Promise<void>,
): AsyncGenerator<BookColumns> {
  const { book, figures } = valued
  const score = scorer(book, basis, figures)
  const room = columnsRoom(Math.min(sliceCustomers, book.customers))
  for (let from = 0; from < book.customers; from += sliceCustomers) {
    await progress(from)
    await breath()
    const to = Math.min(book.customers, from + sliceCustomers)
    score(from, to)
    yield bookColumns(valued, from, to, room)
  }
}
