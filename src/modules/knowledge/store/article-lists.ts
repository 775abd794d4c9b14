import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { ArticleKind } from '../domain/article.ts'
import type { Texts } from '../domain/texts.ts'
import { keysOfTopic, partsOfQuery } from './article-keys.ts'
import { articleColumns, type StoredArticle } from './articles.ts'

export interface ListedArticle extends StoredArticle {
  readonly title: Texts
  readonly read: boolean
  readonly acknowledged: boolean
  /** By what it is sorted: found by its title or not, and the moment. */
  readonly rank: number
  readonly at: Date
}

interface Wish {
  readonly q: string | null
  readonly kind: ArticleKind | null
  readonly tag: string | null
  /** Also what is not published. */
  readonly drafts: boolean
  readonly after: { readonly rank: number; readonly at: Date; readonly id: string } | null
  readonly limit: number
}

/** The title is that of the revision that the reader sees; whether somebody has read it is asked of the published one. */
const lined = (userId: string, drafts: boolean) => sql`
  knowledge.article a
  join knowledge.article_revision r on r.article_id = a.id and r.revision = ${drafts ? sql`a.revision` : sql`a.published_revision`}
  left join knowledge.article_reading g on g.article_id = a.id and g.revision = a.published_revision and g.user_id = ${userId}`
const line = sql`${articleColumns}, r.content -> 'title' as title, g.read_at is not null as read, g.acknowledged_at is not null as acknowledged`

/** What is found by its title first, then the newest. */
export async function listArticles(
  db: Db,
  userId: string,
  { q, kind, tag, drafts, after, limit }: Wish,
): Promise<readonly ListedArticle[]> {
  const parts = q === null ? [] : partsOfQuery(q)
  if (q !== null && parts.length === 0) return []
  // A plain 0 would be read as the number of a column.
  const rank = parts.length === 0 ? sql`0::int` : sql`k.rank`
  const at = drafts ? sql`a.changed_at` : sql`a.published_at`
  const conditions: RawBuilder<unknown>[] = [
    ...(drafts ? [] : [sql`a.published_revision is not null`]),
    ...(kind === null ? [] : [sql`a.kind = ${kind}`]),
    ...(tag === null ? [] : [sql`${tag} = any(a.tags)`]),
    ...(after === null ? [] : [sql`(${rank}, ${at}, a.id) < (${after.rank}::int, ${after.at}::timestamptz, ${after.id}::uuid)`]),
  ]
  // What they say is read only of those that are shown: it is long.
  const { rows } = await sql<ListedArticle>`
    with found as (
      select a.id, ${rank} as rank, ${at} as at from knowledge.article a ${parts.length === 0 ? sql`` : sql`join (${foundBy(parts)}) k on k.article_id = a.id`}
      where ${conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `)}
      order by ${rank} desc, ${at} desc, a.id desc limit ${limit}
    )
    select ${line}, f.rank, f.at from found f join ${lined(userId, drafts)} on a.id = f.id order by f.rank desc, f.at desc, a.id desc`.execute(
    db,
  )
  return rows
}

/** Articles that have a key with each of the beginnings, 1 where each stands in the title. */
const foundBy = (parts: readonly string[]) => sql`
  select article_id, min(in_title)::int as rank from (${sql.join(
    parts.map(
      (part) => sql`
        select article_id, max(in_title::int) as in_title from knowledge.article_key where key >= ${part} and key < ${`${part}\u{10FFFF}`} group by article_id`,
    ),
    sql` union all `,
  )}) part group by article_id having count(*) = ${parts.length}::int`

/** What is like some words, or has one of some tags: a word of the title counts three times, a tag five times; a single word of the text is chance. */
export async function articlesLike(
  db: Db,
  userId: string,
  words: string,
  tags: readonly string[],
  limit: number,
): Promise<readonly ListedArticle[]> {
  const keys = keysOfTopic(words)
  const { rows } = await sql<ListedArticle>`
    with hit as (
      select article_id, sum(case when in_title then 3 else 1 end)::int as words from knowledge.article_key where key = any(${keys}::text[]) group by article_id
    ), found as (
      select a.id, a.published_at as at,
        coalesce(h.words, 0) + 5 * cardinality(array(select unnest(a.tags) intersect select unnest(${tags}::text[]))) as rank
      from knowledge.article a left join hit h on h.article_id = a.id
      where a.published_revision is not null and a.kind in ('article', 'case', 'policy', 'prevention')
        and (h.words >= 2 or a.tags && ${tags}::text[])
      order by rank desc, at desc, a.id desc limit ${limit}
    )
    select ${line}, f.rank, f.at from found f join ${lined(userId, false)} on a.id = f.id order by f.rank desc, f.at desc, a.id desc`.execute(
    db,
  )
  return rows
}

/** What somebody is asked to stand by and has not yet. */
export async function toAcknowledge(db: Db, userId: string, limit: number): Promise<readonly ListedArticle[]> {
  const { rows } = await sql<ListedArticle>`
    select ${line}, 0 as rank, a.published_at as at from ${lined(userId, false)}
    where a.published_revision is not null and a.needs_acknowledgement and g.acknowledged_at is null
    order by a.published_at desc, a.id desc limit ${limit}`.execute(db)
  return rows
}

/** Whether somebody has read the published revision of one article, and stands by it. */
export async function readingOf(db: Db, articleId: string, revision: number | null, userId: string) {
  const { rows } = await sql<{ acknowledged: boolean }>`
    select acknowledged_at is not null as acknowledged from knowledge.article_reading
    where article_id = ${articleId} and revision = ${revision}::int and user_id = ${userId}`.execute(db)
  return { read: rows.length > 0, acknowledged: rows[0]?.acknowledged ?? false }
}

/** Who has read a revision once has read it; who stands by it stays with that. Answers whether the acknowledgement is new. */
export async function noteReading(
  db: Db,
  { articleId, revision, userId, acknowledged }: { articleId: string; revision: number; userId: string; acknowledged: boolean },
  now: Date,
): Promise<boolean> {
  const before = await readingOf(db, articleId, revision, userId)
  await sql`
    insert into knowledge.article_reading as g (article_id, revision, user_id, read_at, acknowledged_at)
    values (${articleId}, ${revision}, ${userId}, ${now}, ${acknowledged ? now : null})
    on conflict (article_id, revision, user_id) do update set acknowledged_at = coalesce(g.acknowledged_at, excluded.acknowledged_at)`.execute(
    db,
  )
  return acknowledged && !before.acknowledged
}

export interface ReadingTimes {
  readonly readAt: Date
  readonly acknowledgedAt: Date | null
}

/** Who has read a revision. */
export async function readersOf(db: Db, articleId: string, revision: number): Promise<ReadonlyMap<string, ReadingTimes>> {
  const { rows } = await sql<ReadingTimes & { userId: string }>`
    select user_id as "userId", read_at as "readAt", acknowledged_at as "acknowledgedAt" from knowledge.article_reading
    where article_id = ${articleId} and revision = ${revision}`.execute(db)
  return new Map(rows.map(({ userId, ...times }) => [userId, times]))
}
