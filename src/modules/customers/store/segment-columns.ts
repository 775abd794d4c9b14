import type { RawBuilder } from 'kysely'
import { sql } from 'kysely'
import { activities, segments, tiers, valueLabels } from '../domain/book.ts'
import type { SegmentColumnName, SegmentCondition } from '../domain/segment.ts'

interface Column {
  /** On row c of the archive or row b of the book, which may be missing for somebody new. */
  readonly value: RawBuilder<unknown>
  /** Words that lie as their places. */
  readonly codes?: readonly string[]
  readonly known?: RawBuilder<unknown>
  readonly type: 'text' | 'text[]' | 'bigint' | 'double precision' | 'date' | 'boolean'
}

const text = (value: RawBuilder<unknown>): Column => ({ value, type: 'text' })
const code = (value: RawBuilder<unknown>, codes: readonly string[]): Column => ({ value, codes, type: 'bigint' })
const number = (value: RawBuilder<unknown>): Column => ({ value, type: 'bigint' })
const orderDay = (value: RawBuilder<unknown>): Column => ({ value: sql`nullif(${value}, '-infinity')`, type: 'date' })

const columns: Readonly<Record<SegmentColumnName, Column>> = {
  kind: text(sql`c.kind`),
  city: text(sql`c.city`),
  region: text(sql`c.region`),
  country: text(sql`c.country`),
  language: text(sql`c.language`),
  gender: text(sql`c.gender`),
  company: text(sql`c.company`),
  occupation: text(sql`c.extended->>'occupation'`),
  industry: text(sql`c.extended->>'industry'`),
  owner: text(sql`c.owner_id`),
  tags: { value: sql`c.tags`, known: sql`cardinality(c.tags) > 0`, type: 'text[]' },
  email: text(sql`c.email`),
  phone: text(sql`c.phone`),
  birthday: { value: sql`c.birthday`, type: 'date' },
  created: { value: sql`(c.created_at at time zone 'UTC')::date`, type: 'date' },
  completeness: number(sql`c.completeness`),
  profiling: { value: sql`c.profiling`, known: sql`c.profiling`, type: 'boolean' },
  tier: code(sql`coalesce(b.tier, 1)`, tiers),
  valueLabel: code(sql`coalesce(b.value_label, 0)`, valueLabels),
  activity: code(sql`coalesce(b.activity, 0)`, activities),
  segment: code(sql`b.segment`, segments),
  orders: number(sql`coalesce(b.orders, 0)`),
  firstOrder: orderDay(sql`b.first_order_day`),
  lastOrder: orderDay(sql`b.last_order_day`),
  revenue: number(sql`coalesce(b.revenue_minor, 0)`),
  profit: number(sql`coalesce(b.profit_minor, 0)`),
  lifetimeValue: number(sql`coalesce(b.lifetime_value_minor, 0)`),
  ordering: { value: sql`b.probability_ordering`, type: 'double precision' },
  recencyScore: number(sql`b.recency_score`),
  frequencyScore: number(sql`b.frequency_score`),
  monetaryScore: number(sql`b.monetary_score`),
}

/** One condition as SQL, with every value a parameter. Somebody of whom nothing is known meets none but the turned ones. `today` ends the last days. */
export function conditionSql({ column, is, not, values = [], from, to, days = 0 }: SegmentCondition, today: string): RawBuilder<boolean> {
  const { value, codes, known, type } = columns[column]
  const met = (): RawBuilder<unknown> => {
    if (is === 'known') return known ?? sql`(${value} is not null)`
    if (is === 'in') {
      if (codes) return sql`${value} = any(${values.map((word) => codes.indexOf(word))}::int[])`
      return type === 'text[]' ? sql`(${value} && ${values}::text[] and ${value} <> '{}')` : sql`${value} = any(${values}::text[])`
    }
    if (is === 'within') return sql`${value} between ${today}::date - ${days}::int and ${today}::date`
    const bounds = [
      ...(from === undefined ? [] : [sql`${value} >= ${from}::${sql.raw(type)}`]),
      ...(to === undefined ? [] : [sql`${value} <= ${to}::${sql.raw(type)}`]),
    ]
    return sql`(${sql.join(bounds, sql` and `)})`
  }
  return not ? sql<boolean>`not coalesce(${met()}, false)` : sql<boolean>`coalesce(${met()}, false)`
}
