import { createHmac, randomUUID } from 'node:crypto'

/** A shop that tells of its orders as the documentation of its maker says, from this machine. */
export interface ShopStandIn {
  /** What the maker's documentation calls the message of a new order. Answers the status. */
  tell(order: object, more?: { readonly secret?: string; readonly body?: string }): Promise<number>
}

/** The signature: HMAC-SHA256 of the raw body with the shop's secret, in base64. Both makers say so; they name it otherwise. */
const sign = (secret: string, body: string) => createHmac('sha256', secret).update(body, 'utf8').digest('base64')

async function post(address: string, headers: Record<string, string>, body: string): Promise<number> {
  const answer = await fetch(address, { method: 'POST', headers, body })
  await answer.arrayBuffer()
  return answer.status
}

/** Shopify, "Webhooks: verify the origin": `X-Shopify-Hmac-Sha256` over the raw body, with the secret that Shopify shows below its webhooks. */
export const shopifyStandIn = (address: string, secret: string): ShopStandIn => ({
  tell(order, more = {}) {
    const body = JSON.stringify(order)
    return post(
      address,
      {
        'content-type': 'application/json',
        'x-shopify-topic': 'orders/create',
        'x-shopify-shop-domain': 'tea-house.example.com',
        'x-shopify-api-version': '2026-01',
        'x-shopify-webhook-id': randomUUID(),
        'x-shopify-triggered-at': new Date().toISOString(),
        'x-shopify-hmac-sha256': sign(more.secret ?? secret, body),
      },
      more.body ?? body,
    )
  },
})

/** WooCommerce, "REST API: webhooks": an unsigned ping when the webhook is saved, then `X-WC-Webhook-Signature` over the raw body, with the secret that was entered there. */
export const wooCommerceStandIn = (address: string, secret: string): ShopStandIn & { ping(): Promise<number> } => ({
  ping: () => post(address, { 'content-type': 'application/x-www-form-urlencoded' }, 'webhook_id=7'),
  tell(order, more = {}) {
    const body = JSON.stringify(order)
    return post(
      address,
      {
        'content-type': 'application/json',
        'x-wc-webhook-source': 'https://cups.example.com/',
        'x-wc-webhook-topic': 'order.created',
        'x-wc-webhook-resource': 'order',
        'x-wc-webhook-event': 'created',
        'x-wc-webhook-id': '7',
        'x-wc-webhook-delivery-id': randomUUID().replaceAll('-', ''),
        'x-wc-webhook-signature': sign(more.secret ?? secret, body),
      },
      more.body ?? body,
    )
  },
})
