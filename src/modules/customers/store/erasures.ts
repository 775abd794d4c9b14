import type { Db } from '#platform/database/connection.ts'

/** Requests to erase one of these customers that are neither carried out nor withdrawn. */
export const openErasures = (db: Db, customerIds: readonly string[]): Promise<{ id: string; customerId: string }[]> =>
  db
    .selectFrom('customers.erasure')
    .select(['id', 'customer_id as customerId'])
    .where('customer_id', 'in', customerIds)
    .where('state', 'in', ['requested', 'confirmed'])
    .execute()
