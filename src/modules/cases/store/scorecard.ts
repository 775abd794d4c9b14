import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { Kind } from '../domain/taxonomy.ts'
import { counted } from './problem-cases.ts'

/** How many cases are open now, and how many of them missed a due time. */
export async function openNow(db: Db): Promise<{ readonly open: number; readonly late: number }> {
  const { rows } = await sql<{ open: number; late: number }>`
    select count(*)::int as open, count(*) filter (where late)::int as late from cases.case where state = 'open'`.execute(db)
  return rows[0]!
}

/** How many cases of whatever kind were received between two days, both included. */
export async function receivedBetween(db: Db, from: string, to: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from cases.figure f where f.received_on between ${from}::date and ${to}::date and ${counted}`.execute(db)
  return rows[0]!.n
}

/** How often something was done on a case between two moments; what the product did by itself does not count. */
export async function actsBetween(db: Db, since: Date, until: Date): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from cases.event where at > ${since}::timestamptz and at <= ${until}::timestamptz and by not in ('system', 'operator')
      and kind not in ('stepped', 'resolved', 'closed', 'warned', 'breached')`.execute(db)
  return rows[0]!.n
}

/** How many cases of a kind were received between two days, both included. */
export async function receivedOfKind(db: Db, kind: Kind, from: string, to: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from cases.figure f where f.received_on between ${from}::date and ${to}::date and f.kind = ${kind} and ${counted}`.execute(
    db,
  )
  return rows[0]!.n
}
