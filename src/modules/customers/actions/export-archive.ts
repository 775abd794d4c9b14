import type { Cell } from '#platform/tabular/csv-writer.ts'
import { type ArchiveField, extendedFields, type FieldValue } from '../domain/archive.ts'
import type { OwnValue } from '../domain/own-fields.ts'
import type { OwnFieldSetting } from '../settings.ts'
import type { Manner } from './export-manner.ts'

/** Fields of the archive that no list shows, as columns of a file: under their own names, as an import reads them. */
export const furtherArchive = [
  'givenName',
  'familyName',
  'gender',
  'birthday',
  'language',
  'address',
  'country',
  'postcode',
  ...extendedFields,
  'note',
] as const satisfies readonly ArchiveField[]

/** What a field of the archive holds, as a file writes it. `people`: names of those who look after customers. */
export function archiveCell(field: ArchiveField, value: FieldValue, how: Manner, people: ReadonlyMap<string, string>): Cell {
  if (value === null) return null
  if (typeof value !== 'string') return value.join(', ')
  switch (field) {
    case 'kind':
    case 'role':
    case 'phase':
      return how.coded(field, value)
    case 'preferredChannel':
      return how.coded('likedChannel', value)
    case 'priceSensitivity':
      return how.coded('sensitivity', value)
    case 'expectationBefore':
    case 'expectationDuring':
    case 'expectationAfter':
      return how.coded('expectation', value)
    case 'birthday':
      return { date: value }
    case 'ownerId':
      return people.get(value) ?? value
    default:
      return value
  }
}

/** What a field that the company defined holds, as a file writes it. */
export function ownCell({ type, choices }: Pick<OwnFieldSetting, 'type' | 'choices'>, value: OwnValue, how: Manner): Cell {
  if (value === null) return null
  const chosen = (key: string) => how.named(key, choices.find((choice) => choice.key === key)?.names)
  if (Array.isArray(value)) return (value as readonly string[]).map(chosen).join(', ')
  if (type === 'money') return how.money(Number(value))
  if (type === 'number') return { decimal: String(value) }
  if (type === 'day') return { date: String(value) }
  if (type === 'yes') return how.flag(value === true)
  return type === 'choice' ? chosen(String(value)) : String(value)
}
