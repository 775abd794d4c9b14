import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { IntakeSignature } from '../domain/intake/forms.ts'

type Headers = Readonly<Record<string, string>>

/** A message of Standard Webhooks is taken so many seconds before and after the moment that it names. */
const window = 300

export interface Signed {
  /** By what a repetition is known: the id of the message where the signature covers it, else the hash of its content, because whoever repeats it could write another id beside it. */
  readonly key: string
  /** What the sender calls it, for the log. */
  readonly senderId: string | null
}

/** Who a message is from, or null where its signature is not the secret's. Signatures are compared in a time that does not depend on them. */
export function signedBy(signature: IntakeSignature, secret: string, headers: Headers, body: Buffer, now: Date): Signed | null {
  if (signature === 'standard') return standard(secret, headers, body, now)
  const name = signature === 'shopify' ? 'x-shopify-hmac-sha256' : 'x-wc-webhook-signature'
  const id = headers[signature === 'shopify' ? 'x-shopify-webhook-id' : 'x-wc-webhook-delivery-id']
  if (!isSignature(headers[name], createHmac('sha256', secret).update(body).digest())) return null
  return { key: `sha256:${createHash('sha256').update(body).digest('hex')}`, senderId: printable(id) }
}

/** Standard Webhooks 1.0: id, moment and content are signed together; one of several signatures has to be right. */
function standard(secret: string, headers: Headers, body: Buffer, now: Date): Signed | null {
  const id = headers['webhook-id'] ?? ''
  const timestamp = headers['webhook-timestamp'] ?? ''
  const right = createHmac('sha256', Buffer.from(secret.replace(/^whsec_/, ''), 'base64'))
    .update(`${id}.${timestamp}.`)
    .update(body)
    .digest()
  const given = (headers['webhook-signature'] ?? '').split(' ').slice(0, 20)
  const isRight = given.filter((one) => one.startsWith('v1,')).some((one) => isSignature(one.slice(3), right))
  const isNow = /^\d{1,12}$/.test(timestamp) && Math.abs(now.getTime() / 1000 - Number(timestamp)) <= window
  return isRight && isNow && /^[\w-]{1,200}$/.test(id) ? { key: `id:${id}`, senderId: id } : null
}

const isSignature = (given: string | undefined, right: Buffer): boolean =>
  given !== undefined && /^[A-Za-z0-9+/]{43}=$/.test(given) && timingSafeEqual(Buffer.from(given, 'base64'), right)

const printable = (id: string | undefined): string | null => (id !== undefined && /^[\x21-\x7e]{1,100}$/.test(id) ? id : null)

/** A secret of Standard Webhooks holds at least 24 bytes. */
export const isStandardSecret = (secret: string): boolean => /^whsec_[A-Za-z0-9+/]{32,}={0,2}$/.test(secret)

/** WooCommerce asks an address, unsigned, whether it is there; whatever address it is, the answer is yes and nothing happens. */
export const isPing = (headers: Headers, body: Buffer): boolean =>
  /^application\/x-www-form-urlencoded\b/i.test(headers['content-type'] ?? '') && /^webhook_id=\d{1,19}$/.test(body.toString('latin1'))
