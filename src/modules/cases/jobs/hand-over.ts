import { departureHandedOver, stillHandedOver } from '#modules/customers/public.ts'
import { notify } from '#modules/organization/public.ts'
import { job } from '#platform/module.ts'
import { handOverCases } from '../actions/taking-over.ts'

/** Whoever takes over the customers of somebody who leaves takes over their cases, too. */
export const handOverJobs = [
  job({
    name: 'cases.take-over',
    on: departureHandedOver,
    run: async (context, { runId, fromUserId, shares }) => {
      if (!(await stillHandedOver(context.db, runId))) return
      const given = await handOverCases(
        context,
        fromUserId,
        shares.map(({ userId }) => userId),
        runId,
      )
      for (const [userId, count] of given)
        await notify(context, { to: [userId], kind: 'cases.taken-over', values: { count }, link: '/cases?queue=mine' })
    },
  }),
]
