import type { Db } from '../database/connection.ts'
import { plainFileName } from '../files.ts'
import type { SubjectHouse } from './subject.ts'

/** A stored file about a person, and where it lies in their export. */
export interface ExportedFile {
  readonly id: string
  readonly name: string
  readonly path: string
}

/** The files about a person that are there in whole, in the order in which they came; numbered, because two may have one name. */
export async function filesOf(db: Db, { modules }: SubjectHouse, customerIds: readonly string[]): Promise<readonly ExportedFile[]> {
  const ids: string[] = []
  for (const { subject } of modules) ids.push(...((await subject?.files?.(db, customerIds)) ?? []))
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('platform.file')
    .select(['id', 'name'])
    .where('id', 'in', [...new Set(ids)])
    .where('complete', '=', true)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map(({ id, name }, index) => ({ id, name, path: `files/${index + 1}-${plainFileName(name)}` }))
}
