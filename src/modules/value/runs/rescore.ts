import { otherRolesOf, profilingOffOf, touchTotals, writeBook } from '#modules/customers/public.ts'
import { dayListsOf } from '#modules/orders/public.ts'
import { endOfDay, organizationProfile, readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import type { Db } from '#platform/database/connection.ts'
import type { RunHandle } from '#platform/runs/run-kind.ts'
import { listRuns } from '#platform/runs/store.ts'
import { dayNumber, dayText, rescoreDay } from '../domain/as-of.ts'
import { idBytes } from '../domain/id-index.ts'
import { materiallyChanged } from '../domain/material-change.ts'
import { lastPurchaseDay } from '../domain/purchase-history.ts'
import { touchCost } from '../domain/service-rates.ts'
import { movesOf } from '../domain/summary.ts'
import { tierReasonsOf } from '../domain/tier-reason.ts'
import { addDays } from '../domain/valuation-book.ts'
import { scoreBook } from '../domain/valuation-score.ts'
import { tiersMoved } from '../facts.ts'
import { activitySetting, serviceCostSetting } from '../settings.ts'
import { formerOf, writeAssessments } from '../store/assessments.ts'
import { readDecisions } from '../store/decisions.ts'
import { forgetRechecks, joinFigures, rememberRecheck, someRechecks } from '../store/recheck.ts'
import { serviceCostsOf } from '../store/service-costs.ts'
import { latestValuation, type Valuation } from '../store/valuations.ts'
import { bookColumns, columnsRoom } from './book-columns.ts'
import { type Gathered, gatherFor, holdFormerTiers } from './gathered.ts'
import { modelsFrom } from './stored-basis.ts'
import { dayIn } from './wishes.ts'

/**
 * Scores customers again with the models, cuts and floors of the latest valuation, as the whole book would be with them. Does nothing before the first valuation.
 * While everybody's figures are being replaced the customers are remembered and scored right afterwards.
 */
export async function rescoreCustomers(context: Context, customerIds: readonly string[], options: { again?: boolean } = {}): Promise<void> {
  const { db } = context
  const others = await otherRolesOf(db, customerIds)
  const ids = [...new Set(customerIds)].filter((id) => !others.has(id)).sort()
  if (ids.length === 0) return
  if (!options.again && (await valuationIsRunning(db))) await rememberRecheck(db, ids, context.now)
  if (!(await joinFigures(db))) return
  const valuation = await latestValuation(db)
  if (valuation) await rescoreWith(context, ids, valuation)
}

const valuationIsRunning = async (db: Db): Promise<boolean> =>
  (await listRuns(db, ['value.revalue'], 5)).some((run) => run.state === 'running')

async function rescoreWith(context: Context, ids: readonly string[], valuation: StoredValuation): Promise<void> {
  const { db } = context
  const { usual } = modelsFrom(valuation.models)
  const { gathered, book, figures, tierReason, windows } = await readCurrent(context, ids, valuation)
  const asOf = dayText(book.settings.asOfDay)
  const places = materiallyChanged(gathered.former, figures, tierReason, usual)
  await writeAssessments(db, { runId: valuation.runId, asOf, ids: gathered.ids, places, figures, tierReason })
  const { count: _, ...given } = bookColumns({ ids: gathered.ids, book, figures, windows }, 0, ids.length, columnsRoom(ids.length))
  await writeBook(db, { ...given, ids })
  const moves = movesOf(gathered.former.tier, figures.tier).filter((move) => move.from !== move.to)
  if (moves.length > 0) await context.publish(tiersMoved, { runId: valuation.runId, asOf, moves })
}

type StoredValuation = Pick<Valuation, 'runId' | 'asOf' | 'models'>

/** What some customers are worth now by the models of a valuation, and everything it was computed from. `ids` ascend. Only reads. */
export async function readCurrent({ db, now }: Pick<Context, 'db' | 'now'>, ids: readonly string[], valuation: StoredValuation) {
  const { basis } = modelsFrom(valuation.models)
  const { timeZone } = await readSetting(db, organizationProfile)
  const windows = await readSetting(db, activitySetting)
  const found = await dayListsOf(db, ids)
  const day = rescoreDay(dayNumber(valuation.asOf), dayIn(timeZone, now), newestDay(found.values()))
  const gathered = gatherFor(idBytes(ids), { ...basis.settings, asOfDay: day }, null)
  const { book } = gathered
  await gatherFacts(db, gathered, ids, dayText(day), timeZone)
  for (const [i, id] of ids.entries()) addDays(book, i, found.get(id) ?? new Uint8Array())
  const figures = scoreBook(book, { ...basis, settings: book.settings })
  const tierReason = tierReasonsOf(book, figures, basis.floors, basis.settings.tiers)
  return { gathered, book, figures, tierReason, windows }
}

/** The last day with an order in any of the lists, or null. */
function newestDay(lists: Iterable<Uint8Array>): number | null {
  let newest: number | null = null
  for (const bytes of lists) {
    const last = lastPurchaseDay(bytes)
    if (last !== null && (newest === null || last > newest)) newest = last
  }
  return newest
}

async function gatherFacts(db: Db, gathered: Gathered, ids: readonly string[], until: string, timeZone: string): Promise<void> {
  const { book } = gathered
  const places = new Map(ids.map((id, i) => [id, i]))
  const rates = await readSetting(db, serviceCostSetting)
  for (const [id, amount] of await serviceCostsOf(db, until, ids)) book.costToServe[places.get(id)!]! += amount
  for (const [id, totals] of await touchTotals(db, ids, endOfDay(timeZone, until)))
    for (const channel of totals) book.costToServe[places.get(id)!]! += touchCost(channel, rates)
  for (const id of await profilingOffOf(db, ids)) book.profiling[places.get(id)!] = 0
  await readDecisions(
    db,
    {
      override(id, tier, untilDay) {
        const i = gathered.place(id, 0)
        book.overrideTier[i] = tier
        book.overrideUntilDay[i] = untilDay
      },
      strategic(id) {
        book.strategic[gathered.place(id, 0)] = 1
      },
    },
    ids,
  )
  await formerOf(db, until, ids, gathered.former)
  holdFormerTiers(gathered)
}

const batch = 5_000

/** After everybody's figures were replaced: scores those again who changed in the meantime, batch by batch. */
export async function recheckAll(run: Pick<RunHandle, 'step' | 'progress'>, position: unknown): Promise<void> {
  for (let done = 0; ; ) {
    const count = await run.step(position, async (context) => recheckSome(context))
    if (count === 0) return
    done += count
    await run.progress({ phase: 'recheck', done, total: null })
  }
}

/** Scores the next batch of remembered customers again; how many there were. */
export async function recheckSome(context: Context): Promise<number> {
  const ids = await someRechecks(context.db, batch)
  await forgetRechecks(context.db, ids)
  await rescoreCustomers(context, ids, { again: true })
  return ids.length
}
