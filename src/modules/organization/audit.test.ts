import { afterAll, beforeAll, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import { sealTrail } from '#platform/trail/seal.ts'
import { type App, everybody, holder, startApp } from '#test/app.ts'
import { waitForRun } from '#test/wait-for-run.ts'
import { api } from './api.ts'

let app: App
let customer: string
const formula = '=HYPERLINK("http://evil.example")'
beforeAll(async () => {
  app = await startApp({ work: true })
  app.now = new Date('2026-03-10T10:00:00Z')
  customer = (await app.as(customersApi, { ...everybody, id: 'ada' }).create({ values: { name: formula } })).id
  app.now = new Date('2026-03-11T10:00:00Z')
  await app.as(customersApi, { ...everybody, id: 'bob' }).change({ id: customer, values: { city: 'Basel' }, version: 1 } as never)
  await app.as(customersApi, { ...everybody, id: 'bob' }).one({ id: customer })
  await app.noteReads()
})
afterAll(() => app.close())

const auditor = holder('organization.audit')
const entries = (input: object = {}) => app.as(api, auditor).audit({ trail: 'fact', ...input })

test('the trail says who did what when, and narrows by person, kind, customer and days', async () => {
  const mine = { customerId: customer }
  const { items } = await entries(mine)
  expect(items).toMatchObject([
    { name: 'customers.changed', actor: 'bob', customerName: formula },
    { name: 'customers.created', actor: 'ada', values: { customerId: customer, name: formula } },
  ])
  const names = async (input: object) => (await entries({ ...mine, ...input })).items.map(({ name }) => name)
  expect(await names({ actor: 'ada' })).toEqual(['customers.created'])
  expect(await names({ name: 'customers.changed' })).toEqual(['customers.changed'])
  expect(await names({ to: '2026-03-10' })).toEqual(['customers.created'])
  expect(await names({ from: '2026-03-11' })).toEqual(['customers.changed'])
  expect(await names({ from: '2026-03-12' })).toEqual([])
  expect((await app.as(api, auditor).auditNames({ trail: 'fact' })).names).toEqual(
    expect.arrayContaining(['customers.changed', 'customers.created']),
  )
})

test('it is paged by cursor, without a gap and without a repetition', async () => {
  const all = (await entries({ limit: 200 })).items.map(({ id }) => id)
  const walked: string[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await entries({ limit: 1, ...(cursor ? { cursor } : {}) })
    walked.push(...page.items.map(({ id }) => id))
    if (!page.next) break
    cursor = page.next
  }
  expect(walked).toEqual(all)
  await expect(entries({ cursor: 'bm9uc2Vuc2U' })).rejects.toMatchObject({ reason: 'foreign-cursor' })
})

test('as a file it is the same, and nothing in it is run as a formula', async () => {
  const { text } = (await app.as(api, auditor).exportAudit({ trail: 'fact', customerId: customer })) as { text: string }
  const lines = text.trim().split('\r\n')
  expect(lines).toHaveLength(3)
  expect(lines[2]).toContain(`"'=HYPERLINK`)
  expect(text).not.toMatch(/,=|,"=/)
})

test('who looked at a customer is shown to those who may see the trail, and to nobody else', async () => {
  expect((await entries({ trail: 'read', customerId: customer })).items).toMatchObject([
    { name: 'customer-seen', actor: 'bob', values: { endpoint: 'customers.one' } },
  ])
  for (const actor of [holder('customers.read'), holder('organization.manage')])
    await expect(app.as(api, actor).audit({ trail: 'read' })).rejects.toMatchObject({ status: 403 })
})

test('what an erasure blanked is shown as such', async () => {
  await app.db
    .updateTable('platform.fact')
    .set({ personal: null, personal_salt: null })
    .where('customer_id', '=', customer)
    .where('name', '=', 'customers.created')
    .execute()
  const { items } = await entries({ name: 'customers.created', customerId: customer })
  expect(items).toMatchObject([{ erased: true, values: { customerId: customer } }])
  expect(JSON.stringify(items[0]!.values)).not.toContain('HYPERLINK')
})

test('a check is a run; its result says that the trail is whole, or names the first broken block', async () => {
  await sealTrail(app.database, app.now)
  const check = async () => {
    const { runId } = await app.as(api, auditor).checkAudit({})
    await waitForRun(app, runId)
    return (await app.as(api, auditor).auditState({})).checked
  }
  expect(await check()).toMatchObject({ broken: null })
  await app.db.updateTable('platform.fact').set({ actor: 'mallory' }).where('actor', '=', 'bob').execute()
  expect(await check()).toMatchObject({ broken: { trail: 'fact', block: 1, reason: 'rows-changed' } })
})
