import { Alert } from 'antd'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { Bare } from '#ui/bare.tsx'
import { Form } from '#ui/form.tsx'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { useDoor } from './door.ts'
import './organization.css'

export function ForgottenPasswordPage() {
  const t = useWords('organization')
  const state = useRead(api.state, {})
  const door = useDoor('/request-password-reset')
  return (
    <Bare title={t('forgotten.title')} about={state.data?.mailConfigured ? t('forgotten.about') : undefined}>
      {state.data?.mailConfigured === false && <Alert className="said" type="info" showIcon title={t('forgotten.noMail')} />}
      {door.done && <Alert className="said" role="status" type="success" showIcon title={t('forgotten.sent')} />}
      {state.data?.mailConfigured && !door.done && (
        <Form<{ email: string }>
          fields={[{ name: 'email', kind: 'email', label: t('field.email'), required: true, autoComplete: 'username', maxLength: 254 }]}
          initial={{}}
          onSubmit={(values) => door.send(values)}
          problem={door.problem}
          pending={door.pending}
          submit={t('forgotten.submit')}
        />
      )}
      <p className="bare-more">
        <Link to="/sign-in">{t('forgotten.back')}</Link>
      </p>
    </Bare>
  )
}

export function ResetPasswordPage() {
  const t = useWords('organization')
  const [query] = useSearchParams()
  const navigate = useNavigate()
  const state = useRead(api.state, {})
  const door = useDoor('/reset-password')
  const token = query.get('token')
  const submit = async ({ newPassword }: { newPassword: string }) => {
    await door.send({ token, newPassword })
    navigate('/sign-in?changed', { replace: true })
  }
  return (
    <Bare title={t('reset.title')}>
      {!token && <Alert className="said" type="warning" showIcon title={t('reset.noToken')} />}
      {token && (
        <Form<{ newPassword: string }>
          fields={[
            {
              name: 'newPassword',
              kind: 'password',
              label: t('field.newPassword'),
              help: t('field.passwordHelp', { count: state.data?.shortestPassword }),
              required: true,
              autoComplete: 'new-password',
            },
          ]}
          initial={{}}
          onSubmit={submit}
          problem={door.problem}
          pending={door.pending}
          submit={t('reset.submit')}
        />
      )}
      <p className="bare-more">
        <Link to="/forgotten-password">{t('reset.again')}</Link>
      </p>
    </Bare>
  )
}
