import { commitmentHandedOver, commitmentStateChanged, commitmentsTakenOver } from '#modules/commitments/public.ts'
import { job } from '#platform/module.ts'
import { followProcessAction, followTakenOver, followWhoDoesIt, processActionOrigin } from '../actions/process-actions.ts'
import { askForReview } from '../actions/review-duty.ts'

const ofProcess = processActionOrigin('').id

export const reviewJobs = [
  job({
    name: 'cases.follow-process-action',
    on: commitmentStateChanged,
    run: async (context, { origin, commitmentId, after }) => {
      if (origin?.module === 'cases' && origin.id.startsWith(ofProcess)) await followProcessAction(context, commitmentId, after)
    },
  }),
  job({
    name: 'cases.follow-who-does-it',
    on: commitmentHandedOver,
    run: async (context, { origin, commitmentId }) => {
      if (origin?.module === 'cases' && origin.id.startsWith(ofProcess)) await followWhoDoesIt(context, commitmentId)
    },
  }),
  job({
    name: 'cases.follow-who-took-over',
    on: commitmentsTakenOver,
    run: (context, { fromUserId }) => followTakenOver(context, fromUserId),
  }),
  job({
    name: 'cases.ask-for-review',
    every: '50 5 * * *',
    run: async (context) => void (await askForReview(context)),
  }),
]
