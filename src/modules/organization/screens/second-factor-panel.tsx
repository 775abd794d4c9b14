import { useWords } from '#ui/words.ts'
import { useRoleChoices } from './role-names.ts'
import { SettingForm } from './setting-form.tsx'

/** Whose second factor is a must. */
export function SecondFactorPanel() {
  const t = useWords('organization')
  const roles = useRoleChoices()
  return (
    <SettingForm<{ roles?: string[] }>
      settingKey="organization.second-factor"
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
      meant={({ roles: given = [] }) => ({ roles: given })}
    />
  )
}
