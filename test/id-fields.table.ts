import { cases } from './id-fields/cases.ts'
import { commitments } from './id-fields/commitments.ts'
import { customers } from './id-fields/customers.ts'
import { insight } from './id-fields/insight.ts'
import { knowledge } from './id-fields/knowledge.ts'
import type { Meanings } from './id-fields/meanings.ts'
import { orders } from './id-fields/orders.ts'
import { organization } from './id-fields/organization.ts'
import { platform } from './id-fields/platform.ts'
import { value } from './id-fields/value.ts'

/**
 * What each id in an input names: a kind of thing that the canaries have one of for everybody, so that others' ids are tried; or why nobody's customers are met by it: 'house' what belongs to the
 * company, 'mine' what is only ever one's own, 'new' what the server makes. A file for each module; written by hand, so that a new field has to be thought about. Endpoints that are about everybody stand outside: they
 * are closed to whoever sees only some before anything is looked at.
 */
export const meanings: Meanings = {
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
