import { billingActions, termsActions } from '#modules/orders/public.ts'
import type { Context } from '#platform/context.ts'
import { derivedId } from '#platform/identifier.ts'
import type { SeedDeliveries } from './deliveries.ts'
import { peopleOf } from './load-care.ts'

/** Writes what the demo's agent noted about parcels and bills, as a person would. Without anybody who can sign in there is nobody to note it. */
export async function loadDeliveries(
  context: Context,
  { freight, disputes }: SeedDeliveries,
  source: string,
  requestedBy: string,
): Promise<void> {
  const people = await peopleOf(context, requestedBy)
  if (!people) return
  const agent = context.actingAs(people('agent'))
  const orderId = (order: string) => derivedId('order', source, order)
  for (const { order, kind, day, note } of freight) await termsActions.noteFreight(agent, { id: orderId(order), kind, day, note })
  for (const { order, reason, note, outcome } of disputes) {
    const billing = await billingActions.dispute(agent, { id: orderId(order), reason, note })
    const [dispute] = billing.disputes
    if (outcome !== null && dispute)
      await billingActions.settle(agent, { id: orderId(order), disputeId: dispute.id, version: dispute.version, outcome })
  }
}
