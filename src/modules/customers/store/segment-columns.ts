import type { RawBuilder } from 'kysely'
import { sql } from 'kysely'
import type { ExtendedField } from '../domain/archive.ts'
import { activities, segments, tiers, valueLabels } from '../domain/book.ts'
import { fieldOfColumn, type OwnCondition } from '../domain/own-fields.ts'
import type { SegmentColumnName, SegmentCondition, SegmentTerms } from '../domain/segment.ts'
import { containsAny, type Looking, ownCondition } from './own-values.ts'
import { isTarget } from './target.ts'

interface Column {
  /** On row c of the archive or row b of the book, which may be missing for somebody new. */
  readonly value: RawBuilder<unknown>
  /** Words that lie as their places. */
  readonly codes?: readonly string[]
  readonly known?: RawBuilder<unknown>
  readonly type: 'text' | 'text[]' | 'bigint' | 'double precision' | 'date' | 'boolean'
}

const text = (value: RawBuilder<unknown>): Column => ({ value, type: 'text' })
/** Fields of the extended group lie together; those that nothing is known of are missing there. */
const extended = (field: ExtendedField): Column => text(sql`c.extended->>${sql.lit(field)}`)
const code = (value: RawBuilder<unknown>, codes: readonly string[]): Column => ({ value, codes, type: 'bigint' })
const number = (value: RawBuilder<unknown>): Column => ({ value, type: 'bigint' })
const orderDay = (value: RawBuilder<unknown>): Column => ({ value: sql`nullif(${value}, '-infinity')`, type: 'date' })

const columns: Readonly<Record<Exclude<SegmentColumnName, 'target'>, Column>> = {
  kind: text(sql`c.kind`),
  city: text(sql`c.city`),
  region: text(sql`c.region`),
  country: text(sql`c.country`),
  language: text(sql`c.language`),
  gender: text(sql`c.gender`),
  company: text(sql`c.company`),
  occupation: extended('occupation'),
  industry: extended('industry'),
  companySize: extended('companySize'),
  phase: text(sql`c.phase`),
  owner: text(sql`c.owner_id`),
  tags: { value: sql`c.tags`, known: sql`cardinality(c.tags) > 0`, type: 'text[]' },
  traits: {
    value: sql`array(select jsonb_array_elements_text(c.extended->'traits'))`,
    known: sql`c.extended ? 'traits'`,
    type: 'text[]',
  },
  interests: extended('interests'),
  incomeBand: extended('incomeBand'),
  priceSensitivity: extended('priceSensitivity'),
  purchaseExperience: extended('purchaseExperience'),
  targetMarket: extended('targetMarket'),
  expectationBefore: extended('expectationBefore'),
  expectationDuring: extended('expectationDuring'),
  expectationAfter: extended('expectationAfter'),
  preferredChannel: extended('preferredChannel'),
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

/** One condition as SQL, with every value a parameter. Somebody of whom nothing is known meets none but the turned ones. `today` ends the last days and begins the coming ones. */
export function conditionSql(
  condition: SegmentCondition,
  { ownFields, target }: SegmentTerms,
  today: string,
  looking: Looking,
): RawBuilder<boolean> {
  const { column, is, not, values = [] } = condition
  const fieldId = fieldOfColumn(column)
  if (fieldId !== null) {
    const field = ownFields.find(({ id }) => id === fieldId)
    // Nobody meets what cannot be asked any more, turned round or not: mail must not go to everybody because a field was removed.
    return field ? ownSql(field, condition, today, looking) : sql<boolean>`false`
  }
  if (column === 'target') {
    const met = is === 'known' ? sql`true` : sql`(${isTarget(target)} = any(${values.map((word) => word === 'true')}::boolean[]))`
    return not ? sql<boolean>`not ${met}` : sql<boolean>`${met}`
  }
  const met = metBy(columns[column as keyof typeof columns], condition, today)
  // Turned round, who is not known meets it. As it stands, nothing may hide the column from its index.
  return not ? sql<boolean>`not coalesce(${met}, false)` : sql<boolean>`${met}`
}

function metBy(
  { value, codes, known, type }: Column,
  { is, values = [], from, to, days = 0 }: SegmentCondition,
  today: string,
): RawBuilder<unknown> {
  switch (is) {
    case 'known':
      return known ?? sql`(${value} is not null)`
    case 'in':
      if (codes) return sql`${value} = any(${values.map((word) => codes.indexOf(word))}::int[])`
      return type === 'text[]' ? sql`(${value} && ${values}::text[] and ${value} <> '{}')` : sql`${value} = any(${values}::text[])`
    case 'all':
      return sql`(${value} @> ${values}::text[] and ${value} <> '{}')`
    case 'contains':
      return containsAny(value, values)
    case 'within':
      return sql`${value} between ${today}::date - ${days}::int and ${today}::date`
    case 'ahead':
      return sql`${value} between ${today}::date and ${today}::date + ${days}::int`
    case 'between': {
      const bounds = [
        ...(from === undefined ? [] : [sql`${value} >= ${from}::${sql.raw(type)}`]),
        ...(to === undefined ? [] : [sql`${value} <= ${to}::${sql.raw(type)}`]),
      ]
      return sql`(${sql.join(bounds, sql` and `)})`
    }
  }
}

/** Of several choices each is a row: every one of them is asked for by itself. */
function ownSql(
  field: OwnCondition['field'],
  { is, not, values = [], from, to, days = 0 }: SegmentCondition,
  today: string,
  looking: Looking,
): RawBuilder<boolean> {
  const nothing = { field, is: null, contains: null, from: null, to: null }
  const asked: readonly OwnCondition[] =
    is === 'in'
      ? [{ ...nothing, is: values }]
      : is === 'all'
        ? values.map((value) => ({ ...nothing, is: [value] }))
        : is === 'contains'
          ? [{ ...nothing, contains: values }]
          : is === 'within'
            ? [{ ...nothing, from: dayFrom(today, -days), to: today }]
            : is === 'ahead'
              ? [{ ...nothing, from: today, to: dayFrom(today, days) }]
              : [{ ...nothing, from: from ?? null, to: to ?? null }]
  const met = sql.join(
    asked.map((one) => ownCondition(one, looking)),
    sql` and `,
  )
  return not ? sql<boolean>`not (${met})` : sql<boolean>`(${met})`
}

const dayFrom = (day: string, days: number) => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
