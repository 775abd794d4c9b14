import { PlusOutlined } from '@ant-design/icons'
import { Button, Checkbox, Segmented } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { Empty } from '#ui/empty.tsx'
import { HintedText } from '#ui/hinted-text.tsx'
import { Loaded, Page, Section } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { languages as names, useLanguage, useWords } from '#ui/words.ts'
import { knowledgeApi } from '../api.ts'
import { type Language, languages } from '../domain/texts.ts'
import { Situations } from './situations.tsx'
import { TechniqueCard } from './technique-card.tsx'
import { usePhrases } from './use-phrases.ts'
import './knowledge.css'

/** Ways of talking with customers who complain: what fits now, how each goes, how often it helped, and words that are better not said. */
export function TechniquesPage() {
  const t = useWords('knowledge')
  const { may } = useSession()
  const writes = may('knowledge.write')
  const [retired, setRetired] = useState(false)
  const techniques = useRead(knowledgeApi.techniques, retired ? { retired } : {})
  const add = writes && (
    <Link to="/techniques/new">
      <Button type="primary" icon={<PlusOutlined />}>
        {t('technique.new')}
      </Button>
    </Link>
  )
  return (
    <Page title={t('nav.techniques')} about={t('technique.about')} actions={add}>
      <Situations />
      <Section
        title={t('technique.all')}
        about={t('technique.allAbout')}
        actions={
          writes && (
            <Checkbox checked={retired} onChange={(event) => setRetired(event.target.checked)}>
              {t('technique.retired')}
            </Checkbox>
          )
        }
      >
        <Loaded of={techniques}>
          {({ items, experience }) =>
            items.length === 0 ? (
              <Empty title={t('technique.none')} action={add}>
                {t('technique.noneHelp')}
              </Empty>
            ) : (
              <div className="knowledge-cards">
                {items.map((technique) => (
                  <TechniqueCard key={technique.id} technique={technique} experience={experience} />
                ))}
              </div>
            )
          }
        </Loaded>
      </Section>
      <Phrases writes={writes} />
    </Page>
  )
}

/** A place to try how something sounds before it is said. */
function Phrases({ writes }: { writes: boolean }) {
  const t = useWords('knowledge')
  const { language: own } = useLanguage()
  const [language, setLanguage] = useState<Language>(own)
  const [text, setText] = useState('')
  const hintsOf = usePhrases(language)
  return (
    <Section
      title={t('phrases.title')}
      about={t('phrases.about')}
      actions={writes && <Link to="/techniques/phrases">{t('phrases.rules')}</Link>}
    >
      <div className="knowledge-card">
        <div>
          <Segmented<Language>
            aria-label={t('phrases.language')}
            value={language}
            onChange={setLanguage}
            options={languages.map((value) => ({ value, label: <span lang={value}>{names[value]}</span> }))}
          />
        </div>
        <HintedText
          value={text}
          onChange={setText}
          hintsOf={hintsOf}
          rows={3}
          placeholder={t('phrases.try')}
          aria-label={t('phrases.title')}
        />
        {text !== '' && hintsOf(text).length === 0 && <p className="muted">{t('phrases.fine')}</p>}
      </div>
    </Section>
  )
}
