import { holdCustomers } from '#modules/customers/public.ts'
import type { Context } from '#platform/context.ts'
import { caseById } from '../store/cases.ts'

/** Whether there is a case of whose customer something may still be written: a moment after the fact they may have been erased. */
export async function isStillThere({ db }: Context, caseId: string): Promise<boolean> {
  const row = await caseById(db, caseId)
  return row !== null && (await holdCustomers(db, [row.customerId])).has(row.customerId)
}
