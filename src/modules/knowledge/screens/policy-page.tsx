import { Bare } from '#ui/bare.tsx'
import { useFormat } from '#ui/format.ts'
import { Loaded } from '#ui/page.tsx'
import { useRead } from '#ui/use-endpoint.ts'
import { useLanguage, useWords } from '#ui/words.ts'
import { knowledgeApi } from '../api.ts'
import { Prose } from './prose.tsx'

/** How we deal with complaints, for everybody who comes by (G-12). */
export function PolicyPage() {
  const t = useWords('knowledge')
  const format = useFormat()
  const { language } = useLanguage()
  const answer = useRead(knowledgeApi.complaintPolicy, { language })
  const policy = answer.data?.policy
  return (
    <Bare title={policy?.title ?? t('policy.title')} about={answer.data?.company}>
      <Loaded of={answer}>
        {({ policy: shown }) =>
          shown ? (
            <>
              <Prose text={shown.body} lang={shown.language} />
              <p className="muted">{t('policy.version', { version: shown.version, at: format.instant(shown.publishedAt) })}</p>
            </>
          ) : (
            <p>{t('policy.none')}</p>
          )
        }
      </Loaded>
    </Bare>
  )
}
