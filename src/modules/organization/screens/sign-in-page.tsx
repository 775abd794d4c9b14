import { Alert, Button } from 'antd'
import { useState } from 'react'
import { Link, Navigate, useSearchParams } from 'react-router'
import { Bare } from '#ui/bare.tsx'
import { Form } from '#ui/form.tsx'
import { useForgetSession, useSessionState } from '#ui/session.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { hasWord, useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { ownPath, useDoor } from './door.ts'
import { CodeForm, SetUpSecondFactor } from './second-factor.tsx'
import './organization.css'

interface Values {
  readonly email: string
  readonly password: string
}

export function SignInPage() {
  const t = useWords('organization')
  const [query] = useSearchParams()
  const state = useRead(api.state, {})
  const { session } = useSessionState()
  const forget = useForgetSession()
  const door = useDoor('/sign-in/email')
  const [step, setStep] = useState<string | null>(query.get('step'))
  if (session) return <Navigate replace to={session.user.initialPassword ? '/profile' : ownPath(query.get('next'))} />
  const refused = query.get('refused')
  const sentence = (reason: string) => (hasWord('organization', `refusal.${reason}`) ? t(`refusal.${reason}`) : t('refusal.provider-away'))
  const submit = async (values: Values) => {
    const { next } = await door.send(values)
    if (next === null) await forget()
    else setStep(next)
  }
  if (step === 'second-factor')
    return (
      <Bare title={t('secondFactor.askTitle')} about={t('secondFactor.askAbout')}>
        <CodeForm door="/sign-in/second-factor" submit={t('signIn.submit')} onDone={forget} />
        <p className="bare-more muted">{t('secondFactor.lost')}</p>
      </Bare>
    )
  if (step === 'set-up')
    return (
      <Bare title={t('secondFactor.setUpTitle')} about={t('secondFactor.mustAbout')}>
        <SetUpSecondFactor onDone={forget} />
      </Bare>
    )
  return (
    <Bare title={t('signIn.title')} about={state.data?.hasUsers ? state.data.name : undefined}>
      {state.data?.hasUsers === false && <Alert className="said" type="info" showIcon title={t('signIn.nobody')} />}
      {refused && <Alert className="said" role="alert" type="error" showIcon title={sentence(refused)} />}
      {query.has('changed') && <Alert className="said" type="success" showIcon title={t('signIn.changed')} />}
      <Form<Values>
        fields={[
          { name: 'email', kind: 'email', label: t('field.email'), required: true, autoComplete: 'username', maxLength: 254 },
          { name: 'password', kind: 'password', label: t('field.password'), required: true, autoComplete: 'current-password' },
        ]}
        initial={{}}
        onSubmit={submit}
        problem={door.problem}
        pending={door.pending}
        submit={t('signIn.submit')}
      />
      {state.data?.singleSignOn && (
        <Button block className="provider" href={`/api/auth/single-sign-on?next=${encodeURIComponent(ownPath(query.get('next')))}`}>
          {t('signIn.provider', { name: state.data.singleSignOn })}
        </Button>
      )}
      <p className="bare-more">
        <Link to="/forgotten-password">{t('signIn.forgotten')}</Link>
      </p>
    </Bare>
  )
}
