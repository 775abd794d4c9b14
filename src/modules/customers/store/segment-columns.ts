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
  /** The same where row b is surely there: nothing may hide the column from the server's estimates. */
  readonly there?: RawBuilder<unknown>
  /** What stands in it for "not known". */
  readonly nothing?: RawBuilder<unknown>
  /** Any of some words, as the index on what the extended group holds finds it. */
  readonly pairs?: (words: readonly string[]) => RawBuilder<unknown>
  /** Words that lie as their places. */
  readonly codes?: readonly string[]
  readonly known?: RawBuilder<unknown>
  readonly type: 'text' | 'text[]' | 'bigint' | 'double precision' | 'date' | 'boolean'
}

const text = (value: RawBuilder<unknown>): Column => ({ value, type: 'text' })
/** Fields of the extended group lie together; those that nothing is known of are missing there. */
const extended = (field: ExtendedField): Column => ({ ...text(sql`c.extended->>${sql.lit(field)}`), pairs: pairsOf(field, (word) => word) })
/** The other condition is that of the index. */
const pairsOf = (field: ExtendedField, held: (word: string) => unknown) => (words: readonly string[]) =>
  sql`(c.extended @> any(${words.map((word) => JSON.stringify({ [field]: held(word) }))}::jsonb[]) and c.extended <> '{}')`
const code = (value: RawBuilder<unknown>, codes: readonly string[]): Column => ({ value, codes, type: 'bigint' })
const number = (value: RawBuilder<unknown>): Column => ({ value, type: 'bigint' })
/** A figure that everybody has: `without` is what it is for whoever has no row of the book yet. */
const everybodys = (name: string, without: number) => ({
  value: sql`coalesce(${sql.ref(`b.${name}`)}, ${sql.lit(without)})`,
  there: sql.ref(`b.${name}`),
})
const orderDay = (name: string): Column => ({
  value: sql`nullif(${sql.ref(`b.${name}`)}, '-infinity')`,
  there: sql.ref(`b.${name}`),
  nothing: sql`'-infinity'`,
  type: 'date',
})

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
    pairs: pairsOf('traits', (word) => [word]),
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
  tier: { ...everybodys('tier', 1), codes: tiers, type: 'bigint' },
  valueLabel: { ...everybodys('value_label', 0), codes: valueLabels, type: 'bigint' },
  activity: { ...everybodys('activity', 0), codes: activities, type: 'bigint' },
  segment: code(sql`b.segment`, segments),
  orders: { ...everybodys('orders', 0), type: 'bigint' },
  firstOrder: orderDay('first_order_day'),
  lastOrder: orderDay('last_order_day'),
  revenue: { ...everybodys('revenue_minor', 0), type: 'bigint' },
  profit: { ...everybodys('profit_minor', 0), type: 'bigint' },
  lifetimeValue: { ...everybodys('lifetime_value_minor', 0), type: 'bigint' },
  ordering: { value: sql`b.probability_ordering`, type: 'double precision' },
  recencyScore: number(sql`b.recency_score`),
  frequencyScore: number(sql`b.frequency_score`),
  monetaryScore: number(sql`b.monetary_score`),
}

/** Whether everybody who is looked at has a row `b` of the book, or perhaps none. */
export type BookRow = 'there' | 'perhaps'

/** One condition as SQL, with every value a parameter. Somebody of whom nothing is known meets none but the turned ones. `today` ends the last days and begins the coming ones. */
export function conditionSql(
  condition: SegmentCondition,
  { ownFields, target }: SegmentTerms,
  today: string,
  looking: Looking,
  book: BookRow,
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
  const met = metBy(inBook(columns[column as keyof typeof columns], book), condition, today)
  // Turned round, who is not known meets it. As it stands, nothing may hide the column from its index.
  return not ? sql<boolean>`not coalesce(${met}, false)` : sql<boolean>`${met}`
}

function inBook({ value, there, nothing, known, ...column }: Column, book: BookRow): Column {
  if (book === 'perhaps' || there === undefined) return { value, ...(known ? { known } : {}), ...column }
  return { value: there, ...(nothing ? { nothing, known: sql`${there} <> ${nothing}` } : {}), ...column }
}

function metBy(
  { value, codes, known, nothing, pairs, type }: Column,
  { is, values = [], from, to, days = 0 }: SegmentCondition,
  today: string,
): RawBuilder<unknown> {
  switch (is) {
    case 'known':
      return known ?? sql`(${value} is not null)`
    case 'in':
      if (codes) return sql`${value} = any(${values.map((word) => codes.indexOf(word))}::int[])`
      if (pairs) return pairs(values)
      return type === 'text[]' ? sql`(${value} && ${values}::text[] and ${known})` : sql`${value} = any(${values}::text[])`
    case 'all':
      return sql`(${value} @> ${values}::text[] and ${known})`
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
        ...(nothing === undefined ? [] : [sql`${value} <> ${nothing}`]),
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
