import { ordersByDay } from '#modules/orders/public.ts'
import { readSetting } from '#modules/organization/public.ts'
import { serviceCostSetting } from '#modules/value/public.ts'
import type { Context } from '#platform/context.ts'
import { costOfComplaints } from '../domain/figures/cost.ts'
import {
  benchmarksOf,
  boardOf,
  costRows,
  type Dimension,
  dimensions,
  monthlyRates,
  paretoOf,
  type ReportFilter,
  servedWell,
  type Tallied,
  tallyOf,
  totalsOf,
} from '../domain/report.ts'
import { countJudged } from '../store/quality.ts'
import { backlogCounts, cellsOf, countPersistent, talliesOf } from '../store/report.ts'

/** The report of a period. What whoever asks may not see is left out; a review sees all of it and leaves out for each who reads it. */
export async function readReport(
  { db, now }: Pick<Context, 'db' | 'now'>,
  filter: ReportFilter,
  sees: { readonly tiers: boolean; readonly quality: boolean },
) {
  const { cells, found } = await cellsOf(db, filter)
  const { places, products, days, durations } = await talliesOf(db, filter)
  const tallies: Readonly<Record<Dimension, readonly Tallied[]>> = {
    category: tallyOf(cells, ({ category }) => category),
    reason: tallyOf(cells, ({ category, reason }) => (category === null || reason === null ? null : `${category}/${reason}`)),
    dissatisfaction: tallyOf(cells, ({ dissatisfaction }) => dissatisfaction),
    cause: tallyOf(places, ({ cause }) => cause),
    department: tallyOf(places, ({ department }) => department),
    product: products,
    tier: sees.tiers ? tallyOf(cells, ({ tier }) => tier) : [],
  }
  const paretos = {} as Record<Dimension, ReturnType<typeof paretoOf>>
  for (const dimension of dimensions) paretos[dimension] = paretoOf(dimension, tallies[dimension])
  const totals = totalsOf(cells, await countPersistent(db, filter))
  const counts = { ...durations, backlog: await backlogCounts(db, filter, now) }
  const orders = await ordersByDay(db, filter.from, filter.to)
  const { minorPerMinute } = await readSetting(db, serviceCostSetting)
  const rates = monthlyRates(filter, days, orders)
  return {
    from: filter.from,
    to: filter.to,
    cases: totals.cases,
    rates,
    paretos,
    board: boardOf(totals, counts, found, rates.overall.orders),
    quality: sees.quality ? servedWell(await countJudged(db, filter)) : null,
    cost: costOfComplaints(costRows(cells), minorPerMinute * 60),
    ...benchmarksOf(totals),
  }
}

export type ReadReport = Awaited<ReturnType<typeof readReport>>
