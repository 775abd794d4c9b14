import { Alert } from 'antd'
import { useToday } from '#ui/today.ts'
import { languages as names, useWords } from '#ui/words.ts'
import {
  type Letters,
  type Placeholder,
  placeholderNames,
  placeholders,
  renderTemplate,
  type TemplateValues,
  templateProblems,
} from '../domain/template.ts'
import type { Language } from '../domain/texts.ts'
import './knowledge.css'

/** How a letter would read: words in brackets stand for what each customer's letter says there. */
export function TemplatePreview({ texts, language }: { texts: Letters; language: Language }) {
  const t = useWords('knowledge')
  const values = useExamples()
  const rendered = renderTemplate(texts, values, language)
  const problems = templateProblems(`${texts[rendered.language].subject}\n${texts[rendered.language].body}`)
  if (rendered.body === '' && rendered.subject === '') return <p className="muted">{t('template.unwritten')}</p>
  return (
    <>
      {rendered.language !== language && (
        <p className="muted">{t('template.other', { language: names[language], shown: names[rendered.language] })}</p>
      )}
      {problems.map(({ reason, tag }) => (
        <Alert key={`${reason} ${tag}`} type="warning" showIcon title={t(`templateProblem.${reason}`, { tag })} />
      ))}
      <div className="knowledge-letter" lang={rendered.language}>
        <b>{rendered.subject}</b>
        <div className="knowledge-lines">{rendered.body}</div>
      </div>
    </>
  )
}

/** Something for everything that may stand in a template. */
function useExamples(): TemplateValues {
  const t = useWords('knowledge')
  const today = useToday()
  const example = (name: Placeholder): TemplateValues[Placeholder] => {
    const kind = placeholders[name]
    if (kind === 'day') return today
    if (kind === 'money') return { minor: 12_000, currency: 'CNY' }
    if (kind === 'number') return 30
    if (kind === 'link') return 'https://example.com/case'
    return `[${t(`placeholder.${name}`)}]`
  }
  return Object.fromEntries(placeholderNames.map((name) => [name, example(name)]))
}
