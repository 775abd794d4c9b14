import { Form } from '#ui/form.tsx'
import { useNotice } from '#ui/notice.tsx'
import { Loaded } from '#ui/page.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { SettingHistory } from './setting-history.tsx'

const key = 'organization.uploads'

/** How long the files of finished imports are kept. */
export function UploadsPanel() {
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
            <Form<{ keptDays: number | null }>
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
              initial={{ keptDays: (setting.value as { keptDays: number }).keptDays }}
              onSubmit={({ keptDays }) => change.send({ key, value: { keptDays }, version: setting.version })}
              problem={change.problem}
              pending={change.pending}
              submit={ui('save')}
            />
            <SettingHistory settingKey={key} labels={{ keptDays: t('uploads.keptDays') }} />
          </>
        )
      }}
    </Loaded>
  )
}
