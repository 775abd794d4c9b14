import { holdCustomers } from '#modules/customers/public.ts'
import { staffOfDepartments } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import { standingTopic, tellStream } from '#platform/stream.ts'
import type { Case } from '../domain/case.ts'
import { consequences, mustBeHandedOver, numbered, type Refused, refusedFor, refusedHere } from '../domain/decide.ts'
import type { CaseEvent, EventKind, NewEvent } from '../domain/event.ts'
import { findingOf, fold, remedyMinor } from '../domain/fold.ts'
import { type Process, stepOf } from '../domain/process.ts'
import { caseActed, caseStateChanged } from '../facts.ts'
import { type CaseRow, caseById, holdCase, updateCase } from '../store/cases.ts'
import { eventsOf, insertEvents } from '../store/events.ts'
import { processOf } from '../store/processes.ts'
import { clocksOf } from './clocks.ts'
import { keepCurrent } from './current.ts'
import { takeFiles } from './files.ts'
import { followUps } from './following.ts'
import { deskHeard } from './heard.ts'
import { byItself } from './people.ts'
import { settled } from './settling.ts'

/** A case with all that is known of it. */
export interface Known {
  readonly row: CaseRow
  readonly process: Process
  readonly events: readonly CaseEvent[]
  readonly state: Case
}

export async function known(context: Context, caseId: string, until: Date | null = null): Promise<Known> {
  const row = await caseById(context.db, caseId)
  if (!row) throw noSuchCase()
  context.looksAt?.(row.customerId)
  const process = await processOf(context.db, row.processKey, row.processVersion)
  if (!process) throw new Error(`The case ${row.number} runs by a process that is not there: ${row.processKey} ${row.processVersion}`)
  const events = await eventsOf(context.db, row.customerId, row.id, until)
  if (events.length === 0) throw refuse('missing', 'not-yet-opened', 'At that moment the case was not there')
  return { row, process, events, state: fold(process, events) }
}

export const noSuchCase = () => refuse('missing', 'no-such-case', 'There is no such case')

/** The same for whoever is about to act: nobody else acts meanwhile, its customer is neither merged nor erased, and it is as the caller saw it. */
export async function heldCase(context: Context, caseId: string, version: number | null): Promise<Known> {
  await holdCustomers(context.db, [])
  const row = await caseById(context.db, caseId)
  if (!row) throw noSuchCase()
  await holdCase(context.db, row.customerId, row.id)
  if (!(await holdCustomers(context.db, [row.customerId])).has(row.customerId))
    throw refuse('conflict', 'customer-erased', 'This person was erased; nothing is written about them any more')
  const found = await known(context, caseId)
  if (version !== null && found.state.version !== version) throw changedMeanwhile('this case')
  return found
}

export interface ActOptions {
  /** The product itself acts, or somebody for whom another endpoint has already asked whether they may. */
  readonly unasked?: boolean
  /** Many are done at once, and the caller publishes one fact for all. */
  readonly untold?: boolean
}

/** One act with everything that follows from it, in one go: events, the row that lists read, clocks, cost, facts. */
export async function perform(context: Context, before: Known, act: NewEvent, options: ActOptions = {}): Promise<Known> {
  if (!options.unasked) await mustBeAllowed(context, before, act.kind)
  const { row, process, events } = before
  const made = numbered(
    consequences(process, before.state, events, act, context.now, context.actor.id),
    events.length,
    context.now,
    context.actor.id,
  )
  const settledEvents = await settled(context, { row, process, state: before.state }, events, made)
  return followed(context, await save(context, before, settledEvents, options), settledEvents, options)
}

/** What the product does by itself after it, until nothing more follows. */
export async function followed(
  context: Context,
  after: Known,
  made: readonly CaseEvent[],
  { untold = false }: Pick<ActOptions, 'untold'> = {},
): Promise<Known> {
  let now = after
  for (const next of await followUps(context, after, made, untold)) now = await perform(byItself(context), now, next, { unasked: true })
  return now
}

/** Writes what happened to a case, whatever it was, with the facts that others hear. */
export async function save(
  context: Context,
  before: Known,
  made: readonly CaseEvent[],
  { untold = false }: Pick<ActOptions, 'untold'> = {},
): Promise<Known> {
  const { row, process } = before
  const events = [...before.events, ...made]
  const state = fold(process, events)
  await insertEvents(context.db, row.customerId, row.id, made)
  await takeFiles(context, { customerId: row.customerId, caseId: row.id, from: state.from }, made)
  const clocks = await clocksOf(context, process, state, events)
  if (!(await updateCase(context.db, row.customerId, row.id, before.state.version, state, clocks))) throw changedMeanwhile('this case')
  await keepCurrent(context, { customerId: row.customerId, caseId: row.id, process, state, events }, before.state.closedAt !== null)
  const after = { row: { ...row, ...rowOf(state) }, process, events, state }
  if (untold || made.length === 0) return after
  await deskHeard(context, row, made)
  // Whoever follows a case that goes on as another one has to hear of that from now on.
  const topics = [topicOf(row.id), ...(state.state === 'converted' ? [standingTopic] : [])]
  await tellStream(
    context,
    topics.map((topic) => ({ topic, kind: 'changed' })),
  )
  const about = factOf(row.customerId, row.id, state)
  await context.publish(caseActed, {
    ...about,
    acts: made.map(({ kind }) => kind),
    step: state.step,
    state: state.state,
    version: state.version,
  })
  if (state.state !== before.state.state)
    await context.publish(caseStateChanged, {
      ...about,
      before: before.state.state,
      after: state.state,
      finding: findingOf(state),
      category: state.record.category,
      reason: state.record.reason,
      satisfied: state.feedback?.satisfied ?? null,
      remedyMinor: remedyMinor(state),
    })
  return after
}

/** Where whoever looks at a case hears that something happened to it. */
export const topicOf = (caseId: string): string => `cases.case/${caseId}`

const rowOf = ({ step, state, ownerId, departmentId, personId, version }: Case) => ({
  step,
  state,
  ownerId,
  departmentId,
  personId,
  version,
})

export const factOf = (customerId: string, caseId: string, { number, kind, ownerId, departmentId }: Case) => ({
  customerId,
  caseId,
  number,
  kind,
  ownerId,
  departmentId,
})

/** Refuses what is not possible where the case is, or not for whoever acts. */
export async function mustBeAllowed(context: Context, found: Known, act: EventKind): Promise<void> {
  const refused = await refusedAct(context, found, act)
  if (refused) throw refusalOf(refused)
}

/** Why somebody may not do something to a case now; null where they may. */
export async function refusedAct(
  context: Context,
  { process, events, state }: Known,
  act: EventKind,
): Promise<Refused | { readonly reason: 'not-yours' } | null> {
  const here = refusedHere(process, state, act) ?? refusedFor(state, act, context.actor.id)
  if (here) return here
  if (act === 'converted' && events.some(({ kind }) => kind === 'judged') && !managesCases(context)) return { reason: 'judged-already' }
  if (act === 'routed' && mustBeHandedOver(state) && !managesCases(context)) return { reason: 'hand-over-instead' }
  return (await isTheirs(context, process, state, act)) ? null : { reason: 'not-yours' }
}

/** Whoever answers for the handling of cases, and the product itself. */
export const managesCases = ({ actor }: Context): boolean => actor.kind !== 'person' || actor.can('cases.manage')

/** Acts that belong to the responsible department, whoever handles the case. */
const ofDepartment: readonly EventKind[] = ['accepted', 'handed-over']

async function isTheirs(context: Context, process: Process, state: Case, act: EventKind): Promise<boolean> {
  const { actor, db } = context
  if (managesCases(context)) return true
  const step = stepOf(process, state.step)
  const department = ofDepartment.includes(act) || (step?.actor === 'department' && departmental.includes(act))
  if (!department) return true
  if (state.departmentId === null) return true
  return (
    state.personId === actor.id ||
    ((await staffOfDepartments(db, [state.departmentId])).get(state.departmentId)?.includes(actor.id) ?? false)
  )
}
/** What only the department that is responsible says, in its steps. */
const departmental: readonly EventKind[] = [
  'cause-found',
  'responsibility-settled',
  'proposed',
  'evaluated',
  'quoted',
  'fulfilled',
  'judged',
]

function refusalOf(refused: Refused | { readonly reason: 'not-yours' }) {
  const steps = 'steps' in refused && refused.steps ? refused.steps.join(', ') : ''
  const kind = ['own-decision', 'about-oneself', 'not-yours', 'hand-over-instead', 'judged-already'].includes(refused.reason)
    ? ('forbidden' as const)
    : ('conflict' as const)
  return refuse(kind, refused.reason, sentences[refused.reason] ?? refused.reason, { values: { steps } })
}

const sentences: Readonly<Record<string, string>> = {
  'not-open': 'The case has ended',
  'not-in-this-step': 'The case is not where this belongs',
  'own-decision': 'Somebody else has to decide on this: it is your own proposal or judgement',
  'about-oneself': 'Nobody handles a complaint about themselves',
  'not-yours': 'This is for the responsible department',
  'not-ended': 'The case is still open',
  'nothing-routed': 'No department is named that could accept it',
  'judged-already': 'It was judged already; only whoever answers for the handling of cases makes another kind of it',
  contested: 'Somebody still looks at whether the answer was right: an appeal, or a body outside of the company',
  'goes-on-elsewhere': 'This case goes on as another one: it is noted there',
  'hand-over-instead': 'A department has it already: that department hands it over, and says why',
}
