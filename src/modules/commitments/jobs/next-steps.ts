import {
  holdCustomers,
  identitiesOf,
  interactionChanged,
  interactionLogged,
  successorsOf,
  type Touch,
  touchById,
} from '#modules/customers/public.ts'
import { organizationProfile, readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { derivedId } from '#platform/identifier.ts'
import { job } from '#platform/module.ts'
import { changeState, changeTerms, makeCommitment, timeZoneOf } from '../actions/making.ts'
import { worksHere } from '../actions/whose.ts'
import type { Commitment } from '../domain/commitment.ts'
import { changedTerms } from '../domain/terms.ts'
import { commitmentById } from '../store/commitments.ts'
import { eventsOf } from '../store/events.ts'
import { texts } from '../texts/index.ts'

/** What a touch says comes next is owed by whoever noted it; a correction changes the task, and where nothing comes next any more it ends (B-10). */
export const nextStepJobs = [
  job({
    name: 'commitments.take-next-step',
    on: interactionLogged,
    run: async (context, { customerId, interactionId, nextStep }) => {
      if (nextStep) await followTouch(context, customerId, interactionId)
    },
  }),
  job({
    name: 'commitments.follow-next-step',
    on: interactionChanged,
    // Whoever postponed the task and then corrects a word of the touch keeps the day that they chose.
    run: async (context, { customerId, interactionId, withdrawn, nextStepChanged }) => {
      if (withdrawn || nextStepChanged) await followTouch(context, customerId, interactionId)
    },
  }),
]

/** Brings the task to what the touch says now, so that it does not matter which of its facts is heard first or twice. */
async function followTouch(context: Context, customerId: string, interactionId: string): Promise<void> {
  const { db, actor } = context
  // From here on nobody is merged or taken away.
  await holdCustomers(db, [])
  const whose = (await successorsOf(db, [customerId])).get(customerId) ?? customerId
  if (!(await holdCustomers(db, [whose])).has(whose)) return
  const touch = await touchById(db, whose, interactionId)
  const wanted = touch ? await wantedOf(context, touch) : null
  const id = derivedId('commitment', 'next-step', interactionId)
  const task = await commitmentById(db, id)
  if (!task) {
    const ownerId = touch && wanted ? await ownerOf(context, touch) : null
    if (!touch || !wanted || ownerId === null) return
    const origin = { module: 'customers', id: interactionId }
    // Whoever looks after the customer hears of what somebody else noted.
    await makeCommitment(context, { ...wanted, kind: 'task', customerId: whose, ownerId, requestedBy: touch.recordedBy, id, origin })
  } else if (!wanted) {
    if (task.state === 'open') await changeState(context, task, 'cancelled', null, task.interactionId)
  } else if (task.state === 'open' || (task.state === 'cancelled' && task.closedBy === actor.id)) {
    const { dueDay, ...words } = wanted
    // Whoever postponed the task keeps the day that they chose until the touch names another; what ended begins anew.
    const sameDay = task.state === 'open' && dueDay === (await dayGiven(context, task))
    const open = task.state === 'open' ? task : await changeState(context, task, 'open', null, task.interactionId)
    // What has no day does not come back.
    const said = { ...words, ...(sameDay ? {} : { dueDay }), ...(sameDay || dueDay !== null ? {} : { repeat: null }) }
    await changeTerms(context, open, changedTerms(open, said, await timeZoneOf(context)), 'changed', {})
  }
}

/** The day that the touch gave the task last, by the history of the task. */
async function dayGiven({ db, actor }: Context, task: Commitment): Promise<unknown> {
  const moves = (await eventsOf(db, task.customerId, task.id)).filter(({ changes }) => changes.dueDay)
  const last = moves.findLast(({ by }) => by === actor.id)
  return last ? last.changes.dueDay![1] : moves.length > 0 ? moves[0]!.changes.dueDay![0] : task.dueDay
}

const longestTitle = 200

/** The task as the touch wants it; null where nothing comes next. */
async function wantedOf({ db }: Context, { nextStep, nextStepOn, withdrawnAt }: Touch) {
  if (withdrawnAt !== null || (nextStep === null && nextStepOn === null)) return null
  const title = nextStep ?? texts[(await readSetting(db, organizationProfile)).locale].nextStepAfterTouch
  const isLong = title.length > longestTitle
  return { title: isLong ? `${title.slice(0, longestTitle - 1)}…` : title, ...(isLong ? { note: title } : {}), dueDay: nextStepOn }
}

/** Whoever noted it; where that is nobody who can sign in, whoever looks after the customer; else nobody. */
async function ownerOf({ db }: Context, { recordedBy, customerId }: Touch): Promise<string | null> {
  const keeper = (await identitiesOf(db, [customerId])).get(customerId)?.ownerId ?? null
  const working = await worksHere(db, [recordedBy, ...(keeper === null ? [] : [keeper])])
  return [recordedBy, keeper].find((one) => one !== null && working.has(one)) ?? null
}
