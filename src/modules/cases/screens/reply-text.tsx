import { Select } from 'antd'
import { useState } from 'react'
import { knowledgeApi } from '#modules/knowledge/api.ts'
import { call } from '#ui/client.ts'
import { useFormat } from '#ui/format.ts'
import { HintedText, type HintedTextProps, type TextHint } from '#ui/hinted-text.tsx'
import { useNotice } from '#ui/notice.tsx'
import { useSession } from '#ui/session.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { useLanguage, useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { type Language, phraseHints, rewritten, textIn } from '../domain/letters.ts'

/** What is better said otherwise in a text of a language, in words (G-21). */
function usePhrases(language: Language): (text: string) => readonly TextHint[] {
  const t = useWords('knowledge')
  const { may } = useSession()
  const { data } = useRead(knowledgeApi.phraseRules, {}, { enabled: may('knowledge.read') })
  const rules = data?.rules ?? []
  return (text) =>
    phraseHints(text, language, rules).map((hint) => ({
      start: hint.start,
      end: hint.end,
      message: t(hint.message),
      proposals: hint.proposals,
      rewritten: (whole, proposal) => rewritten(whole, hint, proposal),
    }))
}

type TalkTextProps = Omit<HintedTextProps, 'hintsOf'> & { readonly language?: Language | null }

/** What is said to a customer, in their language or else in one's own, with help for the words. */
export function TalkText({ language, ...text }: TalkTextProps) {
  const own = useLanguage().language
  return <HintedText {...text} hintsOf={usePhrases(language ?? own)} />
}

/** What is written to a customer about a case: help for the words, and templates that are filled in from the case. */
export function ReplyText({ caseId, language, value, onChange, ...text }: TalkTextProps & { readonly caseId: string }) {
  const t = useWords('cases', 'knowledge')
  const ui = useWords('ui')
  const format = useFormat()
  const notice = useNotice()
  const own = useLanguage().language
  const { may } = useSession()
  const { data } = useRead(knowledgeApi.templates, {}, { enabled: may('knowledge.read') })
  const [missing, setMissing] = useState<readonly string[]>([])
  const insert = async (templateId: string) => {
    try {
      const letter = await call(casesApi.letter, { caseId, templateId })
      onChange?.(value?.trim() ? `${value.trimEnd()}\n\n${letter.body}` : letter.body)
      setMissing(letter.missing)
    } catch (problem) {
      notice.refused(problem)
    }
  }
  return (
    <div className="case-reply">
      {language && language !== own && <p className="muted">{t('reply.writtenIn', { language: format.language(language) })}</p>}
      {data && data.items.length > 0 && (
        <Select<string | null>
          className="wide"
          aria-label={t('reply.template')}
          placeholder={t('reply.template')}
          value={null}
          showSearch={{ optionFilterProp: 'label' }}
          options={data.items.map(({ id, name }) => ({ value: id, label: textIn(name, own) }))}
          onChange={(id) => id && void insert(id)}
        />
      )}
      <TalkText {...text} rows={text.rows ?? 6} value={value ?? null} {...(onChange ? { onChange } : {})} language={language ?? null} />
      {missing.length > 0 && (
        <p className="muted" role="status">
          {t('reply.missing', { names: missing.map((name) => t(`knowledge:placeholder.${name}`)).join(ui('comma')) })}
        </p>
      )}
    </div>
  )
}
