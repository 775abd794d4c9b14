import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { Figure } from '../domain/figure.ts'

const valuesOf = (figure: Figure) => ({
  received_on: figure.receivedOn,
  closed_on: figure.closedOn,
  kind: figure.kind,
  state: figure.state,
  category: figure.category,
  reason: figure.reason,
  dissatisfaction: figure.dissatisfaction,
  cause: figure.cause,
  department_id: figure.departmentId,
  product_code: figure.productCode,
  tier: figure.tier,
  finding: figure.finding,
  problem_id: figure.problemId,
  late: figure.late,
  regimes: [...figure.regimes],
  missed: [...figure.missed],
  reopened: figure.reopened,
  repeated: figure.repeated,
  proactive: figure.proactive,
  found: figure.found,
  satisfied: figure.satisfied,
  minutes: figure.minutes,
  remedy_minor: figure.remedyMinor,
  goodwill_minor: figure.goodwillMinor,
  recovered_minor: figure.recoveredMinor,
  extra: figure.extra,
  quoted: figure.quoted,
  accepted: figure.accepted,
  fulfilled: figure.fulfilled,
  claim: figure.claim,
  claim_minor: figure.claimMinor,
  answer_seconds: figure.answerSeconds,
  settle_seconds: figure.settleSeconds,
  closing: figure.closing,
  check_on: figure.check?.on ?? null,
  check_days: figure.check?.days ?? null,
})

/** Writes what reports count of a case; whom was asked for which check stays. */
export async function writeFigure(db: Db, customerId: string, caseId: string, figure: Figure): Promise<void> {
  const values = valuesOf(figure)
  await db
    .insertInto('cases.figure')
    .values({ customer_id: customerId, case_id: caseId, ...values })
    .onConflict((conflict) =>
      // A case that goes back before its execution begins anew with its checks.
      conflict.columns(['customer_id', 'case_id']).doUpdateSet({ ...values, ...(figure.check === null ? { check_asked: null } : {}) }),
    )
    .execute()
}

export interface CountedCase {
  readonly customerId: string
  readonly id: string
  readonly processKey: string
  readonly processVersion: number
  /** What is stored, null where nothing is. */
  readonly figure: Readonly<Record<string, unknown>> | null
}

/** Cases with what reports count of them, by their ids, behind one. */
export async function casesAfter(db: Db, after: string | null, limit: number): Promise<readonly CountedCase[]> {
  const { rows } = await sql<CountedCase>`
    select c.customer_id as "customerId", c.id, c.process_key as "processKey", c.process_version as "processVersion", to_jsonb(f) as figure
    from (select * from cases.case ${after === null ? sql`` : sql`where id > ${after}::uuid`} order by id limit ${limit}) c
    left join cases.figure f on f.customer_id = c.customer_id and f.case_id = c.id order by c.id`.execute(db)
  return rows
}

/** Whether what is stored is what a case should be counted as. */
export const sameFigures = (stored: CountedCase['figure'], figure: Figure): boolean =>
  stored !== null && Object.entries(valuesOf(figure)).every(([column, value]) => isSame(stored[column], value))

const isSame = (stored: unknown, value: unknown): boolean =>
  Array.isArray(value) ? JSON.stringify(stored) === JSON.stringify(value) : stored === value

/** Cases without a figure, counted up to `most`. */
export async function countWithoutFigure(db: Db, most: number): Promise<number> {
  const { rows } = await sql<{ found: number }>`
    select count(*) as found from (
      select from cases.case c where not exists (select from cases.figure f where f.customer_id = c.customer_id and f.case_id = c.id) limit ${most}) missing`.execute(
    db,
  )
  return rows[0]!.found
}
