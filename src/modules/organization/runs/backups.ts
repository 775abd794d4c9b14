import { join } from 'node:path'
import { z } from 'zod'
import { backupById, backupFileName, backupFolder, dropOldBackups, makeBackup, markVerified } from '#platform/backup/backups.ts'
import { passphraseIn } from '#platform/backup/passphrase.ts'
import { verifyArchive } from '#platform/backup/restore.ts'
import type { House } from '#platform/context.ts'
import { Refusal, refuse } from '#platform/refusal.ts'
import { runKind } from '#platform/runs/run-kind.ts'
import { dayIn } from '../domain.ts'
import { readSetting } from '../public.ts'
import { backupsSetting, organizationProfile } from '../settings.ts'

export const backupKind = 'organization.backup'
export const verifyBackupKind = 'organization.verify-backup'

/** Writes a backup into the folder that is set, and lets those go that no day, week or month needs. */
export const backupRun = runKind({
  kind: backupKind,
  permission: 'organization.backup',
  group: backupKind,
  input: z.object({ occasion: z.enum(['asked', 'scheduled']) }),
  undoable: () => false,
  async work({ id, database, house, input, now, stopping, step, progress }) {
    const dataFolder = dataFolderOf(house)
    const setting = await readSetting(database.db, backupsSetting)
    const { timeZone } = await readSetting(database.db, organizationProfile)
    const made = await makeBackup(database, {
      ...{ id, now, stopping, dataFolder, occasion: input.occasion },
      path: join(backupFolder(dataFolder, setting.folder), backupFileName(now())),
      passphrase: await passphraseIn(house.backupPassphraseFile),
      onProgress: ({ done, total }) => progress({ phase: 'backup', done, total }),
      transaction: (work) => step('written', work),
    })
    await dropOldBackups(database, setting, now(), (moment) => dayIn(timeZone, moment))
    return { backupId: id, bytes: made.bytes }
  },
})

/** Reads a backup to its end, and writes down whether it is whole. */
export const verifyBackupRun = runKind({
  kind: verifyBackupKind,
  permission: 'organization.backup',
  group: backupKind,
  input: z.object({ backupId: z.uuid() }),
  undoable: () => false,
  async work({ database, house, input, now, progress }) {
    const backup = await backupById(database.db, input.backupId)
    if (!backup) throw refuse('missing', 'no-such-backup', 'There is no such backup')
    try {
      const { tables, rows } = await verifyArchive(
        backup.path,
        () => passphraseIn(house.backupPassphraseFile),
        (done) => progress({ phase: 'verify-backup', done, total: null }),
      )
      await markVerified(database.db, backup.id, now(), null)
      return { backupId: backup.id, tables, rows }
    } catch (error) {
      if (error instanceof Refusal && error.reason === 'archive-damaged') await markVerified(database.db, backup.id, now(), error.message)
      throw error
    }
  },
})

function dataFolderOf(house: House): string {
  if (house.dataFolder === undefined) throw refuse('unavailable', 'no-data-folder', 'This process has no data folder to write backups into')
  return house.dataFolder
}
