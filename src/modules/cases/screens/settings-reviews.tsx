import { SettingSection, type StoredSetting } from '#ui/setting.tsx'
import { useWords } from '#ui/words.ts'
import { rhythmNames } from '../domain/review-period.ts'

type Values = Record<string, unknown>

/** How often management looks at the handling of complaints, and who sees to it. */
export function ReviewsSetting({ stored }: { readonly stored: StoredSetting | undefined }) {
  const t = useWords('cases')
  return (
    <SettingSection<Values>
      stored={stored}
      title={t('settings.reviews')}
      about={t('settings.reviewsAbout')}
      fields={[
        {
          name: 'rhythm',
          kind: 'choice',
          label: t('settings.rhythm'),
          required: true,
          options: rhythmNames.map((value) => ({ value, label: t(`rhythm.${value}`) })),
        },
        {
          name: 'dueDays',
          kind: 'number',
          label: t('settings.reviewDueDays'),
          required: true,
          min: 1,
          max: 180,
          unit: t('settings.days'),
        },
        { name: 'responsibleId', kind: 'people', label: t('settings.reviewResponsible'), help: t('settings.reviewResponsibleHelp') },
      ]}
      meant={(values) => ({ ...values, responsibleId: values.responsibleId ?? null })}
    />
  )
}
