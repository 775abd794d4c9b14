import type { Subject } from '#platform/subject/subject.ts'
import { renewDayLists } from './store/day-lists.ts'
import { orderTables } from './store/subject.ts'
import { runsOfOrders } from './store/undo.ts'
import { lockForWriting } from './store/write-purchases.ts'

/** What becomes of orders when two customers are merged, one is exported, or one is erased. */
export const orderSubject: Subject = {
  tables: orderTables,
  hold: lockForWriting,
  runs: runsOfOrders,
  renew: ({ db }, customerIds) => renewDayLists(db, customerIds),
}
