import { job } from '../module.ts'
import { deliverDue } from './deliver.ts'
import { deliveriesDue } from './outbox.ts'
import { forgetDeliveries } from './store.ts'

const keptDays = 30

export const webhooksJobs = [
  job({ name: 'webhooks.deliver', on: deliveriesDue, run: (context) => deliverDue(context) }),
  job({ name: 'webhooks.deliver-again', every: '* * * * *', run: (context) => deliverDue(context) }),
  job({
    name: 'webhooks.forget-deliveries',
    every: '25 4 * * *',
    async run({ db, now }) {
      await forgetDeliveries(db, new Date(now.getTime() - keptDays * 86_400_000))
    },
  }),
]
