import { type Language, languages } from '#modules/organization/domain.ts'

export { type Language, languages }

/** A text in the languages of the product; empty where nobody has written it in one. */
export type Texts = Readonly<Record<Language, string>>

export const emptyTexts: Texts = { en: '', 'zh-CN': '', 'zh-TW': '' }

/** In which language a text is shown to somebody who reads another: the other script of Chinese before English, English before nothing. Null where it is written in none. */
export function languageShown(texts: Texts, wanted: Language): Language | null {
  const next: Readonly<Record<Language, readonly Language[]>> = {
    en: ['en', 'zh-CN', 'zh-TW'],
    'zh-CN': ['zh-CN', 'zh-TW', 'en'],
    'zh-TW': ['zh-TW', 'zh-CN', 'en'],
  }
  return next[wanted].find((language) => texts[language].trim() !== '') ?? null
}

/** The text for somebody who reads a language; empty where it is written in none. */
export function textIn(texts: Texts, wanted: Language): string {
  const shown = languageShown(texts, wanted)
  return shown === null ? '' : texts[shown]
}

export const isWritten = (texts: Texts): boolean => languages.some((language) => texts[language].trim() !== '')

/** What somebody wrote in one language only, or already in several. */
export const textsOf = (text: string | Partial<Texts>, language: Language): Texts =>
  typeof text === 'string' ? { ...emptyTexts, [language]: text } : { ...emptyTexts, ...text }
