import { api as organization } from '#modules/organization/api.ts'
import { Form } from '#ui/form.tsx'
import { Loaded, Section } from '#ui/page.tsx'
import { type StoredSetting, useSetting } from '#ui/setting.tsx'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { OwnFieldSettings } from './own-field-settings.tsx'
import { PurposeSettings } from './purpose-settings.tsx'
import { TargetSettings } from './target-settings.tsx'
import './customers.css'

/** What administrators decide about the archive: own fields, purposes of contact, the country of telephone numbers, who is a target customer. */
export function SettingsPanel() {
  const t = useWords('customers')
  const settings = useRead(organization.settings, {})
  return (
    <Loaded of={settings}>
      {(found) => {
        const of = (key: string) => found.settings.find((setting) => setting.key === key)
        const [fields, purposes, contact, target] = [
          'customers.own-fields',
          'customers.consent',
          'customers.contact',
          'customers.target',
        ].map(of)
        return (
          <>
            {fields && (
              <Section title={t('settings.fields')} about={t('settings.fieldsAbout')}>
                <OwnFieldSettings stored={fields} />
              </Section>
            )}
            {purposes && (
              <Section title={t('settings.purposes')} about={t('settings.purposesAbout')}>
                <PurposeSettings stored={purposes} />
              </Section>
            )}
            {contact && (
              <Section title={t('settings.contact')} about={t('settings.contactAbout')}>
                <Country stored={contact} />
              </Section>
            )}
            {target && (
              <Section title={t('settings.target')} about={t('settings.targetAbout')}>
                <TargetSettings stored={target} />
              </Section>
            )}
          </>
        )
      }}
    </Loaded>
  )
}

function Country({ stored }: { stored: StoredSetting }) {
  const t = useWords('customers')
  const ui = useWords('ui')
  const setting = useSetting(stored, { alsoChanges: ['customers'] })
  return (
    <Form<{ country?: string | null }>
      fields={[
        {
          name: 'country',
          kind: 'text',
          label: t('field.country'),
          help: t('settings.countryHelp'),
          maxLength: 2,
          check: (value) => (value && !/^[A-Z]{2}$/.test(String(value)) ? t('settings.countryWrong') : null),
        },
      ]}
      initial={stored.value as { country: string | null }}
      onSubmit={({ country }) => setting.save({ country: country || null })}
      problem={setting.problem}
      pending={setting.pending}
      submit={ui('save')}
    />
  )
}
