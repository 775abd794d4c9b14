import { Form } from '#ui/form.tsx'
import { useNotice } from '#ui/notice.tsx'
import { Loaded } from '#ui/page.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { SettingHistory } from './setting-history.tsx'

const key = 'organization.audit'

/** How long it is kept who looked at which customer. */
export function AuditSettings() {
  const t = useWords('organization')
  const ui = useWords('ui')
  const notice = useNotice()
  const settings = useRead(api.settings, {})
  const change = useWrite(api.changeSetting, { onDone: () => notice.done(ui('saved')) })
  return (
    <Loaded of={settings}>
      {({ settings: all }) => {
        const setting = all.find((one) => one.key === key)
        if (!setting) return null
        return (
          <>
            <Form<{ readsKeptDays: number }>
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
              initial={setting.value as { readsKeptDays: number }}
              onSubmit={(value) => change.send({ key, value, version: setting.version })}
              problem={change.problem}
              pending={change.pending}
              submit={ui('save')}
            />
            <SettingHistory settingKey={key} labels={{ readsKeptDays: t('audit.readsKeptDays') }} />
          </>
        )
      }}
    </Loaded>
  )
}
