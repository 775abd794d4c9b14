import type { Db } from '#platform/database/connection.ts'

/** A new address takes the place of the former, which then leads nowhere. */
export async function saveFeed(db: Db, userId: string, hash: Buffer, now: Date): Promise<void> {
  await db
    .insertInto('commitments.feed')
    .values({ user_id: userId, token_hash: hash, made_at: now })
    .onConflict((conflict) =>
      conflict.column('user_id').doUpdateSet((e) => ({ token_hash: e.ref('excluded.token_hash'), made_at: e.ref('excluded.made_at') })),
    )
    .execute()
}

export async function deleteFeed(db: Db, userId: string): Promise<void> {
  await db.deleteFrom('commitments.feed').where('user_id', '=', userId).execute()
}

/** Ends the address that was there at a moment; one that was made since stays. */
export async function deleteFeedMadeUntil(db: Db, userId: string, until: Date): Promise<void> {
  await db.deleteFrom('commitments.feed').where('user_id', '=', userId).where('made_at', '<=', until).execute()
}

export async function feedMadeAt(db: Db, userId: string): Promise<Date | null> {
  const row = await db.selectFrom('commitments.feed').select('made_at').where('user_id', '=', userId).executeTakeFirst()
  return row?.made_at ?? null
}

export async function feedOwner(db: Db, hash: Buffer): Promise<string | null> {
  const row = await db.selectFrom('commitments.feed').select('user_id').where('token_hash', '=', hash).executeTakeFirst()
  return row?.user_id ?? null
}
