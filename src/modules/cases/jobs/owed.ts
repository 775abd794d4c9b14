import { commitmentHandedOver, commitmentRescheduled, commitmentStateChanged, promiseBroken } from '#modules/commitments/public.ts'
import type { Context } from '#platform/context.ts'
import { job } from '#platform/module.ts'
import { caseOfAppointment } from '../actions/appointment-origin.ts'
import { followCancelled, followMove } from '../actions/appointments.ts'
import { heldCase, perform } from '../actions/performing.ts'
import { isStillThere } from '../actions/still-there.ts'
import { happened } from '../domain/event.ts'

/** What cases hear of what stands in people's days and calendars because of them. */
export const owedJobs = [
  job({
    name: 'cases.follow-appointment',
    on: commitmentRescheduled,
    run: async (context, { origin, commitmentId }) => {
      const caseId = await stillThere(context, caseOfAppointment(origin))
      if (caseId !== null) await followMove(context, caseId, commitmentId)
    },
  }),
  job({
    name: 'cases.follow-who-comes',
    on: commitmentHandedOver,
    run: async (context, { origin, commitmentId }) => {
      const caseId = await stillThere(context, caseOfAppointment(origin))
      if (caseId !== null) await followMove(context, caseId, commitmentId)
    },
  }),
  job({
    name: 'cases.agree-anew',
    on: commitmentStateChanged,
    run: async (context, { origin, commitmentId, after }) => {
      const caseId = after === 'cancelled' ? await stillThere(context, caseOfAppointment(origin)) : null
      if (caseId !== null) await followCancelled(context, caseId, commitmentId)
    },
  }),
  job({
    name: 'cases.note-broken-promise',
    on: promiseBroken,
    run: async (context, { origin, commitmentId, dueDay }) => {
      const caseId = await stillThere(context, origin?.module === 'cases' ? origin.id : null)
      if (caseId === null) return
      const found = await heldCase(context, caseId, null)
      const promise = found.state.promises.find((one) => one.commitmentId === commitmentId)
      if (promise) await perform(context, found, happened('promise-broken', { commitmentId, day: dueDay }), { unasked: true })
    },
  }),
]

/** The case that is meant, where it is one and is still there. */
const stillThere = async (context: Context, caseId: string | null): Promise<string | null> =>
  caseId !== null && isUuid.test(caseId) && (await isStillThere(context, caseId)) ? caseId : null
const isUuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
