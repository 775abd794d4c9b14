import type { z } from 'zod'
import { commitmentStateChanged } from '#modules/commitments/public.ts'
import { orderById, ordersChanged, refundedAmong } from '#modules/orders/public.ts'
import type { Context } from '#platform/context.ts'
import { job } from '#platform/module.ts'
import { escalateApproval } from '../actions/approvals.ts'
import { heldCase, perform } from '../actions/performing.ts'
import { settleAgain } from '../actions/settling-again.ts'
import { caseOfTask } from '../actions/task-origin.ts'
import { happened } from '../domain/event.ts'
import { settlementDue } from '../facts/settlement-due.ts'
import { approvalsOf, closeApprovals, overdueApprovals } from '../store/approvals.ts'
import { caseById, casesOfOrder, endedWithOrder } from '../store/cases.ts'

/** What follows in cases from tasks, decisions that are due, and refunds of orders. */
export const responsibilityJobs = [
  job({
    name: 'cases.follow-task',
    on: commitmentStateChanged,
    run: (context, { origin, commitmentId, after, outcome }) => followTask(context, caseOfTask(origin), commitmentId, after, outcome),
  }),
  job({
    name: 'cases.escalate-approvals',
    every: '*/5 * * * *',
    run: escalateOverdue,
  }),
  job({
    name: 'cases.settle-after-refund',
    on: ordersChanged,
    run: async (context, { orderId, what }) => {
      if (orderId === undefined || what === 'placed') return
      const order = await orderById(context.db, orderId)
      if (order) await settleOrder(context, order.customerId, order.refundOf ?? order.id)
    },
  }),
  job({
    name: 'cases.settle-after-files',
    every: '10 4 * * *',
    run: (context) => beginToSettle(context, false),
  }),
  job({
    name: 'cases.settle-anew',
    every: '40 2 * * 0',
    run: (context) => beginToSettle(context, true),
  }),
  job({ name: 'cases.settle-page', on: settlementDue, run: settlePage }),
]

/** What is done, dropped or taken up again in somebody's day, the case knows, too. */
export async function followTask(
  context: Context,
  caseId: string | null,
  commitmentId: string,
  state: 'open' | 'done' | 'cancelled',
  outcome: string | null,
): Promise<void> {
  const row = caseId === null ? null : await caseById(context.db, caseId)
  // With a case that has ended, also because its customer was erased, nothing waits for a task any more.
  if (caseId === null || row === null || (row.state !== 'open' && row.state !== 'resolved')) return
  const found = await heldCase(context, caseId, null)
  const task = found.state.tasks.find((one) => one.commitmentId === commitmentId)
  if (!task || task.state === state) return
  await perform(context, found, happened('task-changed', { commitmentId, state, note: outcome }), { unasked: true })
}

/** What nobody decided on in time goes higher (G-09): a query at this moment, in small parts; the next look takes the rest. */
export async function escalateOverdue(context: Context): Promise<void> {
  for (const overdue of await overdueApprovals(context.db, context.now, 50)) {
    const row = await caseById(context.db, overdue.caseId)
    if (row?.state !== 'open') {
      const decided = { now: context.now, by: context.actor.id, decision: 'dropped' }
      await closeApprovals(context.db, overdue.customerId, overdue.caseId, decided)
      continue
    }
    const found = await heldCase(context, overdue.caseId, null)
    const now = (await approvalsOf(context.db, found.row.customerId, overdue.caseId)).find(({ id }) => id === overdue.id)
    if (!now || now.decidedAt !== null || now.escalatedAt !== null) continue
    let after = found
    for (const event of await escalateApproval(context, found, now)) after = await perform(context, after, event, { unasked: true })
  }
}

/** What the cases about an order cost follows what was given back on it. */
async function settleOrder(context: Context, customerId: string, orderId: string): Promise<void> {
  for (const row of await casesOfOrder(context.db, customerId, orderId)) if (row.closedAt !== null) await settleAgain(context, row)
}

/** Days after the end of a case within which its order's refunds are looked for. */
const lookedBack = 60
/** Days within which a refund was brought that is looked for in each night: more than one, should a night have been missed. */
const broughtWithin = 3
/** How many cases one transaction looks at. */
const inOnePage = 200

const daysAgo = ({ now }: Context, days: number): Date => new Date(now.getTime() - days * 86_400_000)

/** Begins to look for refunds that files brought, page by page, each in a transaction of its own. `all`: also where none was brought lately, for what an undone import took away. */
const beginToSettle = (context: Context, all: boolean): Promise<void> =>
  context.wake(settlementDue, { refundedSince: all ? null : daysAgo(context, broughtWithin).toISOString(), after: null })

/** One page of cases that ended lately and gave something for an order. */
export async function settlePage(context: Context, { refundedSince, after }: z.output<typeof settlementDue.payload>): Promise<void> {
  const place = after && { closedAt: new Date(after.closedAt), id: after.id }
  const ended = await endedWithOrder(context.db, daysAgo(context, lookedBack), place, inOnePage)
  const refunded = refundedSince === null ? null : await refundedAmong(context.db, ended, new Date(refundedSince))
  for (const one of ended) if (refunded === null || refunded.has(one.orderId)) await settleAgain(context, one)
  const last = ended.at(-1)
  if (last && ended.length === inOnePage)
    await context.wake(settlementDue, { refundedSince, after: { closedAt: last.closedAt.toISOString(), id: last.id } })
}
