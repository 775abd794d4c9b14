import { api as organization } from '#modules/organization/api.ts'
import { flatValue, nestedValue } from '#ui/flat-value.ts'
import type { Field } from '#ui/form.tsx'
import { Loaded } from '#ui/page.tsx'
import { SettingSection } from '#ui/setting.tsx'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'

type Numbers = Record<string, unknown>

const tiers = ['platinum', 'gold', 'iron', 'lead'] as const
const limits = { minimum: [0, 60], maximum: [1, 60], days: [1, 365] } as const

/** How often each tier is contacted, and after how many days archives and signals are late. */
export function SettingsPanel() {
  const t = useWords('commitments')
  const settings = useRead(organization.settings, {})
  const number = (name: string, label: string, [min, max]: readonly [number, number], unit?: string): Field<Numbers> => ({
    name,
    kind: 'number',
    label,
    required: true,
    min,
    max,
    ...(unit ? { unit } : {}),
  })
  const days = t('settings.days')
  return (
    <Loaded of={settings}>
      {(found) => (
        <>
          <SettingSection
            stored={found.settings.find(({ key }) => key === 'commitments.cadence')}
            title={t('settings.cadence')}
            about={t('settings.cadenceAbout')}
            shown={flatValue}
            meant={nestedValue}
            alsoChanges={['commitments']}
            // A line for each tier.
            columns={3}
            fields={tiers.flatMap((tier) =>
              (['minimum', 'maximum', 'days'] as const).map((limit) =>
                number(
                  `${tier}.${limit}`,
                  `${t(`ui:tier.${tier}`)}${t('ui:colon')}${t(limit === 'days' ? 'settings.within' : `settings.${limit}`)}`,
                  limits[limit],
                  limit === 'days' ? days : undefined,
                ),
              ),
            )}
          />
          <SettingSection
            stored={found.settings.find(({ key }) => key === 'commitments.attention')}
            title={t('settings.attention')}
            about={t('settings.attentionAbout')}
            alsoChanges={['commitments']}
            fields={[
              number('archiveReviewDays', t('settings.archiveReviewDays'), [1, 730], days),
              number('signalDays', t('settings.signalDays'), [1, 365], days),
            ]}
          />
        </>
      )}
    </Loaded>
  )
}
