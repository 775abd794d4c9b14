import { isKnownCustomer } from '#modules/customers/public.ts'
import { organizationProfile, readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { defaultPageSize } from '#platform/contract.ts'
import { cursorOf, timePlace } from '#platform/cursor.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import type { voiceEndpoints } from '../api/voice.ts'
import { happened } from '../domain/event.ts'
import { mayGoTo, type PublicationTexts, type TypedTexts, textShown, textsToType, textsTyped } from '../domain/publication.ts'
import { publicationMoved } from '../facts.ts'
import { caseById } from '../store/cases.ts'
import { casesOfPublication, countCasesOf, linkCases, publicationsOfCases } from '../store/publication-cases.ts'
import {
  deleteDraft,
  holdPublication,
  insertPublication,
  listPublications,
  type Publication,
  publicationById,
  publicationsById,
  updatePublication,
} from '../store/publications.ts'
import { actedOf } from './acted.ts'
import { mustBeAnonymous } from './anonymous.ts'
import { languageOfCase } from './mail-out.ts'
import { wrong } from './named.ts'
import { heldCase, known, mustBeAllowed, noSuchCase, perform } from './performing.ts'
import { casesWithin, shownCustomers } from './reach.ts'
import { shortOf } from './voice.ts'

type Publications = Omit<Actions<typeof voiceEndpoints>, 'voice' | 'saidAndDone'>

export const publicationActions: Publications = {
  async publications(context, { state, cursor, limit = defaultPageSize }) {
    const rows = await listPublications(context.db, state ?? null, timePlace(cursor), limit + 1)
    const shown = rows.slice(0, limit)
    const counts = await countCasesOf(
      context.db,
      shown.map(({ id }) => id),
    )
    const last = rows.length > limit ? shown.at(-1)! : null
    return {
      items: shown.map((one) => ({ ...viewOf(context, one), cases: counts.get(one.id) ?? 0 })),
      next: last && cursorOf([last.madeAt.toISOString(), last.id]),
    }
  },

  async publication(context, { publicationId }) {
    const one = await called(context, publicationId)
    const all = await casesOfPublication(context.db, one.id)
    const seen = new Set((await casesWithin(context, all)).map(({ id }) => id))
    const shown = all.filter(({ id }) => seen.has(id))
    const customers = await shownCustomers(context, shown)
    return {
      ...viewOf(context, one),
      cases: shown.map((row) => ({ ...shortOf(row, customers), toldAt: row.toldAt })),
      hidden: all.length - shown.length,
    }
  },

  async publicationsOfCase(context, { caseId }) {
    const row = await caseById(context.db, caseId)
    if (!row) throw noSuchCase()
    const of = await publicationsOfCases(context.db, [row])
    const all = await publicationsById(
      context.db,
      of.map(({ publicationId }) => publicationId),
    )
    return { publications: all.map((one) => viewOf(context, one)) }
  },

  async makePublication(context, { caseIds, texts, visible = false }) {
    if (visible) mustPublish(context)
    const one = await made(context, caseIds, texts)
    return viewOf(context, visible ? await moved(context, one, 'published') : one)
  },

  async changePublication(context, { publicationId, version, texts, caseIds = [] }) {
    const before = await called(context, publicationId, version)
    if (before.state === 'published') mustPublish(context)
    const after = { ...before, texts: texts ? textsTyped(texts) : before.texts }
    await linkCases(context.db, before.id, await rowsOf(context, caseIds))
    await mustBeReadable(context, await casesOfPublication(context.db, before.id), after.texts)
    await saved(context, after)
    // What is seen already is said to those who came to it, and stands in their cases.
    if (after.state === 'published' && caseIds.length > 0) await noteAtCases(context, after, new Set(caseIds))
    if (after.state === 'published') await context.publish(publicationMoved, { publicationId: after.id, state: after.state })
    return viewOf(context, { ...after, version: version + 1 })
  },

  async movePublication(context, { publicationId, version, state }) {
    const before = await called(context, publicationId, version)
    if (!mayGoTo(before.state).includes(state)) throw refuse('conflict', 'no-way-there', 'From where it stands it cannot go there')
    return viewOf(context, await moved(context, before, state))
  },

  async dropPublication(context, { publicationId, version }) {
    const before = await called(context, publicationId, version)
    if (before.state !== 'draft') throw refuse('conflict', 'was-published', 'What was published is withdrawn, not thrown away')
    if (!(await deleteDraft(context.db, publicationId, version))) throw changedMeanwhile('this text')
    return {}
  },

  async publish(context, { caseId, version, texts, visible }) {
    const found = await heldCase(context, caseId, version)
    await mustBeAllowed(context, found, 'published')
    if (visible) mustPublish(context)
    const one = await made(context, [caseId], texts)
    if (visible) await moved(context, one, 'published')
    else await noteAtCases(context, one, new Set([caseId]))
    return actedOf(await known(context, caseId))
  },
}

function mustPublish({ actor }: Context): void {
  if (!actor.can('cases.publish'))
    throw refuse('forbidden', 'may-not-publish', 'Somebody who may publish has to put it where everybody reads it')
}

async function made(context: Context, caseIds: readonly string[], typed: TypedTexts): Promise<Publication> {
  const { db, now, actor, newId } = context
  const rows = await rowsOf(context, caseIds)
  const texts = textsTyped(typed)
  await mustBeReadable(context, rows, texts)
  const one: Publication = {
    ...{ id: newId(), state: 'draft', texts, madeAt: now, madeBy: actor.id },
    ...{ publishedAt: null, publishedBy: null, withdrawnAt: null, version: 1 },
  }
  await insertPublication(db, one)
  await linkCases(db, one.id, rows)
  return one
}

/** Publishes or withdraws: it stands in every case behind it from then on, and those who are to be told hear of it by a job. */
async function moved(context: Context, before: Publication, state: 'published' | 'withdrawn'): Promise<Publication> {
  const { db, now, actor } = context
  const at = state === 'published' ? { publishedAt: now, publishedBy: actor.id, withdrawnAt: null } : { withdrawnAt: now }
  const after: Publication = { ...before, ...at, state }
  const rows = await casesOfPublication(db, before.id)
  // Who was merged or renamed since it was written is named no more than before.
  if (state === 'published') await mustBeReadable(context, rows, after.texts)
  await saved(context, after)
  await noteAtCases(context, after, null)
  await context.publish(publicationMoved, { publicationId: after.id, state })
  return { ...after, version: before.version + 1 }
}

async function saved(context: Context, one: Publication): Promise<void> {
  if (!(await updatePublication(context.db, one))) throw changedMeanwhile('this text')
}

/** It stands in the log of the cases, in the language of each; `only`: of these. */
async function noteAtCases(context: Context, { id, state, texts }: Publication, only: ReadonlySet<string> | null): Promise<void> {
  const rows = (await casesOfPublication(context.db, id)).filter((row) => only === null || only.has(row.id))
  // Always in one order, so that two who do the same wait for each other.
  for (const row of rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    if (!(await isKnownCustomer(context.db, row.customerId))) continue
    const found = await heldCase(context, row.id, null)
    const { said, done } = textShown(texts, await languageOfCase(context, found))!
    await perform(context, found, happened('published', { said, done, visible: state === 'published', publicationId: id }), {
      unasked: true,
    })
  }
}

async function rowsOf({ db }: Context, ids: readonly string[]) {
  const rows = await Promise.all([...new Set(ids)].map((id) => caseById(db, id)))
  return rows.filter((row) => row !== null)
}

/** Written at least in the company's language, and naming nobody in any. */
async function mustBeReadable(context: Context, rows: Parameters<typeof mustBeAnonymous>[1], texts: PublicationTexts): Promise<void> {
  const { locale } = await readSetting(context.db, organizationProfile)
  if (texts[locale] === undefined) throw wrong(`texts.${locale}`, 'company-language', 'Write it at least in the company’s language')
  const fields = Object.entries(texts).flatMap(([language, text]) =>
    (['said', 'done'] as const).map((field) => [`texts.${language}.${field}`, text[field]] as const),
  )
  await mustBeAnonymous(context, rows, Object.fromEntries(fields))
}

async function called({ db }: Context, id: string, version?: number): Promise<Publication> {
  if (version !== undefined) await holdPublication(db, id)
  const one = await publicationById(db, id)
  if (!one) throw refuse('missing', 'no-such-publication', 'There is no such text')
  if (version !== undefined && one.version !== version) throw changedMeanwhile('this text')
  return one
}

const viewOf = ({ actor }: Context, { publishedBy: _, ...one }: Publication) => ({
  ...one,
  texts: textsToType(one.texts),
  may: actor.can('cases.publish') ? [...mayGoTo(one.state)] : [],
})
