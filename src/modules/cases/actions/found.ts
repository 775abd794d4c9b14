import { notify } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { type CaseEvent, happened, type NewEvent } from '../domain/event.ts'
import { wasFirst } from '../domain/proactive.ts'
import { type CaseRow, casesOfOrder } from '../store/cases.ts'
import type { Known } from './performing.ts'

/** By what customers say that something went wrong. */
const saidBy: readonly string[] = ['complaint', 'claim']

/** What a customer has said about an order so far: complaints and claims that nobody here raised. */
export async function saidOf({ db }: Pick<Context, 'db'>, customerId: string, orderId: string | null): Promise<readonly CaseRow[]> {
  if (orderId === null) return []
  return (await casesOfOrder(db, customerId, orderId)).filter(({ kind, proactive }) => saidBy.includes(kind) && !proactive)
}

/** What the company raised by itself about an order, the newest first. */
export async function raisedOf({ db }: Pick<Context, 'db'>, customerId: string, orderId: string | null): Promise<readonly CaseRow[]> {
  if (orderId === null) return []
  const raised = (await casesOfOrder(db, customerId, orderId)).filter(({ proactive }) => proactive)
  return raised.toSorted((a, b) => b.openedAt.getTime() - a.openedAt.getTime())
}

/**
 * That the company had raised what a customer complains of (L-07): once the complaint names the order, at its opening or later, it is linked to that case, and says who was first. Whoever handles the other case
 * hears of it.
 */
export async function foundBefore(context: Context, { row, state }: Known, made: readonly CaseEvent[]): Promise<NewEvent | null> {
  const { orderId, receivedAt } = state.record
  if (state.proactive || state.found !== null || orderId === null || !saidBy.includes(state.kind)) return null
  if (!made.some((event) => event.kind === 'opened' || (event.kind === 'changed' && event.data.changes.orderId != null))) return null
  const [raised] = await raisedOf(context, row.customerId, orderId)
  if (!raised) return null
  const to = raised.ownerId === null || raised.ownerId === state.ownerId ? [] : [raised.ownerId]
  const values = { number: raised.number, complaint: state.number }
  await notify(context, { to, kind: 'cases.complained', values, link: `/cases/${row.id}` })
  return happened('found-before', { caseId: raised.id, number: raised.number, first: wasFirst(raised.openedAt, receivedAt) })
}
