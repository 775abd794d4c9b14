import type { Db } from '#platform/database/connection.ts'
import type { Actions } from '#platform/module.ts'
import { listRuns } from '#platform/runs/store.ts'
import type { valueApi } from '../api.ts'
import { tierSettingsOf } from '../domain/as-of.ts'
import type { RankSketch } from '../domain/distribution.ts'
import type { Pyramid } from '../domain/pyramid.ts'
import { tierPreview } from '../domain/tier-preview.ts'
import { warningsOf } from '../domain/warnings.ts'
import { assessedDays, tierMoves, valuedOnce } from '../store/movement.ts'
import { listValuations, summaryPart, type ValuationHead } from '../store/valuations.ts'

type Reports = Pick<
  Actions<typeof valueApi>,
  | 'overview'
  | 'concentration'
  | 'sizeBands'
  | 'promotion'
  | 'rfm'
  | 'lifetimeValues'
  | 'models'
  | 'cohorts'
  | 'affinity'
  | 'movement'
  | 'tierPreview'
  | 'valuations'
>

/** A part of the latest summary with the head of its valuation. What a part holds is the contract's; the shell checks it on its way out. */
async function report(db: Db, name: string): Promise<{ valuation: ValuationHead | null; part: never | null }> {
  const found = await summaryPart(db, name)
  return { valuation: found?.head ?? null, part: (found?.part ?? null) as never }
}

export const reports: Reports = {
  async overview({ db }) {
    const { valuation, part } = await report(db, 'overview')
    const runs = await listRuns(db, ['value.revalue'], 5)
    const running = runs.find((run) => run.state === 'running') ?? runs.find((run) => run.state === 'waiting')
    const ended = runs.find((run) => !['running', 'waiting'].includes(run.state))
    return {
      valuation,
      part,
      warnings: part ? warningsOf(part) : [],
      running: running ? { id: running.id, state: running.state, progress: running.progress } : null,
      last: ended ? { id: ended.id, state: ended.state, problem: ended.problem } : null,
    }
  },
  concentration: ({ db }) => report(db, 'concentration'),
  sizeBands: ({ db }) => report(db, 'sizeBands'),
  promotion: ({ db }) => report(db, 'promotion'),
  rfm: ({ db }) => report(db, 'rfm'),
  lifetimeValues: ({ db }) => report(db, 'lifetimeValues'),
  models: ({ db }) => report(db, 'models'),
  cohorts: ({ db }) => report(db, 'cohorts'),
  affinity: ({ db }) => report(db, 'affinity'),

  /**
   * Without days: from the day of the valuation before to the newest. Where the newest day was valued once, that is what this valuation found itself, which needs
   * no second look at everybody; a second valuation of the same day found only what had changed since the first.
   */
  async movement({ db }, { from, to }) {
    const days = await assessedDays(db, 400)
    const newest = days[0]
    if (!newest) return { days, movement: null }
    const until = to ?? newest
    const since = from ?? days.find((day) => day < until) ?? null
    if (from === undefined && to === undefined && (days.length === 1 || (await valuedOnce(db, newest)))) {
      const { valuation, part } = await report(db, 'movement')
      const moves = (part ?? []) as Awaited<ReturnType<typeof tierMoves>>
      if (valuation?.asOf === newest) return { days, movement: { from: since, to: newest, customers: sumOf(moves), moves } }
    }
    const moves = await tierMoves(db, since ?? '0001-01-01', until)
    return { days, movement: { from: since, to: until, customers: sumOf(moves), moves } }
  },

  async tierPreview({ db }, input) {
    const { part: sketch } = (await report(db, 'profits')) as { part: RankSketch | null }
    const { part: now } = (await report(db, 'overview')) as { part: Pyramid | null }
    if (!sketch || !now) return { exact: true, tiers: [] }
    const settings = tierSettingsOf({ ...input, ironPercent: 0, hysteresisPercent: 0 })
    return {
      exact: sketch.counts.every((count) => count === 1),
      tiers: tierPreview(sketch, settings).map((row) => {
        const current = now.tiers.find(({ tier }) => tier === row.tier)
        return { ...row, nowCustomers: current?.customers ?? 0, nowProfitMinor: current?.profitMinor ?? 0 }
      }),
    }
  },

  valuations: async ({ db }, { limit }) => ({ items: await listValuations(db, limit ?? 20) }),
}

const sumOf = (moves: readonly { customers: number }[]): number => moves.reduce((sum, move) => sum + move.customers, 0)
