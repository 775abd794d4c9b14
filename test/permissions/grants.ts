import { type BuiltInRole, builtInRoles, customerFacingRoles } from '#platform/module.ts'

/** What an endpoint needs, and which roles hold it on a fresh installation. */
export interface Grant {
  readonly permission: string
  readonly roles: readonly BuiltInRole[]
}
export const everybody: Grant = { permission: 'public', roles: [] }
export const mailboxes: Grant = { permission: 'mailbox.manage', roles: ['administrator'] }
export const webhooks: Grant = { permission: 'webhooks.manage', roles: ['administrator'] }
export const users: Grant = { permission: 'organization.manage-users', roles: ['administrator'] }

export const audit: Grant = { permission: 'organization.audit', roles: ['executive', 'administrator'] }

export const backups: Grant = { permission: 'organization.backup', roles: ['administrator'] }

export const customersRead: Grant = { permission: 'customers.read', roles: customerFacingRoles }
export const customersWrite: Grant = {
  permission: 'customers.write',
  roles: ['agent', 'supervisor', 'account-manager', 'salesperson', 'store-clerk', 'loyalty-manager', 'administrator'],
}

export const customersMerge: Grant = { permission: 'customers.merge', roles: ['supervisor', 'account-manager', 'administrator'] }
export const customersPrivacy: Grant = { permission: 'customers.privacy', roles: ['supervisor', 'administrator'] }
export const customersHandOver: Grant = { permission: 'customers.hand-over', roles: ['supervisor', 'administrator'] }
export const customersExport: Grant = {
  permission: 'customers.export',
  roles: ['supervisor', 'account-manager', 'loyalty-manager', 'analyst', 'administrator'],
}
export const manageNeeds: Grant = {
  permission: 'customers.manage-needs',
  roles: ['supervisor', 'account-manager', 'loyalty-manager', 'analyst', 'administrator'],
}

export const runsRead: Grant = { permission: 'runs.read', roles: builtInRoles }
export const importsRead: Grant = {
  permission: 'imports.read',
  roles: ['supervisor', 'account-manager', 'loyalty-manager', 'analyst', 'administrator'],
}
export const importsWrite: Grant = { permission: 'imports.write', roles: ['supervisor', 'account-manager', 'analyst', 'administrator'] }
export const importsPlan: Grant = { permission: 'imports.plan', roles: ['analyst', 'administrator'] }
const nearlyEverybody = customerFacingRoles.filter((role) => role !== 'department')
export const ordersRead: Grant = { permission: 'orders.read', roles: nearlyEverybody }
export const ordersWrite: Grant = {
  permission: 'orders.write',
  roles: ['agent', 'supervisor', 'account-manager', 'salesperson', 'store-clerk', 'administrator'],
}
export const ordersManage: Grant = { permission: 'orders.manage', roles: ['supervisor', 'analyst', 'administrator'] }
export const ordersIntake: Grant = { permission: 'orders.intake', roles: ['administrator'] }
export const valueRead: Grant = { permission: 'value.read', roles: nearlyEverybody }
export const valuePolicies: Grant = { permission: 'value.policies', roles: ['supervisor', 'loyalty-manager', 'executive', 'administrator'] }
export const valueServe: Grant = {
  permission: 'value.serve',
  roles: ['agent', 'supervisor', 'account-manager', 'salesperson', 'store-clerk', 'loyalty-manager', 'administrator'],
}
export const valueManage: Grant = { permission: 'value.manage', roles: ['loyalty-manager', 'analyst', 'executive', 'administrator'] }

export const knowledgeRead: Grant = { permission: 'knowledge.read', roles: builtInRoles }
export const knowledgeWrite: Grant = { permission: 'knowledge.write', roles: ['supervisor', 'executive', 'administrator'] }
export const knowledgeTrain: Grant = {
  permission: 'knowledge.train',
  roles: ['supervisor', 'executive', 'human-resources', 'administrator'],
}
export const knowledgeInspect: Grant = {
  permission: 'knowledge.inspect',
  roles: ['department', 'supervisor', 'account-manager', 'store-clerk', 'executive', 'administrator'],
}
export const commitmentsRead: Grant = { permission: 'commitments.read', roles: customerFacingRoles }
export const commitmentsManage: Grant = { permission: 'commitments.manage', roles: ['supervisor', 'account-manager', 'administrator'] }
export const commitmentsWrite: Grant = { permission: 'commitments.write', roles: customerFacingRoles }

export const casesRead: Grant = { permission: 'cases.read', roles: customerFacingRoles }
export const casesWrite: Grant = { permission: 'cases.write', roles: customerFacingRoles.filter((role) => role !== 'analyst') }
export const casesManage: Grant = { permission: 'cases.manage', roles: ['supervisor', 'administrator'] }
export const casesQuality: Grant = { permission: 'cases.quality', roles: ['supervisor', 'executive', 'administrator'] }
export const casesPublish: Grant = { permission: 'cases.publish', roles: ['supervisor', 'executive', 'administrator'] }
export const casesPenalties: Grant = {
  permission: 'cases.penalties',
  roles: ['supervisor', 'executive', 'human-resources', 'administrator'],
}
export const casesRecognize: Grant = { permission: 'cases.recognize', roles: builtInRoles }
export const casesReview: Grant = { permission: 'cases.review', roles: ['supervisor', 'executive', 'administrator'] }
export const casesHoldReviews: Grant = { permission: 'cases.hold-reviews', roles: ['supervisor', 'executive', 'administrator'] }
export const casesAudit: Grant = { permission: 'cases.audit', roles: ['supervisor', 'analyst', 'executive', 'administrator'] }
export const casesExport: Grant = { permission: 'cases.export', roles: ['supervisor', 'analyst', 'executive', 'administrator'] }
export const casesApprove: Grant = { permission: 'cases.approve', roles: ['supervisor', 'executive', 'administrator'] }
