import type { TextHint } from '#ui/hinted-text.tsx'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { knowledgeApi } from '../api.ts'
import { phraseHints, rewritten } from '../domain/phrases.ts'
import type { Language } from '../domain/texts.ts'

/** What is better said otherwise in a text of a language, in words. */
export function usePhrases(language: Language): (text: string) => readonly TextHint[] {
  const t = useWords('knowledge')
  const rules = useRead(knowledgeApi.phraseRules, {}).data?.rules ?? []
  return (text) =>
    phraseHints(text, language, rules).map((hint) => ({
      start: hint.start,
      end: hint.end,
      message: t(hint.message),
      proposals: hint.proposals,
      rewritten: (whole, proposal) => rewritten(whole, hint, proposal),
    }))
}
