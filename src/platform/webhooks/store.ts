import type { Db } from '../database/connection.ts'
import type { Message } from './message.ts'

export interface Webhook {
  readonly id: string
  readonly name: string
  readonly url: string
  readonly facts: readonly string[]
  readonly ownNetwork: boolean
  readonly version: number
  readonly createdAt: Date
  readonly disabledAt: Date | null
  readonly disabledBecause: string | null
  readonly failingSince: Date | null
}

export async function allWebhooks(db: Db): Promise<Webhook[]> {
  const rows = await db.selectFrom('platform.webhook').select(columns).orderBy('id').execute()
  return rows.map(webhookOf)
}

export async function webhookById(db: Db, id: string): Promise<Webhook | null> {
  const row = await db.selectFrom('platform.webhook').select(columns).where('id', '=', id).executeTakeFirst()
  return row ? webhookOf(row) : null
}

export type WebhookValues = Pick<Webhook, 'name' | 'url' | 'facts' | 'ownNetwork'>

export async function addWebhook(
  db: Db,
  webhook: WebhookValues & { readonly id: string; readonly secret: Buffer; readonly by: string; readonly now: Date },
): Promise<void> {
  const { id, secret, by, now, ...values } = webhook
  await db
    .insertInto('platform.webhook')
    .values({ id, ...columnsOf(values), secret, version: 1, created_by: by, created_at: now })
    .execute()
}

/** False where somebody else has changed it since the given version. */
export async function changeWebhook(db: Db, id: string, values: WebhookValues, version: number): Promise<boolean> {
  const row = await db
    .updateTable('platform.webhook')
    .set({ ...columnsOf(values), version: version + 1, failing_since: null, paused_until: null })
    .where('id', '=', id)
    .where('version', '=', version)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** It goes with everything that waits for it. */
/** False where it is not the given version any more. */
export const removeWebhook = async (db: Db, id: string, version: number): Promise<boolean> =>
  (await db.deleteFrom('platform.webhook').where('id', '=', id).where('version', '=', version).returning('id').executeTakeFirst()) !==
  undefined

/** Switches it off, or on again with a clean slate. */
export const switchWebhook = (db: Db, id: string, off: { readonly at: Date; readonly because: string } | null) =>
  db
    .updateTable('platform.webhook')
    .set({ disabled_at: off?.at ?? null, disabled_because: off?.because ?? null, failing_since: null, paused_until: null })
    .where('id', '=', id)
    .execute()

export const replaceSecret = (db: Db, id: string, secret: Buffer) =>
  db.updateTable('platform.webhook').set({ secret }).where('id', '=', id).execute()

/** The ids of those who want to hear of a fact. */
export async function listenersOf(db: Db, fact: string): Promise<string[]> {
  const rows = await db
    .selectFrom('platform.webhook')
    .select('id')
    .where((eb) => eb(eb.val(fact), '=', eb.fn.any('facts')))
    .where('disabled_at', 'is', null)
    .execute()
  return rows.map((row) => row.id)
}

export interface NewDelivery {
  readonly id: string
  readonly webhookId: string
  readonly message: Message
}

export async function addDeliveries(db: Db, deliveries: readonly NewDelivery[], now: Date): Promise<void> {
  await db
    .insertInto('platform.webhook_delivery')
    .values(
      deliveries.map(({ id, webhookId, message }) => ({
        id,
        webhook_id: webhookId,
        fact: message.type,
        occurred_at: now,
        body: JSON.stringify(message),
        state: 'waiting',
        attempts: 0,
        due_at: now,
      })),
    )
    .execute()
}

export interface Delivery {
  readonly id: string
  readonly fact: string
  readonly occurredAt: Date
  readonly state: string
  readonly attempts: number
  readonly dueAt: Date
  readonly attemptedAt: Date | null
  readonly status: number | null
  readonly problem: string | null
}

/** Deliveries of a webhook, the newest first, strictly before the given one. */
export async function deliveriesBefore(db: Db, webhookId: string, before: string | null, limit: number): Promise<Delivery[]> {
  const rows = await db
    .selectFrom('platform.webhook_delivery')
    .select(['id', 'fact', 'occurred_at', 'state', 'attempts', 'due_at', 'attempted_at', 'status', 'problem'])
    .where('webhook_id', '=', webhookId)
    .$if(before !== null, (query) => query.where('id', '<', before!))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ occurred_at, due_at, attempted_at, ...row }) => ({
    ...row,
    occurredAt: occurred_at,
    dueAt: due_at,
    attemptedAt: attempted_at,
  }))
}

/** Makes a delivery due at once, as if it had never been tried; false where there is none. */
export async function repeatDelivery(db: Db, webhookId: string, id: string, now: Date): Promise<boolean> {
  const row = await db
    .updateTable('platform.webhook_delivery')
    .set({ state: 'waiting', attempts: 0, due_at: now, status: null, problem: null })
    .where('id', '=', id)
    .where('webhook_id', '=', webhookId)
    .returning('id')
    .executeTakeFirst()
  if (row) await db.updateTable('platform.webhook').set({ paused_until: null }).where('id', '=', webhookId).execute()
  return row !== undefined
}

/** What happened before is told for so long on the page. */
export const forgetDeliveries = (db: Db, before: Date) =>
  db.deleteFrom('platform.webhook_delivery').where('occurred_at', '<', before).where('state', '<>', 'waiting').execute()

const columns = [
  'id',
  'name',
  'url',
  'facts',
  'own_network',
  'version',
  'created_at',
  'disabled_at',
  'disabled_because',
  'failing_since',
] as const

const columnsOf = ({ name, url, facts, ownNetwork }: WebhookValues) => ({ name, url, facts: [...facts], own_network: ownNetwork })

const webhookOf = (row: {
  id: string
  name: string
  url: string
  facts: string[]
  own_network: boolean
  version: number
  created_at: Date
  disabled_at: Date | null
  disabled_because: string | null
  failing_since: Date | null
}): Webhook => ({
  id: row.id,
  name: row.name,
  url: row.url,
  facts: row.facts,
  ownNetwork: row.own_network,
  version: row.version,
  createdAt: row.created_at,
  disabledAt: row.disabled_at,
  disabledBecause: row.disabled_because,
  failingSince: row.failing_since,
})
