import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import { isEnd, states } from '../domain/case.ts'
import { kinds } from '../domain/taxonomy.ts'

const going = states.filter((state) => !isEnd(state))

export interface RuledCase {
  readonly customerId: string
  readonly regimes: readonly string[]
  readonly receivedAt: Date
  readonly closedAt: Date | null
}

/** The cases of some customers that began under one of these rules. */
export async function casesUnder(db: Db, customerIds: readonly string[], regimes: readonly string[]): Promise<readonly RuledCase[]> {
  const { rows } = await sql<RuledCase>`
    select c.customer_id as "customerId", e.data->'regimes' as regimes, c.received_at as "receivedAt", c.closed_at as "closedAt"
    from cases.case c join cases.event e on e.customer_id = c.customer_id and e.case_id = c.id and e.seq = 1
    where c.customer_id = any(${customerIds}::uuid[]) and e.data->'regimes' ?| ${regimes}::text[]`.execute(db)
  return rows
}

/** The keys of all rules by which clocks run: those under which cases began that have not ended. Of a million cases few go on, and an index knows them. */
export async function rulesOfGoingCases(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ key: string }>`
    select distinct r.key
    from cases.case c join cases.event e on e.customer_id = c.customer_id and e.case_id = c.id and e.seq = 1,
      jsonb_array_elements_text(e.data->'regimes') r(key)
    where c.kind = any(${[...kinds]}) and c.state = any(${going}) order by r.key`.execute(db)
  return rows.map(({ key }) => key)
}
