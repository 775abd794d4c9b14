import { Form } from '#ui/form.tsx'
import { useNotice } from '#ui/notice.tsx'
import { Loaded } from '#ui/page.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { SettingHistory } from './setting-history.tsx'
import { useRoleChoices } from './user-forms.tsx'

const key = 'organization.second-factor'

/** Whose second factor is a must. */
export function SecondFactorPanel() {
  const t = useWords('organization')
  const ui = useWords('ui')
  const notice = useNotice()
  const settings = useRead(api.settings, {})
  const roles = useRoleChoices()
  const change = useWrite(api.changeSetting, { onDone: () => notice.done(ui('saved')) })
  return (
    <Loaded of={settings}>
      {({ settings: all }) => {
        const setting = all.find((one) => one.key === key)
        if (!setting) return null
        return (
          <>
            <Form<{ roles?: string[] }>
              fields={[
                {
                  name: 'roles',
                  kind: 'choice',
                  several: true,
                  label: t('secondFactor.roles'),
                  help: t('secondFactor.rolesHelp'),
                  options: roles,
                },
              ]}
              initial={{ roles: (setting.value as { roles: string[] }).roles }}
              onSubmit={({ roles: given = [] }) => change.send({ key, value: { roles: given }, version: setting.version })}
              problem={change.problem}
              pending={change.pending}
              submit={ui('save')}
            />
            <SettingHistory settingKey={key} labels={{ roles: t('secondFactor.roles') }} />
          </>
        )
      }}
    </Loaded>
  )
}
