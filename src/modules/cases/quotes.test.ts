import { afterAll, beforeAll, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import { organizationProfile, writeSetting } from '#modules/organization/public.ts'
import type { Actor } from '#platform/context.ts'
import { makeLink } from '#platform/private-link.ts'
import { type App, everybody, startApp } from '#test/app.ts'
import { hiddenOf } from '#test/trial-pages.ts'
import { linkPurpose } from './actions/messages.ts'
import { casesApi } from './api.ts'

let app: App
let customerId: string
beforeAll(async () => {
  app = await startApp({ now: new Date('2026-03-10T02:00:00Z'), address: 'https://patron.example.com' })
  await app.transaction((context) =>
    writeSetting(context, organizationProfile, { name: 'Tea', currency: 'CNY', timeZone: 'Asia/Shanghai', locale: 'en' }, 0),
  )
  customerId = (await app.as(customersApi).create({ values: { name: 'Harbour Tea' } })).id
})
afterAll(() => app.close())
const as = (actor: Actor = everybody) => app.as(casesApi, actor)

/** A request for something made to order, with an offer that holds through a day. */
async function offered(validUntil: string | null) {
  const made = await as().open({ kind: 'custom-request', customerId, subject: 'A chest', description: 'Made to measure', channel: 'web' })
  const told = await as().acknowledge({ caseId: made.id, version: made.version, text: 'We look', sent: 'hand', answerBy: null })
  return as().quote({ caseId: made.id, version: told.version, text: 'In oak', amountMinor: 90_000, validUntil })
}

test('an offer that has run out is taken by staff only with a reason, and declined at any time', async () => {
  app.now = new Date('2026-03-10T15:30:00Z')
  const [today, out, no] = [await offered('2026-03-10'), await offered('2026-03-10'), await offered('2026-03-10')]
  const answer = ({ id: caseId, version }: { id: string; version: number }, accepted: boolean, note: string | null = null) =>
    as().answerQuote({ caseId, version, accepted, note })
  // In Shanghai it is still the tenth.
  expect(await answer(today, true)).toMatchObject({ step: 'fulfil' })
  app.now = new Date('2026-03-10T16:30:00Z')
  await expect(answer(out, true)).rejects.toMatchObject({ status: 409, reason: 'offer-ran-out' })
  expect(await answer(out, true, 'They rang yesterday')).toMatchObject({ step: 'fulfil' })
  expect(await answer(no, false)).toMatchObject({ state: 'closed' })
  expect(await answer(await offered(null), true)).toMatchObject({ step: 'fulfil' })
})

test('a customer cannot take it any more, and is told so', async () => {
  app.now = new Date('2026-03-10T02:00:00Z')
  const { id } = await offered('2026-03-10')
  const { token } = await app.transaction((context) => makeLink(context, { purpose: linkPurpose, thingId: id, customerId, days: 30 }))
  const page = async () => (await app.request(`/p/case/${token}`, {}, null)).text()
  expect(await page()).toContain('Yes, I accept')
  const send = async (accepted: string) => {
    const action = `/p/case/${token}/quote-answer`
    const hidden = hiddenOf(await page(), action)
    app.now = new Date(app.now.getTime() + 5_000)
    const body = new URLSearchParams({ ...hidden, accepted })
    return app.request(action, { method: 'POST', body, headers: { 'x-test-sender': '203.0.113.9' } }, null)
  }
  app.now = new Date('2026-03-11T02:00:00Z')
  expect(await page()).toContain('has run out')
  expect(await page()).not.toContain('Yes, I accept')
  const refused = await send('yes')
  expect(refused.status).toBe(409)
  expect(await refused.text()).toContain('has run out')
  expect((await as().one({ caseId: id })).quoteAnswered).toBeNull()
  expect((await send('no')).status).toBe(303)
  expect((await as().one({ caseId: id })).quoteAnswered).toMatchObject({ accepted: false })
})

test('what a customer is worth shows neither in the log nor in the place to whoever may not see it', async () => {
  const made = await as().open({ kind: 'request', customerId, subject: 'Call', description: 'x', channel: 'phone', ownerId: null })
  const terms = { policyId: crypto.randomUUID(), version: 1, tier: 'platinum', priority: 1 }
  await app.db
    .updateTable('cases.event')
    .set(({ fn, val }) => ({ data: fn('jsonb_set', ['data', val('{policy}'), val(JSON.stringify(terms))]) as never }))
    .where('case_id', '=', made.id)
    .where('seq', '=', 1)
    .execute()
  const blind: Actor = { ...everybody, can: (right) => right !== 'value.read' }
  const policyFor = async (actor: Actor) => (await as(actor).log({ caseId: made.id })).events[0]!.said.policy
  expect(await policyFor(everybody)).toMatchObject({ tier: 'platinum', priority: 1 })
  expect(await policyFor(blind)).toBeNull()
  expect((await as(blind).one({ caseId: made.id })).policy).toBeNull()
  expect(JSON.stringify(await as(blind).log({ caseId: made.id }))).not.toContain('platinum')
  expect((await as(everybody).place({ caseId: made.id })).tier).toMatchObject({ tier: 'platinum' })
  expect((await as(blind).place({ caseId: made.id })).tier ?? null).toBeNull()
})
