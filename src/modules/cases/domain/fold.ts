import { type Case, opened, type Said } from './case.ts'
import { contested } from './contest.ts'
import type { CaseEvent, Kinds, Remedy } from './event.ts'
import { emptied, type FoldedSteps, unsettles } from './going-back.ts'
import { scoredPerson, scoredWith, settled } from './personnel.ts'
import { type Finding, isEstablished } from './taxonomy.ts'

/** The case that some events tell of, the first of which opened it. Any beginning of the log gives the case as it was then. */
export function fold(process: FoldedSteps, events: readonly CaseEvent[]): Case {
  const [first, ...rest] = events
  if (first?.kind !== 'opened') throw new Error('A case begins with its opening')
  return rest.reduce((one, event) => ({ ...apply(process, contested(process, one, event), event), version: event.seq }), opened(first))
}

function apply(process: FoldedSteps, state: Case, event: CaseEvent): Case {
  const said = <T>(data: T): Said<T> => ({ ...data, at: event.at, by: event.by, seq: event.seq })
  switch (event.kind) {
    case 'changed':
      return named(
        { ...state, record: { ...state.record, ...event.data.changes } },
        event.data.changes.target?.userId ?? null,
        event.data.cleared,
      )
    case 'acknowledged':
      return { ...state, acknowledged: state.acknowledged ?? said(event.data) }
    case 'interim-remedy':
      return { ...state, interim: [...state.interim, said(event.data)] }
    case 'judged':
      return { ...state, judged: said(event.data), readAgain: null, replied: null }
    case 'read-again':
      // Who does not agree has it judged again.
      return event.data.agrees ? { ...state, readAgain: said(event.data) } : { ...state, judged: null, readAgain: null, replied: null }
    case 'replied':
      return { ...state, replied: said(event.data) }
    case 'routed':
      return { ...state, routed: said(event.data), departmentId: event.data.departmentId, personId: event.data.personId, accepted: null }
    case 'accepted':
      return { ...state, accepted: said(event.data), personId: state.personId ?? event.by }
    case 'handed-over':
      return {
        ...state,
        transfers: [...state.transfers, said(event.data)],
        departmentId: event.data.departmentId,
        personId: event.data.personId,
        accepted: null,
      }
    case 'cause-found':
      return { ...state, cause: said(event.data), investigators: withWhom(state.investigators, event.by) }
    case 'responsibility-settled':
      return named(
        { ...state, responsible: said(event.data), investigators: withWhom(state.investigators, event.by) },
        event.data.userId,
        event.data.cleared,
      )
    case 'hypothesis':
      return { ...state, hypotheses: [...state.hypotheses.filter(({ id }) => id !== event.data.id), said(event.data)] }
    case 'observation':
      return { ...state, observations: [...state.observations.filter(({ id }) => id !== event.data.id), said(event.data)] }
    case 'assessed':
      return { ...state, assessed: said(event.data), record: { ...state.record, severity: event.data.severity } }
    case 'proposed':
      return {
        ...state,
        proposed: said(event.data),
        proposers: withWhom(state.proposers, event.by),
        instructed: null,
        remedyAnswered: null,
      }
    case 'instructed':
      return { ...state, instructed: said(event.data) }
    case 'remedy-answered':
      return { ...state, remedyAnswered: said(event.data) }
    case 'task-given':
      return { ...state, tasks: [...state.tasks, { commitmentId: event.data.commitmentId, title: event.data.title, state: 'open' }] }
    case 'task-changed': {
      const { commitmentId, state: now } = event.data
      return { ...state, tasks: state.tasks.map((task) => (task.commitmentId === commitmentId ? { ...task, state: now } : task)) }
    }
    case 'recovery':
      return { ...state, recoveries: [...state.recoveries.filter(({ id }) => id !== event.data.id), said(event.data)] }
    case 'executed':
      return { ...state, executed: said(event.data), spent: spentWith(state, decidedRemedies(state), event.seq, false) }
    case 'told':
      return { ...state, told: said(event.data) }
    case 'asked':
      return { ...state, asked: said(event.data) }
    case 'feedback':
      return {
        ...state,
        feedback: said(event.data),
        scored: scoredWith(state, event),
        heard: [...state.heard, { seq: event.seq, agentId: scoredPerson(state) }],
        asked: state.asked ?? { how: state.record.channel, at: event.at, by: event.by, seq: event.seq },
      }
    case 'penalty-considered':
      return { ...state, penalty: said(event.data) }
    case 'loss-considered':
      return { ...state, loss: said(event.data) }
    case 'lesson-written':
      return { ...state, lesson: said(event.data) }
    case 'effectiveness-checked':
      return { ...state, effectiveness: [...state.effectiveness, said(event.data)] }
    case 'evaluated':
      return { ...state, evaluated: said(event.data) }
    case 'decided':
      return { ...state, decided: said(event.data) }
    case 'rewarded':
      return { ...state, rewarded: said(event.data) }
    case 'published':
      return { ...state, published: said(event.data) }
    case 'answered':
      return { ...state, answered: said(event.data) }
    case 'quoted':
      return { ...state, quoted: said(event.data), quoteAnswered: null }
    case 'quote-answered':
      return { ...state, quoteAnswered: said(event.data) }
    case 'fulfilled':
      return { ...state, fulfilled: said(event.data) }
    case 'paid':
      return {
        ...state,
        paid: said(event.data),
        spent: spentWith(state, paidAs(decidedRemedies(state), event.data), event.seq, true),
      }
    case 'appointed':
      return { ...state, appointed: said(event.data) }
    case 'goods-returned': {
      const { supplier, valueMinor } = event.data
      return { ...state, goods: said(event.data), claim: { state: 'open', supplier, amountMinor: valueMinor, receivedMinor: 0 } }
    }
    case 'claim-moved': {
      const { state: now, receivedMinor } = event.data
      return state.claim === null ? state : { ...state, claim: { ...state.claim, state: now, receivedMinor: receivedMinor ?? 0 } }
    }
    case 'assigned':
      return {
        ...{ ...state, ownerId: event.data.ownerId, choice: event.data.choice ?? null },
        assignedAt: event.data.ownerId === null ? null : event.at,
      }
    case 'stepped':
      return moved(state, event.data.to, event)
    case 'sent-back':
      return moved(
        unsettles(process, state.state, event.data.to)
          ? { ...emptied(process, state, event.data.to), state: 'open', resolvedAt: null, settledFor: null }
          : emptied(process, state, event.data.to),
        event.data.to,
        event,
      )
    case 'reopened':
      return {
        ...moved(emptied(process, state, event.data.to), event.data.to, event),
        state: 'open',
        resolvedAt: null,
        settledFor: null,
        closedAt: null,
        reopened: state.reopened + 1,
        ended: null,
      }
    case 'paused':
      return { ...state, paused: said(event.data) }
    case 'resumed':
      return { ...state, paused: null }
    case 'resolved':
      return { ...state, ...settled(state, event.at), state: 'resolved', paused: null }
    case 'closed':
      return { ...ended(state, event), state: 'closed', closedAt: event.at }
    case 'withdrawn':
      return { ...ended(state, event), state: 'withdrawn', closedAt: event.at, ended: { reason: event.data.reason, caseId: null } }
    // What the customer was still owed is given up; what was settled with them has come to its end.
    case 'customer-erased':
      return {
        ...ended(state, event),
        state: state.state === 'resolved' ? 'closed' : 'withdrawn',
        closedAt: event.at,
        ended: { reason: null, caseId: null },
      }
    case 'merged':
      return {
        ...ended(state, event),
        state: 'merged',
        closedAt: event.at,
        ended: { reason: event.data.reason, caseId: event.data.intoCaseId },
      }
    case 'converted':
      return { ...ended(state, event), state: 'converted', closedAt: event.at, ended: { reason: null, caseId: event.data.caseId } }
    case 'escalated':
      return { ...state, escalations: [...state.escalations, said(event.data)] }
    case 'breached':
      return { ...state, late: state.late.includes(event.data.clock) ? state.late : [...state.late, event.data.clock] }
    case 'policy-applied':
      return { ...state, policy: event.data.policy }
    case 'noted':
      return { ...state, minutes: state.minutes + event.data.minutes }
    case 'guide-followed':
      return { ...state, guide: state.guide.includes(event.data.action) ? state.guide : [...state.guide, event.data.action] }
    case 'promised':
      return { ...state, promises: [...state.promises, { ...said(event.data), brokenAt: null }] }
    case 'promise-broken': {
      const { commitmentId } = event.data
      const promises = state.promises.map((one) => (one.commitmentId === commitmentId ? { ...one, brokenAt: event.at } : one))
      return { ...state, promises }
    }
    case 'bulletin-proposed':
      return { ...state, bulletins: [...state.bulletins, { ...said(event.data), decided: null }] }
    case 'bulletin-decided': {
      const { id } = event.data
      return { ...state, bulletins: state.bulletins.map((one) => (one.id === id ? { ...one, decided: said(event.data) } : one)) }
    }
    case 'problem-linked':
      return { ...state, problemId: event.data.problemId }
    case 'idea-taken':
      return { ...state, ideas: [...state.ideas, said(event.data)] }
    case 'checklist-ticked': {
      const { item, ...ticked } = event.data
      return { ...state, checklist: { ...state.checklist, [item]: ticked } }
    }
    case 'need-noted':
      return { ...state, needsNoted: [...state.needsNoted, said(event.data)] }
    case 'recurred':
      return { ...state, recurrence: said(event.data) }
    case 'found-before':
      return { ...state, found: said(event.data) }
    default:
      return state
  }
}

function moved(state: Case, to: string, { at, by }: CaseEvent): Case {
  const stays = [...ended(state, { at, by }).stays, { step: to, from: at, to: null, by: null }]
  return { ...state, step: to, stays, paused: null }
}

function ended(state: Case, { at, by }: Pick<CaseEvent, 'at' | 'by'>): Case {
  const last = state.stays.at(-1)
  if (!last || last.to !== null) return { ...state, paused: null }
  return { ...state, stays: [...state.stays.slice(0, -1), { ...last, to: at, by }], paused: null }
}

const withWhom = (people: readonly string[], by: string): readonly string[] => (people.includes(by) ? people : [...people, by])

/** Whoever a case turns out to be about stays so whatever is said later, and does not handle it any more for their department. */
function named(state: Case, userId: string | null, cleared: readonly string[] = []): Case {
  const about = state.about.filter((id) => !cleared.includes(id))
  const all = userId === null ? about : withWhom(about, userId)
  return { ...state, about: all, personId: state.personId !== null && all.includes(state.personId) ? null : state.personId }
}

const costOf = (remedies: readonly Pick<Remedy, 'amountMinor'>[]): number => remedies.reduce((sum, { amountMinor }) => sum + amountMinor, 0)

type Decided = Pick<Case, 'instructed' | 'proposed'>
type Given = Decided & Pick<Case, 'spent'>

/** What a case gave, minor units: what was decided on, in all its rounds, as far as it was paid; what was given at once, and for goods of others. What is only proposed costs nothing. */
export const remedyMinor = (one: Given & Pick<Case, 'interim' | 'goods'>): number =>
  costOf(givenRemedies(one)) + costOf(one.interim) + (one.goods?.valueMinor ?? 0)

/** The same with a proposal that waits for its decision. */
export const plannedMinor = (one: Given & Pick<Case, 'interim' | 'goods'>): number =>
  remedyMinor(one) + (one.instructed === null ? costOf(one.proposed?.remedies ?? []) : 0)

/** What of the remedies gives money back for an order: refunds and returns, as they are carried out; minor units. */
export const refundedMinor = (one: Given): number => costOf(givenRemedies(one).filter(({ kind }) => kind === 'refund' || kind === 'return'))

/** What is carried out: the remedies as amended, else as proposed, also while nobody has decided; nothing where they were rejected. */
export function remediesOf({ instructed, proposed }: Decided): readonly Remedy[] {
  if (instructed?.decision === 'rejected') return []
  return instructed?.remedies ?? proposed?.remedies ?? []
}

/** What was decided on last; nothing while it is only proposed. */
export const decidedRemedies = (one: Decided): readonly Remedy[] => (one.instructed === null ? [] : remediesOf(one))

/** Everything that was decided on and stands: what was carried out by whichever instruction, and what the last one lets go. */
export function givenRemedies(one: Given): readonly Remedy[] {
  const counted = one.spent.some(({ seq }) => seq === one.instructed?.seq)
  return [...one.spent.flatMap(({ remedies }) => remedies), ...(counted ? [] : decidedRemedies(one))]
}

/** Once for each instruction, however often it is carried out; said again, only a payment changes it. */
function spentWith({ spent, instructed }: Given, remedies: readonly Remedy[], seq: number, replaces: boolean): Case['spent'] {
  const of = instructed?.seq ?? seq
  if (!replaces && spent.some((one) => one.seq === of)) return spent
  return [...spent.filter((one) => one.seq !== of), { seq: of, remedies }]
}

/** What a payment paid of the remedies, in their order, so that a refund stays one; what nobody decided on compensates. */
function paidAs(remedies: readonly Remedy[], { amountMinor }: Kinds['paid']): readonly Remedy[] {
  let left = amountMinor
  const parts = remedies.map((remedy) => {
    const part = Math.min(left, remedy.amountMinor)
    left -= part
    return { ...remedy, amountMinor: part }
  })
  return left > 0 ? [...parts, { kind: 'compensation', text: null, amountMinor: left }] : parts
}

export const findingOf = ({ judged, state }: Case): Finding | null => (state === 'withdrawn' ? 'withdrawn' : (judged?.finding ?? null))
export const established = (one: Case): boolean | null => (one.judged ? one.judged.admissible && isEstablished(one.judged.finding) : null)
