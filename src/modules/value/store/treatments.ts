import { type SqlBool, sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { TreatmentOutcome, TreatmentState, TreatmentTerms } from '../domain/treatment.ts'
import type { ExemptionReason } from './decisions.ts'
import type { MomentPlace } from './observations.ts'

export interface Treatment {
  readonly customerId: string
  readonly id: string
  readonly outcome: TreatmentOutcome
  readonly terms: TreatmentTerms
  /** Why the customer is to be kept; null for the other outcomes. */
  readonly exemptionReason: ExemptionReason | null
  readonly note: string | null
  readonly profitMinor: number
  readonly projectedMinor: number
  readonly state: TreatmentState
  readonly proposedAt: Date
  readonly proposedBy: string
  readonly decidedAt: Date | null
  readonly decidedBy: string | null
  readonly decisionNote: string | null
  readonly version: number
}

const columns = [
  'customer_id as customerId',
  'id',
  'outcome',
  'terms',
  'exemption_reason as exemptionReason',
  'note',
  'profit_minor as profitMinor',
  'projected_minor as projectedMinor',
  'state',
  'proposed_at as proposedAt',
  'proposed_by as proposedBy',
  'decided_at as decidedAt',
  'decided_by as decidedBy',
  'decision_note as decisionNote',
  'version',
] as const
const treatment = (
  row: Omit<Treatment, 'outcome' | 'terms' | 'state' | 'exemptionReason'> & {
    readonly outcome: string
    readonly terms: unknown
    readonly state: string
    readonly exemptionReason: string | null
  },
): Treatment => ({
  ...row,
  outcome: row.outcome as TreatmentOutcome,
  terms: row.terms as TreatmentTerms,
  exemptionReason: row.exemptionReason as ExemptionReason | null,
  state: row.state as TreatmentState,
})

/** What was proposed and decided about a customer, newest first. */
export async function treatmentsOf(db: Db, customerId: string, limit: number): Promise<Treatment[]> {
  const rows = await db
    .selectFrom('value.treatment')
    .select(columns)
    .where('customer_id', '=', customerId)
    .orderBy('proposed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(treatment)
}

/** Those in a state, of all customers, newest first, behind a place. */
export async function treatmentsIn(db: Db, state: TreatmentState, after: MomentPlace | null, limit: number): Promise<Treatment[]> {
  const rows = await db
    .selectFrom('value.treatment')
    .select(columns)
    .where('state', '=', state)
    .$if(after !== null, (query) => query.where(sql<SqlBool>`(proposed_at, id) < (${after?.at}::timestamptz, ${after?.id}::uuid)`))
    .orderBy('proposed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(treatment)
}

/** One of a customer's, which nobody else decides until the transaction ends. */
export async function heldTreatment(db: Db, customerId: string, id: string): Promise<Treatment | null> {
  const row = await db
    .selectFrom('value.treatment')
    .select(columns)
    .where('customer_id', '=', customerId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row ? treatment(row) : null
}

export async function insertTreatment(
  db: Db,
  one: Pick<
    Treatment,
    'customerId' | 'id' | 'outcome' | 'terms' | 'exemptionReason' | 'note' | 'profitMinor' | 'projectedMinor' | 'proposedAt' | 'proposedBy'
  >,
): Promise<Treatment> {
  const row = await db
    .insertInto('value.treatment')
    .values({
      ...{ customer_id: one.customerId, id: one.id, outcome: one.outcome, terms: JSON.stringify(one.terms), note: one.note },
      exemption_reason: one.exemptionReason,
      ...{ profit_minor: one.profitMinor, projected_minor: one.projectedMinor, proposed_at: one.proposedAt, proposed_by: one.proposedBy },
    })
    .returning(columns)
    .executeTakeFirstOrThrow()
  return treatment(row)
}

/** Decides what `heldTreatment` holds. */
export async function decideTreatment(
  db: Db,
  { customerId, id, version }: Pick<Treatment, 'customerId' | 'id' | 'version'>,
  decided: { readonly state: TreatmentState; readonly note: string | null; readonly by: string; readonly now: Date },
): Promise<Treatment> {
  const row = await db
    .updateTable('value.treatment')
    .set({
      ...{ state: decided.state, decision_note: decided.note, decided_at: decided.now, decided_by: decided.by, version: version + 1 },
    })
    .where('customer_id', '=', customerId)
    .where('id', '=', id)
    .where('version', '=', version)
    .returning(columns)
    .executeTakeFirstOrThrow()
  return treatment(row)
}
