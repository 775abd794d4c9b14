/** The browser's composition: the modules whose screens the product has, in no particular order; each entry says itself where it belongs. */
import { screens as cases } from '#modules/cases/screens/index.ts'
import { screens as commitments } from '#modules/commitments/screens/index.ts'
import { screens as customers } from '#modules/customers/screens/index.ts'
import { screens as insight } from '#modules/insight/screens/index.ts'
import { screens as knowledge } from '#modules/knowledge/screens/index.ts'
import { screens as orders } from '#modules/orders/screens/index.ts'
import { screens as organization } from '#modules/organization/screens/index.ts'
import { screens as value } from '#modules/value/screens/index.ts'
import { screens as imports } from '#platform/imports/screens/index.ts'
import { screens as mailbox } from '#platform/mailbox/screens/index.ts'
import { screens as runs } from '#platform/runs/screens/index.ts'
import { screens as webhooks } from '#platform/webhooks/screens/index.ts'
import type { Screens } from '#ui/screens.ts'
import { start } from '#ui/start.tsx'

const modules: readonly Screens[] = [
  organization,
  knowledge,
  customers,
  commitments,
  orders,
  value,
  cases,
  insight,
  imports,
  runs,
  webhooks,
  mailbox,
]

void start(modules)
