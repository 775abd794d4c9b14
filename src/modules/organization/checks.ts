import { isHere, lastBackup } from '#platform/backup/backups.ts'
import { broken, type Check, good, look } from '#platform/doctor/check.ts'
import { enabledAmong } from '#platform/sign-in/users.ts'
import { readSetting } from './public.ts'
import { backupsSetting } from './settings.ts'
import { holdersOf } from './store/roles.ts'

const dayMilliseconds = 86_400_000

export const checks: readonly Check[] = [
  {
    name: 'organization.backups',
    async run(db, now) {
      const { enabled } = await readSetting(db, backupsSetting)
      const last = await lastBackup(db)
      const todo = 'Write one with ./patron backup, and look at the settings of backups.'
      if (!last) return look('There is no backup.', todo)
      const days = (now.getTime() - last.madeAt.getTime()) / dayMilliseconds
      const detail = `The last backup is of ${last.madeAt.toISOString()}.`
      if (days > 8) return broken(detail, todo)
      if (!(await isHere(last.path)))
        return look(`${detail} Its file is not on this machine.`, `Look for ${last.path} on the machine that wrote it.`)
      return days > 2 && enabled ? look(detail, todo) : good(detail)
    },
  },
  {
    name: 'organization.administrators',
    async run(db) {
      const administrators = await enabledAmong(db, await holdersOf(db, 'administrator'))
      if (administrators.length > 0) return good(`${administrators.length} people administrate.`)
      return look('Nobody who may sign in is an administrator.', 'Make one: ./patron user add EMAIL --role administrator')
    },
  },
]
