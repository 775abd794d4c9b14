import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '#platform/context.ts'
import type { InputOf } from '#platform/contract.ts'
import { type App, startApp } from '#test/app.ts'
import { api } from './api.ts'
import { emptyStrategy, missingParts, strategyParts } from './domain/strategy.ts'

let app: App
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const whole = Object.fromEntries(strategyParts.map((part) => [part, `About ${part}`])) as unknown as typeof emptyStrategy

test('what is missing is named; blanks are nothing', () => {
  expect(missingParts(emptyStrategy)).toEqual([...strategyParts])
  expect(missingParts({ ...whole, want: ' \n' })).toEqual(['want'])
  expect(missingParts(whole)).toEqual([])
})

test('a strategy grows version by version, and is complete only when every part is written', async () => {
  const customers = app.as(api)
  expect(await customers.strategy({})).toMatchObject({ version: 0, complete: false, missing: [...strategyParts] })
  for (const part of strategyParts)
    await expect(customers.saveStrategy({ basedOn: 0, content: { ...whole, [part]: '' }, complete: true })).rejects.toMatchObject({
      reason: 'strategy-incomplete',
      fields: [{ field: part }],
    })
  const draft = await customers.saveStrategy({ basedOn: 0, content: { ...whole, who: '' }, complete: false })
  expect(draft).toMatchObject({ version: 1, complete: false, missing: ['who'] })
  const done = await customers.saveStrategy({ basedOn: 1, content: whole, complete: true })
  expect(done).toMatchObject({ version: 2, complete: true, missing: [] })
  expect(await customers.strategy({ version: 1 })).toEqual(draft)
  expect((await customers.strategyVersions({})).items.map(({ version }) => version)).toEqual([2, 1])
  await expect(customers.strategy({ version: 9 })).rejects.toMatchObject({ reason: 'no-such-version' })
})

test('of two who save at once one is told', async () => {
  const customers = app.as(api)
  const { version } = await customers.strategy({})
  const both = await Promise.allSettled([1, 2].map(() => customers.saveStrategy({ basedOn: version, content: whole, complete: true })))
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { reason: 'changed-meanwhile' } })
})

test('a complete version is approved by whoever may; the next one needs it anew (P-01)', async () => {
  const executive = someone('executive', 'customers.read', 'customers.strategy', 'customers.approve-strategy')
  const writer = someone('writer', 'customers.read', 'customers.strategy')
  const { version } = await app.as(api).strategy({})
  await expect(app.as(api, writer).approveStrategy({ version })).rejects.toMatchObject({ status: 403 })
  const approved = await app.as(api, executive).approveStrategy({ version })
  expect(approved).toMatchObject({ version, approvedBy: executive.id, approvedAt: app.now })
  await expect(app.as(api, executive).approveStrategy({ version })).rejects.toMatchObject({ reason: 'strategy-approved' })
  const draft = await app.as(api, writer).saveStrategy({ basedOn: version, content: { ...whole, who: '' }, complete: false })
  expect(draft).toMatchObject({ approvedAt: null, approvedBy: null })
  await expect(app.as(api, executive).approveStrategy({ version: draft.version })).rejects.toMatchObject({ reason: 'strategy-draft' })
  // What is approved is what holds from then on, not something older.
  await expect(app.as(api, executive).approveStrategy({ version })).rejects.toMatchObject({ reason: 'changed-meanwhile' })
  expect((await app.as(api).strategy({ version })).approvedBy).toBe(executive.id)
  expect((await app.as(api).strategyVersions({})).items.map(({ approvedAt }) => approvedAt !== null).slice(0, 2)).toEqual([false, true])
})

test('a strategy names segments that everybody sees, and keeps them while nobody says otherwise (A-02)', async () => {
  const customers = app.as(api)
  const definition: InputOf<typeof api.makeSegment>['definition'] = {
    match: 'all',
    groups: [{ match: 'all', conditions: [{ column: 'tier', is: 'in', values: ['gold'] }] }],
  }
  const make = (name: string, shared: boolean) => customers.makeSegment({ name, shared, definition })
  const [shared, own] = [await make('Golden ones', true), await make('Mine alone', false)]
  const { version } = await customers.strategy({})
  const save = (basedOn: number, segmentIds?: string[]) =>
    customers.saveStrategy({ basedOn, content: whole, complete: true, ...(segmentIds ? { segmentIds } : {}) })
  await expect(save(version, [own.id])).rejects.toMatchObject({ reason: 'segment-not-shared' })
  expect((await save(version, [shared.id])).segments).toEqual([{ id: shared.id, name: 'Golden ones' }])
  expect((await save(version + 1)).segments).toHaveLength(1)
  await customers.removeSegment({ segmentId: shared.id, version: 1 })
  expect((await customers.strategy({})).segments).toEqual([])
})

const someone = (id: string, ...permissions: string[]): Actor => ({
  kind: 'person',
  id,
  name: id,
  roles: [],
  can: (permission) => permissions.includes(permission),
  reach: () => 'all',
})
