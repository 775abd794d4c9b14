import { Form } from '#ui/form.tsx'
import { useNotice } from '#ui/notice.tsx'
import { Loaded } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { SettingHistory } from './setting-history.tsx'

const key = 'organization.backups'

interface Values {
  readonly enabled: boolean
  readonly hour: number
  readonly folder: string
  readonly daily: number
  readonly weekly: number
  readonly monthly: number
  readonly beforeUpgrade: boolean
}

/** When backups are written, where, and how many stay. */
export function BackupSettings() {
  const t = useWords('organization')
  const ui = useWords('ui')
  const notice = useNotice()
  const { may } = useSession()
  const settings = useRead(api.settings, {})
  const change = useWrite(api.changeSetting, { onDone: () => notice.done(ui('saved')) })
  if (!may('organization.manage')) return null
  return (
    <Loaded of={settings}>
      {({ settings: all }) => {
        const setting = all.find((one) => one.key === key)
        if (!setting) return null
        return (
          <div className="backup-settings">
            <Form<Values>
              columns={2}
              fields={[
                { name: 'enabled', kind: 'yes', label: t('backups.field.enabled') },
                {
                  name: 'hour',
                  kind: 'number',
                  label: t('backups.field.hour'),
                  unit: t('backups.field.oClock'),
                  min: 0,
                  max: 23,
                  required: true,
                },
                { name: 'daily', kind: 'number', label: t('backups.field.daily'), min: 1, max: 366, required: true },
                { name: 'weekly', kind: 'number', label: t('backups.field.weekly'), min: 0, max: 520, required: true },
                { name: 'monthly', kind: 'number', label: t('backups.field.monthly'), min: 0, max: 240, required: true },
                { name: 'beforeUpgrade', kind: 'yes', label: t('backups.field.beforeUpgrade') },
                {
                  name: 'folder',
                  kind: 'text',
                  label: t('backups.field.folder'),
                  help: t('backups.field.folderHelp'),
                  maxLength: 500,
                  required: true,
                  wide: true,
                },
              ]}
              initial={setting.value as Values}
              onSubmit={(value) => change.send({ key, value, version: setting.version })}
              problem={change.problem}
              pending={change.pending}
              submit={ui('save')}
            />
            <SettingHistory
              settingKey={key}
              labels={Object.fromEntries(Object.keys(setting.value as Values).map((field) => [field, t(`backups.field.${field}`)]))}
            />
          </div>
        )
      }}
    </Loaded>
  )
}
