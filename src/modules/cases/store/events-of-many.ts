import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { CaseEvent } from '../domain/event.ts'
import { type EventRow, eventOf } from './events.ts'

/** The logs of several cases, by case, each in order. */
export async function eventsOfMany(
  db: Db,
  cases: readonly { readonly customerId: string; readonly id: string }[],
): Promise<ReadonlyMap<string, readonly CaseEvent[]>> {
  if (cases.length === 0) return new Map()
  const { rows } = await sql<EventRow & { caseId: string }>`
    select e.case_id as "caseId", e.seq, e.kind, e.data, e.words, e.at, e.by
    from unnest(${cases.map(({ customerId }) => customerId)}::uuid[], ${cases.map(({ id }) => id)}::uuid[]) as w (customer_id, case_id)
    join cases.event e on e.customer_id = w.customer_id and e.case_id = w.case_id order by e.case_id, e.seq`.execute(db)
  const logs = Map.groupBy(rows, ({ caseId }) => caseId)
  return new Map([...logs].map(([id, list]) => [id, list.map(eventOf)]))
}
