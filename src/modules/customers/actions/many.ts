import type { Context } from '#platform/context.ts'
import type { Actions } from '#platform/module.ts'
import { refuse } from '#platform/refusal.ts'
import { requestRun } from '#platform/runs/store.ts'
import type { manyApi } from '../api/many.ts'
import { handOverKind, noLoad, sumOf } from '../domain/hand-over.ts'
import { cellsOf, type OwnValue } from '../domain/own-fields.ts'
import { changeManyKind } from '../runs/change-many.ts'
import { loadsByOwner, loadsOf } from '../store/loads.ts'
import { customersWithin } from '../store/lookups.ts'
import { ownerWithin } from './archive.ts'
import { refuseStrangers } from './colleagues.ts'
import { queryOf } from './list.ts'
import { ownFieldsInUse } from './own-in-use.ts'

export const manyActions: Actions<typeof manyApi> = {
  async changeMany(context, { ids, filter, change }) {
    const { db, reach } = context
    if ((ids === undefined) === (filter === undefined))
      throw refuse('invalid', 'ids-or-filter', 'Choose customers, or say which filters of the list are meant', {
        fields: [{ field: 'ids', reason: 'ids-or-filter', detail: 'Give either ids or a filter' }],
      })
    if (change.what === 'owner') {
      ownerWithin(context, change.ownerId)
      if (change.ownerId !== null) await refuseStrangers(context, [change.ownerId])
    }
    if (change.what === 'own') await refuseWrongOwn(context, change.fieldId, change.value)
    const seen = ids && [...(await customersWithin(db, ids, reach))]
    return request(context, changeManyKind, {
      change,
      // As the store understands it: what the list asks in other words, such as ages, is worked out here and now.
      ...(seen ? { ids: seen } : { filter: (await queryOf(context, filter ?? {})).filter }),
    })
  },

  async loads({ db }) {
    const loads = [...(await loadsByOwner(db))].map(([userId, load]) => ({ userId, load: { ...load }, customers: sumOf(load) }))
    return { items: loads.sort((a, b) => b.customers - a.customers) }
  },

  async load({ db }, { userId }) {
    const load = (await loadsOf(db, [userId])).get(userId) ?? noLoad
    return { load: { ...load }, customers: sumOf(load) }
  },

  async handOver(context, { fromUserId, toUserIds }) {
    if (toUserIds.includes(fromUserId))
      throw refuse('invalid', 'hand-over-to-self', 'Who leaves cannot take the customers over', {
        fields: [{ field: 'toUserIds', reason: 'hand-over-to-self', detail: 'Choose somebody else' }],
      })
    await refuseStrangers(context, toUserIds)
    return request(context, handOverKind, { fromUserId, toUserIds: [...new Set(toUserIds)] })
  },
}

/** What many are given has to be what their field may hold. */
async function refuseWrongOwn(context: Context, fieldId: string, value: OwnValue): Promise<void> {
  const field = (await ownFieldsInUse(context)).find(({ id }) => id === fieldId)
  const cells = field ? cellsOf(field, value) : 'no-such-field'
  if (typeof cells === 'string')
    throw refuse('invalid', 'own-field-wrong', 'This is not what the field may hold', {
      fields: [{ field: field ? 'value' : 'fieldId', reason: cells, detail: 'This is not what the field may hold' }],
    })
}

async function request({ db, now, actor, newId }: Context, kind: string, input: object): Promise<{ runId: string }> {
  const run = await requestRun(db, { id: newId(), kind, group: changeManyKind, input, requestedBy: actor.id, now })
  return { runId: run.id }
}
