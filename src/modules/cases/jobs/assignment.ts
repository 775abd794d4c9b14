import { readSetting, settingChanged } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { job } from '#platform/module.ts'
import { intakeOf } from '../actions/limits.ts'
import { heldCase, known, perform } from '../actions/performing.ts'
import { servedOf, staffingOf } from '../actions/staffing.ts'
import { happened } from '../domain/event.ts'
import { choiceOf } from '../domain/figures/assignment.ts'
import { assignmentSetting, queueSetting } from '../settings.ts'
import type { QueuePlace } from '../store/lists.ts'
import { firstFree, rankAgain, type Waiting, waitingCases } from '../store/queue.ts'

/** How many cases one transaction gives out; the rest waits for the next minute. */
const atOnce = 100
/** How many are read at a time. */
const inOnePage = 500

/** Cases that wait are given out where the company wants it so, as soon as somebody has room; rules that change rank what is open anew. */
export const assignmentJobs = [
  job({ name: 'cases.give-out', every: '* * * * *', run: giveOut }),
  job({
    name: 'cases.rank-again',
    on: settingChanged,
    run: async ({ db }, { key }) => {
      if (key === queueSetting.key) await rankAgain(db, await readSetting(db, queueSetting))
    },
  }),
]

/** Walks the whole queue where it has to: those behind may be for others who have room. Only what is given out is held. */
export async function giveOut(context: Context): Promise<void> {
  if (!(await readSetting(context.db, assignmentSetting)).automatic) return
  const intake = await intakeOf(context)
  const staffing = await staffingOf(context)
  let given = 0
  for (let after: QueuePlace | null = null; ; ) {
    const page: readonly Waiting[] = await waitingCases(context.db, null, after, inOnePage)
    await intake.look(page)
    for (const one of page) {
      if (intake.holdsBack(one) || !(await staffing.hasRoom(one))) continue
      const chosen = await staffing.choose({ ...servedOf(one), customerId: one.customerId }, (await known(context, one.id)).state)
      if (chosen.kind === 'queued' || (await firstFree(context.db, [one.id])) === null) continue
      const found = await heldCase(context, one.id, null)
      await perform(context, found, happened('assigned', { ownerId: chosen.userId, why: null, choice: choiceOf(chosen, false) }), {
        unasked: true,
      })
      staffing.note(chosen.userId)
      intake.note(one)
      if (++given === atOnce) return
    }
    if (page.length < inOnePage) return
    after = page.at(-1)!
  }
}
