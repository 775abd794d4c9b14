import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import type { ResultOf } from '#ui/client.ts'
import { Dialog } from '#ui/dialog.tsx'
import { type Field, Form } from '#ui/form.tsx'
import { useNamed } from '#ui/named.ts'
import { Section } from '#ui/page.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { RemoveButton } from './remove-button.tsx'
import { useRoleChoices } from './role-names.ts'

type Names = NonNullable<ResultOf<typeof api.roleNames>['roles'][number]['names']>
type Open = 'new' | { readonly name: string; readonly names: Names }

/** The roles that the company made itself: named in its languages, renamed, removed. */
export function OwnRoles() {
  const t = useWords('organization')
  const named = useNamed()
  const { data } = useRead(api.roleNames, {})
  const remove = useWrite(api.removeRole)
  const [open, setOpen] = useState<Open | null>(null)
  const own = data?.roles.flatMap(({ name, names }) => (names === null ? [] : [{ name, names }])) ?? []
  return (
    <Section
      title={t('ownRoles.title')}
      about={t('ownRoles.about')}
      actions={
        <Button icon={<PlusOutlined />} onClick={() => setOpen('new')}>
          {t('ownRoles.add')}
        </Button>
      }
    >
      {own.length === 0 && <p className="muted">{t('ownRoles.none')}</p>}
      <ul className="teams">
        {own.map((role) => (
          <li key={role.name}>
            <div>
              <strong>{named(role.names)}</strong> <small className="muted">{role.name}</small>
            </div>
            <div className="page-actions">
              <Button size="small" onClick={() => setOpen(role)} aria-label={`${t('ownRoles.rename')}: ${named(role.names)}`}>
                {t('ownRoles.rename')}
              </Button>
              <RemoveButton
                name={named(role.names)}
                text={t('ownRoles.removeText')}
                remove={() => remove.send({ role: role.name, before: role.names })}
              />
            </div>
          </li>
        ))}
      </ul>
      {open && <RoleForm role={open} close={() => setOpen(null)} />}
    </Section>
  )
}

interface Typed {
  readonly en?: string | null
  readonly cn?: string | null
  readonly tw?: string | null
  readonly copiedFrom?: string
}

function RoleForm({ role, close }: { role: Open; close: () => void }) {
  const t = useWords('organization')
  const ui = useWords('ui')
  const choices = useRoleChoices()
  const make = useWrite(api.createRole, { onDone: close })
  const rename = useWrite(api.renameRole, { onDone: close })
  const fields: readonly Field<Typed>[] = [
    ...(role === 'new'
      ? [
          {
            name: 'copiedFrom',
            kind: 'choice',
            label: t('ownRoles.copiedFrom'),
            help: t('ownRoles.copiedFromHelp'),
            required: true,
            options: choices,
          } as const,
        ]
      : []),
    { name: 'en', kind: 'text', label: t('ownRoles.nameEn'), maxLength: 60 },
    { name: 'cn', kind: 'text', label: t('ownRoles.nameCn'), maxLength: 60 },
    { name: 'tw', kind: 'text', label: t('ownRoles.nameTw'), maxLength: 60 },
  ]
  const submit = ({ en, cn, tw, copiedFrom = '' }: Typed) => {
    const names = { en: en ?? '', 'zh-CN': cn ?? '', 'zh-TW': tw ?? '' }
    return role === 'new' ? make.send({ names, copiedFrom }) : rename.send({ role: role.name, before: role.names, names })
  }
  return (
    <Dialog title={t(role === 'new' ? 'ownRoles.add' : 'ownRoles.rename')} onClose={close}>
      <Form<Typed>
        fields={fields}
        initial={role === 'new' ? {} : { en: role.names.en, cn: role.names['zh-CN'], tw: role.names['zh-TW'] }}
        onSubmit={submit}
        problem={make.problem ?? rename.problem}
        pending={make.pending || rename.pending}
        submit={ui('save')}
        cancel={close}
      />
    </Dialog>
  )
}
