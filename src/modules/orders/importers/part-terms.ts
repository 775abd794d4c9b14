import { derivedId } from '#platform/identifier.ts'
import { unpackId } from '#platform/packed-id.ts'
import { hash53 } from '../domain/order.ts'
import { type Delivery, type LineTerms, noTerms, saidLines, type Terms } from '../domain/terms.ts'
import type { SaidOfOrder } from '../store/import-terms.ts'
import { packedCustomer, packedOrder } from './apply-part.ts'
import { F, lineOfRecord, newLine, readRecord } from './line-record.ts'
import type { ArrangedPart } from './part.ts'
import type { RowTerms } from './read-terms.ts'

/** What the rows of a part say of the terms and deliveries of their orders; orders of which no row says anything are missing. */
export function termsOfPart(part: ArrangedPart, byLine: ReadonlyMap<number, RowTerms>): SaidOfOrder[] {
  const said: SaidOfOrder[] = []
  if (byLine.size === 0) return said
  for (let order = 0; order < part.orders; order++) {
    const rows = saidRows(part, order, byLine)
    if (rows.length === 0) continue
    const orderId = unpackId(packedOrder(part, order))
    const terms = termsOf(rows)
    const deliveries = deliveriesOf(rows)
    const bytes = Buffer.from(JSON.stringify([terms, deliveries]))
    said.push({
      customerId: unpackId(packedCustomer(part, order)),
      orderId,
      terms,
      deliveries: deliveries.map((delivery) => ({ ...delivery, id: derivedId('order-delivery', orderId, delivery.day) })),
      fingerprint: hash53(bytes, 0, bytes.length) || 1,
    })
  }
  return said
}

interface SaidRow {
  readonly terms: RowTerms
  /** The place of the row's line in its order; null where the row makes none. */
  readonly place: number | null
}

const line = newLine()

/** The rows of an order that say something, with the places that their lines have in it: a row makes a line where it has a price or an amount, and one that is cancelled only where all are. */
function saidRows(part: ArrangedPart, order: number, byLine: ReadonlyMap<number, RowTerms>): SaidRow[] {
  const from = part.firstRow[order]!
  const to = part.firstRow[order + 1]!
  const found: SaidRow[] = []
  let saying = false
  for (let row = from; row < to; row++) saying ||= byLine.has(lineOfRecord(part.spooled, part.rows[row]!))
  if (!saying) return found
  let allCancelled = true
  for (let row = from; row < to; row++) {
    readRecord(part.spooled, part.rows[row]!, line)
    allCancelled &&= line.cancelled
  }
  let place = 0
  for (let row = from; row < to; row++) {
    readRecord(part.spooled, part.rows[row]!, line)
    const priced = !Number.isNaN(line.figures[F.unitPrice]!) || !Number.isNaN(line.figures[F.amount]!)
    const makesLine = priced && (allCancelled || !line.cancelled)
    if (makesLine) place++
    const terms = byLine.get(line.line)
    if (terms) found.push({ terms, place: makesLine ? place : null })
  }
  return found
}

const said = (text: string): string | null => (text === '' ? null : text)

function termsOf(rows: readonly SaidRow[]): Terms {
  const first = (field: keyof RowTerms) => said(rows.find(({ terms }) => terms[field] !== '')?.terms[field] ?? '')
  return {
    ...noTerms,
    promisedDay: first('promisedDay'),
    deliveryPlace: first('deliveryPlace'),
    settlement: first('settlement'),
    tradeTerms: first('tradeTerms'),
    payment: first('paymentWay'),
    lines: saidLines(
      rows.flatMap(({ terms: { grade, specification }, place }) =>
        place === null ? [] : [{ place, quantity: null, grade: said(grade), specification: said(specification) }],
      ),
    ),
  }
}

/** One delivery for each day; a row that says what came and not when belongs to the day that was said last, or first. */
function deliveriesOf(rows: readonly SaidRow[]): Delivery[] {
  const first = rows.find(({ terms }) => terms.deliveredDay !== '')?.terms.deliveredDay
  if (first === undefined) return []
  const days = new Map<string, { place: string | null; lines: LineTerms[] }>()
  let day = first
  for (const { terms, place } of rows) {
    if (terms.deliveredDay !== '') day = terms.deliveredDay
    const came = days.get(day) ?? { place: null, lines: [] }
    came.place ??= said(terms.deliveredPlace)
    const { deliveredQuantity: quantity, deliveredGrade: grade, deliveredSpecification: specification } = terms
    if (place !== null) came.lines.push({ place, quantity: said(quantity), grade: said(grade), specification: said(specification) })
    days.set(day, came)
  }
  const last = [...days.keys()].toSorted().at(-1)
  const { quantity, grade, specification, settlement, tradeTerms } = noTerms
  return [...days]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([of, { place, lines }]) => ({
      day: of,
      moreFollows: of !== last,
      quantity,
      grade,
      specification,
      deliveryPlace: place,
      settlement,
      tradeTerms,
      lines: saidLines(lines),
    }))
}
