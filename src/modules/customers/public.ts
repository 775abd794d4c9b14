/** What other modules may use of customers. */
import { readSetting } from '#modules/organization/public.ts'
import type { Db } from '#platform/database/connection.ts'
import { type TouchTotals, touchCost } from './domain/interaction.ts'
import { serviceRates } from './settings.ts'
import { eachTouchTotal, touchTotals } from './store/lookups.ts'

export {
  type Activity,
  activities,
  type BookColumns,
  type BookFigures,
  noCode,
  noDay,
  type Tier,
  tiers,
  type ValueLabel,
  valueLabels,
} from './domain/book.ts'
export { comparableEmail, comparablePhone } from './domain/contact.ts'
export { type Channel, channels, type Stage, stages } from './domain/interaction.ts'
export { customerChanged, customerCreated, customersImported, interactionLogged, profilingChanged } from './facts.ts'
export { serviceRates } from './settings.ts'
export { type BookRow, completeBook, figuresOf, writeBook } from './store/book.ts'
export { type BookMark, markBook, rewriteBook } from './store/book-rewrite.ts'
export { type CustomersToEnsure, type EnsuredCustomers, ensureCustomers } from './store/ensure.ts'
export { countCustomers, customerExists, customerNames, eachCustomer, profilingOff, readProfilingOff } from './store/lookups.ts'
export { sourceId, sourceNames } from './store/sources.ts'

/**
 * What the touches of every customer cost until the end of a day, at the rates that hold now: minor units, ascending by id. The sixteen bytes are valid until the
 * next customer. In the transaction of `db` (of withTransaction).
 */
export async function readInteractionCosts(db: Db, until: string, visit: (id: Uint8Array, amountMinor: number) => void): Promise<void> {
  const rates = await readSetting(db, serviceRates)
  const current = Buffer.alloc(16)
  let touches: TouchTotals[] = []
  const close = () => {
    if (touches.length > 0) visit(current, touchCost(touches, rates))
    touches = []
  }
  await eachTouchTotal(db, until, (id, totals) => {
    if (touches.length > 0 && !current.equals(id)) close()
    id.copy(current)
    touches.push(totals)
  })
  close()
}

/** The same of some customers; those without a touch are missing. */
export async function interactionCosts(db: Db, ids: readonly string[], until: string): Promise<ReadonlyMap<string, number>> {
  const rates = await readSetting(db, serviceRates)
  const totals = await touchTotals(db, ids, until)
  return new Map([...totals].map(([id, touches]) => [id, touchCost(touches, rates)]))
}
