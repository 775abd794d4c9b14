import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import { durationLimits } from '../domain/figures/service-levels.ts'
import type { FoundCounts } from '../domain/proactive.ts'
import type { Cell, Dimension, ReportFilter } from '../domain/report.ts'
import { findingsOf, type Kind, type Verdict } from '../domain/taxonomy.ts'
import { counted } from './problem-cases.ts'

/** The cases of a report on row `f`: received between two days, both included; of all kinds where none is named. */
export function within({
  from,
  to,
  kind,
  tier,
  departmentId,
  productCode,
  verdict,
}: Omit<ReportFilter, 'kind'> & { readonly kind: Kind | null }): RawBuilder<unknown> {
  const parts = [
    sql`f.received_on between ${from}::date and ${to}::date`,
    counted,
    ...(kind === null ? [] : [sql`f.kind = ${kind}`]),
    ...(tier === null ? [] : [sql`f.tier = ${tier}`]),
    ...(departmentId === null ? [] : [sql`f.department_id = ${departmentId}::uuid`]),
    ...(productCode === null ? [] : [sql`f.product_code = ${productCode}`]),
    ...(verdict === null ? [] : [foundSo(verdict)]),
  ]
  return sql.join(parts, sql` and `)
}

/** Cases that were found to be so, on row `f`; of what nobody has found the finding is null. */
export function foundSo(verdict: Verdict): RawBuilder<unknown> {
  const found = sql`f.finding in (${sql.join(findingsOf[verdict].map((finding) => sql.lit(finding)))})`
  return verdict === 'undecided' ? sql`(f.finding is null or ${found})` : found
}

/** What stands for a case in a dimension; null where it says nothing. Reasons carry their category, since the same one stands in several. */
export const keyOf: Readonly<Record<Dimension, RawBuilder<unknown>>> = {
  category: sql`f.category`,
  reason: sql`f.category || '/' || f.reason`,
  dissatisfaction: sql`f.dissatisfaction`,
  cause: sql`f.cause`,
  department: sql`f.department_id::text`,
  product: sql`f.product_code`,
  tier: sql`f.tier`,
}

/** Whether it is that of a case in a dimension, so that the indexes by day within a reason serve. */
export function hasKey(dimension: Dimension, key: string): RawBuilder<unknown> {
  const [category, reason] = key.split('/')
  return dimension === 'reason' ? sql`(f.category = ${category} and f.reason = ${reason ?? ''})` : sql`${keyOf[dimension]} = ${key}`
}

export interface Tally {
  readonly key: string | null
  readonly cases: number
}

/** Cases by month and by what they are in one dimension; months are the numbers of the stretches that begin at `starts`, from 1. */
export async function tallyByMonth(
  db: Db,
  filter: ReportFilter,
  dimension: Dimension,
  starts: readonly string[],
): Promise<readonly (Tally & { readonly month: number })[]> {
  const { rows } = await sql<Tally & { month: number }>`
    select width_bucket(f.received_on, ${starts}::date[]) as month, ${keyOf[dimension]} as key, count(*)::int as cases
    from cases.figure f where ${within(filter)} group by 1, 2`.execute(db)
  return rows
}

/**
 * Cases by what has few values, with everything that is summed; and of what the company raised by itself, of whatever kind, and what customers complained of, how much was found first. One look at each case
 * serves both.
 */
export async function cellsOf(db: Db, filter: ReportFilter): Promise<{ readonly cells: readonly Cell[]; readonly found: FoundCounts }> {
  const said = sql`(not f.proactive and f.kind in ('complaint', 'claim'))`
  const { rows } = await sql<Cell & FoundCounts & { readonly kind: Kind }>`
    select f.kind, f.category, f.reason, f.dissatisfaction, f.tier, count(*)::int as cases,
      count(*) filter (where f.answer_seconds is null and f.closed_on is null)::int as "notAnswered", count(*) filter (where f.settle_seconds is null and f.closed_on is null)::int as "notSettled",
      count(*) filter (where f.late)::int as late, count(*) filter (where f.settle_seconds is not null or f.reopened > 0)::int as "everSettled",
      count(*) filter (where f.reopened > 0)::int as reopened, count(*) filter (where f.satisfied)::int as satisfied, count(*) filter (where not f.satisfied)::int as dissatisfied,
      count(*) filter (where ${foundSo('established')})::int as established, count(*) filter (where ${foundSo('not-established')})::int as "notEstablished",
      sum(f.minutes)::float8 as minutes, sum(f.remedy_minor)::float8 as "remedyMinor", sum(f.goodwill_minor)::float8 as "goodwillMinor", sum(f.recovered_minor)::float8 as "recoveredMinor",
      count(*) filter (where f.proactive)::int as raised, count(*) filter (where ${said})::int as complaints,
      count(*) filter (where ${said} and f.found = 'first')::int as first, count(*) filter (where ${said} and f.found = 'too-late')::int as "tooLate"
    from cases.figure f where ${within({ ...filter, kind: null })} and (f.kind = ${filter.kind} or f.proactive or ${said}) group by 1, 2, 3, 4, 5`.execute(
    db,
  )
  const sum = (name: keyof FoundCounts) => rows.reduce((all, row) => all + row[name], 0)
  return {
    cells: rows.filter(({ kind }) => kind === filter.kind),
    found: { raised: sum('raised'), complaints: sum('complaints'), first: sum('first'), tooLate: sum('tooLate') },
  }
}

/** Cases in each of some ways at once: by responsible department and cause, by product, by the day of their receipt, and by how long answer and settlement took. */
export interface Tallies {
  readonly places: readonly { readonly department: string | null; readonly cause: string | null; readonly cases: number }[]
  readonly products: readonly Tally[]
  readonly days: readonly { readonly day: string; readonly cases: number }[]
  readonly durations: DurationCounts
}
/** How many durations lie in which bucket between the limits of `service-levels.ts`: until the first answer, and until the settlement. */
export interface DurationCounts {
  readonly answer: readonly number[]
  readonly settle: readonly number[]
}

const limits = sql.raw(`'{${durationLimits.join(',')}}'::int[]`)
const bucketed = sql`width_bucket(f.answer_seconds, ${limits}) as answer, width_bucket(f.settle_seconds, ${limits}) as settle`

/** One look at each case. */
export async function talliesOf(db: Db, filter: ReportFilter): Promise<Tallies> {
  const { rows } = await sql<
    Bucketed & { way: number; department: string | null; cause: string | null; product: string | null; day: string }
  >`
    select grouping(x.department_id, x.product_code, x.received_on, x.answer) as way, x.department_id::text as department, x.cause, x.product_code as product, x.received_on as day, x.answer, x.settle, count(*)::int as n
    from (select f.department_id, f.cause, f.product_code, f.received_on, ${bucketed} from cases.figure f where ${within(filter)}) x
    group by grouping sets ((x.department_id, x.cause), (x.product_code), (x.received_on), (x.answer, x.settle))`.execute(db)
  // A set bit says what is not told apart in a row.
  const by = (way: number) => rows.filter((row) => row.way === way)
  return {
    places: by(0b0111).map(({ department, cause, n }) => ({ department, cause, cases: n })),
    products: by(0b1011).map(({ product, n }) => ({ key: product, cases: n })),
    days: by(0b1101).map(({ day, n }) => ({ day, cases: n })),
    durations: durationsOf(by(0b1110)),
  }
}

/** The durations alone. */
export async function durationCounts(db: Db, filter: ReportFilter): Promise<DurationCounts> {
  const { rows } = await sql<Bucketed>`
    select ${bucketed}, count(*)::int as n from cases.figure f where ${within(filter)} group by 1, 2`.execute(db)
  return durationsOf(rows)
}

interface Bucketed {
  readonly answer: number | null
  readonly settle: number | null
  readonly n: number
}
function durationsOf(rows: readonly Bucketed[]): DurationCounts {
  const of = (bucketOf: (row: Bucketed) => number | null) =>
    spread(rows.flatMap((row) => (bucketOf(row) === null ? [] : [{ bucket: bucketOf(row)!, n: row.n }])))
  return { answer: of(({ answer }) => answer), settle: of(({ settle }) => settle) }
}

/** Customers who complained again of the same matter. */
export async function countPersistent(db: Db, filter: ReportFilter): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(distinct f.customer_id)::int as n from cases.figure f where ${within(filter)} and f.repeated`.execute(db)
  return rows[0]!.n
}

/** The ages of all open cases at a moment, by bucket, whenever they were received. */
export async function backlogCounts(
  db: Db,
  { kind, tier, departmentId, productCode, verdict }: ReportFilter,
  now: Date,
): Promise<readonly number[]> {
  const parts = [
    sql`state = 'open'`,
    sql`kind = ${kind}`,
    ...(tier === null ? [] : [sql`tier = ${tier}`]),
    ...(departmentId === null ? [] : [sql`department_id = ${departmentId}::uuid`]),
    ...(productCode === null ? [] : [sql`product_code = ${productCode}`]),
    ...(verdict === null ? [] : [foundSo(verdict)]),
  ]
  const { rows } = await sql<{ bucket: number; n: number }>`
    select width_bucket(greatest(0, extract(epoch from ${now}::timestamptz - received_at))::int, ${limits}) as bucket, count(*)::int as n
    from cases.case f where ${sql.join(parts, sql` and `)} group by 1`.execute(db)
  return spread(rows)
}

function spread(rows: readonly { readonly bucket: number; readonly n: number }[]): readonly number[] {
  const counts = new Array<number>(durationLimits.length + 1).fill(0)
  for (const { bucket, n } of rows) counts[bucket] = counts[bucket]! + n
  return counts
}

/** Customers whose complaint was settled on a day of a period, with the last of these days: at most so many, chosen by the ends of their ids. */
export async function settledCustomers(
  db: Db,
  filter: ReportFilter,
  most: number,
): Promise<readonly { readonly customerId: string; readonly day: string }[]> {
  const settled = sql`f.received_on + f.settle_seconds / 86400`
  const { rows } = await sql<{ customerId: string; day: string }>`
    select f.customer_id as "customerId", max(${settled})::date as day from cases.figure f
    where ${within({ ...filter, to: filter.to })} and f.settle_seconds is not null and ${settled} <= ${filter.to}::date
    group by 1 order by right(f.customer_id::text, 12), 1 limit ${most}`.execute(db)
  return rows
}

/** Those of some customers who ever complained. */
export async function complainants(db: Db, customerIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (customerIds.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`
    select distinct c.customer_id as id from unnest(${customerIds}::uuid[]) as w (customer_id) join cases.case c on c.customer_id = w.customer_id
    where c.kind = 'complaint' and c.state not in ('merged', 'converted')`.execute(db)
  return new Set(rows.map(({ id }) => id))
}

export interface CustomRequestCount {
  readonly extra: string | null
  readonly requests: number
  readonly quoted: number
  readonly accepted: number
  readonly refused: number
  readonly fulfilled: number
}

/** Custom requests received between two days by what they ask for, and how far they came. */
export async function countCustomRequests(
  db: Db,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<readonly CustomRequestCount[]> {
  const { rows } = await sql<CustomRequestCount>`
    select f.extra, count(*)::int as requests, count(*) filter (where f.quoted)::int as quoted, count(*) filter (where f.accepted)::int as accepted,
      count(*) filter (where not f.accepted)::int as refused, count(*) filter (where f.fulfilled)::int as fulfilled
    from cases.figure f where f.received_on between ${from}::date and ${to}::date and f.kind = 'custom-request' and f.state not in ('merged', 'converted')
    group by 1`.execute(db)
  return rows
}
