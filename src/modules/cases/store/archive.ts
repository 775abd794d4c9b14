import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import { searchOf, wordsOf } from './archive-words.ts'
import { type CaseRow, columnsWith } from './cases.ts'
import type { TimePlace } from './lists.ts'

/** The words of a case that has ended, for the search; written again with everything that is still said of it. */
export async function writeArchive(
  db: Db,
  {
    customerId,
    caseId,
    kind,
    endedAt,
  }: { readonly customerId: string; readonly caseId: string; readonly kind: string; readonly endedAt: Date },
  text: string,
): Promise<void> {
  await sql`
    insert into cases.archive (customer_id, case_id, ended_at, kind, words)
    values (${customerId}::uuid, ${caseId}::uuid, ${endedAt}::timestamptz, ${kind}, ${wordsOf(text)}::tsvector)
    on conflict (customer_id, case_id) do update set ended_at = excluded.ended_at, words = excluded.words`.execute(db)
}

/** A case goes on: it is no more of the archive. */
export async function leaveArchive(db: Db, customerId: string, caseId: string): Promise<void> {
  await db.deleteFrom('cases.archive').where('customer_id', '=', customerId).where('case_id', '=', caseId).execute()
}

/** Those of some cases that are in the archive. */
export async function archivedAmong(
  db: Db,
  cases: readonly { readonly customerId: string; readonly id: string }[],
): Promise<ReadonlySet<string>> {
  if (cases.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`
    select a.case_id as id from unnest(${cases.map(({ customerId }) => customerId)}::uuid[], ${cases.map(({ id }) => id)}::uuid[]) as w (customer_id, case_id)
    join cases.archive a on a.customer_id = w.customer_id and a.case_id = w.case_id`.execute(db)
  return new Set(rows.map(({ id }) => id))
}

/** A case of the archive: what it was about, how it came out, and what the customer said of it. */
export interface ArchivedRow extends CaseRow {
  readonly endedAt: Date
  readonly satisfied: boolean | null
  readonly remedyMinor: number
  readonly minutes: number
  readonly transfers: number
}

export interface ArchiveWish {
  /** Null: every case. */
  readonly search: string | null
  readonly kinds: readonly string[] | null
  /** Moments between which it ended; the second is not part of it. */
  readonly from: Date | null
  readonly until: Date | null
}

const archived = columnsWith('a.ended_at as "endedAt"', 'c.satisfied', 'c.remedy_minor as "remedyMinor"', 'c.minutes', 'c.transfers')

/** So many that are found are fetched and sorted; above, the archive is walked from its newest case on, and soon meets the next. */
const fewFound = 5_000

/** Cases that have ended, the last one first. */
export async function searchArchive(db: Db, wish: ArchiveWish, after: TimePlace | null, limit: number): Promise<ArchivedRow[]> {
  const search = wish.search === null ? null : searchOf(wish.search)
  if (wish.search !== null && search === null) return []
  const within = conditions(wish, after)
  const found = search === null ? sql`true` : sql`words @@ ${search}::tsquery`
  const order = sql`order by ended_at desc, case_id desc`
  const page =
    search !== null && (await isRare(db, sql`${within} and ${found}`))
      ? sql`select * from cases.archive where ${within} and ${found} ${order} limit ${limit}`
      : // The fence keeps the order of the index, so that the walk ends with the page.
        sql`select * from (select * from cases.archive where ${within} ${order} offset 0) w where ${found} limit ${limit}`
  const { rows } = await sql<{
    customerId: string
    caseId: string
  }>`select customer_id as "customerId", case_id as "caseId" from (${page}) p`.execute(db)
  return archivedOf(db, rows)
}

function conditions({ kinds, from, until }: ArchiveWish, after: TimePlace | null): RawBuilder<unknown> {
  const all = [
    sql`true`,
    ...(kinds ? [sql`kind = any(${kinds}::text[])`] : []),
    ...(from ? [sql`ended_at >= ${from}::timestamptz`] : []),
    ...(until ? [sql`ended_at < ${until}::timestamptz`] : []),
    ...(after ? [sql`(ended_at, case_id) < (${after.at}::timestamptz, ${after.id}::uuid)`] : []),
  ]
  return sql.join(all, sql` and `)
}

async function isRare(db: Db, where: RawBuilder<unknown>): Promise<boolean> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from (select 1 from cases.archive where ${where} limit ${sql.lit(fewFound + 1)}) few`.execute(db)
  return rows[0]!.n <= fewFound
}

async function archivedOf(db: Db, found: readonly { readonly customerId: string; readonly caseId: string }[]): Promise<ArchivedRow[]> {
  if (found.length === 0) return []
  const { rows } = await sql<ArchivedRow>`
    select ${archived} from unnest(${found.map((one) => one.customerId)}::uuid[], ${found.map((one) => one.caseId)}::uuid[]) as p (customer_id, case_id)
    join cases.archive a on a.customer_id = p.customer_id and a.case_id = p.case_id
    join cases.case c on c.customer_id = p.customer_id and c.id = p.case_id
    order by a.ended_at desc, a.case_id desc`.execute(db)
  return rows
}
