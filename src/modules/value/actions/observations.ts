import type { Context } from '#platform/context.ts'
import { defaultPageSize } from '#platform/contract.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import type { serviceEndpoints } from '../api/services.ts'
import { observedState } from '../domain/service-layers.ts'
import { customerObserved, serviceGiven } from '../facts.ts'
import { rescoreCustomers } from '../runs/rescore.ts'
import {
  type Given,
  givenById,
  givenTo,
  insertGiven,
  insertObservation,
  observationOf,
  observationsOf,
  openObservations,
  updateGiven,
  updateObservation,
} from '../store/observations.ts'
import { saveServiceCost } from '../store/service-costs.ts'
import { serviceById } from '../store/services.ts'
import { customerMustStay } from './must-exist.ts'
import { pageSeen } from './seen.ts'
import { today } from './services.ts'

type Names = 'openObservations' | 'observations' | 'observe' | 'changeObservation' | 'servicesGiven' | 'giveService' | 'changeServiceGiven'
const most = 200

export const observations: Pick<Actions<typeof serviceEndpoints>, Names> = {
  openObservations: (context, { cursor, limit = defaultPageSize }) =>
    pageSeen(
      context,
      { cursor, limit },
      (after, size) => openObservations(context.db, after, size),
      ({ noticedAt, id }) => ({ at: noticedAt, id }),
    ),

  observations: async ({ db }, { customerId }) => ({ items: await observationsOf(db, customerId, most) }),

  async observe(context, { customerId, noticed, hypothesis }) {
    const { db, newId, publish } = context
    await customerMustStay(db, customerId)
    const state = observedState('noticed', hypothesis, false)
    const made = await insertObservation(db, { customerId, id: newId(), noticed, hypothesis, state }, on(context))
    await publish(customerObserved, { customerId, observationId: made.id, state })
    return made
  },

  async changeObservation(context, { customerId, observationId, version, noticed, hypothesis, dropped }) {
    const { db, publish } = context
    await customerMustStay(db, customerId)
    const before = await observationOf(db, customerId, observationId)
    if (!before) throw noSuchObservation()
    const state = observedState(before.state, hypothesis, dropped)
    const written = await updateObservation(db, { ...before, version, noticed, hypothesis, state }, on(context))
    if (!written) throw changedMeanwhile('this observation')
    await publish(customerObserved, { customerId, observationId, state })
    return written
  },

  servicesGiven: async ({ db }, { customerId }) => ({ items: await givenTo(db, customerId, most) }),

  async giveService(context, { customerId, serviceId, observationId, ...said }) {
    const { db, actor, newId } = context
    await customerMustStay(db, customerId)
    await mustBePast(context, said.givenOn)
    const service = serviceId === null ? null : await serviceById(db, serviceId)
    if (serviceId !== null && !service) throw refuse('missing', 'no-such-service', 'There is no such service')
    if (observationId !== null) await actOn(context, customerId, observationId)
    const place = service ?? { layer: 'beyond' as const, extraType: null, expected: false }
    const made = await insertGiven(
      db,
      {
        ...{ customerId, id: newId(), serviceId, observationId, givenBy: actor.id },
        ...{ layer: place.layer, extraType: place.extraType, expected: place.expected },
        ...said,
      },
      on(context),
    )
    return recorded(context, made)
  },

  async changeServiceGiven(context, { customerId, givenId, version, ...said }) {
    const { db } = context
    await customerMustStay(db, customerId)
    await mustBePast(context, said.givenOn)
    const before = await givenById(db, customerId, givenId)
    if (!before) throw refuse('missing', 'no-such-service-given', 'There is no such service to this customer')
    const written = await updateGiven(db, { ...before, ...said, version }, on(context))
    if (!written) throw changedMeanwhile('this service')
    return recorded(context, written)
  },
}

const on = ({ actor, now }: Context) => ({ by: actor.id, now })

/** What serving cost counts in the customer's profit, once per service. */
async function recorded(context: Context, given: Given): Promise<Given> {
  const { customerId, id, givenOn, costMinor, layer, expected, scoreBefore, scoreAfter } = given
  await saveServiceCost(context.db, { customerId, cause: 'service-given', causeId: id, day: givenOn, amountMinor: costMinor })
  await context.publish(serviceGiven, { customerId, givenId: id, layer, expected, costMinor, scoreBefore, scoreAfter })
  await rescoreCustomers(context, [customerId])
  return given
}

async function actOn(context: Context, customerId: string, id: string): Promise<void> {
  const found = await observationOf(context.db, customerId, id)
  if (!found) throw noSuchObservation()
  if (found.state !== 'acted' && !(await updateObservation(context.db, { ...found, state: 'acted' }, on(context))))
    throw changedMeanwhile('this observation')
}

async function mustBePast(context: Context, day: string): Promise<void> {
  if (day > (await today(context)))
    throw refuse('invalid', 'day-in-the-future', 'This day has not come yet', {
      fields: [{ field: 'givenOn', reason: 'day-in-the-future', detail: 'Choose today or an earlier day' }],
    })
}

const noSuchObservation = () => refuse('missing', 'no-such-observation', 'Nothing like this was noticed about this customer')
