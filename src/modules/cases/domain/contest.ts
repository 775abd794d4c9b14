import type { Case, Said } from './case.ts'
import { type AppealGround, type Contested, isForCustomer } from './contest-words.ts'
import { type CaseEvent, happened, type Kinds, type NewEvent } from './event.ts'
import { emptied, type FoldedSteps } from './going-back.ts'
import { lastDay } from './outside-body.ts'
import type { Process } from './process.ts'

/** An appeal with what became of it. `lapsed`: the case ended otherwise, and nobody judges it any more. */
export type Appeal = Said<Kinds['appealed']> & {
  readonly judgeId: string | null
  readonly decided: Said<Omit<Kinds['appeal-decided'], 'id'>> | null
  readonly withdrawn: Said<Omit<Kinds['appeal-withdrawn'], 'id'>> | null
  readonly lapsed: boolean
}

export type Referral = Said<Kinds['referred']> & {
  /** The event that said by when an answer is due. */
  readonly dueSaid: number
  readonly sent: readonly Said<Omit<Kinds['referral-sent'], 'id'>>[]
  readonly decided: Said<Omit<Kinds['referral-decided'], 'id'>> | null
}

const isOpenAppeal = ({ decided, withdrawn, lapsed }: Appeal): boolean => decided === null && withdrawn === null && !lapsed

/** The appeal that somebody is to judge; null where there is none. A case has one at a time. */
export const openAppeal = ({ appeals }: Pick<Case, 'appeals'>): Appeal | null => appeals.find(isOpenAppeal) ?? null
/** What lies with a body outside of the company. */
export const openReferrals = ({ referrals }: Pick<Case, 'referrals'>): readonly Referral[] =>
  referrals.filter(({ decided }) => decided === null)
/** By which day a body outside wants an answer that it has not been given; null where it wants none. */
export const answerDue = ({ dueOn, dueSaid, sent, decided }: Referral): string | null =>
  decided === null && (sent.at(-1)?.seq ?? 0) < dueSaid ? dueOn : null
/** What a log calls the body of a referral, and how that body calls the case, as it was said last; for lists, which read many logs. */
export function referralNamed(
  events: readonly CaseEvent[],
  id: string,
): { readonly body: string | null; readonly reference: string | null } {
  const first = events.find((event) => event.kind === 'referred' && event.data.id === id)
  const last = events.findLast((event) => (event.kind === 'referred' || event.kind === 'referral-changed') && event.data.id === id)
  const reference = last?.kind === 'referred' || last?.kind === 'referral-changed' ? last.data.reference : null
  return { body: first?.kind === 'referred' ? first.data.body : null, reference }
}

/** Whether somebody still looks at whether the answer was right. Such a case does not end by itself. */
export const isContested = (one: Pick<Case, 'appeals' | 'referrals'>): boolean => openAppeal(one) !== null || openReferrals(one).length > 0

const ends: readonly CaseEvent['kind'][] = ['withdrawn', 'merged', 'converted', 'customer-erased']
const lapse = (one: Appeal): Appeal => (isOpenAppeal(one) ? { ...one, lapsed: true } : one)
const decides: readonly CaseEvent['kind'][] = ['judged', 'read-again', 'proposed', 'instructed']

/** What an event says of appeals, referrals and of who took part in what they are against. */
export function contested(process: FoldedSteps, state: Case, event: CaseEvent): Case {
  const said = <T>(data: T): Said<T> => ({ ...data, at: event.at, by: event.by, seq: event.seq })
  const appeal = (id: string, change: (one: Appeal) => Appeal): Case => ({
    ...state,
    appeals: state.appeals.map((one) => (one.id === id ? change(one) : one)),
  })
  const referral = (id: string, change: (one: Referral) => Referral): Case => ({
    ...state,
    referrals: state.referrals.map((one) => (one.id === id ? change(one) : one)),
  })
  if (decides.includes(event.kind) && !state.deciders.includes(event.by)) return { ...state, deciders: [...state.deciders, event.by] }
  if (ends.includes(event.kind) && state.appeals.some(isOpenAppeal)) return { ...state, appeals: state.appeals.map(lapse) }
  switch (event.kind) {
    case 'reopened':
    case 'sent-back':
      return wentBack(process, state, event.data.to)
    case 'appealed':
      return {
        ...state,
        appeals: [...state.appeals, { ...said(event.data), judgeId: null, decided: null, withdrawn: null, lapsed: false }],
      }
    case 'appeal-given':
      return appeal(event.data.id, (one) => ({ ...one, judgeId: event.data.judgeId }))
    case 'appeal-decided': {
      const { id, ...decided } = event.data
      return appeal(id, (one) => ({ ...one, judgeId: event.by, decided: said(decided) }))
    }
    case 'appeal-withdrawn': {
      const { id, ...withdrawn } = event.data
      return appeal(id, (one) => ({ ...one, withdrawn: said(withdrawn) }))
    }
    case 'referred':
      return { ...state, referrals: [...state.referrals, { ...said(event.data), dueSaid: event.seq, sent: [], decided: null }] }
    case 'referral-changed': {
      const { id, ...changed } = event.data
      return referral(id, (one) => ({ ...one, ...changed, dueSaid: changed.dueOn === one.dueOn ? one.dueSaid : event.seq }))
    }
    case 'referral-sent': {
      const { id, ...sent } = event.data
      return referral(id, (one) => ({ ...one, sent: [...one.sent, said(sent)] }))
    }
    case 'referral-decided': {
      const { id, ...decided } = event.data
      return referral(id, (one) => ({ ...one, decided: said(decided) }))
    }
    default:
      return state
  }
}

/** Without what is found anew there is nothing left to judge of an appeal; and who found what somebody else overturned stays known. */
function wentBack(process: FoldedSteps, state: Case, to: string): Case {
  const { judged, proposed, instructed } = emptied(process, state, to)
  const isGone = ({ of }: Appeal) =>
    [state.judged, state.proposed, state.instructed].some((each) => each?.seq === of) &&
    ![judged, proposed, instructed].some((each) => each?.seq === of)
  const appeals = state.appeals.map((one) => (isGone(one) ? lapse(one) : one))
  const finder = judged === null && decidedForCustomer(state) !== null ? state.judged?.by : undefined
  return finder === undefined || state.overturned.includes(finder)
    ? { ...state, appeals }
    : { ...state, appeals, overturned: [...state.overturned, finder] }
}

/** What a customer was answered that they need not accept: `of` is the event that decided it, `at` since when they can know. */
export interface Answered {
  readonly of: number
  readonly against: Contested
  readonly ground: AppealGround
  readonly at: Date
}

/** Which events decided what a customer would be answered now, or was: what was found, and what is done. */
function decisionsOf({ judged, proposed, instructed }: Case): readonly Pick<Answered, 'of' | 'against'>[] {
  if (judged === null) return []
  const finding = { of: judged.seq, against: 'finding' as const }
  if (!isFound(judged)) return [finding]
  const remedy = { of: instructed?.seq ?? proposed?.seq ?? judged.seq, against: 'remedy' as const }
  return judged.finding === 'partly' ? [remedy, finding] : [remedy]
}

const isFound = ({ admissible, finding }: NonNullable<Case['judged']>): boolean =>
  admissible && (finding === 'founded' || finding === 'partly')
/** What was taken back can be asked for again while there is time, also where somebody noted it by mistake. */
const wasAppealed = ({ appeals }: Case, { of }: Pick<Answered, 'of'>): boolean =>
  appeals.some((one) => one.of === of && one.withdrawn === null)

/** Whether whoever is answered now can appeal against it: some of it was not appealed against yet. */
export const couldAppeal = (one: Case): boolean =>
  openAppeal(one) === null && decisionsOf(one).some((decision) => !wasAppealed(one, decision))

/**
 * What was decided against a customer, wholly or in part, and told to them; null where nothing was. Turned down counts once it was replied to; what was found for them once they were told of the decision: where they say
 * themselves that they do not take it or are not content, where it was only partly right, or was asked for unreasonably. What was not appealed against yet comes first.
 */
export function answeredAgainst(one: Case): Answered | null {
  if (one.state === 'withdrawn' || one.state === 'merged' || one.state === 'converted') return null
  const all = answersOf(one)
  return all.find((answer) => !wasAppealed(one, answer)) ?? all[0] ?? null
}

function answersOf(one: Case): readonly Answered[] {
  const { judged, replied, told, feedback, remedyAnswered } = one
  if (judged === null) return []
  const decided = (against: Contested) => decisionsOf(one).find((decision) => decision.against === against)
  const because = (against: Contested, ground: AppealGround, at: Date) => {
    const decision = decided(against)
    return decision ? [{ ...decision, ground, at }] : []
  }
  if (!isFound(judged)) return replied === null ? [] : because('finding', 'not-established', replied.at)
  if (told === null) return []
  const later = (at: Date) => (at > told.at ? at : told.at)
  return [
    ...(remedyAnswered?.accepted === false ? because('remedy', 'remedy-refused', later(remedyAnswered.at)) : []),
    ...(feedback?.satisfied === false ? because('remedy', 'not-satisfied', later(feedback.at)) : []),
    ...(judged.finding === 'partly' ? because('finding', 'partly', told.at) : []),
    ...(judged.demandReasonable ? [] : because('remedy', 'demand-refused', told.at)),
  ]
}

/** How the company counts the time for an appeal: so many days after that of the answer, 0 where nobody may, each until the last minute of its own day. */
export interface AppealDays {
  readonly appealDays: number
  dayOf(at: Date): string
  endOf(day: string): Date
}

/** The last day on which an answer can be appealed against that is given on a day. */
export const lastAppealDay = (answered: string, days: number): string => lastDay(answered, { unit: 'days', amount: days })

/** Until when an answer can be appealed against, as its last minute; null where it cannot be, or was already: once for each decision. */
export function appealableUntil(one: Case, { appealDays, dayOf, endOf }: AppealDays): (Answered & { readonly until: Date }) | null {
  const answer = answeredAgainst(one)
  if (answer === null || appealDays === 0 || openAppeal(one) !== null || wasAppealed(one, answer)) return null
  return { ...answer, until: endOf(lastAppealDay(dayOf(answer.at), appealDays)) }
}

const minute = 60_000

/** The same while there is time for it. */
export function appealableAt(one: Case, days: AppealDays, now: Date): ReturnType<typeof appealableUntil> {
  const answer = appealableUntil(one, days)
  return answer !== null && now.getTime() < answer.until.getTime() + minute ? answer : null
}

/** Where the customer was last told that they can turn to; null where they were told of nothing. */
export function routeTold(one: Pick<Case, 'appeals' | 'told' | 'replied'>): string | null {
  const said = [...one.appeals.flatMap(({ decided }) => decided ?? []), one.told, one.replied].filter((each) => each !== null)
  const last = said.toSorted((a, b) => a.seq - b.seq).at(-1)
  return last?.escalationRoute ?? null
}

interface Placed {
  readonly step: string
  readonly stays: readonly { readonly step: string }[]
}

/** To which step a case goes back: the last in which it has been that finds such a thing, else the one that judges; null where its process has none. */
function stepBack({ steps }: Pick<Process, 'steps'>, { step, stays }: Placed, against: Contested): string | null {
  const here = steps.findIndex(({ key }) => key === step)
  const been = steps.slice(0, here + 1).filter(({ key }) => key === step || stays.some((stay) => stay.step === key))
  const finding = (need: 'judged' | 'remedy') => been.find(({ needs }) => needs.some((wanted) => wanted.need === need))?.key ?? null
  return against === 'remedy' ? (finding('remedy') ?? finding('judged')) : finding('judged')
}

/** What a decision for the customer brings about: the case goes back and what they contested is found anew; null where nothing has to be, such as where it has gone back before already, or goes on as another case. */
function goingBack(process: Process, one: Case, against: Contested, reason: string): NewEvent | null {
  const to = stepBack(process, one, against)
  if (to === null || goesOnElsewhere(one)) return null
  const isOpen = one.state === 'open' || one.state === 'resolved'
  if (!isOpen) return happened('reopened', { to, reason })
  const after = emptied(process, one, to)
  const isThere = after.judged === one.judged && after.proposed === one.proposed
  return to === one.step && isThere ? null : happened('sent-back', { from: one.step, to, reason })
}

/** Merged into another case, or made one of another kind: what is still to come of it comes of that one. */
export const goesOnElsewhere = ({ state }: Pick<Case, 'state'>): boolean => state === 'merged' || state === 'converted'

/** What the last event decided for the customer, so that it has to be found anew: an appeal that is upheld, wholly or in part, or a body outside that binds the company; null where it decided no such thing. */
function decidedForCustomer({
  appeals,
  referrals,
  version,
}: Pick<Case, 'appeals' | 'referrals' | 'version'>): { readonly against: Contested; readonly reason: string } | null {
  const appeal = appeals.find(({ decided }) => decided?.seq === version)
  if (appeal?.decided && isForCustomer(appeal.decided.outcome)) return { against: appeal.against, reason: appeal.decided.text }
  const referral = referrals.find(({ decided }) => decided?.seq === version)
  if (!referral?.decided?.binding || !isForCustomer(referral.decided.outcome)) return null
  return { against: 'remedy', reason: [referral.body, referral.decided.note].filter(Boolean).join(': ') }
}

/**
 * What sends a case back because somebody found for its customer: an appeal to where what it is against is found; what a body outside decided to where a remedy is proposed, else to the judgement. Only right after it.
 */
export function foundForCustomer(process: Process, one: Case): NewEvent | null {
  const decided = decidedForCustomer(one)
  return decided && goingBack(process, one, decided.against, decided.reason)
}

/** Whether somebody took no part in what is appealed against, and may judge the appeal. */
export const mayJudge = ({ deciders, about }: Pick<Case, 'deciders' | 'about'>, userId: string): boolean =>
  !deciders.includes(userId) && !about.includes(userId)
