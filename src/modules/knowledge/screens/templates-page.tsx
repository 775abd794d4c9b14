import { EditOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Checkbox, Segmented, Select, Tag } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { ResultOf } from '#ui/client.ts'
import { Empty } from '#ui/empty.tsx'
import { useFormat } from '#ui/format.ts'
import { Loaded, Page, Section } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { useSession } from '#ui/session.ts'
import { usePages, useRead } from '#ui/use-endpoint.ts'
import { languages as names, useLanguage, useWords } from '#ui/words.ts'
import { knowledgeApi } from '../api.ts'
import type { Letters } from '../domain/template.ts'
import { type Language, languages } from '../domain/texts.ts'
import { useShown } from './shown-texts.ts'
import { TemplatePreview } from './template-preview.tsx'
import './knowledge.css'

type Template = ResultOf<typeof knowledgeApi.templates>['items'][number]

/** Replies to customers, by what they are for, as they read in each language. */
export function TemplatesPage() {
  const t = useWords('knowledge')
  const { may } = useSession()
  const { language: own } = useLanguage()
  const writes = may('knowledge.write')
  const [language, setLanguage] = useState<Language>(own)
  const [retired, setRetired] = useState(false)
  const templates = useRead(knowledgeApi.templates, retired ? { retired } : {})
  const add = writes && (
    <Link to="/templates/new">
      <Button type="primary" icon={<PlusOutlined />}>
        {t('template.new')}
      </Button>
    </Link>
  )
  return (
    <Page title={t('nav.templates')} about={t('template.about')} width="reading" actions={add}>
      <div className="knowledge-tools">
        <Segmented<Language>
          aria-label={t('template.language')}
          value={language}
          onChange={setLanguage}
          options={languages.map((value) => ({ value, label: <span lang={value}>{names[value]}</span> }))}
        />
        {writes && (
          <Checkbox checked={retired} onChange={(event) => setRetired(event.target.checked)}>
            {t('template.retired')}
          </Checkbox>
        )}
      </div>
      <Loaded of={templates}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('template.none')} action={add}>
              {t('template.noneHelp')}
            </Empty>
          ) : (
            items.map((template) => <OneTemplate key={template.id} template={template} language={language} writes={writes} />)
          )
        }
      </Loaded>
    </Page>
  )
}

function OneTemplate({ template, language, writes }: { template: Template; language: Language; writes: boolean }) {
  const t = useWords('knowledge')
  const ui = useWords('ui')
  const shown = useShown()
  const [past, setPast] = useState<Letters | null>(null)
  const name = shown(template.name)
  return (
    <Section
      title={name}
      about={
        <span className="row">
          <Tag>{t(`templateKind.${template.kind}`)}</Tag>
          {!template.active && <Tag>{t('technique.notUsed')}</Tag>}
        </span>
      }
      actions={
        <>
          <Versions template={template} choose={setPast} />
          {writes && (
            <Link to={`/templates/${template.id}/edit`}>
              <Button icon={<EditOutlined />} aria-label={t('form.edit', { name })}>
                {ui('edit')}
              </Button>
            </Link>
          )}
        </>
      }
    >
      <TemplatePreview texts={past ?? template.texts} language={language} />
    </Section>
  )
}

function Versions({ template, choose }: { template: Template; choose: (texts: Letters | null) => void }) {
  const t = useWords('knowledge')
  const format = useFormat()
  const { nameOf } = usePeople()
  const [version, setVersion] = useState(template.version)
  const { items } = usePages(knowledgeApi.templateVersions, { templateId: template.id, limit: 100 }, { enabled: template.version > 1 })
  if (template.version < 2) return null
  return (
    <Select
      aria-label={t('template.versions')}
      value={items.length > 0 ? version : null}
      popupMatchSelectWidth={false}
      onChange={(chosen) => {
        setVersion(chosen)
        choose(chosen === template.version ? null : (items.find((one) => one.version === chosen)?.texts ?? null))
      }}
      options={items.map((one) => ({
        value: one.version,
        label: `${one.version} · ${format.instant(one.madeAt)} · ${nameOf(one.madeBy)}`,
      }))}
    />
  )
}
