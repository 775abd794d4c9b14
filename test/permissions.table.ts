import { type BuiltInRole, builtInRoles } from '#platform/module.ts'

interface Grant {
  readonly permission: string
  readonly roles: readonly BuiltInRole[]
}
const everybody: Grant = { permission: 'public', roles: [] }
const users: Grant = { permission: 'organization.manage-users', roles: ['administrator'] }

const audit: Grant = { permission: 'organization.audit', roles: ['executive', 'administrator'] }

const backups: Grant = { permission: 'organization.backup', roles: ['administrator'] }

const customersRead: Grant = { permission: 'customers.read', roles: builtInRoles }
const customersWrite: Grant = {
  permission: 'customers.write',
  roles: ['agent', 'supervisor', 'account-manager', 'loyalty-manager', 'administrator'],
}

const runsRead: Grant = { permission: 'runs.read', roles: builtInRoles }
const runsWrite: Grant = {
  permission: 'runs.write',
  roles: ['supervisor', 'account-manager', 'loyalty-manager', 'analyst', 'administrator'],
}
const importsRead: Grant = {
  permission: 'imports.read',
  roles: ['supervisor', 'account-manager', 'loyalty-manager', 'analyst', 'administrator'],
}
const importsWrite: Grant = { permission: 'imports.write', roles: ['supervisor', 'account-manager', 'analyst', 'administrator'] }
const nearlyEverybody = builtInRoles.filter((role) => role !== 'department')
const ordersRead: Grant = { permission: 'orders.read', roles: nearlyEverybody }
const ordersWrite: Grant = { permission: 'orders.write', roles: ['agent', 'supervisor', 'account-manager', 'administrator'] }
const ordersManage: Grant = { permission: 'orders.manage', roles: ['supervisor', 'analyst', 'administrator'] }
const valueRead: Grant = { permission: 'value.read', roles: nearlyEverybody }
const valueManage: Grant = { permission: 'value.manage', roles: ['loyalty-manager', 'analyst', 'executive', 'administrator'] }

const commitmentsRead: Grant = { permission: 'commitments.read', roles: builtInRoles }
const commitmentsWrite: Grant = { permission: 'commitments.write', roles: builtInRoles }

/** Every endpoint with the permission it needs and the roles that hold it on a fresh installation: written by hand, so that a new endpoint has to be thought about. */
export const grants: Readonly<Record<string, Grant>> = {
  'GET /audit/entries': audit,
  'GET /audit/export': audit,
  'GET /audit/names': audit,
  'GET /audit/state': audit,
  'POST /audit/verifications': audit,
  'GET /backups': backups,
  'POST /backups': backups,
  'POST /backups/:backupId/verification': backups,
  'GET /backups/:backupId/file': backups,
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
  'GET /organization/departments': { permission: 'organization.read', roles: builtInRoles },
  'POST /organization/departments': users,
  'PUT /organization/departments/:departmentId': users,
  'DELETE /organization/departments/:departmentId': users,
  'POST /organization/teams': users,
  'PUT /organization/teams/:teamId': users,
  'DELETE /organization/teams/:teamId': users,
  'GET /organization/calendars': { permission: 'organization.read', roles: builtInRoles },
  'POST /organization/calendars': { permission: 'organization.manage', roles: ['administrator'] },
  'PUT /organization/calendars/:calendarId': { permission: 'organization.manage', roles: ['administrator'] },
  'DELETE /organization/calendars/:calendarId': { permission: 'organization.manage', roles: ['administrator'] },
  'GET /organization/notifications': { permission: 'organization.read', roles: builtInRoles },
  'GET /organization/notifications/unread-count': { permission: 'organization.read', roles: builtInRoles },
  'PUT /organization/notifications/reading': { permission: 'organization.read', roles: builtInRoles },
  'GET /organization/notifications/choices': { permission: 'organization.read', roles: builtInRoles },
  'PUT /organization/notifications/choices': { permission: 'organization.read', roles: builtInRoles },
  'GET /organization/staff': users,
  'PUT /organization/staff/:userId': users,
  'GET /organization/settings': { permission: 'organization.read', roles: builtInRoles },
  'PUT /organization/settings/:key': { permission: 'organization.manage', roles: ['administrator'] },
  'GET /organization/settings/:key/changes': { permission: 'organization.manage', roles: ['administrator'] },
  'GET /customer-strategy': customersRead,
  'GET /customer-strategy/versions': customersRead,
  'POST /customer-strategy/versions': { permission: 'customers.strategy', roles: ['loyalty-manager', 'executive', 'administrator'] },
  'GET /customers/search': customersRead,
  'GET /customers': customersRead,
  'GET /customers/filter-words': customersRead,
  'GET /customers/export': {
    permission: 'customers.export',
    roles: ['supervisor', 'account-manager', 'loyalty-manager', 'analyst', 'administrator'],
  },
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

  'GET /runs': runsRead,
  'GET /runs/:id': runsRead,
  'POST /runs/:id/cancellation': runsWrite,
  'POST /runs/:id/undoing': runsWrite,

  'GET /importers': importsRead,
  'GET /importers/:importer/template': importsRead,
  'POST /import-files': importsWrite,
  'POST /import-files/:fileId/inspection': importsWrite,
  'GET /import-mappings': importsRead,
  'POST /import-mappings': importsWrite,
  'DELETE /import-mappings/:importer/:name': importsWrite,
  'POST /imports': importsWrite,
  'GET /imports': importsRead,
  'GET /imports/:id': importsRead,
  'GET /imports/:id/rejects': importsRead,

  'GET /orders': ordersRead,
  'GET /orders/by-number': ordersRead,
  'GET /customers/:customerId/orders': ordersRead,
  'GET /customers/:customerId/ledger': ordersRead,
  'GET /orders/:id': ordersRead,
  'POST /customers/:customerId/orders': ordersWrite,
  'PUT /orders/:id': ordersWrite,
  'POST /orders/:id/cancellation': ordersWrite,
  'POST /orders/:id/refunds': ordersWrite,
  'POST /orders/batch': ordersWrite,
  'GET /anonymous-sales/months': ordersRead,
  'GET /products': ordersRead,
  'POST /products': ordersManage,
  'GET /product-categories': ordersRead,
  'POST /product-categories': ordersManage,
  'GET /day-rates': ordersRead,
  'POST /day-rates': ordersManage,
  'DELETE /day-rates/:currency/:day': ordersManage,

  'GET /value/overview': valueRead,
  'GET /value/concentration': valueRead,
  'GET /value/size-bands': valueRead,
  'GET /value/promotion': valueRead,
  'GET /value/rfm': valueRead,
  'GET /value/lifetime-values': valueRead,
  'GET /value/models': valueRead,
  'GET /value/cohorts': valueRead,
  'GET /value/affinity': valueRead,
  'GET /value/movement': valueRead,
  'GET /value/tier-preview': valueRead,
  'GET /value/spend': valueRead,
  'POST /value/spend': valueManage,
  'PUT /value/spend/:id': valueManage,
  'DELETE /value/spend/:id': valueManage,
  'GET /value/spend-contribution': valueRead,
  'GET /value/customers/:customerId': valueRead,
  'GET /value/customers/:customerId/assessments': valueRead,
  'GET /value/customers/:customerId/preferences': valueRead,
  'PUT /value/customers/:customerId/tier': valueManage,
  'DELETE /value/customers/:customerId/tier': valueManage,
  'PUT /value/customers/:customerId/exemption': valueManage,
  'DELETE /value/customers/:customerId/exemption': valueManage,
  'GET /value/push-list': valueRead,
  'POST /value/valuations': valueManage,
  'GET /value/valuations': valueRead,

  'GET /commitments/my-day': commitmentsRead,
  'GET /commitments': commitmentsRead,
  'GET /commitments/calendar': commitmentsRead,
  'GET /commitments/contact-next': commitmentsRead,
  'GET /commitments/archive-reviews': commitmentsRead,
  'GET /commitments/feed': commitmentsRead,
  'POST /commitments/feed': commitmentsRead,
  'DELETE /commitments/feed': commitmentsRead,
  // Whoever holds the unguessable address, as a calendar program does.
  'GET /commitments/feeds/:token': everybody,
  'GET /commitments/:id': commitmentsRead,
  'GET /commitments/:id/calendar-file': commitmentsRead,
  'POST /commitments': commitmentsWrite,
  'PATCH /commitments/:id': commitmentsWrite,
  'POST /commitments/:id/completion': commitmentsWrite,
  'POST /commitments/:id/cancellation': commitmentsWrite,
  'POST /commitments/:id/reopening': commitmentsWrite,
  'POST /commitments/:id/postponement': commitmentsWrite,
  'POST /commitments/:id/hand-over': commitmentsWrite,
  'GET /customers/:customerId/commitments': commitmentsRead,
  'GET /customers/:customerId/cadence': commitmentsRead,
  'PUT /customers/:customerId/cadence': commitmentsWrite,
  'DELETE /customers/:customerId/cadence': commitmentsWrite,
  'GET /customers/:customerId/worksheet': commitmentsRead,
  'PUT /customers/:customerId/worksheet': commitmentsWrite,
  'POST /customers/:customerId/archive-reviews': commitmentsWrite,
  'GET /signals': commitmentsRead,
  'POST /signals': commitmentsWrite,
  'POST /signals/:signalId/judgement': commitmentsWrite,
  'POST /signals/:signalId/reaction': commitmentsWrite,

  'GET /insight/home': { permission: 'insight.read', roles: builtInRoles },
  'GET /insight/benchmarks': { permission: 'insight.read', roles: builtInRoles },

  'GET /demo': { permission: 'demo.load', roles: ['administrator'] },
  'POST /demo': { permission: 'demo.load', roles: ['administrator'] },
}
