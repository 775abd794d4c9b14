import { longestSummary } from '#modules/customers/domain/interaction.ts'

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

/**
 * What the archive keeps of a completed contact: what it was for, what came out, and every note of the checklist behind its step, one a line; at most as long as a touch may be. `labelOf`: a standard
 * step in words.
 */
export function findingsText(
  contact: {
    readonly title: string
    readonly purpose: string | null
    readonly outcome: string | null
    readonly steps: readonly Step[]
  },
  labelOf: (key: string) => string,
): string {
  const notes = contact.steps.flatMap(({ key, text, note }) => {
    const label = text ?? (key === null ? null : labelOf(key))
    return note?.trim() ? [label ? `${label}: ${note.trim()}` : note.trim()] : []
  })
  const lines = [contact.purpose?.trim() || contact.title, contact.outcome?.trim() ?? '', ...notes].filter((line) => line !== '')
  const text = [...new Set(lines)].join('\n')
  return text.length <= longestSummary ? text : `${text.slice(0, longestSummary - 1)}…`
}

/** What was noted at the step about needs, one each: as many and as long as the register takes them. */
export const needsHeard = (steps: readonly Step[]): readonly string[] =>
  notedAt(steps, 'needs', /[;；\n]/)
    .map((need) => need.slice(0, 200))
    .slice(0, mostHeard)

/** Whom else they buy from, by what was noted at that step: one name each. */
export const competitorsHeard = (steps: readonly Step[]): readonly string[] =>
  notedAt(steps, 'competitors', /[,，、;；\n]/)
    .map((name) => name.slice(0, 200))
    .slice(0, mostHeard)

const mostHeard = 10
function notedAt(steps: readonly Step[], key: string, between: RegExp): readonly string[] {
  const parts = steps.filter((step) => step.key === key).flatMap(({ note }) => (note ?? '').split(between))
  return [...new Set(parts.map((part) => part.trim()).filter((part) => part !== ''))]
}
