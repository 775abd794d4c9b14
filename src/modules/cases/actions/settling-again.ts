import { holdCustomers } from '#modules/customers/public.ts'
import type { Context } from '#platform/context.ts'
import { type CaseRow, holdCase } from '../store/cases.ts'
import { known } from './performing.ts'
import { recordCost } from './settling.ts'

/**
 * Records anew what a case that has ended cost, on the day on which it ended: an order of it was refunded since, or a refund taken back. Nobody else acts on it meanwhile. What was given back to somebody who
 * was erased counts, too.
 */
export async function settleAgain(context: Context, { customerId, id }: Pick<CaseRow, 'customerId' | 'id'>): Promise<void> {
  await holdCustomers(context.db, [])
  await holdCase(context.db, customerId, id)
  const found = await known(context, id)
  if (found.state.closedAt !== null) await recordCost(context, found, found.state.closedAt)
}
