import { billingDisputed, deliveryLate, deliveryNoted, disputeSettled } from '#modules/orders/public.ts'
import { job } from '#platform/module.ts'
import { noteArrival, noteSettled, reactToDispute, reactToLate } from '../actions/proactive.ts'

/** What the company does of itself about what it finds before the customer says it. */
export const proactiveJobs = [
  job({ name: 'cases.react-to-late', on: deliveryLate, run: reactToLate }),
  job({
    name: 'cases.note-arrival',
    on: deliveryNoted,
    run: async (context, { orderId, deliveredDay }) => {
      if (deliveredDay !== null) await noteArrival(context, { orderId, deliveredDay })
    },
  }),
  job({ name: 'cases.react-to-dispute', on: billingDisputed, run: reactToDispute }),
  job({ name: 'cases.note-settled', on: disputeSettled, run: noteSettled }),
]
