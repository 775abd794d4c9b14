import { useLanguage, useWords } from '#ui/words.ts'
import { type Company, companyFields, companyOf, prefixed } from './company-fields.ts'
import { SettingForm } from './setting-form.tsx'

/** Who the company is. What the server finds wrong is named `value.<field>`, so the fields are, too. */
export function CompanyPanel() {
  const t = useWords('organization')
  const { language } = useLanguage()
  const fields = companyFields<Record<string, string>>('value', t, language)
  return (
    <SettingForm<Record<string, string>>
      settingKey="organization.profile"
      fields={fields}
      shown={(value) => prefixed('value', value as Company)}
      meant={(values) => companyOf('value', values)}
      labels={Object.fromEntries(fields.map(({ name, label }) => [name.replace('value.', ''), label]))}
    />
  )
}
