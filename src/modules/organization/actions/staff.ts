import { isDeepStrictEqual } from 'node:util'
import type { Context } from '#platform/context.ts'
import { defaultPageSize } from '#platform/contract.ts'
import { cursorOf, placeOf } from '#platform/cursor.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import { enabledUsers, type User, userById, usersAfter } from '#platform/sign-in/users.ts'
import type { staffEndpoints } from '../api/staff.ts'
import { emptyStaffFile, type StaffFile } from '../domain/staff.ts'
import { staffChanged } from '../facts.ts'
import { allTeams } from '../store/departments.ts'
import { countWithValueRole, type StoredStaff, staffOf, writeStaff } from '../store/staff.ts'

export const staffActions: Actions<typeof staffEndpoints> = {
  async staff(context, { cursor, limit = defaultPageSize }) {
    const after = cursor === undefined ? null : String(placeOf(cursor, ['text'])[0])
    const rows = await usersAfter(context.db, after, limit + 1)
    const shown = rows.slice(0, limit)
    return {
      items: await staffViews(context, shown),
      next: rows.length > limit ? cursorOf([shown.at(-1)!.email]) : null,
    }
  },

  async staffSummary({ db }) {
    const ids = await enabledUsers(db)
    return { people: ids.length, withoutValueRole: ids.length - (await countWithValueRole(db, ids)) }
  },

  async ownStaff(context) {
    return (await staffViews(context, [await userCalled(context, context.actor.id)]))[0]!
  },

  async changeStaff(context, { userId, version, ...file }) {
    const user = await userCalled(context, userId)
    const before = (await staffOf(context.db, [userId])).get(userId) ?? emptyStaffFile
    if (!(await writeStaff(context.db, { userId, version, ...file }, context.now))) throw changedMeanwhile()
    const names = Object.keys(emptyStaffFile) as (keyof StaffFile)[]
    const fields = names.filter((name) => !isDeepStrictEqual(before[name], file[name]))
    await context.publish(staffChanged, { userId, fields })
    return (await staffViews(context, [user]))[0]!
  },
}

async function userCalled({ db }: Context, id: string): Promise<User> {
  const user = await userById(db, id)
  if (!user) throw refuse('missing', 'no-such-user', 'There is no such user')
  return user
}

async function staffViews({ db }: Context, users: readonly User[]) {
  const files = await staffOf(
    db,
    users.map(({ id }) => id),
  )
  const teams = await allTeams(db)
  return users.map(({ id, name, disabledAt }) => {
    const file: StoredStaff = files.get(id) ?? { ...emptyStaffFile, userId: id, version: 0 }
    return {
      ...file,
      name,
      enabled: disabledAt === null,
      skills: { ...file.skills },
      traits: { ...file.traits },
      languages: [...file.languages],
      fields: [...file.fields],
      teamIds: teams.filter(({ memberIds }) => memberIds.includes(id)).map((team) => team.id),
    }
  })
}
