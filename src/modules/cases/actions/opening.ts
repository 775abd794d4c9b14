import { customerLanguage, customerNames, holdCustomers } from '#modules/customers/public.ts'
import { orderById } from '#modules/orders/public.ts'
import { dayIn, organizationProfile, readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { refuse } from '#platform/refusal.ts'
import { consequences, numbered } from '../domain/decide.ts'
import type { CaseEvent, CaseRecord } from '../domain/event.ts'
import { isHeldBack, type Limit } from '../domain/figures/limits.ts'
import { fold } from '../domain/fold.ts'
import { letterLanguage } from '../domain/letters.ts'
import type { Process } from '../domain/process.ts'
import { atOnceBecause, graver, isRepeated } from '../domain/standing.ts'
import { isReasonOf, type Kind } from '../domain/taxonomy.ts'
import { caseOpened } from '../facts.ts'
import { handlingSetting, limitsSetting } from '../settings.ts'
import { caseById, insertCase, nextNumber, sameMatter } from '../store/cases.ts'
import { insertEvents } from '../store/events.ts'
import { processFor } from '../store/processes.ts'
import { clocksOf } from './clocks.ts'
import { keepCurrent } from './current.ts'
import { takeFiles } from './files.ts'
import { saidOf } from './found.ts'
import { areLimits, intakeOf, isQueued } from './limits.ts'
import { mustBeColleague, mustBeDepartment, mustWorkHere, wrong } from './named.ts'
import { factOf, followed, type Known, known } from './performing.ts'
import { policyFor } from './policy.ts'
import { rulesInForce } from './rules.ts'

export interface Opening {
  readonly customerId: string
  readonly kind: Kind
  readonly record: CaseRecord
  /** Who handles it. Left out: whoever records it, unless it is about them. */
  readonly ownerId?: string | null | undefined
  readonly departmentId?: string | null
  readonly proactive?: boolean
  /** By a process beside that of its kind. */
  readonly processKey?: string
  /** The same id twice makes one case. */
  readonly id?: string
  /** The case that became this one. */
  readonly from?: string | null
  /** The case in which the customer had the idea. */
  readonly ideaOf?: { readonly caseId: string; readonly number: string }
  /** It is taken on already, by what was given or promised to somebody: no limit is asked. */
  readonly takenOn?: true
  /** The case of which this one is known to be a repetition. */
  readonly repeatOf?: string | null
  /** By a customer's own words, which need not say all that a record asks for: it stays in its first step until somebody has completed it. */
  readonly incomplete?: boolean
}

export const emptyRecord = (now: Date): Omit<CaseRecord, 'subject' | 'description' | 'channel'> => ({
  language: null,
  category: null,
  reason: null,
  dissatisfaction: null,
  mood: null,
  severity: 3,
  complainant: null,
  accessibility: null,
  target: null,
  demand: null,
  orderId: null,
  productCode: null,
  extra: null,
  receivedAt: now,
  fileIds: [],
})

/** With what a case begins: who it is about and what is said are looked at, and it is numbered, by the process of its kind, under the policy of its customer. */
export async function begin(context: Context, opening: Opening): Promise<{ readonly process: Process; readonly first: CaseEvent }> {
  const { db, now, actor } = context
  const { customerId, kind, from = null, processKey = null } = opening
  const limits = await limitsFor(context, opening)
  if (!(await holdCustomers(db, [customerId])).has(customerId)) throw refuse('missing', 'no-such-customer', 'There is no such customer')
  // Nobody is written to in a language that is not theirs.
  const language = opening.record.language ?? letterLanguage(await customerLanguage(db, customerId))
  const record = { ...opening.record, language }
  await mustBeRight(context, customerId, kind, record, opening.incomplete ?? false)
  const process = await processFor(db, kind, processKey)
  // What the customer has said before, nobody found for them.
  const proactive = (opening.proactive ?? false) && (await saidOf(context, customerId, record.orderId)).length === 0
  const repeated = kind === 'complaint' ? await repeatedMatter(context, customerId, kind, record) : null
  const repeatOf = opening.repeatOf ?? repeated?.id ?? null
  const wanted = await handlerOf(context, opening)
  // What is said again is about to become graver.
  const severity = isRepeated({ kind, repeatOf }) ? graver(record.severity) : record.severity
  const waits = isHeldBack(limits, atOnceBecause({ record: { severity }, assessed: null }))
  const first: CaseEvent = {
    seq: 1,
    kind: 'opened',
    data: {
      kind,
      process: { key: process.key, version: process.version },
      step: process.steps[0]!.key,
      number: await numberFor(context),
      record,
      policy: await policyFor(context, customerId),
      ownerId: waits ? null : wanted,
      departmentId: opening.departmentId ?? null,
      repeatOf,
      proactive,
      from,
      regimes: (await rulesInForce(db, kind)).map(({ key }) => key),
      ...(opening.ideaOf ? { ideaOf: opening.ideaOf } : {}),
    },
    at: now,
    by: actor.id,
  }
  return { process, first }
}

/** What whoever records a case is told of it. */
export const begunOf = async (context: Context, { row, state }: Known) => ({
  number: state.number,
  repeatOf: state.repeatOf,
  queued: await isQueued(context, row.id, state),
})

/** Opens a case in the transaction of the caller. */
export async function openCase(context: Context, opening: Opening): Promise<Known> {
  const { db, now, actor, newId } = context
  const { customerId, id = newId(), from = null } = opening
  if (opening.id !== undefined && (await caseById(db, id))?.customerId === customerId) return known(context, id)
  const { process, first } = await begin(context, opening)
  const before = fold(process, [first])
  const events = [first, ...numbered(consequences(process, before, [first], null, now, actor.id), 1, now, actor.id)]
  const state = fold(process, events)
  if (!(await insertCase(db, customerId, id, state, await clocksOf(context, process, state, events)))) return known(context, id)
  await insertEvents(db, customerId, id, events)
  await takeFiles(context, { customerId, caseId: id, from }, events)
  await keepCurrent(context, { customerId, caseId: id, process, state, events }, false)
  const { record, repeatOf, proactive } = state
  await context.publish(caseOpened, {
    ...factOf(customerId, id, state),
    category: record.category,
    reason: record.reason,
    severity: record.severity,
    channel: record.channel,
    subject: record.subject,
    proactive,
    repeatOf,
  })
  const row = await caseById(db, id)
  return followed(context, { row: row!, process, events, state }, events)
}

/** Who is to handle a new case. Nobody handles a complaint about themselves; what becomes another case stays with whom it had, whether they may still sign in or not. */
async function handlerOf(context: Context, { ownerId: given, record, from }: Opening): Promise<string | null> {
  const ownerId = given === undefined ? context.actor.id : given
  const isAbout = ownerId !== null && ownerId === record.target?.userId
  if (given !== undefined && from == null) {
    if (isAbout) throw wrong('ownerId', 'about-oneself', 'Nobody handles a complaint about themselves')
    if (ownerId !== context.actor.id) await mustWorkHere(context, 'ownerId', ownerId)
  }
  return isAbout ? null : ownerId
}

/**
 * The limits that a new case has to keep: where one is reached, it waits in the queue instead of being handled by whoever records it. Whoever manages cases goes over them by naming somebody else who is to handle
 * it: a form names whoever records by itself. What a case that is in hand goes on as is taken on already.
 */
async function limitsFor(context: Context, { customerId, record, ownerId, from, takenOn }: Opening): Promise<readonly Limit[]> {
  const { actor } = context
  const onPurpose = ownerId !== undefined && ownerId !== actor.id && actor.kind === 'person' && actor.can('cases.manage')
  if (ownerId === null || from != null || takenOn || onPurpose) return []
  if (!areLimits(await readSetting(context.db, limitsSetting))) return []
  const intake = await intakeOf(context)
  const one = { teamId: (await policyFor(context, customerId)).teamId ?? null, productCode: record.productCode }
  await intake.look([one])
  return intake.on(one)
}

/** The year of the company's calendar with a number that counts on through the years: `2026-000042`. */
async function numberFor({ db, now }: Context): Promise<string> {
  const { timeZone } = await readSetting(db, organizationProfile)
  return `${dayIn(timeZone, now).slice(0, 4)}-${String(await nextNumber(db)).padStart(6, '0')}`
}

async function repeatedMatter({ db, now }: Context, customerId: string, kind: Kind, { category, reason, orderId }: CaseRecord) {
  const { repeatDays } = await readSetting(db, handlingSetting)
  const since = new Date(now.getTime() - repeatDays * 86_400_000)
  return sameMatter(db, customerId, { kind, category, reason, orderId, since })
}

/** Whether a record says what its kind needs, and names only what is there. */
export async function mustBeRight(context: Context, customerId: string, kind: Kind, record: CaseRecord, incomplete = false): Promise<void> {
  const { db, now } = context
  const fields: { field: string; reason: string; detail: string }[] = []
  const lacks = (field: string) => fields.push({ field, reason: 'required', detail: 'This is needed' })
  if (kind === 'complaint') {
    if (record.target === null && !incomplete) lacks('target')
    if (record.demand === null && !incomplete) lacks('demand')
    if (record.category === null && !incomplete) lacks('category')
    if (!isReasonOf(record.category, record.reason))
      fields.push({ field: 'reason', reason: 'no-such-reason', detail: 'The category has no such reason' })
  }
  if (record.receivedAt.getTime() > now.getTime() + 60_000)
    fields.push({ field: 'receivedAt', reason: 'in-the-future', detail: 'It cannot have been received later than now' })
  if (record.orderId !== null) {
    const order = await orderById(db, record.orderId)
    if (!order || order.customerId !== customerId)
      fields.push({ field: 'orderId', reason: 'no-such-order', detail: 'This customer has no such order' })
  }
  if (fields.length > 0) throw refuse('invalid', fields[0]!.reason, fields[0]!.detail, { fields })
  await mustBeColleague(context, 'target.userId', record.target?.userId ?? null)
  await mustBeDepartment(context, 'target.departmentId', record.target?.departmentId ?? null)
}

export const nameOf = async ({ db }: Context, customerId: string): Promise<string> =>
  (await customerNames(db, [customerId])).get(customerId) ?? ''
