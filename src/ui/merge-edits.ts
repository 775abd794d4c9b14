/** A record as a form holds it: values that survive JSON. */
type Values = Readonly<Record<string, unknown>>

export interface MergedEdits {
  /** What somebody else changed and this form had left alone: taken over. */
  readonly taken: Values
  /** What both changed, to different values: the person decides. */
  readonly disputed: readonly string[]
}

/** Three-way comparison field by field: what the form began with, what it holds now, and what somebody else has saved meanwhile. Nothing known (undefined, null, '') is one value. */
export function mergeEdits(began: Values, mine: Values, theirs: Values): MergedEdits {
  const changed = Object.keys(theirs).filter((field) => !isSame(began[field], theirs[field]))
  const untouched = changed.filter((field) => isSame(began[field], mine[field]))
  return {
    taken: Object.fromEntries(untouched.map((field) => [field, theirs[field]])),
    disputed: changed.filter((field) => !untouched.includes(field) && !isSame(mine[field], theirs[field])),
  }
}

/** Whether something else stands there than what the form began with. */
export const hasEdits = (began: Values, mine: Values): boolean => Object.keys(mine).some((field) => !isSame(began[field], mine[field]))

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(known(a), tidied) === JSON.stringify(known(b), tidied)
/** What is saved is tidied up: spaces around a word are no change. */
const tidied = (_: string, value: unknown) => (typeof value === 'string' ? value.trim() : value)
const known = (value: unknown) =>
  value === undefined || tidied('', value) === '' || (Array.isArray(value) && value.length === 0) ? null : value
