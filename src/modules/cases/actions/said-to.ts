import type { Actor, Context } from '#platform/context.ts'
import type { Case } from '../domain/case.ts'
import type { CaseEvent, CaseRecord, Kinds } from '../domain/event.ts'
import { seesWork } from './quality.ts'

type Heard = Pick<Case, 'heard'>

/** What an event holds, without contact data, and without what the customer is worth or gave a colleague, for whoever may not see them. */
export function saidTo(context: Context, event: CaseEvent, of: Heard): Record<string, unknown> {
  const { actor } = context
  if (event.kind === 'feedback') return scoresTo(context, event.data, event.seq, of)
  const said = contactsOf(actor, event)
  if (actor.can('value.read')) return said
  // Which policy it is says as much as the tier that stands beside it, and who was asked by it says which it is.
  if ('policy' in said) return { ...said, policy: null }
  return event.kind === 'assigned' && event.data.choice ? { ...said, choice: { ...event.data.choice, group: null, passed: null } } : said
}

function contactsOf(actor: Actor, event: CaseEvent): Record<string, unknown> {
  if (actor.can('customers.read-personal')) return { ...event.data }
  const hidden = <T extends Partial<CaseRecord>>(record: T): T =>
    record.complainant ? { ...record, complainant: { ...record.complainant, contact: null } } : record
  if (event.kind === 'opened') return { ...event.data, record: hidden(event.data.record) }
  return event.kind === 'changed' ? { changes: hidden(event.data.changes) } : { ...event.data }
}

/** Feedback of an event, without what the customer gave somebody for whoever does not see how that person works; where nobody handled the case nobody sees it. */
export function scoresTo<F extends Kinds['feedback']>(context: Context, feedback: F, seq: number, { heard }: Heard): F {
  const agentId = heard.find((one) => one.seq === seq)?.agentId ?? null
  if (agentId !== null && seesWork(context, agentId)) return feedback
  return { ...feedback, attitude: null, knowledge: null, skill: null }
}
