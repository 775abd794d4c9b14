import { MoreOutlined, PlusOutlined } from '@ant-design/icons'
import { App, Button, Tag } from 'antd'
import { useState } from 'react'
import type { ResultOf } from '#ui/client.ts'
import { useFormat } from '#ui/format.ts'
import { MenuButton } from '#ui/menu-button.tsx'
import { useNotice } from '#ui/notice.tsx'
import { Page } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { type Column, DataTable } from '#ui/table.tsx'
import { usePages, useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { AddUser, ChangeRoles, ShownPassword } from './user-forms.tsx'

export type UserView = ResultOf<typeof api.users>['items'][number]
type Open =
  | { readonly form: 'add' }
  | { readonly form: 'roles'; readonly user: UserView }
  | { readonly form: 'password'; readonly name: string; readonly password: string }

export function UsersPage() {
  const t = useWords('organization')
  const format = useFormat()
  const session = useSession()
  const pages = usePages(api.users, { limit: 50 })
  const [open, setOpen] = useState<Open | null>(null)
  const close = () => setOpen(null)
  const show = (name: string, password: string | null) => setOpen(password === null ? null : { form: 'password', name, password })
  const columns: Column<UserView>[] = [
    {
      key: 'name',
      title: t('field.name'),
      cell: (user) => (
        <>
          {user.name} {user.id === session.user.id && <span className="muted">({t('users.you')})</span>}
        </>
      ),
    },
    { key: 'email', title: t('field.email'), cell: (user) => user.email },
    {
      key: 'roles',
      title: t('field.roles'),
      cell: (user) =>
        user.roles.length === 0 ? (
          <span className="muted">{t('users.noRole')}</span>
        ) : (
          user.roles.map((role) => <Tag key={role}>{t(`role.${role}`)}</Tag>)
        ),
    },
    { key: 'state', title: t('users.state'), cell: (user) => t(stateOf(user)) },
    { key: 'since', title: t('users.since'), cell: (user) => format.instant(user.createdAt), optional: true },
    {
      key: 'actions',
      title: t('users.actionsHeading'),
      cell: (user) => (
        <UserActions user={user} onRoles={() => setOpen({ form: 'roles', user })} onPassword={(password) => show(user.name, password)} />
      ),
    },
  ]
  return (
    <Page
      title={t('users.title')}
      about={t('users.about')}
      actions={
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen({ form: 'add' })}>
          {t('users.add')}
        </Button>
      }
    >
      <DataTable name="users" label={t('users.title')} columns={columns} pages={pages} rowKey={(user) => user.id} />
      {open?.form === 'add' && <AddUser close={close} onDone={show} />}
      {open?.form === 'roles' && <ChangeRoles user={open.user} close={close} />}
      {open?.form === 'password' && <ShownPassword name={open.name} password={open.password} close={close} />}
    </Page>
  )
}

const stateOf = (user: UserView) => (!user.enabled ? 'users.disabled' : user.initialPassword ? 'users.initial' : 'users.enabled')

function UserActions({
  user,
  onRoles,
  onPassword,
}: {
  user: UserView
  onRoles: () => void
  onPassword: (password: string | null) => void
}) {
  const t = useWords('organization')
  const notice = useNotice()
  const session = useSession()
  const state = useRead(api.state, {})
  const { modal } = App.useApp()
  const access = useWrite(api.changeUserAccess)
  const replace = useWrite(api.replaceUserPassword)
  const ask = (question: string, answer: () => Promise<unknown>) =>
    void modal.confirm({ title: question, onOk: () => answer().catch((problem: unknown) => notice.refused(problem)) })
  const actions: Readonly<Record<string, () => void>> = {
    changeRoles: onRoles,
    newPassword: () =>
      ask(t('users.passwordAsk', { name: user.name }), async () =>
        onPassword((await replace.send({ userId: user.id, by: 'password' })).password),
      ),
    ...(state.data?.mailConfigured
      ? {
          sendLink: () =>
            ask(t('users.linkAsk', { name: user.name }), async () => {
              await replace.send({ userId: user.id, by: 'mail' })
              notice.done(t('users.linkSent', { email: user.email }))
            }),
        }
      : {}),
    ...(user.enabled
      ? { disable: () => ask(t('users.disableAsk', { name: user.name }), () => access.send({ userId: user.id, enabled: false })) }
      : { enable: () => void access.send({ userId: user.id, enabled: true }).catch(notice.refused) }),
  }
  const own = user.id === session.user.id
  return (
    <MenuButton
      type="text"
      icon={<MoreOutlined />}
      label={t('users.actions', { name: user.name })}
      items={Object.keys(actions)
        .filter((key) => !own || (key !== 'disable' && key !== 'newPassword'))
        .map((key) => ({ key, label: t(`users.${key}`), danger: key === 'disable' }))}
      onChoose={(key) => actions[key]?.()}
    />
  )
}
