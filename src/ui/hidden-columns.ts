import { usePreference } from './preferences.ts'

interface Hideable {
  readonly key: string
  /** Not shown until a person asks for it. */
  readonly optional?: boolean
}

/** Which columns of a table this person does not see; whoever changes them changes the table. */
export const useHiddenColumns = (name: string, columns: readonly Hideable[]) =>
  usePreference<readonly string[]>(`table.${name}.hidden`, initiallyHidden(columns))

const initiallyHidden = (columns: readonly Hideable[]): readonly string[] =>
  columns.filter(({ optional }) => optional).map(({ key }) => key)

/** Which columns a saved view leaves out; one from before columns were kept shows the usual ones. */
export const hiddenBy = (shown: readonly string[], columns: readonly Hideable[]): readonly string[] =>
  shown.length === 0 ? initiallyHidden(columns) : columns.map(({ key }) => key).filter((key) => !shown.includes(key))
