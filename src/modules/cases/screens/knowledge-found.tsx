import { Link } from 'react-router'
import { knowledgeApi } from '#modules/knowledge/api.ts'
import { useSettled } from '#ui/settled.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { useLanguage, useWords } from '#ui/words.ts'
import { textIn } from '../domain/letters.ts'

/** Articles that have most to do with what is being written. */
export function KnowledgeFound({ words }: { readonly words: string }) {
  const t = useWords('cases')
  const { language } = useLanguage()
  const asked = useSettled(words.trim().slice(0, 500), 600)
  const { data } = useRead(knowledgeApi.suggestArticles, { q: asked, limit: 4 }, { enabled: asked.length > 3 })
  if (asked.length <= 3 || !data || data.items.length === 0) return null
  return (
    <section className="desk-known" aria-label={t('knowledge.found')}>
      <b>{t('knowledge.found')}</b>
      <ul>
        {data.items.map(({ id, title }) => (
          <li key={id}>
            <Link to={`/knowledge/${id}`} target="_blank">
              {textIn(title, language)}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
