import { beta, exponential, gamma, normal, poisson, type Random, seededRandom } from '#numerics/seeded-random.ts'
import { catalogue, type SeedProduct } from './catalogue.ts'
import { companyName, personName, pick } from './names.ts'

/** A customer of the fictional company, under the headers of the customers template. */
export interface SeedCustomer {
  readonly id: string
  readonly kind: 'person' | 'company'
  readonly name: string
  readonly givenName: string
  readonly familyName: string
  readonly email: string
  readonly phone: string
  readonly city: string
  readonly country: string
  readonly language: string
  readonly birthday: string
  readonly occupation: string
  readonly interests: string
  readonly tags: string
}

/** One line of an order. Amounts are in minor units; a negative quantity is goods that came back. */
export interface SeedLine {
  readonly order: string
  readonly customer: string
  readonly day: string
  readonly product: SeedProduct
  readonly quantity: number
  readonly discountMinor: number
  readonly channel: string
  readonly campaign: string
}

export interface SeedTouch {
  readonly customer: string
  readonly day: string
  readonly channel: 'phone' | 'mail' | 'chat' | 'visit'
  readonly stage: 'before' | 'during' | 'after'
  readonly minutes: number
  readonly summary: string
}

export interface SeedSpend {
  readonly campaign: string
  readonly segment: string
  readonly purpose: 'acquire' | 'retain'
  readonly firstDay: string
  readonly lastDay: string
  readonly amountMinor: number
}

export interface SeedCompany {
  readonly name: string
  readonly customers: readonly SeedCustomer[]
  readonly lines: readonly SeedLine[]
  readonly touches: readonly SeedTouch[]
  readonly spend: readonly SeedSpend[]
}

/** How a customer buys: how often, how long, how much, and what for. */
interface Habit {
  readonly perWeek: number
  readonly dropOut: number
  readonly basket: number
  readonly favourites: readonly SeedProduct[]
  readonly discount: number
  readonly troublePerOrder: number
}

const monthsOfHistory = 30
const weekDays = 7

/**
 * The demo company, the same for the same seed: `size` customers who bought over the thirty months before `today` (an ISO day), following the drop-out process
 * that the value models assume, with big accounts that demand much, a loyal middle, and many who came once.
 */
export function demoCompany(seed: number, size: number, today: string): SeedCompany {
  const random = seededRandom(seed)
  const last = epochDay(today) - 1
  const first = last - Math.round(monthsOfHistory * 30.44)
  const customers: SeedCustomer[] = []
  const lines: SeedLine[] = []
  const touches: SeedTouch[] = []
  for (let number = 1; number <= size; number++) {
    const kind = random() < 0.06 ? 'company' : 'person'
    const customer = makeCustomer(random, number, kind)
    customers.push(customer)
    const habit = kind === 'company' ? companyHabit(random) : personHabit(random)
    const joined = first + Math.floor((last - first) * random() ** 0.85)
    buy(random, customer, habit, joined, last, lines, touches)
  }
  return { name: 'Lantern Tea House', customers, lines, touches, spend: spending(first, last) }
}

function personHabit(random: Random): Habit {
  const keen = random() < 0.3
  return {
    perWeek: gamma(random, keen ? 2.2 : 0.7, keen ? 9 : 14),
    dropOut: beta(random, 0.9, keen ? 7 : 3),
    basket: keen ? 2.4 : 1.5,
    favourites: favourites(
      random,
      catalogue.filter((p) => p.category !== 'Supplies' && p.code !== 'GIFT-22'),
    ),
    discount: random() < 0.25 ? 0.15 : 0,
    troublePerOrder: 0.12,
  }
}

/** Companies buy much, at large discounts, and want to be looked after: the biggest are not the most profitable. */
function companyHabit(random: Random): Habit {
  const big = random() < 0.35
  return {
    perWeek: gamma(random, 3, big ? 6 : 14),
    dropOut: beta(random, 0.6, 14),
    basket: big ? 9 : 4,
    favourites: favourites(
      random,
      catalogue.filter((p) => ['Supplies', 'Gifts', 'Black tea', 'Ware'].includes(p.category)),
    ),
    discount: big ? 0.28 : 0.1,
    troublePerOrder: big ? 1.6 : 0.5,
  }
}

const favourites = (random: Random, from: readonly SeedProduct[]): SeedProduct[] => {
  const categories = [...new Set(from.map((p) => p.category))]
  const loved = [pick(random, categories), pick(random, categories)]
  const close = from.filter((p) => loved.includes(p.category))
  return [...close, ...close, pick(random, from)]
}

function buy(
  random: Random,
  customer: SeedCustomer,
  habit: Habit,
  joined: number,
  last: number,
  lines: SeedLine[],
  touches: SeedTouch[],
): void {
  let day = joined
  let orders = 0
  while (day <= last) {
    orders += 1
    placeOrder(random, customer, habit, day, orders, last, lines, touches)
    if (random() < habit.dropOut) return
    day += Math.max(1, Math.round((exponential(random, habit.perWeek * season(day)) as number) * weekDays))
  }
}

/** More is bought before the year ends. */
const season = (day: number): number => (['11', '12'].includes(isoDay(day).slice(5, 7)) ? 1.35 : 1)

function placeOrder(
  random: Random,
  customer: SeedCustomer,
  habit: Habit,
  day: number,
  n: number,
  last: number,
  lines: SeedLine[],
  touches: SeedTouch[],
): void {
  const order = `L${customer.id.slice(1)}-${String(n).padStart(3, '0')}`
  const promoted = random() < 0.18
  const discount = promoted ? Math.max(habit.discount, 0.2) : habit.discount
  const chosen = new Set<SeedProduct>()
  const count = 1 + poisson(random, habit.basket - 1 > 0 ? Math.min(4, habit.basket / 2) : 0.4)
  while (chosen.size < Math.min(count, 6))
    chosen.add(pick(random, habit.favourites.length > 1 && random() < 0.9 ? habit.favourites : catalogue))
  // Two things that go together, so that a look at what is bought together finds something.
  if ([...chosen].some((p) => p.code === 'WARE-12') && random() < 0.6) chosen.add(catalogue.find((p) => p.code === 'TEA-401')!)
  const channel = pick(random, ['web', 'web', 'shop', 'phone'])
  for (const product of chosen) {
    const quantity = Math.max(1, Math.round(habit.basket * Math.exp(0.35 * normal(random)) * (product.priceMinor > 5000 ? 0.5 : 1)))
    lines.push({
      order,
      customer: customer.id,
      day: isoDay(day),
      product,
      quantity,
      discountMinor: Math.round(product.priceMinor * quantity * discount),
      channel,
      campaign: promoted ? campaignOf(day) : '',
    })
  }
  if (random() < 0.045) refund(random, order, customer, day, last, [...chosen][0]!, lines)
  const trouble = poisson(random, habit.troublePerOrder)
  for (let i = 0; i < trouble; i++)
    touches.push(touch(random, customer, Math.min(last, day + Math.round(10 * (random() - 0.3))), habit.troublePerOrder > 1))
}

function refund(
  random: Random,
  order: string,
  customer: SeedCustomer,
  day: number,
  last: number,
  product: SeedProduct,
  lines: SeedLine[],
): void {
  const back = Math.min(last, day + 3 + Math.floor(random() * 12))
  lines.push({
    order: `C${order}`,
    customer: customer.id,
    day: isoDay(back),
    product,
    quantity: -1,
    discountMinor: 0,
    channel: 'web',
    campaign: '',
  })
}

const summaries = {
  before: ['Asked which tea suits mornings', 'Asked for a price list', 'Wanted to know the harvest date'],
  during: ['Changed the delivery address', 'Added a gift note', 'Asked when the parcel leaves'],
  after: ['Asked how to store the cake', 'Thanked for quick delivery', 'Reported a dented tin', 'Asked for an invoice copy'],
} as const

function touch(random: Random, customer: SeedCustomer, day: number, demanding: boolean): SeedTouch {
  const stage = pick(random, ['before', 'during', 'after', 'after'] as const)
  const channel = demanding && random() < 0.3 ? 'visit' : pick(random, ['phone', 'mail', 'chat'] as const)
  return {
    customer: customer.id,
    day: isoDay(day),
    channel,
    stage,
    minutes: channel === 'visit' ? 90 : 5 + Math.floor(random() * 20),
    summary: pick(random, summaries[stage]),
  }
}

function makeCustomer(random: Random, number: number, kind: 'person' | 'company'): SeedCustomer {
  const id = `D${String(number).padStart(5, '0')}`
  const who = kind === 'company' ? companyName(random, number) : personName(random)
  const known = random()
  const person = kind === 'person'
  return {
    id,
    kind,
    name: who.name,
    givenName: who.given,
    familyName: who.family,
    email: known < 0.9 ? `${id.toLowerCase()}@example.com` : '',
    phone: known < 0.6 ? `+1555${String(1_000_000 + number).slice(-7)}` : '',
    city: who.city,
    country: who.country,
    language: who.language,
    birthday:
      person && random() < 0.4
        ? `${1950 + Math.floor(random() * 52)}-${two(1 + Math.floor(random() * 12))}-${two(1 + Math.floor(random() * 28))}`
        : '',
    occupation: person && random() < 0.3 ? pick(random, ['Teacher', 'Engineer', 'Designer', 'Nurse', 'Student', 'Shop owner']) : '',
    interests: person && random() < 0.35 ? pick(random, ['Tasting', 'Ceramics', 'Travel', 'Cooking', 'Calligraphy']) : '',
    tags: kind === 'company' ? 'trade' : random() < 0.08 ? 'club' : '',
  }
}

const campaignOf = (day: number): string => (['11', '12', '01'].includes(isoDay(day).slice(5, 7)) ? 'Winter warmth' : 'Spring picking')

function spending(first: number, last: number): SeedSpend[] {
  const spend: SeedSpend[] = []
  for (let from = first; from <= last; from += 91) {
    const period = { firstDay: isoDay(from), lastDay: isoDay(Math.min(last, from + 90)) }
    const campaign = campaignOf(from)
    spend.push({ campaign, segment: 'new', purpose: 'acquire', ...period, amountMinor: 2_400_000 })
    spend.push({ campaign, segment: 'iron', purpose: 'retain', ...period, amountMinor: 180_000 })
    spend.push({ campaign, segment: 'gold', purpose: 'retain', ...period, amountMinor: 60_000 })
    spend.push({ campaign, segment: 'platinum', purpose: 'retain', ...period, amountMinor: 40_000 })
  }
  return spend
}

const two = (n: number): string => String(n).padStart(2, '0')
const epochDay = (iso: string): number => Math.floor(Date.parse(`${iso}T00:00:00Z`) / 86_400_000)
const isoDay = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10)
