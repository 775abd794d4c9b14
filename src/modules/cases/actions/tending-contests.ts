import { addCommitment, settleOrigin } from '#modules/commitments/public.ts'
import { notify } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { derivedId } from '#platform/identifier.ts'
import { answerDue, openAppeal } from '../domain/contest.ts'
import { type CaseEvent, type EventKind, happened, type NewEvent } from '../domain/event.ts'
import { judgesFor } from './appeals.ts'
import { goHigher } from './approvals.ts'
import { byItself, today, whoHears, whoTakesCare } from './people.ts'
import type { Known } from './performing.ts'
import { companyWords } from './words.ts'

const appealOrigin = (caseId: string) => ({ module: 'cases', id: `${caseId}:appeal` })
const referralOrigin = (caseId: string, id: string) => ({ module: 'cases', id: `${caseId}:referral ${id}` })
const redressOrigin = (caseId: string, id: string) => ({ module: 'cases', id: `${caseId}:redress ${id}` })

const lapses: readonly EventKind[] = ['withdrawn', 'merged', 'converted', 'reopened', 'sent-back']

/** An appeal goes to somebody who took no part, and stands in their day until it is judged; by when a body outside wants an answer, and what it ordered, stand in the day of whoever takes care of the customer. Answers what is to happen to the case. */
export async function tendContests(context: Context, known: Known, made: readonly CaseEvent[]): Promise<readonly NewEvent[]> {
  const next: NewEvent[] = []
  for (const event of made) {
    if (event.kind === 'appealed') next.push(...(await given(context, known, event.data.id)))
    else if (event.kind === 'appeal-given') await asked(context, known, event)
    else if (event.kind === 'appeal-decided') await judged(context, known, event)
    else if (event.kind === 'appeal-withdrawn') await takenBack(context, known, event)
    else if (event.kind === 'referred' || event.kind === 'referral-changed' || event.kind === 'referral-sent')
      await answerOwed(context, known, event)
    else if (event.kind === 'referral-decided') await redressOwed(context, known, event)
  }
  if (
    known.state.appeals.some(({ lapsed }) => lapsed) &&
    openAppeal(known.state) === null &&
    made.some(({ kind }) => lapses.includes(kind))
  )
    await settleOrigin(byItself(context), known.row.customerId, appealOrigin(known.row.id), 'cancelled', null)
  return next
}

const tell = async (
  context: Context,
  known: Known,
  kind: string,
  values: Readonly<Record<string, string>> = {},
  also: readonly string[] = [],
) =>
  notify(context, {
    to: [...new Set([...(await whoHears(context, known)), ...also])].filter((id) => id !== context.actor.id),
    kind: `cases.${kind}`,
    values: { number: known.state.number, ...values },
    link: `/cases/${known.row.id}`,
  })

async function given(context: Context, known: Known, id: string): Promise<readonly NewEvent[]> {
  await tell(context, known, 'appealed')
  const [judgeId = null] = await judgesFor(context, known)
  const event = happened('appeal-given', { id, judgeId })
  return judgeId === null ? [event, ...(await goHigher(context, known, 'nobody-may-judge'))] : [event]
}

async function asked(context: Context, { row, state }: Known, { data, seq }: CaseEvent & { kind: 'appeal-given' }): Promise<void> {
  const own = byItself(context)
  const origin = appealOrigin(row.id)
  await settleOrigin(own, row.customerId, origin, 'cancelled', null)
  const appeal = state.appeals.find(({ id }) => id === data.id)
  if (data.judgeId === null || appeal === undefined) return
  await addCommitment(own, {
    kind: 'approval',
    title: (await companyWords(context))('owed.appeal', { number: state.number }),
    dueAt: appeal.dueAt,
    customerId: row.customerId,
    ownerId: data.judgeId,
    id: derivedId('commitment', 'cases.appeal', `${row.id} ${seq}`),
    origin,
  })
}

async function judged(context: Context, known: Known, { data }: CaseEvent & { kind: 'appeal-decided' }): Promise<void> {
  await settleOrigin(byItself(context), known.row.customerId, appealOrigin(known.row.id), 'done', null)
  await tell(context, known, data.outcome === 'dismissed' ? 'appeal-dismissed' : 'appeal-upheld')
}

/** Whoever was to judge it hears of it, too, whether they handle the case or not. */
async function takenBack(context: Context, known: Known, { data }: CaseEvent & { kind: 'appeal-withdrawn' }): Promise<void> {
  await settleOrigin(byItself(context), known.row.customerId, appealOrigin(known.row.id), 'cancelled', null)
  const judgeId = known.state.appeals.find(({ id }) => id === data.id)?.judgeId ?? null
  await tell(context, known, 'appeal-withdrawn', {}, judgeId === null ? [] : [judgeId])
}

type OfReferral = CaseEvent & { kind: 'referred' | 'referral-changed' | 'referral-sent' }

async function answerOwed(context: Context, known: Known, event: OfReferral): Promise<void> {
  const own = byItself(context)
  const { row, state } = known
  const referral = state.referrals.find(({ id }) => id === event.data.id)
  if (referral === undefined) return
  const origin = referralOrigin(row.id, referral.id)
  if (event.kind === 'referred') await tell(context, known, 'referred', { body: referral.body })
  else await settleOrigin(own, row.customerId, origin, event.kind === 'referral-sent' ? 'done' : 'cancelled', null)
  const dueDay = answerDue(referral)
  const ownerId = dueDay === null ? null : await whoTakesCare(context, known)
  if (dueDay === null || ownerId === null) return
  await addCommitment(own, {
    kind: 'task',
    title: (await companyWords(context))('owed.referral', { number: state.number, body: referral.body }).slice(0, 200),
    dueDay,
    customerId: row.customerId,
    ownerId,
    id: derivedId('commitment', 'cases.referral', `${row.id} ${event.seq}`),
    origin,
  })
}

async function redressOwed(context: Context, known: Known, { data, seq }: CaseEvent & { kind: 'referral-decided' }): Promise<void> {
  const own = byItself(context)
  const { row, state } = known
  await settleOrigin(own, row.customerId, referralOrigin(row.id, data.id), 'done', null)
  const body = state.referrals.find(({ id }) => id === data.id)?.body ?? ''
  await tell(context, known, 'referral-decided', { body })
  const ownerId = data.redressMinor === 0 ? null : await whoTakesCare(context, known)
  if (ownerId === null) return
  await addCommitment(own, {
    kind: 'task',
    title: (await companyWords(context))('owed.redress', { number: state.number, body }).slice(0, 200),
    dueDay: data.redressBy ?? (await today(context)),
    customerId: row.customerId,
    ownerId,
    id: derivedId('commitment', 'cases.redress', `${row.id} ${seq}`),
    origin: redressOrigin(row.id, data.id),
  })
}
