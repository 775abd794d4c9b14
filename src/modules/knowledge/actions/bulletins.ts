import { organizationProfile, readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { defaultPageSize } from '#platform/contract.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import { userById } from '#platform/sign-in/users.ts'
import type { bulletinEndpoints } from '../api/bulletins.ts'
import { type BulletinKind, leadsToSomebody, type Origin } from '../domain/bulletin.ts'
import { languages, type Texts, textsOf } from '../domain/texts.ts'
import { bulletinPublished, bulletinWithdrawn } from '../facts.ts'
import { toAcknowledge } from '../store/article-lists.ts'
import {
  bulletinById,
  bulletinReaders,
  insertBulletin,
  listBulletins,
  noteRead,
  type StoredBulletin,
  withdrawBulletin,
} from '../store/bulletins.ts'
import { lineOf } from './articles.ts'
import { missing, pageOf, peopleBy, placeOfCursor, stampOf } from './common.ts'

/** So much stands on the home page; the rest is in the list. */
const mostToRead = 5

export const bulletinActions: Actions<typeof bulletinEndpoints> = {
  async bulletins(context, { unread = false, kind, tag, cursor, limit = defaultPageSize }) {
    const unreadSince = unread ? await cameAt(context) : null
    const wish = { kind: kind ?? null, tag: tag ?? null, unreadSince, after: placeOfCursor(cursor), limit: limit + 1 }
    const { items, next } = pageOf(await listBulletins(context.db, context.actor.id, wish), limit, ({ publishedAt, id }) => [
      publishedAt.toISOString(),
      id,
    ])
    return { items: items.map(viewOf), next }
  },

  bulletin: async (context, { bulletinId }) => viewOf(await bulletinCalled(context, bulletinId)),

  async publishBulletin(context, { kind, title, body, tags }) {
    const id = context.newId()
    await tellEverybody(context, { id, kind, title, body, origin: null, tags })
    return viewOf(await bulletinCalled(context, id))
  },

  async withdrawBulletin(context, { bulletinId, version }) {
    const { kind } = await bulletinCalled(context, bulletinId)
    if (!(await withdrawBulletin(context.db, bulletinId, version, stampOf(context)))) throw changedMeanwhile('this bulletin')
    await context.publish(bulletinWithdrawn, { bulletinId, kind })
    return viewOf(await bulletinCalled(context, bulletinId))
  },

  async readBulletin(context, { bulletinId }) {
    await bulletinCalled(context, bulletinId)
    await noteRead(context.db, bulletinId, context.actor.id, context.now)
    return {}
  },

  async bulletinReaders(context, { bulletinId, done, cursor, limit = defaultPageSize }) {
    await bulletinCalled(context, bulletinId)
    const readers = await bulletinReaders(context.db, bulletinId)
    const { items, ...rest } = await peopleBy(context, readers, { isDone: done, cursor, limit })
    return { ...rest, items: items.map(({ userId, name, done: readAt }) => ({ userId, name, readAt, acknowledgedAt: null })) }
  },

  async toRead(context) {
    const { db, actor } = context
    const wish = { kind: null, tag: null, unreadSince: await cameAt(context), after: null, limit: mostToRead + 1 }
    const bulletins = await listBulletins(db, actor.id, wish)
    return {
      bulletins: bulletins.slice(0, mostToRead).map(viewOf),
      moreBulletins: bulletins.length > mostToRead,
      acknowledgements: (await toAcknowledge(db, actor.id, mostToRead)).map(lineOf),
    }
  },
}

export interface NewBulletin {
  /** The same id published again changes nothing. */
  readonly id: string
  readonly kind: BulletinKind
  /** In the company's language, or in several. */
  readonly title: string | Partial<Texts>
  readonly body: string | Partial<Texts>
  readonly origin: Origin | null
  readonly tags?: readonly string[]
}

/** Publishes a bulletin in the transaction that made it true; everybody is told of it behind that. Refused where it would lead to a person. Answers whether it is new. */
export async function tellEverybody(context: Context, { id, kind, origin, tags = [], ...said }: NewBulletin): Promise<boolean> {
  const { db, now, actor } = context
  const { locale } = await readSetting(db, organizationProfile)
  const [title, body] = [textsOf(said.title, locale), textsOf(said.body, locale)]
  const revealing = (['title', 'body'] as const).filter((field) =>
    languages.some((language) => leadsToSomebody((field === 'title' ? title : body)[language]).length > 0),
  )
  if (revealing.length > 0) {
    const detail = 'It holds an e-mail address or a telephone number; a bulletin goes to everybody and names nobody'
    throw refuse('invalid', 'leads-to-somebody', detail, {
      fields: revealing.map((field) => ({ field, reason: 'leads-to-somebody', detail })),
    })
  }
  const isNew = await insertBulletin(db, { id, kind, title, body, origin, tags, publishedAt: now, publishedBy: actor.id })
  if (!isNew) return false
  // Whoever wrote it has read it.
  if (actor.kind === 'person') await noteRead(db, id, actor.id, now)
  await context.publish(bulletinPublished, { bulletinId: id, kind, publishedBy: actor.id, origin })
  return true
}

/** What went out before somebody came is history to them. */
async function cameAt({ db, actor }: Context): Promise<Date> {
  return (await userById(db, actor.id))?.createdAt ?? new Date(0)
}

async function bulletinCalled({ db, actor }: Context, id: string): Promise<StoredBulletin> {
  const found = await bulletinById(db, id, actor.id)
  if (!found) throw missing('bulletin')
  return found
}

const viewOf = (one: StoredBulletin) => ({ ...one, tags: [...one.tags] })
