import { Button, Checkbox, Input, Popconfirm, Select } from 'antd'
import { useState } from 'react'
import { isMeanwhile, type ResultOf } from '#ui/client.ts'
import { Compared } from '#ui/compared.tsx'
import { useNamedSave } from '#ui/named-save.ts'
import { useNotice } from '#ui/notice.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import type { Touch } from './touch-form.tsx'

/** A beginning is short. */
const longestTemplate = 2000
type Template = ResultOf<typeof api.touchTemplates>['items'][number]

/** Begins a touch with a template; one that is needed no more is removed here, too. */
export function TemplateChoice({ onChosen }: { onChosen: (content: Template['content']) => void }) {
  const t = useWords('customers')
  const ui = useWords('ui')
  const notice = useNotice()
  const [chosen, setChosen] = useState<Template | null>(null)
  const templates = useRead(api.touchTemplates, {}).data?.items ?? []
  const remove = useWrite(api.removeTouchTemplate, { onDone: () => setChosen(null) })
  const newest = templates.find(({ id }) => id === chosen?.id) ?? chosen
  if (templates.length === 0) return null
  return (
    <div className="row">
      <Select
        className="customer-template"
        allowClear={{ label: t('ui:clear') }}
        placeholder={t('touch.template')}
        aria-label={t('touch.template')}
        value={chosen?.id ?? null}
        options={templates.map(({ id, name, shared }) => ({ value: id, label: shared ? t('touch.shared', { name }) : name }))}
        onChange={(id) => {
          const template = templates.find((one) => one.id === id) ?? null
          setChosen(template)
          if (template) onChosen(template.content)
        }}
      />
      {chosen && newest && (
        <Popconfirm
          title={t(chosen.shared ? 'touch.removeSharedAsk' : 'touch.removeTemplateAsk', { name: chosen.name })}
          okText={ui('delete')}
          cancelText={ui('cancel')}
          onConfirm={() => remove.send({ templateId: chosen.id, version: newest.version }).catch(notice.refused)}
        >
          <Button danger loading={remove.pending}>
            {t('touch.removeTemplate')}
          </Button>
        </Popconfirm>
      )}
    </div>
  )
}

/** Keeps what is typed as a beginning for the next time. */
export function KeepTemplate({ touch }: { touch: Partial<Touch> }) {
  const t = useWords('customers')
  const ui = useWords('ui')
  const notice = useNotice()
  const [name, setName] = useState('')
  const [shared, setShared] = useState(false)
  const templates = useRead(api.touchTemplates, {}).data?.items ?? []
  const save = useWrite(api.saveTouchTemplate, { onDone: () => notice.done(ui('saved')) })
  const { channel = 'call', direction = 'out', stage = 'before', summary = '', minutes = null } = touch
  const stored = templates.find((one) => one.shared === shared && one.name === name.trim()) ?? null
  const mine: Template['content'] = { channel, direction, stage, summary: summary.slice(0, longestTemplate), minutes }
  const named = useNamedSave(`${shared} ${name.trim()}`, { ...mine }, stored && { ...stored.content }, save.problem)
  const keep = () => {
    if (name.trim() === '') return
    const content = { ...mine, ...named.values } as Template['content']
    void save.send({ name: name.trim(), version: stored?.version ?? 0, shared, content }).then(
      () => {
        setName('')
        named.reset()
      },
      // What somebody else saved under the name is compared below.
      (problem) => isMeanwhile(problem) || notice.refused(problem),
    )
  }
  const shown = (field: string, value: unknown) =>
    value === null || value === '' || value === undefined
      ? ui('meanwhile.nothing')
      : field === 'channel' || field === 'direction' || field === 'stage'
        ? t(`${field}.${value}`)
        : String(value)
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
      {named.compared && <Compared compared={named.compared} label={(field) => t(`touch.${field}`)} shown={shown} decide={named.decide} />}
    </details>
  )
}
