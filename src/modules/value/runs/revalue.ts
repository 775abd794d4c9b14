import { setImmediate as breath } from 'node:timers/promises'
import { z } from 'zod'
import { stageBook } from '#modules/customers/public.ts'
import { organizationProfile, readSetting } from '#modules/organization/public.ts'
import { type RunHandle, runKind } from '#platform/runs/run-kind.ts'
import { dayNumber, dayText, valuationSettingsOf } from '../domain/as-of.ts'
import { summarize } from '../domain/summary.ts'
import { tierReasonsOf } from '../domain/tier-reason.ts'
import { emptyFigures } from '../domain/valuation-score.ts'
import { activitySetting, serviceCostSetting, sizeBandSetting } from '../settings.ts'
import { affinityOfBook, type FoundAffinity } from './affinity.ts'
import { fitModels } from './fit-models.ts'
import { gather } from './gather.ts'
import { giveBack } from './given-back.ts'
import { publishFigures } from './publish-figures.ts'
import { recheckAll } from './rescore.ts'
import { scoreSlices } from './score-slices.ts'
import { type Stopwatch, stopwatch } from './stopwatch.ts'
import { type ValuationResult, valuationResult } from './valuation-result.ts'
import { dayIn, readWishes } from './wishes.ts'

const day = z.iso.date()
export const revalueInput = z.object({
  asOf: day.optional(),
  calibrateUntil: day.optional(),
  unit: z.enum(['day', 'week', 'month']).optional(),
  horizonMonths: z.int().min(1).max(120).optional(),
  discountPercentPerMonth: z.number().min(0).max(20).optional(),
  paretoNbd: z.enum(['fitted', 'left-out']).optional(),
})
type Input = z.output<typeof revalueInput>

/** Set in the transaction that puts the figures in place; whoever takes over afterwards has only the rechecks left. */
interface Position {
  readonly published: ValuationResult
}

/**
 * Values the whole book. Until the figures are in place nobody sees anything of it, so that after a crash the next worker begins again; one transaction then puts everything in place
 * at once together with the position.
 */
export const revalue = runKind<typeof revalueInput, Position>({
  kind: 'value.revalue',
  permission: 'value.manage',
  group: 'value',
  input: revalueInput,
  async work(run) {
    const result = run.position?.published ?? (await valueBook(run))
    await recheckAll(run, { published: result })
    return result
  },
})

async function valueBook(run: RunHandle<Input, Position>): Promise<ValuationResult> {
  const clock = stopwatch()
  const read = await readBook(run, clock)
  const over = new AbortController()
  // The database server looks for what is bought together while models are fitted, which only we can do.
  const bought = affinityOfBook(run.database, read.ids, over.signal)
  // Whoever waits for it is told; until then a failure must not end the process.
  bought.catch(() => {})
  try {
    return await valueRead(run, read, bought, clock)
  } finally {
    // Nothing of a run that failed or was cancelled works on.
    over.abort()
    await bought.catch(() => {})
  }
}

type Read = Awaited<ReturnType<typeof readBook>>

async function valueRead(
  run: RunHandle<Input, Position>,
  read: Read,
  bought: Promise<FoundAffinity>,
  clock: Stopwatch,
): Promise<ValuationResult> {
  const { book, ids, windows } = read
  const { basis, diagnostics, ascendingProfits } = await fitModels(book, (progress) => run.progress(progress), clock.lap)

  // Of a million customers, whatever need not be held is not.
  const figures = emptyFigures(book.customers, Float32Array)
  const scoring = (done: number) => run.progress({ phase: 'scoring', done, total: book.customers })
  const slices = scoreSlices({ ids, book, figures, windows }, basis, scoring)
  const staged = await stageBook(run.database, { count: book.customers, slices })
  try {
    // What the server has been asked for is on its way before we compute on.
    await breath()
    const tierReason = tierReasonsOf(book, figures, basis.floors, book.settings.tiers)
    const { bands, ...known } = read
    const sizeBands = { big: bands.bigPercent / 100, middle: bands.middlePercent / 100, transactionCost: bands.minorPerOrder }
    const summary = summarize({ ...known, figures, tierReason, ascendingProfits, basis, diagnostics, sizeBands, seconds: clock.seconds })
    // While the server builds indexes it needs the memory, and what is still to be written no longer reads these.
    giveBack(book, { ascendingProfits })
    clock.lap('scoring')

    await run.progress({ phase: 'affinity', done: 0, total: null })
    const affinity = await bought
    clock.lap('affinity')

    await run.progress({ phase: 'writing', done: 0, total: book.customers })
    await staged.ready
    const result = valuationResult(run.id, dayText(book.settings.asOfDay), read.asOfReason, diagnostics, clock.seconds)
    await run.step({ published: result }, async (context) => {
      await affinity.save(context.db)
      await publishFigures(context, {
        ...{ ...read, runId: run.id, staged, figures, tierReason, basis, diagnostics },
        summary: { ...summary, affinity: affinity.report },
      })
    })
    clock.lap('writing')
    giveBack(figures, read.former, { ids, tierReason })
    return { ...result, seconds: clock.seconds }
  } catch (error) {
    // What brought us here is what people should read; the next valuation takes away what stays.
    await staged.drop().catch(() => {})
    throw error
  }
}

/** Everything about the customers that is needed after reading. */
async function readBook(run: RunHandle<Input, Position>, { lap }: Stopwatch) {
  const { db } = run.database
  const wishes = await readWishes(db, run.input)
  const windows = await readSetting(db, activitySetting)
  const bands = await readSetting(db, sizeBandSetting)
  const { timeZone } = await readSetting(db, organizationProfile)

  const ask = {
    today: dayIn(timeZone, run.now()),
    asOf: run.input.asOf === undefined ? null : dayNumber(run.input.asOf),
    rates: await readSetting(db, serviceCostSetting),
    timeZone,
    settingsOf: (day: number) => valuationSettingsOf(day, wishes),
    toBeFitted: true,
  }
  // What only finds customers is given back here.
  const { place: _, ...gathered } = await gather(run.database, ask, (done) => run.progress({ phase: 'reading', done, total: null }))
  lap('reading')
  return { ...gathered, windows, bands }
}
