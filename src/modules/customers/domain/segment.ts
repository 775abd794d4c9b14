import { customerKinds } from './archive.ts'
import { activities, segments, tiers, valueLabels } from './book.ts'

/** What a column holds, and so what can be asked of it. */
export type SegmentColumnKind = 'word' | 'text' | 'tags' | 'number' | 'money' | 'share' | 'day' | 'flag'

export interface SegmentColumn {
  readonly kind: SegmentColumnKind
  /** The words that a column of words may hold. */
  readonly words?: readonly string[]
}

/**
 * What customers can be picked by: fields of the archive and figures of the book. A module that adds a figure to the book adds a line here and its column in store/segment-columns.ts; fields that a
 * company invents for itself join as `own.<name>` with the kind that was chosen for them.
 */
export const segmentColumns = {
  kind: { kind: 'word', words: customerKinds },
  city: { kind: 'text' },
  region: { kind: 'text' },
  country: { kind: 'text' },
  language: { kind: 'text' },
  gender: { kind: 'text' },
  company: { kind: 'text' },
  occupation: { kind: 'text' },
  industry: { kind: 'text' },
  owner: { kind: 'text' },
  tags: { kind: 'tags' },
  email: { kind: 'flag' },
  phone: { kind: 'flag' },
  birthday: { kind: 'day' },
  created: { kind: 'day' },
  completeness: { kind: 'number' },
  profiling: { kind: 'flag' },
  tier: { kind: 'word', words: tiers },
  valueLabel: { kind: 'word', words: valueLabels },
  activity: { kind: 'word', words: activities },
  segment: { kind: 'word', words: segments },
  orders: { kind: 'number' },
  firstOrder: { kind: 'day' },
  lastOrder: { kind: 'day' },
  revenue: { kind: 'money' },
  profit: { kind: 'money' },
  lifetimeValue: { kind: 'money' },
  ordering: { kind: 'share' },
  recencyScore: { kind: 'number' },
  frequencyScore: { kind: 'number' },
  monetaryScore: { kind: 'number' },
} as const satisfies Record<string, SegmentColumn>
/** Columns that tell of contact data, which not everybody sees. */
export const personalColumns: readonly string[] = ['email', 'phone', 'birthday']
/** Columns of what is computed of customers: everything behind the archive. */
export const figureColumns: readonly string[] = Object.keys(segmentColumns).slice(Object.keys(segmentColumns).indexOf('tier'))
export type SegmentColumnName = keyof typeof segmentColumns
export const segmentColumnNames = Object.keys(segmentColumns) as [SegmentColumnName, ...SegmentColumnName[]]

/** Questions: one of some values; between two (either may be open); within the last days; known at all. Each may be turned round. */
export const segmentQuestions = ['in', 'between', 'within', 'known'] as const
export type SegmentQuestion = (typeof segmentQuestions)[number]

export interface SegmentCondition {
  readonly column: SegmentColumnName
  readonly is: SegmentQuestion
  readonly not?: boolean | undefined
  readonly values?: readonly string[] | undefined
  /** Amounts in minor units, shares from 0 to 1, days as 'YYYY-MM-DD'. */
  readonly from?: number | string | undefined
  readonly to?: number | string | undefined
  readonly days?: number | undefined
}

/** All or any of some groups, each all or any of its conditions. */
export interface SegmentDefinition {
  readonly match: 'all' | 'any'
  readonly groups: readonly { readonly match: 'all' | 'any'; readonly conditions: readonly SegmentCondition[] }[]
}

const questionsOf: Readonly<Record<SegmentColumnKind, readonly SegmentQuestion[]>> = {
  word: ['in', 'known'],
  text: ['in', 'known'],
  tags: ['in', 'known'],
  number: ['between', 'known'],
  money: ['between', 'known'],
  share: ['between', 'known'],
  day: ['between', 'within', 'known'],
  flag: ['known'],
}
export const questionsFor = (column: SegmentColumnName): readonly SegmentQuestion[] => questionsOf[segmentColumns[column].kind]

/** What is wrong with a definition: the place of a condition and a stable reason; empty where it can be asked. */
export function segmentProblems({ groups }: SegmentDefinition): readonly { readonly field: string; readonly reason: string }[] {
  return groups.flatMap(({ conditions }, g) =>
    conditions.flatMap((condition, c) => {
      const reason = problemOf(condition)
      return reason === null ? [] : [{ field: `definition.groups.${g}.conditions.${c}`, reason }]
    }),
  )
}

function problemOf({ column, is, values, from, to, days }: SegmentCondition): string | null {
  const { kind, words } = segmentColumns[column] as SegmentColumn
  if (!questionsOf[kind].includes(is)) return 'not-for-this-column'
  if (is === 'in') {
    if (values === undefined || values.length === 0) return 'values-missing'
    return words !== undefined && values.some((value) => !words.includes(value)) ? 'unknown-word' : null
  }
  if (is === 'within') return days === undefined ? 'days-missing' : null
  if (is === 'known') return null
  if (from === undefined && to === undefined) return 'bounds-missing'
  const fits = (bound: number | string | undefined) =>
    bound === undefined || (kind === 'day' ? typeof bound === 'string' && /^\d{4}-\d\d-\d\d$/.test(bound) : typeof bound === 'number')
  if (!fits(from) || !fits(to)) return 'wrong-bound'
  return from !== undefined && to !== undefined && from > to ? 'bounds-turned' : null
}
