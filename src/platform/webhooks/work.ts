import type { Db } from '../database/connection.ts'
import type { Message } from './message.ts'

/** A webhook with something to deliver now. Nobody else works on it until the transaction ends; new deliveries for it are not held up. */
export interface Due {
  readonly id: string
  readonly url: string
  readonly secret: Buffer
  readonly ownNetwork: boolean
  readonly failingSince: Date | null
}

/** So many are delivered to one webhook in one round. */
const mostInOneRound = 200

export async function webhooksWithWork(db: Db, now: Date): Promise<Due[]> {
  const rows = await db
    .selectFrom('platform.webhook as w')
    .select(['w.id', 'w.url', 'w.secret', 'w.own_network', 'w.failing_since'])
    .where('w.disabled_at', 'is', null)
    .where((eb) => eb.or([eb('w.paused_until', 'is', null), eb('w.paused_until', '<=', now)]))
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('platform.webhook_delivery as d')
          .select('d.id')
          .whereRef('d.webhook_id', '=', 'w.id')
          .where('d.state', '=', 'waiting')
          .where('d.due_at', '<=', now),
      ),
    )
    .orderBy('w.id')
    .forNoKeyUpdate()
    .skipLocked()
    .execute()
  return rows.map((row) => ({
    id: row.id,
    url: row.url,
    secret: row.secret,
    ownNetwork: row.own_network,
    failingSince: row.failing_since,
  }))
}

export async function dueDeliveries(db: Db, webhookId: string, now: Date) {
  const rows = await db
    .selectFrom('platform.webhook_delivery')
    .select(['id', 'attempts', 'due_at', 'body'])
    .where('webhook_id', '=', webhookId)
    .where('state', '=', 'waiting')
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .orderBy('id')
    .limit(mostInOneRound)
    .execute()
  return rows.map((row) => ({ id: row.id, attempts: row.attempts, dueAt: row.due_at, message: row.body as unknown as Message }))
}

export interface Attempt {
  readonly state: string
  readonly attempts: number
  readonly dueAt: Date
  readonly at: Date
  readonly status: number | null
  readonly problem: string | null
}

export const noteAttempt = (db: Db, id: string, { state, attempts, dueAt, at, status, problem }: Attempt) =>
  db
    .updateTable('platform.webhook_delivery')
    .set({ state, attempts, due_at: dueAt, attempted_at: at, status, problem })
    .where('id', '=', id)
    .execute()

export interface Health {
  readonly failingSince: Date | null
  readonly pausedUntil: Date | null
  readonly disabled?: { readonly at: Date; readonly because: string }
}

export const noteHealth = (db: Db, id: string, { failingSince, pausedUntil, disabled }: Health) =>
  db
    .updateTable('platform.webhook')
    .set({
      failing_since: failingSince,
      paused_until: pausedUntil,
      ...(disabled ? { disabled_at: disabled.at, disabled_because: disabled.because } : {}),
    })
    .where('id', '=', id)
    .execute()
