import { Alert } from 'antd'
import { useEffect } from 'react'
import { Link, useLocation, useNavigate } from 'react-router'
import { Bare } from '#ui/bare.tsx'
import { Form } from '#ui/form.tsx'
import { Loading } from '#ui/page.tsx'
import { Refused } from '#ui/refused.tsx'
import { useForgetSession } from '#ui/session.ts'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { useDoor } from './door.ts'
import './organization.css'

interface Values {
  readonly email: string
  readonly name: string
  readonly password: string
}

/** Where the link of an invitation leads: name and password, and one is in. */
export function InvitationPage() {
  const t = useWords('organization')
  const token = useLocation().hash.slice(1)
  const navigate = useNavigate()
  const forget = useForgetSession()
  const state = useRead(api.state, {})
  const { send: open, problem, result: invitation } = useWrite(api.openInvitation)
  const accept = useWrite(api.acceptInvitation)
  const door = useDoor('/sign-in/email')
  useEffect(() => {
    if (token) open({ token }).catch(() => {})
  }, [open, token])
  const submit = async ({ name, password }: Values) => {
    const { email } = await accept.send({ token, name, password })
    const { next } = await door.send({ email, password })
    // A role may ask for a second factor; the page of sign-in knows how.
    if (next === null) await forget()
    navigate(next === null ? '/' : '/sign-in', { replace: true })
  }
  return (
    <Bare title={t('invitation.title')} about={invitation ? t('invitation.about', { organization: invitation.organization }) : undefined}>
      {!token && <Alert className="said" type="warning" showIcon title={t('invitation.noToken')} />}
      <Refused problem={problem} />
      {token && !invitation && !problem && <Loading lines={3} />}
      {invitation && (
        <Form<Values>
          fields={[
            { name: 'email', kind: 'email', label: t('field.email'), disabled: true, required: true, autoComplete: 'username' },
            { name: 'name', kind: 'text', label: t('field.name'), required: true, autoComplete: 'name', maxLength: 120 },
            {
              name: 'password',
              kind: 'password',
              label: t('field.password'),
              help: t('field.passwordHelp', { count: state.data?.shortestPassword }),
              required: true,
              autoComplete: 'new-password',
            },
          ]}
          initial={{ email: invitation.email }}
          onSubmit={submit}
          problem={accept.problem ?? door.problem}
          pending={accept.pending || door.pending}
          submit={t('invitation.submit')}
        />
      )}
      <p className="bare-more">
        <Link to="/sign-in">{t('forgotten.back')}</Link>
      </p>
    </Bare>
  )
}
