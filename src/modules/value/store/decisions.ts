import { sql } from 'kysely'
import { copyOut, readDay } from '#platform/database/binary-copy.ts'
import type { Db } from '#platform/database/connection.ts'
import { type Tier, tierCode } from '../domain/tiers.ts'

/** What people decided about single customers: a tier by hand, and who is kept although they cost more than they bring. */
export interface Override {
  readonly tier: Tier
  readonly reason: string
  /** The last day on which it holds; null: until it is taken back. */
  readonly lastDay: string | null
  readonly setAt: Date
  readonly setBy: string
}
export type ExemptionReason = 'network-effect' | 'popularity' | 'referral' | 'low-marginal-cost' | 'other'
export interface Exemption {
  readonly reason: ExemptionReason
  readonly note: string | null
  readonly setAt: Date
  readonly setBy: string
}

export async function overrideOf(db: Db, customerId: string): Promise<Override | null> {
  const row = await db
    .selectFrom('value.tier_override')
    .select(['tier', 'reason', 'last_day as lastDay', 'set_at as setAt', 'set_by as setBy'])
    .where('customer_id', '=', customerId)
    .executeTakeFirst()
  return row ? { ...row, tier: row.tier as Tier } : null
}

/** Writes the decision in place of the one that was made at `basedOn`, or of none; false where another one lies there by now. */
export async function saveOverride(db: Db, customerId: string, override: Override, basedOn: Date | null): Promise<boolean> {
  if (basedOn !== null && (await overrideOf(db, customerId)) === null) return false
  const row = {
    tier: override.tier,
    reason: override.reason,
    last_day: override.lastDay,
    set_at: override.setAt,
    set_by: override.setBy,
  }
  const written = await db
    .insertInto('value.tier_override')
    .values({ customer_id: customerId, ...row })
    .onConflict((conflict) =>
      conflict
        .column('customer_id')
        .doUpdateSet((e) => ({
          tier: e.ref('excluded.tier'),
          reason: e.ref('excluded.reason'),
          last_day: e.ref('excluded.last_day'),
          set_at: e.ref('excluded.set_at'),
          set_by: e.ref('excluded.set_by'),
        }))
        .where('value.tier_override.set_at', '=', basedOn),
    )
    .returning('customer_id')
    .executeTakeFirst()
  return written !== undefined
}

/** Ends the decision that was made at `basedOn`; null where that does not lie there. */
export async function deleteOverride(db: Db, customerId: string, basedOn: Date): Promise<Tier | null> {
  const row = await db
    .deleteFrom('value.tier_override')
    .where('customer_id', '=', customerId)
    .where('set_at', '=', basedOn)
    .returning('tier')
    .executeTakeFirst()
  return row ? (row.tier as Tier) : null
}

export async function exemptionOf(db: Db, customerId: string): Promise<Exemption | null> {
  const row = await db
    .selectFrom('value.strategic_customer')
    .select(['reason', 'note', 'set_at as setAt', 'set_by as setBy'])
    .where('customer_id', '=', customerId)
    .executeTakeFirst()
  return row ? { ...row, reason: row.reason as ExemptionReason } : null
}

/** The same as `saveOverride`, of an exemption. */
export async function saveExemption(db: Db, customerId: string, exemption: Exemption, basedOn: Date | null): Promise<boolean> {
  if (basedOn !== null && (await exemptionOf(db, customerId)) === null) return false
  const written = await db
    .insertInto('value.strategic_customer')
    .values({ customer_id: customerId, reason: exemption.reason, note: exemption.note, set_at: exemption.setAt, set_by: exemption.setBy })
    .onConflict((conflict) =>
      conflict
        .column('customer_id')
        .doUpdateSet((e) => ({
          reason: e.ref('excluded.reason'),
          note: e.ref('excluded.note'),
          set_at: e.ref('excluded.set_at'),
          set_by: e.ref('excluded.set_by'),
        }))
        .where('value.strategic_customer.set_at', '=', basedOn),
    )
    .returning('customer_id')
    .executeTakeFirst()
  return written !== undefined
}

/** Ends the exemption that was made at `basedOn`; false where that does not lie there. */
export async function deleteExemption(db: Db, customerId: string, basedOn: Date): Promise<boolean> {
  const row = await db
    .deleteFrom('value.strategic_customer')
    .where('customer_id', '=', customerId)
    .where('set_at', '=', basedOn)
    .returning('reason')
    .executeTakeFirst()
  return row !== undefined
}

/** Those of some customers about whom somebody decided or noted something, or whom serving has cost something: they are not taken away with the import that made them. */
export async function customersWithDecisions(db: Db, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`
    select customer_id as id from value.tier_override where customer_id = any(${sql.val(ids)}::uuid[])
    union select customer_id from value.strategic_customer where customer_id = any(${sql.val(ids)}::uuid[])
    union select customer_id from value.service_cost where customer_id = any(${sql.val(ids)}::uuid[])
    union select customer_id from value.observation where customer_id = any(${sql.val(ids)}::uuid[])
    union select customer_id from value.service_given where customer_id = any(${sql.val(ids)}::uuid[])
    union select customer_id from value.growth_plan where customer_id = any(${sql.val(ids)}::uuid[])
    union select customer_id from value.treatment where customer_id = any(${sql.val(ids)}::uuid[])`.execute(db)
  return new Set(rows.map(({ id }) => id))
}

/** A day later than any, for tiers without an end. */
export const noEnd = 2_000_000_000

export interface DecisionVisitor {
  override(id: Uint8Array, tierCode: number, untilDay: number): void
  strategic(id: Uint8Array): void
}

/** Every decision, or those about some customers. The id is a view that is only valid during the call. */
export async function readDecisions(db: Db, visitor: DecisionVisitor, only: readonly string[] | null = null): Promise<void> {
  if (only) return readSome(db, visitor, only)
  await copyOut(db, `select customer_id, tier, coalesce(last_day, 'infinity') from value.tier_override`, 3, (bytes, start, length) => {
    const tier = bytes.toString('latin1', start[1]!, start[1]! + length[1]!) as Tier
    const endless = bytes.readInt32BE(start[2]!) === 0x7fffffff
    visitor.override(bytes.subarray(start[0]!, start[0]! + 16), tierCode(tier), endless ? noEnd : readDay(bytes, start[2]!))
  })
  await copyOut(db, 'select customer_id from value.strategic_customer', 1, (bytes, start) => {
    visitor.strategic(bytes.subarray(start[0]!, start[0]! + 16))
  })
}

async function readSome(db: Db, visitor: DecisionVisitor, ids: readonly string[]): Promise<void> {
  const overrides = await db
    .selectFrom('value.tier_override')
    .select(['customer_id', 'tier', 'last_day'])
    .where('customer_id', '=', sql<string>`any(${sql.val(ids)}::uuid[])`)
    .execute()
  for (const row of overrides)
    visitor.override(bytesOf(row.customer_id), tierCode(row.tier as Tier), row.last_day === null ? noEnd : dayNumber(row.last_day))
  const strategic = await db
    .selectFrom('value.strategic_customer')
    .select('customer_id')
    .where('customer_id', '=', sql<string>`any(${sql.val(ids)}::uuid[])`)
    .execute()
  for (const row of strategic) visitor.strategic(bytesOf(row.customer_id))
}

const bytesOf = (id: string) => Buffer.from(id.replaceAll('-', ''), 'hex')
const dayNumber = (day: string) => Date.parse(day) / 86_400_000
