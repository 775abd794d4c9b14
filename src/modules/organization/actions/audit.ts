import type { Context } from '#platform/context.ts'
import { defaultPageSize, type InputOf } from '#platform/contract.ts'
import { cursorOf, placeOf } from '#platform/cursor.ts'
import type { Actions } from '#platform/module.ts'
import { lastRun, openRun, requestRun } from '#platform/runs/store.ts'
import { namesOf } from '#platform/sign-in/users.ts'
import { type Cell, writeCsv } from '#platform/tabular/csv-writer.ts'
import { trails } from '#platform/trail/block-hash.ts'
import { namesInTrail, type TrailEntry, type TrailFilter, type TrailPlace, trailEntries } from '#platform/trail/entries.ts'
import { lastBlock } from '#platform/trail/seal.ts'
import { auditApi } from '../api/audit.ts'
import { dayBefore, dayIn, endOfDay } from '../domain.ts'
import { readSetting } from '../public.ts'
import { verifyTrailKind } from '../runs/verify-trail.ts'
import { organizationProfile } from '../settings.ts'

export const auditActions: Actions<typeof auditApi> = {
  async audit(context, { cursor, limit = defaultPageSize, ...asked }) {
    const place = cursor === undefined ? null : placeOf(cursor, ['instant', 'whole'])
    const rows = await trailEntries(context.db, asked.trail, await filterOf(context, asked), place && asPlace(place), limit + 1)
    const shown = rows.slice(0, limit)
    const last = rows.length > limit ? shown.at(-1) : undefined
    return { items: await named(context, shown), next: last ? cursorOf([last.at.toISOString(), Number(last.id)]) : null }
  },

  async exportAudit(context, asked) {
    const { timeZone } = await readSetting(context.db, organizationProfile)
    const rows = exportRows(context, asked.trail, await filterOf(context, asked))
    return {
      fileName: `audit-${asked.trail}-${dayIn(timeZone, context.now)}.csv`,
      mediaType: 'text/csv; charset=utf-8',
      content: writeCsv(rows),
    }
  },

  auditNames: async ({ db }, { trail }) => ({ names: await namesInTrail(db, trail) }),

  async auditState({ db }) {
    const heads = []
    for (const trail of trails) {
      const last = await lastBlock(db, trail)
      if (last) heads.push({ trail, number: last.number, hash: last.hash.toString('hex'), sealedAt: last.sealedAt })
    }
    const checked = await lastRun(db, verifyTrailKind)
    const result = auditApi.auditState.result.shape.checked.unwrap().omit({ at: true }).safeParse(checked?.result)
    return {
      heads,
      checking: (await openRun(db, verifyTrailKind)) !== undefined,
      checked: checked?.finishedAt && result.success ? { at: checked.finishedAt, ...result.data } : null,
    }
  },

  async checkAudit({ db, actor, now, newId }) {
    const open = await openRun(db, verifyTrailKind)
    const request = { id: newId(), kind: verifyTrailKind, group: verifyTrailKind, input: {}, requestedBy: actor.id, now }
    return { runId: (open ?? (await requestRun(db, request))).id }
  },
}

const asPlace = ([at, id]: readonly (string | number | null)[]): TrailPlace => ({ at: new Date(String(at)), id: String(id) })

type Asked = Omit<InputOf<(typeof auditApi)['exportAudit']>, 'trail'>

/** Days are those of the company. */
async function filterOf({ db }: Context, { from, to, ...rest }: Asked): Promise<TrailFilter> {
  if (from === undefined && to === undefined) return rest
  const { timeZone } = await readSetting(db, organizationProfile)
  return {
    ...rest,
    ...(from === undefined ? {} : { from: endOfDay(timeZone, dayBefore(from)) }),
    ...(to === undefined ? {} : { before: endOfDay(timeZone, to) }),
  }
}

async function named({ db, house }: Context, entries: readonly TrailEntry[]) {
  const people = await namesOf(db, [...new Set(entries.map(({ actor }) => actor))])
  const ids = [...new Set(entries.flatMap(({ customerId }) => customerId ?? []))]
  const customers = new Map<string, string>()
  for (const module of house.modules) for (const [id, name] of (await module.customerNames?.(db, ids)) ?? []) customers.set(id, name)
  return entries.map((entry) => ({
    ...entry,
    actorName: people.get(entry.actor) ?? null,
    customerName: entry.customerId === null ? null : (customers.get(entry.customerId) ?? null),
  }))
}

/** Page by page, so that memory stays constant whatever its length. */
async function* exportRows(context: Context, trail: 'fact' | 'read', filter: TrailFilter): AsyncGenerator<readonly Cell[]> {
  yield ['at', 'name', 'actor', 'actorName', 'customerId', 'customerName', 'values', 'erased', 'block']
  const size = 1000
  for (let place: TrailPlace | null = null; ; ) {
    const page: TrailEntry[] = await trailEntries(context.db, trail, filter, place, size)
    for (const { at, name, actor, actorName, customerId, customerName, values, erased, block } of await named(context, page))
      yield [at.toISOString(), name, actor, actorName, customerId, customerName, JSON.stringify(values), erased, block]
    const last = page.at(-1)
    if (!last || page.length < size) return
    place = last
  }
}
