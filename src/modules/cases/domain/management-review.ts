import type { Basis } from './figures/reliability.ts'

export const reviewStates = ['draft', 'held'] as const
export type ReviewState = (typeof reviewStates)[number]

/** What management says: what it concludes of a section, decides, gives means for; and what is added once it was held. */
export const entryKinds = ['conclusion', 'decision', 'means', 'addendum'] as const
export type ReviewEntryKind = (typeof entryKinds)[number]

/** What is looked at, in the order of the page. `needs`: who sees it, beside those who see reviews; over everybody. */
export const reviewSections = {
  volume: null,
  tiers: 'value.read',
  speed: null,
  rules: null,
  repeated: null,
  contests: null,
  cost: null,
  satisfaction: null,
  quality: 'cases.quality',
  effect: null,
  problems: null,
  capacity: null,
  approvals: null,
  personnel: 'cases.penalties',
  suggestions: null,
  changes: null,
  actions: null,
  audits: null,
} as const satisfies Readonly<Record<string, string | null>>
export type SectionKey = keyof typeof reviewSections
export const sectionKeys = Object.keys(reviewSections) as readonly SectionKey[]

export const units = ['count', 'share', 'per-thousand', 'seconds', 'minor', 'score'] as const
export type Unit = (typeof units)[number]

/** What was read in one period: a count, 0…1, per thousand orders, seconds, minor units of the organisation's currency, or 1…5. */
export interface Reading {
  readonly value: number | null
  /** What it was counted from, where it is a part of something. */
  readonly part: number | null
  readonly whole: number | null
  readonly low: number | null
  readonly high: number | null
  readonly basis: Basis
}

/** no-detectable-difference does not say that nothing changed. Null: these are not compared. */
export const changes = ['better', 'worse', 'more', 'fewer', 'no-detectable-difference', 'too-little-data'] as const
export type Change = (typeof changes)[number] | null

export interface ReviewFigure {
  readonly key: string
  /** Of what, where there is one such figure of each: a set of rules; and its name as it was then, where the product has no word for it. */
  readonly of: string | null
  readonly label: string | null
  readonly unit: Unit
  readonly now: Reading
  /** Of the period before; null where nothing is on record of it. */
  readonly before: Reading | null
  readonly change: Change
}

/** What complaints are about, by a key of a dimension. `before` null: in the period before it was too small to be told apart. */
export interface ReviewRow {
  readonly key: string
  /** A name as it was then, of what the product has no word for. */
  readonly label: string | null
  readonly now: number
  readonly before: number | null
  readonly share: number
  /** One of the vital few. */
  readonly vital: boolean
}

export interface ReviewList {
  readonly key: string
  readonly rows: readonly ReviewRow[]
  /** All that is not told apart. */
  readonly others: number
  /** Cases that say nothing of it. */
  readonly unsaid: number
}

/** One line of what happened or stands open. What people wrote is not among it: it is read where it stands, so that who is erased goes out of it. */
export interface ReviewLine {
  readonly kind: string
  readonly id: string
  readonly state: string | null
  readonly day: string | null
  readonly at: string | null
  readonly who: string | null
}

export interface ReviewSection {
  readonly key: SectionKey
  readonly figures: readonly ReviewFigure[]
  readonly lists: readonly ReviewList[]
  readonly lines: readonly ReviewLine[]
}

export const section = (key: SectionKey, parts: Partial<Omit<ReviewSection, 'key'>>): ReviewSection => ({
  key,
  figures: parts.figures ?? [],
  lists: parts.lists ?? [],
  lines: parts.lines ?? [],
})

/** What management saw: whatever is put right later, this stays. `at`: as of which moment it was read. */
export interface Snapshot {
  readonly at: string
  readonly sections: readonly ReviewSection[]
}

/** The sections that somebody may see, by what they may do over everybody. */
export const sectionsSeen = (sections: readonly ReviewSection[], may: (permission: string) => boolean): readonly ReviewSection[] =>
  sections.filter(({ key }) => maySee(key, may))

export function maySee(key: string, may: (permission: string) => boolean): boolean {
  const needs = Object.hasOwn(reviewSections, key) ? reviewSections[key as SectionKey] : null
  return needs === null || may(needs)
}

/** What somebody may do about what a review decided or an audit found to be done: who looks after reviews or audits everything, who does it everything but drop it. Others do nothing of it, and do not read it. */
export function ofAction(
  { ownerId, auditId }: { readonly ownerId: string | null; readonly auditId: string | null },
  userId: string,
  may: (permission: string) => boolean,
): { readonly move: boolean; readonly drop: boolean } {
  const looksAfter = may('cases.review') || (auditId !== null && may('cases.audit'))
  return { move: looksAfter || ownerId === userId, drop: looksAfter }
}

/** Why something cannot be said to a review as it stands; null where it can. Until it is held it is written, and from then on only added to. */
export function entryRefusal(state: ReviewState, kind: ReviewEntryKind): 'was-held' | 'not-held-yet' | null {
  if (state === 'held') return kind === 'addendum' ? null : 'was-held'
  return kind === 'addendum' ? 'not-held-yet' : null
}

export interface RuleCell {
  readonly regimes: readonly string[]
  /** Clocks that were missed, `regime:<key>:<clock>`. */
  readonly missed: readonly string[]
  readonly open: boolean
  readonly cases: number
}

/** Of each set of rules: how many cases stand under it, of how many all its clocks were kept, some was missed, and of how many nobody can say yet. Kept is only what is over. */
export function byRule(cells: readonly RuleCell[]): readonly {
  readonly rule: string
  readonly kept: number
  readonly missed: number
  readonly running: number
}[] {
  const rules = [...new Set(cells.flatMap(({ regimes }) => regimes))].toSorted()
  return rules.map((rule) => {
    const under = cells.filter(({ regimes }) => regimes.includes(rule))
    const isMissed = ({ missed }: RuleCell) => missed.some((clock) => clock.startsWith(`regime:${rule}:`))
    const sum = (some: readonly RuleCell[]) => some.reduce((all, { cases }) => all + cases, 0)
    const rest = under.filter((cell) => !isMissed(cell))
    return {
      rule,
      kept: sum(rest.filter(({ open }) => !open)),
      missed: sum(under.filter(isMissed)),
      running: sum(rest.filter(({ open }) => open)),
    }
  })
}
