import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { ClaimState } from '../domain/supplier-claim.ts'
import { type CaseRow, columnsWith } from './cases.ts'

export interface ClaimedCase extends CaseRow {
  readonly receivedOn: string
  readonly claim: ClaimState
  readonly claimMinor: number
}

const claimed = columnsWith('f.received_on as "receivedOn"', 'f.claim', 'f.claim_minor as "claimMinor"')

/** Cases with a claim on a supplier, the last first, behind a place. */
export async function listClaims(
  db: Db,
  states: readonly ClaimState[] | null,
  after: { readonly day: string; readonly id: string } | null,
  limit: number,
): Promise<readonly ClaimedCase[]> {
  const { rows } = await sql<ClaimedCase>`
    select ${claimed} from cases.figure f join cases.case c on c.customer_id = f.customer_id and c.id = f.case_id
    where f.claim is not null ${states ? sql`and f.claim = any(${[...states]}::text[])` : sql``}
      ${after ? sql`and (f.received_on, f.case_id) < (${after.day}::date, ${after.id}::uuid)` : sql``}
    order by f.received_on desc, f.case_id desc limit ${limit}`.execute(db)
  return rows
}
