import { figuresOf } from '#modules/customers/public.ts'
import type { Context } from '#platform/context.ts'
import { defaultPageSize } from '#platform/contract.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import type { growthEndpoints } from '../api/growth.ts'
import { type ProfitParts, projectedProfit, refusedTreatment, type TreatmentOutcome } from '../domain/treatment.ts'
import { customerExempted, treatmentDecided, treatmentProposed } from '../facts.ts'
import { explain } from '../runs/explain.ts'
import { exemptionOf, saveExemption } from '../store/decisions.ts'
import { decideTreatment, heldTreatment, insertTreatment, type Treatment, treatmentsIn, treatmentsOf } from '../store/treatments.ts'
import { latestValuation } from '../store/valuations.ts'
import { customerMustExist, customerMustStay } from './must-exist.ts'
import { pageSeen } from './seen.ts'

type Names = 'treatments' | 'customerTreatments' | 'proposeTreatment' | 'decideTreatment'
const most = 100

export const treatments: Pick<Actions<typeof growthEndpoints>, Names> = {
  treatments: (context, { state, cursor, limit = defaultPageSize }) =>
    pageSeen(
      context,
      { cursor, limit },
      (after, size) => treatmentsIn(context.db, state, after, size),
      ({ proposedAt, id }) => ({ at: proposedAt, id }),
    ),

  async customerTreatments(context, { customerId }) {
    const { db } = context
    await customerMustExist(db, customerId)
    return {
      items: await treatmentsOf(db, customerId, most),
      parts: await partsOf(context, customerId),
      ...(await standing(context, customerId)),
    }
  },

  async proposeTreatment(context, { customerId, outcome, terms, exemptionReason, note }) {
    const { db, now, actor, newId, publish } = context
    await customerMustStay(db, customerId)
    await mustBeAllowed(context, customerId, outcome)
    if (outcome === 'keep' && exemptionReason === null)
      throw refuse('invalid', 'reason-missing', 'Say for which strategic value the customer is kept', {
        fields: [{ field: 'exemptionReason', reason: 'required', detail: 'This is needed' }],
      })
    if ((await treatmentsOf(db, customerId, most)).some(({ state }) => state === 'proposed'))
      throw refuse('conflict', 'treatment-open', 'A proposal about this customer waits for its decision')
    const parts = await partsOf(context, customerId)
    if (!parts) throw refuse('conflict', 'not-valued', 'Nobody has been valued yet')
    const made = await insertTreatment(db, {
      ...{ customerId, id: newId(), outcome, terms, note, exemptionReason: outcome === 'keep' ? exemptionReason : null },
      profitMinor: projectedProfit(parts, 'keep', terms),
      projectedMinor: projectedProfit(parts, outcome, terms),
      ...{ proposedAt: now, proposedBy: actor.id },
    })
    const { profitMinor, projectedMinor } = made
    await publish(treatmentProposed, { customerId, treatmentId: made.id, outcome, profitMinor, projectedMinor })
    return made
  },

  async decideTreatment(context, { customerId, treatmentId, version, approved, note }) {
    const { db, now, actor, publish } = context
    await customerMustStay(db, customerId)
    const found = await heldTreatment(db, customerId, treatmentId)
    if (!found) throw refuse('missing', 'no-such-treatment', 'There is no such proposal about this customer')
    if (found.version !== version) throw changedMeanwhile('this proposal')
    if (found.state !== 'proposed') throw refuse('conflict', 'treatment-decided', 'This proposal is decided already')
    if (found.proposedBy === actor.id)
      throw refuse('forbidden', 'own-treatment', 'Somebody else has to decide what you have proposed yourself')
    if (approved) {
      await mustBeAllowed(context, customerId, found.outcome)
      if (found.outcome === 'keep') await keep(context, found)
    }
    const decided = await decideTreatment(db, found, { state: approved ? 'approved' : 'rejected', note, by: actor.id, now })
    await publish(treatmentDecided, { customerId, treatmentId, outcome: found.outcome, approved })
    return decided
  },
}

/** The customer's sums by the models of the latest valuation, as "why?" tells them; null before one. */
async function partsOf(context: Context, customerId: string): Promise<ProfitParts | null> {
  const valuation = await latestValuation(context.db)
  if (!valuation) return null
  const found = await explain(context, customerId, valuation)
  return {
    revenueMinor: found.revenueMinor,
    discountMinor: found.discountMinor,
    refundMinor: found.refundMinor,
    costOfGoodsMinor: found.costOfGoodsMinor,
    costToServeMinor: found.costToServeMinor,
  }
}

async function standing({ db }: Context, customerId: string) {
  const { tier, valuedOn } = await figuresOf(db, customerId)
  return { tier: valuedOn === null ? null : tier, exempt: (await exemptionOf(db, customerId)) !== null }
}

async function mustBeAllowed(context: Context, customerId: string, outcome: TreatmentOutcome): Promise<void> {
  const refused = refusedTreatment(outcome, await standing(context, customerId))
  if (refused === 'exempt-from-release')
    throw refuse('conflict', refused, 'This customer is exempt as strategic and never proposed for release')
  if (refused === 'not-lead') throw refuse('conflict', refused, 'Only customers who cost more than they bring can be released')
}

/** Who is kept for a strategic value is exempt from then on; who is so already stays so for the reason that was given. */
async function keep({ db, now, actor, publish }: Context, { customerId, exemptionReason, note }: Treatment): Promise<void> {
  if (exemptionReason === null) return
  const exemption = { reason: exemptionReason, note, setAt: now, setBy: actor.id }
  if (await saveExemption(db, customerId, exemption, null)) await publish(customerExempted, { customerId, reason: exemptionReason })
}
