import { useSession } from '#ui/session.ts'
import { useWords } from '#ui/words.ts'
import { SettingForm } from './setting-form.tsx'

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
  const { may } = useSession()
  if (!may('organization.manage')) return null
  return (
    <div className="backup-settings">
      <SettingForm<Values>
        settingKey="organization.backups"
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
      />
    </div>
  )
}
