import { quantityText } from './draft.ts'
import type { Line } from './lines.ts'
import { daysBetween } from './promise.ts'
import { type Delivery, deliveredOn, type LineTerms, type TermName, type Terms } from './terms.ts'

/** One thing that was delivered otherwise than promised. */
export interface Deviation {
  readonly term: TermName
  /** The place of the order's line that it is about, from 1; null for the order as a whole. */
  readonly place: number | null
  /** As it was written: a decimal text, a day, or words. */
  readonly promised: string
  /** Null: nothing has come. */
  readonly delivered: string | null
  readonly difference: Difference | null
}

/** What is missing counts negative, and so do days before the promised one. Of words there is no difference in figures. */
export type Difference = { readonly unit: 'quantity'; readonly quantity: string } | { readonly unit: 'days'; readonly days: number }

/** The terms of an order with the quantities that its own lines promise where no others were agreed: goods that are sold, each line's quantity. */
export function termsWithOrdered(terms: Terms, lines: readonly Line[]): Terms {
  const agreed = new Map(terms.lines.map((line) => [line.place, line]))
  const ordered = lines.flatMap((line, i): LineTerms[] => {
    const place = i + 1
    const said = agreed.get(place)
    const own = line.kind === 'goods' && line.quantityMicro > 0 ? quantityText(line) : null
    if (!said && own === null) return []
    return [{ place, grade: null, specification: null, ...said, quantity: said?.quantity ?? own }]
  })
  return { ...terms, lines: ordered }
}

/**
 * How what came differs from what was promised, on the day `today`: term by term, the order's own first, then line by line. Golden: promised 100 for 1 March, 95 came on 3 March: quantity −5, delivery time +2 days.
 *
 * Only what both sides speak of is held against each other. Quantities are those of all deliveries together; they fall short once nothing more follows or the promised day is past, and may be too many at any time. The
 * time is that of the last delivery; while something is awaited after the promised day, the days that have passed since. Words differ where they still do without case, width and spaces.
 */
export function deviationsOf(terms: Terms, deliveries: readonly Delivery[], today: string): Deviation[] {
  const came = deliveredOn(deliveries)
  const overdue = came === null && terms.promisedDay !== null && terms.promisedDay < today
  const settled = came !== null || overdue
  const byLine = terms.lines.flatMap((line) => lineDeviations(line, deliveries, settled))
  return [
    ...orderQuantity(terms, deliveries, settled, byLine),
    ...words(
      'grade',
      null,
      terms.grade,
      deliveries.map(({ grade }) => grade),
    ),
    ...words(
      'specification',
      null,
      terms.specification,
      deliveries.map(({ specification }) => specification),
    ),
    ...time(terms.promisedDay, came, overdue ? today : null),
    ...words(
      'deliveryPlace',
      null,
      terms.deliveryPlace,
      deliveries.map(({ deliveryPlace }) => deliveryPlace),
    ),
    ...words(
      'settlement',
      null,
      terms.settlement,
      deliveries.map(({ settlement }) => settlement),
    ),
    ...words(
      'tradeTerms',
      null,
      terms.tradeTerms,
      deliveries.map(({ tradeTerms }) => tradeTerms),
    ),
    ...byLine,
  ]
}

/** What came of an order altogether, and of each of its lines; null where no delivery says. */
export function quantitiesDelivered(deliveries: readonly Delivery[]): {
  readonly whole: string | null
  readonly lines: ReadonlyMap<number, string>
} {
  const lines = new Map<number, bigint>()
  let whole: bigint | null = null
  for (const delivery of deliveries) {
    const own = delivery.quantity ?? sumOfLines(delivery)
    if (own !== null) whole = (whole ?? 0n) + microBig(own)
    for (const { place, quantity } of delivery.lines) if (quantity !== null) lines.set(place, (lines.get(place) ?? 0n) + microBig(quantity))
  }
  return { whole: whole === null ? null : bigText(whole), lines: new Map([...lines].map(([place, sum]) => [place, bigText(sum)])) }
}

function sumOfLines({ lines }: Delivery): string | null {
  const said = lines.flatMap(({ quantity }) => (quantity === null ? [] : [microBig(quantity)]))
  return said.length === 0 ? null : bigText(said.reduce((a, b) => a + b, 0n))
}

/** Of the whole order: what was agreed for the whole, or where a delivery counts the whole, what the lines order together. What the lines tell already is not told twice. */
function orderQuantity(terms: Terms, deliveries: readonly Delivery[], settled: boolean, byLine: readonly Deviation[]): Deviation[] {
  const ordered = terms.lines.flatMap(({ quantity }) => (quantity === null ? [] : [microBig(quantity)]))
  const counted = deliveries.some(({ quantity }) => quantity !== null)
  const promised =
    terms.quantity !== null ? microBig(terms.quantity) : counted && ordered.length > 0 ? ordered.reduce((a, b) => a + b, 0n) : null
  const { whole } = quantitiesDelivered(deliveries)
  if (promised === null || whole === null) return []
  const found = quantity(null, promised, microBig(whole), settled)
  const told = byLine.reduce((sum, { difference }) => (difference?.unit === 'quantity' ? sum + microBig(difference.quantity) : sum), 0n)
  const isTold = found[0]?.difference?.unit === 'quantity' && microBig(found[0].difference.quantity) === told
  return isTold ? [] : found
}

function lineDeviations(line: LineTerms, deliveries: readonly Delivery[], settled: boolean): Deviation[] {
  const parts = deliveries.flatMap(({ lines }) => lines.filter(({ place }) => place === line.place))
  const counted = parts.flatMap((part) => (part.quantity === null ? [] : [microBig(part.quantity)]))
  const came = counted.reduce((a, b) => a + b, 0n)
  return [
    ...(line.quantity === null || counted.length === 0 ? [] : quantity(line.place, microBig(line.quantity), came, settled)),
    ...words(
      'grade',
      line.place,
      line.grade,
      parts.map(({ grade }) => grade),
    ),
    ...words(
      'specification',
      line.place,
      line.specification,
      parts.map(({ specification }) => specification),
    ),
  ]
}

function quantity(place: number | null, promised: bigint, came: bigint, settled: boolean): Deviation[] {
  const more = came - promised
  if (more === 0n || (more < 0n && !settled)) return []
  const difference = { unit: 'quantity', quantity: bigText(more) } as const
  return [{ term: 'quantity', place, promised: bigText(promised), delivered: bigText(came), difference }]
}

function time(promised: string | null, came: string | null, waitedUntil: string | null): Deviation[] {
  const until = came ?? waitedUntil
  if (promised === null || until === null || until === promised) return []
  return [
    { term: 'deliveryTime', place: null, promised, delivered: came, difference: { unit: 'days', days: daysBetween(promised, until) } },
  ]
}

/** Each way in which it was delivered otherwise, once. */
function words(term: TermName, place: number | null, promised: string | null, said: readonly (string | null)[]): Deviation[] {
  if (promised === null) return []
  const others = new Map<string, string>()
  for (const delivered of said)
    if (delivered !== null && plain(delivered) !== plain(promised) && !others.has(plain(delivered))) others.set(plain(delivered), delivered)
  return [...others.values()].map((delivered) => ({ term, place, promised, delivered, difference: null }))
}

const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, '')

/** Millionths of a decimal text, exactly, however many deliveries are added up. */
function microBig(text: string): bigint {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.')
  const size = BigInt(whole + fraction.padEnd(6, '0').slice(0, 6))
  return text.startsWith('-') ? -size : size
}

function bigText(value: bigint): string {
  const size = value < 0n ? -value : value
  const fraction = String(size % 1_000_000n)
    .padStart(6, '0')
    .replace(/0+$/, '')
  return `${value < 0n ? '-' : ''}${size / 1_000_000n}${fraction && `.${fraction}`}`
}
