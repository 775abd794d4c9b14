import { type Random, seededRandom } from '#numerics/seeded-random.ts'
import type { SeedCompany, SeedLine } from './company.ts'
import { pick } from './names.ts'

/** What is promised and delivered for an order, under the headers of the orders template; empty where it is not known. */
export interface SeedDelivery {
  readonly promisedDay: string
  readonly deliveredDay: string
  readonly deliveryPlace: string
  readonly settlement: string
  readonly tradeTerms: string
  readonly payment: string
  readonly grade: string
  readonly deliveredGrade: string
  /** The code of the product of which one piece less came than was ordered; empty where nothing is missing. */
  readonly missing: string
}

export interface SeedFreight {
  readonly order: string
  readonly kind: 'damage' | 'loss' | 'deterioration' | 'handling'
  readonly day: string
  readonly note: string
}

export interface SeedDispute {
  readonly order: string
  readonly reason: 'price' | 'quantity' | 'discount' | 'twice'
  readonly note: string
  readonly outcome: 'upheld' | 'given-back' | null
}

export interface SeedDeliveries {
  readonly byOrder: ReadonlyMap<string, SeedDelivery>
  readonly freight: readonly SeedFreight[]
  readonly disputes: readonly SeedDispute[]
}

/**
 * How the demo company keeps what it promises: most of what it sends comes before or on the promised day, some comes late, a little is short, and of the last weeks a few parcels have not come at all. What is sold over
 * the counter is promised nobody. The same for the same seed and company, and drawn apart from it, so that the company is the same with and without.
 */
export function demoDeliveries(seed: number, company: Pick<SeedCompany, 'lines' | 'customers'>, today: string): SeedDeliveries {
  const random = seededRandom(seed + 2)
  const trade = new Set(company.customers.filter(({ kind }) => kind === 'company').map(({ id }) => id))
  const byOrder = new Map<string, SeedDelivery>()
  const freight: SeedFreight[] = []
  const disputes: SeedDispute[] = []
  for (const line of firstLines(company.lines)) {
    const isTrade = trade.has(line.customer)
    if (line.channel === 'shop' || random() > (isTrade ? 1 : 0.5)) continue
    const delivery = deliver(random, line, isTrade, today)
    byOrder.set(line.order, delivery)
    const recent = delivery.deliveredDay >= dayAfter(today, -120)
    if (recent && freight.length < mostOfAKind && random() < 0.03)
      freight.push({ order: line.order, ...pick(random, accidents), day: delivery.deliveredDay })
    if (recent && disputes.length < mostOfAKind && random() < 0.02) disputes.push({ order: line.order, ...pick(random, objections) })
  }
  return { byOrder, freight, disputes }
}

const mostOfAKind = 12

const accidents = [
  { kind: 'damage', note: 'Two tins dented, the carton was wet' },
  { kind: 'damage', note: 'The teapot arrived in pieces' },
  { kind: 'loss', note: 'One of two parcels is missing' },
  { kind: 'deterioration', note: 'The tea took on the smell of coffee' },
  { kind: 'handling', note: 'No padding in the box' },
] as const

const objections = [
  { reason: 'discount', note: 'The winter discount is missing', outcome: null },
  { reason: 'price', note: 'The old price list was agreed', outcome: 'upheld' },
  { reason: 'quantity', note: 'Billed for one more than came', outcome: 'given-back' },
  { reason: 'twice', note: 'The same parcel stands on two bills', outcome: null },
] as const

/** The first line of each order that sells something. */
function firstLines(lines: readonly SeedLine[]): SeedLine[] {
  const found = new Map<string, SeedLine>()
  for (const line of lines) if (line.quantity > 0 && !found.has(line.order)) found.set(line.order, line)
  return [...found.values()]
}

function deliver(random: Random, line: SeedLine, isTrade: boolean, today: string): SeedDelivery {
  const promisedDay = dayAfter(line.day, 2 + Math.floor(random() * (isTrade ? 6 : 3)))
  const kept = random()
  const days = kept < 0.3 ? -1 - Math.floor(random() * 2) : kept < 0.82 ? 0 : 1 + Math.floor(random() * 5)
  const came = dayAfter(promisedDay, Math.max(days, daysBetween(promisedDay, line.day)))
  // Of what was promised for the last weeks some has not come, without anybody having noticed.
  const lost = promisedDay > dayAfter(today, -25) && random() < 0.06
  const isShort = isTrade && line.quantity > 1 && random() < 0.05
  const isTea = line.product.code.startsWith('TEA')
  const grade = isTrade && isTea ? 'First flush' : ''
  return {
    promisedDay,
    deliveredDay: lost || came >= today ? '' : came,
    deliveryPlace: isTrade ? pick(random, ['Their warehouse', 'Shop entrance', 'Goods station']) : '',
    settlement: isTrade ? pick(random, ['Monthly account', '30 days after invoice']) : '',
    tradeTerms: isTrade ? pick(random, ['Free to door', 'Freight to be paid by the buyer']) : '',
    payment: pick(random, isTrade ? ['Transfer', 'Direct debit'] : ['Card', 'Card', 'PayPal', 'Alipay']),
    grade,
    deliveredGrade: grade === '' ? '' : random() < 0.04 ? 'Second flush' : grade,
    missing: isShort ? line.product.code : '',
  }
}

const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)
