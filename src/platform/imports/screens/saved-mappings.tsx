import { DeleteOutlined, SaveOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { isMeanwhile } from '#ui/client.ts'
import { Compared } from '#ui/compared.tsx'
import { useConfirm } from '#ui/confirm.ts'
import { Dialog } from '#ui/dialog.tsx'
import { Form } from '#ui/form.tsx'
import { useNamedSave } from '#ui/named-save.ts'
import { useNotice } from '#ui/notice.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { type ImporterView, type ImportMapping, importsApi, type SavedMapping } from '../api.ts'
import { useImportWords } from './import-words.ts'

/** Loads a mapping by name, keeps this one under a name, forgets one. */
export function SavedMappings({
  importer,
  mapping,
  headers,
  savedAs,
  onLoad,
}: {
  importer: ImporterView
  mapping: ImportMapping
  headers: readonly string[]
  savedAs: string | null
  onLoad: (name: string) => void
}) {
  const t = useWords('imports')
  const ui = useWords('ui')
  const notice = useNotice()
  const confirm = useConfirm()
  const [naming, setNaming] = useState(false)
  const words = useImportWords()
  const { kind } = importer
  const [typed, setTyped] = useState(savedAs ?? mapping.source)
  const mappings = useRead(importsApi.mappings, { importer: kind })
  const save = useWrite(importsApi.saveMapping, {
    onDone: ({ name }) => {
      setNaming(false)
      named.reset()
      notice.done(t('mapping.saved', { name }))
      onLoad(name)
    },
  })
  const remove = useWrite(importsApi.deleteMapping, { onDone: () => notice.done(t('mapping.deleted')) })
  const stored = mappings.data?.items.find(({ name }) => name === typed.trim()) ?? null
  const named = useNamedSave(
    typed.trim(),
    fieldsOf({ ...mapping, columns: byHeader(mapping, headers) }),
    stored && fieldsOf(stored.mapping),
    save.problem,
  )
  const label = (field: string) => {
    const [part = '', name = ''] = field.split(' ')
    if (part === 'column') return words.field(importer, name)
    return part === 'option' ? words.option(importer, name) : t(part === 'source' ? 'source.label' : `${part}.title`)
  }
  const shown = (field: string, value: unknown) => {
    const [part = '', name = ''] = field.split(' ')
    if (value === undefined || value === '') return ui('meanwhile.nothing')
    if (part === 'option') return words.choice(importer, name, String(value))
    if (part === 'dates') return t(`dates.${(value as SavedMapping['dates']).order}`)
    return part === 'decimal' ? t(value === ',' ? 'decimal.comma' : 'decimal.point') : String(value)
  }
  const versionOf = (name: string) => mappings.data?.items.find((one) => one.name === name)?.version ?? 0
  const names = mappings.data?.items.map(({ name }) => name) ?? []
  return (
    <span className="row">
      {names.length > 0 && (
        <Select
          className="import-mappings"
          aria-label={t('mapping.load')}
          placeholder={t('mapping.load')}
          value={savedAs}
          onChange={onLoad}
          options={names.map((name) => ({ value: name, label: name }))}
        />
      )}
      {savedAs && names.includes(savedAs) && (
        <Button
          icon={<DeleteOutlined />}
          aria-label={t('mapping.delete', { name: savedAs })}
          title={t('mapping.delete', { name: savedAs })}
          onClick={() =>
            confirm({ title: t('mapping.deleteAsk', { name: savedAs }), verb: ui('delete') }, () =>
              remove.send({ importer: kind, name: savedAs, version: versionOf(savedAs) }),
            )
          }
        />
      )}
      <Button icon={<SaveOutlined />} onClick={() => setNaming(true)}>
        {t('mapping.save')}
      </Button>
      {naming && (
        <Dialog title={t('mapping.saveTitle')} onClose={() => setNaming(false)}>
          {named.compared && <Compared compared={named.compared} label={label} shown={shown} decide={named.decide} />}
          <Form<{ name: string }>
            fields={[{ name: 'name', kind: 'text', label: t('mapping.name'), help: t('mapping.nameHelp'), required: true, maxLength: 100 }]}
            initial={{ name: savedAs ?? mapping.source }}
            onChange={({ name }) => setTyped(name ?? '')}
            onSubmit={({ name }) =>
              save.send({
                importer: kind,
                name,
                version: versionOf(name.trim()),
                mapping: { ...mapping, ...mappingOf(named.values, headers) },
                headers: [...headers],
              })
            }
            problem={isMeanwhile(save.problem) ? null : save.problem}
            pending={save.pending}
            submit={ui('save')}
            cancel={() => setNaming(false)}
          />
        </Dialog>
      )}
    </span>
  )
}

/** A mapping field by field: each column and option by itself. */
const fieldsOf = ({ columns, options, dates, decimal, source }: Omit<SavedMapping, 'headers'>): Readonly<Record<string, unknown>> => ({
  ...Object.fromEntries(Object.entries(columns).map(([field, header]) => [`column ${field}`, header])),
  ...Object.fromEntries(Object.entries(options).map(([name, value]) => [`option ${name}`, value])),
  dates,
  decimal,
  source,
})

const byHeader = ({ columns }: ImportMapping, headers: readonly string[]) =>
  Object.fromEntries(Object.entries(columns).map(([field, place]) => [field, headers[place] ?? '']))

/** Of another's columns only those that this file has. */
function mappingOf(fields: Readonly<Record<string, unknown>>, headers: readonly string[]): Omit<ImportMapping, 'layout'> {
  const part = (name: string) =>
    Object.entries(fields).flatMap(([key, value]) =>
      key.startsWith(`${name} `) ? [[key.slice(name.length + 1), String(value)] as const] : [],
    )
  const columns = part('column').map(([field, header]) => [field, headers.indexOf(header)] as const)
  return {
    columns: Object.fromEntries(columns.filter(([, place]) => place >= 0)),
    options: Object.fromEntries(part('option')),
    dates: fields.dates as ImportMapping['dates'],
    decimal: fields.decimal as ImportMapping['decimal'],
    source: String(fields.source),
  }
}
