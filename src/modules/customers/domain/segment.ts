import { customerKinds, expectationLevels, priceSensitivities, relationPhases } from './archive.ts'
import { activities, segments, tiers, valueLabels } from './book.ts'
import { likedChannels } from './contact-ways.ts'
import { fieldOfColumn, isDay, type OwnColumnName, type OwnField } from './own-fields.ts'
import type { TargetRule } from './qualification.ts'

/** What a column holds, and so what can be asked of it. A `date` may lie ahead, a `day` is past. */
export type SegmentColumnKind = 'word' | 'text' | 'long' | 'tags' | 'number' | 'money' | 'share' | 'day' | 'date' | 'flag'

export interface SegmentColumn {
  readonly kind: SegmentColumnKind
  /** The words that a column of words or tags may hold, where only these are possible. */
  readonly words?: readonly string[]
  /** Computed of customers, not kept in the archive: not everybody sees it. */
  readonly figure?: true
}

/** What a column that is yes or no holds, as words. */
export const yesNo = ['true', 'false'] as const

/**
 * What customers can be picked by: fields of the archive and figures of the book. A module that adds a figure to the book adds a line here, marked as a figure, and its column in store/segment-columns.ts; fields that a
 * company invents for itself join as `own:<id>` with the kind that `columnOf` gives them.
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
  companySize: { kind: 'text' },
  phase: { kind: 'word', words: relationPhases },
  owner: { kind: 'word' },
  tags: { kind: 'tags' },
  traits: { kind: 'tags' },
  interests: { kind: 'text' },
  incomeBand: { kind: 'text' },
  priceSensitivity: { kind: 'word', words: priceSensitivities },
  purchaseExperience: { kind: 'text' },
  targetMarket: { kind: 'text' },
  expectationBefore: { kind: 'word', words: expectationLevels },
  expectationDuring: { kind: 'word', words: expectationLevels },
  expectationAfter: { kind: 'word', words: expectationLevels },
  preferredChannel: { kind: 'word', words: likedChannels },
  email: { kind: 'flag' },
  phone: { kind: 'flag' },
  birthday: { kind: 'day' },
  created: { kind: 'day' },
  completeness: { kind: 'number' },
  profiling: { kind: 'flag' },
  target: { kind: 'word', words: yesNo },
  tier: { kind: 'word', words: tiers, figure: true },
  valueLabel: { kind: 'word', words: valueLabels, figure: true },
  activity: { kind: 'word', words: activities, figure: true },
  segment: { kind: 'word', words: segments, figure: true },
  orders: { kind: 'number', figure: true },
  firstOrder: { kind: 'day', figure: true },
  lastOrder: { kind: 'day', figure: true },
  revenue: { kind: 'money', figure: true },
  profit: { kind: 'money', figure: true },
  lifetimeValue: { kind: 'money', figure: true },
  ordering: { kind: 'share', figure: true },
  recencyScore: { kind: 'number', figure: true },
  frequencyScore: { kind: 'number', figure: true },
  monetaryScore: { kind: 'number', figure: true },
} as const satisfies Record<string, SegmentColumn>
/** Columns that tell of contact data, which not everybody sees. */
export const personalColumns: readonly string[] = ['email', 'phone', 'birthday']
/** Columns of what is computed of customers. */
export const figureColumns: readonly string[] = Object.entries<SegmentColumn>(segmentColumns).flatMap(([name, { figure }]) =>
  figure ? [name] : [],
)
export type SegmentColumnName = keyof typeof segmentColumns
export const segmentColumnNames = Object.keys(segmentColumns) as [SegmentColumnName, ...SegmentColumnName[]]

/** A column of the product, or one that a company defined. */
export type AskedColumn = SegmentColumnName | OwnColumnName

/** What definitions are read with besides their own words: the fields of the company that are in use, and its rule of who is a target customer. */
export interface SegmentTerms {
  readonly ownFields: readonly OwnField[]
  readonly target: TargetRule
}

/**
 * Questions: one of some values; every one of them; a text that holds one of some pieces; between two (either may be open); within the last or the coming days; known at all.
 * Each may be turned round.
 */
export const segmentQuestions = ['in', 'all', 'contains', 'between', 'within', 'ahead', 'known'] as const
export type SegmentQuestion = (typeof segmentQuestions)[number]

export interface SegmentCondition {
  readonly column: AskedColumn
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
  text: ['in', 'contains', 'known'],
  long: ['contains', 'known'],
  tags: ['in', 'all', 'known'],
  number: ['between', 'known'],
  money: ['between', 'known'],
  share: ['between', 'known'],
  day: ['between', 'within', 'known'],
  date: ['between', 'within', 'ahead', 'known'],
  flag: ['known'],
}

/** What a column holds; nothing for a field of the company that is not (or no longer) in use. */
export function columnOf(column: AskedColumn, ownFields: readonly OwnField[]): SegmentColumn | undefined {
  const fieldId = fieldOfColumn(column)
  if (fieldId === null) return segmentColumns[column as SegmentColumnName]
  const field = ownFields.find(({ id, removed }) => id === fieldId && !removed)
  if (!field) return undefined
  const keys = field.choices.map(({ key }) => key)
  switch (field.type) {
    case 'day':
      return { kind: 'date' }
    case 'link':
      return { kind: 'long' }
    case 'yes':
      return { kind: 'word', words: yesNo }
    case 'choice':
      return { kind: 'word', words: keys }
    case 'choices':
      return { kind: 'tags', words: keys }
    default:
      return { kind: field.type }
  }
}

export const questionsFor = (kind: SegmentColumnKind): readonly SegmentQuestion[] => questionsOf[kind]

/** What is wrong with a definition: the place of a condition and a stable reason; empty where it can be asked. */
export function segmentProblems(
  { groups }: SegmentDefinition,
  ownFields: readonly OwnField[],
): readonly { readonly field: string; readonly reason: string }[] {
  return groups.flatMap(({ conditions }, g) =>
    conditions.flatMap((condition, c) => {
      const column = columnOf(condition.column, ownFields)
      const reason = column === undefined ? 'no-such-field' : problemOf(condition, column)
      return reason === null ? [] : [{ field: `definition.groups.${g}.conditions.${c}`, reason }]
    }),
  )
}

function problemOf({ is, values, from, to, days }: SegmentCondition, { kind, words }: SegmentColumn): string | null {
  if (!questionsOf[kind].includes(is)) return 'not-for-this-column'
  if (is === 'in' || is === 'all' || is === 'contains') {
    if (values === undefined || values.length === 0 || values.some((value) => value.trim() === '')) return 'values-missing'
    return words !== undefined && values.some((value) => !words.includes(value)) ? 'unknown-word' : null
  }
  if (is === 'within' || is === 'ahead') return days === undefined ? 'days-missing' : null
  if (is === 'known') return null
  if (from === undefined && to === undefined) return 'bounds-missing'
  const fits = (bound: number | string | undefined) =>
    bound === undefined || (kind === 'day' || kind === 'date' ? typeof bound === 'string' && isDay(bound) : typeof bound === 'number')
  if (!fits(from) || !fits(to)) return 'wrong-bound'
  return from !== undefined && to !== undefined && from > to ? 'bounds-turned' : null
}
