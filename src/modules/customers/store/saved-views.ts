import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'

export interface SavedView {
  readonly id: string
  readonly userId: string
  /** Of which list it is. */
  readonly list: string
  readonly name: string
  readonly definition: unknown
  /** Everybody may open it; only its owner changes it. */
  readonly shared: boolean
  readonly version: number
}

const columns = ['id', 'user_id as userId', 'list', 'name', 'definition', 'shared', 'version'] as const

/** Somebody's own views of a list and those that others share, by name. */
export const listViews = (db: Db, userId: string, list: string): Promise<SavedView[]> =>
  db
    .selectFrom('customers.saved_view')
    .select(columns)
    .where('list', '=', list)
    .where((e) => e.or([e('user_id', '=', userId), e('shared', '=', true)]))
    .orderBy('name')
    .orderBy('id')
    .limit(200)
    .execute()

/** Saves a view under its name, in place of the given version of the same name, which keeps its id, or of none (0); null where another one lies there by now. */
export async function writeView(db: Db, view: SavedView, now: Date): Promise<SavedView | null> {
  const there = db
    .selectFrom('customers.saved_view')
    .select('version')
    .where('user_id', '=', view.userId)
    .where('list', '=', view.list)
    .where('name', '=', view.name)
  if (view.version > 0 && !(await there.executeTakeFirst())) return null
  const saved = await db
    .insertInto('customers.saved_view')
    .values({
      id: view.id,
      user_id: view.userId,
      list: view.list,
      name: view.name,
      definition: JSON.stringify(view.definition),
      shared: view.shared,
      created_at: now,
    })
    .onConflict((c) =>
      c
        .columns(['user_id', 'list', 'name'])
        .doUpdateSet((e) => ({
          definition: e.ref('excluded.definition'),
          shared: e.ref('excluded.shared'),
          version: sql<number>`saved_view.version + 1`,
        }))
        .where('customers.saved_view.version', '=', view.version),
    )
    .returning(columns)
    .executeTakeFirst()
  return saved ?? null
}

/** Which version one of somebody's own views is, held until the transaction ends; undefined where there is none. */
export async function viewVersion(db: Db, userId: string, id: string): Promise<number | undefined> {
  const own = db.selectFrom('customers.saved_view').select('version').where('user_id', '=', userId).where('id', '=', id)
  return (await own.forUpdate().executeTakeFirst())?.version
}

export async function deleteView(db: Db, id: string): Promise<void> {
  await db.deleteFrom('customers.saved_view').where('id', '=', id).execute()
}
