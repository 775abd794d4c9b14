import { MoreOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Tag } from 'antd'
import { useState } from 'react'
import type { ResultOf } from '#ui/client.ts'
import { useConfirm } from '#ui/confirm.ts'
import { useFormat } from '#ui/format.ts'
import { MenuButton } from '#ui/menu-button.tsx'
import { useNotice } from '#ui/notice.tsx'
import { Page } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { ShownOnce } from '#ui/shown-once.tsx'
import { type Column, DataTable } from '#ui/table.tsx'
import { usePages, useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { Disable } from './disable-dialog.tsx'
import { OpenInvitations } from './invitations.tsx'
import { useRoleName } from './role-names.ts'
import { SessionsOf } from './sessions.tsx'
import { ChangeRoles, Invite } from './user-forms.tsx'

export type UserView = ResultOf<typeof api.users>['items'][number]
type Open =
  | { readonly form: 'invite' }
  | { readonly form: 'link'; readonly email: string; readonly link: string }
  | { readonly form: 'sessions'; readonly user: UserView }
  | { readonly form: 'roles'; readonly user: UserView }
  | { readonly form: 'disable'; readonly user: UserView }
  | { readonly form: 'password'; readonly name: string; readonly password: string }

export function UsersPage() {
  const t = useWords('organization')
  const format = useFormat()
  const notice = useNotice()
  const session = useSession()
  const roleName = useRoleName()
  const pages = usePages(api.users, { limit: 50 })
  const [open, setOpen] = useState<Open | null>(null)
  const close = () => setOpen(null)
  const show = (name: string, password: string | null) => setOpen(password === null ? null : { form: 'password', name, password })
  const invited = (email: string, link: string | null) => {
    if (link !== null) return setOpen({ form: 'link', email, link })
    close()
    notice.done(t('users.linkSent', { email }))
  }
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
          user.roles.map((role) => <Tag key={role}>{roleName(role)}</Tag>)
        ),
    },
    {
      key: 'state',
      title: t('users.state'),
      cell: (user) => (
        <>
          {t(stateOf(user))} {user.secondFactor && <Tag>{t('secondFactor.tag')}</Tag>}
        </>
      ),
    },
    { key: 'since', title: t('users.since'), cell: (user) => format.instant(user.createdAt), optional: true },
    {
      key: 'actions',
      title: t('users.actionsHeading'),
      cell: (user) => (
        <UserActions
          user={user}
          onRoles={() => setOpen({ form: 'roles', user })}
          onDisable={() => setOpen({ form: 'disable', user })}
          onSessions={() => setOpen({ form: 'sessions', user })}
          onPassword={(password) => show(user.name, password)}
        />
      ),
    },
  ]
  return (
    <Page
      title={t('users.title')}
      about={t('users.about')}
      actions={
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen({ form: 'invite' })}>
          {t('invitations.invite')}
        </Button>
      }
    >
      <DataTable name="users" label={t('users.title')} columns={columns} pages={pages} rowKey={(user) => user.id} />
      <OpenInvitations onLink={invited} />
      {open?.form === 'invite' && <Invite close={close} onDone={invited} />}
      {open?.form === 'link' && (
        <ShownOnce
          title={t('invitations.linkTitle', { email: open.email })}
          text={t('invitations.linkText')}
          value={open.link}
          close={close}
        />
      )}
      {open?.form === 'sessions' && <SessionsOf user={open.user} close={close} />}
      {open?.form === 'roles' && <ChangeRoles user={pages.items.find(({ id }) => id === open.user.id) ?? open.user} close={close} />}
      {open?.form === 'disable' && <Disable user={open.user} close={close} />}
      {open?.form === 'password' && (
        <ShownOnce
          title={t('users.passwordTitle', { name: open.name })}
          text={t('users.passwordText')}
          value={open.password}
          close={close}
        />
      )}
    </Page>
  )
}

const stateOf = (user: UserView) => (!user.enabled ? 'users.disabled' : user.initialPassword ? 'users.initial' : 'users.enabled')

function UserActions({
  user,
  onRoles,
  onDisable,
  onSessions,
  onPassword,
}: {
  user: UserView
  onRoles: () => void
  onDisable: () => void
  onSessions: () => void
  onPassword: (password: string | null) => void
}) {
  const t = useWords('organization')
  const notice = useNotice()
  const session = useSession()
  const state = useRead(api.state, {})
  const confirm = useConfirm()
  const access = useWrite(api.changeUserAccess)
  const replace = useWrite(api.replaceUserPassword)
  const reset = useWrite(api.resetSecondFactor)
  const ask = (action: string, question: string, answer: () => Promise<unknown>) =>
    confirm({ title: t(question, { name: user.name }), verb: t(action), harmless: true }, () => answer())
  const actions: Readonly<Record<string, () => void>> = {
    changeRoles: onRoles,
    sessions: onSessions,
    newPassword: () =>
      ask('users.newPassword', 'users.passwordAsk', async () =>
        onPassword((await replace.send({ userId: user.id, by: 'password' })).password),
      ),
    ...(state.data?.mailConfigured
      ? {
          sendLink: () =>
            ask('users.sendLink', 'users.linkAsk', async () => {
              await replace.send({ userId: user.id, by: 'mail' })
              notice.done(t('users.linkSent', { email: user.email }))
            }),
        }
      : {}),
    ...(user.secondFactor
      ? { resetSecondFactor: () => ask('users.resetSecondFactor', 'users.resetSecondFactorAsk', () => reset.send({ userId: user.id })) }
      : {}),
    ...(user.enabled
      ? { disable: onDisable }
      : { enable: () => void access.send({ userId: user.id, enabled: true }).catch(notice.refused) }),
  }
  const own = user.id === session.user.id
  return (
    <MenuButton
      type="text"
      icon={<MoreOutlined />}
      label={t('users.actions', { name: user.name })}
      items={Object.keys(actions)
        .filter((key) => !own || !['disable', 'newPassword', 'resetSecondFactor'].includes(key))
        .map((key) => ({ key, label: t(`users.${key}`), danger: key === 'disable' }))}
      onChoose={(key) => actions[key]?.()}
    />
  )
}
