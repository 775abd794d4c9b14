/**
 * Times the value models on customers simulated from a BG/NBD with gamma-gamma spend: seconds per step and how far the fit is from the truth.
 * Usage: node bench/value-models.ts [customers] [--pareto]
 */

import { encodeDayList } from '#modules/orders/domain/day-list.ts'
import { fitBgNbd } from '#modules/value/domain/bg-nbd.ts'
import { prospectMemory } from '#modules/value/domain/lifetime-value.ts'
import { probabilityAlive } from '#modules/value/domain/order-model.ts'
import { groupPurchases } from '#modules/value/domain/purchase-groups.ts'
import { ageDaysOf, frequencyOf, monetaryOf, recencyDaysOf } from '#modules/value/domain/purchase-history.ts'
import { simulatePurchaseDays, simulateSpend } from '#modules/value/domain/simulation.ts'
import { expectedSpend, fitSpend } from '#modules/value/domain/spend-model.ts'
import { beginValuation, concludeValuation, valuationPhases } from '#modules/value/domain/valuation.ts'
import { addCustomer, openBook, plainFacts } from '#modules/value/domain/valuation-book.ts'
import { scoreBook } from '#modules/value/domain/valuation-score.ts'
import { defaultValuationSettings } from '#modules/value/domain/valuation-settings.ts'
import { seededRandom } from '#numerics/seeded-random.ts'

const truth = { r: 0.87, alpha: 4.2, a: 0.75, b: 7, p: 6, q: 4, gamma: 15 }
const firstDay = 18_000
const span = 1_085
const customers = Number(process.argv[2] ?? 1_000_000)
const pareto = process.argv.includes('--pareto')

const random = seededRandom(20_260_101)
const timed = <T>(name: string, run: () => T): T => {
  const start = performance.now()
  const result = run()
  process.stdout.write(`${name.padEnd(28)}${((performance.now() - start) / 1000).toFixed(3)} s\n`)
  return result
}

const settings = { ...defaultValuationSettings(firstDay + span), pareto }
const book = openBook(settings, customers, firstDay)
let orders = 0
let bytes = 0
let reading = 0
timed('simulate and read', () => {
  for (let i = 0; i < customers; i++) {
    const days = simulatePurchaseDays(random, { kind: 'bg-nbd', ...truth }, firstDay + random() * span * 0.95, firstDay + span, 7)
    orders += days.length
    const list = encodeDayList(simulateSpend(random, { kind: 'gamma-gamma', ...truth }, days, 100))
    bytes += list.length
    const start = performance.now()
    addCustomer(book, list, plainFacts)
    reading += performance.now() - start
  }
})
process.stdout.write(`  of which reading day lists  ${(reading / 1000).toFixed(3)} s (${orders} purchase days, ${bytes} bytes)\n`)

const alone = performance.now()
const groups = timed('group', () => groupPurchases(book.history))
const fit = timed('fit BG/NBD', () => fitBgNbd(groups))
const spend = timed('fit gamma-gamma', () => fitSpend(book.history, 100))
const total = timed('predict lifetime values', () => {
  const prospects = prospectMemory(fit.model!, 7, settings.horizon)
  let sum = 0
  for (let i = 0; i < book.customers; i++) {
    const x = frequencyOf(book.history, i)
    const age = ageDaysOf(book.history, i)
    const value = expectedSpend(spend.model, book.history.spendDays[i]!, monetaryOf(book.history, i) / 100)
    sum += probabilityAlive(fit.model!, x, recencyDaysOf(book.history, i) / 7, age / 7) * prospects(x, age).discountedOrders * value
  }
  return sum
})
process.stdout.write(`fit and predict alone         ${((performance.now() - alone) / 1000).toFixed(3)} s\n`)
process.stdout.write(
  `${groups.groups} groups, ${fit.evaluations} evaluations, gradient ${fit.gradientNorm.toExponential(1)}, total ${total.toFixed(2)}\n`,
)
process.stdout.write(
  `BG/NBD ${JSON.stringify(fit.model)}\ngamma-gamma ${JSON.stringify(spend.fit.model)}\ntruth ${JSON.stringify(truth)}\n\n`,
)

const work = beginValuation(book)
for (const phase of valuationPhases) timed(`phase ${phase.name}`, () => phase.run(work))
const { basis, diagnostics } = concludeValuation(work)
timed('phase score', () => scoreBook(book, basis))
process.stdout.write(
  `chosen ${diagnostics.chosen}, grade ${diagnostics.grade}, memory ${Math.round(process.memoryUsage.rss() / 2 ** 20)} MiB\n`,
)
