import { createWriteStream } from 'node:fs'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import type { Command, CommandShell } from '#platform/command.ts'
import { refuse } from '#platform/refusal.ts'
import { exportValues } from './runs/export-values.ts'
import { requestValuation } from './runs/request.ts'
import type { ValuationResult } from './runs/valuation-result.ts'

const runValuation: Command = {
  name: 'value run',
  usage:
    'value run [--as-of DATE] [--calibrate-until DATE] [--unit day|week|month] [--horizon MONTHS] [--discount RATE] [--without-pareto-nbd] [--json]',
  summary: 'Values every customer and prints the fitted models. DATE is YYYY-MM-DD and included; RATE is per month, 0.01 or 1%.',
  async run(shell, args) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        'as-of': { type: 'string' },
        'calibrate-until': { type: 'string' },
        unit: { type: 'string' },
        horizon: { type: 'string' },
        discount: { type: 'string' },
        'without-pareto-nbd': { type: 'boolean' },
      },
    })
    const input = {
      asOf: dayOf('--as-of', values['as-of']),
      calibrateUntil: dayOf('--calibrate-until', values['calibrate-until']),
      unit: unitOf(values.unit),
      horizonMonths: wholeOf('--horizon', values.horizon, 1, 120),
      discountPercentPerMonth: rateOf(values.discount),
      paretoNbd: values['without-pareto-nbd'] ? ('left-out' as const) : undefined,
    }
    const id = await shell.transaction((context) => requestValuation(context, input))
    const run = await shell.follow(id)
    const result = run.result as ValuationResult
    const { models, ...rest } = result
    shell.result({ ...models, ...rest })
    sayResult(shell, result)
  },
}

const exportCommand: Command = {
  name: 'value export',
  usage: 'value export FILE.csv [--json]',
  summary: 'Writes what every customer is worth, by the latest valuation, to a CSV file.',
  async run(shell, args) {
    const file = args[0]
    if (args.length !== 1 || file === undefined || file.startsWith('-')) throw bad('file', 'Name one file: value export FILE.csv')
    const out = createWriteStream(file, { encoding: 'utf8' })
    const failed = new Promise<never>((_, reject) => out.once('error', reject))
    failed.catch(() => {})
    const write = (text: string) =>
      Promise.race([failed, new Promise<void>((resolve) => (out.write(text) ? resolve() : out.once('drain', resolve)))])
    const exported = await exportValues(shell.database, shell.now(), write)
    await Promise.race([failed, new Promise<void>((resolve) => out.end(resolve))])
    shell.result({ file, ...exported })
    shell.say(`${exported.customers.toLocaleString('en')} customers as of ${exported.asOf} are in ${file}.`)
  },
}

export const valueCommands: readonly Command[] = [runValuation, exportCommand]

function sayResult(shell: CommandShell, result: ValuationResult): void {
  const because = { given: 'as asked', today: 'today', 'newest-order': 'the day of the newest order, because nothing newer is known' }
  shell.say(`${result.customers.toLocaleString('en')} customers valued as of ${result.asOf} (${because[result.asOfReason]}).`)
  for (const [name, fit] of Object.entries(result.models)) {
    const numbers = Object.entries(fit).map(([key, value]) => `${key} ${typeof value === 'number' ? Number(value.toPrecision(8)) : value}`)
    shell.say(`  ${name}: ${numbers.join(', ')}`)
  }
  shell.say(`Chosen: ${result.chosen} (${result.chosenBecause})${result.grade ? `, grade ${result.grade}` : ''}.`)
  const seconds = Object.entries(result.seconds).map(([phase, took]) => `${phase} ${took.toFixed(2)}`)
  shell.say(`Seconds: ${seconds.join(', ')}.`)
}

const bad = (field: string, detail: string) =>
  refuse('invalid', 'bad-arguments', detail, { fields: [{ field, reason: 'bad-arguments', detail }] })

function dayOf(name: string, text: string | undefined): string | undefined {
  if (text === undefined || z.iso.date().safeParse(text).success) return text
  throw bad(name, `${name} takes a day such as 2011-12-09, not '${text}'`)
}

function unitOf(text: string | undefined): 'day' | 'week' | 'month' | undefined {
  if (text === undefined || text === 'day' || text === 'week' || text === 'month') return text
  throw bad('--unit', `--unit takes day, week or month, not '${text}'`)
}

function wholeOf(name: string, text: string | undefined, low: number, high: number): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (Number.isInteger(value) && value >= low && value <= high) return value
  throw bad(name, `${name} takes a whole number from ${low} to ${high}, not '${text}'`)
}

/** '0.01' and '1%' are the same rate. */
function rateOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const percent = text.endsWith('%') ? Number(text.slice(0, -1)) : Number(text) * 100
  if (text.trim() !== '' && Number.isFinite(percent) && percent >= 0 && percent <= 20) return percent
  throw bad('--discount', `--discount takes a rate per month from 0 to 0.2 (or 0% to 20%), not '${text}'`)
}
