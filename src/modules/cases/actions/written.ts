import type { Context } from '#platform/context.ts'
import { sendsMail } from '#platform/mailbox/queue-mail.ts'
import { happened, type Kinds } from '../domain/event.ts'
import { actedOf } from './acted.ts'
import type { OnCase } from './acts.ts'
import { addressOfCase, sendToCustomer } from './messages.ts'
import { wrong } from './named.ts'
import { heldCase, type Known, mustBeAllowed, perform } from './performing.ts'
import { mustTellRoute, withRoute } from './route.ts'

/** What is said to the customer in words of its own. */
type Written = 'acknowledged' | 'replied' | 'told' | 'answered'

/**
 * An act that says something to the customer: said to be written by e-mail it goes out by e-mail, stands on their page and in the conversation, and what became of it is seen there. Where no mail is set up the product notes what
 * was written elsewhere. `routed`: it is a final answer, with which goes where else the customer can turn to.
 */
export const written =
  <K extends Written>(kind: K, byMail: (said: Kinds[K]) => boolean, routed = false) =>
  async (context: Context, { caseId, version, ...given }: OnCase & Kinds[K]) => {
    const said = given as unknown as Kinds[K]
    const found = await heldCase(context, caseId, version)
    await mustBeAllowed(context, found, kind)
    const { escalationRoute = null } = routed ? (said as Kinds['told']) : {}
    if (routed) await mustTellRoute(context, found, kind, { escalationRoute })
    const sent = byMail(said) ? await mailed(context, found, withRoute(said.text, escalationRoute)) : found
    return actedOf(await perform(context, sent, happened(kind, said), { unasked: true }))
  }

async function mailed(context: Context, found: Known, text: string): Promise<Known> {
  if (!sendsMail(context.house)) return found
  if ((await addressOfCase(context, found)) === null)
    throw wrong('channel', 'no-address', 'No e-mail address of the customer is known; write it down, or reach them another way')
  return (await sendToCustomer(context, found, { text, channel: 'email' })).known
}
