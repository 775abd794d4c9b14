import { customerExists } from '#modules/customers/public.ts'
import type { Db } from '#platform/database/connection.ts'
import { refuse } from '#platform/refusal.ts'

export async function customerMustExist(db: Db, customerId: string): Promise<void> {
  if (!(await customerExists(db, customerId))) throw refuse('missing', 'no-such-customer', 'There is no such customer')
}
