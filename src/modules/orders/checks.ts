import { customerNames } from '#modules/customers/public.ts'
import { noneOf } from '#platform/doctor/check.ts'
import { countPartsWithoutOrder } from './store/order-parts.ts'
import { countOrphans, countWithoutDays } from './store/orphans.ts'

export const checks = [
  noneOf('orders.customers', 'customers of orders who are not in the archive', (db, most) =>
    countOrphans(db, async (ids) => new Set((await customerNames(db, ids)).keys()), most),
  ),
  noneOf('orders.days', 'purchases of customers without a list of purchase days', countWithoutDays),
  noneOf('orders.parts', 'terms, deliveries or disputes of orders that are not there', countPartsWithoutOrder),
]
