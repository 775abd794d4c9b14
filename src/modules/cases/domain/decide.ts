import { type Case, isEnd } from './case.ts'
import { foundForCustomer, goesOnElsewhere, isContested, mayJudge, openAppeal, openReferrals } from './contest.ts'
import { contestActs } from './contest-events.ts'
import { type CaseEvent, type EventKind, happened, type NewEvent } from './event.ts'
import { fold } from './fold.ts'
import { belongsHere, stepsFor, wayOn } from './needs.ts'
import { type Process, type Step, stepOf, theEnd } from './process.ts'

/** Why an act is refused; `steps` where it belongs. */
export interface Refused {
  readonly reason:
    | 'not-open'
    | 'not-in-this-step'
    | 'own-decision'
    | 'about-oneself'
    | 'not-ended'
    | 'nothing-routed'
    | 'hand-over-instead'
    | 'judged-already'
    | 'contested'
    | 'goes-on-elsewhere'
  readonly steps?: readonly string[]
}

/** What may still be said of a case that has ended. */
const afterTheEnd: readonly EventKind[] = [
  'noted',
  'message',
  'feedback',
  'effectiveness-checked',
  'recovery',
  'task-changed',
  'problem-linked',
  'quality-checked',
  'reopened',
  'took-in',
  'published',
  'claim-moved',
  'idea-taken',
  'need-noted',
  ...contestActs,
]

/** Whether an act is possible where the case is, whoever does it; null where it is. */
export function refusedHere(process: Process, one: Case, act: EventKind): Refused | null {
  if (isEnd(one.state) && !afterTheEnd.includes(act)) return { reason: 'not-open' }
  if (act === 'reopened' && !isEnd(one.state) && one.state !== 'resolved') return { reason: 'not-ended' }
  if ((act === 'reopened' || act === 'idea-taken' || act === 'need-noted') && goesOnElsewhere(one)) return { reason: 'not-open' }
  if (act === 'referred' && goesOnElsewhere(one)) return { reason: 'goes-on-elsewhere' }
  if (lapsesOf[act]?.(one)) return { reason: 'contested' }
  if (isEnd(one.state)) return null
  if (!belongsHere(process, one, act)) return { reason: 'not-in-this-step', steps: stepsFor(process, act) }
  return act === 'accepted' && one.departmentId === null ? { reason: 'nothing-routed' } : null
}

/** What cannot be done while somebody still looks at whether the answer was right: it would end, or begin anew, what they look at without saying so. */
const lapsesOf: Partial<Record<EventKind, (one: Case) => boolean>> = {
  withdrawn: (one) => openReferrals(one).length > 0,
  merged: isContested,
  converted: isContested,
  reopened: (one) => openAppeal(one) !== null,
  judged: isSettledOnly,
  'read-again': isSettledOnly,
  replied: isSettledOnly,
}

/** It was answered, and did not end only since somebody still looks at it. What was answered is not found otherwise behind that: the case is opened again first. */
function isSettledOnly(one: Case): boolean {
  return one.state === 'resolved' && isContested(one)
}

/** A department that was named once gives the case on itself and says why, so that it is counted how often it was sent about (G-13). */
export const mustBeHandedOver = ({ departmentId, routed, transfers }: Pick<Case, 'departmentId' | 'routed' | 'transfers'>): boolean =>
  departmentId !== null && (routed !== null || transfers.length > 0)

/**
 * Who may not do it however much they may do: nobody approves what they proposed or whose cause they found, also where a colleague said the same again; nobody reads their own rejection again; nobody judges an appeal, or says that it was taken back, who took
 * part in what it is against, nor finds anew, or reads again, what of theirs was overturned; and nobody handles a complaint about themselves, nor what it says, where it goes and whether it ends (G-14, ISO 10002 objectivity).
 */
export function refusedFor(one: Case, act: EventKind, userId: string): Refused | null {
  if (one.about.includes(userId) && !ofWhomItIsAbout.includes(act)) return { reason: 'about-oneself' }
  if (act === 'instructed' && [...one.proposers, ...one.investigators].includes(userId)) return { reason: 'own-decision' }
  if (act === 'read-again' && one.judged?.by === userId) return { reason: 'own-decision' }
  if ((act === 'judged' || act === 'read-again') && one.overturned.includes(userId)) return { reason: 'own-decision' }
  if ((act === 'appeal-decided' || act === 'appeal-withdrawn') && !mayJudge(one, userId)) return { reason: 'own-decision' }
  return null
}

/** Whoever a complaint is about may be heard, write to the customer, say that their own task is done, and call for those above. Everything else steers what comes of it. */
const ofWhomItIsAbout: readonly EventKind[] = ['noted', 'message', 'task-changed', 'escalated']

/**
 * An act's own event (null: the opening is the act) with what follows from it by itself: the steps that are left because nothing is missing any more, a rejected proposal sent back, and the end.
 */
export function consequences(
  process: Process,
  before: Case,
  events: readonly CaseEvent[],
  act: NewEvent | null,
  at: Date,
  by: string,
): readonly NewEvent[] {
  const { steps } = process
  const all: CaseEvent[] = [...events]
  const made: NewEvent[] = []
  let state = before
  const add = (event: NewEvent) => {
    made.push(event)
    all.push({ ...event, seq: all.length + 1, at, by } as CaseEvent)
    state = fold(process, all)
  }
  if (act) add(act)
  for (let round = 0; round <= steps.length; round++) {
    const back = goesBack(process, state)
    if (back !== null) {
      add(back)
      break
    }
    if (isEnd(state.state)) break
    const to = wayOn(process, state)
    if (to === null) break
    const resolves = stepOf(process, state.step)?.resolves ?? false
    if ((resolves || to === theEnd) && state.resolvedAt === null) add(happened('resolved', { outcome: outcomeOf(state) }))
    if (to === theEnd) {
      // What somebody still looks at, inside or outside, does not end by itself.
      if (isContested(state)) break
      add(happened('closed', { costMinor: 0 }))
      break
    }
    add(happened('stepped', { from: state.step, to }))
  }
  // Whoever handles a case that turns out to be about them handles it no more; it waits for somebody else.
  if (state.ownerId !== null && state.about.includes(state.ownerId) && !isEnd(state.state))
    add(happened('assigned', { ownerId: null, why: null }))
  return made
}

/**
 * What sends the case back by itself: an appeal or a body outside that found for the customer; a department that was given it later has to accept it first, a rejected proposal goes to whoever proposes, and a cause that proves not to be gone opens the case again at the
 * search for it.
 */
function goesBack(process: Process, state: Case): NewEvent | null {
  const { steps } = process
  const back = stepOf(process, state.step)?.back ?? []
  const first = (need: string) => steps.find(({ key, needs }) => back.includes(key) && needs.some((wanted) => wanted.need === need))?.key
  const found = foundForCustomer(process, state)
  if (found !== null) return found
  const given = state.transfers.at(-1)
  if (given?.seq === state.version) {
    const chooses = ({ needs }: Step) => needs.some(({ need }) => need === 'department')
    const here = steps.findIndex(({ key }) => key === state.step)
    const to = steps.slice(0, here + 1).findLast(chooses)?.key
    return to === undefined || to === state.step ? null : happened('sent-back', { from: state.step, to, reason: given.reason })
  }
  if (state.instructed?.decision === 'rejected' && state.instructed.seq === state.version) {
    const to = first('remedy')
    return to === undefined ? null : happened('sent-back', { from: state.step, to, reason: state.instructed.note ?? '' })
  }
  // Checks go on after the end; what was merged, converted or withdrawn has no cause of its own.
  if (isEnd(state.state) && state.state !== 'closed') return null
  const last = state.effectiveness.at(-1)
  if (last?.verdict === 'not-effective' && last.seq === state.version) {
    const to = first('cause')
    return to === undefined ? null : happened('reopened', { to, reason: last.note ?? '' })
  }
  return null
}

/** How the customer's matter ended, as a word: what was found, or whether it was adopted. */
function outcomeOf({ judged, decided, quoteAnswered }: Case): string | null {
  if (judged) return judged.admissible ? judged.finding : 'inadmissible'
  if (decided) return decided.adopted ? 'adopted' : 'declined'
  if (quoteAnswered) return quoteAnswered.accepted ? 'accepted' : 'refused'
  return null
}

export const numbered = (events: readonly NewEvent[], from: number, at: Date, by: string): readonly CaseEvent[] =>
  events.map((event, index) => ({ ...event, seq: from + index + 1, at, by }) as CaseEvent)
