import type { Context } from '../context.ts'
import { type Outgoing, postOut, Unreachable } from '../egress.ts'
import { webhookDisabled } from './facts.ts'
import { failingDays, type Message, nextAttempt, signed } from './message.ts'
import { type Due, dueDeliveries, noteAttempt, noteHealth, webhooksWithWork } from './work.ts'

/** One attempt may take so long, and one round at one webhook altogether; what is left then is due in the next. */
const attemptMilliseconds = 10_000
const roundMilliseconds = 25_000
const longestPause = 10 * 60_000

type Post = (outgoing: Outgoing) => Promise<number>

/**
 * Delivers what is due, to several webhooks at once and to each in its order. A webhook that cannot be reached is left alone for a while, so that it holds up nobody else. Delivered means
 * answered with 2xx; the same message may arrive twice, with the same id.
 */
export async function deliverDue(context: Context, post: Post = postOut): Promise<void> {
  const webhooks = await webhooksWithWork(context.db, context.now)
  await Promise.all(webhooks.map((webhook) => deliverTo(context, webhook, post)))
}

async function deliverTo(context: Context, webhook: Due, post: Post): Promise<void> {
  const { db, now, house } = context
  const { sealing } = house
  if (!sealing) throw new Error('Webhooks are delivered only where secrets can be opened')
  const secret = await sealing.open(webhook.secret, `webhook ${webhook.id}`)
  const started = performance.now()
  for (const delivery of await dueDeliveries(db, webhook.id, now)) {
    if (performance.now() - started > roundMilliseconds) return
    const outcome = await attempt(post, webhook, delivery, secret, now)
    const attempts = delivery.attempts + 1
    const next = outcome.delivered ? null : nextAttempt(attempts, now)
    const state = outcome.delivered ? 'delivered' : next ? 'waiting' : 'failed'
    await noteAttempt(db, delivery.id, { state, attempts, dueAt: next ?? delivery.dueAt, at: now, ...outcome })
    if (outcome.delivered) {
      if (webhook.failingSince) await noteHealth(db, webhook.id, { failingSince: null, pausedUntil: null })
      webhook = { ...webhook, failingSince: null }
      continue
    }
    const failingSince = webhook.failingSince ?? now
    webhook = { ...webhook, failingSince }
    const gone = outcome.status === 410
    if (gone || now.getTime() - failingSince.getTime() > failingDays * 86_400_000)
      return giveUp(context, webhook.id, gone ? 'gone' : 'failing')
    // A message that the other side will not have says nothing about the next one.
    const refusedOne = outcome.status !== null && outcome.status >= 400 && outcome.status < 500 && outcome.status !== 429
    const pause = refusedOne ? null : new Date(Math.min((next ?? now).getTime(), now.getTime() + longestPause))
    await noteHealth(db, webhook.id, { failingSince, pausedUntil: pause })
    if (pause) return
  }
}

async function attempt(post: Post, webhook: Due, delivery: { id: string; message: Message }, secret: string, now: Date) {
  const body = JSON.stringify(delivery.message)
  const headers = { 'content-type': 'application/json', 'user-agent': 'Patron', ...signed(delivery.id, now, body, secret) }
  try {
    const status = await post({ url: webhook.url, headers, body, ownNetwork: webhook.ownNetwork, milliseconds: attemptMilliseconds })
    const delivered = status >= 200 && status < 300
    return { delivered, status, problem: delivered ? null : status >= 300 && status < 400 ? 'redirect' : 'refused' }
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error
    return { delivered: false, status: null, problem: error.reason }
  }
}

async function giveUp(context: Context, webhookId: string, because: 'failing' | 'gone'): Promise<void> {
  await noteHealth(context.db, webhookId, { failingSince: null, pausedUntil: null, disabled: { at: context.now, because } })
  await context.publish(webhookDisabled, { webhookId, because })
}
