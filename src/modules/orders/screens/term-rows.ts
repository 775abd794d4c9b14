import type { DeviationView, TermsView } from '../api/terms.ts'
import { type TermName, termNames } from '../domain/terms.ts'
import type { OrderDetail } from './order-page.tsx'

/** One term held against what came, in words. */
export interface TermRow {
  readonly key: string
  readonly term: TermName
  /** What the line is called; null for the order as a whole. */
  readonly line: string | null
  readonly promised: string | null
  readonly delivered: string | null
  readonly differences: readonly DeviationView[]
  /** Whether nothing more is awaited, so that what is equal is as promised. */
  readonly settled: boolean
}

interface Write {
  readonly day: (day: string) => string
  readonly decimal: (text: string) => string
}

/** The terms of an order of which anything was promised or came: the order's own first, then those of its lines. */
export function termRows(view: TermsView, order: OrderDetail, write: Write): TermRow[] {
  const settled = view.promise.deliveredDay !== null
  const found = (term: TermName, place: number | null) => view.deviations.filter((one) => one.term === term && one.place === place)
  const row = (term: TermName, place: number | null, promised: string | null, delivered: string | null): TermRow[] => {
    const differences = found(term, place)
    if (promised === null && delivered === null && differences.length === 0) return []
    const line = place === null ? null : (order.lines[place - 1]?.name ?? order.lines[place - 1]?.product ?? String(place))
    return [{ key: `${term} ${place ?? ''}`, term, line, promised, delivered, differences, settled }]
  }
  const decimal = (text: string | null | undefined) => (text ? write.decimal(text) : null)
  const day = (text: string | null) => (text === null ? null : write.day(text))
  const whole = termNames.flatMap((term) => {
    if (term === 'deliveryTime') return row(term, null, day(view.terms.promisedDay), day(view.promise.deliveredDay))
    if (term !== 'quantity') return row(term, null, view.terms[term], distinct(view.deliveries.map((delivery) => delivery[term])))
    // What the lines tell is not told again for the whole.
    const [deviation] = found(term, null)
    return view.terms.quantity === null && !deviation
      ? []
      : row(term, null, decimal(view.terms.quantity ?? deviation?.promised), decimal(view.delivered.quantity))
  })
  const lines = order.lines.flatMap(({ place, kind, quantity }) => {
    if (kind !== 'goods') return []
    const agreed = view.terms.lines.find((line) => line.place === place)
    const came = view.delivered.lines.find((line) => line.place === place)
    const parts = view.deliveries.flatMap((delivery) => delivery.lines.filter((line) => line.place === place))
    return [
      ...(agreed?.quantity || came ? row('quantity', place, decimal(agreed?.quantity ?? quantity), decimal(came?.quantity)) : []),
      ...row('grade', place, agreed?.grade ?? null, distinct(parts.map(({ grade }) => grade))),
      ...row('specification', place, agreed?.specification ?? null, distinct(parts.map(({ specification }) => specification))),
    ]
  })
  return [...whole, ...lines]
}

const distinct = (texts: readonly (string | null)[]): string | null => {
  const said = [...new Set(texts.filter((text) => text !== null))]
  return said.length === 0 ? null : said.join(' · ')
}
