import { type RawBuilder, sql } from 'kysely'
import { activities, segments, tiers, valueLabels } from '../domain/book.ts'
import { type CustomerFilter, nobodys } from '../domain/customer-list.ts'
import { furtherConditions, given } from './list-further.ts'
import { segmentOnArchive, segmentOnBook } from './list-segment.ts'

/** What the filters say of row `c` of the archive, without the search text. */
export function archiveConditions(filter: CustomerFilter): readonly RawBuilder<unknown>[] {
  return [
    ...(filter.kind === undefined ? [] : [sql`c.kind = ${filter.kind}`]),
    ...(given(filter.city) ? [sql`c.city = any(${filter.city}::text[])`] : []),
    ...(given(filter.owner) ? [ownedBy(filter.owner)] : []),
    ...(filter.reach === undefined ? [] : [sql`c.owner_id = any(${filter.reach}::text[])`]),
    ...(given(filter.tag) ? [sql`(c.tags && ${filter.tag}::text[] and cardinality(c.tags) > 0)`] : []),
    ...furtherConditions(filter),
    ...segmentOnArchive(filter),
  ]
}

/** Those of some owners, and those without one where that is asked for. */
const ownedBy = (owners: readonly string[]): RawBuilder<unknown> =>
  owners.includes(nobodys) ? sql`(c.owner_id is null or c.owner_id = any(${owners}::text[]))` : sql`c.owner_id = any(${owners}::text[])`

/** What they say of row `b` of the book. */
export function bookConditions(filter: CustomerFilter): readonly RawBuilder<unknown>[] {
  const codes = <W extends string>(column: string, words: readonly W[], wanted: readonly W[] | undefined) =>
    given(wanted) ? [sql`${sql.ref(column)} in (${sql.join(wanted.map((word) => sql.lit(words.indexOf(word))))})`] : []
  const range = (column: string, from: unknown, to: unknown) => [
    ...(from === undefined ? [] : [sql`${sql.ref(column)} >= ${from}`]),
    ...(to === undefined ? [] : [sql`${sql.ref(column)} <= ${to}`]),
  ]
  const score = (column: string, wanted: number | undefined) =>
    wanted === undefined ? [] : [sql`${sql.ref(column)} = ${wanted}::smallint`]
  return [
    ...codes('b.tier', tiers, filter.tier),
    ...codes('b.value_label', valueLabels, filter.valueLabel),
    ...codes('b.activity', activities, filter.activity),
    ...codes('b.segment', segments, filter.segment),
    ...range('b.last_order_day', filter.lastOrderFrom, filter.lastOrderTo),
    // Who never ordered has a day before all days, which "until" would otherwise find.
    ...(filter.lastOrderTo !== undefined && filter.lastOrderFrom === undefined ? [sql`b.last_order_day > '-infinity'`] : []),
    ...range('b.lifetime_value_minor', filter.lifetimeValueFrom, filter.lifetimeValueTo),
    ...range('b.profit_minor', filter.profitFrom, filter.profitTo),
    ...score('b.recency_score', filter.recencyScore),
    ...score('b.frequency_score', filter.frequencyScore),
    ...score('b.monetary_score', filter.monetaryScore),
    ...segmentOnBook(filter),
  ]
}

export const all = (conditions: readonly RawBuilder<unknown>[]) => (conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `))
