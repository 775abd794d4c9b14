import { customerFacingRoles, module } from '#platform/module.ts'
import { billingActions } from './actions/disputes.ts'
import { intakeActions } from './actions/intake.ts'
import { keepCurrency } from './actions/keep-currency.ts'
import { fulfilmentActions, ordersActions } from './actions.ts'
import { billingApi } from './api/billing.ts'
import { intakeApi } from './api/intake.ts'
import { termsApi } from './api/terms.ts'
import { ordersApi } from './api.ts'
import { checks } from './checks.ts'
import { ordersCommands } from './commands.ts'
import * as facts from './facts.ts'
import { ordersImporter } from './importers/orders.ts'
import { productsImporter } from './importers/products.ts'
import { ratesImporter } from './importers/rates.ts'
import { jobs } from './jobs.ts'
import { recost } from './runs/recost.ts'
import { customersWithOrders } from './store/day-lists.ts'
import { orderOwners } from './store/reads.ts'
import { orderSubject } from './subject.ts'
import { ordersTimeline } from './timeline.ts'

export const orders = module({
  name: 'orders',
  api: { ...ordersApi, ...termsApi, ...billingApi, ...intakeApi },
  actions: { ...ordersActions, ...fulfilmentActions, ...billingActions, ...intakeActions },
  facts: Object.values(facts),
  permissions: {
    'orders.read': customerFacingRoles.filter((role) => role !== 'department'),
    'orders.write': ['agent', 'supervisor', 'account-manager', 'salesperson', 'store-clerk', 'administrator'],
    'orders.manage': ['supervisor', 'analyst', 'administrator'],
    'orders.intake': [],
  },
  jobs,
  runs: [recost],
  commands: ordersCommands,
  settingGuards: { 'organization.profile': keepCurrency },
  timeline: ordersTimeline,
  things: { 'orders.order': orderOwners },
  customersInUse: async (db, customerIds) => new Set(await customersWithOrders(db, customerIds)),
  subject: orderSubject,
  mentions: [{ table: 'orders.intake_delivery', key: ['id'], columns: ['problems'], how: 'strike' }],
  importers: [ordersImporter, productsImporter, ratesImporter],
  checks,
})
