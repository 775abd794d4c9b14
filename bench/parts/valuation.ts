import { sql } from 'kysely'
import { requestValuation } from '#modules/value/runs/request.ts'
import type { ValuationResult } from '#modules/value/runs/valuation-result.ts'
import type { ValuationInput } from '#modules/value/runs/wishes.ts'
import { connect, type Database } from '#platform/database/connection.ts'
import type { RunView } from '#platform/runs/run-kind.ts'
import { type Bench, type Observed, secondsOf } from '../bench.ts'
import { startChild } from '../children.ts'
import { median } from '../figures.ts'

const rounds = 3

/** Values the whole book against the bare statement that reads every order once; alternately, medians. */
export async function valuationPart(bench: Bench): Promise<void> {
  const groups: Observed<unknown>[] = []
  const whole: Observed<RunView>[] = []
  const without: Observed<RunView>[] = []
  const value = (input: ValuationInput) =>
    bench.observe(async () => bench.finish(await bench.transaction((context) => requestValuation(context, input))))
  for (let round = 0; round < rounds; round++) {
    // On a connection of its own, so that what it takes of memory does not stay beside the product.
    const reference = connect(bench.server.url, { poolSize: 1 })
    await sql`select`.execute(reference.db)
    groups.push(await bench.observe(() => groupBy(reference)))
    await reference.close()
    bench.say(`GROUP BY ${groups.at(-1)!.seconds.toFixed(2)} s`)
    whole.push(await value({}))
    bench.say(`valuation ${told(whole.at(-1)!)}`)
    without.push(await value({ paretoNbd: 'left-out' }))
    bench.say(`without Pareto/NBD ${told(without.at(-1)!)}`)
  }
  const floor = median(groups.map(({ seconds }) => seconds))
  const took = whole.map(({ value }) => secondsOf(value))
  const usual = median(took)
  const shorter = median(without.map(({ value }) => secondsOf(value)))
  const note = (seconds: number) => `GROUP BY customer_id over all orders: ${seconds.toFixed(2)} s : ${floor.toFixed(2)} s`
  bench.add('valuation', { what: 'whole book with Pareto/NBD', value: usual / floor, unit: '×', goal: { atMost: 5 }, note: note(usual) })
  bench.add('valuation', {
    what: 'whole book without fitting Pareto/NBD',
    value: shorter / floor,
    unit: '×',
    goal: { atMost: 3 },
    note: note(shorter),
  })
  bench.add('valuation', {
    what: 'the first one, which assesses everybody',
    value: took[0]! / floor,
    unit: '×',
    goal: null,
    note: note(took[0]!),
  })
  const processor = median(whole.map((one) => one.processor))
  const floorProcessor = median(groups.map((one) => one.processor))
  bench.add('valuation', {
    what: 'whole book with Pareto/NBD in processor time',
    value: processor / floorProcessor,
    unit: '×',
    goal: null,
    note: `${processor.toFixed(1)} s of product and server : ${floorProcessor.toFixed(2)} s of the server`,
  })
  const peak = { node: most(whole.map((one) => one.peak.node)), together: most(whole.map((one) => one.peak.together)) }
  if (peak.node !== null)
    bench.add('valuation', { what: 'memory, Node', value: peak.node, unit: 'MB', goal: { atMost: 600 }, note: 'peak resident' })
  if (peak.together !== null)
    bench.add('valuation', { what: 'memory, Node and PostgreSQL', value: peak.together, unit: 'MB', goal: { atMost: 1200 }, note: 'peak' })
  await modelsAlone(bench, floor)
}

/** Fits and predictions without the rest, and whether the fits find what the data was simulated from. */
async function modelsAlone(bench: Bench, floor: number): Promise<void> {
  const child = startChild('models.ts', [
    bench.server.url,
    JSON.stringify(bench.data.truth),
    String(bench.seed),
    String(Math.min(bench.customers, 200_000)),
  ])
  const { seconds, errors, bias, customers } = (await child.ready) as unknown as ModelFigures
  await child.stop()
  const alone = median(seconds)
  bench.add('valuation', {
    what: 'BG/NBD and gamma-gamma fitted, every CLV predicted',
    value: alone / floor,
    unit: '×',
    goal: { atMost: 0.4 },
    note: `the same GROUP BY: ${alone.toFixed(2)} s : ${floor.toFixed(2)} s`,
  })
  const listed = (of: Record<string, number>, unit: string) =>
    Object.entries(of)
      .map(([name, value]) => `${name} ${value > 0 ? '+' : ''}${value.toFixed(1)}${unit}`)
      .join(', ')
  bench.add('valuation', {
    what: 'true parameters recovered, farthest of them',
    value: Math.max(...Object.values(errors).map(Math.abs)),
    unit: 'SE',
    goal: { atMost: 3 },
    note: `${customers.toLocaleString('en')} customers whose purchases almost never share a day: ${listed(errors, '')}`,
  })
  bench.add('valuation', {
    what: 'bias by days: purchases of one day count once',
    value: Math.max(...Object.values(bias).map(Math.abs)),
    unit: '%',
    goal: null,
    note: `the imported book against its truth: ${listed(bias, ' %')}`,
  })
}

/** What `models.ts` prints. */
export interface ModelFigures {
  readonly seconds: number[]
  /** (estimate − truth) / standard error, by parameter. */
  readonly errors: Record<string, number>
  /** Percent by which the estimates on the imported book differ from the truth. */
  readonly bias: Record<string, number>
  readonly customers: number
}

const resultOf = (run: RunView) => run.result as ValuationResult

const most = (values: readonly (number | null)[]): number | null => {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : Math.max(...known)
}

const told = ({ value, processor, peak }: Observed<RunView>) =>
  `${secondsOf(value).toFixed(2)} s, of processors ${processor.toFixed(2)} s, ${Math.round(peak.node ?? 0)} · ${Math.round(peak.together ?? 0)} MB: ${phases(value)}`

const phases = (run: RunView) =>
  Object.entries(resultOf(run).seconds)
    .toSorted(([, a], [, b]) => b - a)
    .map(([phase, took]) => `${phase} ${took.toFixed(2)}`)
    .join(', ')

/** Every column is used, so that none is left out; no row leaves the server. */
const groupBy = ({ db }: Database) =>
  sql`select sum(orders), sum(revenue), min(first_day), max(last_day) from (
    select customer_id, count(*) as orders, sum(revenue_minor) as revenue, min(day) as first_day, max(day) as last_day from orders.purchase group by customer_id) t`.execute(
    db,
  )
