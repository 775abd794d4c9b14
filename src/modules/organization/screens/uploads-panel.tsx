import { useWords } from '#ui/words.ts'
import { SettingForm } from './setting-form.tsx'

/** How long the files of finished imports are kept. */
export function UploadsPanel() {
  const t = useWords('organization')
  return (
    <SettingForm<{ keptDays: number }>
      settingKey="organization.uploads"
      fields={[
        {
          name: 'keptDays',
          kind: 'number',
          label: t('uploads.keptDays'),
          help: t('uploads.help'),
          unit: t('uploads.days'),
          min: 1,
          max: 3650,
          required: true,
        },
      ]}
    />
  )
}
