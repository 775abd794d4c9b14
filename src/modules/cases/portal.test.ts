import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import { ordersApi } from '#modules/orders/api.ts'
import { settingWithVersion, writeSetting } from '#modules/organization/public.ts'
import { holder } from '#test/app.ts'
import { hostileHtml } from '#test/hostile-html.ts'
import { complaint, pathOf, portal, tokenOf } from '#test/portal.ts'
import { casesApi } from './api.ts'
import { regimesSetting } from './settings.ts'

const { act, app, fresh, get, mailedLink, newest, post, say, shown } = portal()

describe('whoever complains', () => {
  test('needs no account, at three in the night, and is shown the number, the private link and by when they hear', async () => {
    const home = await get('/p/', { 'accept-language': 'zh-TW' })
    expect(home.text).toContain('href="/p/complaint"')
    const taken = await say('/p/complaint', { ...complaint, wish: 'exchange', about: 'freight' }, { 'accept-language': 'zh-TW' })
    expect(taken.status, taken.text).toBe(303)
    expect(taken.location).toMatch(/^\/p\/case\/[\w-]{43}\?new=1$/)
    const { text } = await get(taken.location, { 'accept-language': 'zh-TW' })
    const one = await newest()
    expect(text).toContain(`我們收到了。受理編號是 ${one.number}。`)
    expect(text).toContain('The lid of the pot arrived broken')
    const found = await app().as(casesApi).one({ caseId: one.id })
    expect(found.record).toMatchObject({ channel: 'web', language: 'zh-TW', category: 'freight', demand: { kind: 'exchange' } })
    expect(found).toMatchObject({ ownerId: null, kind: 'complaint', step: 'record', acknowledged: { sent: 'mail', by: 'system' } })
    expect(found.acknowledged!.answerBy!.getTime()).toBeGreaterThan(app().now.getTime())
    expect(found.acknowledged!.answerBy!.getTime()).toBeLessThanOrEqual(app().now.getTime() + 86_400_000)
    expect(text).toContain('我們最晚回覆您的時間')
    // What is missing is for whoever records it, and no mail repeats what anybody typed.
    expect(found.needs.find(({ need }) => need === 'recorded')).toMatchObject({ met: false })
    const { rows } = await sql<{ to_address: string; body: string; to_name: string; automatic: string }>`
      select to_address, to_name, body, automatic from platform.mail_out`.execute(app().db)
    expect(rows).toMatchObject([{ to_address: 'ann@example.com', to_name: '', automatic: 'generated' }])
    expect(rows[0]!.body).not.toMatch(/lid|Ann/)
    expect(rows[0]!.body).toContain('https://patron.example.com/p/case/…')
    const mailed = await mailedLink()
    expect((await get(mailed)).text).toContain(one.number)
  })

  test('G-25: reads by when a person answers, on the front page and on the form, as long as the company promises it', async () => {
    const promised = 'Whatever the hour, a person answers you within 24 hours.'
    for (const path of ['/p/', '/p/complaint', '/p/enquiry', '/p/suggestion']) expect((await get(path)).text).toContain(promised)
    expect((await get('/p/complaint', { 'accept-language': 'zh-TW' })).text).toContain('無論何時，24 小時內都會有專人回覆您。')
    const promise = () => app().as(casesApi, holder('cases.read')).feedbackPromise({})
    expect(await promise()).toEqual({ hours: 24, address: 'https://patron.example.com/p/', email: null })
    const held = await app().transaction(({ db }) => settingWithVersion(db, regimesSetting))
    await app().transaction((context) =>
      writeSetting(context, regimesSetting, { inForce: [{ regime: 'feedback-24h', kinds: ['enquiry'] }] }, held.version),
    )
    expect((await get('/p/enquiry')).text).toContain(promised)
    for (const path of ['/p/', '/p/complaint']) expect((await get(path)).text).not.toContain(promised)
    expect((await promise()).hours).toBeNull()
    await app().transaction((context) => writeSetting(context, regimesSetting, held.value, held.version + 1))
  })

  test('names the product in their own words; staff see it where an order of theirs holds only one', async () => {
    const { id } = await app()
      .as(customersApi)
      .create({ values: { name: 'Cai Wen', email: 'cai.wen@example.com' } })
    const order = (number: string, ...codes: string[]) =>
      app()
        .as(ordersApi)
        .place({
          ...{ customerId: id, day: '2026-03-01', number },
          lines: codes.map((product) => ({ product, quantity: '1', unitPrice: '10' })),
        })
    await order('ONE-1', 'POT-1')
    await order('TWO-2', 'POT-1', 'CUP-2')
    const from = { ...complaint, email: 'cai.wen@example.com' }
    const taken = await say('/p/complaint', { ...from, order: 'ONE-1', product: 'The blue pot' })
    const first = await newest()
    const { record } = await app().as(casesApi).one({ caseId: first.id })
    expect(record).toMatchObject({ productCode: 'POT-1', target: { kind: 'product', name: 'The blue pot' } })
    // Whoever has only typed a number learns nothing of what it holds.
    expect((await get(taken.location)).text).not.toContain('POT-1')
    await say('/p/complaint', { ...from, order: 'TWO-2' })
    const second = await newest()
    expect((await app().as(casesApi).one({ caseId: second.id })).record).toMatchObject({ productCode: null, target: null })
  })

  test('is recognised by their address without being told, and a stranger becomes a prospect', async () => {
    const known = await app()
      .as(customersApi)
      .create({ values: { name: 'Bo Chen', email: 'Bo.Chen@example.com' } })
    const one = await say('/p/complaint', { ...complaint, email: 'bo.chen@EXAMPLE.com' })
    expect((await newest()).customer!.id).toBe(known.id)
    const other = await say('/p/complaint', { ...complaint, name: 'New Person', email: 'nobody-yet@example.com' })
    const made = (await newest()).customer!
    expect(made).toMatchObject({ name: 'New Person' })
    expect((await app().as(customersApi).one({ id: made.id })).values).toMatchObject({
      email: 'nobody-yet@example.com',
      foundHow: 'portal',
    })
    const plain = async (location: string) =>
      (await get(pathOf(location))).text.replace(/2026-\d{6}|[\w-]{40,}|value="[^"]*"|since=[^"]*/g, '')
    expect((await plain(one.location)).length - (await plain(other.location)).length).toBeLessThan(40)
    expect((await get(one.location)).text).not.toContain('Bo Chen')
  })

  test('with an order number alone needs nothing else; whether there is such an order, and whose it is, is told to nobody', async () => {
    const lines = [{ product: 'TEA', quantity: '2', unitPrice: '5' }]
    const orders = [{ number: 'W-77', customer: 'ivy', day: '2026-03-01', lines }]
    await app()
      .as(ordersApi)
      .batch({ source: 'shop', orders } as never, { idempotencyKey: 'portal' })
    const [order] = (await app().as(ordersApi).find({ number: 'W-77' })).items
    const pages: string[] = []
    for (const number of [' W-77 ', 'X-1']) {
      const taken = await say('/p/complaint', { text: 'The pot leaks', name: 'Ivy', order: number })
      expect(taken.status, taken.text).toBe(303)
      pages.push((await get(pathOf(taken.location))).text.replace(/2026-\d{6}|[\w-]{40,}|value="[^"]*"|since=[^"]*|\d+ other/g, ''))
      const one = await newest()
      expect(one.customer!.id).not.toBe(order!.customerId)
      expect((await app().as(casesApi).one({ caseId: one.id })).record).toMatchObject({ orderId: null, description: 'The pot leaks' })
      // For staff, who find whose it is.
      const { events } = await app().as(casesApi).log({ caseId: one.id })
      expect(events.find(({ kind }) => kind === 'noted')!.said).toMatchObject({ text: `Order number given: ${number.trim()}` })
    }
    expect(pages[0]!.length).toBe(pages[1]!.length)
    // With the address of whoever ordered it is theirs, and stands with what they say.
    const { version } = await app().as(customersApi).one({ id: order!.customerId })
    await app()
      .as(customersApi)
      .change({ id: order!.customerId, version, values: { email: 'ivy@example.com' } })
    await say('/p/complaint', { text: 'The pot leaks', name: 'Ivy', order: 'W-77', email: 'ivy@example.com' })
    expect(
      (
        await app()
          .as(casesApi)
          .one({ caseId: (await newest()).id })
      ).record,
    ).toMatchObject({ orderId: order!.id })
    await say('/p/complaint', { text: 'The pot leaks', name: 'Somebody', order: 'W-77', email: 'somebody@example.com' })
    expect((await newest()).customer!.name).toBe('Somebody')
  })

  test('as somebody else sees where it stands and what they typed, and no answer, until a person knows who it was', async () => {
    const known = await app()
      .as(customersApi)
      .create({ values: { name: 'Kay', email: 'kay@example.com' } })
    const taken = await say('/p/complaint', { ...complaint, name: 'Mallory', email: 'kay@example.com' })
    const path = pathOf(taken.location)
    const one = await app()
      .as(casesApi)
      .one({ caseId: (await newest()).id })
    expect(one).toMatchObject({ customer: { id: known.id }, record: { unproven: true, complainant: { name: 'Mallory' } } })
    await app().as(casesApi).sendMessage({ caseId: one.id, text: 'We deliver to Harbour Lane 5' })
    const narrow = (await get(path)).text
    expect(narrow).toContain(complaint.text)
    expect(narrow).not.toContain('Harbour Lane')
    expect(narrow).toContain('There is an answer.')
    // By the link that went to the address that the archive knows, all is there.
    expect((await get(await mailedLink())).text).toContain('Harbour Lane 5')
    const { version } = await app().as(casesApi).one({ caseId: one.id })
    await app()
      .as(casesApi)
      .changeRecord({ caseId: one.id, version, changes: { unproven: false } })
    expect((await get(path)).text).toContain('Harbour Lane 5')
  })

  test('binds nobody by an address that they typed', async () => {
    await app()
      .as(customersApi)
      .create({ values: { name: 'Lin', email: 'lin@example.com' } })
    const taken = await say('/p/suggestion', { ...complaint, email: 'lin@example.com' })
    const path = pathOf(taken.location)
    const one = await app()
      .as(casesApi)
      .one({ caseId: (await newest()).id })
    await app().db.updateTable('cases.case').set({ state: 'closed' }).where('id', '=', one.id).execute()
    const hidden = await shown(path, `${path}/messages`)
    expect(await post(`${path}/feedback`, new URLSearchParams({ ...hidden, satisfied: 'yes' }))).toMatchObject({ status: 409 })
  })

  test('is told the same day whoever they are, and however often they complained', async () => {
    await app()
      .as(customersApi)
      .create({ values: { name: 'Max', email: 'max@example.com' } })
    const about = { ...complaint, about: 'freight' }
    await say('/p/complaint', { ...about, email: 'max@example.com' })
    const [again, first] = [
      await say('/p/complaint', { ...about, email: 'max@example.com' }),
      await say('/p/complaint', { ...about, email: 'never-seen@example.com' }),
    ]
    const due = async ({ location }: { location: string }) => /You hear from us by<\/dt><dd>([^<]*)/.exec((await get(location)).text)?.[1]
    const minute = (text: string | undefined) => Date.parse(`${text?.replace(/[^\w:, ]/g, ' ')} UTC`)
    expect(Math.abs(minute(await due(again)) - minute(await due(first)))).toBeLessThan(120_000)
  })

  test('gives some way to be answered, and what they typed stays when it is wrong', async () => {
    const again = await say('/p/complaint', { text: 'The lid <b>broke</b>', name: 'Ann' })
    expect(again.status).toBe(422)
    expect(again.text).toContain('id="field-email-problem">Please leave an e-mail address')
    expect(again.text).toContain('The lid &lt;b&gt;broke&lt;/b&gt;')
  })

  test('once, however often they press', async () => {
    const values = new URLSearchParams({ ...(await shown('/p/complaint')), ...complaint })
    const count = async () => (await sql<{ n: number }>`select count(*)::int as n from cases.case`.execute(app().db)).rows[0]!.n
    const before = await count()
    const all = await Promise.all([1, 2, 3].map(() => post('/p/complaint', values)))
    expect(new Set(all.map(({ location }) => location)).size).toBe(1)
    expect(await count()).toBe(before + 1)
  })

  test('can send so much from one address, and no program', async () => {
    const from = fresh()
    const statuses: number[] = []
    for (let i = 0; i < 12; i++)
      statuses.push((await post('/p/suggestion', new URLSearchParams({ ...(await shown('/p/suggestion')), ...complaint }), from)).status)
    expect(statuses.slice(0, 10)).toEqual(Array(10).fill(303))
    expect(statuses.slice(10)).toEqual([429, 429])
    expect((await post('/p/complaint', new URLSearchParams(complaint))).status).toBe(422)
  })

  test('sends files within limits, which staff and they themselves can open, and nobody else', async () => {
    const send = async (name: string, bytes: Uint8Array) => {
      const data = new FormData()
      for (const [field, value] of Object.entries({ ...(await shown('/p/complaint')), ...complaint })) data.append(field, value)
      data.append('files', new Blob([bytes as Uint8Array<ArrayBuffer>]), name)
      return post('/p/complaint', data)
    }
    expect((await send('evil.html', Buffer.from('<script>'))).status).toBe(422)
    expect((await send('large.png', new Uint8Array((8 << 20) + 1))).status).toBe(422)
    const taken = await send('lid.png', Buffer.from('PNG'))
    const address = /href="(\/api\/v1\/case-links\/[^"]+)"/.exec((await get(taken.location)).text)![1]!
    expect(await get(address)).toMatchObject({ status: 200, text: 'PNG' })
    const one = await newest()
    const [message] = (await app().as(casesApi).messages({ caseId: one.id })).items
    const { fileId } = message!.files[0]!
    expect((await app().request(`/api/v1/cases/${one.id}/files/${fileId}`)).status).toBe(200)
    const other = await say('/p/complaint', { ...complaint, email: 'other@example.com' })
    expect((await get(`/api/v1/case-links/${tokenOf(other.location)}/files/${fileId}`)).status).toBe(404)
  })
})

test('what would run elsewhere stands in no page as markup, whatever field it came by', { timeout: 60_000 }, async () => {
  for (const [i, hostile] of hostileHtml.slice(0, 12).entries()) {
    const values = { text: hostile, name: hostile.slice(0, 100), order: hostile.slice(0, 90), email: `xss${i}@example.com` }
    const taken = await say('/p/complaint', values)
    expect(taken.status, taken.text).toBe(303)
    const path = pathOf(taken.location)
    await app()
      .as(casesApi)
      .sendMessage({ caseId: (await newest()).id, text: hostile })
    await act(path, 'messages', { text: hostile })
    const again = await say('/p/complaint', { ...values, email: '' })
    // Every tag of a page is one of ours: what was typed has become text.
    for (const text of [(await get(path)).text, again.text]) {
      expect(text).not.toContain('pwned()<')
      expect(text.match(/<(script|img|svg|iframe|math|object|embed|base|style)\b[^>]*>/gi) ?? []).toEqual([])
      expect(text.replace(/"[^"]*"/g, '""')).not.toMatch(/<[a-z][^>]*\son[a-z]+\s*=/i)
    }
  }
})
