import { seesFigures } from '#modules/customers/public.ts'
import type { Context } from '#platform/context.ts'
import { cursorOf, timePlace } from '#platform/cursor.ts'
import type { Actions } from '#platform/module.ts'
import type { approvalEndpoints } from '../api/approvals.ts'
import { awaitsDecision, isRepeated } from '../domain/standing.ts'
import { type Approval, approvalsOf, waitingApprovals } from '../store/approvals.ts'
import { decidedMinor, mayDecide, requestOf, whoCould } from './authority.ts'
import { type Known, known } from './performing.ts'
import { casesWithin, shownCustomers } from './reach.ts'

/** As many at a time: each is shown with its whole case. */
const pageSize = 20
/** Of how many those are looked for who see only some. */
const lookedAt = 100

export const approvalActions: Actions<typeof approvalEndpoints> = {
  async approvals(context, { of = 'mine', cursor, limit = pageSize }) {
    const size = Math.min(limit, pageSize)
    const asked = await waitingApprovals(context.db, of === 'mine' ? context.actor.id : null, timePlace(cursor), lookedAt)
    const items = []
    let last: Approval | null = null
    for (const approval of asked) {
      if (items.length === size) break
      last = approval
      const found = await known(context, approval.caseId)
      if (!awaitsDecision(found.state) || (await casesWithin(context, [found.row])).length === 0) continue
      items.push(await shown(context, approval, found))
    }
    const through = last === asked.at(-1) && asked.length < lookedAt
    return { items, next: last && !through ? cursorOf([last.dueAt.toISOString(), last.id]) : null }
  },

  async approvalOf(context, { caseId }) {
    const found = await known(context, caseId)
    const asked = await approvalsOf(context.db, found.row.customerId, caseId)
    const waits = awaitsDecision(found.state)
    return { waits, asked: asked.map((one) => waiting(context, one)), may: waits ? await mayOf(context, found) : null }
  },
}

async function mayOf(context: Context, found: Known) {
  const request = await requestOf(context, found, decidedMinor(found, found.state.proposed?.remedies ?? []))
  const decision = await mayDecide(context, request)
  const could = (await whoCould(context, request)).slice(0, 5).map(({ userId }) => userId)
  const permitted = context.actor.can('cases.approve')
  return decision.allowed && permitted
    ? { allowed: true, reason: null, limitMinor: decision.limitMinor, deputyFor: decision.deputyFor, could }
    : {
        allowed: false,
        reason: decision.allowed ? 'no-authority' : decision.reason,
        limitMinor: decision.limitMinor,
        deputyFor: null,
        could,
      }
}

const waiting = ({ now }: Context, one: Approval) => ({
  id: one.id,
  level: one.level,
  approverId: one.approverId,
  askedAt: one.askedAt,
  dueAt: one.dueAt,
  late: one.decidedAt === null && one.dueAt <= now,
  amountMinor: one.amountMinor,
  decision: one.decision,
  decidedAt: one.decidedAt,
  decidedBy: one.decidedBy,
})

async function shown(context: Context, approval: Approval, found: Known) {
  const { row, state } = found
  const { record, proposed } = state
  return {
    ...waiting(context, approval),
    may: await mayOf(context, found),
    case: {
      id: row.id,
      number: state.number,
      subject: record.subject,
      customer: (await shownCustomers(context, [row])).get(row.customerId) ?? null,
      tier: seesFigures(context) ? (state.policy?.tier ?? null) : null,
      category: record.category,
      reason: record.reason,
      severity: record.severity,
      repeated: isRepeated(state),
      version: state.version,
    },
    demand: record.demand,
    cause: state.cause?.text ?? null,
    proposed: {
      remedies: [...(proposed?.remedies ?? [])],
      reason: proposed?.reason ?? '',
      preventive: proposed?.preventive ?? null,
      by: proposed?.by ?? '',
      at: proposed?.at ?? approval.askedAt,
    },
  }
}
