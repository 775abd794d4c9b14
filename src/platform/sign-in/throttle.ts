import type { Db } from '../database/connection.ts'
import { refuse } from '../refusal.ts'
import { hashOf } from './credentials.ts'

/** How many attempts something may cost within a window. */
export interface Allowance {
  /** What is counted, such as 'sign-in to ada@example.com'; it is kept as a hash. */
  readonly of: string
  readonly attempts: number
  readonly minutes: number
}

/**
 * Counts one attempt against every allowance, in their order, and refuses when one is used up. Counting comes before the work, in one statement each, so that
 * many requests at the same moment cannot all pass. What stands later is not counted once an earlier one is used up: a blocked sender cannot lock accounts.
 */
export async function claimAttempt(db: Db, allowances: readonly Allowance[], now: Date): Promise<void> {
  for (const allowance of allowances) {
    const { attempts, counted_since } = await count(db, allowance, now)
    if (attempts <= allowance.attempts) continue
    const seconds = Math.max(1, Math.ceil((counted_since.getTime() + allowance.minutes * 60_000 - now.getTime()) / 1000))
    throw refuse('too many', 'too-many-attempts', `Too many attempts; try again in ${seconds} seconds`, {
      values: { seconds },
      retryAfter: seconds,
    })
  }
}

/** Gives the attempt back after it turned out right, so that people behind one address do not use up each other's allowance. */
export async function giveBack(db: Db, allowances: readonly Allowance[]): Promise<void> {
  for (const { of } of allowances)
    await db
      .updateTable('platform.sign_in_attempt')
      .set((eb) => ({ attempts: eb('attempts', '-', 1) }))
      .where('key', '=', hashOf(of))
      .where('attempts', '>', 0)
      .execute()
}

/** Forgets counts that no longer limit anything. */
export const forgetOldAttempts = (db: Db, now: Date) =>
  db
    .deleteFrom('platform.sign_in_attempt')
    .where('counted_since', '<', new Date(now.getTime() - 86_400_000))
    .execute()

function count(db: Db, allowance: Allowance, now: Date) {
  const start = new Date(now.getTime() - allowance.minutes * 60_000)
  return db
    .insertInto('platform.sign_in_attempt')
    .values({ key: hashOf(allowance.of), attempts: 1, counted_since: now })
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet((eb) => {
        const over = eb('platform.sign_in_attempt.counted_since', '<=', start)
        return {
          attempts: eb
            .case()
            .when(over)
            .then(1)
            .else(eb('platform.sign_in_attempt.attempts', '+', 1))
            .end(),
          counted_since: eb
            .case()
            .when(over)
            .then(eb.ref('excluded.counted_since'))
            .else(eb.ref('platform.sign_in_attempt.counted_since'))
            .end(),
        }
      }),
    )
    .returning(['attempts', 'counted_since'])
    .executeTakeFirstOrThrow()
}
