import type { BuiltInRole } from '#platform/module.ts'

/** Every endpoint with the permission it needs and the roles that hold it on a fresh installation: written by hand, so that a new endpoint has to be thought about. */
export const grants: Readonly<Record<string, { readonly permission: string; readonly roles: readonly BuiltInRole[] }>> = {}
