import { type CustomerNeed, needsOf } from '#modules/customers/public.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import type { accountServiceEndpoints } from '../api/account-service.ts'
import {
  closeProposal,
  deleteService,
  insertProposal,
  insertService,
  isThere,
  type Proposal,
  proposalsOf,
  servicesOf,
  updateService,
} from '../store/account-service.ts'
import { holdCustomer } from './making.ts'

const mostProposals = 200

export const accountServiceActions: Actions<typeof accountServiceEndpoints> = {
  services: async ({ db }, { customerId }) => ({ items: await servicesOf(db, customerId) }),

  async addService(context, { customerId, ...said }) {
    await holdCustomer(context, customerId)
    return insertService(context.db, customerId, context.newId(), said, { by: context.actor.id, now: context.now })
  },

  async changeService(context, { customerId, serviceId: id, version, ...said }) {
    const { db, actor, now } = context
    await holdCustomer(context, customerId)
    const written = await updateService(db, customerId, { id, version, ...said }, { by: actor.id, now })
    if (!written) throw (await isThere(db, 'account_service', customerId, id)) ? changedMeanwhile() : noSuchService()
    return written
  },

  async removeService({ db }, { customerId, serviceId, version }) {
    if (!(await deleteService(db, customerId, serviceId, version)))
      throw (await isThere(db, 'account_service', customerId, serviceId)) ? changedMeanwhile() : noSuchService()
    return {}
  },

  async proposals({ db }, { customerId }) {
    const items = await proposalsOf(db, customerId, mostProposals)
    const needs = await needsOf(
      db,
      customerId,
      items.map(({ needId }) => needId),
    )
    return {
      items: items.map((one) => view(one, needs)),
      needs: needs.filter(({ told }) => told).map(({ id, text, productCodes }) => ({ id, text, productCodes: [...productCodes] })),
    }
  },

  async propose(context, { customerId, needId, productCode, note = null }) {
    const { db, actor, now, newId } = context
    await holdCustomer(context, customerId)
    const needs = await needsOf(db, customerId, [])
    if (!needs.some(({ id, told }) => told && id === needId))
      throw refuse('invalid', 'need-not-told', 'The customer has told no such need; note it with a contact first', {
        fields: [{ field: 'needId', reason: 'need-not-told', detail: 'The customer has told no such need' }],
      })
    return view(await insertProposal(db, customerId, { id: newId(), needId, productCode, note }, { by: actor.id, now }), needs)
  },

  async closeProposal(context, { customerId, proposalId: id, version, state }) {
    const { db, now } = context
    await holdCustomer(context, customerId)
    const written = await closeProposal(db, customerId, { id, version, state }, now)
    if (!written)
      throw (await isThere(db, 'proposal', customerId, id))
        ? changedMeanwhile()
        : refuse('missing', 'no-such-proposal', 'There is no such proposal')
    return view(written, await needsOf(db, customerId, [written.needId]))
  },
}

const noSuchService = () => refuse('missing', 'no-such-service', 'There is no such line on the service sheet')

/** A need that was taken into another one is called what that one is. */
const view = ({ needId, ...proposal }: Proposal, needs: readonly CustomerNeed[]) => ({
  ...proposal,
  need: { id: needId, text: needs.find(({ id, former }) => id === needId || former.includes(needId))?.text ?? '—' },
})
