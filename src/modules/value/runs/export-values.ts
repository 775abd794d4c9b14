import { eachCustomer, markBook } from '#modules/customers/public.ts'
import { organizationProfile, readSetting } from '#modules/organization/public.ts'
import { type Database, type Db, withTransaction } from '#platform/database/connection.ts'
import { refuse } from '#platform/refusal.ts'
import { csvLine } from '#platform/tabular/csv-writer.ts'
import { dayNumber } from '../domain/as-of.ts'
import { idText } from '../domain/id-index.ts'
import { ageDaysOf, frequencyOf, monetaryOf, type PurchaseHistory, recencyDaysOf } from '../domain/purchase-history.ts'
import { tierOfCode } from '../domain/tiers.ts'
import { emptyFigures, scorer, type ValuationFigures } from '../domain/valuation-score.ts'
import { serviceCostSetting } from '../settings.ts'
import { latestValuation } from '../store/valuations.ts'
import { gatherIn } from './gather.ts'
import { modelsFrom } from './stored-basis.ts'
import { dayIn } from './wishes.ts'

const header =
  'externalId,frequency,recency,age,monetary,probabilityAlive,probabilityOrdering,expectedOrders,expectedSpend,lifetimeValue,recencyScore,frequencyScore,monetaryScore,profit,tier\n'
const chunkCharacters = 1 << 16

/** Writes every customer's figures by the latest valuation, ascending by id, all as they were at one moment. Amounts are in whole units of money; what is not known is empty. */
export async function exportValues(
  database: Database,
  now: Date,
  write: (text: string) => Promise<void>,
): Promise<{ customers: number; asOf: string; runId: string }> {
  const { valuation, basis, ids, book, keys } = await withTransaction(database, (db) => readAll(db, now), {
    isolation: 'repeatable read',
    readOnly: true,
  })
  const figures = emptyFigures(book.customers, Float64Array)
  scorer(book, basis, figures)(0, book.customers)
  let text = header
  for (let i = 0; i < book.customers; i++) {
    text += line(book.history, figures, i, keys(i) || idText(ids, i), basis.settings.minorPerMajor)
    if (text.length < chunkCharacters) continue
    await write(text)
    text = ''
  }
  await write(text)
  return { customers: book.customers, asOf: valuation.asOf, runId: valuation.runId }
}

async function readAll(db: Db, now: Date) {
  const valuation = await latestValuation(db)
  if (!valuation) throw refuse('conflict', 'not-valued', 'Nobody has been valued yet; run `value run` first')
  const { timeZone } = await readSetting(db, organizationProfile)
  const rates = await readSetting(db, serviceCostSetting)
  const { basis } = modelsFrom(valuation.models)
  const ask = {
    ...{ today: dayIn(timeZone, now), asOf: dayNumber(valuation.asOf), rates, timeZone },
    ...{ settingsOf: () => basis.settings, toBeFitted: false },
  }
  const { ids, book } = await gatherIn(db, await markBook(db), ask, async () => {})
  return { valuation, basis, ids, book, keys: await readKeys(db, book.customers) }
}

/** The customers' external keys in the order of their ids, kept as bytes. */
async function readKeys(db: Db, expected: number): Promise<(customer: number) => string> {
  let bytes = Buffer.allocUnsafe(Math.max(1024, expected * 16))
  const ends = new Uint32Array(expected + 1)
  let customers = 0
  let used = 0
  await eachCustomer(db, (row, _id, key, length) => {
    if (used + length > bytes.length) bytes = Buffer.concat([bytes.subarray(0, used)], Math.max(bytes.length * 2, used + length))
    row.copy(bytes, used, key, key + length)
    used += length
    ends[++customers] = used
  })
  return (customer) => bytes.toString('utf8', ends[customer]!, ends[customer + 1]!)
}

function line(history: PurchaseHistory, figures: ValuationFigures, i: number, externalId: string, minorPerMajor: number): string {
  const known = (value: number) => (Number.isNaN(value) ? '' : String(value))
  const score = (value: number) => (value === 0 ? '' : String(value))
  return [
    csvLine([externalId]).trimEnd(),
    frequencyOf(history, i),
    recencyDaysOf(history, i) / history.unitDays,
    ageDaysOf(history, i) / history.unitDays,
    monetaryOf(history, i) / minorPerMajor,
    known(figures.probabilityAlive[i]!),
    known(figures.probabilityOrdering[i]!),
    known(figures.expectedOrders[i]!),
    known((figures.expectedOrders[i]! * figures.expectedSpend[i]!) / minorPerMajor),
    known(figures.lifetimeValue[i]! / minorPerMajor),
    score(figures.recencyScore[i]!),
    score(figures.frequencyScore[i]!),
    score(figures.monetaryScore[i]!),
    Math.round(figures.profit[i]!) / minorPerMajor,
    `${tierOfCode(figures.tier[i]!)}\n`,
  ].join(',')
}
