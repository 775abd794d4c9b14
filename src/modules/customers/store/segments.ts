import { type RawBuilder, sql } from 'kysely'
import type { Reach } from '#platform/context.ts'
import type { Place } from '#platform/cursor.ts'
import type { Db } from '#platform/database/connection.ts'
import { type Tier, tiers } from '../domain/book.ts'
import type { SegmentDefinition, SegmentTerms } from '../domain/segment.ts'
import type { Looking } from './own-values.ts'
import { conditionSql } from './segment-columns.ts'
import { these } from './these.ts'

export interface Segment {
  readonly id: string
  readonly name: string
  readonly definition: SegmentDefinition
  readonly shared: boolean
  readonly userId: string
  readonly version: number
}

/** A definition as one condition on rows c of customers.customer and b of customers.book, which is joined from the left. Without groups everybody is meant. */
function segmentCondition({ match, groups }: SegmentDefinition, terms: SegmentTerms, today: string, looking: Looking): RawBuilder<boolean> {
  const asked = groups.filter(({ conditions }) => conditions.length > 0)
  if (asked.length === 0) return sql<boolean>`true`
  return joined(
    asked.map((group) =>
      joined(
        group.conditions.map((condition) => conditionSql(condition, terms, today, looking, 'perhaps')),
        group.match,
      ),
    ),
    match,
  )
}

const joined = (parts: readonly RawBuilder<boolean>[], match: 'all' | 'any'): RawBuilder<boolean> =>
  sql<boolean>`(${sql.join(parts, match === 'all' ? sql` and ` : sql` or `)})`

/** Whom is asked about, on which day, and with what the company defined. */
export interface SegmentAsk {
  readonly terms: SegmentTerms
  readonly today: string
  readonly reach: Reach
}

const book = sql`left join customers.book b on b.customer_id = c.customer_id`
const everybody = sql`customers.customer c ${book}`
const within = (reach: Reach) =>
  reach === 'all' ? sql`c.erased_at is null` : sql`c.erased_at is null and c.owner_id = any(${reach}::text[])`

export interface Member {
  readonly id: string
  readonly name: string
  readonly company: string | null
  readonly city: string | null
  readonly tier: number
  readonly nameKey: string
  readonly lifetimeValueMinor: number
  readonly valued: boolean
}

/** At most so many are counted; one more means "or more". */
export const memberLimit = 10_000

/**
 * The ids of members, in no order, at most one more than `memberLimit`. Where many meet the conditions, some ten thousand are soon met by looking at one customer after the other; where few do, the
 * indexes find them, or everybody is compared at once.
 */
export async function findMembers(db: Db, definition: SegmentDefinition, ask: SegmentAsk): Promise<readonly string[]> {
  const limit = sql`limit ${sql.lit(memberLimit + 1)}`
  const those = (looking: Looking) =>
    sql`select c.customer_id from ${everybody} where ${segmentCondition(definition, ask.terms, ask.today, looking)} and ${within(ask.reach)}`
  // Apart where they are few: with the limit in sight the planner would hope to meet ten thousand soon.
  const { rows } = (await areMany(db, definition, ask))
    ? await sql<{ customer_id: string }>`${those('walked')} ${limit}`.execute(db)
    : await sql<{ customer_id: string }>`with member as materialized (${those('found')}) select customer_id from member ${limit}`.execute(
        db,
      )
  return rows.map((row) => row.customer_id)
}

const sampled = 2000
const manyOfSampled = 40

/** Whether so many of the first customers by key are members that the next one is never far. Keys of imported customers are hashes, so that these are a fair sample; where they are not, only time is lost. */
async function areMany(db: Db, definition: SegmentDefinition, { terms, today, reach }: SegmentAsk): Promise<boolean> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from (select * from customers.customer order by customer_id limit ${sql.lit(sampled)}) c
    left join customers.book b on b.customer_id = c.customer_id
    where ${segmentCondition(definition, terms, today, 'walked')} and ${within(reach)}`.execute(db)
  return rows[0]!.n >= manyOfSampled
}

/** The next members by name, behind a place (name key, id). `found` are what `findMembers` found: where it is not all of them, they are so many that the next by name is never far. */
export async function listMembers(
  db: Db,
  definition: SegmentDefinition,
  found: readonly string[],
  { terms, today, reach, after, limit }: SegmentAsk & { after: Place | null; limit: number },
): Promise<readonly Member[]> {
  const behind = after === null ? sql`true` : sql`(c.name_key, c.customer_id) > (${after[0]}, ${after[1]}::uuid)`
  const [from, those] =
    found.length <= memberLimit
      ? [sql`${these(found)} join customers.customer c using (customer_id) ${book}`, sql`true`]
      : [everybody, sql`${segmentCondition(definition, terms, today, 'walked')} and ${within(reach)}`]
  const { rows } = await sql<Member>`
    select c.customer_id as id, c.name, c.company, c.city, coalesce(b.tier, 1) as tier, c.name_key as "nameKey",
      coalesce(b.lifetime_value_minor, 0) as "lifetimeValueMinor", b.valued_on is not null as valued
    from ${from} where ${those} and ${behind}
    order by c.name_key, c.customer_id limit ${sql.lit(limit)}`.execute(db)
  return rows
}

/** Every member's id, ascending, some thousand at a time, whatever the size of the segment. */
export async function* membersOf(db: Db, definition: SegmentDefinition, ask: SegmentAsk): AsyncGenerator<readonly string[]> {
  const batch = 5000
  const found = (await findMembers(db, definition, ask)).toSorted()
  if (found.length <= memberLimit) {
    for (let i = 0; i < found.length; i += batch) yield found.slice(i, i + batch)
    return
  }
  const condition = segmentCondition(definition, ask.terms, ask.today, 'walked')
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const { rows }: { rows: { id: string }[] } = await sql<{ id: string }>`
      select c.customer_id as id from ${everybody} where ${condition} and ${within(ask.reach)} and c.customer_id > ${after}::uuid
      order by c.customer_id limit ${sql.lit(batch)}`.execute(db)
    if (rows.length > 0) yield rows.map(({ id }) => id)
    if (rows.length < batch) return
    after = rows.at(-1)!.id
  }
}

/** Which of some definitions mean one customer, in their order; nobody is meant who is not there or was erased. */
export async function meaning(
  db: Db,
  customerId: string,
  definitions: readonly SegmentDefinition[],
  { terms, today }: Omit<SegmentAsk, 'reach'>,
): Promise<readonly boolean[]> {
  if (definitions.length === 0) return []
  const conditions = definitions.map((definition) => sql`coalesce(${segmentCondition(definition, terms, today, 'walked')}, false)`)
  const { rows } = await sql<{ met: readonly boolean[] }>`
    select array[${sql.join(conditions)}] as met from ${everybody} where c.customer_id = ${customerId}::uuid and c.erased_at is null`.execute(
    db,
  )
  return rows[0]?.met ?? definitions.map(() => false)
}

/** Customers of one tier (null: not valued yet) whom the same definition of some is the first to mean (null: none does), counted, with what they bring. */
export interface Counted {
  readonly place: number | null
  readonly tier: Tier | null
  readonly customers: number
  readonly profitMinor: number
}

/** Every customer counted once, under the first definition that means them. Looks at everybody, so it is for reports. */
export async function countByFirst(
  db: Db,
  definitions: readonly SegmentDefinition[],
  { terms, today }: Omit<SegmentAsk, 'reach'>,
): Promise<readonly Counted[]> {
  const asked = definitions.map(
    (definition, place) => sql`when ${segmentCondition(definition, terms, today, 'found')} then ${sql.lit(place)}`,
  )
  const place = asked.length === 0 ? sql`null::int` : sql`case ${sql.join(asked, sql` `)} end`
  const { rows } = await sql<{ place: number | null; tier: number | null; customers: number; profitMinor: number }>`
    select place, tier, count(*)::int as customers, sum(profit)::bigint as "profitMinor" from (
      select ${place} as place, case when b.valued_on is not null then b.tier end as tier, coalesce(b.profit_minor, 0) as profit
      from ${everybody} where c.role = 'customer' and c.erased_at is null
    ) as one group by place, tier`.execute(db)
  return rows.map((row) => ({ ...row, tier: row.tier === null ? null : tiers[row.tier]! }))
}

/** Kept segments by their ids. */
export async function segmentsById(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, Segment>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('customers.segment')
    .select(['id', 'name', 'definition', 'shared', 'user_id', 'version'])
    .where('id', 'in', ids)
    .execute()
  return new Map(rows.map((row) => [row.id, stored(row)]))
}

const stored = (row: { id: string; name: string; definition: unknown; shared: boolean; user_id: string; version: number }): Segment => ({
  id: row.id,
  name: row.name,
  definition: row.definition as SegmentDefinition,
  shared: row.shared,
  userId: row.user_id,
  version: row.version,
})

/** Somebody's own segments and those that others share, by name. */
export async function listSegments(db: Db, userId: string): Promise<readonly Segment[]> {
  const rows = await db
    .selectFrom('customers.segment')
    .selectAll()
    .where((e) => e.or([e('user_id', '=', userId), e('shared', '=', true)]))
    .orderBy('name')
    .orderBy('id')
    .limit(500)
    .execute()
  return rows.map(stored)
}

export async function segmentById(db: Db, id: string): Promise<Segment | undefined> {
  const row = await db.selectFrom('customers.segment').selectAll().where('id', '=', id).executeTakeFirst()
  return row && stored(row)
}

/** Names of those of some segments that everybody sees. */
export async function sharedSegments(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('customers.segment').select(['id', 'name']).where('id', 'in', ids).where('shared', '=', true).execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** Whether it was made: nobody has two of the same name. */
export async function insertSegment(db: Db, segment: Segment, now: Date): Promise<boolean> {
  const made = await db
    .insertInto('customers.segment')
    .values({
      id: segment.id,
      user_id: segment.userId,
      name: segment.name,
      definition: JSON.stringify(segment.definition),
      shared: segment.shared,
      created_at: now,
      updated_at: now,
    })
    .onConflict((conflict) => conflict.columns(['user_id', 'name']).doNothing())
    .executeTakeFirst()
  return made.numInsertedOrUpdatedRows === 1n
}

/** Whether the version was the newest. */
export async function updateSegment(
  db: Db,
  { id, name, definition, shared, version }: Omit<Segment, 'userId'>,
  now: Date,
): Promise<boolean> {
  const written = await db
    .updateTable('customers.segment')
    .set({ name, definition: JSON.stringify(definition), shared, version: version + 1, updated_at: now })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  return written.numUpdatedRows === 1n
}

/** False where it is not the given version any more. */
export const deleteSegment = async (db: Db, id: string, version: number): Promise<boolean> =>
  (await db.deleteFrom('customers.segment').where('id', '=', id).where('version', '=', version).returning('id').executeTakeFirst()) !==
  undefined
