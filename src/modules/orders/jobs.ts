import type { Context } from '#platform/context.ts'
import { job } from '#platform/module.ts'
import { bringDueDelivery } from './actions/intake-bring.ts'
import { tellBrokenPromises } from './actions/promises.ts'
import { deliveriesDue } from './facts/intake-due.ts'
import { promisesDue } from './facts/promises-due.ts'
import { messageReceived } from './facts.ts'
import { repairIndexes } from './store/bulk-indexes.ts'
import { forgetDeliveries, isAnyDeliveryDue } from './store/intake-deliveries.ts'

const keptDays = 30

export const jobs = [
  // A first load that was cut off and never taken up again must not leave orders and customers without their indexes.
  job({ name: 'orders.keep-indexes', every: '*/15 * * * *', run: ({ db }) => repairIndexes(db) }),
  job({ name: 'orders.bring-in', on: messageReceived, run: bringIn }),
  job({ name: 'orders.bring-in-rest', on: deliveriesDue, run: bringIn }),
  job({
    name: 'orders.bring-in-again',
    every: '* * * * *',
    async run(context) {
      if (await isAnyDeliveryDue(context.db, context.now)) await context.wake(deliveriesDue, {})
    },
  }),
  // Before the customer says anything: a promised day has passed, and nothing has come.
  job({ name: 'orders.tell-late', every: '*/10 * * * *', run: tellLate }),
  job({ name: 'orders.tell-late-now', on: promisesDue, run: tellLate }),
  job({
    name: 'orders.forget-deliveries',
    every: '45 4 * * *',
    async run({ db, now }) {
      await forgetDeliveries(db, new Date(now.getTime() - keptDays * 86_400_000))
    },
  }),
]

/** Some at once, each once; the rest in a transaction of its own. */
async function tellLate(context: Context): Promise<void> {
  if (await tellBrokenPromises(context)) await context.wake(promisesDue, {})
}

/** One message in each transaction. */
async function bringIn(context: Context): Promise<void> {
  if ((await bringDueDelivery(context)) && (await isAnyDeliveryDue(context.db, context.now))) await context.wake(deliveriesDue, {})
}
