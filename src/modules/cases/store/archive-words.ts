import { fold } from '#platform/tabular/normalise-key.ts'

/** As much of a case is searched: about eight pages. */
const mostCharacters = 12_000
/** Longer words are cut: nobody types them whole. */
const longestWord = 40

const han = /^\p{Script=Han}/u
const runs = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu

/**
 * The words of a text with their places, as PostgreSQL writes a tsvector: folded (NFKC, small letters, no accents, Traditional as Simplified). A run of Chinese characters has no spaces, so each of its
 * characters stands with the one behind it, and the last alone: 包装破损 is 包装, 装破, 破损, 损. Two characters are then found as one word, and more as words one behind the other.
 */
export function wordsOf(text: string): string {
  const places = new Map<string, number[]>()
  let place = 0
  for (const run of fold(text.slice(0, mostCharacters)).match(runs) ?? []) {
    for (const word of wordsIn(run)) {
      place++
      const known = places.get(word)
      if (known === undefined) places.set(word, [place])
      // PostgreSQL keeps no more places of one word.
      else if (known.length < 255) known.push(place)
    }
  }
  return [...places].map(([word, at]) => `'${word}':${at.join(',')}`).join(' ')
}

function wordsIn(run: string): readonly string[] {
  if (!han.test(run)) return [run.slice(0, longestWord)]
  const characters = [...run]
  return characters.map((character, i) => character + (characters[i + 1] ?? ''))
}

/**
 * What is looked for, as PostgreSQL writes a tsquery; null where there is nothing to look for. All words have to occur, Latin ones by their beginnings; Chinese characters that were typed together, and
 * what stands in quotation marks, one behind the other.
 */
export function searchOf(text: string): string | null {
  const parts = fold(text.slice(0, 200)).split(/["“”«»「」『』]/)
  const wanted = parts.flatMap((part, i) => {
    const found = part.match(runs) ?? []
    // What stands in quotation marks is every other part.
    return i % 2 === 1 && i < parts.length - 1 ? (found.length > 0 ? [phraseOf(found)] : []) : found.map((run) => phraseOf([run]))
  })
  return wanted.length === 0 ? null : [...new Set(wanted)].map((one) => `(${one})`).join(' & ')
}

/** Runs one behind the other. Of the last one nobody knows whether the text goes on in the same word, so it is the beginning of one. */
function phraseOf(found: readonly string[]): string {
  return found
    .flatMap((run, i) => {
      const words = wordsIn(run)
      if (i < found.length - 1) return words.map((word) => `'${word}'`)
      if (!han.test(run)) return words.map((word) => `'${word}':*`)
      return words.length === 1 ? [`'${words[0]}':*`] : words.slice(0, -1).map((word) => `'${word}'`)
    })
    .join(' <-> ')
}

const around = 40

/** The place of a text where what was looked for stands, with what stands around it; null where none of it does. */
export function excerptOf(texts: readonly string[], search: string): string | null {
  const wanted = (fold(search).match(runs) ?? []).toSorted((a, b) => b.length - a.length)
  for (const text of texts) {
    const folded = fold(text)
    for (const word of wanted) {
      const at = folded.indexOf(word)
      if (at < 0) continue
      // Folding seldom changes how long a text is; where it does, the folded one is shown.
      const shown = folded.length === text.length ? text : folded
      const from = Math.max(0, at - around)
      const to = Math.min(shown.length, at + word.length + around)
      return `${from > 0 ? '…' : ''}${shown.slice(from, to).replace(/\s+/g, ' ')}${to < shown.length ? '…' : ''}`
    }
  }
  return null
}
