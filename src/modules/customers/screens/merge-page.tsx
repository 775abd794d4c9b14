import { SwapOutlined } from '@ant-design/icons'
import { Alert, Button, Radio } from 'antd'
import { type ReactNode, useState } from 'react'
import { flushSync } from 'react-dom'
import { Link, useNavigate, useParams } from 'react-router'
import type { ResultOf } from '#ui/client.ts'
import { useFormat } from '#ui/format.ts'
import { Loaded, Page, Section } from '#ui/page.tsx'
import { Refused } from '#ui/refused.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import type { ArchiveField } from '../domain/archive.ts'
import type { MergeChoice } from '../domain/merge.ts'
import { Value } from './archive-fields.tsx'
import { MovedRows } from './moved-rows.tsx'
import { useNamed } from './named.ts'
import { OwnShown, useOwnFields } from './own-columns.tsx'
import './subject.css'

type Preview = ResultOf<typeof api.mergePreview>

/** Two customers side by side before they become one: who stays, and whose value each field takes. */
export function MergePage() {
  const { id = '', otherId = '' } = useParams()
  // Once they are one there is nothing to compare any more: asking again would be refused.
  const [merged, setMerged] = useState(false)
  const preview = useRead(api.mergePreview, { id, otherId }, { keepPrevious: false, enabled: !merged })
  return (
    <Loaded of={preview}>
      {(found) => <Merging key={`${id} ${otherId}`} preview={found} onMerged={() => flushSync(() => setMerged(true))} />}
    </Loaded>
  )
}

function Merging({ preview, onMerged }: { preview: Preview; onMerged: () => void }) {
  const t = useWords('customers')
  const ui = useWords('ui')
  const format = useFormat()
  const navigate = useNavigate()
  const { survivor, other, questions, own, filled } = preview
  const [choices, setChoices] = useState<Partial<Record<ArchiveField, MergeChoice>>>({})
  const [ownChoices, setOwnChoices] = useState<Readonly<Record<string, MergeChoice>>>({})
  const merge = useWrite(api.merge, {
    alsoChanges: ['orders', 'value', 'insight'],
    onDone: ({ customerId }) => {
      onMerged()
      navigate(`/customers/${customerId}`, { replace: true })
    },
  })
  const send = () =>
    merge
      .send({ id: survivor.id, version: survivor.version, otherId: other.id, otherVersion: other.version, choices, ownChoices })
      .catch(() => {})
  return (
    <Page
      title={t('merge.title', { one: survivor.name, other: other.name })}
      about={t('merge.about')}
      width="reading"
      actions={
        <Link to={`/customers/${other.id}/merge/${survivor.id}`} replace>
          <Button icon={<SwapOutlined />}>{t('merge.swap')}</Button>
        </Link>
      }
    >
      <Alert
        type="info"
        showIcon
        title={t('merge.stays', { name: survivor.name, day: format.day(survivor.createdAt.toISOString().slice(0, 10)) })}
        description={t('merge.goes', { name: other.name })}
      />
      {questions.length + own.length > 0 && (
        <Section title={t('merge.questions')}>
          <div className="merge-questions">
            {questions.map((question) => (
              <Question
                key={question.field}
                legend={t(`field.${question.field}`)}
                preview={preview}
                choices={question.choices}
                chosen={choices[question.field] ?? question.usual}
                choose={(choice) => setChoices({ ...choices, [question.field]: choice })}
                shown={(whose) => <Value field={question.field} value={question[whose]} />}
              />
            ))}
            {own.map((question) => (
              <OwnQuestion
                key={question.fieldId}
                question={question}
                preview={preview}
                chosen={ownChoices[question.fieldId] ?? question.usual}
                choose={(choice) => setOwnChoices({ ...ownChoices, [question.fieldId]: choice })}
              />
            ))}
          </div>
          {questions.some(({ field }) => field === 'email' || field === 'phone' || field === 'address') && (
            <p className="muted">{t('merge.addresses')}</p>
          )}
        </Section>
      )}
      {filled.length > 0 && (
        <Section title={t('merge.filled')}>
          <ul className="plain-list">
            {filled.map(({ field, value }) => (
              <li key={field}>
                {t(`field.${field}`)}
                {ui('colon')}
                <Value field={field} value={value} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={t('merge.moving')}>
        <MovedRows rows={preview.moving} />
      </Section>
      <Refused problem={merge.problem} />
      <div className="row">
        <Button type="primary" loading={merge.pending} onClick={() => void send()}>
          {t('merge.do')}
        </Button>
        <Button onClick={() => navigate(-1)}>{ui('cancel')}</Button>
      </div>
    </Page>
  )
}

interface Asking {
  readonly preview: Preview
  readonly chosen: MergeChoice
  readonly choose: (choice: MergeChoice) => void
}

/** Whose value a field takes, or both. */
function Question({
  legend,
  preview: { survivor, other },
  choices,
  chosen,
  choose,
  shown,
}: Asking & { legend: string; choices: readonly MergeChoice[]; shown: (whose: 'survivor' | 'other') => ReactNode }) {
  const t = useWords('customers')
  return (
    <fieldset className="merge-question">
      <legend>{legend}</legend>
      <Radio.Group value={chosen} onChange={(event) => choose(event.target.value as MergeChoice)}>
        {choices.map((choice) => (
          <Radio key={choice} value={choice}>
            {choice === 'both' ? (
              t('merge.both')
            ) : (
              <>
                {shown(choice)} <span className="muted">{t('merge.of', { name: choice === 'survivor' ? survivor.name : other.name })}</span>
              </>
            )}
          </Radio>
        ))}
      </Radio.Group>
    </fieldset>
  )
}

function OwnQuestion({ question, ...asking }: Asking & { question: Preview['own'][number] }) {
  const named = useNamed()
  const field = useOwnFields().find(({ id }) => id === question.fieldId)
  if (!field) return null
  return (
    <Question
      {...asking}
      legend={named(field.names)}
      choices={question.choices}
      shown={(whose) => <OwnShown field={field} value={question[whose]} />}
    />
  )
}
