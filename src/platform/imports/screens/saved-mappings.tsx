import { DeleteOutlined, SaveOutlined } from '@ant-design/icons'
import { Alert, Button, Select } from 'antd'
import { useState } from 'react'
import { isMeanwhile } from '#ui/client.ts'
import { useConfirm } from '#ui/confirm.ts'
import { Dialog } from '#ui/dialog.tsx'
import { Form } from '#ui/form.tsx'
import { useNotice } from '#ui/notice.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { type ImportMapping, importsApi } from '../api.ts'

/** Loads a mapping by name, keeps this one under a name, forgets one. */
export function SavedMappings({
  importer,
  mapping,
  headers,
  savedAs,
  onLoad,
}: {
  importer: string
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
  const mappings = useRead(importsApi.mappings, { importer })
  const save = useWrite(importsApi.saveMapping, {
    onDone: ({ name }) => {
      setNaming(false)
      notice.done(t('mapping.saved', { name }))
      onLoad(name)
    },
  })
  const remove = useWrite(importsApi.deleteMapping, { onDone: () => notice.done(t('mapping.deleted')) })
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
              remove.send({ importer, name: savedAs, version: versionOf(savedAs) }),
            )
          }
        />
      )}
      <Button icon={<SaveOutlined />} onClick={() => setNaming(true)}>
        {t('mapping.save')}
      </Button>
      {naming && (
        <Dialog title={t('mapping.saveTitle')} onClose={() => setNaming(false)}>
          {isMeanwhile(save.problem) && <Alert role="alert" type="warning" showIcon title={t('mapping.meanwhile')} />}
          <Form<{ name: string }>
            fields={[{ name: 'name', kind: 'text', label: t('mapping.name'), help: t('mapping.nameHelp'), required: true, maxLength: 100 }]}
            initial={{ name: savedAs ?? mapping.source }}
            onSubmit={({ name }) => save.send({ importer, name, version: versionOf(name.trim()), mapping, headers: [...headers] })}
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
