import { type ArchiveField, type ArchiveValues, isKnown } from './archive.ts'

export const qualificationTests = ['known', 'is', 'is-not'] as const
/** One condition of who is a target customer (C-16). */
export interface QualificationCondition {
  readonly field: ArchiveField
  readonly test: (typeof qualificationTests)[number]
  /** Of `is` and `is-not`: the words that are meant. */
  readonly words: readonly string[]
}

/** Who meets all of these is a target customer; without any everybody is. */
export type TargetRule = readonly QualificationCondition[]

/** The conditions that a record does not meet; none: it is a target. What is not known meets neither `known` nor `is`; it does not break `is-not`. Words are compared without case. */
export function failures(values: ArchiveValues, conditions: TargetRule): readonly QualificationCondition[] {
  return conditions.filter(({ field, test, words }) => {
    const value = values[field]
    if (test === 'known') return !isKnown(value)
    const held = (Array.isArray(value) ? value : [value ?? '']).map((one) => String(one).trim().toLowerCase())
    const met = words.some((word) => held.includes(word.trim().toLowerCase()))
    return test === 'is' ? !met : met
  })
}
