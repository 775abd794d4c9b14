import { isReasonOf } from './taxonomy.ts'

/**
 * draft: proposed by the product, somebody has to look · open: something is done against the cause · watched: everything planned was done, and it is counted whether the complaints come back · solved: they do
 * not · dismissed: it was none.
 */
export const problemStates = ['draft', 'open', 'watched', 'solved', 'dismissed'] as const
export type ProblemState = (typeof problemStates)[number]

/** What cases have in common: each that is said has to agree, null says nothing. At least one of cause, category and product is said; a reason only with its category. */
export interface Matter {
  /** The id of a cause, or a field of the cause-and-effect diagram. */
  readonly cause: string | null
  readonly category: string | null
  readonly reason: string | null
  readonly productCode: string | null
}

export const actionStates = ['open', 'done', 'dropped'] as const
export type ActionState = (typeof actionStates)[number]

export interface ProblemAction {
  readonly id: string
  readonly text: string
  readonly ownerId: string
  readonly dueDay: string
  readonly commitmentId: string | null
  readonly state: ActionState
  readonly doneOn: string | null
  readonly version: number
}

/** What is wrong with a matter, or null. */
export function matterProblem({ cause, category, reason, productCode }: Matter): 'nothing-said' | 'no-such-reason' | null {
  if (cause === null && category === null && productCode === null) return 'nothing-said'
  return isReasonOf(category, reason) ? null : 'no-such-reason'
}

/** Whether a case agrees with everything that a matter says. */
export const agrees = (matter: Matter, one: Matter): boolean =>
  (['cause', 'category', 'reason', 'productCode'] as const).every((part) => matter[part] === null || matter[part] === one[part])

export const sameMatter = (a: Matter, b: Matter): boolean => agrees(a, b) && agrees(b, a)

/** Where a problem may go from where it is, by hand. Being watched begins by itself with the last action, and ends with a check. */
const ways: Readonly<Record<ProblemState, readonly ProblemState[]>> = {
  draft: ['open', 'dismissed'],
  open: ['dismissed'],
  watched: ['open', 'solved'],
  solved: ['open'],
  dismissed: ['open'],
}
export const mayBecome = (from: ProblemState): readonly ProblemState[] => ways[from]

/**
 * The day from which on the effect of the actions is counted: the last on which one was carried out, once none is left to be done. Null while something is to be done, or where nothing ever was.
 */
export function curedOn(actions: readonly Pick<ProblemAction, 'state' | 'doneOn'>[]): string | null {
  if (actions.some(({ state }) => state === 'open')) return null
  const days = actions.flatMap(({ doneOn }) => doneOn ?? [])
  return days.toSorted().at(-1) ?? null
}

/** Where a problem stands after its actions changed. A draft stays one until somebody takes it up; what was dismissed stays so. */
export function afterActions(state: ProblemState, actions: readonly Pick<ProblemAction, 'state' | 'doneOn'>[]): ProblemState {
  if (state === 'draft' || state === 'dismissed') return state
  if (curedOn(actions) === null) return 'open'
  return state === 'open' ? 'watched' : state
}

export type CheckVerdict = 'effective' | 'not-effective' | 'too-early' | 'too-little-data'

/** Where a problem stands after a check on a day: the cause is searched for again, or it is solved with the last check that finds it gone. */
export function afterCheck(state: ProblemState, verdict: CheckVerdict, days: number, checkDays: readonly number[]): ProblemState {
  if (verdict === 'not-effective') return 'open'
  return state === 'watched' && verdict === 'effective' && days >= Math.max(...checkDays) ? 'solved' : state
}

/**
 * Why a check cannot be made; null where it can. It belongs to one of the planned days, counted from when something was carried out, and that it worked, or that nobody can tell, nobody knows before that day has come. That
 * it did not work may show at once.
 */
export function checkRefusal(
  { days, verdict }: { readonly days: number; readonly verdict: CheckVerdict },
  daysPassed: number,
  checkDays: readonly number[],
): 'no-such-check' | 'too-early' | null {
  if (!checkDays.includes(days)) return 'no-such-check'
  return daysPassed < days && (verdict === 'effective' || verdict === 'too-little-data') ? 'too-early' : null
}

/** The latest check that was made; 0 where there is none. Who found it too early has made none. */
export const madeDays = (checks: readonly { readonly days: number; readonly verdict: CheckVerdict }[]): number =>
  Math.max(0, ...checks.flatMap(({ days, verdict }) => (verdict === 'too-early' ? [] : days)))

/** The first of the checks (days after the cure) that is later than the last one made; null where none is left. */
export const nextCheckDays = (checkDays: readonly number[], made: number | null): number | null =>
  checkDays.toSorted((a, b) => a - b).find((days) => days > (made ?? 0)) ?? null
