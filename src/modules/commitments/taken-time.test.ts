import { afterAll, beforeAll, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import type { Actor } from '#platform/context.ts'
import { type App, startApp } from '#test/app.ts'
import { colleague } from '#test/colleague.ts'
import { commitmentsApi } from './api.ts'

let app: App
let ann: Actor
let bob: Actor
beforeAll(async () => {
  app = await startApp()
  ann = await colleague(app, 'Ann')
  bob = await colleague(app, 'Bob')
})
afterAll(() => app.close())

const as = (actor: Actor) => app.as(commitmentsApi, actor)
const hour = (day: string) => ({ startsAt: new Date(`${day}T14:00:00Z`), endsAt: new Date(`${day}T15:00:00Z`) })

test('opening again and handing over ask where the time is taken, too', async () => {
  const slot = hour('2026-04-20')
  const taken = { status: 409, reason: 'time-taken' }
  const first = await as(ann).create({ kind: 'appointment', title: 'Given up', ...slot })
  await as(ann).cancel({ id: first.id, version: 1 })
  const second = await as(ann).create({ kind: 'appointment', title: 'In its place', ...slot })
  await expect(as(ann).reopen({ id: first.id, version: 2 })).rejects.toMatchObject(taken)
  expect(await as(ann).reopen({ id: first.id, version: 2, evenSo: true })).toMatchObject({ state: 'open' })
  await as(bob).create({ kind: 'appointment', title: 'Already his', ...slot })
  const given = { id: second.id, version: 1, ownerId: bob.id }
  await expect(as(ann).handOver(given)).rejects.toMatchObject(taken)
  expect(await as(ann).handOver({ ...given, evenSo: true })).toMatchObject({ ownerId: bob.id })
})

test('what takes a time is named only to those who may see it, and so are customers in calendar files', async () => {
  const narrow: Actor = { ...ann, reach: () => [ann.id] }
  const slot = hour('2026-04-21')
  const { id: customerId } = await app.as(customersApi).create({ values: { name: 'Beyond reach', ownerId: bob.id } })
  await as(bob).create({ kind: 'appointment', title: 'Secret tasting', customerId, ...slot })
  const draft = { kind: 'appointment', title: 'Mine', ownerId: bob.id, ...slot } as const
  await expect(as(ann).create(draft)).rejects.toMatchObject({ detail: expect.stringContaining('Secret tasting') })
  const refused = await as(narrow)
    .create(draft)
    .catch((problem) => problem)
  expect(refused).toMatchObject({ status: 409, reason: 'time-taken-unseen' })
  expect(JSON.stringify(refused)).not.toContain('Secret')
  const owed = await as(ann).create({ kind: 'appointment', title: 'Owed', customerId, ...slot })
  const file = async (actor: Actor) => ((await as(actor).file({ id: owed.id })) as { text: string }).text
  expect(await file(ann)).toContain('Beyond reach')
  expect(await file(narrow)).toContain('SUMMARY:Owed\r\n')
})
