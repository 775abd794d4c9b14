import { module } from '#platform/module.ts'
import { keepCurrency } from './actions/keep-currency.ts'
import { ordersActions } from './actions.ts'
import { ordersApi } from './api.ts'
import { checks } from './checks.ts'
import { ordersCommands } from './commands.ts'
import { ordersImporter } from './importers/orders.ts'
import { productsImporter } from './importers/products.ts'
import { ratesImporter } from './importers/rates.ts'
import { keepIndexes } from './jobs.ts'
import { recost } from './runs/recost.ts'
import { customersWithOrders } from './store/day-lists.ts'
import { orderOwners } from './store/reads.ts'
import { ordersTimeline } from './timeline.ts'

export const orders = module({
  name: 'orders',
  api: ordersApi,
  actions: ordersActions,
  permissions: {
    'orders.read': ['agent', 'supervisor', 'account-manager', 'loyalty-manager', 'analyst', 'executive', 'administrator'],
    'orders.write': ['agent', 'supervisor', 'account-manager', 'administrator'],
    'orders.manage': ['supervisor', 'analyst', 'administrator'],
  },
  jobs: [keepIndexes],
  runs: [recost],
  commands: ordersCommands,
  settingGuards: { 'organization.profile': keepCurrency },
  timeline: ordersTimeline,
  things: { 'orders.order': orderOwners },
  customersInUse: async (db, customerIds) => new Set(await customersWithOrders(db, customerIds)),
  importers: [ordersImporter, productsImporter, ratesImporter],
  checks,
})
