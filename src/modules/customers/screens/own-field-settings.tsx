import { Button, Popconfirm, Tag } from 'antd'
import { useState } from 'react'
import type { Problem } from '#ui/client.ts'
import { Dialog } from '#ui/dialog.tsx'
import { type Field, Form } from '#ui/form.tsx'
import { useNotice } from '#ui/notice.tsx'
import { Refused } from '#ui/refused.tsx'
import { useSession } from '#ui/session.ts'
import { type StoredSetting, useSetting } from '#ui/setting.tsx'
import { useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { type OwnFieldType, ownFieldTypes } from '../domain/own-fields.ts'
import { useNamed } from './named.ts'
import type { OwnField } from './own-columns.tsx'

interface Typed {
  readonly en?: string
  readonly cn?: string
  readonly tw?: string
  readonly type: OwnFieldType
  readonly required?: boolean
  readonly inList?: boolean
  readonly personal?: boolean
  /** One choice per line: key, then its names, separated by bars. */
  readonly choices?: string
}

/** The company's own fields, in their order. A removed one keeps its values until they are deleted for good. */
export function OwnFieldSettings({ stored }: { stored: StoredSetting }) {
  const t = useWords('customers')
  const ui = useWords('ui')
  const named = useNamed()
  const notice = useNotice()
  const { may } = useSession()
  const setting = useSetting(stored, { alsoChanges: ['customers'] })
  const purge = useWrite(api.purgeOwnField, { onDone: ({ customers }) => notice.done(t('own.purged', { count: customers })) })
  const { fields } = stored.value as { fields: readonly OwnField[] }
  const [open, setOpen] = useState<OwnField | 'new' | null>(null)
  const begin = (one: OwnField | 'new') => {
    setting.reset()
    setOpen(one)
  }
  const save = (next: readonly OwnField[]) => setting.save({ fields: next })
  const replace = (field: OwnField) => save(fields.map((one) => (one.id === field.id ? field : one)))
  const deleteForGood = async (field: OwnField) => {
    await purge.send({ fieldId: field.id })
    await save(fields.filter(({ id }) => id !== field.id))
  }
  return (
    <div className="customer-entries">
      {fields.length === 0 && <p className="muted">{t('own.none')}</p>}
      {open === null && <Refused problem={setting.problem} />}
      {fields.map((field) => (
        <div key={field.id} className="row">
          <span className="customer-field">
            <b>{named(field.names)}</b> <span className="muted">{t(`own.type.${field.type}`)}</span>{' '}
            {field.removed && <Tag>{t('own.removed')}</Tag>}
          </span>
          {field.removed ? (
            <>
              <Button size="small" onClick={() => void replace({ ...field, removed: false }).catch(notice.refused)}>
                {t('own.restore')}
              </Button>
              {may('customers.manage') && (
                <Popconfirm
                  title={t('own.purgeAsk', { name: named(field.names) })}
                  okText={ui('delete')}
                  cancelText={ui('cancel')}
                  onConfirm={() => deleteForGood(field).catch(notice.refused)}
                >
                  <Button size="small" danger>
                    {t('own.purge')}
                  </Button>
                </Popconfirm>
              )}
            </>
          ) : (
            <>
              <Button size="small" onClick={() => begin(field)} aria-label={`${ui('edit')}: ${named(field.names)}`}>
                {ui('edit')}
              </Button>
              <Button size="small" danger onClick={() => void replace({ ...field, removed: true }).catch(notice.refused)}>
                {t('own.remove')}
              </Button>
            </>
          )}
        </div>
      ))}
      <div>
        <Button onClick={() => begin('new')}>{ui('add')}</Button>
      </div>
      {open && (
        <FieldForm
          field={open === 'new' ? null : (fields.find(({ id }) => id === open.id) ?? open)}
          problem={setting.problem}
          close={() => setOpen(null)}
          save={(field) => (open === 'new' ? save([...fields, field]) : replace(field))}
        />
      )}
    </div>
  )
}

function FieldForm({
  field,
  save,
  problem,
  close,
}: {
  field: OwnField | null
  save: (field: OwnField) => Promise<unknown>
  problem: Problem | null
  close: () => void
}) {
  const t = useWords('customers')
  const ui = useWords('ui')
  const [type, setType] = useState<OwnFieldType>(field?.type ?? 'text')
  const chooses = type === 'choice' || type === 'choices'
  const fields: readonly Field<Typed>[] = [
    { name: 'en', kind: 'text', label: t('own.nameEn'), maxLength: 60 },
    { name: 'cn', kind: 'text', label: t('own.nameCn'), maxLength: 60 },
    { name: 'tw', kind: 'text', label: t('own.nameTw'), maxLength: 60 },
    {
      name: 'type',
      kind: 'choice',
      label: t('own.kind'),
      required: true,
      // What is stored under one type is not what another one reads.
      disabled: field !== null,
      options: ownFieldTypes.map((value) => ({ value, label: t(`own.type.${value}`) })),
    },
    ...(chooses
      ? [{ name: 'choices', kind: 'area', label: t('own.choices'), help: t('own.choicesHelp'), required: true, wide: true } as const]
      : []),
    { name: 'required', kind: 'yes', label: t('own.required'), help: t('own.requiredHelp') },
    { name: 'inList', kind: 'yes', label: t('own.inList') },
    { name: 'personal', kind: 'yes', label: t('own.personal'), help: t('own.personalHelp') },
  ]
  const submit = ({ en = '', cn = '', tw = '', required, inList, personal, choices, ...typed }: Typed) =>
    save({
      id: field?.id ?? crypto.randomUUID(),
      names: { en: en ?? '', 'zh-CN': cn ?? '', 'zh-TW': tw ?? '' },
      type: typed.type,
      required: required ?? false,
      inList: inList ?? false,
      personal: personal ?? false,
      choices: chooses ? choicesOf(choices ?? '') : [],
      removed: false,
    }).then(close)
  return (
    <Dialog title={t('settings.fields')} onClose={close} wide>
      <Form<Typed>
        columns={2}
        fields={fields}
        initial={{
          type,
          en: field?.names.en ?? '',
          cn: field?.names['zh-CN'] ?? '',
          tw: field?.names['zh-TW'] ?? '',
          required: field?.required ?? false,
          inList: field?.inList ?? true,
          personal: field?.personal ?? false,
          choices: (field?.choices ?? []).map(({ key, names }) => [key, names.en, names['zh-CN'], names['zh-TW']].join(' | ')).join('\n'),
        }}
        onChange={(values) => setType(values.type)}
        onSubmit={submit}
        problem={problem}
        submit={ui('save')}
        cancel={close}
      />
    </Dialog>
  )
}

const choicesOf = (text: string): OwnField['choices'] =>
  text.split('\n').flatMap((line) => {
    const [key = '', en = '', cn = '', tw = ''] = line.split('|').map((part) => part.trim())
    return key === '' ? [] : [{ key, names: { en: en || key, 'zh-CN': cn, 'zh-TW': tw } }]
  })
