import { afterAll, beforeAll, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import { type App, startApp } from '#test/app.ts'
import { casesApi } from './api.ts'

let app: App
let customerId: string
beforeAll(async () => {
  app = await startApp()
  customerId = (await app.as(customersApi).create({ values: { name: 'Harbour Tea' } })).id
})
afterAll(() => app.close())

const cases = () => app.as(casesApi)
const request = () => cases().open({ kind: 'request', customerId, subject: 'Call', description: 'x', channel: 'phone' })
const versionsOf = async (key: string) => (await cases().processes({})).processes.filter((one) => one.key === key)

test('a copy is changed and published; cases that run keep theirs, new ones follow it until it is retired', async () => {
  const before = await request()
  const { version } = await cases().copyProcess({ key: 'request', version: 1 })
  expect(version).toBe(2)
  const [, draft] = await versionsOf('request')
  const asked = { ...draft!.steps[0]!, ways: [{ to: 'ask', when: null }], names: { en: 'Do it', 'zh-CN': '办理' } }
  const ask = {
    ...asked,
    key: 'ask',
    names: { en: 'Ask' },
    needs: [{ need: 'customer-asked' as const, when: null }],
    ways: [{ to: 'end', when: null }],
    resolves: false,
  }
  await cases().saveProcess({ key: 'request', version, edit: 1, names: {}, steps: [asked, ask] })
  await expect(cases().saveProcess({ key: 'request', version, edit: 1, names: {}, steps: [asked] })).rejects.toMatchObject({
    status: 409,
    reason: 'changed-meanwhile',
  })
  await cases().publishProcess({ key: 'request', version, edit: 2 })
  await expect(cases().saveProcess({ key: 'request', version, edit: 2, names: {}, steps: [asked] })).rejects.toMatchObject({
    status: 409,
    reason: 'no-draft',
  })

  const after = await request()
  const answer = { text: 'Done', channel: 'phone' as const }
  expect(await cases().answer({ caseId: before.id, version: 1, ...answer })).toMatchObject({ state: 'closed' })
  expect(await cases().answer({ caseId: after.id, version: 1, ...answer })).toMatchObject({ state: 'resolved', step: 'ask' })
  expect((await versionsOf('request')).map(({ current }) => current)).toEqual([false, true])
  expect((await cases().list({ queue: 'all', kind: ['request'] })).items.find(({ id }) => id === after.id)?.stepNames).toEqual({
    en: 'Ask',
  })

  await cases().retireProcess({ key: 'request', version, edit: 2 })
  expect((await cases().one({ caseId: (await request()).id })).process.version).toBe(1)
  expect(await cases().ask({ caseId: after.id, version: (await cases().one({ caseId: after.id })).version, how: 'phone' })).toMatchObject({
    state: 'closed',
  })
})

test('what cannot work is not published, and says why', async () => {
  const { version } = await cases().copyProcess({ key: 'complaint', version: 1 })
  const draft = (await versionsOf('complaint')).find((one) => one.version === version)!
  const past = draft.steps
    .map((step) => (step.key === 'remedy' ? { ...step, ways: [{ to: 'execution', when: null }] } : step))
    .filter(({ key }) => key !== 'approval')
  await cases().saveProcess({ key: 'complaint', version, edit: 1, names: {}, steps: past })
  await expect(cases().publishProcess({ key: 'complaint', version, edit: 2 })).rejects.toMatchObject({
    status: 422,
    reason: 'process-never-approved',
    fields: [{ field: 'execution', reason: 'process-never-approved' }],
  })
  await cases().removeProcess({ key: 'complaint', version, edit: 2 })
  expect((await versionsOf('complaint')).length).toBe(1)
})
