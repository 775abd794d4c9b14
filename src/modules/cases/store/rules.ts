import type { Db } from '#platform/database/connection.ts'
import type { AuthorityLimit } from '../domain/figures/authority.ts'
import { initialAuthority, initialStaffRules, type StaffRules } from '../domain/rules.ts'
import type { Writer } from './setup.ts'

/** A version of a table that never changes; 0 is what the product begins with. */
export interface Versioned {
  readonly version: number
  readonly madeAt: Date | null
  readonly madeBy: string | null
}

export interface AuthorityTable extends Versioned {
  readonly lines: readonly AuthorityLimit[]
}

export async function authorityTable(db: Db): Promise<AuthorityTable> {
  const row = await db.selectFrom('cases.authority').selectAll().orderBy('version', 'desc').limit(1).executeTakeFirst()
  if (!row) return { version: 0, madeAt: null, madeBy: null, lines: initialAuthority }
  return { version: row.version, madeAt: row.made_at, madeBy: row.made_by, lines: row.lines as unknown as readonly AuthorityLimit[] }
}

/** Publishes the next version; false where somebody else did meanwhile. */
export async function addAuthority(db: Db, version: number, lines: readonly AuthorityLimit[], { now, by }: Writer): Promise<boolean> {
  const made = await db
    .insertInto('cases.authority')
    .values({ version, lines: JSON.stringify(lines), made_at: now, made_by: by })
    .onConflict((conflict) => conflict.column('version').doNothing())
    .executeTakeFirst()
  return made.numInsertedOrUpdatedRows === 1n
}

export interface StaffRulesTable extends Versioned {
  readonly rules: StaffRules
}

/** Every version, the newest first, and at the end what the product begins with. */
export async function staffRulesTables(db: Db, limit: number): Promise<readonly StaffRulesTable[]> {
  const rows = await db.selectFrom('cases.penalty_rule').selectAll().orderBy('version', 'desc').limit(limit).execute()
  const own = rows.map((row) => ({
    version: row.version,
    madeAt: row.made_at,
    madeBy: row.made_by,
    rules: { ...(row.definition as unknown as StaffRules), version: row.version },
  }))
  return own.length < limit ? [...own, { version: 0, madeAt: null, madeBy: null, rules: initialStaffRules }] : own
}

export const staffRules = async (db: Db): Promise<StaffRules> => (await staffRulesTables(db, 1))[0]!.rules

/** Publishes the next version; false where somebody else did meanwhile. */
export async function addStaffRules(db: Db, { version, ...definition }: StaffRules, { now, by }: Writer): Promise<boolean> {
  const made = await db
    .insertInto('cases.penalty_rule')
    .values({ version, definition: JSON.stringify(definition), made_at: now, made_by: by })
    .onConflict((conflict) => conflict.column('version').doNothing())
    .executeTakeFirst()
  return made.numInsertedOrUpdatedRows === 1n
}
