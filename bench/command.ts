/** `./patron bench`: how fast the product is and how much memory it takes, as ratios against references measured in the same run. Says pass or miss and never fails for it. */
import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { requestValuation } from '#modules/value/runs/request.ts'
import { type Bench, type BenchOptions, openBench, type PartName, partNames } from './bench.ts'
import { type Data, makeData } from './data.ts'
import { type Figure, tableOf, verdict } from './figures.ts'
import { casesPart } from './parts/cases.ts'
import { duplicatesPart } from './parts/duplicates.ts'
import { idlePart } from './parts/idle.ts'
import { fillBook, importPart } from './parts/import.ts'
import { listsPart } from './parts/lists.ts'
import { reachPart } from './parts/reach.ts'
import { readsPart } from './parts/reads.ts'
import { registersPart } from './parts/registers.ts'
import { rescoringPart } from './parts/rescoring.ts'
import { valuationPart } from './parts/valuation.ts'

const usage = `Usage: ./patron bench [--customers N] [--orders-per-customer M] [--seed S] [--only ${partNames.join(',')}] [--json]
Without --only everything is measured. All parts but 'import' share one book of customers and orders, which is made first.
`

try {
  process.exitCode = await bench()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}

async function bench(): Promise<number> {
  const { values } = parseArgs({
    options: {
      customers: { type: 'string', default: '100000' },
      'orders-per-customer': { type: 'string', default: '10' },
      seed: { type: 'string', default: '20260101' },
      only: { type: 'string', default: partNames.join(',') },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    process.stdout.write(usage)
    return 0
  }
  const say = (line: string) => void process.stderr.write(`${line}\n`)
  const options: BenchOptions = {
    customers: whole('--customers', values.customers, 1000, 3_000_000),
    ordersPerCustomer: whole('--orders-per-customer', values['orders-per-customer'], 2, 100),
    seed: whole('--seed', values.seed, 0, 2 ** 31 - 1),
    only: partsOf(values.only),
    say,
  }
  const figures: Figure[] = []
  const add: Bench['add'] = (part, figure) => void figures.push({ part, ...figure })
  const data = await makeData(options)
  try {
    if (options.only.includes('import')) await withBench(options, data, add, importPart)
    if (options.only.some((name) => name !== 'import')) await withBench(options, data, add, (bench) => measureBook(bench))
  } finally {
    await data.remove()
  }
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}`
  if (values.json) {
    const judged = figures.map((figure) => ({ ...figure, verdict: verdict(figure) }))
    process.stdout.write(`${JSON.stringify({ machine, ...options, orders: data.orderCount, figures: judged })}\n`)
    return 0
  }
  const size = `${options.customers.toLocaleString('en')} customers, ${data.orderCount.toLocaleString('en')} orders, seed ${options.seed}`
  const missed = figures.filter((figure) => verdict(figure) === 'miss').length
  const end = missed === 0 ? 'Every goal is met.' : missed === 1 ? 'One goal is missed.' : `${missed} goals are missed.`
  process.stdout.write(`${size}\n${machine}\n\n${tableOf(figures)}\n\n${end}\n`)
  return 0
}

/** Everything that needs a book of customers with orders. */
async function measureBook(bench: Bench): Promise<void> {
  await fillBook(bench)
  const parts = {
    valuation: valuationPart,
    rescoring: rescoringPart,
    lists: listsPart,
    reads: readsPart,
    duplicates: duplicatesPart,
    idle: idlePart,
    reach: reachPart,
    registers: registersPart,
    cases: casesPart,
  }
  // These show figures of a valued book.
  const valued: readonly PartName[] = ['rescoring', 'lists', 'reach', 'registers']
  if (!bench.only.includes('valuation') && valued.some((name) => bench.only.includes(name)))
    await bench.finish(await bench.transaction((context) => requestValuation(context)))
  for (const [name, measure] of Object.entries(parts)) {
    if (!bench.only.includes(name as PartName)) continue
    // What one part cannot measure does not take the others' figures away.
    await measure(bench).catch((error) => {
      const note = error instanceof Error ? error.message.split('\n', 1)[0]! : String(error)
      bench.add(name as PartName, { what: 'could not be measured', value: Number.NaN, unit: 's', goal: null, note })
    })
  }
}

async function withBench(options: BenchOptions, data: Data, add: Bench['add'], work: (bench: Bench) => Promise<void>): Promise<void> {
  const bench = await openBench(options, data, add)
  // A signal must not leave the server or the data behind.
  const leave = () => void Promise.all([bench.close(), data.remove()]).finally(() => process.exit(130))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, leave)
  try {
    await work(bench)
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, leave)
    await bench.close()
  }
}

function whole(name: string, text: string, low: number, high: number): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= low && value <= high) return value
  throw new Error(`${name} takes a whole number from ${low} to ${high}, not '${text}'`)
}

function partsOf(text: string): readonly PartName[] {
  const words = text.split(',').map((word) => word.trim())
  const unknown = words.find((word) => !partNames.includes(word as PartName))
  if (unknown !== undefined) throw new Error(`There is no part '${unknown}'; there are ${partNames.join(', ')}`)
  return words as PartName[]
}
