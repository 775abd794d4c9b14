import { z } from 'zod'
import { fact } from '../fact.ts'

/** Everything was put back as a backup held it. `made` is when the backup was written. */
export const restored = fact('platform.restored', z.object({ made: z.iso.datetime(), schemaVersion: z.int(), rows: z.int() }))
export const backupWritten = fact('platform.backup-written', z.object({ backupId: z.uuid(), occasion: z.string(), bytes: z.int() }))
