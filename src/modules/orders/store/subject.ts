import type { SubjectTable } from '#platform/subject/subject.ts'

const onPurchase = [{ table: 'orders.purchase', column: 'id' }]

/** Each table of this module that holds something about a customer. Orders are business records: they stay when a person is erased, and lead to nobody then. */
export const orderTables: readonly SubjectTable[] = [
  { table: 'orders.purchase', key: ['id'], merge: 'move', erase: 'keep' },
  { table: 'orders.purchase_before', key: ['run_id', 'id'], merge: 'move', formerRows: ['before'], leansOn: onPurchase, erase: 'keep' },
  { table: 'orders.source_version', key: ['id', 'run_id'], merge: 'move', leansOn: onPurchase, erase: 'keep' },
  {
    table: 'orders.day_list',
    key: [],
    merge: 'derive',
    erase: 'keep',
    unexported: { '*': 'the days and sums of the orders that stand in orders.purchase, packed for computing' },
  },
]
