import { type RawBuilder, sql } from 'kysely'
import type { CustomerFilter } from '../domain/customer-list.ts'
import { isNumeric, type OwnCondition } from '../domain/own-fields.ts'
import { interestWord } from './archive-columns.ts'
import { mayBeAddressed } from './consent.ts'
import { ownCondition } from './own-values.ts'
import { isOfRole } from './roles.ts'
import { isTarget } from './target.ts'

export const given = <T>(values: readonly T[] | undefined): values is readonly T[] => values !== undefined && values.length > 0

/** What a list may be narrowed to beside the few usual filters, on row `c`; see the indexes of the archive's migration. */
export function furtherConditions(filter: CustomerFilter): readonly RawBuilder<unknown>[] {
  return [
    ...(given(filter.role) && filter.role.some((role) => role !== 'customer') ? [isOfRole(filter.role)] : []),
    ...(given(filter.phase) ? [sql`c.phase = any(${filter.phase}::text[])`] : []),
    ...(given(filter.region) ? [sql`c.region = any(${filter.region}::text[])`] : []),
    ...holds('priceSensitivity', filter.priceSensitivity),
    ...holds('incomeBand', filter.incomeBand),
    ...holds('occupation', filter.occupation),
    ...holds(
      'interestWords',
      filter.interest?.map((word) => [interestWord(word)]),
    ),
    ...holds(
      'traits',
      filter.trait?.map((word) => [word]),
    ),
    ...(filter.bornFrom === undefined ? [] : [sql`c.birthday >= ${filter.bornFrom}::date`]),
    ...(filter.bornTo === undefined ? [] : [sql`c.birthday <= ${filter.bornTo}::date`]),
    ...(filter.mayContact === undefined ? [] : [mayBeAddressed(filter.mayContact)]),
    ...(filter.own ?? []).map((one) => ownCondition(one, 'found')),
    ...(filter.target === undefined ? [] : [sql`${isTarget(filter.target.rule)} = ${filter.target.is}::boolean`]),
  ]
}

/** Any of the words in a field of the extended group; the index on contained pairs finds them. */
function holds(field: string, words: readonly (string | readonly string[])[] | undefined): readonly RawBuilder<unknown>[] {
  if (!given(words)) return []
  const pairs = words.map((word) => JSON.stringify({ [field]: word }))
  return [sql`(c.extended @> any(${pairs}::jsonb[]) and c.extended <> '{}')`]
}

/** Who has an own field, and its value as the place in the list; of several choices the first. */
export function ownPlaces({ id, type }: OwnCondition['field']): RawBuilder<unknown> {
  const column = isNumeric(type) ? sql.ref('number') : sql.ref('word')
  return sql`select customer_id, ${column} as place from customers.own_value where field_id = ${id}::uuid and place = 0 and ${column} is not null`
}
