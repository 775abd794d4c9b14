import type { Context } from '#platform/context.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import { usersAmong } from '#platform/sign-in/users.ts'
import type { departmentEndpoints } from '../api/departments.ts'
import { wouldCircle } from '../domain/departments.ts'
import { departmentsChanged } from '../facts.ts'
import { allCalendars } from '../store/calendars.ts'
import {
  allDepartments,
  allTeams,
  deleteDepartment,
  deleteTeam,
  holdDepartments,
  insertDepartment,
  insertTeam,
  updateDepartment,
  updateTeam,
} from '../store/departments.ts'
import { withoutReachBeyondOwn } from './doors.ts'

export const departmentActions: Actions<typeof departmentEndpoints> = {
  async departments({ db }) {
    const departments = await allDepartments(db)
    const teams = await allTeams(db)
    return {
      departments: departments.map((department) => ({ ...department, deputyIds: [...department.deputyIds] })),
      teams: teams.map((team) => ({ ...team, memberIds: [...team.memberIds] })),
    }
  },

  async createDepartment(context, input) {
    const id = context.newId()
    await refuseUnknownUsers(context, { headId: input.headId === null ? [] : [input.headId], deputyIds: input.deputyIds })
    await refuseMisplaced(context, id, input)
    await withoutReachBeyondOwn(context, leadersOf(input), () => insertDepartment(context.db, { id, ...input }, context.now))
    await context.publish(departmentsChanged, { department: input.name, team: null, change: 'made', before: [], after: leadersOf(input) })
    return departmentCalled(context, id)
  },

  async changeDepartment(context, { departmentId: id, ...input }) {
    const before = leadersOf(await departmentCalled(context, id))
    await refuseUnknownUsers(context, { headId: input.headId === null ? [] : [input.headId], deputyIds: input.deputyIds })
    await refuseMisplaced(context, id, input)
    const write = () => updateDepartment(context.db, { id, ...input }, context.now)
    if (!(await withoutReachBeyondOwn(context, leadersOf(input), write))) throw changedMeanwhile()
    await context.publish(departmentsChanged, { department: input.name, team: null, change: 'changed', before, after: leadersOf(input) })
    return departmentCalled(context, id)
  },

  async removeDepartment(context, { departmentId: id, version }) {
    await holdDepartments(context.db)
    const department = await departmentCalled(context, id)
    const [departments, teams] = [await allDepartments(context.db), await allTeams(context.db)]
    if (departments.some(({ parentId }) => parentId === id) || teams.some(({ departmentId }) => departmentId === id))
      throw refuse('conflict', 'department-in-use', 'The department has teams or departments below it; move or remove them first')
    if (!(await deleteDepartment(context.db, id, version))) throw changedMeanwhile()
    const before = leadersOf(department)
    await context.publish(departmentsChanged, { department: department.name, team: null, change: 'removed', before, after: [] })
    return {}
  },

  async createTeam(context, input) {
    const id = context.newId()
    await refuseUnknownUsers(context, { memberIds: input.memberIds })
    const { name } = await departmentCalled(context, input.departmentId)
    await refuseTakenTeamName(context, id, input)
    await withoutReachBeyondOwn(context, input.memberIds, () => insertTeam(context.db, { id, ...input }, context.now))
    await context.publish(departmentsChanged, { department: name, team: input.name, change: 'made', before: [], after: input.memberIds })
    return teamCalled(context, id)
  },

  async changeTeam(context, { teamId: id, ...input }) {
    const { memberIds: before } = await teamCalled(context, id)
    await refuseUnknownUsers(context, { memberIds: input.memberIds })
    const { name } = await departmentCalled(context, input.departmentId)
    await refuseTakenTeamName(context, id, input)
    const write = () => updateTeam(context.db, { id, ...input }, context.now)
    if (!(await withoutReachBeyondOwn(context, input.memberIds, write))) throw changedMeanwhile()
    await context.publish(departmentsChanged, { department: name, team: input.name, change: 'changed', before, after: input.memberIds })
    return teamCalled(context, id)
  },

  async removeTeam(context, { teamId: id, version }) {
    const { name, departmentId, memberIds: before } = await teamCalled(context, id)
    const department = await departmentCalled(context, departmentId)
    if (!(await deleteTeam(context.db, id, version))) throw changedMeanwhile()
    await context.publish(departmentsChanged, { department: department.name, team: name, change: 'removed', before, after: [] })
    return {}
  },
}

/** Whoever may act for a department. */
const leadersOf = ({ headId, deputyIds }: { readonly headId: string | null; readonly deputyIds: readonly string[] }): string[] =>
  headId === null ? [...deputyIds] : [headId, ...deputyIds]

async function departmentCalled({ db }: Context, id: string) {
  const found = (await allDepartments(db)).find((department) => department.id === id)
  if (!found) throw refuse('missing', 'no-such-department', 'There is no such department')
  return { ...found, deputyIds: [...found.deputyIds] }
}

async function teamCalled({ db }: Context, id: string) {
  const found = (await allTeams(db)).find((team) => team.id === id)
  if (!found) throw refuse('missing', 'no-such-team', 'There is no such team')
  return { ...found, memberIds: [...found.memberIds] }
}

async function refuseMisplaced(
  { db }: Context,
  id: string,
  { name, parentId, calendarId }: { name: string; parentId: string | null; calendarId: string | null },
): Promise<void> {
  await holdDepartments(db)
  const departments = await allDepartments(db)
  if (departments.some((other) => other.id !== id && other.name === name))
    throw refuse('conflict', 'name-taken', 'There is a department of this name already', {
      fields: [{ field: 'name', reason: 'name-taken', detail: 'There is a department of this name already' }],
    })
  if (parentId !== null && !departments.some((other) => other.id === parentId))
    throw refuse('invalid', 'no-such-department', 'There is no such department', {
      fields: [{ field: 'parentId', reason: 'no-such-department', detail: 'There is no such department' }],
    })
  if (calendarId !== null && !(await allCalendars(db)).some(({ id: known }) => known === calendarId))
    throw refuse('invalid', 'no-such-calendar', 'There is no such calendar', {
      fields: [{ field: 'calendarId', reason: 'no-such-calendar', detail: 'There is no such calendar' }],
    })
  if (wouldCircle(id, parentId, new Map(departments.map((other) => [other.id, other.parentId]))))
    throw refuse('conflict', 'department-below-itself', 'A department cannot stand below itself', {
      fields: [{ field: 'parentId', reason: 'department-below-itself', detail: 'A department cannot stand below itself' }],
    })
}

async function refuseTakenTeamName(
  { db }: Context,
  id: string,
  { name, departmentId }: { name: string; departmentId: string },
): Promise<void> {
  if ((await allTeams(db)).some((other) => other.id !== id && other.departmentId === departmentId && other.name === name))
    throw refuse('conflict', 'name-taken', 'The department has a team of this name already', {
      fields: [{ field: 'name', reason: 'name-taken', detail: 'The department has a team of this name already' }],
    })
}

async function refuseUnknownUsers({ db }: Context, named: Readonly<Record<string, readonly string[]>>): Promise<void> {
  const known = await usersAmong(db, Object.values(named).flat())
  for (const [field, ids] of Object.entries(named))
    for (const id of ids)
      if (!known.has(id))
        throw refuse('invalid', 'no-such-user', 'There is no such user', {
          fields: [{ field, reason: 'no-such-user', detail: 'There is no such user' }],
        })
}
