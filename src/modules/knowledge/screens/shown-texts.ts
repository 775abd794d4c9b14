import { useLanguage } from '#ui/words.ts'
import { type Texts, textIn } from '../domain/texts.ts'

/** A text in the language of whoever reads, or in the nearest one in which it is written. */
export function useShown(): (texts: Texts) => string {
  const { language } = useLanguage()
  return (texts) => textIn(texts, language)
}
