import type { Context } from '#platform/context.ts'
import { defaultPageSize } from '#platform/contract.ts'
import { cursorOf, placeOf } from '#platform/cursor.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import type { needEndpoints } from '../api/needs.ts'
import { needKey } from '../domain/need.ts'
import { needNoted } from '../facts.ts'
import {
  customersWithNeed,
  linkProduct,
  listNeeds,
  mergeNeeds,
  needById,
  needOfText,
  type StoredNeed,
  suggestNeeds,
  unlinkProduct,
  updateNeed,
  writeNeedNotes,
} from '../store/needs.ts'

export const needActions: Actions<typeof needEndpoints> = {
  async needs({ db }, { q, state, cursor, limit = defaultPageSize }) {
    const place = cursor === undefined ? null : placeOf(cursor, ['whole', 'uuid'])
    const after = place && { customers: Number(place[0]), id: String(place[1]) }
    const rows = await listNeeds(db, { key: q ? needKey(q) : null, state: state ?? null, after, limit: limit + 1 })
    const items = rows.slice(0, limit).map((need) => ({ ...need, productCodes: [...need.productCodes] }))
    const last = items.at(-1)
    return { items, next: rows.length > limit && last ? cursorOf([last.customers, last.id]) : null }
  },

  needSuggestions: async ({ db, reach }, { q }) => ({ items: [...(await suggestNeeds(db, needKey(q), reach, 10))] }),

  async needCustomers({ db, reach }, { needId, cursor, limit = defaultPageSize }) {
    const place = cursor === undefined ? null : placeOf(cursor, ['instant', 'uuid'])
    const after = place && { at: String(place[0]), id: String(place[1]) }
    const rows = await customersWithNeed(db, needId, reach, after, limit + 1)
    const items = rows.slice(0, limit)
    const last = items.at(-1)
    return { items, next: rows.length > limit && last ? cursorOf([last.notedAt.toISOString(), last.interactionId]) : null }
  },

  async changeNeed(context, { needId, version, text, category, state }) {
    const need = await living(context, needId)
    if (need.version !== version) throw changedMeanwhile('this need')
    const written = await updateNeed(context.db, { id: needId, version, text, key: needKey(text), category: category || null, state })
    if (!written) throw refuse('conflict', 'need-there', 'Another need has these words already; merge the two instead')
    return {}
  },

  async mergeNeed(context, { needId, otherId, otherVersion }) {
    if (needId === otherId) throw refuse('invalid', 'same-need', 'A need cannot be merged into itself')
    await living(context, needId)
    await living(context, otherId)
    if (!(await mergeNeeds(context.db, needId, otherId, otherVersion))) throw changedMeanwhile('this need', 'otherVersion')
    return {}
  },

  async linkProduct(context, { needId, productCode }) {
    await living(context, needId)
    await linkProduct(context.db, needId, productCode, context.actor.id, context.now)
    return {}
  },

  async unlinkProduct({ db }, { needId, productCode }) {
    await unlinkProduct(db, needId, productCode)
    return {}
  },
}

/** Notes what was heard in a touch: each text joins the register. */
export async function noteNeeds(
  context: Context,
  { customerId, interactionId }: { customerId: string; interactionId: string },
  texts: readonly string[],
): Promise<void> {
  const { db, actor, now, newId, publish } = context
  const byKey = new Map(texts.map((text) => [needKey(text), text]).filter(([key]) => key !== '') as [string, string][])
  const ids = new Set<string>()
  // In one order, so that two who note the same needs never wait for each other.
  for (const [key, text] of [...byKey].sort()) ids.add(await needOfText(db, { id: newId(), text, key, by: actor.id, now }))
  const fresh = await writeNeedNotes(db, { customerId, interactionId, by: actor.id, now }, [...ids])
  for (const needId of fresh) await publish(needNoted, { customerId, needId, interactionId })
}

async function living({ db }: Context, id: string): Promise<StoredNeed> {
  const need = await needById(db, id)
  if (!need || need.mergedInto !== null) throw refuse('missing', 'no-such-need', 'There is no such need')
  return need
}
