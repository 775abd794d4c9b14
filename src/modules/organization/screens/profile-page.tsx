import { Alert, Segmented } from 'antd'
import { Form } from '#ui/form.tsx'
import { useNotice } from '#ui/notice.tsx'
import { Page, Section } from '#ui/page.tsx'
import { usePreference } from '#ui/preferences.ts'
import { useForgetSession, useSession } from '#ui/session.ts'
import type { ThemeChoice } from '#ui/theme.ts'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { type Language, languages as languageNames, useLanguage, useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { languages, themes } from '../domain.ts'
import { Absences } from './absences.tsx'
import { useDoor } from './door.ts'
import { OwnIdentities } from './identities.tsx'
import { OwnStaff } from './own-staff.tsx'
import { useRoleName } from './role-names.ts'
import { SecondFactorSection } from './second-factor-section.tsx'
import { OwnSessions } from './sessions.tsx'
import './organization.css'

export function ProfilePage() {
  const t = useWords('organization')
  const { user } = useSession()
  const roleName = useRoleName()
  const roles = user.roles.map(roleName).join(' · ')
  return (
    <Page title={t('profile.title')} about={`${user.email}${roles ? ` · ${roles}` : ''}`} width="reading">
      {user.initialPassword && <Alert className="said" type="warning" showIcon title={t('profile.initial')} />}
      {user.initialPassword && <Password />}
      <AboutMe />
      <OwnStaff />
      <Absences />
      {!user.initialPassword && <Password />}
      <SecondFactorSection />
      <OwnIdentities />
      <OwnSessions />
    </Page>
  )
}

/** Language and appearance hold at once and are kept for every device by the shell; the name is saved with its button. */
function AboutMe() {
  const t = useWords('organization')
  const ui = useWords('ui')
  const notice = useNotice()
  const { user } = useSession()
  const { language, setLanguage } = useLanguage()
  const [theme, setTheme] = usePreference<ThemeChoice>('theme', 'system')
  const change = useWrite(api.changeMyself, { onDone: () => notice.done(ui('saved')) })
  return (
    <Section title={t('profile.you')}>
      <dl className="facts">
        <div>
          <dt>{t('field.language')}</dt>
          <dd>
            <Segmented<Language>
              aria-label={t('field.language')}
              value={language}
              onChange={(next) => void setLanguage(next)}
              options={languages.map((value) => ({ value, label: <span lang={value}>{languageNames[value]}</span> }))}
            />
          </dd>
        </div>
        <div>
          <dt>{t('field.theme')}</dt>
          <dd>
            <Segmented<ThemeChoice>
              aria-label={t('field.theme')}
              value={theme}
              onChange={setTheme}
              options={themes.map((value) => ({ value, label: t(`theme.${value}`) }))}
            />
          </dd>
        </div>
      </dl>
      <Form<{ name: string }>
        fields={[{ name: 'name', kind: 'text', label: t('field.name'), required: true, autoComplete: 'name', maxLength: 120 }]}
        initial={{ name: user.name }}
        onSubmit={({ name }) => change.send({ name })}
        problem={change.problem}
        pending={change.pending}
        submit={ui('save')}
      />
    </Section>
  )
}

interface Passwords {
  readonly currentPassword: string
  readonly newPassword: string
}

function Password() {
  const t = useWords('organization')
  const notice = useNotice()
  const state = useRead(api.state, {})
  const forget = useForgetSession()
  const door = useDoor('/change-password')
  const submit = async (values: Passwords) => {
    await door.send(values)
    notice.done(t('profile.passwordDone'))
    await forget()
  }
  return (
    <Section title={t('profile.password')} about={t('profile.passwordAbout')}>
      <Form<Passwords>
        fields={[
          {
            name: 'currentPassword',
            kind: 'password',
            label: t('field.currentPassword'),
            required: true,
            autoComplete: 'current-password',
          },
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
        submit={t('profile.passwordSubmit')}
      />
    </Section>
  )
}
