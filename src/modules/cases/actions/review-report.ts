import { allDepartments, organizationProfile, readSetting } from '#modules/organization/public.ts'
import { servicePoliciesSaved } from '#modules/value/public.ts'
import { withShipped } from '../domain/causes.ts'
import { contestFigures } from '../domain/contest-report.ts'
import { personnelValue, scoreDimensions } from '../domain/figures/personnel-value.ts'
import { shareOf } from '../domain/figures/reliability.ts'
import { byRule, section } from '../domain/management-review.ts'
import type { Dimension } from '../domain/report.ts'
import { countFigure, durationFigure, listOf, moneyFigure, rateFigure, scoreFigure, shareFigure } from '../domain/review-figures.ts'
import { contestCells } from '../store/contest-report.ts'
import { scoredMonths } from '../store/personnel.ts'
import { ruleCells } from '../store/review-figures.ts'
import { storedCauses } from '../store/setup.ts'
import { both, lengths, line, type ReviewInput } from './review-sides.ts'
import { everyRule } from './rules.ts'

export const volume: ReviewInput = async (sides) => {
  const { now, before, context } = sides
  const departments = new Map((await allDepartments(context.db)).map(({ id, name }) => [id, name]))
  const { locale } = await readSetting(context.db, organizationProfile)
  const causes = new Map(withShipped(await storedCauses(context.db)).map(({ id, kind, names }) => [id, names[locale] ?? names.en ?? kind]))
  const list = (dimension: Dimension, label: (key: string) => string | null = () => null) =>
    listOf(dimension, now.report.paretos[dimension], before.report.paretos[dimension], label)
  return section('volume', {
    figures: [
      countFigure('complaints', now.report.cases, before.report.cases, lengths(sides), 'less'),
      rateFigure('per-thousand', now.report.rates.overall, before.report.rates.overall, 'less'),
      shareFigure('established', now.report.board.established, before.report.board.established, null),
      countFigure('undecided', now.report.board.undecided, before.report.board.undecided, null),
      rateFigure('established-rate', now.report.board.establishedRate, before.report.board.establishedRate, 'less'),
      shareFigure('found-first', now.report.board.found, before.report.board.found, 'more'),
    ],
    lists: [
      list('category'),
      list('reason'),
      list('department', (id) => departments.get(id) ?? null),
      list('cause', (id) => causes.get(id) ?? null),
      list('product'),
    ],
  })
}

export const tiers: ReviewInput = async ({ now, before, context }) =>
  section('tiers', {
    lists: [listOf('tier', now.report.paretos.tier, before.report.paretos.tier, () => null)],
    lines: (await servicePoliciesSaved(context.db, now.period.from, now.period.to)).map(({ id, at, by }) =>
      line('service-policy', id, { at: at.toISOString(), who: by }),
    ),
  })

export const speed: ReviewInput = ({ now, before }) => {
  const [one, two] = [now.report.board, before.report.board]
  return section('speed', {
    figures: [
      durationFigure('first-answer', 'median', one.firstAnswer, two.firstAnswer),
      durationFigure('first-answer-p90', 'p90', one.firstAnswer, two.firstAnswer),
      durationFigure('settlement', 'median', one.settlement, two.settlement),
      durationFigure('settlement-p90', 'p90', one.settlement, two.settlement),
      shareFigure('late', one.late, two.late, 'less'),
      countFigure('not-answered', one.firstAnswer.stillOpen, two.firstAnswer.stillOpen, null),
      countFigure('not-settled', one.settlement.stillOpen, two.settlement.stillOpen, null),
    ],
  })
}

export const rules: ReviewInput = async (sides) => {
  const cells = await ruleCells(sides.context.db, sides.now.filter, sides.before.filter)
  const [now, before] = [byRule(cells.now), byRule(cells.before)]
  const { locale } = await readSetting(sides.context.db, organizationProfile)
  const called = new Map(
    (await everyRule(sides.context.db)).map(({ key, called: own }) => [key, own?.names[locale] || own?.names.en || null]),
  )
  return section('rules', {
    figures: now.map((one) => {
      const earlier = before.find(({ rule }) => rule === one.rule)
      const kept = (of: { readonly kept: number; readonly missed: number }) => shareOf(of.kept, of.kept + of.missed)
      return shareFigure('kept', kept(one), earlier ? kept(earlier) : null, 'more', {
        of: one.rule,
        label: called.get(one.rule) ?? null,
      })
    }),
  })
}

export const repeated: ReviewInput = ({ now, before }) =>
  section('repeated', {
    figures: [
      shareFigure('reopened', now.report.board.reopened, before.report.board.reopened, 'less'),
      countFigure('persistent', now.report.iceberg.persistent, before.report.iceberg.persistent, null),
    ],
  })

export const contests: ReviewInput = async (sides) => {
  const { now, before } = await both(sides, async ({ filter }) =>
    contestFigures(await contestCells(sides.context.db, filter, [filter.from])),
  )
  return section('contests', {
    figures: [
      countFigure('appeals', now.appeals, before.appeals, lengths(sides), null),
      shareFigure('appeals-upheld', now.appealsUpheld, before.appealsUpheld, null),
      countFigure('referrals', now.referrals, before.referrals, lengths(sides), 'less'),
      shareFigure('overturned', now.overturned, before.overturned, 'less'),
    ],
  })
}

export const cost: ReviewInput = ({ now, before }) => {
  const [one, two] = [now.report.cost.total, before.report.cost.total]
  return section('cost', {
    figures: [
      moneyFigure('cost', one.costMinor, two.costMinor),
      moneyFigure('handling', one.handlingMinor, two.handlingMinor),
      moneyFigure('remedies', one.remediesMinor, two.remediesMinor),
      moneyFigure('goodwill', one.goodwillMinor, two.goodwillMinor),
      moneyFigure('recovered', one.recoveredMinor, two.recoveredMinor),
      moneyFigure('per-case', one.perCaseMinor, two.perCaseMinor),
    ],
  })
}

export const satisfaction: ReviewInput = async (sides) => {
  const scores = await both(sides, async ({ period, timeZone }) =>
    personnelValue(await scoredMonths(sides.context.db, period, timeZone, { reach: 'all' })),
  )
  const { now, before } = sides
  return section('satisfaction', {
    figures: [
      shareFigure('satisfied', now.report.board.satisfied, before.report.board.satisfied, 'more'),
      ...scoreDimensions.map((dimension) => scoreFigure(dimension, scores.now[dimension], scores.before[dimension])),
    ],
  })
}

export const quality: ReviewInput = ({ now, before }) =>
  section('quality', {
    figures: (['sevenR', 'courtesy', 'notArgued'] as const).map((key) =>
      shareFigure(key, now.report.quality![key], before.report.quality![key], 'more'),
    ),
  })
