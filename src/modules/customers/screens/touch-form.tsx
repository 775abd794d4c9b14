import { PaperClipOutlined } from '@ant-design/icons'
import { Button, Checkbox, Input, Select } from 'antd'
import { useRef, useState } from 'react'
import { Problem, type ResultOf, upload } from '#ui/client.ts'
import { Dialog } from '#ui/dialog.tsx'
import { type Field, Form } from '#ui/form.tsx'
import { useNotice } from '#ui/notice.tsx'
import { usePeople } from '#ui/people.ts'
import { Refused } from '#ui/refused.tsx'
import { TextWithPeople } from '#ui/text-with-people.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { type Channel, type Stage, stages } from '../domain/interaction.ts'
import { mentionedIn } from '../domain/mention.ts'
import { UnwantedChannel, useMarkedChannels } from './channel-marks.tsx'

export type TouchView = ResultOf<typeof api.logInteraction>
type Template = ResultOf<typeof api.touchTemplates>['items'][number]
interface SentFile {
  readonly fileId: string
  readonly name: string
}

interface Touch {
  readonly channel: Channel
  readonly direction: 'in' | 'out'
  readonly stage: Stage
  readonly summary: string
  readonly minutes?: number | null
  readonly costMinor?: number | null
  readonly opinion?: string | null
  readonly nextStep?: string | null
  readonly nextStepOn?: string | null
  readonly needs?: string[]
  readonly mentions?: string[]
  readonly files?: SentFile[]
}
const usual: Partial<Touch> = { channel: 'call', direction: 'out', stage: 'before', minutes: null, costMinor: null }

/** Notes a touch, or corrects one of one's own. What is asked first suffices: the rest may stay empty. */
export function TouchForm({ customerId, before, close }: { customerId: string; before?: TouchView; close: () => void }) {
  const t = useWords('customers')
  const ui = useWords('ui')
  const owners = usePeople()
  const markedChannels = useMarkedChannels(customerId)
  const templates = useRead(api.touchTemplates, {})
  const [template, setTemplate] = useState<Template | null>(null)
  const [typed, setTyped] = useState<Partial<Touch>>({})
  const log = useWrite(api.logInteraction, { onDone: close, alsoChanges: ['value', 'commitments'] })
  const change = useWrite(api.changeInteraction, { onDone: close, alsoChanges: ['value', 'commitments'] })
  const write = before ? change : log
  const choice = <T extends string>(name: keyof Touch & string, label: string, values: readonly T[], words: string): Field<Touch> => ({
    name,
    kind: 'choice',
    label,
    required: true,
    options: values.map((value) => ({ value, label: t(`${words}.${value}`) })),
  })
  const fields: Field<Touch>[] = [
    {
      name: 'summary',
      kind: 'own',
      label: t('touch.summary'),
      help: t('touch.summaryHelp'),
      required: true,
      control: <TextWithPeople maxLength={2000} />,
      wide: true,
    },
    { name: 'channel', kind: 'choice', label: t('touch.channel'), required: true, options: markedChannels },
    choice('direction', t('touch.direction'), ['in', 'out'] as const, 'direction'),
    choice('stage', t('timeline.stage'), stages, 'stage'),
    { name: 'minutes', kind: 'number', label: t('touch.minutes'), min: 0, max: 10_000 },
    { name: 'needs', kind: 'own', label: t('touch.needs'), help: t('touch.needsHelp'), control: <NeedInput />, wide: true },
    { name: 'opinion', kind: 'text', label: t('touch.opinion'), maxLength: 1000, wide: true },
    { name: 'nextStep', kind: 'text', label: t('touch.nextStep'), help: t('touch.nextStepHelp'), maxLength: 500 },
    { name: 'nextStepOn', kind: 'day', label: t('touch.nextStepOn') },
    { name: 'mentions', kind: 'choice', several: true, search: true, label: t('touch.mentions'), options: owners.choices, wide: true },
    { name: 'costMinor', kind: 'money', label: t('touch.cost'), help: t('touch.costHelp'), min: 0 },
    { name: 'files', kind: 'own', label: t('touch.files'), control: <FilesInput customerId={customerId} /> },
  ]
  const shown: Partial<Touch> = { ...usual, ...(template ? template.content : {}), ...typed }
  const people = owners.choices.map(({ value, label }) => ({ id: value, name: label }))
  const submit = ({ files = [], minutes, costMinor, needs, mentions, ...touch }: Touch) => {
    const content = {
      ...touch,
      minutes: minutes ?? 0,
      costMinor: costMinor ?? null,
      needs: needs ?? [],
      mentions: [...new Set([...(mentions ?? []), ...mentionedIn(touch.summary, people)])],
      fileIds: files.map(({ fileId }) => fileId),
    }
    return before
      ? change.send({ id: customerId, interactionId: before.id, version: before.version, ...content })
      : log.send({ id: customerId, ...content })
  }
  return (
    <Dialog title={t(before ? 'touch.correct' : 'timeline.log')} onClose={close} wide>
      {!before && (templates.data?.items ?? []).length > 0 && (
        <Select
          className="wide"
          allowClear={{ label: t('ui:clear') }}
          placeholder={t('touch.template')}
          aria-label={t('touch.template')}
          value={template?.id ?? null}
          options={(templates.data?.items ?? []).map(({ id, name, shared }) => ({
            value: id,
            label: shared ? t('touch.shared', { name }) : name,
          }))}
          onChange={(id) => setTemplate(templates.data?.items.find((one) => one.id === id) ?? null)}
        />
      )}
      <Form<Touch>
        key={template?.id ?? 'none'}
        columns={2}
        fields={fields}
        initial={{ ...usual, ...(before ? touchOf(before) : {}), ...(template ? template.content : {}) }}
        onChange={setTyped}
        onSubmit={submit}
        problem={write.problem}
        pending={write.pending}
        submit={ui('save')}
        cancel={close}
      >
        {!before && shown.direction === 'out' && shown.channel && <UnwantedChannel customerId={customerId} channel={shown.channel} />}
      </Form>
      {!before && <KeepTemplate touch={shown} />}
    </Dialog>
  )
}

const touchOf = ({ needs, attachments: _, ...touch }: TouchView): Partial<Touch> => ({
  ...touch,
  needs: needs.map(({ text }) => text),
  files: [],
})

/** Needs in a few words each; those that others have already are offered. */
function NeedInput({ value, onChange, ...rest }: { id?: string; value?: string[]; onChange?: (needs: string[]) => void }) {
  const [typed, setTyped] = useState('')
  const found = useRead(api.needSuggestions, { q: typed.slice(0, 200) })
  return (
    <Select
      {...rest}
      mode="tags"
      className="wide"
      value={value ?? []}
      onChange={(needs: string[]) => onChange?.(needs)}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      options={(found.data?.items ?? []).map(({ text }) => ({ value: text, label: text }))}
    />
  )
}

const mostFiles = 10

function FilesInput({
  customerId,
  value = [],
  onChange,
}: {
  customerId: string
  value?: SentFile[]
  onChange?: (files: SentFile[]) => void
}) {
  const t = useWords('customers')
  const input = useRef<HTMLInputElement>(null)
  const [sending, setSending] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const send = async (file: File) => {
    setSending(true)
    setProblem(null)
    try {
      const sent = await upload(api.addAttachment, { id: customerId, fileName: file.name.slice(-200) }, file)
      onChange?.([...value, sent])
    } catch (error) {
      if (error instanceof Problem) setProblem(error)
    }
    setSending(false)
  }
  return (
    <>
      {value.map(({ fileId, name }) => (
        <div key={fileId} className="row">
          <span className="customer-field">{name}</span>
          <Button
            size="small"
            type="text"
            aria-label={t('touch.dropFile', { name })}
            onClick={() => onChange?.(value.filter((one) => one.fileId !== fileId))}
          >
            ×
          </Button>
        </div>
      ))}
      <Button icon={<PaperClipOutlined />} loading={sending} disabled={value.length >= mostFiles} onClick={() => input.current?.click()}>
        {t('touch.addFile')}
      </Button>
      <input
        ref={input}
        type="file"
        className="customer-file"
        aria-label={t('touch.addFile')}
        onChange={(event) => {
          const file = event.target.files?.[0]
          event.target.value = ''
          if (file) void send(file)
        }}
      />
      <Refused problem={problem} />
    </>
  )
}

/** Keeps what is typed as a beginning for the next time. */
function KeepTemplate({ touch }: { touch: Partial<Touch> }) {
  const t = useWords('customers')
  const ui = useWords('ui')
  const notice = useNotice()
  const [name, setName] = useState('')
  const [shared, setShared] = useState(false)
  const save = useWrite(api.saveTouchTemplate, { onDone: () => notice.done(ui('saved')) })
  const { channel = 'call', direction = 'out', stage = 'before', summary = '', minutes = null } = touch
  const keep = () => {
    if (name.trim() !== '')
      void save
        .send({ name: name.trim(), shared, content: { channel, direction, stage, summary, minutes } })
        .then(() => setName(''), notice.refused)
  }
  return (
    <details className="customer-keep">
      <summary>{t('touch.keep')}</summary>
      <div className="row">
        <Input
          value={name}
          maxLength={60}
          placeholder={t('touch.templateName')}
          aria-label={t('touch.templateName')}
          onChange={(event) => setName(event.target.value)}
        />
        <Checkbox checked={shared} onChange={(event) => setShared(event.target.checked)}>
          {t('touch.forAll')}
        </Checkbox>
        <Button onClick={keep} loading={save.pending}>
          {ui('save')}
        </Button>
      </div>
    </details>
  )
}
