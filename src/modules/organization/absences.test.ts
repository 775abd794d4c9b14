import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '#platform/context.ts'
import { type App, everybody, startApp } from '#test/app.ts'
import { colleague } from '#test/colleague.ts'
import { api } from './api.ts'
import { absentOn } from './store/absences.ts'

let app: App
let ada: Actor
let ben: string
beforeAll(async () => {
  app = await startApp({ now: new Date('2026-03-10T02:00:00Z') })
  ada = { ...everybody, id: (await colleague(app, 'Ada')).id, can: (right) => right === 'organization.read' }
  ben = (await colleague(app, 'Ben')).id
})
afterAll(() => app.close())

const as = (actor: Actor) => app.as(api, actor)
const days = { fromDay: '2026-03-12', untilDay: '2026-03-14' }

test('one says that one is away, with somebody who stands in; of others only whoever writes about the staff', async () => {
  const made = await as(ada).noteAbsence({ userId: ada.id, ...days, deputyId: ben })
  expect((await as(ada).absences({})).items).toEqual([made])
  await expect(as(ada).noteAbsence({ userId: ben, ...days, deputyId: null })).rejects.toMatchObject({ status: 403, reason: 'not-yourself' })
  const other = await as(everybody).noteAbsence({ userId: ben, ...days, deputyId: null })
  await expect(as(ada).endAbsence({ absenceId: other.id, version: 1 })).rejects.toMatchObject({ reason: 'not-yourself' })
  await as(everybody).endAbsence({ absenceId: other.id, version: 1 })
  await expect(as(everybody).endAbsence({ absenceId: other.id, version: 1 })).rejects.toMatchObject({ status: 404 })
  expect([...(await absentOn(app.db, '2026-03-11'))]).toEqual([])
  expect([...(await absentOn(app.db, '2026-03-12'))]).toEqual([[ada.id, ben]])
  expect([...(await absentOn(app.db, '2026-03-14'))]).toEqual([[ada.id, ben]])
  expect([...(await absentOn(app.db, '2026-03-15'))]).toEqual([])
  app.now = new Date('2026-03-15T02:00:00Z')
  expect((await as(ada).absences({})).items).toEqual([])
  app.now = new Date('2026-03-10T02:00:00Z')
})

test.each([
  [{ fromDay: '2026-03-12', untilDay: '2026-03-11' }, 'untilDay', 'ends-before-start'],
  [{ fromDay: '2026-03-01', untilDay: '2026-03-09' }, 'untilDay', 'in-the-past'],
  [{ ...days, deputyId: 'self' }, 'deputyId', 'deputy-is-another'],
  [{ ...days, deputyId: '0198c0de-0000-7000-8000-00000000dead' }, 'deputyId', 'nobody-here'],
])('%j is refused: %s %s', async (said, field, reason) => {
  const deputyId = 'deputyId' in said ? (said.deputyId === 'self' ? ada.id : said.deputyId) : null
  const asked = as(ada).noteAbsence({ userId: ada.id, fromDay: said.fromDay, untilDay: said.untilDay, deputyId: deputyId ?? null })
  await expect(asked).rejects.toMatchObject({ status: 422, fields: [{ field, reason }] })
})
