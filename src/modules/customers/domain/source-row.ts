import { type ArchiveField, type ArchiveValues, type CustomerKind, type FieldValue, isKnown, nameOf } from './archive.ts'
import { sameValue } from './change.ts'

const companyWords = new Set([
  'company',
  'business',
  'organisation',
  'organization',
  'firm',
  'b2b',
  '公司',
  '企业',
  '企業',
  '法人',
  '单位',
  '單位',
])
const personWords = new Set(['person', 'individual', 'private', 'consumer', 'b2c', '个人', '個人', '自然人'])

/** What a file's word for the kind of customer means; undefined for a word that nobody knows. */
export function kindOfWord(word: string): CustomerKind | undefined {
  const plain = word.trim().toLowerCase()
  if (companyWords.has(plain)) return 'company'
  return personWords.has(plain) ? 'person' : undefined
}

/** Tags or interests of one cell, separated by commas, semicolons, bars or their Chinese forms; each once, none empty. */
export const tagsOf = (cell: string): readonly string[] => [
  ...new Set(
    cell
      .split(/[,;|，；、]/)
      .map((tag) => tag.trim().slice(0, 60))
      .filter((tag) => tag !== ''),
  ),
]

/** What a source's row says, with the name that its parts give where it has no name of its own. */
export function saidOf(fields: ArchiveValues): ArchiveValues {
  const known = Object.fromEntries(Object.entries(fields).filter(([, value]) => isKnown(value))) as Partial<
    Record<ArchiveField, FieldValue>
  >
  const parts = isKnown(known.givenName) || isKnown(known.familyName)
  return isKnown(known.name) || !parts ? known : { ...known, name: nameOf(known, '') }
}

/** Whether a source says the same as last time. */
export function sameWords(a: ArchiveValues, b: ArchiveValues): boolean {
  const fields = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<ArchiveField>
  return [...fields].every((field) => sameValue(a[field] ?? null, b[field] ?? null))
}
