import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'

export interface ServiceFeature {
  readonly id: string
  readonly name: string
  readonly note: string | null
  readonly ours: boolean
  readonly matchedBy: readonly string[]
  readonly version: number
}
type Said = Omit<ServiceFeature, 'id' | 'version'>
interface On {
  readonly by: string
  readonly now: Date
}

const columns = ['id', 'name', 'note', 'ours', 'matched_by as matchedBy', 'version'] as const

/** All of them by name: dozens, not thousands. */
export const listFeatures = (db: Db): Promise<ServiceFeature[]> =>
  db.selectFrom('value.service_feature').select(columns).orderBy('name').execute()

export const insertFeature = (db: Db, id: string, said: Said, on: On): Promise<ServiceFeature> =>
  db
    .insertInto('value.service_feature')
    .values({ id, ...rowOf(said), changed_at: on.now, changed_by: on.by })
    .returning(columns)
    .executeTakeFirstOrThrow()

/** Undefined when somebody else was faster, or there is no such feature. */
export const updateFeature = (db: Db, { id, version, ...said }: ServiceFeature, on: On): Promise<ServiceFeature | undefined> =>
  db
    .updateTable('value.service_feature')
    .set({ ...rowOf(said), version: version + 1, changed_at: on.now, changed_by: on.by })
    .where('id', '=', id)
    .where('version', '=', version)
    .returning(columns)
    .executeTakeFirst()

/** False where it is not the given version any more. */
export const deleteFeature = async (db: Db, id: string, version: number): Promise<boolean> =>
  (await db.deleteFrom('value.service_feature').where('id', '=', id).where('version', '=', version).returning('id').executeTakeFirst()) !==
  undefined

/** Whoever writes one waits for whoever writes another, so that no name is there twice. */
export const holdFeatures = (db: Db) => sql`lock table value.service_feature in share row exclusive mode`.execute(db)

const rowOf = ({ name, note, ours, matchedBy }: Said) => ({ name, note, ours, matched_by: [...matchedBy] })
