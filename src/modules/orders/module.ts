import { module } from '#platform/module.ts'
import { ordersImporter } from './importers/orders.ts'

export const orders = module({
  name: 'orders',
  api: {},
  actions: {},
  permissions: {
    'orders.read': ['agent', 'supervisor', 'account-manager', 'loyalty-manager', 'analyst', 'executive', 'administrator'],
    'orders.write': ['agent', 'supervisor', 'account-manager', 'administrator'],
    'orders.manage': ['supervisor', 'analyst', 'administrator'],
  },
  importers: [ordersImporter],
})
