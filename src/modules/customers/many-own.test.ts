import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeSetting } from '#modules/organization/public.ts'
import { derivedId } from '#platform/identifier.ts'
import { runsApi } from '#platform/runs/api.ts'
import { type App, holder, startApp } from '#test/app.ts'
import { refused } from '#test/erasing.ts'
import { importFile } from '#test/import-files.ts'
import { waitForRun } from '#test/wait-for-run.ts'
import { api } from './api.ts'
import { ownFieldSetting } from './settings.ts'

let app: App
beforeAll(async () => {
  app = await startApp({ work: true })
  await app.transaction((context) => writeSetting(context, ownFieldSetting, { fields: [colour, fee] }, 0))
})
afterAll(() => app.close())

const names = (en: string) => ({ en, 'zh-CN': '', 'zh-TW': '' })
const plain = { required: false, inList: true, removed: false }
const colour = {
  ...plain,
  id: '0198c0de-0000-7000-8000-00000000c010',
  names: names('Colour'),
  type: 'choice' as const,
  choices: [
    { key: 'red', names: names('Red') },
    { key: 'blue', names: names('Blue') },
  ],
}
const fee = { ...plain, id: '0198c0de-0000-7000-8000-00000000fee0', names: names('Fee'), type: 'money' as const, choices: [] }

const idOf = (key: string) => derivedId('customer', 'shop', key)
const own = async (key: string) => (await app.as(api).ownValues({ id: idOf(key) })).values
const file = (rows: string) => importFile(app, `id,name,Colour,Fee\n${rows}`, { importer: 'customers' })
const agent = holder('customers.read', 'customers.write', 'runs.read')
const set = (values: { fieldId: string; value: string | number | null }, key: string) =>
  app.as(api, agent).changeMany({ ids: ['A', 'B', 'C'].map(idOf), change: { what: 'own', ...values } }, { idempotencyKey: key })
const done = async (runId: string) => (await waitForRun(app, runId)).result

test('an own field of many is set, and taken back by whoever did it, unless somebody has set something else since', async () => {
  await file('A,Ann,red,1\nB,Bea,,2\nC,Cem,blue,\n')
  const { runId } = await set({ fieldId: colour.id, value: 'blue' }, 'blue')
  expect(await done(runId)).toEqual({ customers: 3, changed: 2 })
  expect([await own('A'), await own('B'), await own('C')]).toEqual([
    { [colour.id]: 'blue', [fee.id]: 100 },
    { [colour.id]: 'blue', [fee.id]: 200 },
    { [colour.id]: 'blue' },
  ])
  // It counts as set by hand: the next file leaves it.
  await file('A,Ann,red,3\n')
  expect(await own('A')).toEqual({ [colour.id]: 'blue', [fee.id]: 300 })
  await app.as(api).setOwnValues({ id: idOf('B'), before: { [colour.id]: 'blue' }, values: { [colour.id]: 'red' } })
  const runs = app.as(runsApi, agent)
  expect(await runs.one({ id: runId })).toMatchObject({ mayUndo: true })
  const undo = await runs.undo({ id: runId })
  expect(await done(undo.id)).toEqual({ restored: 1, left: 1 })
  expect([(await own('A'))[colour.id], (await own('B'))[colour.id]]).toEqual(['red', 'red'])
  // What the file brought is the file's again.
  await file('A,Ann,blue,3\n')
  expect((await own('A'))[colour.id]).toBe('blue')
})

test('only what the field may hold is set', async () => {
  for (const wrong of [
    { fieldId: colour.id, value: 'green' },
    { fieldId: fee.id, value: 'red' },
    { fieldId: idOf('A'), value: 'red' },
  ])
    expect(await refused(set(wrong, JSON.stringify(wrong)))).toMatchObject({ status: 422, reason: 'own-field-wrong' })
  const { runId } = await set({ fieldId: fee.id, value: null }, 'none')
  expect(await done(runId)).toMatchObject({ customers: 3 })
  expect(await own('A')).toEqual({ [colour.id]: 'blue' })
})

test('what somebody else asked for is stopped and taken back only with the permission for it', async () => {
  const { runId } = await set({ fieldId: fee.id, value: 900 }, 'nine')
  await done(runId)
  const other = { ...agent, id: 'another agent' }
  expect(await app.as(runsApi, other).one({ id: runId })).toMatchObject({ mayUndo: false })
  expect(await refused(app.as(runsApi, other).undo({ id: runId }))).toMatchObject({ status: 403, reason: 'permission-missing' })
  expect(await refused(app.as(runsApi, other).cancel({ id: runId }))).toMatchObject({ status: 403, reason: 'permission-missing' })
  const lead = { ...holder('customers.write', 'runs.read', 'runs.write'), id: 'lead' }
  const undo = await app.as(runsApi, lead).undo({ id: runId })
  expect(await done(undo.id)).toEqual({ restored: 3, left: 0 })
})

test('a field that has to be filled in is taken back from those who held nothing before', async () => {
  const needed = { ...fee, id: '0198c0de-0000-7000-8000-00000000fee1', names: names('Deposit'), required: true }
  await app.transaction((context) => writeSetting(context, ownFieldSetting, { fields: [colour, fee, needed] }, 1))
  const { runId } = await set({ fieldId: needed.id, value: 500 }, 'needed')
  expect(await done(runId)).toEqual({ customers: 3, changed: 3 })
  expect((await own('A'))[needed.id]).toBe(500)
  const undo = await app.as(runsApi, agent).undo({ id: runId })
  expect(await done(undo.id)).toEqual({ restored: 3, left: 0 })
  expect((await own('A'))[needed.id]).toBeUndefined()
})
