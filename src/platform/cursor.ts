import { refuse } from './refusal.ts'

/** A place in a sorted list, as opaque text. It holds the sort values of the last row that was shown, ending with its id. */
export type Place = readonly (string | number | null)[]

export const cursorOf = (place: Place): string => Buffer.from(JSON.stringify(place)).toString('base64url')

/** What a value of a place is; 'day' includes '-infinity', which stands for never. */
export type PlaceKind = 'text' | 'whole' | 'number' | 'day' | 'instant' | 'uuid'

/** The place that a cursor names; refused when it was not made by `cursorOf` with values of these kinds, so that whoever makes one up learns nothing from the database. */
export function placeOf(cursor: string, kinds: readonly PlaceKind[]): Place {
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (Array.isArray(place) && place.length === kinds.length && kinds.every((kind, i) => isOfKind[kind](place[i]))) return place
  } catch {
    // falls through to the refusal below: a cursor that is no JSON is as foreign as one of another list
  }
  throw foreignCursor()
}

/** Where a list by time goes on: behind this moment and id; null at its beginning. */
export function timePlace(cursor: string | undefined): { readonly at: Date; readonly id: string } | null {
  if (cursor === undefined) return null
  const [at, id] = placeOf(cursor, ['instant', 'uuid'])
  return { at: new Date(String(at)), id: String(id) }
}

/** Also where a cursor names a row by its id alone, which is not there any more. */
export const foreignCursor = () =>
  refuse('invalid', 'foreign-cursor', 'This cursor does not belong to this list; start again without it', {
    fields: [{ field: 'cursor', reason: 'foreign-cursor', detail: 'It was not made by this list' }],
  })

const isOfKind: Readonly<Record<PlaceKind, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string',
  whole: Number.isSafeInteger,
  number: Number.isFinite,
  day: (value) => value === '-infinity' || isWritten(value, (moment) => moment.slice(0, 10)),
  instant: (value) => isWritten(value, (moment) => moment),
  uuid: (value) => typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value),
}

/** Whether a text is a moment as this product writes it. */
function isWritten(value: unknown, form: (moment: string) => string): boolean {
  if (typeof value !== 'string' || !/^(?!0000)\d{4}-/.test(value)) return false
  const moment = new Date(value)
  return !Number.isNaN(moment.getTime()) && form(moment.toISOString()) === value
}
