/** What is looked at early in what is made for one customer, before they think of it themselves (K-03): who joins in early, and what is planned with them. */
export const checklistItems = [
  'design-joined',
  'making-joined',
  'relation-begun',
  'layout',
  'service-content',
  'service-standards',
  'added-value',
] as const
export type ChecklistItem = (typeof checklistItems)[number]

/** open: nobody has looked yet. */
export const checklistStates = ['open', 'done', 'not-needed'] as const
export type ChecklistState = (typeof checklistStates)[number]

export interface Ticked {
  readonly state: ChecklistState
  readonly note: string | null
}
export type Checklist = Readonly<Partial<Record<ChecklistItem, Ticked>>>

/** How many of the items nobody has looked at yet. */
export const leftToCheck = (list: Checklist): readonly ChecklistItem[] =>
  checklistItems.filter((item) => (list[item]?.state ?? 'open') === 'open')
