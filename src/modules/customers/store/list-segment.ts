import { type RawBuilder, sql } from 'kysely'
import type { CustomerFilter, SegmentFilter } from '../domain/customer-list.ts'
import { figureColumns, type SegmentCondition, type SegmentDefinition } from '../domain/segment.ts'
import { type BookRow, conditionSql } from './segment-columns.ts'

/** Conditions that all have to be met. */
type Alternative = readonly SegmentCondition[]
/** Alternatives of which any is enough. */
type Clause = readonly Alternative[]

/** On row `c` of the archive, on row `b` of the book, or on both. */
type Side = 'archive' | 'book' | 'both'

/** A definition as clauses that all have to be met: a list walks along indexes of the archive or of the book, and each is asked for what it holds. */
function clausesOf({ match, groups }: SegmentDefinition): readonly Clause[] {
  const asked = groups.filter(({ conditions }) => conditions.length > 0)
  const eachAlone = (conditions: readonly SegmentCondition[]) => conditions.map((one) => [one])
  if (match === 'all' || asked.length <= 1)
    return asked.flatMap((group) => (group.match === 'all' ? group.conditions.map((one) => [[one]]) : [eachAlone(group.conditions)]))
  return [asked.flatMap((group) => (group.match === 'all' ? [group.conditions] : eachAlone(group.conditions)))]
}

function sideOf(conditions: readonly SegmentCondition[]): Side {
  const figures = conditions.filter(({ column }) => figureColumns.includes(column)).length
  return figures === 0 ? 'archive' : figures === conditions.length ? 'book' : 'both'
}

function clausesOn(side: Side, { inSegment }: CustomerFilter): readonly Clause[] {
  return inSegment === undefined ? [] : clausesOf(inSegment.definition).filter((clause) => sideOf(clause.flat()) === side)
}

const isMet = (conditions: Alternative, { terms, today }: SegmentFilter, book: BookRow): RawBuilder<unknown> =>
  sql.join(
    conditions.map((one) => conditionSql(one, terms, today, 'found', book)),
    sql` and `,
  )

function isAnyMet(clause: Clause, segment: SegmentFilter, book: BookRow): RawBuilder<unknown> {
  return sql`(${sql.join(
    clause.map((conditions) => isMet(conditions, segment, book)),
    sql` or `,
  )})`
}

const whole = (side: Side, filter: CustomerFilter) => clausesOn(side, filter).map((clause) => isAnyMet(clause, filter.inSegment!, 'there'))

/** What a segment says of row `c` of the archive. Where that takes figures, too, these are looked up customer by customer. */
export function segmentOnArchive(filter: CustomerFilter): readonly RawBuilder<unknown>[] {
  const lookedUp = clausesOn('both', filter).map((clause) => {
    const met = isAnyMet(clause, filter.inSegment!, 'perhaps')
    return sql`coalesce((select ${met} from (select) one left join customers.book b on b.customer_id = c.customer_id limit 1), false)`
  })
  return [...whole('archive', filter), ...lookedUp]
}

/** What it says of row `b` of the book. As with the other figures of a list, it is not met by those who are no customers and have no such row. */
export const segmentOnBook = (filter: CustomerFilter): readonly RawBuilder<unknown>[] => whole('book', filter)

/** What it says of the archive alone; and of each clause on both, whom its alternatives mean, one after the other. */
export function segmentSides(filter: CustomerFilter): { archive: readonly RawBuilder<unknown>[]; both: readonly RawBuilder<unknown>[] } {
  const meant = (conditions: Alternative) => {
    const side = sideOf(conditions)
    if (side === 'archive')
      return sql`select c.customer_id from customers.customer c where ${isMet(conditions, filter.inSegment!, 'there')}`
    if (side === 'book') return sql`select b.customer_id from customers.book b where ${isMet(conditions, filter.inSegment!, 'there')}`
    const everybody = sql`customers.customer c left join customers.book b on b.customer_id = c.customer_id`
    return sql`select c.customer_id from ${everybody} where ${isMet(conditions, filter.inSegment!, 'perhaps')}`
  }
  const both = clausesOn('both', filter).map((clause) => sql`select customer_id from (${sql.join(clause.map(meant), sql` union `)}) any_of`)
  return { archive: whole('archive', filter), both }
}
