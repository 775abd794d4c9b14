import { customerExists, holdCustomers } from '#modules/customers/public.ts'
import type { Db } from '#platform/database/connection.ts'
import { refuse } from '#platform/refusal.ts'

export async function customerMustExist(db: Db, customerId: string): Promise<void> {
  if (!(await customerExists(db, customerId))) throw refuse('missing', 'no-such-customer', 'There is no such customer')
}

/** The same for those who write about the customer, who then stays until that is done. */
export async function customerMustStay(db: Db, customerId: string): Promise<void> {
  if (!(await holdCustomers(db, [customerId])).has(customerId)) throw refuse('missing', 'no-such-customer', 'There is no such customer')
}
