import type { Case } from './case.ts'
import type { EventKind } from './event.ts'
import { established, plannedMinor } from './fold.ts'
import { type Condition, type Need, type Process, type Step, stepOf, theEnd } from './process.ts'
import { isSettled } from './supplier-claim.ts'

/** Whether a case has what a step can need. */
const met: Readonly<Record<Need, (one: Case) => boolean>> = {
  recorded: ({ kind, record }) =>
    record.subject !== '' &&
    record.description !== '' &&
    // A complaint says at whom it is aimed, what is asked for, and what it is about.
    (kind !== 'complaint' || (record.target !== null && record.demand !== null && record.category !== null)),
  acknowledged: ({ acknowledged }) => acknowledged !== null,
  judged: ({ judged }) => judged !== null,
  'second-reading': ({ readAgain }) => readAgain?.agrees === true,
  reply: ({ replied }) => replied !== null,
  department: ({ accepted, departmentId }) => accepted !== null && departmentId !== null,
  cause: ({ cause }) => cause !== null,
  responsible: ({ responsible }) => responsible !== null,
  remedy: ({ proposed }) => proposed !== null && proposed.remedies.length > 0,
  approval: ({ instructed }) => instructed !== null && instructed.decision !== 'rejected',
  // Said with proof, and nothing of what somebody was to do is left.
  execution: ({ executed, tasks }) => executed !== null && tasks.every(({ state }) => state !== 'open'),
  'customer-told': ({ told }) => told !== null,
  'customer-asked': ({ asked }) => asked !== null,
  'penalty-considered': ({ penalty }) => penalty !== null,
  'loss-considered': ({ loss }) => loss !== null,
  lesson: ({ lesson }) => lesson !== null,
  // Where also the last planned check finds too little to tell, as is usual in small companies, the case ends with that written in it: to ask for ever proves nothing more.
  effectiveness: ({ effectiveness }) => {
    const check = effectiveness.at(-1)
    return check?.verdict === 'effective' || (check?.verdict === 'too-little-data' && check.last === true)
  },
  evaluation: ({ evaluated }) => evaluated !== null,
  decision: ({ decided }) => decided !== null,
  reward: ({ rewarded }) => rewarded !== null,
  publication: ({ published }) => published !== null,
  answer: ({ answered }) => answered !== null,
  quote: ({ quoted }) => quoted !== null,
  'quote-answer': ({ quoteAnswered }) => quoteAnswered !== null,
  fulfilment: ({ fulfilled }) => fulfilled !== null,
  payment: ({ paid }) => paid !== null,
  appointment: ({ appointed }) => appointed !== null,
  'supplier-claim': ({ claim }) => isSettled(claim),
}

const holds: Readonly<Record<Condition, (one: Case) => boolean>> = {
  established: (one) => established(one) === true,
  'not-established': (one) => established(one) === false,
  adopted: ({ decided }) => decided?.adopted === true,
  declined: ({ decided }) => decided?.adopted === false,
  'quote-accepted': ({ quoteAnswered }) => quoteAnswered?.accepted === true,
  'quote-refused': ({ quoteAnswered }) => quoteAnswered?.accepted === false,
  'costs-money': (one) => plannedMinor(one) > 0,
  'goods-returned': ({ goods }) => goods !== null,
}

const counts = (one: Case, when: Condition | null): boolean => when === null || holds[when](one)

export interface NeedReading {
  readonly need: Need
  readonly met: boolean
}

/** What the case's step needs as things are, and whether it has it; empty where its process does not know the step. */
export function needsNow(process: Process, one: Case): readonly NeedReading[] {
  const step = stepOf(process, one.step)
  return step === null ? [] : readNeeds(step, one)
}

const readNeeds = (step: Step, one: Case): readonly NeedReading[] =>
  step.needs.filter(({ when }) => counts(one, when)).map(({ need }) => ({ need, met: met[need](one) }))

/** Where a case goes next once its step needs nothing more: the key of a step, 'end', or null while something is missing. */
export function wayOn(process: Process, one: Case): string | null {
  const step = stepOf(process, one.step)
  if (step === null || readNeeds(step, one).some((reading) => !reading.met)) return null
  return step.ways.find(({ when }) => counts(one, when))?.to ?? theEnd
}

/** Which need an act serves; what serves none may be done in any step. */
const serves: Partial<Record<EventKind, Need>> = {
  acknowledged: 'acknowledged',
  judged: 'judged',
  'read-again': 'second-reading',
  replied: 'reply',
  routed: 'department',
  accepted: 'department',
  'handed-over': 'department',
  'cause-found': 'cause',
  'responsibility-settled': 'responsible',
  proposed: 'remedy',
  instructed: 'approval',
  executed: 'execution',
  told: 'customer-told',
  asked: 'customer-asked',
  'penalty-considered': 'penalty-considered',
  'loss-considered': 'loss-considered',
  'lesson-written': 'lesson',
  'effectiveness-checked': 'effectiveness',
  evaluated: 'evaluation',
  decided: 'decision',
  rewarded: 'reward',
  published: 'publication',
  answered: 'answer',
  quoted: 'quote',
  'quote-answered': 'quote-answer',
  fulfilled: 'fulfilment',
  paid: 'payment',
  appointed: 'appointment',
}

/** The acts that serve a need, in the order in which they come. */
export const actsServing = (need: string): readonly string[] => Object.keys(serves).filter((act) => serves[act as EventKind] === need)

/** What is possible beyond its step, too. Handing over is, as long as the department has not finished: from the step that chooses it until a remedy is approved. */
const alsoLater: Partial<Record<EventKind, (one: Case) => boolean>> = {
  // What was agreed on is moved as long as nothing was done.
  appointed: ({ appointed, fulfilled, state }) => state === 'open' && appointed !== null && fulfilled === null,
  'handed-over': ({ departmentId, instructed, state }) => state === 'open' && departmentId !== null && instructed === null,
  accepted: ({ departmentId, accepted, state }) => state === 'open' && departmentId !== null && accepted === null,
}

/** Whether an act belongs to where the case is: a step that needs what it serves, or any step. A judgement not made yet counts as needed whatever it may turn out to be. */
export function belongsHere(process: Process, one: Case, act: EventKind): boolean {
  const need = serves[act]
  if (need === undefined) return true
  const step = stepOf(process, one.step)
  const needed = step?.needs.some((wanted) => wanted.need === need && counts(one, wanted.when)) ?? false
  return needed || (alsoLater[act]?.(one) ?? false)
}

/** In which steps of the process an act belongs, for the sentence of a refusal. */
export const stepsFor = ({ steps }: Process, act: EventKind): readonly string[] =>
  steps.filter(({ needs }) => needs.some(({ need }) => need === serves[act])).map(({ key }) => key)
