/** The four phases of a visit, in order: purpose → plan → steps → information collection (L-04). */
export const phases = ['purpose', 'plan', 'steps', 'information'] as const
export type Phase = (typeof phases)[number]

/** The steps that every new visit starts with; their words are in the texts. */
export const standardSteps = {
  purpose: ['purposeSaid', 'purposeFits'],
  plan: ['dateAgreed', 'peopleInvited', 'archiveRead', 'materialReady'],
  steps: ['opened', 'pastReviewed', 'listened', 'nextAgreed'],
  information: ['needs', 'changes', 'competitors'],
} as const satisfies Readonly<Record<Phase, readonly string[]>>

/** One step of the checklist: a standard one by its key, or one in own words. What was found out is noted beside it. */
export interface Step {
  readonly phase: Phase
  readonly key: string | null
  readonly text: string | null
  readonly done: boolean
  readonly note: string | null
}

export const newChecklist = (): readonly Step[] =>
  phases.flatMap((phase) => standardSteps[phase].map((key) => ({ phase, key, text: null, done: false, note: null })))

/** Steps that are done, of all. */
export const progressOf = (steps: readonly Step[]): { readonly done: number; readonly of: number } => ({
  done: steps.filter((step) => step.done).length,
  of: steps.length,
})

const longestSummary = 2000

/** What the archive keeps of a completed contact: what it was for, what came out, and every note of the checklist, one a line; at most 2000 characters. */
export function findingsText(contact: {
  readonly title: string
  readonly purpose: string | null
  readonly outcome: string | null
  readonly steps: readonly Step[]
}): string {
  const notes = contact.steps.flatMap(({ text, note }) => (note?.trim() ? [text ? `${text}: ${note.trim()}` : note.trim()] : []))
  const lines = [contact.purpose?.trim() || contact.title, contact.outcome?.trim() ?? '', ...notes].filter((line) => line !== '')
  const text = [...new Set(lines)].join('\n')
  return text.length <= longestSummary ? text : `${text.slice(0, longestSummary - 1)}…`
}
