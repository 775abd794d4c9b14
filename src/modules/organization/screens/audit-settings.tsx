import { useWords } from '#ui/words.ts'
import { SettingForm } from './setting-form.tsx'

/** How long it is kept who looked at which customer. */
export function AuditSettings() {
  const t = useWords('organization')
  return (
    <SettingForm<{ readsKeptDays: number }>
      settingKey="organization.audit"
      fields={[
        {
          name: 'readsKeptDays',
          kind: 'number',
          label: t('audit.readsKeptDays'),
          help: t('audit.readsKeptHelp'),
          unit: t('uploads.days'),
          min: 30,
          max: 3650,
          required: true,
        },
      ]}
    />
  )
}
