import { type BuiltInRole, builtInRoles } from '#platform/module.ts'

interface Grant {
  readonly permission: string
  readonly roles: readonly BuiltInRole[]
}
const everybody: Grant = { permission: 'public', roles: [] }
const users: Grant = { permission: 'organization.manage-users', roles: ['administrator'] }

const customersRead: Grant = { permission: 'customers.read', roles: builtInRoles }
const customersWrite: Grant = {
  permission: 'customers.write',
  roles: ['agent', 'supervisor', 'account-manager', 'loyalty-manager', 'administrator'],
}

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
  'GET /customers/search': customersRead,
  'GET /customers': customersRead,
  'GET /customers/export': customersRead,
  'GET /customers/duplicates': customersRead,
  'POST /customers': customersWrite,
  'GET /customers/:id': customersRead,
  'PATCH /customers/:id': customersWrite,
  'PUT /customers/:id/profiling': customersWrite,
  'GET /customers/:id/changes': customersRead,
  'POST /customers/:id/key-persons': customersWrite,
  'PUT /customers/:id/key-persons/:personId': customersWrite,
  'DELETE /customers/:id/key-persons/:personId': customersWrite,
  'POST /customers/:id/used-competitors': customersWrite,
  'PUT /customers/:id/used-competitors/:competitorId': customersWrite,
  'DELETE /customers/:id/used-competitors/:competitorId': customersWrite,
  'GET /customers/:id/interactions': customersRead,
  'POST /customers/:id/interactions': customersWrite,
  'GET /customers/:id/timeline': customersRead,
  'GET /customer-views': customersRead,
  'POST /customer-views': customersRead,
  'DELETE /customer-views/:viewId': customersRead,

  'GET /insight/home': { permission: 'insight.read', roles: builtInRoles },
  'GET /insight/benchmarks': { permission: 'insight.read', roles: builtInRoles },

  'GET /demo': { permission: 'demo.load', roles: ['administrator'] },
  'POST /demo': { permission: 'demo.load', roles: ['administrator'] },
}
