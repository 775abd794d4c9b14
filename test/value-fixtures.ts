import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { encodeDayList } from '#modules/orders/domain/day-list.ts'
import type { OrderModel } from '#modules/value/domain/order-model.ts'
import { simulatePurchaseDays, simulateSpend } from '#modules/value/domain/simulation.ts'
import { seededRandom } from '#numerics/seeded-random.ts'

/** The folder of real data; tests that need a file of it skip with a reason where it is missing. */
const folder = join(process.env.PATRON_FIXTURES ?? '../shared', 'data')

export const hasFixture = (name: string): boolean => existsSync(join(folder, name))

/** Lines of a CSV without its header, each split at commas (quotes are kept away from the columns that are read). */
export function fixtureRows(name: string): string[][] {
  const bytes = readFileSync(join(folder, name))
  const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  return text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => (line.includes('"') ? splitQuoted(line) : line.split(',')))
}

function splitQuoted(line: string): string[] {
  const fields: string[] = []
  let field = ''
  let quoted = false
  for (const char of line) {
    if (char === '"') quoted = !quoted
    else if (char === ',' && !quoted) {
      fields.push(field)
      field = ''
    } else field += char
  }
  return [...fields, field]
}

/** Days since 1970 of an ISO date. */
export const dayOf = (date: string): number => Date.parse(date.slice(0, 10)) / 86_400_000

/** Day lists by customer, in order of first appearance. */
export function dayListsOf(
  rows: readonly { readonly customer: string; readonly day: number; readonly minor: number }[],
): Map<string, Uint8Array> {
  const customers = new Map<string, Map<number, { orders: number; minor: number }>>()
  for (const { customer, day, minor } of rows) {
    const days = customers.get(customer) ?? new Map()
    customers.set(customer, days)
    const sum = days.get(day) ?? { orders: 0, minor: 0 }
    days.set(day, { orders: sum.orders + 1, minor: sum.minor + minor })
  }
  return new Map([...customers].map(([customer, days]) => [customer, encodeDayList(recordsOf(days))]))
}

const recordsOf = (days: ReadonlyMap<number, { orders: number; minor: number }>) =>
  [...days]
    .sort(([a], [b]) => a - b)
    .map(([day, { orders, minor }]) => ({
      day,
      orders,
      revenueMinor: minor,
      discountMinor: 0,
      refundMinor: 0,
      discountedRevenueMinor: 0,
      costMinor: 0,
      costUnknownRevenueMinor: minor,
    }))

export const cdnowLists = (): Map<string, Uint8Array> =>
  dayListsOf(
    fixtureRows('cdnow_sample.csv').map(([, customer, date, , value]) => ({
      customer: customer!,
      day: dayOf(date!),
      minor: Math.round(Number(value) * 100),
    })),
  )

/** Day lists of customers simulated from a model over two years with gamma-gamma spend (6, 4, 15): always the same for the same model and number. */
export function simulatedLists(model: OrderModel, customers: number): Uint8Array[] {
  const random = seededRandom(11)
  const spend = { kind: 'gamma-gamma', p: 6, q: 4, gamma: 15 } as const
  return Array.from({ length: customers }, () =>
    encodeDayList(simulateSpend(random, spend, simulatePurchaseDays(random, model, 20_000 + random() * 200, 20_728, 7), 100)),
  )
}

/** Last day of the simulated histories. */
export const simulationEnd = 20_728

/** True where `found` is within a relative tolerance of `expected`. */
export const near = (found: number, expected: number, tolerance: number): boolean =>
  Math.abs(found - expected) <= tolerance * Math.max(Math.abs(expected), 1e-300)
