import { z } from 'zod'
import { organizationProfile, readSetting } from '#modules/organization/public.ts'
import { type RunHandle, runKind } from '#platform/runs/run-kind.ts'
import { dayNumber, dayText, valuationSettingsOf } from '../domain/as-of.ts'
import { addToCohorts, type CohortCounts, openCohorts } from '../domain/cohorts.ts'
import { summarize } from '../domain/summary.ts'
import { activitySetting, serviceCostSetting, sizeBandSetting } from '../settings.ts'
import { affinityOfBook } from './affinity.ts'
import { findFigures } from './find-figures.ts'
import { gather } from './gather.ts'
import { fillBook, type Gathered } from './gathered.ts'
import { publishFigures } from './publish-figures.ts'
import { recheckAll } from './rescore.ts'
import { stopwatch } from './stopwatch.ts'
import { type ValuationResult, valuationResult } from './valuation-result.ts'
import { dayIn, readWishes } from './wishes.ts'

const day = z.iso.date()
export const revalueInput = z.object({
  asOf: day.optional(),
  calibrateUntil: day.optional(),
  unit: z.enum(['day', 'week', 'month']).optional(),
  horizonMonths: z.int().min(1).max(120).optional(),
  discountPercentPerMonth: z.number().min(0).max(20).optional(),
})
type Input = z.output<typeof revalueInput>

/** Set in the transaction that puts the figures in place; whoever takes over afterwards has only the rechecks left. */
interface Position {
  readonly published: ValuationResult
}

/**
 * Values the whole book. Until the figures are in place it only reads and computes, so that a crash leaves nothing behind and the next worker begins again;
 * one transaction then puts everything in place at once together with the position.
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
  const { db } = run.database
  const wishes = await readWishes(db, run.input)
  const windows = await readSetting(db, activitySetting)
  const bands = await readSetting(db, sizeBandSetting)
  const { timeZone } = await readSetting(db, organizationProfile)

  const today = dayIn(timeZone, run.now())
  const asOf = run.input.asOf === undefined ? null : dayNumber(run.input.asOf)
  const rates = await readSetting(db, serviceCostSetting)
  const look = await gather(run.database, { today, asOf, rates, timeZone }, (done) => run.progress({ phase: 'reading', done, total: null }))
  const { gathered, span } = look
  clock.lap('reading')

  const settings = valuationSettingsOf(look.asOfDay, wishes)
  const book = await fillBook(gathered, settings, span.firstDay, (done) => run.progress({ phase: 'sorting', done, total: gathered.count }))
  const cohorts = span.firstDay === null ? null : cohortsOf(gathered, span.firstDay, look.asOfDay)
  gathered.lists.clear()
  clock.lap('sorting')

  const { figures, tierReason, basis, diagnostics } = await findFigures(book, (progress) => run.progress(progress), clock.lap)

  await run.progress({ phase: 'affinity', done: 0, total: null })
  const affinity = await affinityOfBook(run.database, gathered.ids, () => run.progress({ phase: 'affinity', done: 1, total: null }))
  clock.lap('affinity')

  const summary = summarize({
    book,
    figures,
    tierReason,
    former: gathered.former,
    orders: span.orders,
    basis,
    diagnostics,
    cohorts,
    windows,
    sizeBands: { big: bands.bigPercent / 100, middle: bands.middlePercent / 100, transactionCost: bands.minorPerOrder },
    asOfReason: look.asOfReason,
    newestOrderDay: span.lastDay,
    seconds: clock.seconds,
  })
  await run.progress({ phase: 'writing', done: 0, total: gathered.count })
  const result = valuationResult(run.id, dayText(look.asOfDay), look.asOfReason, diagnostics, clock.seconds)
  await run.step({ published: result }, async (context) => {
    await affinity.save(context.db)
    await publishFigures(context, {
      runId: run.id,
      mark: look.mark,
      gone: look.gone,
      gathered,
      book,
      figures,
      tierReason,
      orders: span.orders,
      windows,
      basis,
      diagnostics,
      summary: { ...summary, affinity: affinity.report },
    })
  })
  clock.lap('writing')
  return { ...result, seconds: clock.seconds }
}

function cohortsOf(gathered: Gathered, firstDay: number, lastDay: number): CohortCounts | null {
  if (lastDay < firstDay) return null
  const counts = openCohorts(firstDay, lastDay)
  const add = (bytes: Uint8Array, from: number, to: number) => addToCohorts(counts, bytes, from, to)
  for (let i = 0; i < gathered.count; i++) gathered.lists.read(i, add)
  return counts
}
