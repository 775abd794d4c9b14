import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { BulletinKind, Origin } from '../domain/bulletin.ts'
import type { Texts } from '../domain/texts.ts'

export interface Bulletin {
  readonly id: string
  readonly kind: BulletinKind
  readonly title: Texts
  readonly body: Texts
  readonly tags: readonly string[]
  readonly origin: Origin | null
  readonly publishedAt: Date
  readonly publishedBy: string
}
export interface StoredBulletin extends Bulletin {
  readonly withdrawnAt: Date | null
  readonly readAt: Date | null
  readonly version: number
}

/** Whether it is new: the same one published again changes nothing. */
export async function insertBulletin(db: Db, one: Bulletin): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into knowledge.bulletin (id, kind, title, body, tags, origin_module, origin_id, published_at, published_by)
    values (${one.id}, ${one.kind}, ${JSON.stringify(one.title)}, ${JSON.stringify(one.body)}, ${one.tags}, ${one.origin?.module ?? null},
      ${one.origin?.id ?? null}, ${one.publishedAt}, ${one.publishedBy})
    on conflict (id) do nothing`.execute(db)
  return numAffectedRows === 1n
}

const columns = sql`b.id, b.kind, b.title, b.body, b.tags,
  case when b.origin_module is null then null else json_build_object('module', b.origin_module, 'id', b.origin_id) end as origin,
  b.published_at as "publishedAt", b.published_by as "publishedBy", b.withdrawn_at as "withdrawnAt", g.read_at as "readAt", b.version`
const read = (userId: string) =>
  sql`knowledge.bulletin b left join knowledge.bulletin_reading g on g.user_id = ${userId} and g.bulletin_id = b.id`

interface Wish {
  readonly kind: BulletinKind | null
  readonly tag: string | null
  /** Only what has not been read and went out since this moment. */
  readonly unreadSince: Date | null
  readonly after: { readonly at: Date; readonly id: string } | null
  readonly limit: number
}

/** What stands, the newest first. */
export async function listBulletins(
  db: Db,
  userId: string,
  { kind, tag, unreadSince, after, limit }: Wish,
): Promise<readonly StoredBulletin[]> {
  const conditions: RawBuilder<unknown>[] = [
    sql`b.withdrawn_at is null`,
    ...(kind === null ? [] : [sql`b.kind = ${kind}`]),
    ...(tag === null ? [] : [sql`${tag} = any(b.tags)`]),
    ...(unreadSince === null ? [] : [sql`g.read_at is null and b.published_at >= ${unreadSince}::timestamptz`]),
    ...(after === null ? [] : [sql`(b.published_at, b.id) < (${after.at}::timestamptz, ${after.id}::uuid)`]),
  ]
  const { rows } = await sql<StoredBulletin>`
    select ${columns} from ${read(userId)} where ${sql.join(conditions, sql` and `)} order by b.published_at desc, b.id desc limit ${limit}`.execute(
    db,
  )
  return rows
}

export async function bulletinById(db: Db, id: string, userId: string): Promise<StoredBulletin | undefined> {
  const { rows } = await sql<StoredBulletin>`select ${columns} from ${read(userId)} where b.id = ${id}`.execute(db)
  return rows[0]
}

/** What was published about a thing of another module, the newest first. */
export async function bulletinsOf(
  db: Db,
  origin: Origin,
): Promise<readonly Pick<StoredBulletin, 'id' | 'kind' | 'publishedAt' | 'withdrawnAt'>[]> {
  const { rows } = await sql<Pick<StoredBulletin, 'id' | 'kind' | 'publishedAt' | 'withdrawnAt'>>`
    select id, kind, published_at as "publishedAt", withdrawn_at as "withdrawnAt" from knowledge.bulletin
    where origin_module = ${origin.module} and origin_id = ${origin.id} order by published_at desc, id desc limit 100`.execute(db)
  return rows
}

/** False where it is not the given version any more, or was withdrawn before. */
export async function withdrawBulletin(db: Db, id: string, version: number, { now, by }: { now: Date; by: string }): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update knowledge.bulletin set withdrawn_at = ${now}, withdrawn_by = ${by}, version = version + 1
    where id = ${id} and version = ${version} and withdrawn_at is null`.execute(db)
  return numAffectedRows === 1n
}

/** Who has read it once has read it. */
export const noteRead = (db: Db, bulletinId: string, userId: string, now: Date) =>
  sql`insert into knowledge.bulletin_reading (user_id, bulletin_id, read_at) values (${userId}, ${bulletinId}, ${now}) on conflict do nothing`.execute(
    db,
  )

/** Who has read it, and when. */
export async function bulletinReaders(db: Db, bulletinId: string): Promise<ReadonlyMap<string, Date>> {
  const { rows } = await sql<{ userId: string; readAt: Date }>`
    select user_id as "userId", read_at as "readAt" from knowledge.bulletin_reading where bulletin_id = ${bulletinId}`.execute(db)
  return new Map(rows.map(({ userId, readAt }) => [userId, readAt]))
}
