import { sql } from 'kysely'
import type { Db } from '../database/connection.ts'
import { uploadMediaType } from '../files.ts'
import { importRunKind } from './import-run.ts'

/** So long an upload waits for an import or a dry run to begin with it. */
const unusedDays = 7

/**
 * Takes away uploads with which no run was ever begun, a week after they came, and those whose runs have all ended so many days ago. What the runs rejected stays with them, and
 * undoing does not need the file. Returns how many went.
 */
export async function dropUploads(db: Db, now: Date, options: { readonly keptDays: number }): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from platform.file f using (
      select file.id, count(r.id) as runs, count(r.id) filter (where r.finished_at is null) as open, max(r.finished_at) as ended
      from platform.file file left join platform.run r on r.kind = ${importRunKind} and r.input->'file'->>'id' = file.id::text
      where file.complete group by file.id) used
    where f.id = used.id and used.open = 0 and (
      (used.runs = 0 and f.media_type = ${uploadMediaType} and f.created_at < ${daysBefore(now, unusedDays)}::timestamptz)
      or used.ended < ${daysBefore(now, options.keptDays)}::timestamptz)`.execute(db)
  return Number(numAffectedRows ?? 0n)
}

const daysBefore = (now: Date, days: number) => new Date(now.getTime() - days * 86_400_000)
