import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { simulatePurchaseDays, simulateSpend } from '#modules/value/domain/simulation.ts'
import { type Random, seededRandom } from '#numerics/seeded-random.ts'
import { companyName, personName, pick } from '#seeds/names.ts'

/** What the simulated customers follow: BG/NBD in weeks, gamma-gamma in units of money. The values of the figures that other tools were measured with. */
export const truth = { r: 0.87, alpha: 4.2, a: 0.75, b: 7, p: 6, q: 4, gamma: 15 }
export type Truth = typeof truth

/** Days since 1970: three years up to 30 June 2025. */
export const lastDay = Date.UTC(2025, 5, 30) / 86_400_000
const span = 1085
const products = 400

/** The purchases of a simulated company in date order: place of the customer, day and amount of each, in columns. */
export interface Purchases {
  readonly count: number
  readonly customer: Uint32Array
  readonly day: Uint16Array
  readonly amountMinor: Uint32Array
  readonly product: Uint16Array
  /** The purchases in date order: places in the columns. */
  readonly order: Uint32Array
  readonly truth: Truth
}

/** Customers who bought as the models say; alpha is chosen so that they bought `ordersPerCustomer` times on average. */
export function simulate(customers: number, ordersPerCustomer: number, seed: number): Purchases {
  const parameters = { ...truth, alpha: alphaFor(ordersPerCustomer) }
  const random = seededRandom(seed)
  let room = Math.ceil(customers * ordersPerCustomer * 1.2) + 1000
  let [customer, day, amountMinor, product] = [new Uint32Array(room), new Uint16Array(room), new Uint32Array(room), new Uint16Array(room)]
  const perDay = new Uint32Array(lastDay + 2)
  let count = 0
  for (let i = 0; i < customers; i++) {
    const days = daysOf(random, parameters)
    if (count + days.length > room) {
      room *= 2
      customer = grown(customer, new Uint32Array(room))
      day = grown(day, new Uint16Array(room))
      amountMinor = grown(amountMinor, new Uint32Array(room))
      product = grown(product, new Uint16Array(room))
    }
    for (const purchase of simulateSpend(random, { kind: 'gamma-gamma', ...parameters }, days, 100)) {
      customer[count] = i
      day[count] = purchase.day
      amountMinor[count] = purchase.revenueMinor
      // Few products sell much and many sell little.
      product[count] = Math.floor(products * random() ** 2.5)
      perDay[purchase.day + 1]!++
      count++
    }
  }
  for (let d = 1; d < perDay.length; d++) perDay[d] = perDay[d]! + perDay[d - 1]!
  const order = new Uint32Array(count)
  for (let i = 0; i < count; i++) order[perDay[day[i]!]!++] = i
  return { count, customer, day, amountMinor, product, order, truth: parameters }
}

function grown<T extends Uint32Array | Uint16Array>(values: T, larger: T): T {
  larger.set(values)
  return larger
}

const daysOf = (random: Random, parameters: Truth): number[] =>
  simulatePurchaseDays(random, { kind: 'bg-nbd', ...parameters }, lastDay - span + random() * span * 0.95, lastDay, 7)

/** By bisection on four thousand customers who draw the same numbers every time. */
function alphaFor(ordersPerCustomer: number): number {
  let [low, high] = [0.05, 500]
  for (let round = 0; round < 30; round++) {
    const alpha = Math.sqrt(low * high)
    let orders = 0
    for (let i = 0; i < 4000; i++) orders += daysOf(seededRandom(i), { ...truth, alpha }).length
    if (orders > 4000 * ordersPerCustomer) low = alpha
    else high = alpha
  }
  return Math.round(Math.sqrt(low * high) * 1000) / 1000
}

export const customerKey = (place: number): string => `CUS-${String(place + 1).padStart(10, '0')}`

/** Orders as a shop exports them: text ids, one line each, in date order. */
export function writeOrders(path: string, purchases: Purchases): Promise<void> {
  const dates = dateTexts()
  return writeLines(path, 'order_number,customer_id,order_date,product_code,amount', purchases.count, (i) => {
    const at = purchases.order[i]!
    const product = `SKU-${String(purchases.product[at]! + 1).padStart(4, '0')}`
    return `ORD-${String(i + 1).padStart(10, '0')},${customerKey(purchases.customer[at]!)},${dates(purchases.day[at]!)},${product},${money(purchases.amountMinor[at]!)}`
  })
}

/** The same rows with numbers for keys, for the reference. */
export function writeBareOrders(path: string, purchases: Purchases): Promise<void> {
  const dates = dateTexts()
  return writeLines(path, null, purchases.count, (i) => {
    const at = purchases.order[i]!
    return `${i + 1},${purchases.customer[at]! + 1},${dates(purchases.day[at]!)},${purchases.product[at]! + 1},${purchases.amountMinor[at]!}`
  })
}

/** Orders of the day after: `count` of them, of customers drawn by chance. */
export function writeNextDay(path: string, customers: number, count: number, seed: number): Promise<void> {
  const random = seededRandom(seed + 1)
  const day = dateTexts()(lastDay + 1)
  return writeLines(path, 'order_number,customer_id,order_date,product_code,amount', count, (i) => {
    const customer = customerKey(Math.floor(random() * customers))
    return `NEW-${String(i + 1).padStart(10, '0')},${customer},${day},SKU-${String(1 + Math.floor(random() * products)).padStart(4, '0')},${money(500 + Math.floor(random() * 9000))}`
  })
}

const tags = ['vip', 'newsletter', 'wholesale', 'complaint', 'birthday-club'] as const

/** The archive of the same customers, with names in three scripts. */
export function writeCustomers(path: string, customers: number, seed: number): Promise<void> {
  const random = seededRandom(seed + 2)
  return writeLines(path, 'id,kind,name,given_name,family_name,email,phone,city,country,language,tags', customers, (i) => {
    const company = random() < 0.06
    const name = company ? companyName(random, i + 1) : personName(random)
    const mail = random() < 0.7 ? `c${i + 1}@example.com` : ''
    const phone = random() < 0.5 ? `+44 20 ${String(10_000_000 + Math.floor(random() * 89_999_999))}` : ''
    const tag = random() < 0.1 ? pick(random, tags) : ''
    return [
      customerKey(i),
      company ? 'company' : 'person',
      name.name,
      name.given,
      name.family,
      mail,
      phone,
      name.city,
      name.country,
      name.language,
      tag,
    ].join(',')
  })
}

const money = (minor: number): string => `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`

/** ISO dates by day, made once each. */
function dateTexts(): (day: number) => string {
  const known: string[] = []
  return (day) => (known[day] ??= new Date(day * 86_400_000).toISOString().slice(0, 10))
}

async function writeLines(path: string, header: string | null, count: number, line: (i: number) => string): Promise<void> {
  const out = createWriteStream(path)
  let text = header === null ? '' : `${header}\n`
  for (let i = 0; i < count; i++) {
    text += line(i)
    text += '\n'
    if (text.length < 1 << 18) continue
    if (!out.write(text)) await once(out, 'drain')
    text = ''
  }
  out.end(text)
  await once(out, 'close')
}
