import type { Db } from '#platform/database/connection.ts'

export interface SavedView {
  readonly id: string
  readonly userId: string
  readonly name: string
  readonly definition: unknown
  /** Everybody may open it; only its owner changes it. */
  readonly shared: boolean
}

const columns = ['id', 'user_id as userId', 'name', 'definition', 'shared'] as const

/** Somebody's own views and those that others share, by name. */
export const listViews = (db: Db, userId: string): Promise<SavedView[]> =>
  db
    .selectFrom('customers.saved_view')
    .select(columns)
    .where((e) => e.or([e('user_id', '=', userId), e('shared', '=', true)]))
    .orderBy('name')
    .orderBy('id')
    .limit(200)
    .execute()

/** Saves a view under its name; one of the same name is replaced and keeps its id. */
export async function writeView(db: Db, view: SavedView, now: Date): Promise<SavedView> {
  return db
    .insertInto('customers.saved_view')
    .values({
      id: view.id,
      user_id: view.userId,
      name: view.name,
      definition: JSON.stringify(view.definition),
      shared: view.shared,
      created_at: now,
    })
    .onConflict((c) =>
      c.columns(['user_id', 'name']).doUpdateSet((e) => ({ definition: e.ref('excluded.definition'), shared: e.ref('excluded.shared') })),
    )
    .returning(columns)
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
