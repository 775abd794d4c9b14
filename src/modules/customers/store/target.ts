import { type RawBuilder, sql } from 'kysely'
import { type ArchiveField, type BasicField, basicFields, listFields } from '../domain/archive.ts'
import type { QualificationCondition, TargetRule } from '../domain/qualification.ts'
import { columnOf } from './archive-columns.ts'

/**
 * On row `c`: whether a record meets the rule of who is a target customer (C-16), as `failures` of the domain tells it of one; never null. Without conditions everybody does. It is asked of the row and not
 * kept in it: a changed rule holds at once, and nothing that writes archives can forget it.
 */
export const isTarget = (conditions: TargetRule): RawBuilder<boolean> =>
  conditions.length === 0 ? sql<boolean>`true` : sql<boolean>`(${sql.join(conditions.map(isMet), sql` and `)})`

function isMet({ field, test, words }: QualificationCondition): RawBuilder<unknown> {
  const meant = words.map((word) => word.trim().toLowerCase())
  if (listFields.includes(field)) {
    const held =
      field === 'tags' ? sql`c.tags` : sql`array(select jsonb_array_elements_text(coalesce(c.extended->${sql.lit(field)}, '[]')))`
    if (test === 'known') return sql`cardinality(${held}) > 0`
    const met = sql`exists (select from unnest(${held}) as held where lower(btrim(held)) = any(${meant}::text[]))`
    return test === 'is' ? met : sql`not ${met}`
  }
  const text = sql`coalesce(${textOf(field)}, '')`
  if (test === 'known') return sql`btrim(${text}) <> ''`
  const met = sql`lower(btrim(${text})) = any(${meant}::text[])`
  return test === 'is' ? met : sql`not ${met}`
}

const textOf = (field: ArchiveField): RawBuilder<unknown> =>
  (basicFields as readonly string[]).includes(field)
    ? sql`${sql.ref(`c.${columnOf[field as BasicField]}`)}::text`
    : sql`c.extended->>${sql.lit(field)}`
