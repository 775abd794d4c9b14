import type { Db } from '#platform/database/connection.ts'

export interface Preference {
  readonly language: string
  readonly theme: string
}

export async function preferenceOf(db: Db, userId: string): Promise<Preference | null> {
  const row = await db
    .selectFrom('organization.user_preference')
    .select(['language', 'theme'])
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return row ?? null
}

export async function savePreference(db: Db, userId: string, preference: Preference): Promise<void> {
  await db
    .insertInto('organization.user_preference')
    .values({ user_id: userId, ...preference })
    .onConflict((conflict) =>
      conflict.column('user_id').doUpdateSet((eb) => ({ language: eb.ref('excluded.language'), theme: eb.ref('excluded.theme') })),
    )
    .execute()
}

/** Adds a token to those that the first administrator may come with, and throws away what was printed long ago. */
export async function addFirstAdministratorToken(db: Db, hash: Buffer, now: Date): Promise<void> {
  await db
    .deleteFrom('organization.first_administrator_token')
    .where('made_at', '<', new Date(now.getTime() - 30 * 86_400_000))
    .execute()
  await db.insertInto('organization.first_administrator_token').values({ token_hash: hash, made_at: now }).execute()
}

/** Uses up every token, and answers whether the given one was among them. Whoever comes at the same moment waits, and then finds none. */
export async function useFirstAdministratorToken(db: Db, hash: Buffer): Promise<boolean> {
  const used = await db.deleteFrom('organization.first_administrator_token').returning('token_hash').execute()
  return used.some((row) => row.token_hash.equals(hash))
}

export const forgetFirstAdministratorTokens = (db: Db) => db.deleteFrom('organization.first_administrator_token').execute()
