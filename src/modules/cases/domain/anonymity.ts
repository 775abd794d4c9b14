/**
 * Whether a text that anybody may read names somebody: what is looked for and where it is looked for come folded (small letters, one script of Chinese), so that no spelling hides a name.
 */
export interface Naming {
  readonly reason: 'names-somebody' | 'contact-data'
  /** What gives them away, as it stands in the text. */
  readonly word: string
}

/** A short word of an archive, such as a city, is that of many; a name always counts. */
export const isTellingWord = (word: string): boolean => [...word.trim()].length >= (isHan(word) ? 2 : /\s/.test(word.trim()) ? 4 : 6)

/** The number of a case or of an order says whose it is, unless it is so short or so plain that it may be a year or a count. */
export const isTellingNumber = (number: string): boolean =>
  /^\d+$/.test(number.trim()) ? number.trim().length >= 6 : number.trim().length >= 4

/** `words`: names, addresses and numbers of those who are meant; `persons`: of these the names of people, who are also known by their surname with a title. */
export function namingsIn(
  text: string,
  { words, persons }: { readonly words: readonly string[]; readonly persons: readonly string[] },
): readonly Naming[] {
  // What anybody would see to be contact data is refused whether we know it or not, so that nobody learns by trying whose it is.
  const contacts = [...(text.match(new RegExp(mail, 'giu')) ?? []), ...(text.match(numbers) ?? []).filter(isPhone).map((run) => run.trim())]
  if (contacts.length > 0) return unique(contacts).map((word) => ({ reason: 'contact-data', word }))
  const named = [...words, ...persons].filter((word) => isName(word) && stands(text, word))
  const titled = persons.flatMap((name) => titledIn(text, name) ?? [])
  // A part of another word that was found, such as the name within an address, is not said beside it.
  const all = unique([...named, ...titled])
  return all
    .filter((word) => !all.some((other) => other !== word && other.includes(word)))
    .map((word) => ({ reason: 'names-somebody', word }))
}
const unique = (words: readonly string[]): readonly string[] => [...new Set(words)]

/** The same text without what somebody could be reached by; the rest stays. */
export function withoutContactData(text: string): string {
  return text.replace(new RegExp(mail, 'giu'), hidden).replace(numbers, (run) => (isPhone(run) ? run.replace(/\S(?:.*\S)?/s, hidden) : run))
}
const hidden = '…'

const isHan = (text: string) => /\p{Script=Han}/u.test(text)
/** One letter names nobody. */
const isName = (word: string) => [...word].length >= 2
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Latin words count where they stand as words of their own, Chinese ones anywhere. */
const stands = (text: string, word: string) =>
  isHan(word) ? text.includes(word) : new RegExp(`(?<![\\p{L}\\p{N}])${escaped(word)}(?![\\p{L}\\p{N}])`, 'iu').test(text)

/** 王先生 for 王小明, Mr Miller for Anna Miller. */
function titledIn(text: string, name: string): string | null {
  if (isHan(name)) {
    const surname = twoCharacterSurnames.includes(name.slice(0, 2)) ? name.slice(0, 2) : name.slice(0, 1)
    return new RegExp(`${escaped(surname)}(?:先生|女士|小姐|太太|总|经理)`, 'u').exec(text)?.[0] ?? null
  }
  const surname = name.split(/\s+/).at(-1) ?? ''
  if ([...surname].length < 2) return null
  return new RegExp(`(?<![\\p{L}])(?:mr|mrs|ms|miss|dr|herr|frau|mme)\\.?\\s+${escaped(surname)}(?![\\p{L}])`, 'iu').exec(text)?.[0] ?? null
}
const twoCharacterSurnames = ['欧阳', '司马', '上官', '诸葛', '夏侯', '皇甫', '尉迟', '公孙', '慕容', '令狐', '司徒', '东方']

const mail = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/iu

/** Figures with the signs that telephone numbers are written with. */
const numbers = /\+?\(?\d[\d\s()/.-]{5,24}\d/g

/** Seven figures and more that are neither days nor a sum with decimals. */
function isPhone(run: string): boolean {
  const without = run.replace(/\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}/g, ' ').trim()
  if (/^\d+\.\d{1,2}$/.test(without)) return false
  const figures = without.replace(/\D/g, '').length
  // Years one behind the other are no number.
  if (/^(?:(?:19|20)\d\d[\s/-]*)+$/.test(without)) return false
  return figures >= 7 && figures <= 15
}
