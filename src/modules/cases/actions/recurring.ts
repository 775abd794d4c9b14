import { dayIn, notify, organizationProfile, readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { type CaseEvent, happened, type NewEvent } from '../domain/event.ts'
import { matterOf, mayRecur, recursProblem, specificCause } from '../domain/recurring.ts'
import { earlierOfCause } from '../store/problem-cases.ts'
import { problemById, problemsLike } from '../store/problems.ts'
import type { Known } from './performing.ts'

/**
 * That a case should not have come any more (G-30), where that shows with what just happened to it: its problem was thought cured when it was received, or an earlier case of the same cause had ended. Whoever
 * answers for the problem hears of it.
 */
export async function recurrenceOf(context: Context, { state, row }: Known, made: readonly CaseEvent[]): Promise<NewEvent | null> {
  if (!mayRecur(state, made)) return null
  const { db } = context
  const linked = state.problemId === null ? null : await problemById(db, state.problemId)
  const problems = linked ? [linked] : await problemsLike(db, ['watched', 'solved'], matterOf(state))
  const { timeZone } = await readSetting(db, organizationProfile)
  const problem = recursProblem(state, dayIn(timeZone, state.record.receivedAt), problems)
  if (problem) {
    const { ownerId, title } = problems.find(({ id }) => id === problem.id)!
    const values = { number: state.number, title }
    if (ownerId) await notify(context, { to: [ownerId], kind: 'cases.recurred', values, link: `/cases/${row.id}` })
    return happened('recurred', { problemId: problem.id, earlierCaseId: null })
  }
  const causeId = specificCause(state)
  const earlier = causeId === null ? null : await earlierOfCause(db, causeId, state.record.receivedAt, row.id)
  return earlier === null ? null : happened('recurred', { problemId: null, earlierCaseId: earlier })
}
