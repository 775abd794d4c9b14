import type { Random } from '#numerics/seeded-random.ts'
import type { SeedCompany, SeedCustomer, SeedLine } from '../company.ts'
import type { SeedDelivery } from '../deliveries.ts'

/** An order with the day from which on its customer could complain of it. */
export interface ToldOrder {
  readonly line: SeedLine
  readonly customer: SeedCustomer
  readonly day: string
  readonly isLate: boolean
}

/** The demo's orders as something to complain of. Each customer is drawn once, so that nobody has the same trouble twice by chance. */
export interface OrderBook {
  /** An order about which a customer could complain so between two days; null where nobody is left. */
  draw(matter: string | null, from: string, to: string): ToldOrder | null
  /** The late orders of whoever was served late most often. */
  lateAgain(): readonly ToldOrder[]
}

const matterFits: Readonly<Record<string, (order: ToldOrder) => boolean>> = {
  'contract/delivery-time': ({ isLate }) => isLate,
  'freight/damage': ({ line }) => ['Ware', 'Gifts', 'Supplies'].includes(line.product.category),
  'freight/packing-handling': ({ line }) => line.product.category === 'Ware',
  'freight/deterioration': ({ line }) => line.product.category === 'Dark tea',
  'product-quality/defect': ({ line }) => line.product.code === 'WARE-12' || line.product.code === 'WARE-11',
  'product-quality/failure': ({ line }) => ['WARE-15', 'SUB-32'].includes(line.product.code),
  'product-quality/out-of-tolerance': ({ line }) => line.product.code === 'TEA-401',
  'product-quality/specification-mismatch': ({ line }) => line.product.code === 'TEA-101',
}
/** What only trade customers have agreed on. */
const trade = ['contract/grade', 'contract/specification', 'contract/delivery-place', 'contract/trade-terms', 'contract/settlement']

export function orderBook(
  random: Random,
  company: Pick<SeedCompany, 'customers' | 'lines'>,
  deliveries: ReadonlyMap<string, SeedDelivery>,
): OrderBook {
  const orders = toldOrders(company, deliveries)
  const byDay = Map.groupBy(orders, ({ day }) => day)
  const drawn = new Set<string>()
  return {
    draw(matter, from, to) {
      const isTrade = matter !== null && trade.includes(matter)
      const open = daysBetween(from, to)
        .flatMap((day) => byDay.get(day) ?? [])
        .filter(({ customer }) => !drawn.has(customer.id) && (!isTrade || customer.kind === 'company'))
      const fitting = open.filter((matter !== null && matterFits[matter]) || (() => true))
      const those = fitting.length > 0 ? fitting : open
      const found = those[Math.floor(random() * those.length)] ?? null
      if (found) drawn.add(found.customer.id)
      return found
    },
    lateAgain() {
      const late = Map.groupBy(
        orders.filter(({ isLate }) => isLate),
        ({ customer }) => customer.id,
      )
      const [found = []] = [...late.values()].toSorted((a, b) => b.length - a.length || (a[0]!.customer.id < b[0]!.customer.id ? -1 : 1))
      for (const { customer } of found) drawn.add(customer.id)
      return found.toSorted((a, b) => (a.day < b.day ? -1 : 1))
    },
  }
}

function daysBetween(from: string, to: string): readonly string[] {
  const length = Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1
  return Array.from({ length }, (_, i) => new Date(Date.parse(from) + i * 86_400_000).toISOString().slice(0, 10))
}

function toldOrders(
  { customers, lines }: Pick<SeedCompany, 'customers' | 'lines'>,
  deliveries: ReadonlyMap<string, SeedDelivery>,
): readonly ToldOrder[] {
  const byId = new Map(customers.map((customer) => [customer.id, customer]))
  const first = new Map<string, SeedLine>()
  for (const line of lines) if (line.quantity > 0 && !first.has(line.order)) first.set(line.order, line)
  return [...first.values()].map((line) => {
    const { promisedDay = '', deliveredDay = '' } = deliveries.get(line.order) ?? {}
    const day = [line.day, deliveredDay === '' ? promisedDay : deliveredDay].toSorted().at(-1)!
    return { line, customer: byId.get(line.customer)!, day, isLate: promisedDay !== '' && deliveredDay > promisedDay }
  })
}
