import { usersWith } from '#modules/organization/public.ts'
import { recordServiceCosts, type ServiceCost } from '#modules/value/public.ts'
import type { Context } from '#platform/context.ts'
import { refuse } from '#platform/refusal.ts'
import { type Case, isEnd } from '../domain/case.ts'
import { newsEvents, newsOf, toldIn } from '../domain/clock-news.ts'
import { consequences, numbered, refusedFor, refusedHere } from '../domain/decide.ts'
import { broughtHigher } from '../domain/escalation.ts'
import type { CaseEvent, NewEvent } from '../domain/event.ts'
import type { CompanyDays } from '../domain/figure.ts'
import { fold } from '../domain/fold.ts'
import type { Process } from '../domain/process.ts'
import { aboutWhom, graverAgain, isRepeated } from '../domain/standing.ts'
import { pastRecorded } from '../facts.ts'
import { insertCase } from '../store/cases.ts'
import { insertEvents } from '../store/events.ts'
import { insertMessage } from '../store/messages.ts'
import { clocksNow, clocksOf } from './clocks.ts'
import { companyDays, keepCurrent } from './current.ts'
import { keepImprovement } from './improving.ts'
import { begin, type Opening } from './opening.ts'
import { byItself, thoseAbove } from './people.ts'
import { type RoutingGround, routedByTable, routingGround } from './routing.ts'
import { costAtEnd } from './settling.ts'

/** Something that somebody did to a case once. */
export interface PastAct {
  readonly at: Date
  readonly by: string
  readonly event: NewEvent
  /** Of a message, what it said. */
  readonly message?: string
}

export interface PastCase {
  readonly opening: Opening & { readonly id: string }
  readonly at: Date
  readonly by: string
  /** In the order of time. */
  readonly acts: readonly PastAct[]
}

/**
 * Records cases that have a past: each act by the same rules as at its time, with what followed from it by itself and what its clocks would have said. Nobody is told of anything, and one fact is published for all.
 * Throws where the rules would have refused an act. In the order in which they were opened, so that numbers follow the time.
 */
export async function recordPast(context: Context, past: readonly PastCase[]): Promise<void> {
  const ground: Ground = {
    company: await companyDays(context, true),
    above: await usersWith(context.db, 'cases.approve'),
    routing: await routingGround(context),
  }
  const costs: ServiceCost[] = []
  for (const one of past) costs.push(...(await record(context, one, ground)))
  // The last of a case replaces those before.
  await recordServiceCosts(context, costs)
  if (past.length > 0) await context.publish(pastRecorded, { cases: past.length })
}

/** What all of them stand on, read once. */
interface Ground {
  readonly company: CompanyDays
  readonly above: readonly string[]
  readonly routing: RoutingGround
}

/** Answers what the case had cost each time that it ended. */
async function record(context: Context, { opening, at, by, acts }: PastCase, ground: Ground): Promise<readonly ServiceCost[]> {
  const { db } = context
  const { customerId, id } = opening
  const itself = byItself(context).actor.id
  const { process, first } = await begin({ ...context, now: at, actor: { ...context.actor, id: by } }, opening)
  let told: Told = goOn(process, { events: [first], state: fold(process, [first]) }, null, at, by)
  for (const event of await whatRepetitionBrings(context, told.state)) told = goOn(process, told, event, at, itself)
  for (const act of acts) {
    mustAllow(process, told.state, act)
    told = goOn(process, told, act.event, act.at, act.by)
    const routed = await routedByTable(context, { process, state: told.state }, ground.routing)
    if (routed) told = goOn(process, told, routed, act.at, itself)
  }
  const { events, costs } = await withCosts(context, { customerId, id, process }, await withClocks(context, process, told, ground.above))
  const state = fold(process, events)
  await insertCase(db, customerId, id, state, await clocksOf(context, process, state, events))
  await insertEvents(db, customerId, id, events)
  for (const act of acts) await recordWords(context, customerId, id, act)
  await keepCurrent(context, { customerId, caseId: id, process, state, events }, false, ground.company)
  await keepImprovement(context, { row: { customerId, id }, state }, events)
  return costs
}

/** The log of a case while it is told. */
interface Told {
  readonly events: readonly CaseEvent[]
  readonly state: Case
}

function goOn(process: Process, { events, state }: Told, event: NewEvent | null, at: Date, by: string): Told {
  const made = numbered(consequences(process, state, events, event, at, by), events.length, at, by)
  const all = [...events, ...made]
  return { events: all, state: fold(process, all) }
}

function mustAllow(process: Process, state: Case, { event, by }: PastAct): void {
  const refused = refusedHere(process, state, event.kind) ?? refusedFor(state, event.kind, by)
  if (refused)
    throw refuse('conflict', refused.reason, `${event.kind} could not happen to ${state.number} in ${state.step} (${state.state})`)
}

async function recordWords({ db }: Context, customerId: string, caseId: string, { event, at, by, message }: PastAct): Promise<void> {
  if (event.kind !== 'message' || message === undefined) return
  const { messageId: id, direction, channel, automatic } = event.data
  await insertMessage(db, customerId, { id, caseId, direction, channel, body: message, at, by, automatic, fileIds: [], mailId: null })
}

/** A complaint on the same matter is graver than the first, and goes to those above. */
async function whatRepetitionBrings(context: Context, state: Case): Promise<readonly NewEvent[]> {
  if (!isRepeated(state)) return []
  return [...graverAgain(state), broughtHigher(await thoseAbove(context, aboutWhom(state)), 'repeated')]
}

/** What clocks had to say by now stands where it became known. It moves no clock, so it can be put between what is there. */
async function withClocks(
  context: Context,
  process: Process,
  { events, state }: Told,
  approvers: readonly string[],
): Promise<readonly CaseEvent[]> {
  const { id: by } = byItself(context).actor
  const above = approvers.filter((userId) => !aboutWhom(state).includes(userId))
  const news = newsOf(await clocksNow(context, process, events), toldIn(events), context.now)
  const said = newsEvents(news, above).map(({ event, at }) => ({ ...event, at, by }))
  const all = [...events, ...said].toSorted((a, b) => a.at.getTime() - b.at.getTime())
  return all.map((event, i) => ({ ...event, seq: i + 1 }) as CaseEvent)
}

/** Each time that a case ended, the end says what it had cost by then. */
async function withCosts(
  context: Context,
  { customerId, id, process }: { readonly customerId: string; readonly id: string; readonly process: Process },
  log: readonly CaseEvent[],
): Promise<{ readonly events: readonly CaseEvent[]; readonly costs: readonly ServiceCost[] }> {
  const events: CaseEvent[] = []
  const costs: ServiceCost[] = []
  for (const event of log) {
    if (!isEnd(event.kind)) {
      events.push(event)
      continue
    }
    const state = fold(process, [...events, event])
    const cost = await costAtEnd(context, { row: { customerId, id }, process, state }, event.at)
    costs.push(cost)
    events.push(event.kind === 'closed' ? { ...event, data: { costMinor: cost.amountMinor } } : event)
  }
  return { events, costs }
}
