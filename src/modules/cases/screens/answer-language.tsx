import { Select } from 'antd'
import { useNotice } from '#ui/notice.tsx'
import { useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { type Language, languages } from '../domain/language.ts'
import type { Detail } from './shown.ts'

/** In which language the customer is written to, chosen where it is read. */
export function AnswerLanguage({ found }: { readonly found: Detail }) {
  const t = useWords('cases')
  const notice = useNotice()
  const change = useWrite(casesApi.changeRecord, { onDone: () => notice.done(t('acted')) })
  const { language } = found.record
  if (!found.may.includes('changed')) return t(`language.${language ?? 'unknown'}`)
  return (
    <Select<Language>
      size="small"
      className="case-language"
      aria-label={t('field.language')}
      loading={change.pending}
      value={language}
      placeholder={t('language.unknown')}
      options={languages.map((value) => ({ value, label: t(`language.${value}`) }))}
      onChange={(value) =>
        void change.send({ caseId: found.id, version: found.version, changes: { language: value } }).catch(notice.refused)
      }
    />
  )
}
