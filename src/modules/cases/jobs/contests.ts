import { notify, usersWith } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { inSavepoint } from '#platform/database/connection.ts'
import { isPassing } from '#platform/database/passing.ts'
import { job } from '#platform/module.ts'
import { goHigher } from '../actions/approvals.ts'
import { whoHears } from '../actions/people.ts'
import { heldCase, perform } from '../actions/performing.ts'
import { isStillThere } from '../actions/still-there.ts'
import { openAppeal, openReferrals } from '../domain/contest.ts'
import { caseById } from '../store/cases.ts'
import { contestsToAlert, laterAlert, markAlerted, type StoredContest } from '../store/contests.ts'

/** What nobody judged by its time goes higher; that a body outside wants an answer soon, whoever handles the case hears. */
export const contestJobs = [job({ name: 'cases.alert-contests', every: '*/5 * * * *', run: alertContests })]

export async function alertContests(context: Context): Promise<void> {
  const { db, now } = context
  const unread: StoredContest[] = []
  for (const due of await contestsToAlert(db, now, 50))
    try {
      await inSavepoint(db, () => alertOf(context, due))
    } catch (error) {
      if (isPassing(error)) throw error
      // Whatever is wrong with it: the others are not held up by it, and somebody hears of it.
      await laterAlert(db, due, new Date(now.getTime() + anHour))
      unread.push(due)
    }
  const [first] = unread
  if (first === undefined) return
  await notify(context, {
    to: await usersWith(db, 'cases.manage'),
    kind: 'cases.clocks-unread',
    values: { count: unread.length, number: (await caseById(db, first.caseId))?.number ?? '' },
    link: `/cases/${first.caseId}`,
  })
}

/** Milliseconds until one is looked at again of which nobody could be told. */
const anHour = 3_600_000

/** The case is held before its rows are written, as by whoever acts on it. */
async function alertOf(context: Context, due: StoredContest): Promise<void> {
  const { db, now } = context
  if (!(await isStillThere(context, due.caseId))) {
    await markAlerted(db, due, now)
    return
  }
  const found = await heldCase(context, due.caseId, null)
  if (!(await markAlerted(db, due, now))) return
  if (due.way === 'inside') {
    if (openAppeal(found.state)?.id !== due.id) return
    let after = found
    for (const event of await goHigher(context, found, 'appeal-overdue')) after = await perform(context, after, event, { unasked: true })
    return
  }
  const referral = openReferrals(found.state).find(({ id }) => id === due.id)
  if (referral === undefined) return
  await notify(context, {
    to: await whoHears(context, found),
    kind: 'cases.referral-due',
    values: { number: found.state.number, body: referral.body, day: referral.dueOn ?? '' },
    link: `/cases/${found.row.id}`,
  })
}
