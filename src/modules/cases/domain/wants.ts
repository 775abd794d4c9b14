import type { CaseRecord } from './event.ts'
import type { Want } from './figures/assignment.ts'
import type { Kind } from './taxonomy.ts'

/** What of a case says what its handler should be able to. */
export interface Asking extends Pick<CaseRecord, 'language' | 'category' | 'mood' | 'severity'> {
  readonly kind: Kind
  /** The kind of the product that it is about, and what else it is called; none where it is about no product. */
  readonly productCategory: string | null
  readonly productWords: readonly string[]
  /** What the kind and the category are called in every language, as people write them who say what they know well. */
  readonly kindWords: readonly string[]
  readonly categoryWords: readonly string[]
}

/** How a language, and something that somebody knows well, is written among skills. Words that differ only in case, width or spaces are the same. */
export const languageSkill = (language: string): string => `language:${language}`
export const fieldSkill = (word: string): string => `field:${word.normalize('NFKC').trim().toLowerCase()}`

/** Who has this much of an ability is asked for where it matters; 5 teaches others. */
const good = 3

/**
 * What a case asks of its handler, the weightiest first: to write as the customer does; to know the goods, the matter, the kind of case; and of what everybody is judged by (P-06), how somebody meets people where the
 * customer is upset or the matter grave, knowledge where something is asked, skill where something is to be repaired. Experience is asked for besides, by severity.
 */
export function wantsOf(asking: Asking): readonly Want[] {
  const { language, kind, category, mood, severity, productCategory } = asking
  const field = (what: Want['what'], of: string, words: readonly string[]): Want => ({
    ...{ what, of, level: 1 },
    any: [...new Set([of, ...words].map(fieldSkill))],
  })
  const ability = (what: 'attitude' | 'knowledge' | 'skill'): Want => ({ what, of: null, any: [what], level: good })
  const upset = mood === 'angry' || mood === 'conceited' || severity <= 2 || category === 'service'
  const asks = kind === 'enquiry' || kind === 'custom-request' || mood === 'mistaken'
  const mends = kind === 'repair' || kind === 'claim' || category === 'product-quality'
  return [
    ...(language === null ? [] : [{ what: 'language', of: language, any: [languageSkill(language)], level: 1 } as const]),
    ...(productCategory === null ? [] : [field('product', productCategory, asking.productWords)]),
    ...(category === null ? [] : [field('category', category, asking.categoryWords)]),
    field('kind', kind, asking.kindWords),
    ...(upset ? [ability('attitude')] : []),
    ...(asks ? [ability('knowledge')] : []),
    ...(mends ? [ability('skill')] : []),
  ]
}
