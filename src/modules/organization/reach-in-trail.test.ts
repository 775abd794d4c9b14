import { afterAll, beforeAll, expect, test } from 'vitest'
import { type App, startApp } from '#test/app.ts'
import { colleague } from '#test/colleague.ts'
import { api } from './api.ts'

let app: App
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const said = async (name: string) =>
  (await app.db.selectFrom('platform.fact').select('payload').where('name', '=', name).orderBy('id').execute()).map(
    ({ payload }) => payload,
  )

test('who came to lead or to belong to what, and so sees more customers than before, stands in the trail', async () => {
  const organization = app.as(api)
  const [ada, bea, cem] = await Promise.all(['Ada', 'Bea', 'Cem'].map(async (name) => (await colleague(app, name)).id))
  const made = await organization.createDepartment({ name: 'Service', parentId: null, headId: ada!, deputyIds: [bea!], calendarId: null })
  const { id: departmentId, version } = made
  await organization.changeDepartment({
    ...{ departmentId, version, name: 'Service', parentId: null, headId: cem!, deputyIds: [], calendarId: null },
  })
  const team = await organization.createTeam({ departmentId, name: 'Phones', memberIds: [ada!] })
  await organization.changeTeam({ teamId: team.id, version: team.version, departmentId, name: 'Phones', memberIds: [bea!, ada!] })
  await organization.removeTeam({ teamId: team.id, version: 2 })
  await organization.removeDepartment({ departmentId, version: 2 })
  const of = (team: string | null, change: string, before: unknown[], after: unknown[]) => ({
    ...{ department: 'Service', team, change },
    before: expect.toSatisfy((ids: string[]) => sameIds(ids, before)),
    after: expect.toSatisfy((ids: string[]) => sameIds(ids, after)),
  })
  expect(await said('organization.departments-changed')).toEqual([
    of(null, 'made', [], [ada, bea]),
    of(null, 'changed', [ada, bea], [cem]),
    of('Phones', 'made', [], [ada]),
    of('Phones', 'changed', [ada], [ada, bea]),
    of('Phones', 'removed', [ada, bea], []),
    of(null, 'removed', [cem], []),
  ])
})
const sameIds = (a: readonly string[], b: readonly unknown[]) => JSON.stringify(a.toSorted()) === JSON.stringify(b.toSorted())

test('of a file about somebody it says which fields were changed, and not to what', async () => {
  const { id: userId } = await colleague(app, 'Dil')
  const able = { languages: [], fields: [] }
  const file = { title: 'Agent', valueRole: null, experience: 2, skills: { skill: 3, attitude: 4 }, traits: {}, ...able } as const
  const { version } = await app.as(api).changeStaff({ userId, version: 0, ...file })
  await app.as(api).changeStaff({ userId, version, ...file, experience: 3, skills: { attitude: 4, skill: 3 } })
  expect(await said('organization.staff-changed')).toEqual([
    { userId, fields: ['title', 'experience', 'skills'] },
    { userId, fields: ['experience'] },
  ])
})
