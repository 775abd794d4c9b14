import type { Language } from './texts.ts'

/** What is wrong with a way of saying something: it takes back what was just granted, blames, claims too much, sends away, or argues (G-21, G-27). */
export const phraseKinds = ['contradiction', 'blame', 'absolute', 'brush-off', 'argument'] as const
export type PhraseKind = (typeof phraseKinds)[number]

/** Words that are better not said. With several parts, one of each has to follow in one sentence, with no more than `gap` characters between two. */
export interface PhraseRule {
  readonly key: string
  readonly language: Language
  readonly kind: PhraseKind
  readonly parts: readonly (readonly string[])[]
  readonly gap: number
  /** How it can be said instead, the best first. */
  readonly proposals: readonly string[]
}

export interface PhraseHint {
  /** Where in the text, in UTF-16 units: `text.slice(start, end)`. */
  readonly start: number
  readonly end: number
  /** Where the last part begins, which is what a proposal takes the place of. */
  readonly lastStart: number
  readonly rule: string
  readonly kind: PhraseKind
  /** The key of what is said about it, in the texts of this module. */
  readonly message: `phrase.${PhraseKind}`
  readonly proposals: readonly string[]
}

/** Of longer texts only the beginning is looked at. */
const longestText = 20_000

/** Where a text says what is better said otherwise, in its order; of hints that overlap the first and longest stands. */
export function phraseHints(text: string, language: Language, rules: readonly PhraseRule[]): PhraseHint[] {
  const plain = plainly(text.slice(0, longestText))
  const found = rules
    .filter((rule) => rule.language === language)
    .flatMap((rule) =>
      matchesOf(plain, rule).map(({ start, lastStart, end }) => ({
        start,
        end,
        lastStart,
        rule: rule.key,
        kind: rule.kind,
        message: `phrase.${rule.kind}` as const,
        proposals: rule.proposals,
      })),
    )
    .toSorted((a, b) => a.start - b.start || b.end - a.end)
  const hints: PhraseHint[] = []
  for (const hint of found) if (hint.start >= (hints.at(-1)?.end ?? 0)) hints.push(hint)
  return hints
}

/** In small letters and with one kind of apostrophe, every character at its place. */
const plainly = (text: string): string =>
  text.replaceAll('’', "'").replace(/\p{Lu}/gu, (letter) => (letter.toLowerCase().length === letter.length ? letter.toLowerCase() : letter))

interface Match {
  readonly start: number
  readonly lastStart: number
  readonly end: number
}

function matchesOf(text: string, { parts, gap }: PhraseRule): Match[] {
  const [first = [], ...rest] = parts
  const matches: Match[] = []
  for (let from = 0; from < text.length; ) {
    const begin = nextOf(text, first, from, text.length)
    if (!begin) break
    const last = rest.reduce<[number, number] | null>((at, words) => at && followedBy(text, words, at[1], gap), begin)
    if (last) matches.push({ start: begin[0], lastStart: last[0], end: last[1] })
    from = last?.[1] ?? begin[0] + 1
  }
  return matches
}

/** Where one of some words stands that follows in the same sentence; null where none does. */
function followedBy(text: string, words: readonly string[], after: number, gap: number): [start: number, end: number] | null {
  const rest = text.slice(after, after + gap)
  const sentence = /[.!?。！？；;\n]/.exec(rest)?.index ?? rest.length
  return nextOf(text, words, after, after + sentence)
}

/** The first place at which one of some words begins, at or behind a place and not behind another; of several that begin there the longest. */
function nextOf(text: string, words: readonly string[], from: number, last: number): [start: number, end: number] | null {
  let best: [number, number] | null = null
  for (const written of words) {
    const word = plainly(written.trim())
    if (word === '') continue
    for (let at = text.indexOf(word, from); at >= 0 && at <= last; at = text.indexOf(word, at + 1)) {
      if (!standsAlone(text, at, word)) continue
      if (best === null || at < best[0] || (at === best[0] && at + word.length > best[1])) best = [at, at + word.length]
      break
    }
  }
  return best
}

/** Words of languages with blanks are no parts of longer ones; Chinese has none. */
const standsAlone = (text: string, at: number, word: string): boolean => {
  const joins = (one: string | undefined, other: string | undefined) =>
    one !== undefined && other !== undefined && letter.test(one) && letter.test(other) && !han.test(one) && !han.test(other)
  return !joins(text[at - 1], word[0]) && !joins(word.at(-1), text[at + word.length])
}
const letter = /[\p{L}\p{N}]/u
const han = /\p{Script=Han}/u

/**
 * A text with a proposal in the place of what a hint is about. Of words that follow each other only the last goes: “yes, … but” with “yes, and” becomes “yes, … and”, 是的，但是 with 是…而… becomes 是的，而.
 * The first letter stays as large as it was.
 */
export function rewritten(
  text: string,
  { start, lastStart, end }: Pick<PhraseHint, 'start' | 'lastStart' | 'end'>,
  proposal: string,
): string {
  const pieces = proposal.split(lastStart > start ? /…|[,，]/ : /…/).map((piece) => piece.trim())
  const words = pieces.findLast((piece) => piece !== '') ?? proposal
  const gone = text.slice(lastStart, end)
  const large = /^\p{Lu}/u.test(gone) ? `${words.charAt(0).toUpperCase()}${words.slice(1)}` : words
  return `${text.slice(0, lastStart)}${large}${text.slice(end)}`
}

/** What is wrong with a rule that somebody writes; the place is that of the contract. */
export function phraseRuleProblems(rules: readonly PhraseRule[]): { readonly field: string; readonly reason: string }[] {
  const keys = rules.map(({ key }) => key)
  return rules.flatMap(({ key, parts }, i) => [
    ...(keys.indexOf(key) < i ? [{ field: `rules[${i}].key`, reason: 'taken-twice' }] : []),
    ...parts.flatMap((words, j) =>
      words.every((word) => word.trim() === '') ? [{ field: `rules[${i}].parts[${j}]`, reason: 'required' }] : [],
    ),
  ])
}
