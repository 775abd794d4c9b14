import { type BuiltInRole, builtInRoles } from '#platform/module.ts'

interface Grant {
  readonly permission: string
  readonly roles: readonly BuiltInRole[]
}
const everybody: Grant = { permission: 'public', roles: [] }
const users: Grant = { permission: 'organization.manage-users', roles: ['administrator'] }

/** Every endpoint with the permission it needs and the roles that hold it on a fresh installation: written by hand, so that a new endpoint has to be thought about. */
export const grants: Readonly<Record<string, Grant>> = {
  'GET /organization/state': everybody,
  'POST /organization/first-administrator': everybody,
  'GET /organization/session': everybody,
  'PATCH /organization/session': { permission: 'organization.read', roles: builtInRoles },
  'GET /organization/people': { permission: 'organization.read', roles: builtInRoles },
  'GET /organization/users': users,
  'POST /organization/users': users,
  'PUT /organization/users/:userId/roles': users,
  'PUT /organization/users/:userId/access': users,
  'POST /organization/users/:userId/password': users,
  'GET /organization/roles': users,
  'PUT /organization/roles/:role/permissions': users,
  'GET /organization/settings': { permission: 'organization.read', roles: builtInRoles },
  'PUT /organization/settings/:key': { permission: 'organization.manage', roles: ['administrator'] },
  'GET /organization/settings/:key/changes': { permission: 'organization.manage', roles: ['administrator'] },
}
