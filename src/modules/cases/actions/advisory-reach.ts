import { customerNames, customersWithin, holdCustomers } from '#modules/customers/public.ts'
import type { Context } from '#platform/context.ts'
import { refuse } from '#platform/refusal.ts'
import { type AdvisoryMeeting, attendanceOf, meetingById } from '../store/advisory.ts'

/** Neither merged nor erased, and nobody erases them meanwhile. */
export async function mustBeThere({ db }: Context, customerId: string): Promise<void> {
  if (!(await holdCustomers(db, [customerId])).has(customerId)) throw refuse('missing', 'no-such-customer', 'There is no such customer')
}

/** A meeting that one may see; else it is as missing as one that is not there. */
export async function meetingCalled(context: Context, id: string): Promise<AdvisoryMeeting> {
  const meeting = await meetingSeen(context, id)
  if (!meeting) throw refuse('missing', 'no-such-meeting', 'There is no such meeting')
  return meeting
}

export async function meetingSeen(context: Context, id: string): Promise<AdvisoryMeeting | null> {
  const meeting = await meetingById(context.db, id)
  return meeting && ((await meetingsWithin(context, [meeting]))[0] ?? null)
}

/** What is said of a meeting may name who comes: whoever sees only some sees those where one of theirs comes, and those where they themselves were or which they planned. */
export async function meetingsWithin(context: Context, all: readonly AdvisoryMeeting[]): Promise<readonly AdvisoryMeeting[]> {
  const { db, reach, actor } = context
  if (reach === 'all' || all.length === 0) return all
  const attendance = await attendanceOf(
    db,
    all.map(({ id }) => id),
  )
  const seen = await customersWithin(db, [...new Set(attendance.map(({ customerId }) => customerId))], reach)
  const open = new Set(attendance.flatMap(({ customerId, meetingId }) => (seen.has(customerId) ? [meetingId] : [])))
  return all.filter(({ id, staffIds, madeBy }) => open.has(id) || madeBy === actor.id || staffIds.includes(actor.id))
}

/** The names of those of some customers whom one sees. */
export async function seenNames(
  { db, reach }: Context,
  of: readonly { readonly customerId: string | null }[],
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(of.flatMap(({ customerId }) => customerId ?? []))]
  return customerNames(db, [...(await customersWithin(db, ids, reach))])
}
