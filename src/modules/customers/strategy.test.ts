import { afterAll, beforeAll, expect, test } from 'vitest'
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
