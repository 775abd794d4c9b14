import { type BookMark, eachCustomerId, eachTouchTotal, markBook, readProfilingOff } from '#modules/customers/public.ts'
import { readDayLists } from '#modules/orders/public.ts'
import { endOfDay } from '#modules/organization/public.ts'
import { type Database, type Db, withTransaction } from '#platform/database/connection.ts'
import { type AsOfReason, asOfDay, dayText } from '../domain/as-of.ts'
import { idBytes } from '../domain/id-index.ts'
import { PackedLists } from '../domain/packed-lists.ts'
import { type ServiceRates, touchCost } from '../domain/service-rates.ts'
import { readFormer } from '../store/assessments.ts'
import { readDecisions } from '../store/decisions.ts'
import { readServiceCosts } from '../store/service-costs.ts'
import { type Gathered, gatherFor, type OrderSpan, spanOf } from './gathered.ts'

export interface GatheredBook {
  readonly mark: BookMark
  readonly gathered: Gathered
  readonly span: OrderSpan
  /** Customers with assessments who are no longer there. */
  readonly gone: readonly string[]
  readonly asOfDay: number
  readonly asOfReason: AsOfReason
}

interface Ask {
  readonly today: number
  readonly asOf: number | null
  readonly rates: ServiceRates
  /** In which days end. */
  readonly timeZone: string
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
  const gathered = gatherFor(ids, new PackedLists(ids.length / 16))
  const { lists, place, costToServe } = gathered
  let read = 0
  await readDayLists(db, async (batch) => {
    for (let i = 0; i < batch.count; i++) {
      const customer = place(batch.ids, i * 16)
      if (customer >= 0) lists.put(customer, batch.bytes, batch.start[i]!, batch.start[i + 1]!)
    }
    read += batch.count
    await progress(read)
  })
  const whole = spanOf(lists)
  const chosen = asOfDay(ask.today, whole.lastDay, ask.asOf)
  const until = dayText(chosen.day)
  await readProfilingOff(db, (id) => set(gathered.profiling, place(id, 0), 0))
  await readServiceCosts(db, until, (id, amount) => add(costToServe, place(id, 0), amount))
  await eachTouchTotal(db, endOfDay(ask.timeZone, until), (id, totals) =>
    add(costToServe, place(idBytes([id]), 0), touchCost(totals, ask.rates)),
  )
  await readDecisions(db, {
    override(id, tier, untilDay) {
      set(gathered.overrideTier, place(id, 0), tier)
      set(gathered.overrideUntil, place(id, 0), untilDay)
    },
    strategic: (id) => set(gathered.strategic, place(id, 0), 1),
  })
  const gone = await readFormer(db, until, place, gathered.former)
  const span = whole.lastDay !== null && whole.lastDay > chosen.day ? spanOf(lists, chosen.day) : whole
  return { mark, gathered, gone, span: { ...span, lastDay: whole.lastDay }, asOfDay: chosen.day, asOfReason: chosen.reason }
}

/** The ids of all customers, ascending, sixteen bytes each. */
async function readIds(db: Db, progress: Progress): Promise<Uint8Array> {
  let ids = new Uint8Array(16 << 14)
  let used = 0
  await eachCustomerId(
    db,
    (bytes, id) => {
      if (used === ids.length) {
        const larger = new Uint8Array(ids.length * 2)
        larger.set(ids)
        ids = larger
      }
      ids.set(bytes.subarray(id, id + 16), used)
      used += 16
    },
    progress,
  )
  return ids.slice(0, used)
}

/** Customers whom somebody removed meanwhile have no place. */
function set(values: Uint8Array | Int32Array, place: number, value: number): void {
  if (place >= 0) values[place] = value
}
function add(values: Float64Array, place: number, amount: number): void {
  if (place >= 0) values[place] = values[place]! + amount
}
