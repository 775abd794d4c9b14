import type { SubjectTable } from '#platform/subject/subject.ts'

const onPurchase = [{ table: 'orders.purchase', column: 'id' }]
const ofPurchase = [{ table: 'orders.purchase', column: 'order_id' }]

/** Each table of this module that holds something about a customer. Orders are business records: they stay when a person is erased, and lead to nobody then. */
export const orderTables: readonly SubjectTable[] = [
  { table: 'orders.purchase', key: ['id'], merge: 'move', erase: 'keep' },
  { table: 'orders.purchase_before', key: ['run_id', 'id'], merge: 'move', formerRows: ['before'], leansOn: onPurchase, erase: 'keep' },
  { table: 'orders.source_version', key: ['id', 'run_id'], merge: 'move', leansOn: onPurchase, erase: 'keep' },
  // That something was promised, came, went wrong and was disputed is of the business; where to, and what people wrote about it, is of the person.
  { table: 'orders.term', key: ['order_id'], merge: 'move', leansOn: ofPurchase, erase: { blank: { delivery_place: null } } },
  { table: 'orders.delivery', key: ['order_id', 'id'], merge: 'move', leansOn: ofPurchase, erase: { blank: { delivery_place: null } } },
  { table: 'orders.freight_event', key: ['order_id', 'id'], merge: 'move', leansOn: ofPurchase, erase: { blank: { note: null } } },
  { table: 'orders.term_before', key: ['run_id', 'order_id'], merge: 'move', leansOn: ofPurchase, erase: 'delete' },
  {
    table: 'orders.dispute',
    key: ['order_id', 'id'],
    merge: 'move',
    leansOn: ofPurchase,
    erase: { blank: { note: null, settlement_note: null } },
  },
  { table: 'orders.correction', key: ['order_id', 'id'], merge: 'move', leansOn: ofPurchase, erase: 'keep' },
  {
    table: 'orders.day_list',
    key: [],
    merge: 'derive',
    erase: 'keep',
    unexported: { '*': 'the days and sums of the orders that stand in orders.purchase, packed for computing' },
  },
]
