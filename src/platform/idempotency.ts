import { createHash } from 'node:crypto'
import type { Db } from './database/connection.ts'
import { refuse } from './refusal.ts'

/**
 * Claims a key for one write, in the transaction of its effect. Returns the first outcome where the same request came before; refuses another request under the same key.
 * A concurrent request with the same key waits at the insert until the first one is decided.
 */
export async function claimKey(
  db: Db,
  claim: { actor: string; key: string; endpoint: string; input: unknown; now: Date },
): Promise<{ replay: unknown } | null> {
  const hash = createHash('sha256').update(JSON.stringify(claim.input)).digest()
  const inserted = await db
    .insertInto('platform.idempotency')
    .values({ actor: claim.actor, key: claim.key, endpoint: claim.endpoint, input_hash: hash, created_at: claim.now })
    .onConflict((conflict) => conflict.columns(['actor', 'key']).doNothing())
    .returning('key')
    .executeTakeFirst()
  if (inserted) return null
  const first = await db
    .selectFrom('platform.idempotency')
    .select(['endpoint', 'input_hash', 'outcome'])
    .where('actor', '=', claim.actor)
    .where('key', '=', claim.key)
    .executeTakeFirstOrThrow()
  if (first.endpoint !== claim.endpoint || !hash.equals(first.input_hash))
    throw refuse('invalid', 'key-reused', 'This Idempotency-Key was used for another request', {
      fields: [{ field: 'Idempotency-Key', reason: 'key-reused', detail: 'Use a new key for a new request' }],
    })
  return { replay: first.outcome }
}

/** Forgets keys that were used before a moment. */
export const forgetKeys = (db: Db, before: Date) => db.deleteFrom('platform.idempotency').where('created_at', '<', before).execute()

export const keepOutcome = (db: Db, actor: string, key: string, outcome: unknown) =>
  db
    .updateTable('platform.idempotency')
    .set({ outcome: JSON.stringify(outcome) })
    .where('actor', '=', actor)
    .where('key', '=', key)
    .execute()
