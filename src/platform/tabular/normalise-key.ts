import { pinyin } from 'pinyin-pro'
import { foldHan } from './fold-han.ts'

const keyLimit = 12
const lengthLimit = 64

/**
 * The keys under which a text (a name, an address, a telephone number) is found by their beginnings; `searchPrefix` makes the parts of a query that must each begin one of them.
 * Folded by NFKC, lower case, without accents, Traditional characters as Simplified.
 * - The whole text and each of its words, so that any word can be looked for.
 * - Every end of a run of Han characters (小明 finds 王小明), its pinyin without tones (ü as v) and the initials of its pinyin.
 * - For numbers of seven figures and more: the figures alone, without the country code, and the last four.
 * At most 12 keys of at most 64 characters, none the beginning of another.
 */
export function searchKeys(text: string): string[] {
  return asciiKeys(text) ?? hanKeys(text) ?? foldedKeys(fold(text))
}

/** The parts of a query; a text is found when each of them begins one of its keys. */
export function searchPrefix(query: string): string[] {
  const folded = fold(query)
  const number = phoneDigits(folded)
  if (number !== undefined) return [number.slice(0, lengthLimit)]
  const parts = folded.match(runs) ?? []
  return [...new Set(parts.map((part) => part.slice(0, lengthLimit)))].slice(0, keyLimit)
}

/** The folded form under which two texts count as the same: NFKC, lower case, no accents, Traditional as Simplified, single blanks. */
export function fold(text: string): string {
  if (plainAscii.test(text)) return text.toLowerCase().trim().replace(/\s+/g, ' ')
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .normalize('NFKC')
    .toLowerCase()
  return foldHan(plain.replace(/[ßæœøđłþıð]/g, (c) => letters[c] ?? c))
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim()
}

const plainAscii = /^[\t -~]*$/
const han = /^\p{Script=Han}/u
const runs = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu
const letters: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ł: 'l', þ: 'th', ı: 'i', ð: 'd' }

/**
 * The fast road, in one pass, for texts that need no folding but lower case: the whole text and the words after the first, which the whole text covers. Undefined for texts with
 * other characters or irregular blanks, and for numbers.
 */
function asciiKeys(text: string): string[] | undefined {
  const folded = text.toLowerCase()
  const length = folded.length
  if (length === 0 || length > lengthLimit) return undefined
  const keys = [folded]
  let start = -1
  let lettersSeen = false
  for (let i = 0; i < length; i++) {
    const c = folded.charCodeAt(i)
    if (c >= 97 && c <= 122) {
      lettersSeen = true
      if (start < 0) start = i
    } else if (c >= 48 && c <= 57) {
      if (start < 0) start = i
    } else {
      if (c < 32 || c > 126 || (c === 32 && (i === 0 || i === length - 1 || folded.charCodeAt(i - 1) === 32))) return undefined
      if (start > 0) addKey(keys, folded.substring(start, i))
      start = -1
    }
  }
  if (!lettersSeen) return undefined
  if (start > 0) addKey(keys, folded.substring(start, length))
  return keys
}

/** The fast road for a text of nothing but common Han characters: most Chinese names. */
function hanKeys(text: string): string[] | undefined {
  const length = text.length
  if (length === 0 || length > keyLimit - 2) return undefined
  for (let i = 0; i < length; i++) {
    const c = text.charCodeAt(i)
    if (c < 0x4e00 || c > 0x9fff) return undefined
  }
  const run = foldHan(text)
  const { whole, initials } = readingOf(run)
  const keys = [run]
  addKey(keys, whole)
  addKey(keys, initials)
  for (let i = 1; i < length; i++) addKey(keys, run.substring(i))
  return keys
}

function foldedKeys(folded: string): string[] {
  if (folded === '') return []
  const number = phoneDigits(folded)
  if (number !== undefined) return withNumber([], folded, number)
  const keys = [folded.slice(0, lengthLimit)]
  const parts = folded.match(runs) ?? []
  for (const part of parts) {
    if (!han.test(part)) addKey(keys, part)
    else {
      addKey(keys, part)
      const { whole, initials } = readingOf(part)
      addKey(keys, whole)
      addKey(keys, initials)
    }
  }
  // Ends of runs come last: where there are too many keys, beginnings and pinyin matter more.
  for (const part of parts) {
    if (!han.test(part)) continue
    const characters = part.length > 1 ? [...part] : []
    for (let i = 1; i < characters.length && keys.length < keyLimit; i++) addKey(keys, characters.slice(i).join(''))
  }
  return keys
}

type Reading = { readonly whole: string; readonly initials: string }
const readings = new Map<string, Reading>()
const readingsKept = 50_000

/** The pinyin of a run of Han characters, its first character read as a surname. Names repeat, so that the latest are kept. */
function readingOf(run: string): Reading {
  const known = readings.get(run)
  if (known) return known
  const syllables = pinyin(run.slice(0, lengthLimit), { toneType: 'none', type: 'array', v: true, surname: 'head' })
  const reading = {
    whole: syllables.join(''),
    initials: syllables.map((syllable) => String.fromCodePoint(syllable.codePointAt(0) ?? 32)).join(''),
  }
  if (readings.size >= readingsKept) readings.clear()
  readings.set(run, reading)
  return reading
}

/** The figures of a text that is a telephone number: at least seven figures and nothing else but the signs that numbers are written with. */
function phoneDigits(folded: string): string | undefined {
  if (folded.length < 7 || folded.length > 40) return undefined
  let digits = 0
  for (let i = 0; i < folded.length; i++) {
    const c = folded.charCodeAt(i)
    if (c >= 48 && c <= 57) digits++
    else if (!(c === 43 && i === 0) && c !== 32 && c !== 45 && c !== 40 && c !== 41 && c !== 46 && c !== 47) return undefined
  }
  return digits >= 7 ? folded.replace(/\D/g, '') : undefined
}

const countryCodes = /^(?:00)?(?:86|852|853|886|1|44|49|33|39|34|7|81|82|65|60|61|91)/

function withNumber(keys: string[], folded: string, number: string): string[] {
  addKey(keys, number)
  if (folded.startsWith('+') || number.startsWith('00')) addKey(keys, number.replace(countryCodes, ''))
  addKey(keys, number.slice(-4))
  return keys
}

function addKey(keys: string[], key: string): void {
  if (key === '') return
  const cut = key.length > lengthLimit ? key.slice(0, lengthLimit) : key
  let covered = -1
  for (let i = 0; i < keys.length; i++) {
    if (keys[i]!.startsWith(cut)) return
    if (cut.startsWith(keys[i]!)) {
      if (covered >= 0) keys.splice(i--, 1)
      else {
        keys[i] = cut
        covered = i
      }
    }
  }
  if (covered < 0 && keys.length < keyLimit) keys.push(cut)
}
