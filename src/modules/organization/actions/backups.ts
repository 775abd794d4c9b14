import { basename } from 'node:path'
import { backupById, backupFolder, isHere, listBackups } from '#platform/backup/backups.ts'
import type { Context } from '#platform/context.ts'
import type { Actions } from '#platform/module.ts'
import { refuse } from '#platform/refusal.ts'
import { openRun, requestRun } from '#platform/runs/store.ts'
import type { backupsApi } from '../api/backups.ts'
import { nextBackup } from '../domain.ts'
import { readSetting } from '../public.ts'
import { backupKind, verifyBackupKind } from '../runs/backups.ts'
import { backupsSetting, organizationProfile } from '../settings.ts'

export const backupsActions: Actions<typeof backupsApi> = {
  async backups({ db, house, now }) {
    const setting = await readSetting(db, backupsSetting)
    const { timeZone } = await readSetting(db, organizationProfile)
    const records = await listBackups(db, 100)
    const last = records.find(({ occasion, problem }) => occasion === 'scheduled' && problem === null)
    const items = await Promise.all(
      records.map(async ({ path, ...record }) => ({ ...record, fileName: basename(path), here: await isHere(path) })),
    )
    const open = (await openRun(db, backupKind)) ?? (await openRun(db, verifyBackupKind))
    return {
      items,
      folder: house.dataFolder === undefined ? null : backupFolder(house.dataFolder, setting.folder),
      nextAt: setting.enabled ? laterOf(now, nextBackup({ timeZone, hour: setting.hour, now, last: last?.madeAt ?? null })) : null,
      runId: open?.id ?? null,
    }
  },

  async makeBackup(context) {
    const open = await openRun(context.db, backupKind)
    return { runId: open?.id ?? (await request(context, backupKind, { occasion: 'asked' })) }
  },

  async verifyBackup(context, { backupId }) {
    await existing(context, backupId)
    return { runId: await request(context, verifyBackupKind, { backupId }) }
  },

  async downloadBackup(context, { backupId }) {
    const { path } = await existing(context, backupId)
    if (!(await isHere(path)))
      throw refuse('missing', 'backup-elsewhere', 'The file of this backup is not on this machine; look into its folder there', {
        values: { file: basename(path) },
      })
    return { path, fileName: basename(path), mediaType: 'application/octet-stream' }
  },
}

const laterOf = (a: Date, b: Date): Date => (a > b ? a : b)

async function request({ db, actor, now, newId }: Context, kind: string, input: object): Promise<string> {
  return (await requestRun(db, { id: newId(), kind, group: backupKind, input, requestedBy: actor.id, now })).id
}

async function existing({ db }: Context, id: string) {
  const backup = await backupById(db, id)
  if (!backup) throw refuse('missing', 'no-such-backup', 'There is no such backup')
  if (backup.finishedAt === null) throw refuse('conflict', 'backup-unfinished', 'This backup is still being written')
  return backup
}
