import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type App, startApp } from '#test/app.ts'
import { api } from './api.ts'

let app: App
beforeAll(async () => {
  app = await startApp({ work: true })
})
afterAll(() => app.close())

test('scheduled jobs follow the time zone of the company when it changes', async () => {
  const zones = async () => {
    const { rows } = await sql<{ timezone: string }>`select distinct timezone from pgboss.schedule`.execute(app.db)
    return rows.map(({ timezone }) => timezone)
  }
  expect(await zones()).toEqual(['UTC'])
  const { settings } = await app.as(api).settings({})
  const { key, value, version } = settings.find((one) => one.key === 'organization.profile')!
  await app.as(api).changeSetting({ key, value: { ...(value as object), timeZone: 'Asia/Shanghai' }, version })
  await expect.poll(zones, { timeout: 20_000 }).toEqual(['Asia/Shanghai'])
})
