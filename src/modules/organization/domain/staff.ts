import type { Language } from '../domain.ts'

/** From 1, who begins, to 5, who teaches others. */
export type Level = 1 | 2 | 3 | 4 | 5

/** What somebody can do for customers (P-06): how they meet people, what they know, what they can do. */
export const skillNames = ['attitude', 'knowledge', 'skill'] as const
export type SkillName = (typeof skillNames)[number]

/** What hiring looks for before anything that can be taught (P-05). */
export const traitNames = ['agreeable', 'driven', 'cooperative', 'communicative'] as const
export type TraitName = (typeof traitNames)[number]

/** What is known of a member of the staff beyond signing in. */
export interface StaffFile {
  readonly title: string | null
  /** What their work does for the customer, in one sentence (P-11): everybody has one, whether they ever meet a customer or not. */
  readonly valueRole: string | null
  /** Opens techniques that need experience. */
  readonly experience: number | null
  readonly skills: Readonly<Partial<Record<SkillName, number>>>
  readonly traits: Readonly<Partial<Record<TraitName, number>>>
  /** In which languages they serve customers. */
  readonly languages: readonly Language[]
  /** What they know well, in the company's own words: kinds of products, of matters, of work. */
  readonly fields: readonly string[]
}

export const emptyStaffFile: StaffFile = {
  title: null,
  valueRole: null,
  experience: null,
  skills: {},
  traits: {},
  languages: [],
  fields: [],
}
