import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { z } from 'zod'
import type { Actor } from './context.ts'
import type { Db } from './database/connection.ts'
import type { Fact, Publish } from './fact.ts'
import type { JobQueue } from './jobs.ts'
import { standingTopic, tellStream } from './stream.ts'
import { tellWebhooks } from './webhooks/outbox.ts'

/** Publishes into one transaction: the fact is logged and every job that reacts to it is enqueued there, so both are true or neither is. */
export const publisher =
  (db: Db, now: Date, actor: Actor, queue: JobQueue): Publish =>
  async (fact, payload) => {
    const values = fact.payload.parse(payload) as Record<string, unknown>
    const customerId = typeof values.customerId === 'string' ? values.customerId : null
    const { plain, personal } = apart(values, fact.personal)
    await db
      .insertInto('platform.fact')
      .values({
        occurred_at: now,
        name: fact.name,
        customer_id: customerId,
        actor: actor.id,
        payload: JSON.stringify(plain),
        ...sealedApart(personal),
      })
      .execute()
    spoken.add(db)
    await queue.react(db, fact.name, values)
    await tellWebhooks(db, fact, values, now, queue)
    if (changesStanding(fact.name, values)) await tellStream({ db, now }, [{ topic: standingTopic, kind: 'changed' }])
  }

/** Whether somebody may be in or may do something else than before: whatever happens to users, sessions, keys, roles, teams and settings. Coming in is none of it. */
const changesStanding = (name: string, { endpoint }: Readonly<Record<string, unknown>>): boolean =>
  name.startsWith('organization.') ||
  /^platform\.(signed-out|password-changed|second-factor-|recovery-codes-|identity-)/.test(name) ||
  (name === 'platform.write-carried-out' && String(endpoint).startsWith('organization.'))

/** The columns of a personal part: itself, a salt of its own, and the hash of both, over the text as the database writes it. */
export function sealedApart(personal: Readonly<Record<string, unknown>> | null) {
  if (personal === null) return { personal: null, personal_salt: null, personal_hash: null }
  const text = JSON.stringify(personal)
  const salt = randomBytes(16)
  return {
    personal: text,
    personal_salt: salt,
    personal_hash: sql<Buffer>`sha256(${salt}::bytea || convert_to(${text}::jsonb::text, 'UTF8'))`,
  }
}

function apart(values: Readonly<Record<string, unknown>>, fields: readonly string[]) {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined)
  const described = entries.filter(([field]) => fields.includes(field))
  return {
    plain: Object.fromEntries(entries.filter(([field]) => !fields.includes(field))),
    personal: described.length > 0 ? Object.fromEntries(described) : null,
  }
}

/** Whether anything was published in a transaction. */
export const hasPublished = (db: Db): boolean => spoken.has(db)
const spoken = new WeakSet<Db>()

/** The values of the latest fact of a kind, or undefined where there was none yet. */
export async function latestFact<S extends z.ZodType>(db: Db, fact: Fact<S>): Promise<z.output<S> | undefined> {
  const row = await db
    .selectFrom('platform.fact')
    .select(['payload', 'personal'])
    .where('name', '=', fact.name)
    .orderBy('occurred_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && fact.payload.parse({ ...(row.payload as object), ...(row.personal as object | null) })
}

/** When a fact about a user last happened, or undefined where it never did; a job hears what happened, and not when. */
export async function lastHappened(db: Db, { name }: Pick<Fact, 'name'>, userId: string): Promise<Date | undefined> {
  const row = await db
    .selectFrom('platform.fact')
    .select('occurred_at')
    .where('name', '=', name)
    .where(sql`payload ->> 'userId'`, '=', userId)
    .orderBy('occurred_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.occurred_at
}
