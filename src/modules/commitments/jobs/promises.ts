import { holdCustomers } from '#modules/customers/public.ts'
import { allDepartments, departmentsOfStaff, grantsInAbsence, holdersOf, notify } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { job } from '#platform/module.ts'
import { userById } from '#platform/sign-in/users.ts'
import { isUserId } from '#platform/user-id.ts'
import { eventOf, factOf } from '../actions/making.ts'
import { commitmentsWithin } from '../actions/reach.ts'
import type { Commitment } from '../domain/commitment.ts'
import { headsAbove } from '../domain/supervision.ts'
import { promiseBroken } from '../facts.ts'
import { insertEvents } from '../store/events.ts'
import { freshlyBroken, markBroken } from '../store/promises.ts'

/** So many at a time; the next look takes the rest. */
const atOnce = 200
/** As many of those above are told at most. */
const mostAbove = 20

export const promiseJobs = [job({ name: 'commitments.watch-promises', every: '*/10 * * * *', run: watchPromises })]

/** A promise whose day has passed is told once, to whoever promised and to whoever answers for them (G-20); whoever promises anew and breaks that is told again. */
export async function watchPromises(context: Context): Promise<void> {
  const { db } = context
  // From here on nobody is merged or taken away.
  await holdCustomers(db, [])
  for (const one of await freshlyBroken(db, context.now, atOnce)) {
    await markBroken(db, one)
    await insertEvents(db, [eventOf(context, one, 'broken', {}, null)])
    await context.publish(promiseBroken, { ...factOf(one), dueDay: one.dueDay })
    const link = `/commitments/${one.id}`
    await notify(context, { to: [one.ownerId], kind: 'commitments.broken', values: { title: one.title }, link })
    const promiser = isUserId(one.ownerId) ? await userById(db, one.ownerId) : null
    const values = { title: one.title, name: promiser?.name ?? '' }
    await notify(context, { to: await whoSupervises(context, one), kind: 'commitments.broken-below', values, link })
  }
}

/** Those above whoever promised: heads of their departments, else whoever supervises in the company; of these only those who may see what the promise is about. */
async function whoSupervises({ db }: Context, one: Commitment): Promise<readonly string[]> {
  const worksFor = await departmentsOfStaff(db, [one.ownerId])
  const heads = headsAbove(await allDepartments(db), worksFor, one.ownerId)
  const above = heads.length > 0 ? heads : (await holdersOf(db, 'supervisor')).toSorted()
  const told: string[] = []
  for (const userId of above.filter((id) => id !== one.ownerId).slice(0, mostAbove)) {
    const reach = (await grantsInAbsence(db, userId))?.permissions.get('commitments.read')
    if (reach && (await commitmentsWithin(db, reach, [one])).length > 0) told.push(userId)
  }
  return told
}
