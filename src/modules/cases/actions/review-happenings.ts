import { policiesPublished, policiesPublishedCount } from '#modules/knowledge/public.ts'
import { readSetting, settingsChanged, settingsChangedCount } from '#modules/organization/public.ts'
import { isFull } from '../domain/figures/limits.ts'
import { shareOf } from '../domain/figures/reliability.ts'
import { section } from '../domain/management-review.ts'
import { countFigure, shareFigure } from '../domain/review-figures.ts'
import { limitsSetting } from '../settings.ts'
import { auditsClosed, findingsOfAudits } from '../store/audits.ts'
import { inHandOf } from '../store/limits.ts'
import { listProblems } from '../store/problems.ts'
import { processActionsBetween } from '../store/process-actions.ts'
import {
  alertsBetween,
  approvalCounts,
  approvalsOverdue,
  decidedBetween,
  personnelCounts,
  problemCounts,
  processesPublished,
} from '../store/review-figures.ts'
import { receivedOfKind } from '../store/scorecard.ts'
import { both, lengths, line, type ReviewInput } from './review-sides.ts'

export const effect: ReviewInput = async (sides) => {
  const { now, before } = await both(sides, ({ period }) => decidedBetween(sides.context.db, period))
  const passed = (of: typeof now) => shareOf(of.effective, of.effective + of.notEffective)
  return section('effect', {
    figures: [
      shareFigure('passed', passed(now), passed(before), 'more'),
      countFigure('failed', now.notEffective, before.notEffective, lengths(sides), 'less'),
      countFigure('untold', now.untold, before.untold, null),
    ],
  })
}

/** So many lines of one kind are named. */
const mostLines = 50

export const problems: ReviewInput = async (sides) => {
  const { db } = sides.context
  const { now, before } = await both(sides, ({ period }) => problemCounts(db, period))
  const alerts = await both(sides, ({ days }) => alertsBetween(db, days.from, days.to))
  const open = await listProblems(db, ['draft', 'open', 'watched'], null, mostLines)
  return section('problems', {
    figures: [
      countFigure('open', now.open, before.open, null),
      countFigure('opened', now.opened, before.opened, lengths(sides), null),
      countFigure('solved', now.closed, before.closed, null),
      countFigure('above-limit', alerts.now, alerts.before, null),
    ],
    lines: open.map(({ id, state, ownerId, alertedOn, openedAt }) =>
      line('problem', id, { state, day: alertedOn, at: openedAt.toISOString(), who: ownerId }),
    ),
  })
}

/** What is full and what waits is known of the moment alone. */
export const capacity: ReviewInput = async ({ context, now }) => {
  const { db } = context
  const limits = await readSetting(db, limitsSetting)
  const hands = await inHandOf(
    db,
    limits.teams.map(({ teamId }) => teamId),
    limits.products.map(({ productCode }) => productCode),
  )
  const all = [
    ...limits.teams.map(({ teamId, most }) => ({ kind: 'team', id: teamId, inHand: hands.teams.get(teamId) ?? 0, most })),
    ...limits.products.map(({ productCode, most }) => ({
      ...{ kind: 'product', id: productCode, most },
      inHand: hands.products.get(productCode) ?? 0,
    })),
  ]
  const full = all.filter(isFull)
  return section('capacity', {
    figures: [
      countFigure('backlog', now.report.board.backlog.cases, null, null),
      countFigure('limits', all.length, null, null),
      countFigure('full', full.length, null, null),
    ],
    // Which team is full says whom it serves, which only some may know.
    lines: full.flatMap(({ kind, id, inHand, most }) =>
      kind === 'product' ? [line('full-product', id, { state: `${inHand}/${most}` })] : [],
    ),
  })
}

export const approvals: ReviewInput = async (sides) => {
  const { db, now: moment } = sides.context
  const { now, before } = await both(sides, ({ period }) => approvalCounts(db, period, moment))
  return section('approvals', {
    figures: [
      shareFigure('late', shareOf(now.late, now.asked), shareOf(before.late, before.asked), 'less'),
      countFigure('overdue', await approvalsOverdue(db, moment), null, null),
    ],
  })
}

export const personnel: ReviewInput = async (sides) => {
  const { now, before } = await both(sides, ({ period }) => personnelCounts(sides.context.db, period))
  return section('personnel', {
    figures: (['penalties', 'penaltiesApproved', 'recognitions', 'recognitionsApproved', 'waiting'] as const).map((key) =>
      countFigure(key, now[key], before[key], null),
    ),
  })
}

export const suggestions: ReviewInput = async (sides) => {
  const { db } = sides.context
  const received = await both(sides, ({ days }) => receivedOfKind(db, 'suggestion', days.from, days.to))
  const { now, before } = await both(sides, ({ period }) => decidedBetween(db, period))
  return section('suggestions', {
    figures: [
      countFigure('received', received.now, received.before, lengths(sides), null),
      shareFigure('adopted', shareOf(now.adopted, now.decided), shareOf(before.adopted, before.decided), null),
    ],
  })
}

export const changes: ReviewInput = async ({ context, now }) => {
  const { db, house } = context
  const { from, to } = now.period
  const keys = house.modules.flatMap(({ name, settings = [] }) => (name === 'cases' ? settings.map(({ key }) => key) : []))
  const processes = await processesPublished(db, now.period)
  // Only so many are named; all are counted.
  const many = processes.length + (await policiesPublishedCount(db, from, to)) + (await settingsChangedCount(db, keys, from, to))
  const lines = [
    ...processes.map(({ key, version, kind, at, by }) =>
      line('process', `${key} ${version}`, { state: kind, at: at.toISOString(), who: by }),
    ),
    ...(await policiesPublished(db, from, to)).map(({ id, at, by }) => line('policy', id, { at: at.toISOString(), who: by })),
    ...(await settingsChanged(db, keys, from, to, mostLines)).map(({ key, at, by }) =>
      line('setting', key, { at: at.toISOString(), who: by }),
    ),
  ]
  return section('changes', {
    figures: [countFigure('changes', many, null, null)],
    lines: lines.toSorted((a, b) => (a.at! < b.at! ? 1 : -1)).slice(0, mostLines),
  })
}

/** What earlier reviews and audits asked for and was open at the beginning of the period or since. */
export const actions: ReviewInput = async ({ context, now }) => {
  const asked = await processActionsBetween(context.db, now.days.from, context.now, mostActions)
  const open = asked.filter(({ state }) => state === 'open')
  const late = open.filter(({ dueDay }) => dueDay <= now.days.to)
  return section('actions', {
    figures: [
      shareFigure('done', shareOf(asked.filter(({ state }) => state === 'done').length, asked.length), null, null),
      countFigure('open', open.length, null, null),
      countFigure('late', late.length, null, null),
    ],
    lines: asked.map(({ id, state, dueDay, ownerId }) => line('action', id, { state, day: dueDay, who: ownerId })),
  })
}
const mostActions = 200

export const audits: ReviewInput = async (sides) => {
  const { db } = sides.context
  const found = await both(sides, async ({ period }) => {
    const closed = await auditsClosed(db, period)
    const findings = await findingsOfAudits(
      db,
      closed.map(({ id }) => id),
    )
    return { closed, of: (grade: string) => findings.filter((one) => one.grade === grade).length }
  })
  const { now, before } = found
  return section('audits', {
    figures: [
      countFigure('audits', now.closed.length, before.closed.length, null),
      ...(['conform', 'minor', 'major'] as const).map((grade) => countFigure(grade, now.of(grade), before.of(grade), null)),
    ],
    lines: now.closed.map(({ id, closedAt, auditorId }) => line('audit', id, { at: closedAt!.toISOString(), who: auditorId })),
  })
}
