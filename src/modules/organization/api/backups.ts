import { z } from 'zod'
import { endpoint, instant, nothing } from '#platform/contract.ts'

const backups = 'organization.backup'

export const BackupView = z.object({
  id: z.uuid(),
  madeAt: instant,
  finishedAt: instant.nullable(),
  occasion: z.enum(['asked', 'scheduled', 'upgrade']),
  fileName: z.string(),
  bytes: z.int().nullable(),
  schemaVersion: z.int(),
  encrypted: z.boolean(),
  verifiedAt: instant.nullable(),
  problem: z.string().nullable(),
  /** Whether the file is on the machine that answers. */
  here: z.boolean(),
})

export const backupsApi = {
  backups: endpoint('GET /backups', {
    about: 'nobody',
    summary: 'The backups that there are, newest first, and when the next one is due',
    permission: backups,
    input: nothing,
    result: z.object({
      items: z.array(BackupView),
      folder: z.string().nullable(),
      nextAt: instant.nullable(),
      /** The run that writes or checks one now. */
      runId: z.uuid().nullable(),
    }),
  }),
  makeBackup: endpoint('POST /backups', {
    about: 'nobody',
    summary: 'Writes a backup, as a run; answers its id',
    permission: backups,
    input: nothing,
    result: z.object({ runId: z.uuid() }),
  }),
  verifyBackup: endpoint('POST /backups/:backupId/verification', {
    about: 'nobody',
    summary: 'Reads a backup to its end and compares every checksum, as a run; answers its id',
    permission: backups,
    input: z.object({ backupId: z.uuid() }),
    result: z.object({ runId: z.uuid() }),
  }),
  downloadBackup: endpoint('GET /backups/:backupId/file', {
    about: 'everybody',
    summary: 'A backup as a file; it holds everything, so keep it as safe as the database',
    permission: backups,
    kind: 'download',
    notes: 'file',
    input: z.object({ backupId: z.uuid() }),
    result: z.unknown(),
  }),
}
