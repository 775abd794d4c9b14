import { cases } from './permissions/cases.ts'
import { commitments } from './permissions/commitments.ts'
import { customers } from './permissions/customers.ts'
import type { Grant } from './permissions/grants.ts'
import { insight } from './permissions/insight.ts'
import { knowledge } from './permissions/knowledge.ts'
import { orders } from './permissions/orders.ts'
import { organization } from './permissions/organization.ts'
import { platform } from './permissions/platform.ts'
import { value } from './permissions/value.ts'

/** Every endpoint with the permission it needs and the roles that hold it on a fresh installation, a file for each module: written by hand, so that a new endpoint has to be thought about. */
export const grants: Readonly<Record<string, Grant>> = {
  ...cases,
  ...commitments,
  ...customers,
  ...insight,
  ...knowledge,
  ...orders,
  ...organization,
  ...platform,
  ...value,
}
