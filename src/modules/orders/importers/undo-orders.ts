import { removeCustomersMadeBy } from '#modules/customers/public.ts'
import type { UndoJob, UndoOutcome } from '#platform/imports/importer.ts'
import { ordersImported } from '../facts.ts'
import { undoSales } from '../store/anonymous.ts'
import { renewDayLists } from '../store/day-lists.ts'
import { undoTerms } from '../store/import-terms.ts'
import { undoCatalogue, undoPurchases } from '../store/undo.ts'
import { lockForLoad } from '../store/write-purchases.ts'

interface Position {
  readonly part: number
  /** Customers whom the import made, once the orders are gone. */
  readonly customersAfter: string | null
  readonly customersRemoved: number
  readonly removed: number
  readonly restored: number
  readonly leftCount: number
  readonly left: UndoOutcome['left']
}

/** Few orders are taken back at once, many in parts that follow each other as the customers' ids do. */
function partsOf(job: UndoJob): 1 | 16 | 256 {
  const orders = (job.of.result as { counts?: { orders?: number } } | null)?.counts?.orders
  return orders === undefined ? 256 : orders <= 20_000 ? 1 : orders <= 500_000 ? 16 : 256
}

const end = (prefix: string, fill: string): string => {
  const hex = prefix.padEnd(32, fill)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** Takes back an import of orders, some customers at a time. What was changed since by hand or by another run stays and is named. */
export async function undoOrders(job: UndoJob): Promise<UndoOutcome> {
  const runId = job.of.id
  const parts = partsOf(job)
  let state: Position = (job.position as Position | null) ?? {
    part: 0,
    customersAfter: null,
    customersRemoved: 0,
    removed: 0,
    restored: 0,
    leftCount: 0,
    left: [],
  }
  for (let part = state.part; part < parts; part++) {
    const prefix = parts === 1 ? '' : part.toString(16).padStart(parts === 16 ? 1 : 2, '0')
    const range = { from: end(prefix, '0'), to: end(prefix, 'f') }
    const position = { ...state }
    await job.step(position, async (context) => {
      await lockForLoad(context.db)
      const undone = await undoPurchases(context.db, runId, range)
      const named = new Set(undone.left.map(({ id }) => id))
      // After the orders, so that what hangs on those that are gone goes with them.
      const left = [...undone.left, ...(await undoTerms(context.db, runId, range)).filter(({ id }) => !named.has(id))]
      for (let from = 0; from < undone.customerIds.length; from += 5000)
        await renewDayLists(context.db, undone.customerIds.slice(from, from + 5000))
      if (undone.customerIds.length > 0)
        await context.publish(ordersImported, {
          runId: job.runId,
          orders: undone.removed + undone.restored,
          customers: undone.customerIds.length,
          firstCustomer: undone.customerIds[0]!,
          lastCustomer: undone.customerIds.at(-1)!,
        })
      Object.assign(position, {
        ...state,
        part: part + 1,
        removed: state.removed + undone.removed,
        restored: state.restored + undone.restored,
        leftCount: state.leftCount + left.length,
        left: [...state.left, ...left.map((order) => ({ id: order.id, name: order.number ?? order.id }))].slice(0, 100),
      } satisfies Position)
    })
    state = position
    await job.progress({ phase: 'undoing', done: part + 1, total: parts })
  }
  state = await removeCustomers(job, state)
  const rest = await job.step(state, async ({ db }) => ({ sales: await undoSales(db, runId), catalogue: await undoCatalogue(db, runId) }))
  return {
    counts: {
      ordersRemoved: state.removed,
      ordersRestored: state.restored,
      customersRemoved: state.customersRemoved,
      salesRemoved: rest.sales.removed,
      salesRestored: rest.sales.restored,
      productsRemoved: rest.catalogue.removed,
      productsRestored: rest.catalogue.restored,
    },
    left: state.left,
    leftCount: state.leftCount,
  }
}

/** Customers whom the import made and whom nothing else uses go with their orders. */
async function removeCustomers(job: UndoJob, from: Position): Promise<Position> {
  let state = from
  for (let more = true; more; ) {
    const position = { ...state }
    const removed = await job.step(position, async (context) => {
      const outcome = await removeCustomersMadeBy(context, job.of.id, { after: state.customersAfter, limit: 5000 })
      Object.assign(position, {
        ...state,
        customersAfter: outcome.next,
        customersRemoved: state.customersRemoved + outcome.removed,
        leftCount: state.leftCount + outcome.left.length,
        left: [...state.left, ...outcome.left.map(({ id, name }) => ({ id, name }))].slice(0, 100),
      } satisfies Position)
      return outcome
    })
    state = position
    more = removed.next !== null
    await job.progress({ phase: 'undoing', done: state.customersRemoved, total: null })
  }
  return state
}
