import { z } from 'zod'
import { endpoint, nothing } from '#platform/contract.ts'

const word = z.string().trim().max(60)
const names = z
  .object({ en: word, 'zh-CN': word, 'zh-TW': word })
  .refine((given) => given.en !== '' || given['zh-CN'] !== '' || given['zh-TW'] !== '', 'needs a name in some language')
const role = z.string().max(60)
/** Null: a role that the product ships with; its words are the product's. */
const RoleName = z.object({ name: role, names: names.nullable() })
const manage = { permission: 'organization.manage-users', about: 'nobody' } as const

/** Roles as the company makes and names them. */
export const roleEndpoints = {
  roleNames: endpoint('GET /organization/role-names', {
    about: 'nobody',
    permission: 'organization.read',
    summary: 'What the roles are called, the built-in ones first',
    input: nothing,
    result: z.object({ roles: z.array(RoleName) }),
  }),
  createRole: endpoint('POST /organization/roles', {
    ...manage,
    summary: 'Makes a role that may do what another one may; nobody copies one that may do more than they may themselves',
    input: z.object({ names, copiedFrom: role }),
    result: RoleName,
  }),
  renameRole: endpoint('PUT /organization/roles/:role/names', {
    ...manage,
    summary: 'Calls a role that the company made something else; refused when it is no longer called what the writer saw (`before`)',
    input: z.object({ role, before: names, names }),
    result: RoleName,
  }),
  removeRole: endpoint('DELETE /organization/roles/:role', {
    ...manage,
    summary: 'Removes a role that the company made and nobody holds; refused when it is no longer called what the writer saw (`before`)',
    input: z.object({ role, before: names }),
    result: nothing,
  }),
}
