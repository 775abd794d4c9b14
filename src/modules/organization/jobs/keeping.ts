import { listBackups } from '#platform/backup/backups.ts'
import type { Context } from '#platform/context.ts'
import { job } from '#platform/module.ts'
import { openRun, requestRun } from '#platform/runs/store.ts'
import { forgetOldAttempts } from '#platform/sign-in/throttle.ts'
import { dropReads } from '#platform/trail/drop-reads.ts'
import { dayIn, nextBackup } from '../domain.ts'
import { readSetting } from '../public.ts'
import { backupKind } from '../runs/backups.ts'
import { auditSetting, backupsSetting, organizationProfile } from '../settings.ts'

/** What is kept, and for how long: backups are asked for, and looks at customers go after their time. */
export const keepingJobs = [
  job({
    name: 'organization.back-up',
    every: '*/10 * * * *',
    run: backUpWhenDue,
  }),
  job({
    name: 'organization.drop-reads',
    every: '55 3 * * *',
    async run(context) {
      await dropReads(context, (await readSetting(context.db, auditSetting)).readsKeptDays)
    },
  }),
  job({
    // Every address that is tried leaves a row, so that an attack would fill the table.
    name: 'organization.forget-attempts',
    every: '35 3 * * *',
    async run({ db, now }) {
      await forgetOldAttempts(db, now)
    },
  }),
]

/** Asks for the backup of the day when its hour has come; one that fails is tried twice more. */
async function backUpWhenDue({ db, house, now, newId }: Context): Promise<void> {
  const setting = await readSetting(db, backupsSetting)
  if (!setting.enabled || house.dataFolder === undefined || (await openRun(db, backupKind))) return
  const { timeZone } = await readSetting(db, organizationProfile)
  const today = (await listBackups(db, 20)).filter(
    ({ occasion, madeAt }) => occasion === 'scheduled' && dayIn(timeZone, madeAt) === dayIn(timeZone, now),
  )
  const last = today.find(({ problem }) => problem === null)?.madeAt ?? null
  if (today.length >= 3 || now < nextBackup({ timeZone, hour: setting.hour, now, last })) return
  await requestRun(db, { id: newId(), kind: backupKind, group: backupKind, input: { occasion: 'scheduled' }, requestedBy: 'system', now })
}
