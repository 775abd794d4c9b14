import { notify } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { job } from '#platform/module.ts'
import { enabledUsers } from '#platform/sign-in/users.ts'
import { articlePublished, bulletinPublished } from './facts.ts'
import { articleById } from './store/articles.ts'
import { bulletinById } from './store/bulletins.ts'

/** So many are told in one statement. */
const atOnce = 1000

export const jobs = [
  job({
    name: 'knowledge.tell-bulletin',
    on: bulletinPublished,
    async run(context, { bulletinId, kind, publishedBy }) {
      const bulletin = await bulletinById(context.db, bulletinId, publishedBy)
      // It may have been withdrawn before anybody was told.
      if (bulletin && bulletin.withdrawnAt === null)
        await tell(context, publishedBy, { kind: `knowledge.bulletin-${kind}`, link: `/bulletins/${bulletinId}` })
    },
  }),
  job({
    name: 'knowledge.ask-acknowledgement',
    on: articlePublished,
    async run(context, { articleId, revision, needsAcknowledgement }) {
      const article = needsAcknowledgement ? await articleById(context.db, articleId) : undefined
      if (article?.publishedRevision === revision)
        await tell(context, article.publishedBy ?? '', { kind: 'knowledge.to-acknowledge', link: `/knowledge/${articleId}` })
    },
  }),
]

/** Everybody who may sign in, except whoever published it. */
async function tell(context: Context, except: string, news: { readonly kind: string; readonly link: string }): Promise<void> {
  const people = (await enabledUsers(context.db)).filter((id) => id !== except)
  for (let from = 0; from < people.length; from += atOnce)
    await notify(context, { to: people.slice(from, from + atOnce), values: {}, ...news })
}
