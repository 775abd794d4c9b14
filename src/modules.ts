import { cases } from '#modules/cases/module.ts'
import { commitments } from '#modules/commitments/module.ts'
import { customers } from '#modules/customers/module.ts'
import { insight } from '#modules/insight/module.ts'
import { knowledge } from '#modules/knowledge/module.ts'
import { orders } from '#modules/orders/module.ts'
import { organization } from '#modules/organization/module.ts'
import { value } from '#modules/value/module.ts'
import { imports } from '#platform/imports/module.ts'
import { mailbox } from '#platform/mailbox/module.ts'
import type { Module } from '#platform/module.ts'
import { runs } from '#platform/runs/module.ts'
import { trail } from '#platform/trail/module.ts'
import { webhooks } from '#platform/webhooks/module.ts'
import { demo } from '#seeds/module.ts'

/** Every module of the house, in the order in which they may lean on each other: the only registry on the server. */
export const modules: readonly Module[] = [
  runs,
  imports,
  trail,
  webhooks,
  mailbox,
  organization,
  knowledge,
  customers,
  commitments,
  orders,
  value,
  cases,
  insight,
  demo,
]
