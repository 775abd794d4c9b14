import { api as organization } from '#modules/organization/api.ts'
import type { ResultOf } from '#ui/client.ts'
import { type Field, Form } from '#ui/form.tsx'
import { useNotice } from '#ui/notice.tsx'
import { Loaded, Section } from '#ui/page.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'

type Stored = ResultOf<typeof organization.settings>['settings'][number]
type Numbers = Record<string, number>

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
          <OneSetting
            stored={found.settings.find(({ key }) => key === 'commitments.cadence')}
            title={t('settings.cadence')}
            about={t('settings.cadenceAbout')}
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
          <OneSetting
            stored={found.settings.find(({ key }) => key === 'commitments.attention')}
            title={t('settings.attention')}
            about={t('settings.attentionAbout')}
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

function OneSetting({
  stored,
  title,
  about,
  columns = 2,
  fields,
}: {
  stored: Stored | undefined
  title: string
  about: string
  columns?: 2 | 3
  fields: readonly Field<Numbers>[]
}) {
  const ui = useWords('ui')
  const notice = useNotice()
  const save = useWrite(organization.changeSetting, { onDone: () => notice.done(ui('saved')), alsoChanges: ['commitments'] })
  if (!stored) return null
  return (
    <Section title={title} about={about}>
      <Form<Numbers>
        columns={columns}
        fields={fields}
        initial={flat(stored.value as Nested)}
        onSubmit={(values) => save.send({ key: stored.key, version: stored.version, value: nested(values) })}
        problem={save.problem}
        pending={save.pending}
        submit={ui('save')}
      />
    </Section>
  )
}

type Nested = Readonly<Record<string, number | Numbers>>

/** `{ gold: { days: 30 } }` as `{ 'gold.days': 30 }`, and back. */
const flat = (value: Nested): Numbers =>
  Object.fromEntries(
    Object.entries(value).flatMap(([name, part]) =>
      typeof part === 'number'
        ? [[name, part] as const]
        : Object.entries(part).map(([inner, number]) => [`${name}.${inner}`, number] as const),
    ),
  )
function nested(values: Numbers): Nested {
  const value: Record<string, number | Numbers> = {}
  for (const [name, number] of Object.entries(values)) {
    const [outer = '', inner] = name.split('.')
    value[outer] = inner === undefined ? number : { ...(value[outer] as Numbers | undefined), [inner]: number }
  }
  return value
}
