import { addCommitment, settleOrigin } from '#modules/commitments/public.ts'
import { clockOf, notify, readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { derivedId } from '#platform/identifier.ts'
import { broughtHigher, type EscalationReason } from '../domain/escalation.ts'
import type { CaseEvent, EventKind, NewEvent } from '../domain/event.ts'
import { stepOf } from '../domain/process.ts'
import { aboutWhom, awaitsDecision } from '../domain/standing.ts'
import { decisionSetting } from '../settings.ts'
import { type Approval, approvalsOf, closeApprovals, insertApproval, markEscalated } from '../store/approvals.ts'
import { costOfRemedies, decidedMinor, requestOf, whoCould } from './authority.ts'
import { thoseAbove } from './people.ts'
import type { Known } from './performing.ts'
import { owed } from './words.ts'

/** What can begin or end somebody's being asked. */
const matters: readonly EventKind[] = [
  'opened',
  'proposed',
  'instructed',
  'stepped',
  'sent-back',
  'reopened',
  'closed',
  'withdrawn',
  'merged',
  'converted',
]

const originOf = (caseId: string) => ({ module: 'cases', id: `${caseId}:approval` })

/** Asks whoever may decide on a proposal, and stops asking once that is settled (G-09); what else follows is answered as events. */
export async function tendApproval(context: Context, known: Known, made: readonly CaseEvent[]): Promise<readonly NewEvent[]> {
  if (!made.some(({ kind }) => matters.includes(kind))) return []
  const { state, process, row, events } = known
  if (!events.some(({ kind }) => kind === 'proposed')) return []
  const here = stepOf(process, state.step)?.needs.some(({ need }) => need === 'approval') ?? false
  const waits = here && awaitsDecision(state)
  const asked = await approvalsOf(context.db, row.customerId, row.id)
  const open = asked.filter(({ decidedAt }) => decidedAt === null)
  if (waits && open.some(({ seq }) => seq === state.proposed?.seq)) return []
  if (open.length > 0) await close(context, known, made)
  // A proposal of which nobody was asked any more, because its case had ended, is asked about once more, and of everybody.
  return waits ? ask(context, known, [], asked.filter(({ seq }) => seq === state.proposed?.seq).length) : []
}

async function close(context: Context, { row }: Known, made: readonly CaseEvent[]): Promise<void> {
  const { db, now, actor } = context
  const instructed = made.find((event) => event.kind === 'instructed')
  const decision = instructed?.data.decision ?? 'dropped'
  await closeApprovals(db, row.customerId, row.id, { now, by: actor.id, decision })
  await settleOrigin(context, row.customerId, originOf(row.id), instructed ? 'done' : 'cancelled', null)
}

/** `level`: how often somebody was asked about this proposal before. Asks the one whose limit is the smallest that suffices and who was not asked before. Where the table names nobody, those above hear of it. */
async function ask(context: Context, known: Known, before: readonly Approval[], level: number): Promise<readonly NewEvent[]> {
  const { db, now } = context
  const { state, row } = known
  const amountMinor = costOfRemedies(state.proposed?.remedies ?? [])
  const could = await whoCould(context, await requestOf(context, known, decidedMinor(known, state.proposed?.remedies ?? [])))
  const next = could.find(({ userId }) => !before.some(({ approverId }) => approverId === userId)) ?? null
  // Who was asked before and is the last who could goes on being asked.
  if (next === null && before.length > 0) return []
  const { approvalMinutes } = await readSetting(db, decisionSetting)
  const wanted = approvalMinutes * 60_000
  const dueAt = (await clockOf(db, state.departmentId)).after(now, wanted) ?? new Date(now.getTime() + wanted)
  const id = derivedId('approval', row.id, `${state.proposed?.seq} ${level}`)
  await insertApproval(db, {
    customerId: row.customerId,
    id,
    caseId: row.id,
    seq: state.proposed?.seq ?? 0,
    level,
    approverId: next?.userId ?? null,
    role: next?.role ?? null,
    amountMinor,
    askedAt: now,
    dueAt,
  })
  if (next === null) return goHigher(context, known, 'nobody-may-approve')
  await addCommitment(context, {
    kind: 'approval',
    title: await owed(context, 'owed.approval', state.number),
    dueAt,
    customerId: row.customerId,
    ownerId: next.userId,
    id: derivedId('commitment', 'cases.approval', id),
    origin: originOf(row.id),
  })
  return []
}

/** Nobody decided in time: the next who may is asked, and those above hear of it. */
export async function escalateApproval(context: Context, known: Known, overdue: Approval): Promise<readonly NewEvent[]> {
  const { db, now } = context
  const { customerId, caseId, id, seq } = overdue
  await markEscalated(db, customerId, id, now)
  const asked = (await approvalsOf(db, customerId, caseId)).filter((one) => one.seq === seq)
  await ask(context, known, asked, asked.length)
  return goHigher(context, known, 'approval-overdue')
}

/** Those above hear of a case, and its log says so. */
export async function goHigher(
  context: Context,
  { state, row }: Known,
  because: EscalationReason,
  id: string | null = null,
): Promise<readonly NewEvent[]> {
  const to = await thoseAbove(context, aboutWhom(state))
  await notify(context, { to, kind: `cases.${because}`, values: { number: state.number }, link: `/cases/${row.id}` })
  return [broughtHigher(to, because, id)]
}
