import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { Technique, UseCounts } from '../domain/technique.ts'

export interface StoredTechnique extends Technique {
  readonly version: number
  readonly changedAt: Date
  readonly changedBy: string
}

const columns = sql`id, key, name, body, points, rules, minimum_experience as "minimumExperience", is_default as "isDefault", active, version,
  changed_at as "changedAt", changed_by as "changedBy"`

/** All of them, in the order in which they are shown and, among equals, proposed; a company has dozens at most. */
export async function allTechniques(db: Db): Promise<readonly StoredTechnique[]> {
  const { rows } = await sql<StoredTechnique>`select ${columns} from knowledge.technique order by position, id`.execute(db)
  return rows
}

export async function techniqueById(db: Db, id: string): Promise<StoredTechnique | undefined> {
  const { rows } = await sql<StoredTechnique>`select ${columns} from knowledge.technique where id = ${id}`.execute(db)
  return rows[0]
}

interface Stamp {
  readonly now: Date
  readonly by: string
}

/** Adds techniques at the end; those that are there already stay as they are. */
export async function insertTechniques(db: Db, techniques: readonly Technique[], { now, by }: Stamp): Promise<void> {
  const { rows } = await sql<{ last: number }>`select coalesce(max(position), 0)::int as last from knowledge.technique`.execute(db)
  for (const [i, one] of techniques.entries())
    await sql`
      insert into knowledge.technique (id, key, name, body, points, rules, minimum_experience, is_default, active, position, changed_at, changed_by)
      values (${one.id}, ${one.key}, ${JSON.stringify(one.name)}, ${JSON.stringify(one.body)}, ${JSON.stringify(one.points)}, ${JSON.stringify(one.rules)},
        ${one.minimumExperience}, ${one.isDefault}, ${one.active}, ${rows[0]!.last + 1 + i}, ${now}, ${by})
      on conflict do nothing`.execute(db)
}

/** False where it is not the given version any more. */
export async function updateTechnique(db: Db, one: Technique, version: number, { now, by }: Stamp): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update knowledge.technique set name = ${JSON.stringify(one.name)}, body = ${JSON.stringify(one.body)}, points = ${JSON.stringify(one.points)},
      rules = ${JSON.stringify(one.rules)}, minimum_experience = ${one.minimumExperience}, is_default = ${one.isDefault}, active = ${one.active},
      version = version + 1, changed_at = ${now}, changed_by = ${by}
    where id = ${one.id} and version = ${version}`.execute(db)
  return numAffectedRows === 1n
}

export interface TechniqueUse {
  readonly id: string
  readonly techniqueId: string
  readonly origin: { readonly module: string; readonly id: string } | null
  readonly usedBy: string
  readonly usedAt: Date
  readonly succeeded: boolean | null
}

/** Whether it is new: the same use noted again changes nothing. */
export async function insertUse(db: Db, { id, techniqueId, origin, usedBy, usedAt, succeeded }: TechniqueUse): Promise<boolean> {
  const judged = succeeded === null ? { at: null, by: null } : { at: usedAt, by: usedBy }
  const { numAffectedRows } = await sql`
    insert into knowledge.technique_use (id, technique_id, module, origin_id, used_by, used_at, succeeded, judged_at, judged_by)
    values (${id}, ${techniqueId}, ${origin?.module ?? null}, ${origin?.id ?? null}, ${usedBy}, ${usedAt}, ${succeeded}, ${judged.at}, ${judged.by})
    on conflict (id) do nothing`.execute(db)
  return numAffectedRows === 1n
}

/** What came of every technique that was used on a thing; a later judgement replaces an earlier one. Answers which uses it concerned. */
export async function judgeUses(
  db: Db,
  origin: { readonly module: string; readonly id: string },
  succeeded: boolean,
  { now, by }: Stamp,
): Promise<readonly TechniqueUse[]> {
  const { rows } = await sql<TechniqueUse>`
    update knowledge.technique_use set succeeded = ${succeeded}, judged_at = ${now}, judged_by = ${by}
    where module = ${origin.module} and origin_id = ${origin.id} and succeeded is distinct from ${succeeded}
    returning ${useColumns}`.execute(db)
  return rows
}

const useColumns = sql`id, technique_id as "techniqueId", json_build_object('module', module, 'id', origin_id) as origin, used_by as "usedBy",
  used_at as "usedAt", succeeded`

/** Which techniques were used on a thing, in their order. */
export async function usesOf(db: Db, origin: { readonly module: string; readonly id: string }): Promise<readonly TechniqueUse[]> {
  const { rows } = await sql<TechniqueUse>`
    select ${useColumns} from knowledge.technique_use where module = ${origin.module} and origin_id = ${origin.id} order by used_at, id`.execute(
    db,
  )
  return rows
}

type CountRow = UseCounts & { readonly techniqueId: string }
const counts = sql`count(*) filter (where succeeded)::int as succeeded, count(*) filter (where not succeeded)::int as failed,
  count(*) filter (where succeeded is null)::int as open`

/** What came of each technique since a moment. */
export async function countUses(db: Db, since: Date): Promise<ReadonlyMap<string, UseCounts>> {
  const { rows } = await sql<CountRow>`
    select technique_id as "techniqueId", ${counts} from knowledge.technique_use where used_at >= ${since} group by technique_id`.execute(
    db,
  )
  return new Map(rows.map(({ techniqueId, ...found }) => [techniqueId, found]))
}

/** The same of one person. */
export async function countUsesBy(db: Db, userId: string, since: Date): Promise<ReadonlyMap<string, UseCounts>> {
  const { rows } = await sql<CountRow>`
    select technique_id as "techniqueId", ${counts} from knowledge.technique_use where used_by = ${userId} and used_at >= ${since}
    group by technique_id`.execute(db)
  return new Map(rows.map(({ techniqueId, ...found }) => [techniqueId, found]))
}
