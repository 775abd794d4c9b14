import { addCommitment } from '#modules/commitments/public.ts'
import { figuresOf, identitiesOf, isKnownCustomer } from '#modules/customers/public.ts'
import { orderById, type StoredOrder } from '#modules/orders/public.ts'
import { readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { derivedId } from '#platform/identifier.ts'
import { enabledAmong } from '#platform/sign-in/users.ts'
import { happened } from '../domain/event.ts'
import { dayAfter, daysBetween } from '../domain/figure.ts'
import { reactionTo } from '../domain/proactive.ts'
import { recoveryKey } from '../domain/shipped.ts'
import { proactiveSetting } from '../settings.ts'
import { caseById } from '../store/cases.ts'
import { raisedOf, saidOf } from './found.ts'
import { emptyRecord, openCase } from './opening.ts'
import { awayToday, thoseAbove, today } from './people.ts'
import { heldCase, type Known, perform } from './performing.ts'
import { whoAnswers } from './routing.ts'
import { tasksOrigin } from './task-origin.ts'
import { companyWords } from './words.ts'

interface Late {
  readonly orderId: string
  readonly promisedDay: string
  readonly deliveredDay: string | null
  readonly days: number
}

/**
 * Reacts to a delivery that is late before the customer says anything (L-07, E-13): a case in which they are told and it is made up for, or just a task for whoever looks after them, as the setting says. The same
 * promise brings about nothing twice, nor does another one of an order about which such a case is open or the customer has complained.
 */
export async function reactToLate(context: Context, late: Late): Promise<void> {
  const order = await liveOrder(context, late.orderId)
  if (!order || (await saidOf(context, order.customerId, order.id)).length > 0) return
  const rules = await readSetting(context.db, proactiveSetting)
  const { tier, valuedOn } = await figuresOf(context.db, order.customerId)
  const amountMinor = order.revenueMinor - order.discountMinor - order.refundMinor
  const day = await today(context)
  const cameDaysAgo = late.deliveredDay === null ? null : daysBetween(late.deliveredDay, day)
  const reaction = reactionTo({ days: late.days, tier: valuedOn === null ? null : tier, amountMinor, cameDaysAgo }, rules)
  if (reaction === 'nothing') return
  const say = await companyWords(context)
  const values = { number: numberOf(order), promised: late.promisedDay, days: late.days }
  const running = (await raisedOf(context, order.customerId, order.id)).find(({ state }) => state === 'open' || state === 'resolved')
  const key = `${order.id} ${late.promisedDay}`
  const caseId = derivedId('case', 'cases.late', key)
  if (running) {
    if (running.id !== caseId) await noteIn(context, running.id, say('raised.lateAgain', values))
    return
  }
  if (reaction === 'case' && (await caseById(context.db, caseId))) return
  const answers = await whoLooksAfter(context, order.customerId, { category: 'contract', reason: 'delivery-time' })
  const task = {
    title: say('raised.recover', values),
    dueDay: dayAfter(day, rules.recoverDays),
    id: derivedId('commitment', 'cases.recover', key),
  }
  if (reaction === 'task') {
    const ownerId = answers.ownerId ?? answers.insteadId
    if (ownerId === null) return
    const origin = { module: 'cases', id: `${order.id}:recovery` }
    await addCommitment(context, { kind: 'task', ...task, ownerId, customerId: order.customerId, origin })
    return
  }
  const opened = await openCase(context, {
    id: caseId,
    customerId: order.customerId,
    kind: 'request',
    processKey: recoveryKey,
    proactive: true,
    record: {
      ...emptyRecord(context.now),
      subject: say('raised.lateSubject', values),
      description: say('raised.lateAbout', values),
      channel: 'internal',
      category: 'contract',
      reason: 'delivery-time',
      orderId: order.id,
    },
    ownerId: answers.ownerId,
    departmentId: answers.departmentId,
  })
  await giveTask(context, opened, { ...task, ownerId: answers.ownerId ?? answers.insteadId })
}

/** What was late has come: whoever makes up for it sees that in the case. */
export async function noteArrival(
  context: Context,
  { orderId, deliveredDay }: { readonly orderId: string; readonly deliveredDay: string },
) {
  const order = await liveOrder(context, orderId)
  if (!order) return
  const say = await companyWords(context)
  for (const { id, state } of await raisedOf(context, order.customerId, order.id))
    if (state === 'open') await noteIn(context, id, say('raised.arrived', { number: numberOf(order), day: deliveredDay }))
}

/** A customer disputes what they were billed: a claim about it, where the setting says so. An open claim or complaint about the order takes it in. */
export async function reactToDispute(
  context: Context,
  {
    orderId,
    disputeId,
    reason,
    note,
  }: { readonly orderId: string; readonly disputeId: string; readonly reason: string; readonly note: string | null },
): Promise<void> {
  const order = await liveOrder(context, orderId)
  if (!order || (await readSetting(context.db, proactiveSetting)).disputes !== 'case') return
  const id = derivedId('case', 'cases.dispute', disputeId)
  if (await caseById(context.db, id)) return
  const say = await companyWords(context)
  const number = numberOf(order)
  const why = say(`raised.dispute.${reason as 'price'}`, {})
  const about = [say('raised.disputeAbout', { number, reason: why }), note].filter(Boolean).join('\n\n')
  const open = (await saidOf(context, order.customerId, order.id)).find(({ state }) => state === 'open')
  if (open) return noteIn(context, open.id, about)
  const answers = await whoLooksAfter(context, order.customerId, { category: 'contract', reason: 'settlement' })
  await openCase(context, {
    id,
    customerId: order.customerId,
    kind: 'claim',
    record: {
      ...emptyRecord(context.now),
      subject: say('raised.disputeSubject', { number }),
      description: about,
      channel: 'internal',
      category: 'contract',
      reason: 'settlement',
      target: { kind: 'company', name: null, userId: null, departmentId: null },
      demand: { kind: 'correction', text: null, amountMinor: null },
      orderId: order.id,
    },
    ownerId: answers.ownerId,
    departmentId: answers.departmentId,
    incomplete: true,
  })
}

/** How a dispute ended stands in the claim that came of it; what the customer is answered, a person says. */
export async function noteSettled(
  context: Context,
  { disputeId, outcome }: { readonly disputeId: string; readonly outcome: 'corrected' | 'given-back' | 'upheld' },
): Promise<void> {
  const row = await caseById(context.db, derivedId('case', 'cases.dispute', disputeId))
  if (row?.state === 'open') await noteIn(context, row.id, (await companyWords(context))(`raised.settled.${outcome}`, {}))
}

/** An order that stands, of somebody who is known; under whom it is now. */
async function liveOrder({ db }: Context, orderId: string): Promise<StoredOrder | null> {
  const order = await orderById(db, orderId)
  return order && !order.cancelled && (await isKnownCustomer(db, order.customerId)) ? order : null
}

const numberOf = ({ number, day }: StoredOrder): string => number ?? day

async function noteIn(context: Context, caseId: string, text: string): Promise<void> {
  const found = await heldCase(context, caseId, null)
  await perform(context, found, happened('noted', { text, fileIds: [], minutes: 0 }), { unasked: true })
}

async function giveTask(
  context: Context,
  opened: Known,
  { ownerId, title, dueDay, id }: { readonly ownerId: string | null; readonly title: string; readonly dueDay: string; readonly id: string },
): Promise<void> {
  if (ownerId === null) return
  const { customerId, id: caseId } = opened.row
  await addCommitment(context, { kind: 'task', title, dueDay, ownerId, customerId, id, origin: tasksOrigin(caseId) })
  await perform(context, opened, happened('task-given', { commitmentId: id, title, ownerId, dueDay }), { unasked: true })
}

/** Who takes up something about a customer: their account manager or whoever stands in, else whoever answers for it by the table. `insteadId`: who hears of it where neither is there. */
async function whoLooksAfter(context: Context, customerId: string, matter: { readonly category: string; readonly reason: string }) {
  const { db } = context
  const accountId = (await identitiesOf(db, [customerId])).get(customerId)?.ownerId ?? null
  const away = await awayToday(context)
  const line = accountId === null ? [] : away.has(accountId) ? [away.get(accountId) ?? null] : [accountId]
  const [here] = await enabledAmong(
    db,
    line.filter((id) => id !== null),
  )
  const answers = await whoAnswers(context, { ...matter, productCode: null }, [])
  const ownerId = here ?? answers?.personId ?? null
  const insteadId = answers?.headId ?? (await thoseAbove(context, []))[0] ?? null
  return { ownerId, departmentId: answers?.departmentId ?? null, insteadId }
}
