import { type DayVisitor, visitDays } from '#modules/orders/domain/day-list.ts'
import type { BackTestSample } from './back-test.ts'
import { type BackTestPlan, planBackTest } from './back-test-plan.ts'
import { addPurchaseDay, emptyPurchaseHistory, type PurchaseHistory } from './purchase-history.ts'
import { type Tier, type TierOverride, tierCode } from './tiers.ts'
import type { ValuationSettings } from './valuation-settings.ts'

/** What a valuation knows of a customer besides the day list. */
export interface CustomerFacts {
  /** Minor units over the profit window. */
  costToServe: number
  formerTier: Tier | null
  override: TierOverride | null
  /** Worth keeping whatever the profit (C-10). */
  strategic: boolean
  /** False: profiling is switched off for this person; no forecast and no scores are made, and the customer takes no part in any fit. */
  profiling: boolean
}

export const plainFacts: Readonly<CustomerFacts> = { costToServe: 0, formerTier: null, override: null, strategic: false, profiling: true }

/** Everything a valuation needs of its customers, one place per customer in each array. About 150 bytes a customer. */
export interface ValuationBook {
  readonly settings: ValuationSettings
  readonly capacity: number
  customers: number
  /** As of the as-of day. */
  readonly history: PurchaseHistory
  /** Up to the calibration end; the same object where that is the as-of day. */
  readonly calibration: PurchaseHistory
  readonly backTest: (BackTestSample & { readonly plan: BackTestPlan; readonly stride: number }) | null
  /** Orders up to the as-of day. */
  readonly orders: Int32Array
  /** Purchase days and their value in the RFM window. */
  readonly windowDays: Int32Array
  readonly windowValue: Float64Array
  /** Sums over the profit window, minor units. */
  readonly revenue: Float64Array
  readonly refunds: Float64Array
  readonly discounts: Float64Array
  readonly discountedRevenue: Float64Array
  readonly knownCost: Float64Array
  readonly unknownCostRevenue: Float64Array
  readonly costToServe: Float64Array
  readonly formerTier: Uint8Array
  readonly overrideTier: Uint8Array
  readonly overrideUntilDay: Int32Array
  readonly strategic: Uint8Array
  readonly profiling: Uint8Array
}

/**
 * An empty book for at most `capacity` customers. `firstDay` is the oldest day with an order in the whole history, from which the back-test is planned; null leaves
 * the back-test out, as for rescoring a few customers.
 */
export function openBook(settings: ValuationSettings, capacity: number, firstDay: number | null): ValuationBook {
  const history = emptyPurchaseHistory(capacity, settings.asOfDay, settings.unit)
  const calibrationEnd = settings.calibrationEndDay ?? settings.asOfDay
  const plan = firstDay === null ? null : planBackTest(firstDay, settings.historyEndDay ?? settings.asOfDay, settings.calibrationEndDay)
  return {
    settings,
    capacity,
    customers: 0,
    history,
    calibration: calibrationEnd === settings.asOfDay ? history : emptyPurchaseHistory(capacity, calibrationEnd, settings.unit),
    backTest: plan && openBackTest(plan, settings, capacity),
    orders: new Int32Array(capacity),
    windowDays: new Int32Array(capacity),
    windowValue: new Float64Array(capacity),
    revenue: new Float64Array(capacity),
    refunds: new Float64Array(capacity),
    discounts: new Float64Array(capacity),
    discountedRevenue: new Float64Array(capacity),
    knownCost: new Float64Array(capacity),
    unknownCostRevenue: new Float64Array(capacity),
    costToServe: new Float64Array(capacity),
    formerTier: new Uint8Array(capacity),
    overrideTier: new Uint8Array(capacity),
    overrideUntilDay: new Int32Array(capacity),
    strategic: new Uint8Array(capacity),
    profiling: new Uint8Array(capacity),
  }
}

function openBackTest(plan: BackTestPlan, settings: ValuationSettings, capacity: number) {
  const stride = Math.max(1, Math.ceil(capacity / settings.backTestSample))
  const places = Math.ceil(capacity / stride)
  return {
    plan,
    stride,
    calibration: emptyPurchaseHistory(places, plan.calibrationEndDay, settings.unit),
    holdoutDays: plan.endDay - plan.calibrationEndDay,
    holdoutOrders: new Int32Array(places),
    stepDays: plan.stepDays,
    ordersByStep: new Float64Array(plan.steps),
  }
}

/** A book in which all its customers have their places already: without orders, and nothing known of them. */
export function bookOfAll(settings: ValuationSettings, customers: number, firstDay: number | null): ValuationBook {
  const book = openBook(settings, customers, firstDay)
  book.customers = customers
  book.profiling.fill(1)
  return book
}

/** Adds a day list as the next customer of the book; returns the customer's place. */
export function addCustomer(book: ValuationBook, bytes: Uint8Array, facts: Readonly<CustomerFacts>): number {
  if (book.customers >= book.capacity) throw new RangeError(`valuation: the book holds no more than ${book.capacity} customers`)
  const i = book.customers++
  book.costToServe[i] = facts.costToServe
  book.formerTier[i] = tierCode(facts.formerTier)
  book.overrideTier[i] = tierCode(facts.override?.tier ?? null)
  book.overrideUntilDay[i] = facts.override?.untilDay ?? 0
  book.strategic[i] = facts.strategic ? 1 : 0
  book.profiling[i] = facts.profiling ? 1 : 0
  addDays(book, i, bytes)
  return i
}

/**
 * Reads the day list in bytes[from … to) into the place of customer i, of whom `profiling` is known by then and no list was read before; `also` hears each day, too. Makes no objects.
 */
export function addDays(book: ValuationBook, i: number, bytes: Uint8Array, from = 0, to = bytes.length, also: DayVisitor = nobody): void {
  reading.also = also
  reading.book = book
  reading.customer = i
  reading.forecast = book.profiling[i] === 1
  reading.rfmFrom = windowStart(book.settings.asOfDay, book.settings.rfm.windowDays)
  reading.profitFrom = windowStart(book.settings.asOfDay, book.settings.profitWindowDays)
  visitDays(bytes, readDay, from, to)
  // Nothing here keeps the book of a valuation that is over.
  reading.book = null
  reading.also = nobody
}

const windowStart = (asOfDay: number, days: number | null): number => (days === null ? Number.NEGATIVE_INFINITY : asOfDay - days + 1)

const nobody: DayVisitor = () => {}

/** The customer that `readDay` is adding to. */
const reading: {
  book: ValuationBook | null
  also: DayVisitor
  customer: number
  forecast: boolean
  rfmFrom: number
  profitFrom: number
} = {
  book: null,
  also: nobody,
  customer: 0,
  forecast: true,
  rfmFrom: 0,
  profitFrom: 0,
}

function readDay(
  day: number,
  orders: number,
  revenue: number,
  discount: number,
  refund: number,
  discountedRevenue: number,
  cost: number,
  unknownCostRevenue: number,
): void {
  const book = reading.book!
  const i = reading.customer
  const value = revenue - discount
  reading.also(day, orders, revenue, discount, refund, discountedRevenue, cost, unknownCostRevenue)
  if (orders > 0) {
    addPurchaseDay(book.history, i, day, orders, value)
    if (reading.forecast) {
      if (book.calibration !== book.history) addPurchaseDay(book.calibration, i, day, orders, value)
      if (book.backTest && i % book.backTest.stride === 0) addBackTestDay(book.backTest, i / book.backTest.stride, day, orders, value)
    }
  }
  if (day > book.settings.asOfDay) return
  if (orders > 0) book.orders[i] = book.orders[i]! + orders
  if (orders > 0 && day >= reading.rfmFrom) {
    book.windowDays[i] = book.windowDays[i]! + 1
    book.windowValue[i] = book.windowValue[i]! + value
  }
  if (day < reading.profitFrom) return
  book.revenue[i] = book.revenue[i]! + revenue
  book.discounts[i] = book.discounts[i]! + discount
  book.refunds[i] = book.refunds[i]! + refund
  book.discountedRevenue[i] = book.discountedRevenue[i]! + discountedRevenue
  book.knownCost[i] = book.knownCost[i]! + cost
  book.unknownCostRevenue[i] = book.unknownCostRevenue[i]! + unknownCostRevenue
}

function addBackTestDay(test: NonNullable<ValuationBook['backTest']>, place: number, day: number, orders: number, value: number): void {
  addPurchaseDay(test.calibration, place, day, orders, value)
  const after = day - test.plan.calibrationEndDay
  if (after <= 0 || day > test.plan.endDay || test.calibration.purchaseDays[place] === 0) return
  test.holdoutOrders[place] = test.holdoutOrders[place]! + 1
  const step = Math.floor((after - 1) / test.stepDays)
  test.ordersByStep[step] = test.ordersByStep[step]! + 1
}
