import { refuse } from './refusal.ts'

/** A place in a sorted list, as opaque text. It holds the sort values of the last row that was shown, ending with its id. */
export type Place = readonly (string | number | null)[]

export const cursorOf = (place: Place): string => Buffer.from(JSON.stringify(place)).toString('base64url')

/** The place that a cursor names; refused when it was not made by `cursorOf` with as many values. */
export function placeOf(cursor: string, length: number): Place {
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    const plain =
      Array.isArray(place) && place.length === length && place.every((v) => v === null || typeof v === 'string' || typeof v === 'number')
    if (plain) return place
  } catch {
    // falls through to the refusal below: a cursor that is no JSON is as foreign as one of another list
  }
  throw refuse('invalid', 'foreign-cursor', 'This cursor does not belong to this list; start again without it', {
    fields: [{ field: 'cursor', reason: 'foreign-cursor', detail: 'It was not made by this list' }],
  })
}
