import type { Context } from '#platform/context.ts'
import type { Actions } from '#platform/module.ts'
import { refuse } from '#platform/refusal.ts'
import type { actEndpoints } from '../api/acts.ts'
import { fieldOfCause } from '../domain/causes.ts'
import { type CaseRecord, type EventKind, happened, type Kinds, type NewEvent } from '../domain/event.ts'
import { daysBetween } from '../domain/figure.ts'
import { established } from '../domain/fold.ts'
import { reopensAt } from '../domain/going-back.ts'
import { checkRefusal } from '../domain/problem.ts'
import { stepOf } from '../domain/process.ts'
import { aboutWhom } from '../domain/standing.ts'
import { isEstablished } from '../domain/taxonomy.ts'
import { entriesOfCase } from '../store/staff.ts'
import { actedOf } from './acted.ts'
import { appoint } from './appointments.ts'
import { decidedMinor, mustDecide, requestOf } from './authority.ts'
import { decideBulletin, tellOrPropose } from './bulletins.ts'
import { chosenCause, mayGive, mayPay, mustFitOffers } from './catalogues.ts'
import { checkSentences } from './checking.ts'
import { companyDays } from './current.ts'
import { promised } from './desk.ts'
import { intakeFor, mustHaveRoom } from './limits.ts'
import { mustBeColleague, mustBeDepartment, mustWorkHere, wrong } from './named.ts'
import { mustBeRight, openCase } from './opening.ts'
import { heldCase, type Known, managesCases, mustBeAllowed, perform, refusedAct } from './performing.ts'
import { mustStillHold } from './quotes.ts'
import { written } from './written.ts'

export interface OnCase {
  readonly caseId: string
  readonly version: number
}

/** An act whose event says just what was given; `check` refuses what cannot be meant. */
export const plain =
  <K extends EventKind>(kind: K, check?: (context: Context, found: Known, said: Kinds[K]) => Promise<void> | void) =>
  async (context: Context, { caseId, version, ...said }: OnCase & Kinds[K]) => {
    const found = await heldCase(context, caseId, version)
    await mustBeAllowed(context, found, kind)
    await check?.(context, found, said as unknown as Kinds[K])
    return actedOf(await perform(context, found, happened(kind, said as unknown as Kinds[K]), { unasked: true }))
  }

const act = async (context: Context, { caseId, version }: OnCase, make: (found: Known) => Promise<NewEvent> | NewEvent) => {
  const found = await heldCase(context, caseId, version)
  const event = await make(found)
  return actedOf(await perform(context, found, event))
}

/** Nobody is given a complaint about themselves. */
function mustNotBeAbout({ state }: Known, field: string, userId: string | null): void {
  if (userId !== null && aboutWhom(state).includes(userId))
    throw refuse('forbidden', 'about-oneself', 'Nobody handles a complaint about themselves', {
      fields: [{ field, reason: 'about-oneself', detail: 'The complaint is about them' }],
    })
}

/** Who was named by mistake is cleared by whoever answers for the handling of cases, and by nobody else: a colleague who only names another takes nobody out. */
const clearedBy = (context: Context, before: string | null | undefined, now: string | null | undefined) =>
  before != null && before !== now && managesCases(context) ? { cleared: [before] } : {}

/** Whoever may not see contact data does not take away what they were not shown. */
function withContact({ actor }: Context, { state }: Known, given: NonNullable<CaseRecord['complainant']>) {
  const known = actor.can('customers.read-personal') ? null : (state.record.complainant?.contact ?? null)
  return { ...given, contact: given.contact ?? known }
}

export const actActions: Actions<typeof actEndpoints> = {
  async changeRecord(context, { caseId, version, changes: given }) {
    const found = await heldCase(context, caseId, version)
    await mustBeAllowed(context, found, 'changed')
    const { complainant } = given
    const changes = complainant ? { ...given, complainant: withContact(context, found, complainant) } : given
    const record = { ...found.state.record, ...changes } as typeof found.state.record
    // Who wrote may be known long before all is recorded.
    if (Object.keys(given).some((field) => field !== 'unproven')) await mustBeRight(context, found.row.customerId, found.state.kind, record)
    const before = found.state.record as unknown as Readonly<Record<string, unknown>>
    const differing = Object.entries(changes).filter(([field, value]) => JSON.stringify(before[field]) !== JSON.stringify(value))
    if (differing.length === 0) return actedOf(found)
    const isRetargeted = differing.some(([field]) => field === 'target')
    const cleared = isRetargeted ? clearedBy(context, found.state.record.target?.userId, record.target?.userId) : {}
    return actedOf(await perform(context, found, happened('changed', { changes: Object.fromEntries(differing), ...cleared })))
  },
  acknowledge: written('acknowledged', ({ sent }) => sent === 'mail'),
  helpFirst: plain('interim-remedy', mayGive),
  judge: plain('judged', (_context, _found, { admissible, reasonSufficient, demandReasonable, finding }) => {
    const established = isEstablished(finding)
    if (established && !admissible) throw wrong('finding', 'not-admissible', 'What is not ours to handle cannot be founded')
    if (established && !reasonSufficient) throw wrong('finding', 'reason-not-sufficient', 'Without a sufficient reason it is not founded')
    if (finding === 'unfounded' && admissible && reasonSufficient && demandReasonable)
      throw wrong('finding', 'both-answered-yes', 'Reason and demand are in order, so it is at least partly founded')
  }),
  readAgain: plain('read-again'),
  reply: written('replied', ({ channel }) => channel === 'email', true),
  route: plain('routed', async (context, found, { departmentId, personId, shares }) => {
    await mustBeDepartment(context, 'departmentId', departmentId)
    await mustWorkHere(context, 'personId', personId)
    mustNotBeAbout(found, 'personId', personId)
    if (shares.reduce((sum, { percent }) => sum + percent, 0) > 100)
      throw wrong('shares', 'over-hundred', 'Together they cannot be more than 100 %')
    for (const share of shares) await mustBeDepartment(context, 'shares', share.departmentId)
  }),
  accept: plain('accepted', ({ actor }, found) => mustNotBeAbout(found, 'caseId', actor.id)),
  handOver: async (context, { departmentId, personId, reason, ...on }) =>
    act(context, on, async (found) => {
      const from = found.state.departmentId
      if (from === null || from === departmentId) throw wrong('departmentId', 'same-department', 'It is there already')
      await mustBeDepartment(context, 'departmentId', departmentId)
      await mustWorkHere(context, 'personId', personId)
      mustNotBeAbout(found, 'personId', personId)
      return happened('handed-over', { fromDepartmentId: from, departmentId, personId, reason })
    }),
  findCause: async (context, { field, ...said }) => {
    const chosen = await chosenCause(context, said.causeId)
    return plain('cause-found')(context, { ...said, field: chosen ? fieldOfCause(chosen) : field })
  },
  settleResponsibility: async (context, { userId, departmentId, nobody, delayedBy, note, ...on }) => {
    const found = await heldCase(context, on.caseId, on.version)
    await mustBeAllowed(context, found, 'responsibility-settled')
    if (nobody === (userId !== null))
      throw wrong('userId', 'somebody-or-nobody', 'Name who it was, or say that no individual was responsible')
    await mustBeColleague(context, 'userId', userId)
    await mustBeColleague(context, 'delayedBy', delayedBy)
    await mustBeDepartment(context, 'departmentId', departmentId)
    const { responsible, record } = found.state
    const cleared = responsible?.userId === record.target?.userId ? {} : clearedBy(context, responsible?.userId, userId)
    const settled = happened('responsibility-settled', { userId, departmentId, nobody, delayedBy, note, ...cleared })
    return actedOf(await perform(context, found, settled, { unasked: true }))
  },
  async hypothesize(context, { caseId, version, ...said }) {
    const found = await heldCase(context, caseId, version)
    const noted = await perform(context, found, happened('hypothesis', said))
    // What is confirmed is the cause, where the case looks for one (G-29).
    if (said.state !== 'confirmed' || noted.state.cause !== null || (await refusedAct(context, noted, 'cause-found')) !== null)
      return actedOf(noted)
    const cause = {
      causeId: null,
      text: said.text,
      field: null,
      whys: [],
      occurrence: null,
      escape: null,
      evidence: said.note ? [said.note] : [],
    }
    return actedOf(await perform(context, noted, happened('cause-found', cause)))
  },
  observe: plain('observation'),
  propose: plain('proposed', (context, _found, { remedies }) => mustFitOffers(context, remedies)),
  instruct: plain('instructed', async (context, found, { decision, remedies, note }) => {
    if ((decision === 'amended') !== (remedies !== null))
      throw wrong('remedies', 'amended-with-remedies', 'Say what it is amended to, and only then')
    if (decision === 'rejected' && !note?.trim()) throw wrong('note', 'required', 'Say why it is rejected')
    if (decision === 'rejected') return
    if (remedies) await mustFitOffers(context, remedies)
    const carriedOut = remedies ?? found.state.proposed?.remedies ?? []
    await mustDecide(context, await requestOf(context, found, decidedMinor(found, carriedOut)), 'decision')
  }),
  execute: plain('executed'),
  tell: written('told', ({ channel }) => channel === 'email', true),
  ask: plain('asked'),
  hear: plain('feedback'),
  considerPenalty: plain('penalty-considered', async ({ db }, { row }, { penaltyIds, note }) => {
    if (penaltyIds.length === 0 && !note?.trim()) throw wrong('note', 'required', 'Say why no penalty is proposed')
    const there = new Set((await entriesOfCase(db, row.id)).map(({ id }) => id))
    if (penaltyIds.some((id) => !there.has(id))) throw wrong('penaltyIds', 'no-such-penalty', 'The case has no such penalty')
  }),
  considerLoss: plain('loss-considered'),
  async writeLesson(context, { caseId, version, bulletin, ownerId = null, dueDay = null, ...lesson }) {
    await mustWorkHere(context, 'ownerId', ownerId)
    if ((ownerId === null) !== (dueDay === null))
      throw wrong('dueDay', 'owner-and-day', 'Say who makes the improvement and until when, or neither')
    const found = await heldCase(context, caseId, version)
    await mustBeAllowed(context, found, 'lesson-written')
    const { known, bulletinId } = bulletin ? await tellOrPropose(context, found, bulletin) : { known: found, bulletinId: null }
    const said = { ...lesson, ownerId, dueDay, bulletinId }
    return actedOf(await perform(context, known, happened('lesson-written', said), { unasked: true }))
  },
  decideBulletin,
  checkEffectiveness: async (context, { caseId, version, ...said }) => {
    const found = await heldCase(context, caseId, version)
    await mustBeAllowed(context, found, 'effectiveness-checked')
    const { executed, resolvedAt, stays } = found.state
    const { dayOf, checkDays } = await companyDays(context, false)
    const since = executed?.at ?? resolvedAt ?? stays.at(-1)!.from
    const refused = checkRefusal(said, daysBetween(dayOf(since), dayOf(context.now)), checkDays)
    if (refused) throw wrong('days', refused, checkSentences[refused])
    const checked = happened('effectiveness-checked', { ...said, last: said.days >= Math.max(...checkDays) })
    return actedOf(await perform(context, found, checked, { unasked: true }))
  },
  evaluate: plain('evaluated'),
  decide: plain('decided'),
  reward: plain('rewarded', mayGive),
  answer: written('answered', ({ channel }) => channel === 'email'),
  quote: plain('quoted'),
  answerQuote: plain('quote-answered', mustStillHold),
  fulfil: plain('fulfilled'),
  pay: plain('paid', mayPay),
  appoint,
  async assign(context, given) {
    // Whoever manages cases may go over a limit, on purpose. Before the case is held, as `intakeFor` asks for.
    const intake = given.ownerId === null || managesCases(context) ? null : await intakeFor(context, given.caseId)
    const assign = plain('assigned', async (_, found, { ownerId }) => {
      await mustWorkHere(context, 'ownerId', ownerId)
      mustNotBeAbout(found, 'ownerId', ownerId)
      if (intake) await mustHaveRoom(context, intake, found.row.id, found.state)
    })
    return assign(context, given)
  },
  sendBack: async (context, { to, reason, ...on }) =>
    act(context, on, ({ process, state }) => {
      if (!stepOf(process, state.step)?.back.includes(to))
        throw wrong('to', 'not-back-there', 'From this step the case does not go back there')
      return happened('sent-back', { from: state.step, to, reason })
    }),
  pause: plain('paused', ({ now }, { process, state }, { until }) => {
    if (state.paused) throw refuse('conflict', 'already-paused', 'It waits already')
    if (until !== null && until <= now) throw wrong('until', 'in-the-past', 'It can only wait until a later moment')
    if (!stepOf(process, state.step)?.pauses) throw refuse('conflict', 'no-pause-here', 'In this step clocks do not stand still')
  }),
  resume: plain('resumed', (_context, { state }) => {
    if (!state.paused) throw refuse('conflict', 'not-paused', 'It does not wait')
  }),
  reopen: plain('reopened', (_context, { process, state }, { to }) => {
    if (!stepOf(process, to)) throw wrong('to', 'no-such-step', 'The process has no such step')
    if (!reopensAt(process, state).includes(to)) throw wrong('to', 'not-been-there', 'The case has not come so far yet')
  }),
  tickChecklist: plain('checklist-ticked', (_context, { state }) => {
    if (state.kind !== 'custom-request')
      throw refuse('conflict', 'no-custom-request', 'Only what is made for one customer is looked at early')
  }),
  withdraw: plain('withdrawn'),
  note: plain('noted'),
  async promise(context, { text, day, ...on }) {
    const found = await heldCase(context, on.caseId, on.version)
    await mustBeAllowed(context, found, 'promised')
    return actedOf(await promised(context, found, { text, day }))
  },
  async merge(context, { intoCaseId, reason, ...on }) {
    if (intoCaseId === on.caseId) throw wrong('intoCaseId', 'the-same', 'It cannot go into itself')
    const found = await heldCase(context, on.caseId, on.version)
    await mustBeAllowed(context, found, 'merged')
    const into = await heldCase(context, intoCaseId, null)
    if (into.row.customerId !== found.row.customerId) throw wrong('intoCaseId', 'another-customer', 'Both have to be of the same customer')
    await mustBeAllowed(context, into, 'took-in')
    if (into.state.state !== 'open' && into.state.state !== 'resolved')
      throw wrong('intoCaseId', 'not-open', 'The case that goes on has ended')
    if (into.state.kind !== found.state.kind && into.state.kind !== 'complaint')
      throw wrong('intoCaseId', 'another-kind-goes-on', 'It goes into a case of its own kind, or into a complaint')
    // What was found of a case is not lost in one of which nobody has judged anything; the other way round it may go.
    if (found.state.judged !== null && into.state.judged === null)
      throw wrong('intoCaseId', 'not-judged-yet', 'It was judged already: the other case may go into this one, or is judged first')
    if (established(found.state) === true && established(into.state) !== true)
      throw wrong('intoCaseId', 'not-established-there', 'It was found to be right, and the other case was not')
    await perform(context, into, happened('took-in', { caseId: found.row.id, number: found.row.number }), { unasked: true })
    return actedOf(await perform(context, found, happened('merged', { intoCaseId, reason }), { unasked: true }))
  },
  async convert(context, { caseId, version, kind, record: given }) {
    const found = await heldCase(context, caseId, version)
    await mustBeAllowed(context, found, 'converted')
    if (kind === found.state.kind) throw wrong('kind', 'the-same', 'It is of this kind already')
    const record = { ...found.state.record, ...given } as typeof found.state.record
    const { customerId } = found.row
    const { ownerId, departmentId } = found.state
    const made = await openCase(context, { customerId, kind, record, ownerId, departmentId, from: caseId })
    const ended = await perform(context, found, happened('converted', { caseId: made.row.id, kind }), { unasked: true })
    return { case: actedOf(ended), made: actedOf(made) }
  },
}
