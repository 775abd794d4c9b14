/**
 * The model part of a valuation alone, on the book of the given database: grouping, fitting BG/NBD and gamma-gamma, predicting every customer's lifetime value.
 * Then customers simulated so finely in time that days merge almost nothing: their fits must find the truth. Started by the bench; prints one line of JSON.
 */
import { readDayLists, visitDays } from '#modules/orders/public.ts'
import { fitBgNbd } from '#modules/value/domain/bg-nbd.ts'
import { prospectMemory } from '#modules/value/domain/lifetime-value.ts'
import { probabilityAlive } from '#modules/value/domain/order-model.ts'
import { groupPurchases } from '#modules/value/domain/purchase-groups.ts'
import {
  addPurchaseDay,
  ageDaysOf,
  emptyPurchaseHistory,
  frequencyOf,
  monetaryOf,
  type PurchaseHistory,
  recencyDaysOf,
} from '#modules/value/domain/purchase-history.ts'
import { simulatePurchaseDays, simulateSpend } from '#modules/value/domain/simulation.ts'
import { expectedSpend, fitSpend } from '#modules/value/domain/spend-model.ts'
import { seededRandom } from '#numerics/seeded-random.ts'
import { connect, withTransaction } from '#platform/database/connection.ts'
import type { ModelFigures } from './parts/valuation.ts'
import { lastDay, type Truth } from './simulate.ts'

const [url, truthText, seed, sample] = process.argv.slice(2)
const truth: Truth = JSON.parse(truthText!)
const horizon = { months: 12, discountPerMonth: 0.01 }
const rounds = 3

const { history, customers } = await readHistory(url!)
const seconds: number[] = []
let fitted = fitAndPredict(history)
for (let round = 0; round < rounds; round++) {
  const start = performance.now()
  fitted = fitAndPredict(history)
  seconds.push((performance.now() - start) / 1000)
}
const bias = Object.fromEntries(Object.entries(truth).map(([name, value]) => [name, 100 * (estimates(fitted)[name]! / value - 1)]))
const figures: ModelFigures = { seconds, bias, ...recover(Math.min(customers, Number(sample))) }
process.stdout.write(`${JSON.stringify(figures)}\n`)

async function readHistory(databaseUrl: string) {
  const database = connect(databaseUrl)
  let read = 0
  const found = emptyPurchaseHistory(4_000_000, lastDay, 'week')
  await withTransaction(database, (db) =>
    readDayLists(db, (bytes, _id, from, to) => {
      const customer = read++
      visitDays(bytes, (day, orders, revenue, discount) => addPurchaseDay(found, customer, day, orders, revenue - discount), from, to)
    }),
  )
  await database.close()
  return { history: { ...found, customers: read }, customers: read }
}

function fitAndPredict(of: PurchaseHistory) {
  const order = fitBgNbd(groupPurchases(of))
  const spend = fitSpend(of, 100)
  const prospects = prospectMemory(order.model!, of.unitDays, horizon)
  let total = 0
  for (let i = 0; i < of.customers; i++) {
    const x = frequencyOf(of, i)
    const age = ageDaysOf(of, i)
    const alive = probabilityAlive(order.model!, x, recencyDaysOf(of, i) / of.unitDays, age / of.unitDays)
    total += alive * prospects(x, age).discountedOrders * expectedSpend(spend.model, of.spendDays[i]!, monetaryOf(of, i) / 100)
  }
  return { order, spend, total }
}

function estimates({ order, spend }: ReturnType<typeof fitAndPredict>): Record<string, number> {
  const { r, alpha, a, b } = order.model!
  const { p, q, gamma } = spend.fit.model!
  return { r, alpha, a, b, p, q, gamma }
}

/** Time runs a hundred times finer: a week has 700 ticks that stand in for days. */
function recover(count: number): Pick<ModelFigures, 'errors' | 'customers'> {
  const fineness = 100
  const random = seededRandom(Number(seed) + 3)
  const span = 1085 * fineness
  const unitDays = 7 * fineness
  const fine: PurchaseHistory = { ...emptyPurchaseHistory(count, span, 'week'), unitDays }
  for (let i = 0; i < count; i++) {
    const days = simulatePurchaseDays(random, { kind: 'bg-nbd', ...truth }, random() * span * 0.95, span, unitDays)
    for (const { day, revenueMinor } of simulateSpend(random, { kind: 'gamma-gamma', ...truth }, days, 100))
      addPurchaseDay(fine, i, day, 1, revenueMinor)
  }
  const order = fitBgNbd(groupPurchases(fine))
  const spend = fitSpend(fine, 100)
  const found = estimates({ order, spend, total: 0 })
  const spread = { ...order.standardErrors, ...spend.fit.standardErrors }
  return {
    customers: count,
    errors: Object.fromEntries(Object.entries(truth).map(([name, value]) => [name, (found[name]! - value) / spread[name]!])),
  }
}
