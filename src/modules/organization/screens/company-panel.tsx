import { Form } from '#ui/form.tsx'
import { useNotice } from '#ui/notice.tsx'
import { Loaded } from '#ui/page.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useLanguage, useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { type Company, companyFields, companyOf, prefixed } from './company-fields.ts'
import { SettingHistory } from './setting-history.tsx'

const key = 'organization.profile'

export function CompanyPanel() {
  const t = useWords('organization')
  const ui = useWords('ui')
  const notice = useNotice()
  const { language } = useLanguage()
  const settings = useRead(api.settings, {})
  const change = useWrite(api.changeSetting, { onDone: () => notice.done(ui('saved')) })
  return (
    <Loaded of={settings}>
      {({ settings: all }) => {
        const setting = all.find((one) => one.key === key)
        if (!setting) return null
        return (
          <>
            <Form<Record<string, string>>
              fields={companyFields('value', t, language)}
              initial={prefixed('value', setting.value as Company)}
              onSubmit={(values) => change.send({ key, value: companyOf('value', values), version: setting.version })}
              problem={change.problem}
              pending={change.pending}
              submit={ui('save')}
            />
            <SettingHistory
              settingKey={key}
              labels={Object.fromEntries(
                companyFields<Record<string, string>>('', t, language).map(({ name, label }) => [name.slice(1), label]),
              )}
            />
          </>
        )
      }}
    </Loaded>
  )
}
