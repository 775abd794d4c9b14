import type { Field } from '#ui/form.tsx'
import { SettingSection, type StoredSetting } from '#ui/setting.tsx'
import { tiers } from '#ui/theme.ts'
import { useWords } from '#ui/words.ts'
import { reactions } from '../domain/proactive.ts'

type Values = Record<string, unknown>
interface Of {
  readonly stored: StoredSetting | undefined
}

/** What is done about what the company finds before the customer says it. */
export function ProactiveSetting({ stored }: Of) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const reaction = (value: string) => ({ value, label: t(`settings.reaction.${value}`) })
  const days = t('settings.days')
  return (
    <SettingSection<Values>
      stored={stored}
      title={t('settings.proactive')}
      about={t('settings.proactiveAbout')}
      meant={(values) => ({ ...values, fromTier: values.fromTier ?? null, fromMinor: values.fromMinor ?? null })}
      fields={[
        { name: 'late', kind: 'choice', label: t('settings.late'), required: true, options: reactions.map(reaction) },
        { name: 'fromDays', kind: 'number', label: t('settings.fromDays'), required: true, min: 1, max: 365, unit: days },
        {
          name: 'fromTier',
          kind: 'choice',
          label: t('settings.fromTier'),
          help: t('settings.fromHelp'),
          options: tiers.map((value) => ({ value, label: ui(`tier.${value}`) })),
        },
        { name: 'fromMinor', kind: 'money', label: t('settings.fromMinor'), help: t('settings.fromHelp'), min: 0 },
        { name: 'otherwise', kind: 'choice', label: t('settings.otherwise'), required: true, options: ['nothing', 'task'].map(reaction) },
        { name: 'recoverDays', kind: 'number', label: t('settings.recoverDays'), required: true, min: 0, max: 30, unit: days },
        {
          name: 'disputes',
          kind: 'choice',
          label: t('settings.disputes'),
          required: true,
          options: [reaction('nothing'), { value: 'case', label: t('settings.reaction.claim') }],
        },
      ]}
    />
  )
}

/** How much earlier each tier is called at a counter. */
export function CountersSetting({ stored }: Of) {
  const t = useWords('cases')
  const ui = useWords('ui')
  return (
    <SettingSection<Values>
      stored={stored}
      title={t('settings.counters')}
      about={t('settings.countersAbout')}
      shown={(value) => (value as { readonly tierHeadStart: Values }).tierHeadStart}
      meant={(tierHeadStart) => ({ tierHeadStart })}
      fields={tiers.map(
        (tier): Field<Values> => ({
          name: tier,
          kind: 'duration',
          label: ui(`tier.${tier}`),
          required: true,
          min: 0,
          max: 240,
        }),
      )}
    />
  )
}
