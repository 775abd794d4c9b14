import { organizationProfile, readSetting, unknownRoles } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { defaultPageSize } from '#platform/contract.ts'
import { placeOf } from '#platform/cursor.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import type { articleEndpoints } from '../api/articles.ts'
import { type ArticleKind, type Content, contentProblems, shownIn, wholeLanguages } from '../domain/article.ts'
import type { Language } from '../domain/texts.ts'
import { articleAcknowledged, articlePublished, articleWithdrawn } from '../facts.ts'
import { articlesLike, type ListedArticle, listArticles, noteReading, readersOf, readingOf } from '../store/article-lists.ts'
import {
  type Article,
  articleById,
  contentOf,
  holdArticle,
  insertArticle,
  publish,
  publishedOf,
  revisionsOf,
  type StoredArticle,
  withdraw,
  writeRevision,
} from '../store/articles.ts'
import { missing, pageOf, peopleBy, refuseProblems, stampOf } from './common.ts'

type ArticleActions = Omit<Actions<typeof articleEndpoints>, 'inspections' | 'inspect'>
export const articleActions: ArticleActions = {
  async articles({ db, actor }, { q, kind, tag, drafts = false, cursor, limit = defaultPageSize }) {
    const [rank, at, id] = cursor === undefined ? [] : placeOf(cursor, ['whole', 'instant', 'uuid'])
    const after = cursor === undefined ? null : { rank: Number(rank), at: new Date(String(at)), id: String(id) }
    const wish = { q: q || null, kind: kind ?? null, tag: tag ?? null, drafts: drafts && actor.can('knowledge.write') }
    const rows = await listArticles(db, actor.id, { ...wish, after, limit: limit + 1 })
    const { items, next } = pageOf(rows, limit, (row) => [row.rank, row.at.toISOString(), row.id])
    return { items: items.map(lineOf), next }
  },

  async suggestArticles({ db, actor }, { q, tags = [], limit = 5 }) {
    return { items: (await articlesLike(db, actor.id, q, tags, limit)).map(lineOf) }
  },

  async desk({ db }, { language }) {
    return { guide: await standing(db, 'guide', language), conduct: await standing(db, 'conduct', language) }
  },

  async complaintPolicy({ db }, { language }) {
    const { name, locale } = await readSetting(db, organizationProfile)
    const [policy] = await publishedOf(db, 'policy')
    if (!policy) return { company: name, policy: null }
    const wanted = language ?? locale
    const whole = wholeLanguages(policy.content)
    const shown = whole.includes(wanted) ? wanted : (whole[0] ?? wanted)
    return {
      company: name,
      policy: {
        ...copyOf(shownIn(policy.content, shown)),
        language: shown,
        version: policy.publishedRevision!,
        publishedAt: policy.publishedAt!,
      },
    }
  },

  async article(context, { articleId, revision }) {
    return viewOf(context, await seenArticle(context, articleId), revision)
  },

  async articleRevisions(context, { articleId, cursor, limit = defaultPageSize }) {
    await seenArticle(context, articleId)
    const below = cursor === undefined ? null : Number(placeOf(cursor, ['whole'])[0])
    return pageOf(await revisionsOf(context.db, articleId, below, limit + 1), limit, ({ revision }) => [revision])
  },

  async addArticle(context, { content, note = null, ...fields }) {
    await refuseArticle(context, fields, content)
    const id = context.newId()
    await insertArticle(context.db, { ...fields, id, key: null }, { content, note }, false, stampOf(context))
    return viewOf(context, await seenArticle(context, id))
  },

  async saveArticle(context, { articleId, version, content, note = null, ...fields }) {
    const before = await heldArticle(context, articleId, version)
    await refuseArticle(context, fields, content)
    await writeRevision(context.db, before, { ...fields, id: articleId, key: before.key }, { content, note }, stampOf(context))
    return viewOf(context, await seenArticle(context, articleId))
  },

  async publishArticle(context, { articleId, version }) {
    const article = await heldArticle(context, articleId, version)
    if (article.publishedRevision === article.revision)
      throw refuse('conflict', 'published-already', 'The newest revision is published already')
    const content = (await contentOf(context.db, articleId, article.revision))!
    refuseProblems(contentProblems(article.kind, content), 'An article is published when it is whole in at least one language')
    await publish(context.db, article, content, stampOf(context))
    const { kind, revision, needsAcknowledgement } = article
    await context.publish(articlePublished, { articleId, kind, revision, needsAcknowledgement })
    return viewOf(context, await seenArticle(context, articleId))
  },

  async withdrawArticle(context, { articleId, version }) {
    const article = await heldArticle(context, articleId, version)
    if (article.publishedRevision === null) throw refuse('conflict', 'not-published', 'The article is not published')
    await withdraw(context.db, articleId, stampOf(context))
    await context.publish(articleWithdrawn, { articleId, kind: article.kind, revision: article.publishedRevision })
    return viewOf(context, await seenArticle(context, articleId))
  },

  async noteReading(context, { articleId, revision, acknowledged }) {
    const article = await seenArticle(context, articleId)
    if (article.publishedRevision !== revision) throw changedMeanwhile('this article', 'revision')
    const stands = acknowledged && article.needsAcknowledgement
    const reading = { articleId, revision, userId: context.actor.id, acknowledged: stands }
    if (await noteReading(context.db, reading, context.now))
      await context.publish(articleAcknowledged, { articleId, revision, userId: context.actor.id })
    return {}
  },

  async articleReaders(context, { articleId, done, cursor, limit = defaultPageSize }) {
    const article = await seenArticle(context, articleId)
    if (article.publishedRevision === null) throw refuse('conflict', 'not-published', 'The article is not published')
    const readers = await readersOf(context.db, articleId, article.publishedRevision)
    const asked = new Map([...readers].filter(([, { acknowledgedAt }]) => !article.needsAcknowledgement || acknowledgedAt !== null))
    const { items, ...rest } = await peopleBy(context, asked, { isDone: done, cursor, limit })
    const times = (userId: string) => readers.get(userId) ?? { readAt: null, acknowledgedAt: null }
    return { ...rest, items: items.map(({ userId, name }) => ({ userId, name, ...times(userId) })) }
  },
}

/** What everybody reads of the house's own article of a kind; the newest where there are several. */
export async function standing(db: Context['db'], kind: ArticleKind, language: Language) {
  const [found] = await publishedOf(db, kind)
  return found
    ? { ...copyOf(shownIn(found.content, language)), id: found.id, revision: found.publishedRevision!, publishedAt: found.publishedAt! }
    : null
}

const copyOf = ({ title, body, items }: ReturnType<typeof shownIn>) => ({ title, body, items: [...items] })

export const lineOf = ({ rank: _, at: _at, ...line }: ListedArticle) => ({ ...line, tags: [...line.tags] })

/** Whoever does not write articles knows only of published ones. */
export async function seenArticle({ db, actor }: Context, id: string): Promise<StoredArticle> {
  const found = await articleById(db, id)
  if (!found || (found.publishedRevision === null && !actor.can('knowledge.write'))) throw missing('article')
  return found
}

async function heldArticle(context: Context, id: string, version: number): Promise<StoredArticle> {
  const found = await holdArticle(context.db, id)
  if (!found) throw missing('article')
  if (found.version !== version) throw changedMeanwhile('this article')
  return found
}

/** As published; for whoever writes them the newest revision, or the one that is asked for. */
async function viewOf({ db, actor }: Context, article: StoredArticle, revision?: number) {
  const writes = actor.can('knowledge.write')
  const shownRevision = writes ? (revision ?? article.revision) : article.publishedRevision!
  const content =
    revision === undefined || writes || revision === shownRevision ? await contentOf(db, article.id, shownRevision) : undefined
  if (!content) throw missing('revision')
  const reading = await readingOf(db, article.id, article.publishedRevision, actor.id)
  return {
    ...article,
    tags: [...article.tags],
    ...reading,
    title: content.title,
    shownRevision,
    content: { ...content, items: [...content.items] },
  }
}

async function refuseArticle({ db }: Context, { kind, ownerRole }: Omit<Article, 'id' | 'key'>, content: Content): Promise<void> {
  const keys = contentProblems(kind, content).filter(({ reason }) => reason === 'taken-twice')
  refuseProblems(
    keys.map(({ field, reason }) => ({ field: `content.${field}`, reason })),
    'Each point has a key of its own',
  )
  if (ownerRole !== null && (await unknownRoles(db, [ownerRole])).length > 0)
    throw refuse('invalid', 'no-such-role', 'There is no such role', {
      fields: [{ field: 'ownerRole', reason: 'no-such-role', detail: 'There is no such role' }],
    })
}
