import type { Subject } from '#platform/subject/subject.ts'
import { renewDayLists } from './store/day-lists.ts'
import { runsOfTerms } from './store/import-terms.ts'
import { forgetMessages } from './store/intake-deliveries.ts'
import { orderTables } from './store/subject.ts'
import { runsOfOrders } from './store/undo.ts'
import { lockForWriting } from './store/write-purchases.ts'

/** What becomes of orders when two customers are merged, one is exported, or one is erased. */
export const orderSubject: Subject = {
  tables: orderTables,
  hold: lockForWriting,
  runs: async (db, customerIds) => [...new Set([...(await runsOfOrders(db, customerIds)), ...(await runsOfTerms(db, customerIds))])],
  forget: async (db, texts) => {
    const messages = await forgetMessages(db, texts)
    return messages > 0 ? { 'orders.intake_delivery': messages } : {}
  },
  renew: ({ db }, customerIds) => renewDayLists(db, customerIds),
}
