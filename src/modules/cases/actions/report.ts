import { countTouches } from '#modules/customers/public.ts'
import { buyersOfDays, orderedAgain, ordersByDay } from '#modules/orders/public.ts'
import { dayIn, organizationProfile, readSetting } from '#modules/organization/public.ts'
import { serviceCostSetting } from '#modules/value/public.ts'
import type { Context } from '#platform/context.ts'
import { defaultPageSize } from '#platform/contract.ts'
import { cursorOf, placeOf } from '#platform/cursor.ts'
import type { Actions } from '#platform/module.ts'
import { refuse } from '#platform/refusal.ts'
import type { reportEndpoints } from '../api/report.ts'
import { contestFigures, contestsBy } from '../domain/contest-report.ts'
import { byType } from '../domain/custom-requests.ts'
import { dayAfter, daysBetween, earlierDay } from '../domain/figure.ts'
import { costOfComplaints } from '../domain/figures/cost.ts'
import { nothingCounted, type RegulatorRow, regulatorReport } from '../domain/figures/regulator.ts'
import { shareOf } from '../domain/figures/reliability.ts'
import { repurchase } from '../domain/figures/repurchase.ts'
import { durationFigures } from '../domain/figures/service-levels.ts'
import { costRows, type Dimension, monthsOf, ofQuality, ordersByMonth, type ReportFilter, totalsOf, trendsOf } from '../domain/report.ts'
import type { Kind, Verdict } from '../domain/taxonomy.ts'
import { casesBehind } from '../store/behind.ts'
import { contestCells, contestRows } from '../store/contest-report.ts'
import { regulatorRows } from '../store/regulator.ts'
import { cellsOf, complainants, countCustomRequests, durationCounts, settledCustomers, tallyByMonth } from '../store/report.ts'
import { actsBetween, openNow, receivedBetween } from '../store/scorecard.ts'
import { everyBody, inLanguage } from './bodies.ts'
import { wrong } from './named.ts'
import { today } from './people.ts'
import { listed } from './read.ts'
import { regulatorTable } from './regulator-file.ts'
import { readReport } from './report-reading.ts'

interface Asked {
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly kind?: Kind | undefined
  readonly tier?: string | undefined
  readonly departmentId?: string | undefined
  readonly productCode?: string | undefined
  readonly verdict?: Verdict | undefined
}

const longestPeriod = 3660

/** What is asked for, with what was not said: the last twelve months, complaints. */
export async function filterOf(context: Pick<Context, 'db' | 'now'>, asked: Asked): Promise<ReportFilter> {
  const to = asked.to ?? (await today(context))
  const from = asked.from ?? yearBefore(to)
  if (from > to) throw wrong('from', 'after-the-end', 'The period has to begin before it ends')
  if (daysBetween(from, to) > longestPeriod) throw wrong('from', 'period-too-long', 'A report covers at most ten years')
  const { kind = 'complaint', tier = null, departmentId = null, productCode = null, verdict = null } = asked
  return { from, to, kind, tier, departmentId, productCode, verdict }
}

/** What customers are worth is for those who may see such figures, and so are the cases of a tier. */
const seesTiers = ({ actor }: Pick<Context, 'actor'>): boolean => actor.can('value.read')
function mustSeeTiers(context: Pick<Context, 'actor'>, { tier }: Asked, by?: Dimension): void {
  if ((tier !== undefined || by === 'tier') && !seesTiers(context))
    throw refuse('forbidden', 'tiers-hidden', 'You may not see what customers are worth, nor cases by it')
}

/** How work was judged is for those who judge that of everybody. */
const seesQuality = ({ actor }: Pick<Context, 'actor'>): boolean => actor.can('cases.quality') && actor.reach('cases.quality') === 'all'

/** The first day of the month eleven months before. */
function yearBefore(day: string): string {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))]
  return new Date(Date.UTC(year, month - 12, 1)).toISOString().slice(0, 10)
}

/** A customer has so many days to order again. */
const repurchaseDays = 180
const mostDrawn = 5_000
/** So many days of a period are looked at for customers without complaints. */
const daysDrawn = 20

export const reportActions: Actions<typeof reportEndpoints> = {
  async report(context, asked) {
    mustSeeTiers(context, asked)
    return readReport(context, await filterOf(context, asked), { tiers: seesTiers(context), quality: seesQuality(context) })
  },

  async reportTrends(context, { by, ...asked }) {
    mustSeeTiers(context, asked, by)
    const filter = await filterOf(context, asked)
    const months = monthsOf(filter.from, filter.to)
    const tallies = await tallyByMonth(
      context.db,
      filter,
      by,
      months.map((month) => `${month}-01`),
    )
    const orders = ordersByMonth(await ordersByDay(context.db, filter.from, filter.to))
    return { months, ...trendsOf(months, tallies, orders) }
  },

  async reportCases(context, { measure = 'all', by, key, body, cursor, limit = defaultPageSize, ...asked }) {
    mustSeeTiers(context, asked, by)
    if (ofQuality.includes(measure) && !seesQuality(context))
      throw refuse('forbidden', 'quality-hidden', 'You may not see how the work of colleagues was judged')
    const filter = await filterOf(context, asked)
    const part = by !== undefined && key !== undefined ? { dimension: by, key } : null
    const rows = await casesBehind(context.db, { filter, measure, part, bodyId: body ?? null }, dayPlace(cursor), limit + 1)
    const shown = rows.slice(0, limit)
    const last = rows.length > limit ? shown.at(-1)! : null
    return { items: await listed(context, shown), next: last && cursorOf([last.receivedOn, last.id]) }
  },

  async contestReport(context, asked) {
    mustSeeTiers(context, asked)
    const filter = await filterOf(context, asked)
    const months = monthsOf(filter.from, filter.to)
    const starts = months.map((month) => `${month}-01`)
    const cells = await contestCells(context.db, filter, starts)
    const { locale } = await readSetting(context.db, organizationProfile)
    const names = new Map((await everyBody(context.db)).map(({ id, names: called }) => [id, inLanguage(called, locale)]))
    const outside = cells.filter(({ way }) => way === 'outside')
    return {
      ...{ from: filter.from, to: filter.to, total: contestFigures(cells) },
      byMonth: contestsBy(cells, ({ month }) => month).map(({ key, ...figures }) => ({ key: months[(key ?? 1) - 1] ?? '', ...figures })),
      byBody: contestsBy(outside, ({ bodyId }) => bodyId).map(({ key, ...figures }) => ({
        ...{ key: key ?? '', name: names.get(key ?? '') ?? '', ...figures },
      })),
      byCategory: contestsBy(cells, ({ category }) => category).map(({ key, ...figures }) => ({ key: key ?? '', ...figures })),
    }
  },

  async reportRepurchase(context, asked) {
    const { db } = context
    mustSeeTiers(context, asked)
    const filter = await filterOf(context, asked)
    const now = await today(context)
    // Only whose time is over can be counted.
    const over = dayAfter(now, -repurchaseDays - 1)
    const until = earlierDay(filter.to, over)
    const settled = filter.from > until ? [] : await settledCustomers(db, { ...filter, to: until }, mostDrawn)
    const days = filter.from > until ? [] : spreadDays(filter.from, until)
    const buyers = await buyersOfDays(db, days, Math.ceil(mostDrawn / Math.max(1, days.length)))
    const complained = await complainants(
      db,
      buyers.map(({ customerId }) => customerId),
    )
    const others = buyers.filter(({ customerId }) => !complained.has(customerId))
    const counted = async (who: typeof settled) => ({ customers: who.length, repurchased: await orderedAgain(db, who, repurchaseDays) })
    return { days: repurchaseDays, until, most: mostDrawn, ...repurchase(await counted(settled), await counted(others)) }
  },

  async regulatorReport(context, asked) {
    mustSeeTiers(context, asked)
    const filter = await filterOf(context, asked)
    return { from: filter.from, to: filter.to, report: regulatorReport(await regulatorCounts(context, filter)) }
  },

  async regulatorFile(context, { format, language, ...asked }) {
    mustSeeTiers(context, asked)
    const filter = await filterOf(context, asked)
    return regulatorTable(context, regulatorReport(await regulatorCounts(context, filter)), { ...filter, format, language })
  },

  async customRequests(context, asked) {
    const { from, to } = await filterOf(context, asked)
    return { from, to, types: [...byType(await countCustomRequests(context.db, { from, to }))] }
  },

  async scorecard(context) {
    const { db, now } = context
    const { timeZone } = await readSetting(db, organizationProfile)
    const day = dayIn(timeZone, now)
    const week = new Date(now.getTime() - 7 * 86_400_000)
    const recent = await filterOf(context, { from: dayAfter(day, -89), to: day })
    const { cells } = await cellsOf(db, recent)
    const totals = totalsOf(cells, 0)
    const counts = await durationCounts(db, recent)
    const { minorPerMinute } = await readSetting(db, serviceCostSetting)
    return {
      at: now,
      ...(await openNow(db)),
      newThisWeek: await receivedBetween(db, dayAfter(day, -6), day),
      newWeekBefore: await receivedBetween(db, dayAfter(day, -13), dayAfter(day, -7)),
      satisfied: shareOf(totals.satisfied, totals.satisfied + totals.dissatisfied),
      firstAnswer: durationFigures(counts.answer, totals.notAnswered),
      settlement: durationFigures(counts.settle, totals.notSettled),
      touches: await countTouches(db, week, now),
      acts: await actsBetween(db, week, now),
      costMinor: costOfComplaints(costRows(cells), minorPerMinute * 60).total.costMinor,
    }
  },
}

/** What supervisors count of cases, and of what became of answers; the rows of one product and category are added. */
async function regulatorCounts({ db }: Pick<Context, 'db'>, filter: ReportFilter): Promise<readonly RegulatorRow[]> {
  const contests = await contestRows(db, filter)
  return [
    ...(await regulatorRows(db, filter)),
    ...contests.map(({ product, category, ...counts }) => ({ ...nothingCounted, product, category, contests: [counts] })),
  ]
}

/** Days spread evenly over a period. */
function spreadDays(from: string, to: string): readonly string[] {
  const span = daysBetween(from, to)
  const count = Math.min(daysDrawn, span + 1)
  return [...new Set(Array.from({ length: count }, (_, i) => dayAfter(from, Math.round((span * i) / Math.max(1, count - 1)))))]
}

export function dayPlace(cursor: string | undefined): { readonly day: string; readonly id: string } | null {
  if (cursor === undefined) return null
  const [day, id] = placeOf(cursor, ['day', 'uuid'])
  return { day: String(day), id: String(id) }
}
