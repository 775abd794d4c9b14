import { z } from 'zod'
import { endpoint, nothing } from '#platform/contract.ts'

const id = z.uuid()
const name = z.string().trim().min(1).max(120)
const version = z.int().min(1)
const read = { permission: 'organization.read', about: 'nobody' } as const
const manage = { permission: 'organization.manage-users', about: 'nobody' } as const

const departmentFields = { name, parentId: id.nullable(), headId: id.nullable(), deputyIds: z.array(id).max(20), calendarId: id.nullable() }
const teamFields = { name, departmentId: id, memberIds: z.array(id).max(500) }
const DepartmentView = z.object({ id, ...departmentFields, version })
const TeamView = z.object({ id, ...teamFields, version })

/** Who works with whom. */
export const departmentEndpoints = {
  departments: endpoint('GET /organization/departments', {
    ...read,
    summary: 'Departments with their heads and deputies, and teams with their members',
    input: nothing,
    result: z.object({ departments: z.array(DepartmentView), teams: z.array(TeamView) }),
  }),
  createDepartment: endpoint('POST /organization/departments', {
    ...manage,
    summary: 'Makes a department',
    input: z.object(departmentFields),
    result: DepartmentView,
  }),
  changeDepartment: endpoint('PUT /organization/departments/:departmentId', {
    ...manage,
    summary: 'Writes a department anew; its head and deputies see what all teams below it see',
    input: z.object({ departmentId: id, ...departmentFields, version }),
    result: DepartmentView,
  }),
  removeDepartment: endpoint('DELETE /organization/departments/:departmentId', {
    ...manage,
    summary: 'Removes a department that has neither teams nor departments below it',
    input: z.object({ departmentId: id, version }),
    result: nothing,
  }),
  createTeam: endpoint('POST /organization/teams', {
    ...manage,
    summary: 'Makes a team in a department',
    input: z.object(teamFields),
    result: TeamView,
  }),
  changeTeam: endpoint('PUT /organization/teams/:teamId', {
    ...manage,
    summary: 'Writes a team anew; whose role reaches their team sees the customers of all its members',
    input: z.object({ teamId: id, ...teamFields, version }),
    result: TeamView,
  }),
  removeTeam: endpoint('DELETE /organization/teams/:teamId', {
    ...manage,
    summary: 'Removes a team; its members stay',
    input: z.object({ teamId: id, version }),
    result: nothing,
  }),
}
