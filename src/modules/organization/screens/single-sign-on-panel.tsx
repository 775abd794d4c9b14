import { Typography } from 'antd'
import { useState } from 'react'
import { Form } from '#ui/form.tsx'
import { useNotice } from '#ui/notice.tsx'
import { Loaded } from '#ui/page.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { useRoleChoices } from './role-names.ts'
import { SettingHistory } from './setting-history.tsx'

const key = 'organization.single-sign-on'

interface Values {
  readonly enabled: boolean
  readonly name?: string
  readonly issuer?: string
  readonly clientId?: string
  /** Only where a new one is typed. */
  readonly secret?: string
  readonly domains?: string
  readonly createsUsers: boolean
  readonly role: string
  readonly ownNetwork: boolean
}
type Setting = Omit<Values, 'domains' | 'secret'> & { readonly domains: readonly string[] }

/** The company's own sign-in provider. */
export function SingleSignOnPanel() {
  const t = useWords('organization')
  const ui = useWords('ui')
  const notice = useNotice()
  const settings = useRead(api.settings, {})
  const about = useRead(api.singleSignOn, {})
  const roles = useRoleChoices()
  const change = useWrite(api.changeSetting)
  const keep = useWrite(api.setSingleSignOnSecret)
  const [times, setTimes] = useState(0)
  const save = async ({ secret, name = '', issuer = '', clientId = '', domains = '', ...rest }: Values, version: number) => {
    if (secret) await keep.send({ secret })
    const value = { ...rest, name, issuer, clientId, domains: domains.split(/[\s,，、]+/).filter((one) => one !== '') }
    await change.send({ key, value, version })
    notice.done(ui('saved'))
    setTimes((before) => before + 1)
  }
  return (
    <Loaded of={settings}>
      {({ settings: all }) => {
        const setting = all.find((one) => one.key === key)
        if (!setting) return null
        const { domains, ...value } = setting.value as Setting
        return (
          <>
            <p>
              {t('provider.return')}
              <br />
              <Typography.Text code className="once" copyable={{ tooltips: [ui('copy'), ui('copied')] }}>
                {about.data?.returnAddress ?? ''}
              </Typography.Text>
            </p>
            <Form<Values>
              // Begun anew once it is saved, so that no secret stays in it.
              key={times}
              fields={[
                { name: 'enabled', kind: 'yes', label: t('provider.enabled'), help: t('provider.enabledHelp') },
                { name: 'name', kind: 'text', label: t('provider.name'), help: t('provider.nameHelp'), maxLength: 60 },
                { name: 'issuer', kind: 'url', label: t('provider.issuer'), placeholder: 'https://login.example.com', maxLength: 500 },
                { name: 'ownNetwork', kind: 'yes', label: t('provider.ownNetwork'), help: t('provider.ownNetworkHelp') },
                { name: 'clientId', kind: 'text', label: t('provider.clientId'), autoComplete: 'off', maxLength: 300 },
                {
                  name: 'secret',
                  kind: 'password',
                  label: t('provider.secret'),
                  help: t(about.data?.hasSecret ? 'provider.secretThere' : 'provider.secretHelp'),
                  autoComplete: 'off',
                  maxLength: 1000,
                },
                {
                  name: 'domains',
                  kind: 'text',
                  label: t('provider.domains'),
                  help: t('provider.domainsHelp'),
                  placeholder: 'example.com',
                },
                { name: 'createsUsers', kind: 'yes', label: t('provider.createsUsers') },
                { name: 'role', kind: 'choice', label: t('provider.role'), required: true, options: roles },
              ]}
              initial={{ ...value, domains: domains.join(', ') }}
              onSubmit={(values) => save(values, setting.version)}
              problem={change.problem ?? keep.problem}
              pending={change.pending || keep.pending}
              submit={ui('save')}
            />
            <SettingHistory settingKey={key} />
          </>
        )
      }}
    </Loaded>
  )
}
