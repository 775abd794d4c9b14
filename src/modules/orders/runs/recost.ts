import { z } from 'zod'
import { organizationProfile, readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { runKind } from '#platform/runs/run-kind.ts'
import { openRun, requestRun } from '#platform/runs/store.ts'
import { decodeLines } from '../domain/lines.ts'
import { sumsOf } from '../domain/order.ts'
import { ordersImported } from '../facts.ts'
import { readCatalogue } from '../store/catalogue.ts'
import { renewDayLists } from '../store/day-lists.ts'
import { type Costs, nextOrders, setCosts } from '../store/recost.ts'
import { lockForLoad } from '../store/write-purchases.ts'

const kind = 'orders.recost'
const ordersPerStep = 5000

interface Position {
  /** The last order that was looked at. */
  readonly after: { readonly customerId: string; readonly id: string } | null
  readonly orders: number
  readonly changed: number
}

/** Costs every order anew by what the catalogue says now; lines that say their own cost keep it. */
export const recost = runKind<z.ZodObject, Position>({
  kind,
  permission: 'orders.manage',
  input: z.object({}),
  group: 'import',
  async work(run) {
    const { currency } = await readSetting(run.database.db, organizationProfile)
    const catalogue = await readCatalogue(run.database.db, currency)
    let state: Position = run.position ?? { after: null, orders: 0, changed: 0 }
    for (let more = true; more; ) {
      const position = { ...state }
      more = await run.step(position, async (context) => {
        await lockForLoad(context.db)
        const orders = await nextOrders(context.db, state.after, ordersPerStep)
        const changed: Costs[] = []
        for (const order of orders) {
          const { costMinor, costUnknownMinor } = sumsOf(decodeLines(order.lines), order.cancelled, catalogue)
          if (costMinor !== order.costMinor || costUnknownMinor !== order.costUnknownMinor)
            changed.push({ customerId: order.customerId, id: order.id, costMinor, costUnknownMinor })
        }
        await setCosts(context.db, changed, context.now)
        const customers = [...new Set(changed.map((order) => order.customerId))].sort()
        await renewDayLists(context.db, customers)
        if (customers.length > 0)
          await context.publish(ordersImported, {
            runId: run.id,
            orders: changed.length,
            customers: customers.length,
            firstCustomer: customers[0]!,
            lastCustomer: customers.at(-1)!,
          })
        const last = orders.at(-1)
        Object.assign(position, {
          after: last ? { customerId: last.customerId, id: last.id } : state.after,
          orders: state.orders + orders.length,
          changed: state.changed + changed.length,
        } satisfies Position)
        return orders.length === ordersPerStep
      })
      state = position
      await run.progress({ phase: 'costing', done: state.orders, total: null })
    }
    return { orders: state.orders, changed: state.changed }
  },
})

/** Asks for the costing of all orders, unless one that has not begun yet will see the change anyway. */
export async function requestRecosting(context: Context): Promise<void> {
  const open = await openRun(context.db, kind)
  if (open?.state === 'waiting') return
  await requestRun(context.db, { id: context.newId(), kind, group: 'import', input: {}, requestedBy: context.actor.id, now: context.now })
}
