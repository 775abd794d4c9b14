import { job } from '#platform/module.ts'
import { repairIndexes } from './store/bulk-indexes.ts'

/** A first load that was cut off and never taken up again must not leave orders and customers without their indexes. */
export const keepIndexes = job({
  name: 'orders.keep-indexes',
  every: '*/15 * * * *',
  run: ({ db }) => repairIndexes(db),
})
