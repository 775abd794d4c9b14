import type { Context } from '#platform/context.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import { enabledAmong } from '#platform/sign-in/users.ts'
import type { absenceEndpoints } from '../api/absences.ts'
import { dayIn } from '../domain.ts'
import { absencesChanged } from '../facts.ts'
import { readSetting } from '../public.ts'
import { organizationProfile } from '../settings.ts'
import { type Absence, absenceById, absencesFrom, deleteAbsence, insertAbsence } from '../store/absences.ts'

export const absenceActions: Actions<typeof absenceEndpoints> = {
  absences: async (context) => ({ items: await absencesFrom(context.db, await today(context)) }),

  async noteAbsence(context, { userId, fromDay, untilDay, deputyId }) {
    mustBeTheirs(context, userId)
    if (untilDay < fromDay) throw wrong('untilDay', 'ends-before-start', 'It must not end before it begins')
    if (untilDay < (await today(context))) throw wrong('untilDay', 'in-the-past', 'It is over already')
    if (deputyId === userId) throw wrong('deputyId', 'deputy-is-another', 'Nobody stands in for themselves')
    const people = await enabledAmong(context.db, deputyId === null ? [userId] : [userId, deputyId])
    if (!people.includes(userId)) throw wrong('userId', 'nobody-here', 'There is nobody of this id who can sign in')
    if (deputyId !== null && !people.includes(deputyId))
      throw wrong('deputyId', 'nobody-here', 'There is nobody of this id who can sign in')
    const absence: Absence = { id: context.newId(), userId, fromDay, untilDay, deputyId, version: 1 }
    await insertAbsence(context.db, absence, context.now, context.actor.id)
    await context.publish(absencesChanged, { userId, fromDay, untilDay, deputyId, change: 'made' })
    return absence
  },

  async endAbsence(context, { absenceId, version }) {
    const absence = await absenceById(context.db, absenceId)
    if (!absence) throw refuse('missing', 'no-such-absence', 'There is no such absence')
    const { userId, fromDay, untilDay, deputyId } = absence
    mustBeTheirs(context, userId)
    if (!(await deleteAbsence(context.db, absenceId, version))) throw changedMeanwhile()
    await context.publish(absencesChanged, { userId, fromDay, untilDay, deputyId, change: 'removed' })
    return {}
  },
}

const today = async ({ db, now }: Context): Promise<string> => dayIn((await readSetting(db, organizationProfile)).timeZone, now)

function mustBeTheirs({ actor }: Context, userId: string): void {
  if (actor.id !== userId && !actor.can('organization.write-staff'))
    throw refuse('forbidden', 'not-yourself', 'Only whoever writes about the staff says this of others')
}

const wrong = (field: string, reason: string, detail: string) => refuse('invalid', reason, detail, { fields: [{ field, reason, detail }] })
