import { productsByCode } from '#modules/orders/public.ts'
import { readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { defaultPageSize } from '#platform/contract.ts'
import { cursorOf, timePlace } from '#platform/cursor.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import type { problemEndpoints } from '../api/problems.ts'
import { dayAfter, daysBetween } from '../domain/figure.ts'
import { afterCheck, checkRefusal, type Matter, matterProblem, mayBecome, nextCheckDays } from '../domain/problem.ts'
import { handlingSetting } from '../settings.ts'
import { problemCandidates, problemCases } from '../store/problem-cases.ts'
import { actionsOf, checksOf, insertAction, insertCheck, listProblems, type Problem, type StoredAction } from '../store/problems.ts'
import { checkSentences, readRecurrence } from './checking.ts'
import { moveWork } from './moving.ts'
import { given, mustWorkHere, wrong } from './named.ts'
import { today } from './people.ts'
import { afterActionsOf, asked, beginProblem, heldProblem, problemCalled, saveAction, saved } from './problem-keeping.ts'
import { singleCases } from './problems-of-case.ts'
import { casesWithin, pageWithin } from './reach.ts'
import { listed } from './read.ts'
import { dayPlace } from './report.ts'
import { watchOf } from './watching.ts'

async function mustBeMatter({ db }: Context, matter: Matter): Promise<void> {
  const problem = matterProblem(matter)
  if (problem === 'nothing-said') throw wrong('category', problem, 'Say which cause, category or product the complaints have in common')
  if (problem === 'no-such-reason') throw wrong('reason', problem, 'The category has no such reason')
  if (matter.productCode !== null && !(await productsByCode(db, [matter.productCode])).has(matter.productCode))
    throw wrong('productCode', 'no-such-product', 'The catalogue has no such product')
}

export const problemActions: Actions<typeof problemEndpoints> = {
  ...singleCases,

  async problems({ db }, { state, cursor, limit = defaultPageSize }) {
    const rows = await listProblems(db, state ?? null, timePlace(cursor), limit + 1)
    const shown = rows.slice(0, limit)
    const actions = await actionsOf(
      db,
      shown.map(({ id }) => id),
    )
    const last = rows.length > limit ? shown.at(-1)! : null
    return {
      items: shown.map((problem) => {
        const own = actions.filter(({ problemId, state: now }) => problemId === problem.id && now !== 'dropped')
        return { ...lineOf(problem), actions: own.length, done: own.filter(({ state: now }) => now === 'done').length }
      }),
      next: last && cursorOf([last.openedAt.toISOString(), last.id]),
    }
  },

  problem: async (context, { problemId }) => viewOf(context, await problemCalled(context, problemId)),

  async problemRecurrence(context, { problemId }) {
    const problem = await problemCalled(context, problemId)
    const { effectivenessDays } = await readSetting(context.db, handlingSetting)
    const recurrence = problem.curedOn === null ? null : await readRecurrence(context, problem, problem.curedOn, effectivenessDays)
    return { ...(await watchOf(context, problem)), recurrence }
  },

  async problemCases(context, { problemId, which = 'its', cursor, limit = defaultPageSize }) {
    const problem = await problemCalled(context, problemId)
    const now = await today(context)
    if (which === 'candidates') {
      const rows = await problemCandidates(context.db, problem, dayAfter(now, -lookedBack.candidates), limit)
      return { items: await listed(context, await casesWithin(context, rows)), next: null }
    }
    const since = dayAfter(now, -lookedBack.its)
    const { items, last } = await pageWithin(
      context,
      limit,
      (behind: ProblemCase | null, size) =>
        problemCases(context.db, problem, since, behind ? { day: behind.receivedOn, id: behind.id } : dayPlace(cursor), size),
      (rows) => casesWithin(context, rows),
    )
    return { items: await listed(context, items), next: last && cursorOf([last.receivedOn, last.id]) }
  },

  async openProblem(context, said) {
    await mustBeMatter(context, said)
    await mustWorkHere(context, 'ownerId', said.ownerId)
    return viewOf(context, await beginProblem(context, { ...said, state: 'open', alert: null }))
  },

  async changeProblem(context, { problemId, version, ...changes }) {
    const before = await heldProblem(context, problemId, version)
    const after: Problem = { ...before, ...given(changes) }
    await mustBeMatter(context, after)
    if (after.ownerId !== before.ownerId) await mustWorkHere(context, 'ownerId', after.ownerId)
    return viewOf(context, await saved(context, before, after))
  },

  async moveProblem(context, { problemId, version, state, note }) {
    const before = await heldProblem(context, problemId, version)
    if (!mayBecome(before.state).includes(state))
      throw refuse('conflict', 'no-way-there', 'From where the problem stands it cannot go there', { values: { from: before.state } })
    const ended = state === 'solved' || state === 'dismissed'
    if (ended && !note?.trim()) throw wrong('note', 'required', 'Say why')
    const closed = ended ? { closedAt: context.now, closedBy: context.actor.id } : { closedAt: null, closedBy: null }
    // Who takes it up again counts from the next cure on.
    const again = state === 'open' ? { curedOn: null, checkedDays: null, askedDays: null } : {}
    return viewOf(context, await saved(context, before, { ...before, ...closed, ...again, state, note: note ?? before.note }))
  },

  async addProblemAction(context, { problemId, text, ownerId, dueDay }) {
    const before = await heldProblem(context, problemId)
    if (before.state === 'dismissed') throw refuse('conflict', 'problem-dismissed', 'The problem was dismissed; take it up again first')
    await mustWorkHere(context, 'ownerId', ownerId)
    const planned = { problemId, id: context.newId(), text, ownerId, dueDay, state: 'open', doneOn: null, version: 1 } as const
    const action: StoredAction = { ...planned, commitmentId: await asked(context, planned) }
    await insertAction(context.db, action, { at: context.now, userId: context.actor.id })
    return viewOf(context, await afterActionsOf(context, before))
  },

  async moveProblemAction(context, { problemId, actionId, version, ...wanted }) {
    const problem = await heldProblem(context, problemId)
    const action = (await actionsOf(context.db, [problemId])).find(({ id }) => id === actionId)
    if (!action) throw refuse('missing', 'no-such-action', 'The problem has no such action')
    if (action.version !== version) throw changedMeanwhile('this action')
    const moved = await moveWork(context, action, wanted, {
      ask: (planned) => asked(context, planned),
      save: (after, doneOn) => saveAction(context, { ...after, doneOn }),
    })
    return viewOf(context, moved ? await afterActionsOf(context, problem) : problem)
  },

  async checkProblem(context, { problemId, version, days, verdict, note }) {
    const before = await heldProblem(context, problemId, version)
    if (before.state !== 'watched' && before.state !== 'solved')
      throw refuse('conflict', 'nothing-carried-out', 'There is nothing to check before the actions are carried out')
    const { effectivenessDays } = await readSetting(context.db, handlingSetting)
    const refused = checkRefusal({ days, verdict }, daysBetween(before.curedOn!, await today(context)), effectivenessDays)
    if (refused) throw wrong('days', refused, checkSentences[refused])
    const { checks } = await readRecurrence(context, before, before.curedOn!, effectivenessDays)
    const check = checks.find(({ checkDay }) => checkDay === days)!
    await insertCheck(context.db, problemId, {
      id: context.newId(),
      days,
      verdict,
      figures: { before: check.before, after: check.after, ratio: check.ratio },
      note,
      madeAt: context.now,
      madeBy: context.actor.id,
    })
    const state = afterCheck(before.state, verdict, days, effectivenessDays)
    const again =
      state === 'open'
        ? { curedOn: null, checkedDays: null, askedDays: null, closedAt: null, closedBy: null }
        : verdict === 'too-early'
          ? {}
          : { checkedDays: days }
    const closed = state === 'solved' && before.state !== 'solved' ? { closedAt: context.now, closedBy: context.actor.id } : {}
    return viewOf(context, await saved(context, before, { ...before, ...again, ...closed, state }))
  },
}

/** Days within which cases of a problem are shown, and open ones looked for that may be. */
const lookedBack = { its: 730, candidates: 365 } as const

type ProblemCase = Awaited<ReturnType<typeof problemCases>>[number]

const lineOf = ({
  id,
  title,
  state,
  ownerId,
  cause,
  category,
  reason,
  productCode,
  alertedOn,
  curedOn: cured,
  openedAt,
  version,
}: Problem) => ({
  ...{ id, title, state, ownerId, cause, category, reason, productCode, alertedOn, openedAt, version },
  curedOn: cured,
})

async function viewOf({ db, actor, reach }: Context, problem: Problem) {
  const { effectivenessDays } = await readSetting(db, handlingSetting)
  const days = problem.curedOn === null ? null : nextCheckDays(effectivenessDays, problem.checkedDays)
  const actions = await actionsOf(db, [problem.id])
  return {
    ...lineOf(problem),
    description: problem.description,
    // Figures over everybody are for those who may see everybody.
    alert: reach === 'all' ? problem.alert : null,
    actions: actions.map(({ problemId: _, ...action }) => action),
    checks: (await checksOf(db, problem.id)).map((check) => ({ ...check, figures: reach === 'all' ? check.figures : null })),
    nextCheck: days === null ? null : { days, on: dayAfter(problem.curedOn!, days) },
    checkedDays: problem.checkedDays,
    openedBy: problem.openedBy,
    closedAt: problem.closedAt,
    closedBy: problem.closedBy,
    note: problem.note,
    may: actor.can('cases.manage') ? mayBecome(problem.state) : [],
  }
}
