import { organizationProfile, readSetting, wallClockOffset } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { derivedId } from '#platform/identifier.ts'
import { packId } from '#platform/packed-id.ts'
import { type FieldProblem, refuse } from '#platform/refusal.ts'
import { daysSinceEpoch } from '#platform/tabular/calendar.ts'
import type { BatchOrder, LineInput, OrderInput } from '../api.ts'
import { isCurrencyCode, minorPlaces, rateOf } from '../domain/amount.ts'
import { totalTooLarge } from '../domain/day-list.ts'
import { type DraftLine, linesOfDraft } from '../domain/draft.ts'
import { encodeLines, type Line } from '../domain/lines.ts'
import { type Catalogue, fingerprint, type OrderContent, sumsAreExact, sumsOf } from '../domain/order.ts'
import { readCatalogueOf } from '../store/catalogue.ts'
import type { PreparedOrder } from '../store/copy-orders.ts'
import { ratesOn } from '../store/rates.ts'

/** What orders are reckoned with. */
export interface Reckoning {
  readonly currency: string
  readonly timeZone: string
  readonly catalogue: Catalogue
  /** Decimal text by currency and day, `CUR YYYY-MM-DD`. */
  readonly rates: ReadonlyMap<string, string>
}

/** What an order is reckoned by, as far as it says it. */
type Reckoned = Partial<Pick<OrderInput, 'day' | 'placedAt' | 'currency'>> & {
  readonly lines: readonly { readonly product?: string | null | undefined }[]
}

/** All that some orders need, in a few statements however many they are. */
export async function reckoningFor(context: Context, orders: readonly Reckoned[]): Promise<Reckoning> {
  const { currency, timeZone } = await readSetting(context.db, organizationProfile)
  const products = orders.flatMap((order) => order.lines.flatMap((line) => line.product ?? []))
  const foreign = orders.flatMap((order) =>
    (order.currency ?? currency) === currency ? [] : [{ currency: order.currency!, day: dayOf(dayNumberOf(context, timeZone, order)) }],
  )
  return {
    currency,
    timeZone,
    catalogue: await readCatalogueOf(context.db, currency, [...new Set(products)]),
    rates: await ratesOn(context.db, foreign),
  }
}

/** An order's content with its day, rate and lines settled; refuses what cannot be, naming the fields under `at`. */
export function contentOf(
  context: Context,
  reckoning: Reckoning,
  input: OrderInput | BatchOrder,
  at = '',
): { head: Omit<OrderContent, 'lines'>; lines: Line[] } {
  const { currency, timeZone } = reckoning
  const placedAt = input.placedAt?.getTime() ?? null
  const day = dayNumberOf(context, timeZone, input)
  const foreign = (input.currency ?? currency) === currency ? null : input.currency!
  const problems: FieldProblem[] = []
  const complain = (field: string, reason: string, detail: string) => problems.push({ field: `${at}${field}`, reason, detail })
  if (foreign !== null && !isCurrencyCode(foreign)) complain('currency', 'unknown-currency', `${foreign} is not the code of a currency`)
  const rate = foreign === null ? null : (reckoning.rates.get(`${foreign} ${dayOf(day)}`) ?? null)
  if (foreign !== null && rate === null && problems.length === 0)
    complain(
      'currency',
      'rate-missing',
      `There is no rate from ${foreign} to ${currency} for ${dayOf(day)}; enter it among the day rates first`,
    )
  const { lines, problems: found } = linesOfDraft(input.lines.map(draftOf), minorPlaces(currency), rate === null ? null : rateOf(rate))
  for (const problem of found) complain(`lines.${problem.line}.${problem.field}`, problem.reason, problem.detail)
  if (problems.length > 0) throw refuse('invalid', problems[0]!.reason, problems[0]!.detail, { fields: problems })
  const cancelled = 'cancelled' in input && (input.cancelled ?? false)
  return {
    head: { day, placedAt, cancelled, currency: foreign, rate, channel: input.channel ?? null, campaign: input.campaign ?? null },
    lines,
  }
}

const draftOf = (line: LineInput): DraftLine => ({
  kind: line.kind ?? 'goods',
  product: line.product ?? null,
  name: line.name ?? null,
  quantity: line.quantity ?? '1',
  unitPrice: line.unitPrice ?? null,
  amount: line.amount ?? null,
  discount: line.discount ?? null,
  cost: line.cost ?? null,
})

export function preparedOrder(
  reckoning: Reckoning,
  order: {
    customerId: string
    id: string
    sourceId: number
    number: string | null
    refundOf: string | null
    byHand: boolean
    fingerprint?: number
  },
  head: Omit<OrderContent, 'lines'>,
  lines: readonly Line[],
): PreparedOrder {
  const encoded = encodeLines(lines)
  const sums = sumsOf(lines, head.cancelled, reckoning.catalogue)
  if (!sumsAreExact(sums)) throw refuse('invalid', 'total-too-large', totalTooLarge)
  return {
    customer: packId(order.customerId),
    id: packId(order.id),
    sourceId: order.sourceId,
    number: order.number,
    refundOf: order.refundOf,
    content: head,
    lines: encoded,
    sums,
    fingerprint: order.fingerprint ?? (order.byHand ? 0 : fingerprint({ ...head, lines })),
  }
}

/** An order that a source calls by a number has the id that an import would give it. */
export const orderIdOf = (source: string, number: string): string => derivedId('order', source, number)

/** The day as the order says it, else the day of its moment, else today. */
function dayNumberOf(context: Context, timeZone: string, order: Pick<Reckoned, 'day' | 'placedAt'>): number {
  if (order.day !== undefined) return dayNumber(order.day)
  const placedAt = order.placedAt?.getTime()
  return placedAt === undefined ? today(context, timeZone) : Math.floor((placedAt + wallClockOffset(timeZone).ofUtc(placedAt)) / 86_400_000)
}

export const today = (context: Context, timeZone: string): number =>
  Math.floor((context.now.getTime() + wallClockOffset(timeZone).ofUtc(context.now.getTime())) / 86_400_000)

export const dayNumber = (text: string): number =>
  daysSinceEpoch(Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8, 10)))
export const dayOf = (days: number): string => new Date(days * 86_400_000).toISOString().slice(0, 10)
