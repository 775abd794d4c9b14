import { Alert } from 'antd'
import { useState } from 'react'
import { Link, Navigate, useNavigate, useSearchParams } from 'react-router'
import { Bare } from '#ui/bare.tsx'
import type { Problem } from '#ui/client.ts'
import { Form } from '#ui/form.tsx'
import { Loading } from '#ui/page.tsx'
import { useForgetSession, useSessionState } from '#ui/session.ts'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useLanguage, useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { currencyFor } from '../domain.ts'
import { companyFields, companyOf, ownTimeZone, prefixed } from './company-fields.ts'
import { knock } from './door.ts'
import './organization.css'

type Values = { readonly name: string; readonly email: string; readonly password: string } & Record<string, string>

export function FirstAdministratorPage() {
  const t = useWords('organization')
  const { language } = useLanguage()
  const [query] = useSearchParams()
  const navigate = useNavigate()
  const forget = useForgetSession()
  const { session } = useSessionState()
  const state = useRead(api.state, {})
  const create = useWrite(api.createFirstAdministrator)
  const [entering, setEntering] = useState<Problem | null>(null)
  const token = query.get('token')

  const submit = async (values: Values) => {
    const { name, email, password } = values
    await create.send({ token: token ?? '', name, email, password, organization: companyOf('organization', values) })
    try {
      await knock('/sign-in/email', { email, password })
    } catch (problem) {
      setEntering(problem as Problem)
      return
    }
    navigate('/welcome', { replace: true })
    await forget()
  }

  if (session && !create.pending) return <Navigate replace to={create.result ? '/welcome' : '/'} />
  if (state.isPending) return <Loading />
  if (state.data?.hasUsers && !create.result && !create.pending)
    return (
      <Bare title={t('first.title')}>
        <Alert className="said" type="info" showIcon title={t('first.done')} />
        <p className="bare-more">
          <Link to="/sign-in">{t('signIn.title')}</Link>
        </p>
      </Bare>
    )
  if (!token)
    return (
      <Bare title={t('first.title')}>
        <Alert className="said" type="warning" showIcon title={t('first.noToken')} />
      </Bare>
    )
  return (
    <Bare title={t('first.title')} about={t('first.about')}>
      <Form<Values>
        fields={[
          { name: 'name', kind: 'text', label: t('field.name'), required: true, autoComplete: 'name', maxLength: 120 },
          { name: 'email', kind: 'email', label: t('field.email'), required: true, autoComplete: 'username', maxLength: 254 },
          {
            name: 'password',
            kind: 'password',
            label: t('field.password'),
            help: t('field.passwordHelp', { count: state.data?.shortestPassword }),
            required: true,
            autoComplete: 'new-password',
          },
          ...companyFields<Values>('organization', t, language),
        ]}
        initial={prefixed('organization', { name: '', currency: currencyFor(ownRegion()), timeZone: ownTimeZone(), locale: language })}
        onSubmit={submit}
        problem={create.problem ?? entering}
        pending={create.pending}
        submit={t('first.submit')}
      />
    </Bare>
  )
}

/** The region of the browser's first language, as far as it says one or it is likely. */
// Some browsers say `en-US@posix`, which is no language tag.
const ownRegion = (): string => new Intl.Locale(navigator.language.split('@')[0] || 'en').maximize().region ?? ''
