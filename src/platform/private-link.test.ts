import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import { type App, startApp } from '#test/app.ts'
import { eraseByTwo } from '#test/erasing.ts'
import { trial } from '#test/trial-pages.ts'
import { modules } from '../modules.ts'
import { findLink, forgetLinks, linksOf, makeLink, revokeLinks, struckLinks } from './private-link.ts'

const purpose = 'trial.see'
const thing = '0198c0de-0000-7000-8000-0000000000a1'
const other = '0198c0de-0000-7000-8000-0000000000a2'
const day = 86_400_000

let app: App
beforeAll(async () => {
  app = await startApp({ further: [trial], work: true })
})
afterAll(() => app.close())

const make = (thingId = thing, customerId: string | null = null) =>
  app.transaction((context) => makeLink(context, { purpose, thingId, customerId, days: 30 }))
const find = (token: string, of: string = purpose) => findLink(app.db, of, token, app.now)
let senders = 0
const look = async (token: string, from = `203.0.113.${++senders}`) => {
  const response = await app.request(`/p/trial/${token}`, { headers: { 'x-test-sender': from, 'accept-language': 'en' } }, null)
  return { status: response.status, text: (await response.text()).replace(/nonce="[^"]+"|value="[\w-]+"/g, ''), headers: response.headers }
}

describe('a link', () => {
  test('opens its thing for its purpose, and only its hash is kept', async () => {
    const { token, expiresAt } = await make()
    // 256 bits.
    expect(Buffer.from(token, 'base64url').length).toBe(32)
    expect(expiresAt).toEqual(new Date(app.now.getTime() + 30 * day))
    expect(await find(token)).toMatchObject({ thingId: thing, customerId: null })
    expect(await find(token, 'trial.change')).toBe(null)
    expect((await look(token)).status).toBe(200)
    const { rows } = await sql<{ row: string }>`select t::text as row from platform.private_link t`.execute(app.db)
    expect(rows.map(({ row }) => row).join()).not.toContain(token)
  })

  test('that was made up, has ended, was revoked or is for something else is answered in the very same way', async () => {
    const [ended, revoked, good] = [await make(), await make(other), await make()]
    await app.transaction((context) => revokeLinks(context, purpose, other))
    const before = app.now
    app.now = new Date(before.getTime() + 31 * day)
    const old = await look(ended.token)
    app.now = before
    const answers = [
      old,
      await look(revoked.token),
      await look('x'.repeat(43)),
      await look('short'),
      await look(`${good.token}x`),
      await look('x'.repeat(5000)),
    ]
    for (const answer of answers) {
      expect(answer.status).toBe(404)
      expect(answer.text.replace(/\/p\/trial\/[\w-]+/g, '')).toBe(answers[0]!.text.replace(/\/p\/trial\/[\w-]+/g, ''))
      expect(answer.headers.get('x-robots-tag')).toContain('noindex')
    }
    expect(answers[0]!.text).toContain('This link does not work any more')
    expect(answers[0]!.text).toContain('Ask us for a new one')
    expect((await look(good.token)).status).toBe(200)
    // The same for what is no page.
    const refused = await app.request(`/api/v1/trial/${revoked.token}/copy`, {}, null)
    expect([refused.status, ((await refused.json()) as { reason: string }).reason]).toEqual([404, 'no-such-link'])
    expect((await app.request(`/api/v1/trial/${good.token}/copy`, {}, null)).status).toBe(200)
  })

  test('is revoked by itself or with all of its thing', async () => {
    const [one, two, three] = [await make(other), await make(other), await make(thing)]
    expect(await app.transaction((context) => revokeLinks(context, purpose, other, one.id))).toBe(1)
    expect([await find(one.token), (await find(two.token))?.id]).toEqual([null, two.id])
    expect(await app.transaction((context) => revokeLinks(context, purpose, other))).toBe(1)
    expect([await find(two.token), (await find(three.token))?.id]).toEqual([null, three.id])
    expect(await app.transaction((context) => revokeLinks(context, purpose, other))).toBe(0)
  })

  test('whoever guesses is stopped, and nobody else', async () => {
    const { token } = await make()
    const statuses: number[] = []
    for (let i = 0; i < 35; i++) statuses.push((await look(`guess-${i}`, '198.51.100.66')).status)
    expect(statuses.slice(0, 30)).toEqual(Array(30).fill(404))
    expect(statuses.slice(30)).toEqual(Array(5).fill(429))
    // Also what would be right is not answered any more, or a guess could be told from a miss.
    expect((await look(token, '198.51.100.66')).status).toBe(429)
    expect((await look(token)).status).toBe(200)
    app.now = new Date(app.now.getTime() + 600_000)
    expect((await look(token, '198.51.100.66')).status).toBe(200)
  })

  test('opens so often within a minute and no more, from wherever', async () => {
    const { token } = await make()
    const statuses: number[] = []
    for (let i = 0; i < 122; i++) statuses.push((await look(token)).status)
    expect(statuses.slice(0, 120)).toEqual(Array(120).fill(200))
    expect(statuses.slice(120)).toEqual([429, 429])
    app.now = new Date(app.now.getTime() + 60_000)
    expect((await look(token)).status).toBe(200)
  })

  test('stands in no text that is kept, however a program wrote it', () => {
    const token = `${'a'.repeat(42)}_`
    for (const [text, struck] of [
      [`https://x.example/p/case/${token}`, 'https://x.example/p/case/…'],
      [`<a href="https://x.example/p/case/${token}?new=1">`, '<a href="https://x.example/p/case/…?new=1">'],
      [
        `https://safe.example/?u=https%3A%2F%2Fx.example%2Fp%2Fcase%2F${token}`,
        'https://safe.example/?u=https%3A%2F%2Fx.example%2Fp%2Fcase%2F…',
      ],
      [`/api/v1/case-links/${token}/files/1`, '/api/v1/case-links/…/files/1'],
      [`/p/case/${token}x and /q/${token}`, `/p/case/${token}x and /q/${token}`],
    ] as const)
      expect(struckLinks(text)).toBe(struck)
  })

  test('tells whoever made it how often it was opened, and when last', async () => {
    const { token, id } = await make('0198c0de-0000-7000-8000-0000000000a3')
    await look(token)
    await look(token)
    await app.noteLinks()
    const [link] = await linksOf(app.db, purpose, '0198c0de-0000-7000-8000-0000000000a3')
    expect(link).toMatchObject({ id, uses: 2, usedAt: app.now, revokedAt: null })
  })

  test('is forgotten some time after its end', async () => {
    const { token } = await make('0198c0de-0000-7000-8000-0000000000a4')
    const links = () => linksOf(app.db, purpose, '0198c0de-0000-7000-8000-0000000000a4')
    await forgetLinks(app.db, new Date(app.now.getTime() + 59 * day))
    expect((await links()).length).toBe(1)
    await forgetLinks(app.db, new Date(app.now.getTime() + 61 * day))
    expect([await links(), await find(token)]).toEqual([[], null])
  })
})

test('what was revoked stays so over a restore of an older state', async () => {
  const [gone, kept] = [await make('0198c0de-0000-7000-8000-0000000000a5'), await make('0198c0de-0000-7000-8000-0000000000a6')]
  await app.transaction((context) => revokeLinks(context, purpose, '0198c0de-0000-7000-8000-0000000000a5'))
  const shell = modules.find(({ name }) => name === 'runs')!
  const fromDatabase = await shell.carry!(app.db)
  // As it was before.
  await app.db.updateTable('platform.private_link').set({ revoked_at: null }).execute()
  expect(await find(gone.token)).not.toBe(null)
  await app.transaction((context) => shell.afterRestore!(context, { fromDatabase, fromFile: [] }))
  expect([await find(gone.token), (await find(kept.token))?.id]).toEqual([null, kept.id])
})

describe('a link of somebody', () => {
  const person = async (name: string) => (await app.as(customersApi).create({ values: { name } })).id

  test('leads to the customer into whom they were merged, and back where that is undone', async () => {
    const [kept, gone] = [await person('Bea'), await person('Beate')]
    const { token } = await make(thing, gone)
    const customers = app.as(customersApi)
    const preview = await customers.mergePreview({ id: kept, otherId: gone })
    const { mergeId } = await customers.merge({
      id: kept,
      otherId: gone,
      version: preview.survivor.version,
      otherVersion: preview.other.version,
      choices: {},
    })
    expect(await holder(token)).toBe(kept)
    await customers.unmerge({ id: kept, mergeId })
    expect(await holder(token)).toBe(gone)
  })

  test('goes when they are erased, also under an id that they had before', async () => {
    const [kept, gone] = [await person('Cara'), await person('Carla')]
    const [one, two] = [await make(thing, kept), await make(thing, gone)]
    const customers = app.as(customersApi)
    const preview = await customers.mergePreview({ id: kept, otherId: gone })
    await customers.merge({ id: kept, otherId: gone, version: preview.survivor.version, otherVersion: preview.other.version, choices: {} })
    await eraseByTwo(app, kept)
    expect([await find(one.token), await find(two.token)]).toEqual([null, null])
    expect((await look(one.token)).status).toBe(404)
  })
})

/** The customer whom the page of a link is about. */
async function holder(token: string): Promise<string | null> {
  const { text } = await look(token)
  return /data-customer="([\w-]+)"/.exec(text)?.[1] ?? null
}
