import { useLanguage } from './words.ts'

export type Names = Readonly<Record<'en' | 'zh-CN' | 'zh-TW', string>>

/** A word that administrators wrote, in the language of the reader, or in another where it is missing there. */
export function useNamed(): (names: Names) => string {
  const { language } = useLanguage()
  return (names) => namedIn(language, names)
}

export const namedIn = (language: string, names: Names): string =>
  names[language as keyof Names] || names.en || names['zh-CN'] || names['zh-TW']
