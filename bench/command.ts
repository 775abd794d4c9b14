/** `./patron bench`: how fast the product is and how much memory it takes, as ratios against references measured in the same run. Says pass or miss and never fails for it. */
import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { type BenchOptions, openBench, type PartName, partNames } from './bench.ts'
import { tableOf, verdict } from './figures.ts'
import { idlePart } from './parts/idle.ts'
import { importPart } from './parts/import.ts'
import { listsPart } from './parts/lists.ts'
import { readsPart } from './parts/reads.ts'
import { rescoringPart } from './parts/rescoring.ts'
import { valuationPart } from './parts/valuation.ts'

const usage = `Usage: ./patron bench [--customers N] [--orders-per-customer M] [--seed S] [--only ${partNames.join(',')}] [--json]
Without --only everything is measured. The data are always made and imported, because everything else needs them.
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
  const opened = await openBench(options)
  // A signal must not leave the server or the data behind.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void opened.close().finally(() => process.exit(130)))
  try {
    const purchases = await importPart(opened)
    const all = { ...opened, purchases }
    const parts = { valuation: valuationPart, rescoring: rescoringPart, lists: listsPart, reads: readsPart, idle: idlePart }
    // Lists and rescoring show figures of a valued book.
    if (!options.only.includes('valuation') && (options.only.includes('lists') || options.only.includes('rescoring')))
      await valuationPart({ ...all, add: () => {} })
    for (const [name, measure] of Object.entries(parts)) {
      if (!options.only.includes(name as PartName)) continue
      // What one part cannot measure does not take the others' figures away.
      await measure(all).catch((error) => {
        const note = error instanceof Error ? error.message.split('\n', 1)[0]! : String(error)
        opened.add(name as PartName, { what: 'could not be measured', value: Number.NaN, unit: 's', goal: null, note })
      })
    }
    const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}`
    if (values.json) {
      const figures = opened.figures.map((figure) => ({ ...figure, verdict: verdict(figure) }))
      process.stdout.write(`${JSON.stringify({ machine, ...options, orders: purchases.count, figures })}\n`)
    } else {
      const size = `${options.customers.toLocaleString('en')} customers, ${purchases.count.toLocaleString('en')} orders, seed ${options.seed}`
      const missed = opened.figures.filter((figure) => verdict(figure) === 'miss').length
      process.stdout.write(
        `${size}\n${machine}\n\n${tableOf(opened.figures)}\n\n${missed === 0 ? 'Every goal is met.' : `${missed} goals are missed.`}\n`,
      )
    }
    return 0
  } finally {
    await opened.close()
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
