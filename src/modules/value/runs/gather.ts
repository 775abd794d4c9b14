import { type BookMark, eachCustomerId, eachTouchTotal, idsOfOtherRoles, markBook, readProfilingOff } from '#modules/customers/public.ts'
import { firstAndLastDay, type ListVisitor, readDayLists } from '#modules/orders/public.ts'
import { endOfDay } from '#modules/organization/public.ts'
import { type Database, type Db, withTransaction } from '#platform/database/connection.ts'
import { type AsOfReason, asOfDay, dayText } from '../domain/as-of.ts'
import { type CohortCounts, cohortReader, openCohorts } from '../domain/cohorts.ts'
import { idBytes } from '../domain/id-index.ts'
import { type ServiceRates, touchCost } from '../domain/service-rates.ts'
import { addDays } from '../domain/valuation-book.ts'
import type { ValuationSettings } from '../domain/valuation-settings.ts'
import { readFormer } from '../store/assessments.ts'
import { readDecisions } from '../store/decisions.ts'
import { readServiceCosts } from '../store/service-costs.ts'
import { type Gathered, gatherFor, holdFormerTiers } from './gathered.ts'

export interface GatheredBook extends Gathered {
  readonly mark: BookMark
  /** Customers with assessments who are no longer there. */
  readonly gone: readonly string[]
  /** Null where nobody had bought by the as-of day, or no models are to be fitted. */
  readonly cohorts: CohortCounts | null
  readonly newestOrderDay: number | null
  readonly asOfReason: AsOfReason
}

interface Ask {
  readonly today: number
  readonly asOf: number | null
  readonly rates: ServiceRates
  /** In which days end. */
  readonly timeZone: string
  readonly settingsOf: (asOfDay: number) => ValuationSettings
  /** Whether models will be fitted to the book; else nothing is kept for their back-test, and no cohorts are counted. */
  readonly toBeFitted: boolean
}
type Progress = (customers: number) => Promise<void>

/** Reads everything that a valuation needs in one look at the database: what changes afterwards is not seen, and `mark` says from when on. */
export async function gather(database: Database, ask: Ask, progress: Progress): Promise<GatheredBook> {
  const mark = await markBook(database.db)
  return withTransaction(database, (db) => gatherIn(db, mark, ask, progress), { isolation: 'repeatable read', readOnly: true })
}

/** The same in a transaction that has begun, which sees one moment: repeatable read. */
export async function gatherIn(db: Db, mark: BookMark, ask: Ask, progress: Progress): Promise<GatheredBook> {
  const ids = await readIds(db, progress)
  const { firstDay, lastDay } = await firstAndLastDay(db, await idsOfOtherRoles(db))
  const chosen = asOfDay(ask.today, lastDay, ask.asOf)
  const until = dayText(chosen.day)
  const begun = ask.toBeFitted && firstDay !== null && firstDay <= chosen.day ? firstDay : null
  const gathered = gatherFor(ids, ask.settingsOf(chosen.day), begun)
  const { book, place } = gathered
  await readProfilingOff(db, (id) => set(book.profiling, place(id, 0), 0))
  const cohorts = begun === null ? null : openCohorts(begun, chosen.day)
  await readLists(db, gathered, cohorts, progress)
  await readServiceCosts(db, until, (id, amount) => add(book.costToServe, place(id, 0), amount))
  await eachTouchTotal(db, endOfDay(ask.timeZone, until), (id, totals) =>
    add(book.costToServe, place(idBytes([id]), 0), touchCost(totals, ask.rates)),
  )
  await readDecisions(db, {
    override(id, tier, untilDay) {
      set(book.overrideTier, place(id, 0), tier)
      set(book.overrideUntilDay, place(id, 0), untilDay)
    },
    strategic: (id) => set(book.strategic, place(id, 0), 1),
  })
  const gone = await readFormer(db, until, place, gathered.former)
  holdFormerTiers(gathered)
  return { ...gathered, mark, gone, cohorts, newestOrderDay: lastDay, asOfReason: chosen.reason }
}

/** Each list is read as it arrives and not kept: together they are as large as everything else that a valuation holds. */
async function readLists(db: Db, { book, place }: Gathered, cohorts: CohortCounts | null, progress: Progress): Promise<void> {
  const reader = cohorts && cohortReader(cohorts)
  const visit: ListVisitor = (bytes, id, from, to) => {
    const customer = place(bytes, id)
    if (customer < 0) return
    addDays(book, customer, bytes, from, to, reader?.visit)
    reader?.end()
  }
  await readDayLists(db, visit, progress)
}

/** The ids of all customers, ascending, sixteen bytes each. */
async function readIds(db: Db, progress: Progress): Promise<Uint8Array> {
  let ids = new Uint8Array(16 << 14)
  let used = 0
  await eachCustomerId(
    db,
    (bytes, id) => {
      // The smaller one is given back at once.
      if (used === ids.length) ids = new Uint8Array(ids.buffer.transfer(2 * used))
      ids.set(bytes.subarray(id, id + 16), used)
      used += 16
    },
    progress,
  )
  return new Uint8Array(ids.buffer.transfer(used))
}

/** Customers whom somebody removed meanwhile have no place. */
function set(values: Uint8Array | Int32Array, place: number, value: number): void {
  if (place >= 0) values[place] = value
}
function add(values: Float64Array, place: number, amount: number): void {
  if (place >= 0) values[place] = values[place]! + amount
}
