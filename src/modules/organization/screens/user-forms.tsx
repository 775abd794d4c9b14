import { Dialog } from '#ui/dialog.tsx'
import { Form } from '#ui/form.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { useRoleChoices } from './role-names.ts'
import type { UserView } from './users-page.tsx'

interface NewInvitation {
  readonly email: string
  readonly roles?: string[]
}

export function Invite({ close, onDone }: { close: () => void; onDone: (email: string, link: string | null) => void }) {
  const t = useWords('organization')
  const state = useRead(api.state, {})
  const roles = useRoleChoices()
  const invite = useWrite(api.invite)
  const submit = async ({ email, roles: given = [] }: NewInvitation) => onDone(email, (await invite.send({ email, roles: given })).link)
  return (
    <Dialog title={t('invitations.invite')} onClose={close}>
      <p className="muted">{t(state.data?.mailConfigured ? 'invitations.byMail' : 'invitations.byLink')}</p>
      <Form<NewInvitation>
        fields={[
          { name: 'email', kind: 'email', label: t('field.email'), required: true, autoComplete: 'off', maxLength: 254 },
          { name: 'roles', kind: 'choice', several: true, label: t('field.roles'), options: roles },
        ]}
        initial={{ roles: [] }}
        onSubmit={submit}
        problem={invite.problem}
        pending={invite.pending}
        submit={t('invitations.invite')}
        cancel={close}
      />
    </Dialog>
  )
}

export function ChangeRoles({ user, close }: { user: UserView; close: () => void }) {
  const t = useWords('organization')
  const ui = useWords('ui')
  const roles = useRoleChoices()
  const change = useWrite(api.changeUserRoles, { onDone: close })
  return (
    <Dialog title={`${t('users.changeRoles')}${ui('colon')}${user.name}`} onClose={close}>
      <Form<{ roles?: string[] }>
        fields={[{ name: 'roles', kind: 'choice', several: true, label: t('field.roles'), options: roles }]}
        initial={{ roles: [...user.roles] }}
        onSubmit={({ roles: given = [] }) => change.send({ userId: user.id, before: [...user.roles], roles: given })}
        problem={change.problem}
        pending={change.pending}
        submit={ui('save')}
        cancel={close}
      />
    </Dialog>
  )
}
