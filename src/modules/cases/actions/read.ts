import { isKnownCustomer } from '#modules/customers/public.ts'
import { productsByCode } from '#modules/orders/public.ts'
import type { Context } from '#platform/context.ts'
import { defaultPageSize } from '#platform/contract.ts'
import { cursorOf, placeOf, timePlace } from '#platform/cursor.ts'
import type { Actions } from '#platform/module.ts'
import type { casesApi } from '../api.ts'
import { openAppeal, openReferrals } from '../domain/contest.ts'
import { contestActs } from '../domain/contest-events.ts'
import type { CaseRecord, EventKind } from '../domain/event.ts'
import { remedyMinor } from '../domain/fold.ts'
import { needsNow } from '../domain/needs.ts'
import { stepOf } from '../domain/process.ts'
import { atOnceBecause, isRepeated, netLossMinor, recoveredMinor } from '../domain/standing.ts'
import { claimMayGoTo } from '../domain/supplier-claim.ts'
import { attachmentsOf } from '../store/attachments.ts'
import { type CaseRow, casesOfOrder } from '../store/cases.ts'
import { allCases, casesNumbered, casesOf, goingOf, type Queue, queued, type Wanted } from '../store/lists.ts'
import { allProcesses } from '../store/processes.ts'
import { actedOf } from './acted.ts'
import { appealableNow } from './appeals.ts'
import { fewCustomersOf, lookedAfterBy, managersOf } from './managers.ts'
import { given } from './named.ts'
import { begunOf, emptyRecord, openCase } from './opening.ts'
import { type Known, known, refusedAct } from './performing.ts'
import { processView } from './processes.ts'
import { casesWithin, departmentsOf, seenCaseId, shownCustomers, teamsOfActor } from './reach.ts'
import { saidTo, scoresTo } from './said-to.ts'

type Read = Pick<Actions<typeof casesApi>, 'list' | 'ofCustomer' | 'ofHandler' | 'one' | 'log' | 'open'>

export const readActions: Read = {
  async list(context, { queue = 'open', kind, state, number, late, manager, cursor, limit = defaultPageSize }) {
    if (number !== undefined)
      return { items: await listed(context, await casesWithin(context, await casesNumbered(context.db, number))), next: null }
    const customerIds = manager === undefined ? null : await fewCustomersOf(context, manager)
    const wanted: Wanted = { kinds: kind ?? null, states: state ?? null, late: late ?? null, customerIds }
    const only = manager === undefined ? undefined : (rows: readonly CaseRow[]) => lookedAfterBy(context, manager, rows)
    if (queue === 'all') {
      const after = timePlace(cursor)
      return paged(context, limit, (size) => allCases(context.db, wanted, after, size), timeCursor, only)
    }
    // Queues hold what is open.
    if (state !== undefined && !state.includes('open')) return { items: [], next: null }
    const of: Queue =
      queue === 'mine'
        ? { of: 'owner', ownerId: context.actor.id }
        : queue === 'team'
          ? { of: 'teams', ...(await teamsOfActor(context)) }
          : queue === 'department'
            ? { of: 'departments', departmentIds: await departmentsOf(context) }
            : queue === 'nobody'
              ? { of: 'nobody' }
              : { of: 'all' }
    const after = queuePlace(cursor)
    return paged(context, limit, (size) => queued(context.db, of, wanted, after, size), queueCursor, only)
  },

  async ofCustomer(context, { customerId, cursor, limit = defaultPageSize }) {
    const after = timePlace(cursor)
    return paged(context, limit, (size) => casesOf(context.db, customerId, after, size), timeCursor)
  },

  async ofHandler(context, { userId, cursor, limit = defaultPageSize }) {
    const after = timePlace(cursor)
    return paged(context, limit, (size) => goingOf(context.db, userId, after, size), timeCursor)
  },

  async one(context, { caseId, at }) {
    return detailOf(context, await known(context, caseId, at ?? null), at === undefined)
  },

  async log(context, { caseId }) {
    const { row, events, state } = await known(context, caseId)
    return {
      customerId: (await shownCustomers(context, [row])).get(row.customerId)?.id ?? null,
      events: events.map((event) => ({
        seq: event.seq,
        kind: event.kind,
        at: event.at,
        by: event.by,
        said: saidTo(context, event, state),
      })),
    }
  },

  async open(context, { customerId, kind, ownerId, proactive, ...said }) {
    const record = withGiven(emptyRecord(context.now), said)
    const made = await openCase(context, {
      customerId,
      kind,
      record,
      ownerId,
      proactive: proactive ?? false,
    })
    return { ...actedOf(made), ...(await begunOf(context, made)) }
  },
}

/** What was not said stays empty. */
export function withGiven(
  empty: ReturnType<typeof emptyRecord>,
  said: { readonly [K in keyof CaseRecord]?: CaseRecord[K] | undefined },
): CaseRecord {
  return { ...empty, ...given(said) } as CaseRecord
}

/** What can be asked of a case; what somebody may do of it is told with the case. */
const everyAct: readonly EventKind[] = [
  'changed',
  'assessed',
  'acknowledged',
  'interim-remedy',
  'judged',
  'read-again',
  'replied',
  'routed',
  'accepted',
  'handed-over',
  'cause-found',
  'responsibility-settled',
  'hypothesis',
  'observation',
  'proposed',
  'instructed',
  'remedy-answered',
  'task-given',
  'task-changed',
  'recovery',
  'executed',
  'told',
  'asked',
  'feedback',
  'penalty-considered',
  'loss-considered',
  'lesson-written',
  'effectiveness-checked',
  'evaluated',
  'decided',
  'rewarded',
  'published',
  'answered',
  'quoted',
  'quote-answered',
  'fulfilled',
  'paid',
  'appointed',
  'goods-returned',
  'claim-moved',
  'idea-taken',
  'need-noted',
  'checklist-ticked',
  'assigned',
  'sent-back',
  'paused',
  'resumed',
  'reopened',
  'withdrawn',
  'merged',
  'converted',
  'noted',
  'guide-followed',
  'technique-used',
  'promised',
  ...contestActs,
]
/** What is for those who decide on remedies. */
const approves: readonly EventKind[] = ['instructed', 'appeal-given', 'appeal-decided']

async function detailOf(context: Context, found: Known, now: boolean) {
  const { row, process, state } = found
  const may: string[] = []
  const erased = !(await isKnownCustomer(context.db, row.customerId))
  const appealable = now && !erased ? await appealableNow(context, found) : null
  if (now && !erased)
    for (const act of everyAct) {
      if (!context.actor.can(approves.includes(act) ? 'cases.approve' : 'cases.write')) continue
      if (act === 'sent-back' && (stepOf(process, state.step)?.back.length ?? 0) === 0) continue
      if (act === 'paused' && (state.paused !== null || !stepOf(process, state.step)?.pauses)) continue
      if (act === 'resumed' && state.paused === null) continue
      if (act === 'goods-returned' && (state.kind !== 'goodwill' || (state.claim !== null && state.claim.state !== 'open'))) continue
      if (act === 'idea-taken' && (state.kind === 'suggestion' || state.ideas.length > 0)) continue
      if (act === 'checklist-ticked' && state.kind !== 'custom-request') continue
      if (act === 'claim-moved' && (state.claim === null || claimMayGoTo(state.claim.state).length === 0)) continue
      if (act === 'appealed' && appealable === null) continue
      if (['appeal-given', 'appeal-decided', 'appeal-withdrawn'].includes(act) && openAppeal(state) === null) continue
      if (['referral-changed', 'referral-sent', 'referral-decided'].includes(act) && openReferrals(state).length === 0) continue
      if ((await refusedAct(context, found, act)) === null) may.push(act)
    }
  const files = await attachmentsOf(context.db, row.customerId, row.id)
  return {
    ...state,
    id: row.id,
    feedback: state.feedback && scoresTo(context, state.feedback, state.feedback.seq, state),
    recurrence: state.recurrence && { ...state.recurrence, earlierCaseId: await seenCaseId(context, state.recurrence.earlierCaseId) },
    customer: (await shownCustomers(context, [row])).get(row.customerId) ?? null,
    managerId: (await managersOf(context, [row])).get(row.customerId) ?? null,
    productName: await productCalled(context, state.record.productCode),
    erased,
    appealable,
    complained: await complainedSince(context, found),
    files: files.filter(({ seq }) => seq <= state.version),
    process: processView(process),
    needs: [...needsNow(process, state)],
    may,
    remedyMinor: remedyMinor(state),
    netLossMinor: netLossMinor(state),
    recoveredMinor: recoveredMinor(state),
    version: state.version,
  }
}

async function productCalled({ db }: Context, code: string | null): Promise<string | null> {
  return code === null ? null : ((await productsByCode(db, [code])).get(code)?.name ?? null)
}

/** What customers have complained of since the company found it in a case of its own. */
async function complainedSince({ db }: Context, { row, state }: Known) {
  if (!state.proactive || state.record.orderId === null) return []
  const about = await casesOfOrder(db, row.customerId, state.record.orderId)
  return about.filter(({ foundBy }) => foundBy === row.id).map(({ id, number }) => ({ id, number }))
}

export async function listed(context: Context, rows: readonly CaseRow[]) {
  const { db } = context
  const customers = await shownCustomers(context, rows)
  const managers = await managersOf(context, rows)
  const processes = new Map((await allProcesses(db)).map(({ process }) => [`${process.key} ${process.version}`, process]))
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    kind: row.kind,
    subject: row.subject,
    customer: customers.get(row.customerId) ?? null,
    managerId: managers.get(row.customerId) ?? null,
    tier: row.tier,
    state: row.state,
    step: row.step,
    stepNames: { ...(stepOf(processes.get(`${row.processKey} ${row.processVersion}`)!, row.step)?.names ?? {}) },
    paused: row.paused,
    category: row.category,
    reason: row.reason,
    severity: row.severity,
    priority: row.priority,
    finding: row.finding,
    ownerId: row.ownerId,
    departmentId: row.departmentId,
    channel: row.channel,
    dueAt: row.dueAt,
    late: row.late,
    receivedAt: row.receivedAt,
    closedAt: row.closedAt,
    reopened: row.reopened,
    proactive: row.proactive,
    repeated: isRepeated(row),
    immediate: atOnceBecause({ record: row, assessed: row }) !== null,
    recurred: row.recurred,
    version: row.version,
  }))
}

/** Of how many at a time those are looked for that somebody sees who does not see all, or asks for. */
const lookedAt = 500

/** One page of a list of which somebody sees only some: it ends with something they see, unless a whole stretch held too little. */
async function paged(
  context: Context,
  limit: number,
  read: (limit: number) => Promise<readonly CaseRow[]>,
  cursor: (row: CaseRow) => string,
  only?: (rows: readonly CaseRow[]) => Promise<readonly CaseRow[]>,
) {
  const size = context.reach === 'all' && !only ? limit + 1 : Math.max(lookedAt, limit + 1)
  const rows = await read(size)
  const within = await casesWithin(context, rows)
  const seen = only ? await only(within) : within
  const shown = seen.slice(0, limit)
  const last = seen.length > limit ? shown.at(-1) : rows.length === size ? rows.at(-1) : undefined
  return { items: await listed(context, shown), next: last ? cursor(last) : null }
}

const timeCursor = ({ openedAt, id }: CaseRow) => cursorOf([openedAt.toISOString(), id])
const queueCursor = ({ rankAt, id }: CaseRow) => cursorOf([rankAt.toISOString(), id])
function queuePlace(cursor: string | undefined) {
  if (cursor === undefined) return null
  const [rankAt, id] = placeOf(cursor, ['instant', 'uuid'])
  return { rankAt: new Date(String(rankAt)), id: String(id) }
}
