import type { Language } from './language.ts'

/** "You said / we did": a draft nobody outside sees, what is published anybody reads, what was withdrawn nobody any more. */
export const publicationStates = ['draft', 'published', 'withdrawn'] as const
export type PublicationState = (typeof publicationStates)[number]

export const publicationLanguages = ['en', 'zh-CN', 'zh-TW'] as const satisfies readonly Language[]

/** What was said in general words, and what was done about it. */
export interface SaidAndDone {
  readonly said: string
  readonly done: string
}
/** In each language in which somebody wrote it. */
export type PublicationTexts = Partial<Record<Language, SaidAndDone>>

/** By language as forms have them: null where nobody wrote it. */
export type TypedTexts = Readonly<Record<Language, SaidAndDone | null>>

export const textsTyped = (typed: TypedTexts): PublicationTexts =>
  Object.fromEntries(publicationLanguages.flatMap((language) => (typed[language] === null ? [] : [[language, typed[language]]])))

export const textsToType = (texts: PublicationTexts): { -readonly [K in Language]: SaidAndDone | null } => ({
  en: texts.en ?? null,
  'zh-CN': texts['zh-CN'] ?? null,
  'zh-TW': texts['zh-TW'] ?? null,
})

/** Where it may go by hand. */
export const mayGoTo = (state: PublicationState): readonly PublicationState[] => (state === 'published' ? ['withdrawn'] : ['published'])

/** As it is shown to somebody who reads a language: the other script of Chinese before English, English before nothing. */
export function textShown(texts: PublicationTexts, wanted: Language): (SaidAndDone & { readonly language: Language }) | null {
  const order: Readonly<Record<Language, readonly Language[]>> = {
    en: ['en', 'zh-CN', 'zh-TW'],
    'zh-CN': ['zh-CN', 'zh-TW', 'en'],
    'zh-TW': ['zh-TW', 'zh-CN', 'en'],
  }
  const language = order[wanted].find((one) => texts[one] !== undefined)
  return language === undefined ? null : { ...texts[language]!, language }
}
