import { builtInRoles } from '#platform/module.ts'
import type { Grant } from './grants.ts'

export const insight: Readonly<Record<string, Grant>> = {
  'GET /insight/home': { permission: 'insight.read', roles: builtInRoles },
  'GET /insight/old-customers': { permission: 'insight.read', roles: builtInRoles },
  'GET /insight/campaigns': { permission: 'insight.read', roles: builtInRoles },
  'GET /insight/benchmarks': { permission: 'insight.read', roles: builtInRoles },
}
