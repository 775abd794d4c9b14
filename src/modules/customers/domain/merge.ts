import { type ArchiveField, type ArchiveValues, archiveFields, type FieldValue, isKnown } from './archive.ts'
import { changesOf, type FieldChange, sameValue } from './change.ts'

/** Whose value a field takes when two archives become one; 'both' for lists and notes, which can hold both. */
export const mergeChoices = ['survivor', 'other', 'both'] as const
export type MergeChoice = (typeof mergeChoices)[number]
export type MergeChoices = Readonly<Partial<Record<ArchiveField, MergeChoice>>>

/** A field of which both archives know something, and not the same. */
export interface MergeQuestion {
  readonly field: ArchiveField
  readonly survivor: FieldValue
  readonly other: FieldValue
  readonly choices: readonly MergeChoice[]
  /** What happens where nobody chooses. */
  readonly usual: MergeChoice
}

const joinable: readonly ArchiveField[] = ['tags', 'note', 'interests']

/** What has to be decided before two archives become one, in the order of the archive's fields. What only one of them knows is no question: it is kept. */
export function mergeQuestions(survivor: ArchiveValues, other: ArchiveValues): readonly MergeQuestion[] {
  return archiveFields.flatMap((field) => {
    const [mine, theirs] = [survivor[field] ?? null, other[field] ?? null]
    if (!isKnown(mine) || !isKnown(theirs) || sameValue(mine, theirs)) return []
    const both = joinable.includes(field)
    const choices: readonly MergeChoice[] = both ? ['both', 'survivor', 'other'] : ['survivor', 'other']
    return [{ field, survivor: mine, other: theirs, choices, usual: choices[0]! }]
  })
}

/** What becomes of the survivor's archive. Choices on fields that are no question do not matter. */
export function mergeChanges(survivor: ArchiveValues, other: ArchiveValues, choices: MergeChoices): readonly FieldChange[] {
  const asked = new Map(mergeQuestions(survivor, other).map((question) => [question.field, question]))
  const patch = archiveFields.flatMap((field): (readonly [ArchiveField, FieldValue])[] => {
    const theirs = other[field] ?? null
    const question = asked.get(field)
    if (!question) return isKnown(survivor[field]) || !isKnown(theirs) ? [] : [[field, theirs]]
    const choice = choices[field] ?? question.usual
    if (choice === 'survivor') return []
    return [[field, choice === 'other' ? theirs : joined(question.survivor, theirs)]]
  })
  return changesOf(survivor, Object.fromEntries(patch) as ArchiveValues)
}

/** Addresses and numbers of either that the merged archive no longer has as its main ones, beside the one that was chosen. */
export function lostAddresses(
  survivor: ArchiveValues,
  other: ArchiveValues,
  choices: MergeChoices,
): readonly { readonly kind: 'email' | 'phone' | 'address'; readonly value: string; readonly chosen: string }[] {
  const questions = new Map(mergeQuestions(survivor, other).map((question) => [question.field, question]))
  return (['email', 'phone', 'address'] as const).flatMap((kind) => {
    const question = questions.get(kind)
    if (!question) return []
    const [mine, theirs] = [String(question.survivor), String(question.other)]
    return [choices[kind] === 'other' ? { kind, value: mine, chosen: theirs } : { kind, value: theirs, chosen: mine }]
  })
}

const longestNote = 5000

function joined(mine: FieldValue, theirs: FieldValue): FieldValue {
  if (Array.isArray(mine) || Array.isArray(theirs)) return [...new Set([...[mine ?? []].flat(), ...[theirs ?? []].flat()])].slice(0, 50)
  return `${String(mine)}\n${String(theirs)}`.slice(0, longestNote)
}

/** What a merge changed, held against the archive of today: what can be set back, and what somebody has set to something else since, so that nobody can say whose it is. */
export function backFrom(
  changes: readonly FieldChange[],
  now: ArchiveValues,
): { readonly back: readonly FieldChange[]; readonly since: readonly ArchiveField[] } {
  const still = changes.filter(({ field, after }) => sameValue(now[field] ?? null, after))
  return {
    back: still.map(({ field, before, after }) => ({ field, before: after, after: before })),
    since: changes.filter((change) => !still.includes(change)).map(({ field }) => field),
  }
}
