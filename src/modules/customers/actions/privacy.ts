import { dayIn, organizationProfile, readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { defaultPageSize } from '#platform/contract.ts'
import { cursorOf, placeOf } from '#platform/cursor.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import { requestRun } from '#platform/runs/store.ts'
import { personArchive } from '#platform/subject/archive.ts'
import { erasureLogLines } from '#platform/subject/erasure-log.ts'
import type { privacyApi } from '../api/privacy.ts'
import { erasureRequested } from '../facts.ts'
import { eraseRunKind } from '../runs/erase.ts'
import { formerIdsOf } from '../store/aliases.ts'
import { type Erasure, erasureById, insertErasure, listErasures, openErasures, updateErasure } from '../store/erasures.ts'
import { archiveOf } from './archive.ts'
import { hidesPersonal } from './personal.ts'

export const privacyActions: Actions<typeof privacyApi> = {
  async personalData(context, { id }) {
    const { db, now, house } = context
    const archive = await archiveOf(context, id)
    if (hidesPersonal(context))
      throw refuse('forbidden', 'permission-missing', 'This needs the permission customers.read-personal', {
        values: { permission: 'customers.read-personal' },
      })
    const ids = [id, ...(await formerIdsOf(db, id))]
    const { timeZone } = await readSetting(db, organizationProfile)
    return {
      fileName: `customer-${id.slice(0, 8)}-${dayIn(timeZone, now)}.zip`,
      mediaType: 'application/zip',
      content: personArchive(db, house, { ids, name: String(archive.values.name), at: now }),
    }
  },

  async erasures({ db, reach }, { state, customerId, cursor, limit = defaultPageSize }) {
    const after = cursor === undefined ? null : placeOf(cursor, ['instant', 'uuid'])
    const rows = await listErasures(db, { state, customerId, reach, after, limit: limit + 1 })
    const items = rows.slice(0, limit)
    const last = items.at(-1)
    return { items, next: rows.length > limit && last ? cursorOf([last.requestedAt.toISOString(), last.id]) : null }
  },

  async requestErasure(context, { id, reason }) {
    const { db, now, actor, newId, publish } = context
    await archiveOf(context, id, { lock: true })
    if ((await openErasures(db, [id])).length > 0)
      throw refuse('conflict', 'erasure-open', 'The erasure of this person was asked for already')
    const erasureId = newId()
    await insertErasure(db, { id: erasureId, customerId: id, reason, requestedBy: actor.id, requestedAt: now })
    await publish(erasureRequested, { customerId: id, erasureId })
    return (await erasureById(db, erasureId))!
  },

  async holdErasure(context, { erasureId, version, reason, until }) {
    const erasure = await openErasure(context, erasureId, version)
    await updateErasure(context.db, erasure, { holdReason: reason, holdUntil: reason === null ? null : until })
    return (await erasureById(context.db, erasureId))!
  },

  async confirmErasure(context, { erasureId, version }) {
    const { db, now, actor, newId } = context
    const erasure = await openErasure(context, erasureId, version)
    if (erasure.requestedBy === actor.id)
      throw refuse('forbidden', 'second-person-needed', 'Who asked for an erasure cannot confirm it; somebody else has to look at it')
    await refuseOnHold(context, erasure)
    const run = await requestRun(db, {
      id: newId(),
      kind: eraseRunKind,
      group: eraseRunKind,
      input: { erasureId, customerId: erasure.customerId },
      requestedBy: actor.id,
      now,
    })
    await updateErasure(db, erasure, { state: 'confirmed', confirmedBy: actor.id, confirmedAt: now, runId: run.id })
    return { runId: run.id }
  },

  async withdrawErasure(context, { erasureId, version }) {
    const erasure = await openErasure(context, erasureId, version)
    await updateErasure(context.db, erasure, { state: 'withdrawn', endedAt: context.now })
    return {}
  },

  erasureLog: async ({ db }) => ({ fileName: 'erasures.jsonl', mediaType: 'application/jsonl', content: erasureLogLines(db) }),
}

/** A request that nobody has confirmed or withdrawn, in the version that was seen. */
async function openErasure({ db }: Context, id: string, version: number): Promise<Erasure> {
  const erasure = await erasureById(db, id)
  if (!erasure) throw refuse('missing', 'no-such-erasure', 'There is no such request')
  if (erasure.version !== version || erasure.state !== 'requested') throw changedMeanwhile('this request')
  return erasure
}

async function refuseOnHold({ db, now }: Context, { holdReason, holdUntil }: Erasure): Promise<void> {
  if (holdReason === null) return
  const { timeZone } = await readSetting(db, organizationProfile)
  if (holdUntil !== null && holdUntil < dayIn(timeZone, now)) return
  throw refuse('conflict', 'legal-hold', `The law wants these data kept${holdUntil === null ? '' : ` until ${holdUntil}`}: ${holdReason}`, {
    values: { reason: holdReason, until: holdUntil ?? '' },
  })
}
