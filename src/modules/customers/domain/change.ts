import { type ArchiveField, type ArchiveValues, archiveFields, type FieldValue, isKnown } from './archive.ts'

/** One field of an archive that became something else. */
export interface FieldChange {
  readonly field: ArchiveField
  readonly before: FieldValue
  readonly after: FieldValue
}

/** What a patch really changes, in the order of the archive's fields. Empty text and an empty list are "not known". */
export function changesOf(before: ArchiveValues, patch: ArchiveValues): readonly FieldChange[] {
  return archiveFields.flatMap((field) => {
    if (patch[field] === undefined) return []
    const change = { field, before: plain(before[field]), after: plain(patch[field]) }
    return sameValue(change.before, change.after) ? [] : [change]
  })
}

/** Which value holds where a person and a source say different things. */
export const precedences = ['hand', 'source'] as const
export type Precedence = (typeof precedences)[number]

export interface SourceMerge {
  readonly changes: readonly FieldChange[]
  /** Fields where the hand's value stays although the source says otherwise. */
  readonly kept: readonly ArchiveField[]
}

/**
 * What a source's record changes in an archive. A source that is silent about a field changes nothing. A value that was set by hand stays, unless `precedence`
 * is 'source'; it is then reported in `kept`. The tags of a source are added to those that are there.
 */
export function mergeSource(
  current: ArchiveValues,
  handFields: readonly string[],
  said: ArchiveValues,
  precedence: Precedence = 'hand',
): SourceMerge {
  const patch: Partial<Record<ArchiveField, FieldValue>> = {}
  for (const field of archiveFields) {
    const value = said[field]
    if (value === undefined || !isKnown(value)) continue
    patch[field] = Array.isArray(value) ? [...new Set([...((current[field] as readonly string[] | null) ?? []), ...value])] : value
  }
  const wanted = changesOf(current, patch)
  const held = (field: ArchiveField) => precedence === 'hand' && handFields.includes(field)
  return { changes: wanted.filter(({ field }) => !held(field)), kept: wanted.filter(({ field }) => held(field)).map(({ field }) => field) }
}

/** The archive after the changes. */
export const changed = (values: ArchiveValues, changes: readonly FieldChange[]): ArchiveValues => ({
  ...values,
  ...Object.fromEntries(changes.map(({ field, after }) => [field, after])),
})

/**
 * What undoing a run does to one field: restore `before`, unless somebody has set something else since (then it is left and reported).
 */
export const undoable = (change: FieldChange, now: FieldValue): boolean => sameValue(plain(change.after), plain(now))

/** Where sources say something else than the archive: silent sources and equal values are left out, and so are tags that the archive has. */
export function differences(
  values: ArchiveValues,
  sources: readonly { readonly source: string; readonly fields: ArchiveValues }[],
): readonly { readonly field: ArchiveField; readonly source: string; readonly says: string | readonly string[] }[] {
  return sources.flatMap(({ source, fields }) =>
    mergeSource(values, [], fields).changes.flatMap(({ field }) => {
      const says = plain(fields[field])
      return says === null ? [] : [{ field, source, says }]
    }),
  )
}

export function sameValue(a: FieldValue, b: FieldValue): boolean {
  if (a === null || b === null || typeof a === 'string' || typeof b === 'string') return a === b
  return a.length === b.length && a.every((item, i) => item === b[i])
}

const plain = (value: FieldValue | undefined): FieldValue => {
  if (value === undefined || !isKnown(value)) return null
  return typeof value === 'string' ? value.trim() : value
}
