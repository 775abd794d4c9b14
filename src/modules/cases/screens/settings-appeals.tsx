import { SettingSection, type StoredSetting } from '#ui/setting.tsx'
import { useWords } from '#ui/words.ts'

/** Within which time a customer may appeal, how long the judgement takes, and when it is said that a body outside waits. */
export function AppealsSetting({ stored }: { readonly stored: StoredSetting | undefined }) {
  const t = useWords('cases')
  const number = { kind: 'number', required: true, min: 0, digits: 0 } as const
  return (
    <SettingSection<Record<string, unknown>>
      stored={stored}
      title={t('settings.appeals')}
      about={t('settings.appealsAbout')}
      fields={[
        {
          ...number,
          name: 'days',
          label: t('settings.appealDays'),
          help: t('settings.appealDaysHelp'),
          max: 3650,
          unit: t('settings.days'),
        },
        { ...number, name: 'workingDays', label: t('settings.appealWorkingDays'), min: 1, max: 120, unit: t('settings.workingDays') },
        { ...number, name: 'warnDays', label: t('settings.appealWarnDays'), max: 60, unit: t('settings.daysAhead') },
      ]}
    />
  )
}
