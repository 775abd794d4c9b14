import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type App, startApp } from '#test/app.ts'
import { api } from './api.ts'

let app: App
beforeAll(async () => {
  app = await startApp()
  // Made at once: passwords of five thousand people would take a quarter of an hour.
  await sql`
    insert into platform."user" (id, name, email, email_verified, created_at, updated_at, initial_password, disabled_at)
    select gen_random_uuid(), case when n % 1000 = 7 then '王小明 ' || n else 'Colleague ' || n end, 'colleague' || lpad(n::text, 5, '0') || '@example.com', true,
      now(), now(), false, case when n % 100 = 0 then now() end
    from generate_series(1, 5000) n`.execute(app.db)
})
afterAll(() => app.close())

test('in a house of five thousand anybody is found by a part of the name, and named by the id', async () => {
  const people = async (input: object) => (await app.as(api).people(input)).items
  const names = async (input: object) => (await people(input)).map(({ name }) => name)
  expect(await names({ q: '小明' })).toEqual(['王小明 7', '王小明 1007', '王小明 2007', '王小明 3007', '王小明 4007'])
  expect(await names({ q: ' colleague 499 ', limit: 200 })).toEqual([
    'Colleague 499',
    ...Array.from({ length: 10 }, (_, n) => `Colleague ${4990 + n}`),
  ])
  expect(await names({ q: '%' })).toEqual([])
  expect(await names({ q: 'Colleague 100', enabled: true, limit: 3 })).toEqual(['Colleague 1001', 'Colleague 1002', 'Colleague 1003'])
  expect(await names({ q: 'Colleague 100', enabled: false })).toEqual(['Colleague 100', 'Colleague 1000'])
  const first = await app.as(api).people({ q: 'colleague', limit: 200 })
  const second = await app.as(api).people({ q: 'colleague', limit: 200, cursor: first.next! })
  expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(400)
  const last = (await people({ q: 'Colleague 4999' }))[0]!
  expect(await people({ ids: [last.id, first.items[0]!.id, '0198c0de-0000-7000-8000-000000000000'] })).toEqual([first.items[0], last])
})
