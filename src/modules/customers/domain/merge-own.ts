import type { MergeChoice } from './merge.ts'
import { type OwnCell, type OwnField, type OwnValue, ownValueOf } from './own-fields.ts'

/** What own fields hold, as it is stored, by field. */
export type OwnCells = Readonly<Record<string, readonly OwnCell[]>>

/** An own field of which both archives know something, and not the same. */
export interface OwnMergeQuestion {
  readonly fieldId: string
  readonly survivor: readonly OwnCell[]
  readonly other: readonly OwnCell[]
  readonly choices: readonly MergeChoice[]
  /** What happens where nobody chooses. */
  readonly usual: MergeChoice
}

/** What a merge did to one own field: what both held, and what stands there since. */
export interface OwnMerge {
  readonly fieldId: string
  readonly survivor: readonly OwnCell[]
  readonly other: readonly OwnCell[]
  readonly written: readonly OwnCell[]
}

type Typed = Pick<OwnField, 'id' | 'type'>

/** What has to be decided about own fields before two archives become one, in the order of the fields. What only one of them knows is no question: it is kept. */
export function ownQuestions(fields: readonly Typed[], survivor: OwnCells, other: OwnCells): readonly OwnMergeQuestion[] {
  return fields.flatMap(({ id, type }) => {
    const [mine, theirs] = [survivor[id] ?? [], other[id] ?? []]
    if (mine.length === 0 || theirs.length === 0 || sameCells(mine, theirs)) return []
    const choices: readonly MergeChoice[] = type === 'choices' ? ['both', 'survivor', 'other'] : ['survivor', 'other']
    return [{ fieldId: id, survivor: mine, other: theirs, choices, usual: choices[0]! }]
  })
}

/** What becomes of the fields that are questions; a choice that a field does not offer does not matter. */
export const ownMerges = (questions: readonly OwnMergeQuestion[], choices: Readonly<Record<string, MergeChoice>>): readonly OwnMerge[] =>
  questions.map(({ fieldId, survivor, other, choices: offered, usual }) => {
    const chosen = choices[fieldId]
    const choice = chosen !== undefined && offered.includes(chosen) ? chosen : usual
    return { fieldId, survivor, other, written: choice === 'both' ? joined(survivor, other) : choice === 'other' ? other : survivor }
  })

/** Every own field that the other knows and that is no question, because the survivor knows nothing or the same: it is kept, and written down, so that the way back knows whose it was. */
export const ownKept = (questions: readonly OwnMergeQuestion[], survivor: OwnCells, other: OwnCells): readonly OwnMerge[] =>
  Object.entries(other)
    .filter(([id, theirs]) => theirs.length > 0 && !questions.some(({ fieldId }) => fieldId === id))
    .map(([fieldId, theirs]) => {
      const mine = survivor[fieldId] ?? []
      return { fieldId, survivor: mine, other: theirs, written: mine.length > 0 ? mine : theirs }
    })

/** Fields that hold something else by now than the merge wrote, so that nobody can say whose it is. */
export const ownSince = (merges: readonly OwnMerge[], now: OwnCells): readonly string[] =>
  merges.filter(({ fieldId, written }) => !sameCells(now[fieldId] ?? [], written)).map(({ fieldId }) => fieldId)

/** What some cells say, for a field whose definition may have changed since they were written. */
export const valueOfCells = (field: Typed, cells: readonly OwnCell[]): OwnValue =>
  ownValueOf({ required: false, choices: [], removed: false, ...field }, cells)

export const sameCells = (a: readonly OwnCell[], b: readonly OwnCell[]): boolean => plain(a) === plain(b)
/** What is chosen among several has no order. */
const plain = (cells: readonly OwnCell[]) =>
  JSON.stringify(cells.map(({ word, number, passage }) => [word, number, passage ?? null]).sort())

const joined = (mine: readonly OwnCell[], theirs: readonly OwnCell[]): readonly OwnCell[] => [
  ...mine,
  ...theirs.filter(({ word }) => !mine.some((one) => one.word === word)),
]
