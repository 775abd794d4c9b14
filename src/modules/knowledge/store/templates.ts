import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { Letters, TemplateKind } from '../domain/template.ts'
import type { Texts } from '../domain/texts.ts'

export interface Template {
  readonly id: string
  readonly key: string | null
  readonly kind: TemplateKind
  readonly name: Texts
  readonly active: boolean
  readonly texts: Letters
}
export interface StoredTemplate extends Template {
  readonly version: number
  readonly changedAt: Date
  readonly changedBy: string
}

const templates = sql`
  select t.id, t.key, t.kind, t.name, t.active, v.texts, t.version, t.changed_at as "changedAt", t.changed_by as "changedBy"
  from knowledge.template t join knowledge.template_version v on v.template_id = t.id and v.version = t.version`

/** All of them; a company has dozens. */
export async function allTemplates(db: Db): Promise<readonly StoredTemplate[]> {
  const { rows } = await sql<StoredTemplate>`${templates} order by t.kind, t.id`.execute(db)
  return rows
}

export async function templateById(db: Db, id: string): Promise<StoredTemplate | undefined> {
  const { rows } = await sql<StoredTemplate>`${templates} where t.id = ${id}`.execute(db)
  return rows[0]
}

interface Stamp {
  readonly now: Date
  readonly by: string
}

export async function insertTemplate(db: Db, { id, key, kind, name, active, texts }: Template, { now, by }: Stamp): Promise<void> {
  const { numAffectedRows } = await sql`
    insert into knowledge.template (id, key, kind, name, active, changed_at, changed_by)
    values (${id}, ${key}, ${kind}, ${JSON.stringify(name)}, ${active}, ${now}, ${by}) on conflict do nothing`.execute(db)
  if (numAffectedRows === 1n) await insertVersion(db, id, 1, texts, { now, by })
}

/** False where it is not the given version any more. */
export async function updateTemplate(
  db: Db,
  { id, kind, name, active, texts }: Omit<Template, 'key'>,
  version: number,
  { now, by }: Stamp,
) {
  const { numAffectedRows } = await sql`
    update knowledge.template set kind = ${kind}, name = ${JSON.stringify(name)}, active = ${active}, version = version + 1, changed_at = ${now}, changed_by = ${by}
    where id = ${id} and version = ${version}`.execute(db)
  if (numAffectedRows !== 1n) return false
  await insertVersion(db, id, version + 1, texts, { now, by })
  return true
}

const insertVersion = (db: Db, id: string, version: number, texts: Letters, { now, by }: Stamp) =>
  sql`insert into knowledge.template_version (template_id, version, texts, made_at, made_by)
    values (${id}, ${version}, ${JSON.stringify(texts)}, ${now}, ${by})`.execute(db)

export interface TemplateVersion {
  readonly version: number
  readonly texts: Letters
  readonly madeAt: Date
  readonly madeBy: string
}

/** Versions below one, the newest first. */
export async function templateVersions(db: Db, id: string, below: number | null, limit: number): Promise<readonly TemplateVersion[]> {
  const { rows } = await sql<TemplateVersion>`
    select version, texts, made_at as "madeAt", made_by as "madeBy" from knowledge.template_version
    where template_id = ${id} and (${below}::int is null or version < ${below}::int) order by version desc limit ${limit}`.execute(db)
  return rows
}

export async function templateVersion(db: Db, id: string, version: number): Promise<Letters | undefined> {
  const { rows } = await sql<{ texts: Letters }>`
    select texts from knowledge.template_version where template_id = ${id} and version = ${version}`.execute(db)
  return rows[0]?.texts
}
