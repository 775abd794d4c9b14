import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { ArticleKind, Content } from '../domain/article.ts'
import { writeKeys } from './article-keys.ts'

export interface Article {
  readonly id: string
  readonly key: string | null
  readonly kind: ArticleKind
  /** Of which category of cases it speaks, such as what prevents them. */
  readonly category: string | null
  readonly tags: readonly string[]
  /** Whose role answers for it. */
  readonly ownerRole: string | null
  readonly needsAcknowledgement: boolean
}
export interface StoredArticle extends Article {
  readonly revision: number
  readonly publishedRevision: number | null
  readonly publishedAt: Date | null
  readonly publishedBy: string | null
  readonly version: number
  readonly changedAt: Date
  readonly changedBy: string
}

export const articleColumns = sql`a.id, a.key, a.kind, a.category, a.tags, a.owner_role as "ownerRole", a.needs_acknowledgement as "needsAcknowledgement", a.revision,
  a.published_revision as "publishedRevision", a.published_at as "publishedAt", a.published_by as "publishedBy", a.version, a.changed_at as "changedAt",
  a.changed_by as "changedBy"`

export async function articleById(db: Db, id: string): Promise<StoredArticle | undefined> {
  const { rows } = await sql<StoredArticle>`select ${articleColumns} from knowledge.article a where a.id = ${id}`.execute(db)
  return rows[0]
}

/** With `lock`, nobody else writes it until the transaction ends. */
export async function holdArticle(db: Db, id: string): Promise<StoredArticle | undefined> {
  const { rows } = await sql<StoredArticle>`select ${articleColumns} from knowledge.article a where a.id = ${id} for update`.execute(db)
  return rows[0]
}

export interface Revision {
  readonly revision: number
  readonly content: Content
  readonly note: string | null
  readonly madeAt: Date
  readonly madeBy: string
}

export async function contentOf(db: Db, id: string, revision: number): Promise<Content | undefined> {
  const { rows } = await sql<{ content: Content }>`
    select content from knowledge.article_revision where article_id = ${id} and revision = ${revision}`.execute(db)
  return rows[0]?.content
}

/** Revisions below one, the newest first, without what they say. */
export async function revisionsOf(db: Db, id: string, below: number | null, limit: number): Promise<readonly Omit<Revision, 'content'>[]> {
  const { rows } = await sql<Omit<Revision, 'content'>>`
    select revision, note, made_at as "madeAt", made_by as "madeBy" from knowledge.article_revision
    where article_id = ${id} and (${below}::int is null or revision < ${below}::int) order by revision desc limit ${limit}`.execute(db)
  return rows
}

interface Stamp {
  readonly now: Date
  readonly by: string
}
interface Written {
  readonly content: Content
  readonly note: string | null
}

/** Begins an article with its first revision; one that is there already stays as it is. */
export async function insertArticle(
  db: Db,
  article: Article,
  { content, note }: Written,
  published: boolean,
  { now, by }: Stamp,
): Promise<void> {
  const at = published ? now : null
  const { numAffectedRows } = await sql`
    insert into knowledge.article (id, key, kind, category, tags, owner_role, needs_acknowledgement, revision, published_revision, published_at, published_by,
      changed_at, changed_by)
    values (${article.id}, ${article.key}, ${article.kind}, ${article.category}, ${article.tags}, ${article.ownerRole}, ${article.needsAcknowledgement}, 1,
      ${published ? 1 : null}, ${at}, ${published ? by : null}, ${now}, ${by})
    on conflict do nothing`.execute(db)
  if (numAffectedRows !== 1n) return
  await insertRevision(db, article.id, { revision: 1, content, note, madeAt: now, madeBy: by })
  await writeKeys(db, article.id, content, article.tags)
}

/** Writes the next revision as a draft. What is published is found by its own words until the draft is published, too. */
export async function writeRevision(
  db: Db,
  before: StoredArticle,
  article: Article,
  { content, note }: Written,
  { now, by }: Stamp,
): Promise<void> {
  const revision = before.revision + 1
  await sql`
    update knowledge.article set kind = ${article.kind}, category = ${article.category}, tags = ${article.tags}, owner_role = ${article.ownerRole},
      needs_acknowledgement = ${article.needsAcknowledgement}, revision = ${revision}, version = version + 1, changed_at = ${now}, changed_by = ${by}
    where id = ${article.id}`.execute(db)
  await insertRevision(db, article.id, { revision, content, note, madeAt: now, madeBy: by })
  if (before.publishedRevision === null) await writeKeys(db, article.id, content, article.tags)
}

const insertRevision = (db: Db, id: string, { revision, content, note, madeAt, madeBy }: Revision) =>
  sql`insert into knowledge.article_revision (article_id, revision, content, note, made_at, made_by)
    values (${id}, ${revision}, ${JSON.stringify(content)}, ${note}, ${madeAt}, ${madeBy})`.execute(db)

/** Lets everybody read the newest revision. */
export async function publish(db: Db, article: StoredArticle, content: Content, { now, by }: Stamp): Promise<void> {
  await sql`
    update knowledge.article set published_revision = revision, published_at = ${now}, published_by = ${by}, version = version + 1, changed_at = ${now},
      changed_by = ${by}
    where id = ${article.id}`.execute(db)
  await writeKeys(db, article.id, content, article.tags)
}

export const withdraw = (db: Db, id: string, { now, by }: Stamp) =>
  sql`
    update knowledge.article set published_revision = null, published_at = null, published_by = null, version = version + 1, changed_at = ${now},
      changed_by = ${by}
    where id = ${id}`.execute(db)

/** What is published of a kind, the newest first, with what it says. */
export async function publishedOf(
  db: Db,
  kind: ArticleKind,
  category: string | null = null,
): Promise<readonly (StoredArticle & { readonly content: Content })[]> {
  const { rows } = await sql<StoredArticle & { content: Content }>`
    select ${articleColumns}, r.content from knowledge.article a
    join knowledge.article_revision r on r.article_id = a.id and r.revision = a.published_revision
    where a.kind = ${kind} and (${category}::text is null or a.category = ${category}) and a.published_revision is not null
    order by a.published_at desc, a.id desc limit 50`.execute(db)
  return rows
}

/** What was published of a kind between two moments (the second not included) and still is, the newest first. */
export async function publishedBetween(
  db: Db,
  kind: ArticleKind,
  from: Date,
  to: Date,
): Promise<readonly { readonly id: string; readonly at: Date; readonly by: string | null }[]> {
  const rows = await db
    .selectFrom('knowledge.article')
    .select(['id', 'published_at as at', 'published_by as by'])
    .where('kind', '=', kind)
    .where('published_at', '>=', from)
    .where('published_at', '<', to)
    .orderBy('published_at', 'desc')
    .limit(50)
    .execute()
  return rows.map((row) => ({ ...row, at: row.at! }))
}

/** How many of a kind were published between two moments, the second not included. */
export async function countPublishedBetween(db: Db, kind: ArticleKind, from: Date, to: Date): Promise<number> {
  const { n } = await db
    .selectFrom('knowledge.article')
    .select(({ fn }) => fn.countAll<string>().as('n'))
    .where('kind', '=', kind)
    .where('published_at', '>=', from)
    .where('published_at', '<', to)
    .executeTakeFirstOrThrow()
  return Number(n)
}
