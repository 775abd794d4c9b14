import type { Context } from '#platform/context.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import type { strategyEndpoints } from '../api/strategy.ts'
import { emptyStrategy, missingParts } from '../domain/strategy.ts'
import { strategyApproved, strategySaved } from '../facts.ts'
import { sharedSegments } from '../store/segments.ts'
import { approveStrategy, insertStrategy, readStrategy, type StoredStrategy, strategyVersions } from '../store/strategy.ts'

export const strategyActions: Actions<typeof strategyEndpoints> = {
  async strategy(context, { version }) {
    const found = await readStrategy(context.db, version)
    if (version !== undefined && !found) throw noSuchVersion()
    return view(context, found)
  },

  strategyVersions: async ({ db }) => ({ items: await strategyVersions(db, 100) }),

  async saveStrategy(context, { basedOn, content, complete, segmentIds }) {
    const { db, now, actor, publish } = context
    const missing = missingParts(content)
    if (complete && missing.length > 0)
      throw refuse('invalid', 'strategy-incomplete', `These parts are not written yet: ${missing.join(', ')}`, {
        fields: missing.map((part) => ({ field: part, reason: 'part-missing', detail: 'This part is not written yet' })),
      })
    const latest = await readStrategy(db)
    if (segmentIds) await refuseUnshared(context, segmentIds)
    const saved = {
      ...{ version: basedOn + 1, content, complete, savedAt: now, savedBy: actor.id },
      segmentIds: [...new Set(segmentIds ?? latest?.segmentIds ?? [])],
      ...{ approvedAt: null, approvedBy: null },
    }
    if ((latest?.version ?? 0) !== basedOn || !(await insertStrategy(db, saved))) throw changedMeanwhile('the strategy', 'basedOn')
    await publish(strategySaved, { version: saved.version, complete })
    return view(context, saved)
  },

  async approveStrategy(context, { version }) {
    const { db, now, actor, publish } = context
    const latest = await readStrategy(db)
    const asked = await readStrategy(db, version)
    if (!latest || !asked) throw noSuchVersion()
    // Whoever approves has read what holds from then on.
    if (latest.version !== version) throw changedMeanwhile('the strategy')
    if (!asked.complete) throw refuse('conflict', 'strategy-draft', 'A draft cannot be approved; it has to be complete first')
    if (!(await approveStrategy(db, version, actor.id, now)))
      throw refuse('conflict', 'strategy-approved', 'This version of the strategy is approved already')
    await publish(strategyApproved, { version })
    return view(context, { ...asked, approvedAt: now, approvedBy: actor.id })
  },
}

const noSuchVersion = () => refuse('missing', 'no-such-version', 'There is no such version of the strategy')

/** Everybody who works here reads the strategy, so it is about segments that everybody sees. */
async function refuseUnshared({ db }: Context, ids: readonly string[]): Promise<void> {
  const shared = await sharedSegments(db, ids)
  if (ids.some((id) => !shared.has(id)))
    throw refuse('invalid', 'segment-not-shared', 'A strategy names segments that are shared with everybody', {
      fields: [{ field: 'segmentIds', reason: 'segment-not-shared', detail: 'This segment is not there, or not shared' }],
    })
}

async function view({ db }: Context, found: StoredStrategy | null) {
  const { segmentIds = [], ...stored } = found ?? {}
  const names = await sharedSegments(db, segmentIds)
  return {
    version: 0,
    content: emptyStrategy,
    complete: false,
    savedAt: null,
    savedBy: null,
    approvedAt: null,
    approvedBy: null,
    ...stored,
    segments: segmentIds.flatMap((id) => (names.has(id) ? [{ id, name: names.get(id)! }] : [])),
    missing: missingParts(found?.content ?? emptyStrategy),
  }
}
