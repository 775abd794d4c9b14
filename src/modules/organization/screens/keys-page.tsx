import { PlusOutlined } from '@ant-design/icons'
import { Button, Tag } from 'antd'
import { type ReactNode, useState } from 'react'
import type { ResultOf } from '#ui/client.ts'
import { useConfirm } from '#ui/confirm.ts'
import { Dialog } from '#ui/dialog.tsx'
import { Empty } from '#ui/empty.tsx'
import { Form } from '#ui/form.tsx'
import { useFormat } from '#ui/format.ts'
import { Page, Section } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { ShownOnce } from '#ui/shown-once.tsx'
import { type Column, DataTable } from '#ui/table.tsx'
import { type Pages, usePages, useWrite } from '#ui/use-endpoint.ts'
import { modulesThatSpeak, useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import './organization.css'

type Key = ResultOf<typeof api.keys>['items'][number]

/** Keys for programs: one's own, and for administrators everybody's. */
export function KeysPage() {
  const t = useWords('organization')
  const { may } = useSession()
  const own = usePages(api.ownKeys, { limit: 50 })
  const [making, setMaking] = useState(false)
  const revokeOwn = useWrite(api.revokeOwnKey)
  const add = may('organization.make-keys') && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setMaking(true)}>
      {t('keys.make')}
    </Button>
  )
  return (
    <Page
      title={t('keys.title')}
      about={
        <>
          {t('keys.about')}{' '}
          <a className="inline-link" href="/api/docs">
            {t('keys.documents')}
          </a>
        </>
      }
      actions={add}
    >
      <KeyTable
        name="own-keys"
        label={t('keys.own')}
        pages={own}
        onRevoke={(keyId) => revokeOwn.send({ keyId })}
        empty={<Empty title={t('keys.none')}>{t('keys.noneHelp')}</Empty>}
      />
      {may('organization.manage-users') && <EverybodysKeys />}
      {making && <MakeKey close={() => setMaking(false)} />}
    </Page>
  )
}

function EverybodysKeys() {
  const t = useWords('organization')
  const all = usePages(api.keys, { limit: 50 })
  const revoke = useWrite(api.revokeKey)
  // That there are none is said above already.
  if (!all.isPending && !all.problem && all.items.length === 0) return null
  return (
    <Section title={t('keys.all')} about={t('keys.allAbout')}>
      <KeyTable name="all-keys" label={t('keys.all')} pages={all} withOwner onRevoke={(keyId) => revoke.send({ keyId })} />
    </Section>
  )
}

function KeyTable(props: {
  name: string
  label: string
  pages: Pages<Key>
  withOwner?: boolean
  onRevoke: (id: string) => Promise<unknown>
  empty?: ReactNode
}) {
  const t = useWords('organization')
  const format = useFormat()
  const permissionName = usePermissionNames()
  const confirm = useConfirm()
  const columns: Column<Key>[] = [
    {
      key: 'name',
      title: t('departments.name'),
      cell: (key) => (
        <>
          {key.name} {key.forService && <Tag>{t('keys.service')}</Tag>}
        </>
      ),
    },
    ...(props.withOwner ? [{ key: 'owner', title: t('keys.owner'), cell: (key: Key) => key.owner.name }] : []),
    { key: 'beginning', title: t('keys.beginning'), cell: (key) => <code>{key.beginning}…</code> },
    {
      key: 'permissions',
      title: t('keys.permissions'),
      cell: (key) => (
        <details>
          <summary>{t('keys.count', { count: key.permissions.length })}</summary>
          <ul className="plain-list">
            {key.permissions.map((permission) => (
              <li key={permission}>{permissionName(permission)}</li>
            ))}
          </ul>
        </details>
      ),
    },
    { key: 'expires', title: t('keys.expires'), cell: (key) => (key.expiresAt ? format.instant(key.expiresAt) : t('keys.never')) },
    { key: 'used', title: t('keys.used'), cell: (key) => (key.usedAt ? format.instant(key.usedAt) : t('keys.unused')) },
    { key: 'made', title: t('keys.made'), cell: (key) => format.instant(key.createdAt), optional: true },
    {
      key: 'actions',
      title: t('users.actionsHeading'),
      cell: (key) => (
        <Button
          size="small"
          danger
          aria-label={t('keys.revokeThis', { name: key.name })}
          onClick={() => confirm({ title: t('keys.revokeAsk', { name: key.name }), verb: t('keys.revoke') }, () => props.onRevoke(key.id))}
        >
          {t('keys.revoke')}
        </Button>
      ),
    },
  ]
  return (
    <DataTable name={props.name} label={props.label} columns={columns} pages={props.pages} rowKey={(key) => key.id} empty={props.empty} />
  )
}

interface NewKey {
  readonly name: string
  readonly permissions: string[]
  readonly days: string
  readonly forService?: boolean
}
const lifetimes = ['30', '90', '365', 'never'] as const

function MakeKey({ close }: { close: () => void }) {
  const t = useWords('organization')
  const { permissions, may } = useSession()
  const permissionName = usePermissionNames()
  const make = useWrite(api.makeKey)
  const submit = ({ name, permissions: given, days, forService = false }: NewKey) => {
    const expiresAt = days === 'never' ? null : new Date(Date.now() + Number(days) * 86_400_000)
    return make.send({ name, permissions: given, expiresAt, forService })
  }
  if (make.result) return <ShownOnce title={t('keys.shownTitle')} text={t('keys.shownText')} value={make.result.key} close={close} />
  return (
    <Dialog title={t('keys.make')} onClose={close}>
      <Form<NewKey>
        fields={[
          {
            name: 'name',
            kind: 'text',
            label: t('departments.name'),
            help: t('keys.nameHelp'),
            required: true,
            autoComplete: 'off',
            maxLength: 120,
          },
          {
            name: 'permissions',
            kind: 'choice',
            several: true,
            search: true,
            required: true,
            label: t('keys.permissions'),
            help: t('keys.permissionsHelp'),
            options: [...permissions].map((value) => ({ value, label: permissionName(value) })),
          },
          {
            name: 'days',
            kind: 'choice',
            required: true,
            label: t('keys.lifetime'),
            options: lifetimes.map((value) => ({
              value,
              label: value === 'never' ? t('keys.never') : t('keys.days', { count: Number(value) }),
            })),
          },
          ...(may('organization.manage-users')
            ? [{ name: 'forService', kind: 'yes', label: t('keys.forService'), help: t('keys.forServiceHelp') } as const]
            : []),
        ]}
        initial={{ permissions: [], days: '90', forService: false }}
        onSubmit={submit}
        problem={make.problem}
        pending={make.pending}
        submit={t('keys.make')}
        cancel={close}
      />
    </Dialog>
  )
}

/** A permission by its name in the words of the module that has it. */
function usePermissionNames() {
  const t = useWords('organization', ...modulesThatSpeak)
  return (permission: string) => {
    const [module, right] = permission.split('.')
    return t(`${module}:permission.${right}`)
  }
}
