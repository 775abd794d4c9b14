import { Button, Typography } from 'antd'
import { Dialog } from '#ui/dialog.tsx'
import { Form } from '#ui/form.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import type { UserView } from './users-page.tsx'

interface NewUser {
  readonly name: string
  readonly email: string
  readonly roles?: string[]
  readonly by?: 'password' | 'mail'
}

export function AddUser({ close, onDone }: { close: () => void; onDone: (name: string, password: string | null) => void }) {
  const t = useWords('organization')
  const ui = useWords('ui')
  const state = useRead(api.state, {})
  const roles = useRoles()
  const create = useWrite(api.createUser)
  const submit = async ({ name, email, roles: given = [], by = 'password' }: NewUser) => {
    const { password } = await create.send({ name, email, roles: given, by })
    onDone(name, password)
  }
  return (
    <Dialog title={t('users.add')} onClose={close}>
      <Form<NewUser>
        fields={[
          { name: 'name', kind: 'text', label: t('field.name'), required: true, autoComplete: 'off', maxLength: 120 },
          { name: 'email', kind: 'email', label: t('field.email'), required: true, autoComplete: 'off', maxLength: 254 },
          { name: 'roles', kind: 'choice', several: true, label: t('field.roles'), options: roles },
          ...(state.data?.mailConfigured
            ? [
                {
                  name: 'by',
                  kind: 'choice',
                  required: true,
                  label: t('field.by'),
                  options: (['password', 'mail'] as const).map((value) => ({ value, label: t(`by.${value}`) })),
                } as const,
              ]
            : []),
        ]}
        initial={{ roles: [], by: 'password' }}
        onSubmit={submit}
        problem={create.problem}
        pending={create.pending}
        submit={ui('add')}
        cancel={close}
      />
    </Dialog>
  )
}

export function ChangeRoles({ user, close }: { user: UserView; close: () => void }) {
  const t = useWords('organization')
  const ui = useWords('ui')
  const roles = useRoles()
  const change = useWrite(api.changeUserRoles, { onDone: close })
  return (
    <Dialog title={`${t('users.changeRoles')}: ${user.name}`} onClose={close}>
      <Form<{ roles?: string[] }>
        fields={[{ name: 'roles', kind: 'choice', several: true, label: t('field.roles'), options: roles }]}
        initial={{ roles: [...user.roles] }}
        onSubmit={({ roles: given = [] }) => change.send({ userId: user.id, roles: given })}
        problem={change.problem}
        pending={change.pending}
        submit={ui('save')}
        cancel={close}
      />
    </Dialog>
  )
}

export function ShownPassword({ name, password, close }: { name: string; password: string; close: () => void }) {
  const t = useWords('organization')
  const ui = useWords('ui')
  return (
    <Dialog
      title={t('users.passwordTitle', { name })}
      onClose={close}
      footer={
        <Button type="primary" onClick={close}>
          {ui('close')}
        </Button>
      }
    >
      <p>{t('users.passwordText')}</p>
      <Typography.Text code copyable={{ tooltips: [t('users.copy'), t('users.copied')] }}>
        {password}
      </Typography.Text>
    </Dialog>
  )
}

function useRoles() {
  const t = useWords('organization')
  const { data } = useRead(api.roles, {})
  return (data?.roles ?? []).map(({ name }) => ({ value: name, label: t(`role.${name}`) }))
}
