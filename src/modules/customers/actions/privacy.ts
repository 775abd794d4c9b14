import { organizationProfile, readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { defaultPageSize } from '#platform/contract.ts'
import { cursorOf, placeOf } from '#platform/cursor.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import { personArchive } from '#platform/subject/archive.ts'
import { erasureLogLines } from '#platform/subject/erasure-log.ts'
import type { privacyApi } from '../api/privacy.ts'
import { isHeld } from '../domain/kept.ts'
import { erasureRequested } from '../facts.ts'
import { formerIdsOf } from '../store/aliases.ts'
import { type Erasure, erasureById, insertErasure, listErasures, openErasures, updateErasure } from '../store/erasures.ts'
import { keptByLaw } from '../store/kept.ts'
import { archiveOf } from './archive.ts'
import { beginErasure, type SeenErasure, seenErasures, todayOf } from './erasing.ts'
import { hidesPersonal } from './personal.ts'

export const privacyActions: Actions<typeof privacyApi> = {
  async personalData(context, { id, language }) {
    const { db, now, house } = context
    const archive = await archiveOf(context, id)
    if (hidesPersonal(context))
      throw refuse('forbidden', 'permission-missing', 'This needs the permission customers.read-personal', {
        values: { permission: 'customers.read-personal' },
      })
    const ids = [id, ...(await formerIdsOf(db, id))]
    const { locale } = await readSetting(db, organizationProfile)
    return {
      fileName: `customer-${id.slice(0, 8)}-${await todayOf(context)}.zip`,
      mediaType: 'application/zip',
      content: personArchive(db, house, { ids, name: String(archive.values.name), at: now, language: language ?? locale }),
    }
  },

  async erasures(context, { state, customerId, cursor, limit = defaultPageSize }) {
    const { db, reach } = context
    const after = cursor === undefined ? null : placeOf(cursor, ['instant', 'uuid'])
    const rows = await listErasures(db, { state, customerId, reach, after, limit: limit + 1 })
    const items = rows.slice(0, limit)
    const last = items.at(-1)
    return {
      items: await seenErasures(context, items),
      next: rows.length > limit && last ? cursorOf([last.requestedAt.toISOString(), last.id]) : null,
    }
  },

  async requestErasure(context, { id, reason }) {
    const { db, now, actor, newId, publish } = context
    await archiveOf(context, id, { lock: true })
    if ((await openErasures(db, [id])).length > 0)
      throw refuse('conflict', 'erasure-open', 'The erasure of this person was asked for already')
    const erasureId = newId()
    await insertErasure(db, { id: erasureId, customerId: id, reason, requestedBy: actor.id, requestedAt: now })
    await publish(erasureRequested, { customerId: id, erasureId })
    return seenErasure(context, erasureId)
  },

  async holdErasure(context, { erasureId, version, reason, until }) {
    const erasure = await openErasure(context, erasureId, version)
    await updateErasure(context.db, erasure, { holdReason: reason, holdUntil: reason === null ? null : until })
    return seenErasure(context, erasureId)
  },

  async confirmErasure(context, { erasureId, version }) {
    const { db, now, actor } = context
    const erasure = await openErasure(context, erasureId, version)
    // What waits is confirmed already.
    if (erasure.state !== 'requested') throw changedMeanwhile('this request')
    if (erasure.requestedBy === actor.id)
      throw refuse('forbidden', 'second-person-needed', 'Who asked for an erasure cannot confirm it; somebody else has to look at it')
    await refuseOnHold(context, erasure)
    const kept = (await keptByLaw(context, [erasure.customerId], await todayOf(context))).get(erasure.customerId)
    const confirmed = { by: actor.id, at: now }
    if (kept === undefined)
      return { runId: await beginErasure(context, erasure, confirmed), state: 'confirmed', keptByLaw: null, dueOn: null }
    await updateErasure(db, erasure, { state: 'waiting', confirmedBy: confirmed.by, confirmedAt: confirmed.at })
    const { keptByLaw: law, dueOn } = await seenErasure(context, erasureId)
    return { runId: null, state: 'waiting', keptByLaw: law, dueOn }
  },

  async withdrawErasure(context, { erasureId, version }) {
    const erasure = await openErasure(context, erasureId, version)
    await updateErasure(context.db, erasure, { state: 'withdrawn', endedAt: context.now })
    return {}
  },

  erasureLog: async ({ db }) => ({ fileName: 'erasures.jsonl', mediaType: 'application/jsonl', content: erasureLogLines(db) }),
}

const seenErasure = async (context: Context, id: string): Promise<SeenErasure> =>
  (await seenErasures(context, [(await erasureById(context.db, id))!]))[0]!

/** A request that is neither under way nor at its end, in the version that was seen. */
async function openErasure({ db }: Context, id: string, version: number): Promise<Erasure> {
  const erasure = await erasureById(db, id)
  if (!erasure) throw refuse('missing', 'no-such-erasure', 'There is no such request')
  if (erasure.version !== version || (erasure.state !== 'requested' && erasure.state !== 'waiting')) throw changedMeanwhile('this request')
  return erasure
}

async function refuseOnHold(context: Context, erasure: Erasure): Promise<void> {
  const { holdReason, holdUntil } = erasure
  if (holdReason === null || !isHeld(erasure, await todayOf(context))) return
  throw refuse('conflict', 'legal-hold', `The law wants these data kept${holdUntil === null ? '' : ` until ${holdUntil}`}: ${holdReason}`, {
    values: { reason: holdReason, until: holdUntil ?? '' },
  })
}
