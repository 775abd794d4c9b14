import type { Locator } from 'playwright-core'
import { expect, test } from 'vitest'
import { shopifyStandIn, wooCommerceStandIn } from '#test/shop-stand-in.ts'
import type { Stage, Visit } from './product.ts'
import { accessible, listed, pick, read, section } from './seen.ts'

const now = () => new Date().toISOString()

/** A shop is connected under Settings, signs as its maker says, and its order stands on the customer's page; whoever does not know the secret is refused. */
export function shop(stage: () => Stage): void {
  test('an administrator connects a shop of Shopify, and its first order stands with the customer', async () => {
    const visit = await stage().visit()
    const { page } = visit
    const secret = 'shpss_as_shown_below_the_webhooks_of_the_shop'
    await visit.open('/')
    await page.getByRole('link', { name: 'Orders from shops' }).first().click()
    await page.waitForURL('**/order-intake')
    const address = await connect(visit, 'Tea house', 'Shopify', secret)
    const shopify = shopifyStandIn(address, secret)
    const order = {
      id: 5001,
      name: '#1001',
      currency: await currencyOf(visit),
      created_at: now(),
      updated_at: now(),
      source_name: 'web',
      customer: { id: 77, first_name: 'Ottilie', last_name: 'Shopwell', email: 'ottilie@example.com' },
      line_items: [{ id: 1, sku: 'POT', name: 'Tea pot', quantity: 2, price: '30.00', discount_allocations: [] }],
    }
    expect(await shopify.tell(order, { secret: 'guessed' }), 'another secret').toBe(404)
    expect(await shopify.tell(order, { body: JSON.stringify({ ...order, name: '#1002' }) }), 'another content').toBe(404)
    expect(await shopify.tell(order)).toBe(200)
    await arrived(visit, 'Tea house', 1)
    await onTheirPage(visit, 'Ottilie Shopwell', '#1001')
    expect(await listed(page, 'orders/found?number=%231002').catch(() => [])).toEqual([])
    expect(visit.problems.filter((problem) => !problem.includes('422'))).toEqual([])
    await visit.close()
  })

  test('and one of WooCommerce, with the secret that is made here and shown once', async () => {
    const visit = await stage().visit()
    const { page } = visit
    await visit.open('/order-intake')
    const address = await connect(visit, 'Cup shop', 'WooCommerce', null)
    const shown = page.getByRole('dialog', { name: 'The secret' })
    const secret = (await read(shown.locator('.once'))).trim()
    await shown.getByRole('button', { name: 'Close' }).last().click()
    await shown.waitFor({ state: 'hidden' })
    const woo = wooCommerceStandIn(address, secret)
    expect(await woo.ping(), 'is asked, unsigned, whether it is there').toBe(200)
    const order = {
      id: 727,
      number: '727',
      status: 'processing',
      currency: await currencyOf(visit),
      date_created_gmt: now().slice(0, 19),
      date_modified_gmt: now().slice(0, 19),
      customer_id: 26,
      total: '22.00',
      created_via: 'checkout',
      billing: { first_name: 'Walter', last_name: 'Cupwell', email: 'walter@example.com' },
      line_items: [{ sku: 'CUP', name: 'Cup', quantity: 2, subtotal: '22.00', total: '20.00' }],
      refunds: [],
    }
    expect(await woo.tell(order, { secret: `${secret}x` })).toBe(404)
    expect(await woo.tell(order)).toBe(200)
    await arrived(visit, 'Cup shop', 1)
    await onTheirPage(visit, 'Walter Cupwell', '727')
    // A closed address answers as if it were not there.
    await visit.open('/order-intake')
    await actionOf(visit, 'Cup shop', 'Close')
    await page.getByRole('row').filter({ hasText: 'Cup shop' }).getByText('closed', { exact: true }).waitFor()
    expect(await woo.tell({ ...order, number: '728' })).toBe(404)
    expect(visit.problems).toEqual([])
    await visit.close()
  })
}

async function currencyOf({ page }: Visit): Promise<string> {
  const { settings } = (await (await page.request.get('/api/v1/organization/settings')).json()) as {
    settings: { key: string; value: { currency: string } }[]
  }
  return settings.find(({ key }) => key === 'organization.profile')!.value.currency
}

/** Fills in the form of a new shop and answers the address that it is to be given. */
async function connect(visit: Visit, name: string, kind: string, secret: string | null): Promise<string> {
  const { page } = visit
  await page.getByRole('button', { name: 'Add a shop' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Add a shop' })
  if (kind !== 'Shopify') await pick(page, dialog.getByLabel('Kind of shop'), kind)
  await dialog.getByLabel('Name').fill(name)
  await dialog.getByLabel('Source').fill(name.toLowerCase().replace(' ', '-'))
  if (secret !== null) {
    // What cannot be a secret is refused with the field and the reason.
    await dialog.getByLabel('Secret of the shop').fill('it has blanks in it')
    await dialog.getByRole('button', { name: 'Add', exact: true }).click()
    await dialog
      .getByText(/without blanks|the right form/)
      .first()
      .waitFor()
    await dialog.getByLabel('Secret of the shop').fill(secret)
  }
  await accessible(visit, '.ant-modal')
  await dialog.locator('button[type=submit]').click()
  await dialog.waitFor({ state: 'hidden' })
  const row: Locator = page.getByRole('row').filter({ hasText: name })
  // The product of the journeys listens at a door that it was given by chance.
  return new URL(new URL((await read(row.locator('.intake-address'))).trim()).pathname, page.url()).href
}

async function actionOf({ page }: Visit, name: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${name}` }).click()
  await page.getByRole('menuitem', { name: action, exact: true }).click()
}

/** The log of the shop says that its message is in. */
async function arrived(visit: Visit, name: string, orders: number): Promise<void> {
  const { page } = visit
  const intakes = await listed<{ id: string; name: string }>(page, 'order-intakes')
  const { id } = intakes.find((one) => one.name === name)!
  const states = async () => (await listed<{ state: string }>(page, `order-intakes/${id}/deliveries`)).map(({ state }) => state)
  await expect.poll(states, { timeout: 60_000 }).toEqual(['done'])
  await visit.open('/order-intake')
  await actionOf(visit, name, 'Messages')
  const drawer = page.getByRole('dialog', { name: `Messages of ${name}` })
  const row = drawer.getByRole('row').filter({ hasText: 'done' })
  expect(await read(row)).toMatch(new RegExp(`done\\s+${orders}\\b`))
}

async function onTheirPage(visit: Visit, customer: string, number: string): Promise<void> {
  const { page } = visit
  await visit.open(`/customers?q=${encodeURIComponent(customer)}`)
  await page.locator('.row-link').filter({ hasText: customer }).first().click()
  await page.waitForURL(/\/customers\/[0-9a-f-]{36}$/)
  await section(page, 'Orders').getByText(number, { exact: true }).first().waitFor()
}
