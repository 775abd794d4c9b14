import { sql } from 'kysely'
import { copyOut, plainDay, readInt8 } from '#platform/database/binary-copy.ts'
import type { Db } from '#platform/database/connection.ts'

export interface ServiceCost {
  readonly customerId: string
  /** The module and thing that caused it, such as 'case'. */
  readonly cause: string
  readonly causeId: string
  readonly day: string
  readonly amountMinor: number
}

/** Records what a customer cost, once per cause: a second record of the same cause replaces the first. */
export async function saveServiceCost(db: Db, cost: ServiceCost): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('value.service_cost')
    .values({
      customer_id: cost.customerId,
      cause: cost.cause,
      cause_id: cost.causeId,
      day: cost.day,
      amount_minor: cost.amountMinor,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['customer_id', 'cause', 'cause_id'])
        .doUpdateSet((e) => ({ day: e.ref('excluded.day'), amount_minor: e.ref('excluded.amount_minor') }))
        .where((e) =>
          e.or([
            e('value.service_cost.day', '<>', e.ref('excluded.day')),
            e('value.service_cost.amount_minor', '<>', e.ref('excluded.amount_minor')),
          ]),
        ),
    )
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Sum per customer up to a day, in no particular order. The id is a view that is only valid during the call. */
export const readServiceCosts = (db: Db, until: string, visit: (id: Uint8Array, amountMinor: number) => void): Promise<number> =>
  copyOut(
    db,
    `select customer_id, sum(amount_minor)::bigint from value.service_cost where day <= '${plainDay(until)}' group by customer_id`,
    2,
    (bytes, start) => visit(bytes.subarray(start[0]!, start[0]! + 16), readInt8(bytes, start[1]!)),
  )

/** The same for some customers. */
export async function serviceCostsOf(db: Db, until: string, ids: readonly string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ customerId: string; amountMinor: number }>`
    select customer_id as "customerId", sum(amount_minor)::bigint as "amountMinor" from value.service_cost
    where customer_id = any(${sql.val(ids)}::uuid[]) and day <= ${until}::date group by customer_id`.execute(db)
  return new Map(rows.map((row) => [row.customerId, row.amountMinor]))
}
