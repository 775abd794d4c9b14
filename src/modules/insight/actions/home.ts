import { archiveSize, sampledCompleteness } from '#modules/customers/public.ts'
import type { Actor, Context } from '#platform/context.ts'
import type { Actions } from '#platform/module.ts'
import { listRuns } from '#platform/runs/store.ts'
import type { homeEndpoints } from '../api/home.ts'
import { profitIfRetentionRose, retentionBenchmarks, winningBenchmark, winningCost } from '../domain/benchmarks.ts'
import { nextSteps, type Situation, type ValuedSituation } from '../domain/next-steps.ts'
import { type Keeping, type LatestValuation, latestValuation, spendByPurpose, touchesByStage } from '../store/home.ts'

const touchDays = 30
const stages = ['before', 'during', 'after'] as const

export const homeActions: Actions<typeof homeEndpoints> = {
  async home(context) {
    const { db, now, actor } = context
    const archive = await archiveSize(db, actor.reach('customers.read'))
    const seesValue = seesAll(actor, 'value.read')
    const valuation = seesValue ? await latestValuation(db) : null
    const seesCustomers = seesAll(actor, 'customers.read')
    const completeness = seesCustomers
      ? await sampledCompleteness(db, archive.more ? (valuation?.customers ?? null) : archive.customers)
      : null
    const since = new Date(now.getTime() - touchDays * 86_400_000)
    const touches = seesCustomers ? await touchesByStage(db, since, now) : null
    const months = valuation?.keeping?.months ?? null
    return {
      know: {
        customers: archive.more ? (valuation?.customers ?? archive.customers) : archive.customers,
        more: archive.more && valuation === null,
        newThisMonth: months?.at(-1)?.won ?? null,
        completenessPercent: completeness,
      },
      value: valuation && {
        asOf: valuation.asOf,
        finishedAt: valuation.finishedAt,
        lifetimeValueMinor: valuation.overview.lifetimeValueMinor,
        profitMinor: valuation.overview.profitMinor,
        tiers: valuation.overview.tiers,
        model: valuation.overview.chosen,
        grade: valuation.overview.grade,
      },
      serve: touches && {
        days: touchDays,
        stages: stages.map((stage) => ({ stage, touches: touches.find((row) => row.stage === stage)?.touches ?? 0 })),
      },
      keep: months && { months },
      next: nextSteps({
        customers: archive.customers,
        completenessPercent: completeness,
        ...(await valuationState(context, seesValue ? valuation : undefined)),
        rejects: seesAll(actor, 'imports.read') ? await latestRejects(context) : null,
        now,
      }),
    }
  },

  async benchmarks({ db, actor }) {
    const found = seesAll(actor, 'value.read') ? await latestValuation(db) : null
    const year = found?.keeping?.year ?? null
    return {
      asOf: found?.asOf ?? null,
      retention: {
        ranges: [...retentionBenchmarks],
        own: year && {
          from: year.from,
          to: year.to,
          profitMinor: year.goodsProfitMinor,
          basis: year.goodsProfitBasis,
          ranges: profitIfRetentionRose(year.goodsProfitMinor),
        },
      },
      winning: { benchmark: winningBenchmark, own: year && (await winningOf(db, year)) },
    }
  },
}

/** Figures over all customers are only for those who may see all. */
const seesAll = (actor: Actor, permission: string): boolean => actor.can(permission) && actor.reach(permission) === 'all'

async function winningOf(db: Context['db'], year: Keeping['year']) {
  const spent = await spendByPurpose(db, year.from, year.to)
  const of = (purpose: string) => spent.find((row) => row.purpose === purpose)?.amountMinor ?? 0
  const own = { acquireMinor: of('acquire'), retainMinor: of('retain'), won: year.won, kept: year.kept, lost: year.lost }
  return { from: year.from, to: year.to, comparable: year.comparable, bothMinor: of('both'), ...own, ...winningCost(own) }
}

type Part = Pick<Situation, 'valuation' | 'valuationProblem' | 'valuing' | 'spendKnown'>

/** Undefined: not for the person who asks. */
async function valuationState({ db }: Context, found: LatestValuation | null | undefined): Promise<Part> {
  if (found === undefined) return { valuation: undefined, valuationProblem: null, valuing: false, spendKnown: null }
  const runs = await listRuns(db, ['value.revalue'], 5)
  const ended = runs.find((run) => run.state !== 'waiting' && run.state !== 'running')
  const year = found?.keeping?.year
  return {
    valuation: found && situationOf(found),
    valuationProblem: ended?.state === 'failed' ? (ended.problem ?? '') : null,
    valuing: runs.some((run) => run.state === 'waiting' || run.state === 'running'),
    spendKnown: year ? (await spendByPurpose(db, year.from, year.to)).length > 0 : null,
  }
}

function situationOf({ finishedAt, overview, keeping }: LatestValuation): ValuedSituation {
  return {
    finishedAt,
    asOfReason: overview.asOfReason,
    newestOrderDay: overview.newestOrderDay,
    buyers: overview.buyers,
    withoutMargin: overview.profitBases.find(({ basis }) => basis === 'revenue')?.customers ?? 0,
    grade: overview.grade,
    releasable: overview.tiers.reduce((sum, row) => sum + row.releasable, 0),
    leaking: keeping !== null && winningCost({ acquireMinor: 0, retainMinor: 0, ...keeping.year }).leaking,
  }
}

/** The latest import that ended, where it left rows out: what a later good import has mended is nobody's task any more. */
async function latestRejects({ db }: Context): Promise<Situation['rejects']> {
  for (const run of await listRuns(db, ['import'], 20)) {
    const input = run.input as { dryRun?: boolean; file?: { name?: string } }
    if (run.state !== 'done' || run.undoOf !== null || input.dryRun) continue
    const rows = (run.result as { rejected?: number } | null)?.rejected ?? 0
    return rows > 0 ? { run: run.id, file: input.file?.name ?? '', rows } : null
  }
  return null
}
