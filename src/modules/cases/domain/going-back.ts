import type { Case, State } from './case.ts'

/** What has to be found anew when a case goes back to a step: what its needs, and those of the steps behind it, had filled. An acknowledgement stays. */
const slotsOfNeed: Readonly<Record<string, readonly (keyof Case)[]>> = {
  acknowledged: [],
  judged: ['judged', 'readAgain', 'replied'],
  department: ['accepted'],
  cause: ['cause', 'investigators'],
  responsible: ['responsible'],
  remedy: ['proposed', 'proposers'],
  approval: ['instructed', 'remedyAnswered'],
  execution: ['executed', 'tasks'],
  'customer-told': ['told'],
  'customer-asked': ['asked', 'feedback'],
  'penalty-considered': ['penalty'],
  'loss-considered': ['loss'],
  lesson: ['lesson'],
  effectiveness: ['effectiveness'],
  evaluation: ['evaluated'],
  decision: ['decided'],
  reward: ['rewarded'],
  publication: ['published'],
  answer: ['answered'],
  quote: ['quoted'],
  'quote-answer': ['quoteAnswered'],
  fulfilment: ['fulfilled'],
  payment: ['paid'],
  appointment: ['appointed'],
  // What was taken back and what it brought stays.
  'supplier-claim': [],
}

/** What the fold needs to know of a process: its steps in order with what each needs. */
export interface FoldedSteps {
  readonly steps: readonly { readonly key: string; readonly resolves: boolean; readonly needs: readonly { readonly need: string }[] }[]
}

/** Without what the step and those behind it had found. */
export function emptied({ steps }: FoldedSteps, state: Case, to: string): Case {
  const from = steps.findIndex(({ key }) => key === to)
  const slots = steps.slice(Math.max(0, from)).flatMap(({ needs }) => needs.flatMap(({ need }) => slotsOfNeed[need] ?? []))
  const empty = Object.fromEntries(slots.map((slot) => [slot, Array.isArray(state[slot]) ? [] : null]))
  return { ...state, ...empty }
}

/** Whether a matter that was settled is not settled any more when its case goes back there: the step that settles it lies there or ahead of it. */
export function unsettles({ steps }: FoldedSteps, state: State, to: string): boolean {
  return (
    state === 'resolved' &&
    steps
      .slice(
        Math.max(
          0,
          steps.findIndex(({ key }) => key === to),
        ),
      )
      .some(({ resolves }) => resolves)
  )
}

/** The steps at which a case can be opened again: it has been in them, and they do not lie ahead of where it stands. What was never judged or approved is not passed over by ending a case and opening it again. */
export function reopensAt(
  { steps }: { readonly steps: readonly { readonly key: string }[] },
  { step, stays }: { readonly step: string; readonly stays: readonly { readonly step: string }[] },
): readonly string[] {
  const here = steps.findIndex(({ key }) => key === step)
  return steps.slice(0, here + 1).flatMap(({ key }) => (key === step || stays.some((stay) => stay.step === key) ? [key] : []))
}
