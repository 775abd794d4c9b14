import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commitmentsApi } from '#modules/commitments/api.ts'
import { api as organizationApi } from '#modules/organization/api.ts'
import { createUser } from '#modules/organization/public.ts'
import type { Actor } from '#platform/context.ts'
import { makeLink } from '#platform/private-link.ts'
import { type App, everybody, startApp } from '#test/app.ts'
import { caseAt } from '#test/case-at.ts'
import { hiddenOf } from '#test/trial-pages.ts'
import { casesApi } from './api.ts'

// What becomes of what a customer writes on the page of a case that has ended.

let app: App
let ada: Actor
beforeAll(async () => {
  app = await startApp({
    now: new Date('2026-03-09T03:00:00Z'),
    mail: { smtpUrl: 'smtp://127.0.0.1:1', from: 'Care <care@example.com>' },
    address: 'https://patron.example.com',
  })
  const { user } = await app.transaction((context) => createUser(context, { name: 'Ada', email: 'ada@example.com', roles: ['agent'] }))
  ada = { ...everybody, id: user.id, name: 'Ada', roles: ['agent'] }
})
afterAll(() => app.close())

let senders = 0
const get = async (path: string) => (await app.request(path, {}, null)).text()
async function send(action: string, page: string, values: Record<string, string>) {
  const hidden = hiddenOf(await get(page), action)
  later(5)
  const headers = { 'x-test-sender': `203.0.113.7-${++senders}` }
  const response = await app.request(action, { method: 'POST', body: new URLSearchParams({ ...hidden, ...values }), headers }, null)
  return { status: response.status, location: response.headers.get('location') ?? '', text: await response.text() }
}
const later = (seconds: number) => {
  app.now = new Date(app.now.getTime() + seconds * 1000)
}
const days = (count: number) => later(count * 86_400)
const write = (path: string, text: string) => send(`${path}/messages`, path, { text })
const all = async () => (await app.as(casesApi).list({ queue: 'all' })).items
const one = (caseId: string) => app.as(casesApi).one({ caseId })

/** A question asked on the page and answered, so that its case is closed. */
async function answered(name: string) {
  const said = { text: 'When are you open?', name, email: `${name}@example.com`.toLowerCase() }
  const taken = await send('/p/enquiry', '/p/enquiry', said)
  expect(taken.status, taken.text).toBe(303)
  const path = taken.location.split('?')[0]!
  const { id } = (await all())[0]!
  const cases = app.as(casesApi, ada)
  const { version } = await cases.assign({ caseId: id, version: (await one(id)).version, ownerId: ada.id, why: null })
  await cases.answer({ caseId: id, version, text: 'At nine', channel: 'web' })
  expect((await one(id)).state).toBe('closed')
  return { id, path }
}

describe('what a customer says of what is to be done', () => {
  test('is asked once they were told of it, and a refusal is heard of and taken up', async () => {
    const said = { text: 'The lid arrived broken', name: 'Dee', email: 'dee@example.com' }
    const { location } = await send('/p/complaint', '/p/complaint', said)
    const path = location.split('?')[0]!
    const newest = (await all())[0]!
    const id = newest.id
    const customerId = newest.customer!.id
    expect(await get(path)).not.toContain('id="remedy"')
    // The same customer's complaint, brought to where something is carried out.
    const made = await caseAt(app, ada, customerId, 'execution')
    const cases = app.as(casesApi, ada)
    const { token } = await app.transaction((context) =>
      makeLink(context, { purpose: 'cases.follow', thingId: made.id, customerId, days: 9, narrow: false }),
    )
    const page = `/p/case/${token}`
    expect(await get(page)).not.toContain('id="remedy"')
    await cases.tell({ caseId: made.id, version: made.version, text: 'A new pot comes', channel: 'phone', escalationRoute: null })
    expect(await get(page)).toContain('id="remedy"')
    const answer = await send(`${page}/remedy-answer`, page, { taken: 'no', instead: 'My money' })
    expect([answer.status, answer.location]).toEqual([303, page])
    expect(await one(made.id)).toMatchObject({ remedyAnswered: { accepted: false, note: 'My money' } })
    expect(await get(page)).toContain('You did not accept what we wanted to do')
    expect(await get(page)).not.toContain('id="remedy"')
    const tasks = (await app.as(commitmentsApi, ada).list({})).items.filter(({ title }) => title.includes(made.number))
    expect(tasks.map(({ title }) => title.split(':')[0])).toEqual(['Find another way'])
    expect((await one(id)).remedyAnswered).toBeNull()
  })

  test('that they are not satisfied brings somebody to get in touch, once', async () => {
    const { id, path } = await answered('Eli')
    const { status } = await send(`${path}/feedback`, path, { satisfied: 'no', comment: 'Still shut' })
    expect(status).toBe(303)
    const { number } = await one(id)
    const tasks = (await app.as(commitmentsApi, ada).list({})).items.filter(({ title }) => title.includes(number))
    expect(tasks.map(({ title, kind }) => [title.split(':')[0], kind])).toEqual([['Get in touch', 'task']])
    const news = (await app.as(organizationApi, ada).notifications({})).items
    expect(news.filter(({ kind, values }) => kind === 'cases.not-satisfied' && values.number === number)).toHaveLength(1)
  })
})

describe('what a customer writes on the page of a case that has ended', () => {
  test('opens it again while it is not long ago, as the page says before and after, and whoever handles it hears of it', async () => {
    const { id, path } = await answered('Ann')
    expect(await get(path)).toContain('If you write to us, it goes on again.')
    days(20)
    const { status, location } = await write(path, 'And on Sundays?')
    expect([status, location]).toEqual([303, path])
    expect(await one(id)).toMatchObject({ state: 'open', reopened: 1, answered: null, step: 'answer' })
    const { events } = await app.as(casesApi).log({ caseId: id })
    expect(events.slice(-2).map(({ kind }) => kind)).toEqual(['message', 'reopened'])
    const page = await get(path)
    expect(page).toContain('You wrote again, so your case goes on.')
    expect(page).not.toContain('it goes on again.')
    const news = (await app.as(organizationApi, ada).notifications({})).items
    expect(news.map(({ kind }) => kind)).toContain('cases.message')
    // Further words go on in it.
    await write(path, 'Please say')
    expect((await one(id)).reopened).toBe(1)
    const { version } = await one(id)
    await app.as(casesApi, ada).answer({ caseId: id, version, text: 'At ten', channel: 'web' })
    expect(await get(path)).not.toContain('You wrote again')
  })

  test('begins a case of its own later, which says what it follows, and to which the page leads', async () => {
    const { id, path } = await answered('Bo')
    days(40)
    expect(await get(path)).toContain('If you write to us, a new one begins')
    const before = (await all()).length
    const { status, location } = await write(path, 'It is closed again')
    expect(status).toBe(303)
    expect(location).toMatch(/^\/p\/case\/[\w-]{43}$/)
    expect(location).not.toBe(path)
    expect((await one(id)).state).toBe('closed')
    const [fresh] = await all()
    expect(await one(fresh!.id)).toMatchObject({
      kind: 'enquiry',
      repeatOf: id,
      customer: (await one(id)).customer,
      record: { subject: 'It is closed again', channel: 'web' },
    })
    const page = await get(location)
    expect(page).toContain('what you wrote began a new one')
    expect(page).toContain('It is closed again')
    expect((await app.as(casesApi).messages({ caseId: id })).items.map(({ text }) => text)).not.toContain('It is closed again')
    // Further words on the old page join it.
    const joined = await write(path, 'Are you there?')
    expect((await all()).length).toBe(before + 1)
    expect(await get(joined.location)).toContain('Are you there?')
    expect((await app.as(casesApi).messages({ caseId: fresh!.id })).items.map(({ text }) => text)).toEqual([
      'Are you there?',
      'It is closed again',
    ])
  })

  test('shows nobody who has only typed who they are more than they have said', async () => {
    const { path, id } = await answered('Cy')
    // Somebody types the same address: the customer is known by now.
    const typed = await send('/p/enquiry', '/p/enquiry', { text: 'Who am I?', name: 'Cy', email: 'cy@example.com' })
    const narrow = typed.location.split('?')[0]!
    const [theirs] = await all()
    const { version } = await app
      .as(casesApi, ada)
      .assign({ caseId: theirs!.id, version: (await one(theirs!.id)).version, ownerId: ada.id, why: null })
    await app.as(casesApi, ada).answer({ caseId: theirs!.id, version, text: 'SECRET answer', channel: 'web' })
    days(40)
    const { location } = await write(narrow, 'Hello?')
    const page = await get(location)
    expect(page).toContain('Hello?')
    expect(page).not.toContain('SECRET')
    const [followed] = await all()
    expect(await one(followed!.id)).toMatchObject({ repeatOf: theirs!.id, record: { unproven: true } })
    await app.as(casesApi, ada).sendMessage({ caseId: followed!.id, text: 'SECRET too' })
    expect(await get(location)).not.toContain('SECRET')
    expect(await get(path)).not.toContain('Hello?')
    expect((await one(id)).state).toBe('closed')
  })
})
