import type { Db } from '#platform/database/connection.ts'

export interface SavedView {
  readonly id: string
  readonly name: string
  readonly definition: unknown
}

export const listViews = (db: Db, userId: string): Promise<SavedView[]> =>
  db
    .selectFrom('customers.saved_view')
    .select(['id', 'name', 'definition'])
    .where('user_id', '=', userId)
    .orderBy('name')
    .limit(200)
    .execute()

/** Saves a view under its name; one of the same name is replaced and keeps its id. */
export async function writeView(db: Db, userId: string, view: SavedView, now: Date): Promise<SavedView> {
  return db
    .insertInto('customers.saved_view')
    .values({ id: view.id, user_id: userId, name: view.name, definition: JSON.stringify(view.definition), created_at: now })
    .onConflict((c) => c.columns(['user_id', 'name']).doUpdateSet((e) => ({ definition: e.ref('excluded.definition') })))
    .returning(['id', 'name', 'definition'])
    .executeTakeFirstOrThrow()
}

export async function deleteView(db: Db, userId: string, id: string): Promise<boolean> {
  const row = await db
    .deleteFrom('customers.saved_view')
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}
