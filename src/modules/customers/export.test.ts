import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { organizationProfile, writeSetting } from '#modules/organization/public.ts'
import type { Actor } from '#platform/context.ts'
import { readForDownload } from '#platform/http/download.ts'
import { importsApi } from '#platform/imports/api.ts'
import { createUser } from '#platform/sign-in/users.ts'
import { type App, everybody, startApp } from '#test/app.ts'
import { api as customersApi } from './api.ts'
import { ensureCustomers, sourceId } from './public.ts'

let app: App
const names = Array.from({ length: 3500 }, (_, i) => `Customer ${String(i).padStart(5, '0')} of a long list`)
beforeAll(async () => {
  app = await startApp()
  await app.transaction(async ({ db, now }) =>
    ensureCustomers(db, { source: 'shop', sourceId: await sourceId(db, 'shop'), keys: names, runId: null, by: 'tester', now }),
  )
})
afterAll(() => app.close())

const address = '/api/v1/customers/export?format=csv&sort=name&direction=ascending'
const openTransactions = async () => {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`.execute(
    app.db,
  )
  return rows[0]!.n
}

test('an export shows one moment: what changes while it streams is not in it, and its transaction ends with it', async () => {
  const reader = (await app.request(address)).body!.getReader()
  const decoder = new TextDecoder()
  let text = decoder.decode((await reader.read()).value, { stream: true })
  expect(text).not.toContain(names.at(-1))
  const last = names.at(-1)!
  await sql`update customers.customer set name = 'Aaron', name_key = 'aaron' where name = ${last}`.execute(app.db)
  await sql`update customers.customer set name = 'Zoe', name_key = 'zoe' where name = ${names[0]!}`.execute(app.db)
  await sql`delete from customers.customer where name = ${names.at(-2)!}`.execute(app.db)
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) text += decoder.decode(piece.value, { stream: true })
  const rows = text.trim().split('\r\n').slice(1)
  expect(rows.map((row) => row.split(',')[1])).toEqual(names)
  await expect.poll(openTransactions).toBe(0)
})

test('who takes a list slowly holds no transaction open, and gets all of one moment', async () => {
  const reader = (await app.request(address)).body!.getReader()
  const decoder = new TextDecoder()
  let text = decoder.decode((await reader.read()).value, { stream: true })
  await expect.poll(openTransactions).toBe(0)
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) text += decoder.decode(piece.value, { stream: true })
  expect(text.trim().split('\r\n').length).toBeGreaterThan(3000)
  expect(text.length).toBeGreaterThan(2 * 65_536)
})

test('a download that nobody takes leaves no transaction open', async () => {
  await (await app.request(address)).body!.cancel()
  const reader = (await app.request(address)).body!.getReader()
  await reader.read()
  await reader.cancel()
  await expect.poll(openTransactions).toBe(0)
})

const person = (id: string): Actor => ({ ...everybody, id })
async function begun(id: string): Promise<Response> {
  const answer = await app.request(address, {}, person(id))
  expect(answer.status).toBe(200)
  return answer
}

test('a fourth download at once is refused, and allowed when one has ended', async () => {
  const open = [await begun('ann'), await begun('bob'), await begun('cleo')]
  const refused = await app.request(address, {}, person('dora'))
  expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([503, true])
  expect(await refused.json()).toMatchObject({ reason: 'downloads-busy' })
  await Promise.all(open.map((answer) => answer.body!.cancel()))
  await expect.poll(openTransactions).toBe(0)
  await (await begun('dora')).body!.cancel()
  await expect.poll(openTransactions).toBe(0)
})

test('one person takes one download at a time, so that others find a place; one after the other they are never refused', async () => {
  const first = await begun('ann')
  const refused = await app.request(address, {}, person('ann'))
  expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([429, true])
  expect(await refused.json()).toMatchObject({ reason: 'download-under-way' })
  const others = [await begun('bob'), await begun('cleo')]
  await Promise.all([first, ...others].map((answer) => answer.body!.cancel()))
  for (let i = 0; i < 10; i++) await (await begun('ann')).arrayBuffer()
  const template = '/api/v1/importers/customers/template?format=csv'
  for (let i = 0; i < 10; i++) expect((await app.request(template, {}, person('ann'))).status).toBe(200)
})

test('a download that takes too long is broken off instead of holding up others', async () => {
  async function* pieces() {
    for (;;) yield Buffer.from('x')
  }
  const endless = async () => ({ fileName: 'x', mediaType: 'text/csv', content: pieces() })
  const made = await readForDownload(app.database, 'ann', endless, { pause: 60_000, whole: 50 })
  const read = async () => {
    for await (const _ of (made as { content: AsyncIterable<Uint8Array> }).content) await new Promise((resolve) => setTimeout(resolve, 10))
  }
  await expect(read()).rejects.toThrow('took too long')
  await expect.poll(openTransactions).toBe(0)
})

test('what an action refuses before the stream begins is answered as ever', async () => {
  const answer = await app.request(`${address.replace('csv', 'doc')}`)
  expect(answer.status).toBe(422)
})

test('asking for the head of a download takes no place of one, and one that nobody reads gives its place back', async () => {
  expect((await app.request(address, { method: 'HEAD' })).status).toBe(200)
  await expect.poll(openTransactions, { timeout: 500 }).toBe(0)

  async function* content() {
    yield new TextEncoder().encode('never read')
  }
  const made = async () => ({ fileName: 'a', mediaType: 'b', content: content() })
  const unread = (who: string) => readForDownload(app.database, who, made, { pause: 100, whole: 60_000 })
  await Promise.all(['ann', 'bob', 'cleo'].map(unread))
  await expect.poll(async () => (await app.request(address, { method: 'HEAD' })).status, { timeout: 2000 }).toBe(200)
})

describe('what a file of customers says', () => {
  let owner = ''
  const exported = async (how: string) => {
    const answer = await app.request(`/api/v1/customers/export?format=csv&q=Headed&columns=name,owner,tier,createdAt,profit,kind${how}`)
    expect(answer.status).toBe(200)
    const [head, row] = (await answer.text()).replace('\ufeff', '').trim().split('\r\n')
    return [head!.split(','), row!.split(',')] as const
  }
  beforeAll(async () => {
    await app.transaction(async ({ db, now, newId }) => {
      owner = newId()
      await createUser(db, { id: owner, name: '林美', email: 'mei@example.com', password: null, initialPassword: false }, now)
    })
    await app.as(customersApi).create({ values: { name: 'Headed', kind: 'company', ownerId: owner } })
    await sql`update customers.customer set created_at = '2026-03-31T20:30:15.250Z' where name = 'Headed'`.execute(app.db)
    await app.transaction((context) =>
      writeSetting(context, organizationProfile, { name: 'Tea', currency: 'CNY', timeZone: 'Asia/Shanghai', locale: 'zh-CN' }, 0),
    )
  })

  test('words of the organization’s language, the owner by name, times in its zone, and the zone and the currency in the headings', async () => {
    const [head, row] = await exported('')
    expect(head).toEqual(['名称', '负责人', '层级', '建档时间 (Asia/Shanghai)', '利润 (CNY)', '类型'])
    expect(row).toEqual(['Headed', '林美', '铁层', '2026-04-01 04:30:15', '0.00', '企业'])
  })

  test('words of the language that is asked for', async () => {
    expect((await exported('&language=en'))[0]).toEqual([
      'Name',
      'Looked after by',
      'Tier',
      'Known since (Asia/Shanghai)',
      'Profit (CNY)',
      'Kind',
    ])
    expect((await exported('&language=zh-TW'))[1][2]).toBe('鐵級')
  })

  test('keys for programs: what never changes, and instants that need no zone', async () => {
    expect(await exported('&headings=keys')).toEqual([
      ['name', 'owner', 'tier', 'createdAt', 'profit', 'kind'],
      ['Headed', owner, 'iron', '2026-03-31T20:30:15.250Z', '0.00', 'company'],
    ])
  })

  test('a file with words is recognised when it comes back', async () => {
    for (const language of ['en', 'zh-CN', 'zh-TW']) {
      const answer = await app.request(`/api/v1/customers/export?format=csv&q=Headed&language=${language}`)
      const uploaded = await app.request('/api/v1/import-files?fileName=customers.csv', {
        method: 'POST',
        body: await answer.arrayBuffer(),
      })
      const { id } = (await uploaded.json()) as { id: string }
      const found = await app.as(importsApi).inspect({ fileId: id, importer: 'customers' })
      const headers = found.headers
      const mapping = found.suggested.columns as Readonly<Record<string, number>>
      for (const field of ['id', 'name', 'email', 'phone', 'company', 'kind', 'city', 'owner', 'tags'])
        expect([language, field, headers[mapping[field] ?? -1]]).toEqual([language, field, expect.any(String)])
    }
  })
})
