import { afterAll, beforeAll, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import { createUser } from '#modules/organization/public.ts'
import type { Actor } from '#platform/context.ts'
import { type App, everybody, startApp } from '#test/app.ts'
import { casesApi } from './api.ts'
import { type CourtesyItem, courtesyItems, type Met, type Right, rights } from './domain/figures/quality-sheet.ts'

let app: App
let ada: Actor
let caseId: string
let customerId: string
beforeAll(async () => {
  app = await startApp({ now: new Date('2026-03-10T02:00:00Z') })
  const { user } = await app.transaction((context) => createUser(context, { name: 'Ada', email: 'ada@example.com', roles: ['agent'] }))
  ada = { ...everybody, kind: 'person', id: user.id, name: 'Ada' }
  customerId = (await app.as(customersApi).create({ values: { name: 'Harbour Tea' } })).id
  caseId = (await app.as(casesApi, ada).open({ kind: 'request', customerId, subject: 'Call', description: 'x', channel: 'web' })).id
})
afterAll(() => app.close())

const sheet = (change: Partial<Record<Right, Met>> = {}, courtesy = 5, argued = false) => ({
  caseId,
  agentId: ada.id,
  rights: { ...(Object.fromEntries(rights.map((right) => [right, 'met'])) as Record<Right, Met>), ...change },
  courtesy: Object.fromEntries(courtesyItems.map((item) => [item, courtesy])) as Record<CourtesyItem, number>,
  argued,
  note: null,
})
const version = async () => (await app.as(casesApi).one({ caseId })).version
const check = async (said: ReturnType<typeof sheet>) => app.as(casesApi).checkQuality({ ...said, version: await version() })

test('failed on the right product with 5 of 5 on courtesy is “7R not met”, and the log says that it did not pass', async () => {
  const { sheet: judged, version: after } = await check(sheet({ product: 'not-met' }))
  expect(judged).toMatchObject({ verdict: 'seven-r-not-met', core: 'not-met', agentId: ada.id })
  const { events } = await app.as(casesApi).log({ caseId })
  expect(events.at(-1)).toMatchObject({ seq: after, kind: 'quality-checked', said: { sheetId: judged.id, passed: false } })
})

test('arguing fails it whatever else is met', async () => {
  expect((await check(sheet({}, 5, true))).sheet).toMatchObject({ verdict: 'argued', score: 0, sevenR: 'met' })
})

test('how somebody worked is seen by themselves and by whoever judges them', async () => {
  const sheetsFor = async (of: Partial<Actor>) => {
    const { items, hidden } = await app.as(casesApi, { ...everybody, id: 'colleague', ...of }).qualitySheets({ caseId })
    return [items.length, hidden]
  }
  expect(await sheetsFor({})).toEqual([2, 0])
  expect(await sheetsFor({ can: (permission) => permission === 'cases.read' })).toEqual([0, 2])
  expect(await sheetsFor({ id: ada.id, can: (permission) => permission === 'cases.read' })).toEqual([2, 0])
  const judging = (ids: readonly string[]) => ({ reach: (permission: string) => (permission === 'cases.quality' ? ids : 'all') }) as const
  expect(await sheetsFor(judging(['somebody']))).toEqual([0, 2])
  expect(await sheetsFor(judging([ada.id]))).toEqual([2, 0])
})

test('nobody judges their own work, nothing is judged without an R, and nobody overwrites what they have not seen', async () => {
  await expect(app.as(casesApi, ada).checkQuality({ ...sheet(), version: await version() })).rejects.toMatchObject({ reason: 'own-work' })
  const none = Object.fromEntries(rights.map((right) => [right, 'not-applicable'])) as Record<Right, Met>
  await expect(check(sheet(none))).rejects.toMatchObject({ status: 422, reason: 'nothing-assessed' })
  await expect(check({ ...sheet(), agentId: 'u'.repeat(32) })).rejects.toMatchObject({ reason: 'nobody-here' })
  await expect(app.as(casesApi).checkQuality({ ...sheet(), version: 1 })).rejects.toMatchObject({ status: 409 })
})

test('the report says how often each R and the core four were met, and how steady each person is', async () => {
  await check(sheet({ price: 'not-met' }))
  app.now = new Date('2026-04-10T02:00:00Z')
  await check(sheet({ place: 'not-applicable' }))
  const report = await app.as(casesApi).qualityReport({ from: '2026-03-01', to: '2026-04-30' })
  expect(report).toMatchObject({
    sheets: 4,
    passed: { part: 1, whole: 4, basis: 'few' },
    core: { part: 3, whole: 4 },
    sevenR: { part: 1, whole: 4 },
    notArgued: { part: 3, whole: 4 },
  })
  const of = (right: Right) => report.rights.find((one) => one.right === right)
  expect(of('product')).toMatchObject({ core: true, part: 3, whole: 4 })
  expect(of('place')).toMatchObject({ core: false, part: 3, whole: 3 })
  const [own] = report.agents
  expect(own).toMatchObject({
    userId: ada.id,
    sheets: 4,
    passed: 1,
    argued: 1,
    basis: 'few',
    months: [
      { month: '2026-03', sheets: 3 },
      { month: '2026-04', sheets: 1, score: 100 },
    ],
  })
  // Two months: the deviation is their distance over the root of two.
  expect(own!.deviation!).toBeCloseTo((100 - own!.months[0]!.score) / Math.SQRT2, 10)
  expect((await app.as(casesApi).qualityReport({ from: '2026-04-01', to: '2026-04-30' })).sheets).toBe(1)
  await expect(app.as(casesApi).qualityReport({ from: '2026-04-30', to: '2026-04-01' })).rejects.toMatchObject({ reason: 'no-such-period' })
})

test('the board shows the seven Rs beside courtesy, by the last sheet of each case, and leads to the very cases (F-13)', async () => {
  const open = async (subject: string) =>
    (await app.as(casesApi, ada).open({ kind: 'request', customerId, subject, description: 'x', channel: 'web' })).id
  const judge = async (id: string, said: ReturnType<typeof sheet>) =>
    app.as(casesApi).checkQuality({ ...said, caseId: id, version: (await app.as(casesApi).one({ caseId: id })).version })
  const [rude, missed, argued] = [await open('Rude'), await open('Missed'), await open('Argued')]
  await open('Nobody looked')
  await judge(rude, sheet({ price: 'not-met' }))
  app.now = new Date(app.now.getTime() + 60_000)
  await judge(rude, sheet({}, 3))
  await judge(missed, sheet({ product: 'not-met' }))
  await judge(argued, sheet({}, 5, true))
  const period = { from: '2026-03-01', to: '2026-04-30', kind: 'request' as const }
  // The first case was judged well the last time; what was said of the rude one before does not count any more.
  expect((await app.as(casesApi).report(period)).quality).toMatchObject({
    sevenR: { part: 2, whole: 4 },
    courtesy: { part: 2, whole: 4 },
    notArgued: { part: 3, whole: 4 },
  })
  const behind = async (measure: 'seven-r-met' | 'seven-r-not-met' | 'courteous' | 'not-courteous') =>
    (await app.as(casesApi).reportCases({ ...period, measure })).items.map(({ id }) => id).toSorted()
  expect(await behind('seven-r-met')).toEqual([caseId, rude].toSorted())
  expect(await behind('seven-r-not-met')).toEqual([missed, argued].toSorted())
  expect(await behind('courteous')).toEqual([caseId, missed].toSorted())
  expect(await behind('not-courteous')).toEqual([rude, argued].toSorted())
  const reader: Actor = { ...ada, can: (permission) => permission === 'cases.read' }
  expect((await app.as(casesApi, reader).report(period)).quality).toBeNull()
  await expect(app.as(casesApi, reader).reportCases({ ...period, measure: 'courteous' })).rejects.toMatchObject({ status: 403 })
})
