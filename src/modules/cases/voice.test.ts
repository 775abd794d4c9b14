import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import type { Actor } from '#platform/context.ts'
import { erasePerson } from '#platform/subject/erasure.ts'
import { type App, everybody, startApp } from '#test/app.ts'
import { hostileHtml } from '#test/hostile-html.ts'
import { tellAuthors } from './actions/telling.ts'
import { casesApi } from './api.ts'

let app: App
let anna: string
let bob: string
beforeAll(async () => {
  app = await startApp({
    now: new Date('2026-03-09T03:00:00Z'),
    mail: { smtpUrl: 'smtp://127.0.0.1:1', from: 'Care <care@example.com>' },
    address: 'https://patron.example.com',
  })
  anna = await customer('Anna Miller', 'anna.miller@example.com')
  bob = await customer('Bob Stone', 'bob.stone@example.com')
})
afterAll(() => app.close())

const api = (by: Actor = everybody) => app.as(casesApi, by)
const customer = async (name: string, email: string) => (await app.as(customersApi).create({ values: { name, email } })).id
const later = (minutes = 1) => {
  app.now = new Date(app.now.getTime() + minutes * 60_000)
}
const told = (customerId: string, kind: 'suggestion' | 'enquiry', description: string, more: object = {}) => {
  later()
  return api().open({ customerId, kind, subject: description.slice(0, 40), description, channel: 'phone', ...more })
}
const without = (...rights: string[]): Actor => ({ ...everybody, id: `without ${rights}`, can: (one) => !rights.includes(one) })
const none = { en: null, 'zh-CN': null, 'zh-TW': null }
const en = (said: string, done: string) => ({ ...none, en: { said, done } })
const lids = en('Lids of jars come loose', 'We changed the seal of every jar')
const publicPage = async (language = 'en', path = '/p/said') =>
  (await app.request(path, { headers: { 'accept-language': language } }, null)).text()
const mails = async () =>
  (
    await sql<{
      to: string
      body: string
    }>`select to_address as to, body from platform.mail_out where body like '%you said%' or body like '%told us something%' order by id`.execute(
      app.db,
    )
  ).rows
const words = async (wish: object = {}, by?: Actor) => (await api(by).voice(wish)).items.map(({ text }) => text)

describe('the voice of the customer', () => {
  test('is one stream of what was told, written and said of the service, the newest first, by cursor', async () => {
    const one = await told(anna, 'suggestion', 'Please close the lids better')
    await told(bob, 'enquiry', '您们的茶罐密封吗？')
    later()
    await api().hear({
      caseId: one.id,
      version: (await api().one({ caseId: one.id })).version,
      satisfied: true,
      score: 9,
      text: 'Nobody ever listened so well',
    })
    expect(await words()).toEqual(['Nobody ever listened so well', '您们的茶罐密封吗？', 'Please close the lids better'])
    const first = await api().voice({ limit: 2 })
    expect(first.items).toHaveLength(2)
    expect(first.items[0]).toMatchObject({
      source: 'feedback',
      satisfied: true,
      score: 9,
      case: { number: one.number, customer: { name: 'Anna Miller' } },
    })
    const rest = await api().voice({ limit: 2, cursor: first.next! })
    expect(rest.items.map(({ text }) => text)).toEqual(['Please close the lids better'])
    expect(rest.next).toBeNull()
  })

  test('is filtered by kind, state and words in either script, and ends where somebody’s reach ends', async () => {
    expect(await words({ kind: ['enquiry'] })).toEqual(['您们的茶罐密封吗？'])
    expect(await words({ q: '茶罐 密封' })).toEqual(['您们的茶罐密封吗？'])
    expect(await words({ q: '茶罐密封嗎' })).toEqual(['您们的茶罐密封吗？'])
    expect(await words({ q: 'LIDS close' })).toEqual(['Please close the lids better'])
    expect(await words({ state: ['closed'] })).toEqual([])
    const clerk: Actor = { ...everybody, id: 'clerk', reach: () => ['clerk'] }
    expect(await words({}, clerk)).toEqual([])
  })

  test('shows no contact data to whoever may not see it', async () => {
    await told(bob, 'enquiry', 'Call me at +86 139 4711 4711 or bob.private@example.com')
    expect((await words({}, without('customers.read-personal')))[0]).toBe('Call me at … or …')
    expect((await words())[0]).toContain('bob.private@example.com')
  })
})

describe('you said, we did', () => {
  test('is published with the languages that were written, and its authors are told exactly once', async () => {
    const [first, second] = [await told(anna, 'suggestion', 'The lids are loose'), await told(anna, 'suggestion', 'Lids again')]
    const third = await told(bob, 'suggestion', 'Tea spills in the box')
    const texts = { ...lids, 'zh-CN': { said: '罐盖容易松', done: '我们换了所有罐子的密封圈 <b>' } }
    const made = await api().makePublication({ caseIds: [first.id, second.id, third.id], texts })
    expect(made).toMatchObject({ state: 'draft', version: 1, may: ['published'] })
    expect(await publicPage()).not.toContain('loose')
    const clerk = without('cases.publish')
    expect((await api(clerk).publications({})).items[0]).toMatchObject({ id: made.id, may: [], cases: 3 })
    await expect(api(clerk).movePublication({ publicationId: made.id, version: 1, state: 'published' })).rejects.toMatchObject({
      status: 403,
    })
    later()
    const published = await api().movePublication({ publicationId: made.id, version: 1, state: 'published' })
    expect(published).toMatchObject({ state: 'published', version: 2, may: ['withdrawn'] })
    expect(await publicPage()).toContain('We changed the seal of every jar')
    const chinese = await publicPage('zh-TW')
    expect(chinese).toContain('我们换了所有罐子的密封圈 &lt;b&gt;')
    expect(chinese).toContain('您說了，我們做了')

    const tell = () => app.transaction((context) => tellAuthors(context, made.id))
    await Promise.all([tell(), tell()])
    await tell()
    const sent = await mails()
    expect(sent.map(({ to }) => to).toSorted()).toEqual(['anna.miller@example.com', 'bob.stone@example.com'])
    expect(sent[0]!.body).toContain('We changed the seal of every jar')
    expect(sent[0]!.body).toContain('https://patron.example.com/p/said')
    const messages = async (caseId: string) => (await api().messages({ caseId })).items.filter(({ direction }) => direction === 'out')
    expect(await messages(second.id)).toMatchObject([{ automatic: true, text: expect.stringContaining('We changed the seal') }])
    expect(await messages(first.id)).toEqual([])
    expect((await api().one({ caseId: first.id })).published).toMatchObject({ visible: true, publicationId: made.id })
    expect((await api().publication({ publicationId: made.id })).cases.map(({ toldAt }) => toldAt !== null)).toEqual([true, true, true])

    // Withdrawn and published again it tells nobody a second time.
    const withdrawn = await api().movePublication({ publicationId: made.id, version: 2, state: 'withdrawn' })
    expect(await publicPage()).not.toContain('We changed the seal')
    await api().movePublication({ publicationId: made.id, version: withdrawn.version, state: 'published' })
    await tell()
    expect(await mails()).toHaveLength(2)
    await expect(api().dropPublication({ publicationId: made.id, version: 4 })).rejects.toMatchObject({ reason: 'was-published' })
    expect(await words({ unanswered: true })).not.toContain('The lids are loose')
  })

  test('is published with the very request that writes it, or not written at all', async () => {
    const one = await told(anna, 'suggestion', 'Ship faster')
    const said = { caseIds: [one.id], texts: en('Parcels are slow', 'We ship each day') }
    const clerk = without('cases.publish')
    const drafts = async () => (await api().publications({ state: ['draft'] })).items.length
    const before = await drafts()
    await expect(api(clerk).makePublication({ ...said, visible: true })).rejects.toMatchObject({ status: 403, reason: 'may-not-publish' })
    expect(await drafts()).toBe(before)
    expect(await api().makePublication({ ...said, visible: true })).toMatchObject({ state: 'published', version: 2 })
    expect(await publicPage()).toContain('We ship each day')
    expect((await api().one({ caseId: one.id })).published).toMatchObject({ visible: true })
  })

  test('goes to nobody by mail who does not want mails, and stands on their page all the same', async () => {
    const dora = await customer('Dora Field', 'dora.field@example.com')
    await app.as(customersApi).noteConsent({ id: dora, purpose: 'service', channel: 'email', given: false, origin: 'phone' } as never)
    const one = await told(dora, 'suggestion', 'Open earlier')
    const before = (await mails()).length
    const made = await api().makePublication({ caseIds: [one.id], texts: en('Opening is late', 'We open at seven') })
    await api().movePublication({ publicationId: made.id, version: 1, state: 'published' })
    await app.transaction((context) => tellAuthors(context, made.id))
    expect(await mails()).toHaveLength(before)
    expect((await api().messages({ caseId: one.id })).items[0]).toMatchObject({ direction: 'out', mail: null })
  })

  test.each([
    [{ said: 'Anna Miller told us', done: 'Done' }, 'names-somebody', 'texts.en.said'],
    [{ said: 'Somebody told us', done: 'Thank you, Mrs Miller' }, 'names-somebody', 'texts.en.done'],
    [{ said: 'ANNA  MILLER', done: 'Done' }, 'names-somebody', 'texts.en.said'],
    [{ said: 'Write to me@example.com', done: 'Done' }, 'contact-data', 'texts.en.said'],
    [{ said: 'Ring 021 5555 1234', done: 'Done' }, 'contact-data', 'texts.en.said'],
  ])('is refused where it gives somebody away: %o', async (text, reason, field) => {
    const one = await told(anna, 'suggestion', 'Lids')
    await expect(api().makePublication({ caseIds: [one.id], texts: { ...none, en: text } })).rejects.toMatchObject({
      reason,
      fields: [{ field, reason }],
    })
  })

  test('is written at least in the company’s language', async () => {
    const one = await told(anna, 'suggestion', 'Lids')
    await expect(
      api().makePublication({ caseIds: [one.id], texts: { ...none, 'zh-CN': { said: '盖子', done: '换了' } } }),
    ).rejects.toMatchObject({
      reason: 'company-language',
    })
  })

  test('is the end of a suggestion that was adopted and rewarded, by the same way', async () => {
    const one = await told(bob, 'suggestion', 'Sell smaller tins')
    let version = (await api().one({ caseId: one.id })).version
    const on = () => ({ caseId: one.id, version })
    const did = async (answer: Promise<{ version: number }>) => {
      version = (await answer).version
    }
    await did(api().acknowledge({ ...on(), text: 'We look at it', sent: 'hand', answerBy: null }))
    await did(api().evaluate({ ...on(), value: 'More first buyers', feasible: true, savingMinor: null, note: null }))
    await did(api().decide({ ...on(), adopted: true, note: null }))
    await did(api().answer({ ...on(), text: 'We do it', channel: 'phone' }))
    await did(api().reward({ ...on(), text: 'A tin of tea', amountMinor: 500 }))
    expect(await api().one({ caseId: one.id })).toMatchObject({ step: 'publish', state: 'resolved' })
    const texts = en('Tins are too large', 'There are small ones now')
    await expect(api(without('cases.publish')).publish({ ...on(), texts, visible: true })).rejects.toMatchObject({
      reason: 'may-not-publish',
    })
    await did(api().publish({ ...on(), texts, visible: true }))
    expect(await api().one({ caseId: one.id })).toMatchObject({
      state: 'closed',
      published: { visible: true, done: 'There are small ones now' },
    })
    expect(await publicPage()).toContain('There are small ones now')
    expect((await api().publicationsOfCase({ caseId: one.id })).publications).toMatchObject([{ state: 'published' }])
    // What was given for it is what it cost.
    expect((await api().log({ caseId: one.id })).events.find(({ kind }) => kind === 'closed')!.said).toEqual({ costMinor: 500 })
  })

  test('is changed with what its writer saw, and a draft is thrown away', async () => {
    const one = await told(anna, 'suggestion', 'Lids')
    const made = await api().makePublication({ caseIds: [one.id], texts: lids })
    const changed = await api().changePublication({ publicationId: made.id, version: 1, texts: en('Lids', 'New lids') })
    expect(changed).toMatchObject({ version: 2, texts: { en: { done: 'New lids' } } })
    await expect(api().changePublication({ publicationId: made.id, version: 1, texts: lids })).rejects.toMatchObject({
      reason: 'changed-meanwhile',
    })
    await api().dropPublication({ publicationId: made.id, version: 2 })
    expect((await api().publications({ state: ['draft'] })).items.map(({ id }) => id)).not.toContain(made.id)
  })

  test('is escaped, whatever somebody wrote', async () => {
    const one = await told(anna, 'suggestion', 'Lids')
    for (const hostile of hostileHtml.slice(0, 8)) {
      const made = await api()
        .makePublication({ caseIds: [one.id], texts: en(hostile, hostile) })
        .catch(() => null)
      if (made) await api().movePublication({ publicationId: made.id, version: 1, state: 'published' })
    }
    const page = await publicPage()
    expect(page.match(/<(script|img|svg|iframe|math|object|embed|base|style)\b[^>]*>/gi) ?? []).toEqual([])
    const older = /href="(\/p\/said\?after=[^"]+)"/.exec(await publicPage())
    if (older) expect(await publicPage('en', older[1]!.replaceAll('&amp;', '&'))).toContain('Back to the newest')
  })

  test('stays when whoever said it is erased, and does not lead back to them', async () => {
    const eve = await customer('Eve Brook', 'eve.brook@example.com')
    const one = await told(eve, 'suggestion', 'Recycle the boxes')
    const made = await api().makePublication({ caseIds: [one.id], texts: en('Boxes are waste', 'We take them back') })
    await api().movePublication({ publicationId: made.id, version: 1, state: 'published' })
    await app.transaction((context) => erasePerson(context, { customerId: eve, formerIds: [], requestedBy: 'a', confirmedBy: 'b' }))
    expect(await publicPage()).toContain('We take them back')
    expect((await api().publication({ publicationId: made.id })).cases).toEqual([])
    await app.transaction((context) => tellAuthors(context, made.id))
    expect(await words({ q: 'Recycle' })).toEqual([])
  })
})
