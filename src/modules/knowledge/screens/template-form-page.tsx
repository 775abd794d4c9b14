import { Select } from 'antd'
import { useRef } from 'react'
import { useNavigate, useParams } from 'react-router'
import type { Problem, ResultOf } from '#ui/client.ts'
import { Empty } from '#ui/empty.tsx'
import { Form } from '#ui/form.tsx'
import { HintedText } from '#ui/hinted-text.tsx'
import { TextInput } from '#ui/inputs.tsx'
import { useNotice } from '#ui/notice.tsx'
import { Loaded, Page } from '#ui/page.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { knowledgeApi } from '../api.ts'
import { type Letter, type Letters, placeholderNames, type TemplateKind, templateKinds } from '../domain/template.ts'
import { emptyTexts, type Texts } from '../domain/texts.ts'
import { InLanguages, TextsInput, useWritten } from './in-language.tsx'
import { TemplatePreview } from './template-preview.tsx'
import { usePhrases } from './use-phrases.ts'
import './knowledge.css'

const emptyLetter: Letter = { subject: '', body: '' }
const emptyLetters: Letters = { en: emptyLetter, 'zh-CN': emptyLetter, 'zh-TW': emptyLetter }
interface Values {
  readonly name: Texts
  readonly kind: TemplateKind
  readonly texts: Letters
  readonly active: boolean
}

export function NewTemplatePage() {
  const t = useWords('knowledge')
  const navigate = useNavigate()
  const add = useWrite(knowledgeApi.addTemplate, { onDone: () => navigate('/templates') })
  return (
    <Page title={t('template.new')} width="reading">
      <TemplateForm
        initial={{ name: emptyTexts, kind: 'other', texts: emptyLetters, active: true }}
        problem={add.problem}
        pending={add.pending}
        send={(values) => add.send(values)}
      />
    </Page>
  )
}

export function ChangeTemplatePage() {
  const t = useWords('knowledge')
  const { id = '' } = useParams()
  const templates = useRead(knowledgeApi.templates, { retired: true })
  return (
    <Page title={t('template.change')} width="reading" about={t('template.changeAbout')}>
      <Loaded of={templates}>
        {({ items }) => {
          const found = items.find((one) => one.id === id)
          return found ? <Change template={found} /> : <Empty title={t('refusal.no-such-template')} />
        }}
      </Loaded>
    </Page>
  )
}

function Change({ template }: { template: ResultOf<typeof knowledgeApi.templates>['items'][number] }) {
  const ui = useWords('ui')
  const navigate = useNavigate()
  const notice = useNotice()
  const change = useWrite(knowledgeApi.changeTemplate, {
    onDone: () => {
      notice.done(ui('saved'))
      navigate('/templates')
    },
  })
  const { name, kind, texts, active } = template
  return (
    <TemplateForm
      initial={{ name, kind, texts, active }}
      problem={change.problem}
      pending={change.pending}
      send={(values) => change.send({ templateId: template.id, version: template.version, ...values })}
    />
  )
}

interface TemplateFormProps {
  readonly initial: Values
  readonly problem: Problem | null
  readonly pending: boolean
  readonly send: (values: Values) => Promise<unknown>
}

function TemplateForm({ initial, problem, pending, send }: TemplateFormProps) {
  const t = useWords('knowledge')
  const ui = useWords('ui')
  const navigate = useNavigate()
  return (
    <InLanguages>
      <Form<Values>
        fields={[
          { name: 'name', kind: 'own', label: t('template.name'), required: true, control: <TextsInput maxLength={120} /> },
          {
            name: 'kind',
            kind: 'choice',
            label: t('template.kind'),
            required: true,
            options: templateKinds.map((value) => ({ value, label: t(`templateKind.${value}`) })),
          },
          {
            name: 'texts',
            kind: 'own',
            label: t('template.letter'),
            help: t('template.letterHelp', { begin: '{{#promise}}', end: '{{/promise}}' }),
            required: true,
            control: <LettersInput />,
          },
          { name: 'active', kind: 'yes', label: t('form.active'), help: t('template.activeHelp') },
        ]}
        initial={initial}
        onSubmit={send}
        problem={problem}
        pending={pending}
        submit={ui('save')}
        cancel={() => navigate('/templates')}
      />
    </InLanguages>
  )
}

/** Subject and text in the language that is written at the moment, with what may be put in, hints, and how it reads. */
function LettersInput({ value = emptyLetters, onChange }: { value?: Letters; onChange?: (letters: Letters) => void }) {
  const t = useWords('knowledge')
  const language = useWritten()
  const hintsOf = usePhrases(language)
  const area = useRef<HTMLDivElement>(null)
  const letter = value[language]
  const put = (changed: Partial<Letter>) => onChange?.({ ...value, [language]: { ...letter, ...changed } })
  const insert = (name: string) => {
    const field = area.current?.querySelector('textarea')
    const at = field?.selectionEnd ?? letter.body.length
    put({ body: `${letter.body.slice(0, at)}{{${name}}}${letter.body.slice(at)}` })
    field?.focus()
  }
  return (
    <div className="knowledge-card" ref={area} lang={language}>
      <TextInput
        kind="text"
        aria-label={t('template.subject')}
        placeholder={t('template.subject')}
        maxLength={200}
        value={letter.subject}
        onChange={(subject) => put({ subject: subject ?? '' })}
      />
      <div>
        <Select<string>
          className="knowledge-filter"
          showSearch={{ optionFilterProp: 'label' }}
          aria-label={t('template.insert')}
          placeholder={t('template.insert')}
          value={null}
          popupMatchSelectWidth={false}
          options={placeholderNames.map((name) => ({ value: name, label: `${t(`placeholder.${name}`)} · {{${name}}}` }))}
          onChange={insert}
        />
      </div>
      <HintedText
        aria-label={t('template.body')}
        placeholder={t('template.body')}
        rows={12}
        maxLength={10_000}
        value={letter.body}
        onChange={(body) => put({ body })}
        hintsOf={hintsOf}
      />
      <h3>{t('template.preview')}</h3>
      <TemplatePreview texts={value} language={language} />
    </div>
  )
}
