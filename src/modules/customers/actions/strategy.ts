import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import type { strategyEndpoints } from '../api/strategy.ts'
import { emptyStrategy, missingParts } from '../domain/strategy.ts'
import { strategySaved } from '../facts.ts'
import { insertStrategy, readStrategy, type StoredStrategy, strategyVersions } from '../store/strategy.ts'

export const strategyActions: Actions<typeof strategyEndpoints> = {
  async strategy({ db }, { version }) {
    const found = await readStrategy(db, version)
    if (version !== undefined && !found) throw refuse('missing', 'no-such-version', 'There is no such version of the strategy')
    return view(found)
  },

  strategyVersions: async ({ db }) => ({ items: await strategyVersions(db, 100) }),

  async saveStrategy({ db, now, actor, publish }, { basedOn, content, complete }) {
    const missing = missingParts(content)
    if (complete && missing.length > 0)
      throw refuse('invalid', 'strategy-incomplete', `These parts are not written yet: ${missing.join(', ')}`, {
        fields: missing.map((part) => ({ field: part, reason: 'part-missing', detail: 'This part is not written yet' })),
      })
    const latest = (await readStrategy(db))?.version ?? 0
    const saved = { version: basedOn + 1, content, complete, savedAt: now, savedBy: actor.id }
    if (latest !== basedOn || !(await insertStrategy(db, saved))) throw changedMeanwhile('the strategy', 'basedOn')
    await publish(strategySaved, { version: saved.version, complete })
    return view(saved)
  },
}

const view = (found: StoredStrategy | null) => ({
  version: 0,
  content: emptyStrategy,
  complete: false,
  savedAt: null,
  savedBy: null,
  ...found,
  missing: missingParts(found?.content ?? emptyStrategy),
})
