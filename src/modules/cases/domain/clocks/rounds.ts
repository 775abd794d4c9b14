import type { Moment } from './log.ts'
import type { End, Start, Target } from './target.ts'

/** One run of a clock, from a start to its end: a case that is reopened, or enters a step again, has several. */
export interface Round {
  readonly startedAt: number
  readonly startedBy: Moment['kind']
  /** Stretches between a solution and the reopening after it, where the clock goes on. */
  readonly gaps: readonly { readonly from: number; readonly to: number }[]
  readonly endedAt: number | null
  /** Met: what the clock waited for has happened, in time or not. */
  readonly ending: 'met' | 'cancelled' | null
  readonly endedBy: Moment['kind'] | null
}

const chain = ['acknowledged', 'responded', 'resolved', 'closed']

/** Whether a moment is what the clock waits for. Closing leaves every step. */
function fulfils(moment: Moment, ends: End): boolean {
  if (ends.on === 'step-left') return (moment.kind === 'step-left' && moment.step === ends.step) || moment.kind === 'closed'
  return chain.includes(moment.kind) && chain.indexOf(moment.kind) >= chain.indexOf(ends.on)
}

/** Whether a clock belongs to the case as a whole, not to a message or a step. */
const isOfTheCase = ({ on }: Start) => on === 'received' || on === 'recorded' || on === 'department-changed'

/**
 * The rounds of a target over a history, as if it had always been in force. Decided:
 *
 * - Receipt starts a clock once. When the case is reopened, what ends with the solution (or the closing) starts anew, or goes on (`reopening`); what ends with an answer does not: for the customer's next
 *   message there is the clock of the next answer.
 * - The next answer is due from the earliest message that nobody answered. Before the first answer it has no clock, so that it cannot overtake that of the first answer; where the terms have no clock of the
 *   first answer, receipt counts as the first message.
 * - What the customer writes to a solved case ("thanks, bye") starts no clock. If the case is reopened over it, the answer is due from the reopening.
 * - Entering a step that was not left, or handing a case over again, ends the running round without fulfilling it, and starts another.
 * - Merging ends everything for good; withdrawing until a reopening, which starts what it had cut off anew.
 */
export function roundsOf(target: Target, moments: readonly Moment[], receiptIsMessage: boolean): Round[] {
  const { starts, ends, reopening } = target
  const rounds: Round[] = []
  let [isSolved, isClosed, isWithdrawn, isAnswered, isUnanswered] = [false, false, false, false, false]
  const open = () => (rounds.at(-1)?.endedAt === null ? rounds.at(-1)! : null)
  const start = ({ at, kind }: Moment) =>
    rounds.push({ startedAt: at.getTime(), startedBy: kind, gaps: [], endedAt: null, ending: null, endedBy: null })
  const replaceLast = (change: Partial<Round>) => rounds.splice(-1, 1, { ...rounds.at(-1)!, ...change })
  const end = ({ at, kind }: Moment, ending: 'met' | 'cancelled') => replaceLast({ endedAt: at.getTime(), ending, endedBy: kind })

  const startsAnew = (moment: Moment) => {
    if (open()?.startedAt === moment.at.getTime()) return
    if (open()) end(moment, 'cancelled')
    start(moment)
  }
  const reopens = (moment: Moment) => {
    const last = rounds.at(-1)
    if (open() || !last) {
      if (!last && isUnanswered && starts.on === 'customer-message') start(moment)
    } else if (last.endedBy === 'withdrawn' || (isUnanswered && starts.on === 'customer-message')) start(moment)
    else if (isOfTheCase(starts) && (ends.on === 'resolved' || ends.on === 'closed')) {
      if (reopening === 'anew') start(moment)
      else {
        const gaps = [...last.gaps, { from: last.endedAt!, to: moment.at.getTime() }]
        replaceLast({ gaps, endedAt: null, ending: null, endedBy: null })
      }
    }
  }

  for (const moment of moments) {
    if (open() && fulfils(moment, ends)) end(moment, 'met')
    switch (moment.kind) {
      case 'received':
        if (starts.on === 'received' && rounds.length === 0) start(moment)
        if (starts.on === 'customer-message' && receiptIsMessage && rounds.length === 0) start(moment)
        break
      case 'recorded':
        if (starts.on === 'recorded' && rounds.length === 0) start(moment)
        break
      case 'customer-message':
        if (isSolved || isWithdrawn) isUnanswered = true
        else if (starts.on === 'customer-message' && !open() && (isAnswered || receiptIsMessage)) start(moment)
        break
      case 'responded':
        isAnswered = true
        isUnanswered = false
        break
      case 'step-entered':
        if (starts.on === 'step-entered' && starts.step === moment.step && !isClosed && !isWithdrawn) startsAnew(moment)
        break
      case 'department-changed':
        if (starts.on === 'department-changed' && !isSolved && !isWithdrawn) startsAnew(moment)
        break
      case 'resolved':
      case 'closed':
        isSolved = true
        isClosed ||= moment.kind === 'closed'
        isAnswered = true
        isUnanswered = false
        break
      case 'withdrawn':
        if (open()) end(moment, 'cancelled')
        isWithdrawn = true
        break
      case 'reopened':
        reopens(moment)
        isSolved = isClosed = isWithdrawn = isUnanswered = false
        break
      case 'merged':
        if (open()) end(moment, 'cancelled')
        return rounds
    }
  }
  return rounds
}
