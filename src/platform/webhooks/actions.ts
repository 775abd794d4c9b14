import type { Context } from '../context.ts'
import { defaultPageSize } from '../contract.ts'
import { cursorOf, placeOf } from '../cursor.ts'
import { isForbiddenHost, isOutgoingUrl } from '../egress.ts'
import type { Action, Actions } from '../module.ts'
import { changedMeanwhile, refuse } from '../refusal.ts'
import type { webhooksApi as api } from './api.ts'
import { webhookAdded, webhookChanged, webhookDisabled, webhookEnabled, webhookRemoved, webhookSecretReplaced } from './facts.ts'
import { newSecret } from './message.ts'
import { deliveriesDue } from './outbox.ts'
import {
  addDeliveries,
  addWebhook,
  allWebhooks,
  changeWebhook,
  deliveriesBefore,
  removeWebhook,
  repeatDelivery,
  replaceSecret as saveSecret,
  switchWebhook,
  type Webhook,
  type WebhookValues,
  webhookById,
} from './store.ts'

const mostWebhooks = 50
const trial = 'webhooks.trial'

const list: Action<typeof api.list> = async ({ db, house }) => ({
  webhooks: (await allWebhooks(db)).map(viewOf),
  facts: factsOf(house),
})

const add: Action<typeof api.add> = async (context, values) => {
  const { db, now, actor } = context
  refuseValues(context, values)
  if ((await allWebhooks(db)).length >= mostWebhooks)
    throw refuse('conflict', 'too-many-webhooks', `There are ${mostWebhooks} already; remove one first`, { values: { most: mostWebhooks } })
  const id = context.newId()
  const secret = newSecret()
  await addWebhook(db, { ...values, id, secret: await sealed(context, id, secret), by: actor.id, now })
  await context.publish(webhookAdded, { webhookId: id })
  return { webhook: await view(context, id), secret }
}

const change: Action<typeof api.change> = async (context, { id, version, ...values }) => {
  refuseValues(context, values)
  await webhookCalled(context, id)
  if (!(await changeWebhook(context.db, id, values, version))) throw changedMeanwhile()
  await context.publish(webhookChanged, { webhookId: id })
  return view(context, id)
}

const remove: Action<typeof api.remove> = async (context, { id, version }) => {
  await webhookCalled(context, id)
  if (!(await removeWebhook(context.db, id, version))) throw changedMeanwhile()
  await context.publish(webhookRemoved, { webhookId: id })
  return {}
}

const switchOnOff: Action<typeof api.switch> = async (context, { id, enabled }) => {
  const webhook = await webhookCalled(context, id)
  if (enabled !== (webhook.disabledAt === null)) {
    await switchWebhook(context.db, id, enabled ? null : { at: context.now, because: 'person' })
    if (enabled) await context.publish(webhookEnabled, { webhookId: id })
    else await context.publish(webhookDisabled, { webhookId: id, because: 'person' })
  }
  return view(context, id)
}

const replaceSecret: Action<typeof api.replaceSecret> = async (context, { id }) => {
  await webhookCalled(context, id)
  const secret = newSecret()
  await saveSecret(context.db, id, await sealed(context, id, secret))
  await context.publish(webhookSecretReplaced, { webhookId: id })
  return { webhook: await view(context, id), secret }
}

const tryOut: Action<typeof api.tryOut> = async (context, { id }) => {
  const { db, now } = context
  const { disabledAt } = await webhookCalled(context, id)
  if (disabledAt) throw refuse('conflict', 'webhook-off', 'It is switched off; switch it on first')
  const deliveryId = context.newId()
  const message = { type: trial, timestamp: now.toISOString(), data: {} }
  await addDeliveries(db, [{ id: deliveryId, webhookId: id, message }], now)
  await context.wake(deliveriesDue, {})
  return { deliveryId }
}

const deliveries: Action<typeof api.deliveries> = async (context, { id, cursor, limit = defaultPageSize }) => {
  await webhookCalled(context, id)
  const before = cursor === undefined ? null : String(placeOf(cursor, ['uuid'])[0])
  const rows = await deliveriesBefore(context.db, id, before, limit + 1)
  const shown = rows.slice(0, limit)
  return {
    items: shown.map((row) => ({ ...row, state: row.state as 'waiting' | 'delivered' | 'failed' })),
    next: rows.length > limit ? cursorOf([shown.at(-1)!.id]) : null,
  }
}

const repeat: Action<typeof api.repeat> = async (context, { id, deliveryId }) => {
  const { disabledAt } = await webhookCalled(context, id)
  if (disabledAt) throw refuse('conflict', 'webhook-off', 'It is switched off; switch it on first')
  if (!(await repeatDelivery(context.db, id, deliveryId, context.now)))
    throw refuse('missing', 'no-such-delivery', 'There is no such delivery')
  await context.wake(deliveriesDue, {})
  return {}
}

export const webhooksActions: Actions<typeof api> = {
  list,
  add,
  change,
  remove,
  switch: switchOnOff,
  replaceSecret,
  tryOut,
  deliveries,
  repeat,
}

const factsOf = (house: Context['house']) => house.modules.flatMap((module) => (module.facts ?? []).map(({ name }) => name)).toSorted()

function refuseValues({ house }: Context, { url, facts, ownNetwork }: WebhookValues): void {
  const wrong = (field: string, reason: string, detail: string) =>
    refuse('invalid', reason, detail, { fields: [{ field, reason, detail }] })
  if (!isOutgoingUrl(url)) throw wrong('url', 'not-a-web-address', 'It must be an address that begins with https:// or http://')
  if (isForbiddenHost(url, ownNetwork))
    throw wrong('url', 'address-not-allowed', 'This address lies in a network that is not told anything')
  const known = new Set(factsOf(house))
  if (!facts.every((name) => known.has(name))) throw wrong('facts', 'no-such-fact', 'Something of this never happens here')
}

async function sealed({ house }: Context, id: string, secret: string): Promise<Buffer> {
  if (!house.sealing) throw new Error('Webhooks are made only where secrets can be sealed')
  return house.sealing.seal(secret, `webhook ${id}`)
}

async function webhookCalled({ db }: Context, id: string): Promise<Webhook> {
  const webhook = await webhookById(db, id)
  if (!webhook) throw refuse('missing', 'no-such-webhook', 'There is no such webhook')
  return webhook
}

const view = async (context: Context, id: string) => viewOf(await webhookCalled(context, id))

const viewOf = (webhook: Webhook) => ({
  ...webhook,
  facts: [...webhook.facts],
  disabledBecause: webhook.disabledBecause as 'person' | 'failing' | 'gone' | null,
})
