import { isKnownCustomer, mayContact, servicePurpose } from '#modules/customers/public.ts'
import type { Context } from '#platform/context.ts'
import { wordsOf } from '#platform/pages/words.ts'
import { textShown } from '../domain/publication.ts'
import { casesOfPublication, noteTold } from '../store/publication-cases.ts'
import { publicationById } from '../store/publications.ts'
import { portalTexts } from '../texts/index.ts'
import { languageOfCase } from './mail-out.ts'
import { sendToCustomer } from './messages.ts'
import { heldCase } from './performing.ts'

/**
 * Tells everybody whose words led to something that is published now, each customer once however many cases of theirs stand behind it and however often this is carried out: on their own page, and by mail where an
 * address is known and they may be written to.
 */
export async function tellAuthors(context: Context, publicationId: string): Promise<void> {
  const { db, now, house } = context
  const one = await publicationById(db, publicationId)
  if (one?.state !== 'published') return
  const newest = new Map((await casesOfPublication(db, publicationId)).toReversed().map((row) => [row.customerId, row]))
  for (const { customerId, id, toldAt } of [...newest.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    if (toldAt !== null || !(await isKnownCustomer(db, customerId))) continue
    const found = await heldCase(context, id, null)
    if (!(await noteTold(db, publicationId, customerId, now))) continue
    const language = await languageOfCase(context, found)
    const { said, done } = textShown(one.texts, language)!
    const t = wordsOf(portalTexts, language)
    const { address } = house
    const where = address === undefined ? [] : [`${t('public.read')} ${address}/p/said`]
    const text = [t('public.told'), `${t('public.youSaid')}\n${said}`, `${t('public.weDid')}\n${done}`, ...where].join('\n\n')
    const unmailed = !(await mayContact(db, customerId, servicePurpose, 'email'))
    await sendToCustomer(context, found, { text, channel: 'web', automatic: true, unmailed })
  }
}
