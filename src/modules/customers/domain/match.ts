export interface Matched {
  readonly by: 'name' | 'company' | 'email' | 'phone' | 'key' | 'other'
  /** What it was found in, as it is written there. */
  readonly text: string
}

/**
 * In which of a customer's texts a part of a query (in lower case, as `searchPrefix` makes it) was found: the first that has a word beginning with it, figures
 * compared without separators. What none of them shows was found by pinyin, folded characters, or a key person.
 */
export function matchOf(part: string, texts: Readonly<Record<'name' | 'company' | 'email' | 'phone' | 'key', string | null>>): Matched {
  const digits = /^\d+$/.test(part)
  for (const by of ['name', 'company', 'email', 'phone', 'key'] as const) {
    const text = texts[by]
    if (text === null) continue
    const plain = text.normalize('NFKC').toLowerCase()
    const at = plain.indexOf(part)
    const begins = at >= 0 && (at === 0 || /\p{Script=Han}/u.test(part) || !/[\p{L}\p{N}]/u.test(plain[at - 1]!))
    if (begins || (digits && by === 'phone' && plain.replace(/\D/g, '').includes(part))) return { by, text }
  }
  return { by: 'other', text: part }
}
