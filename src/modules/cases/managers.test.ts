import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import type { Actor } from '#platform/context.ts'
import { type App, startApp } from '#test/app.ts'
import { colleague, freight } from '#test/complaints.ts'
import { casesApi } from './api.ts'

let app: App
/** Look after customers; handles cases about everybody's. */
let ada: Actor
let ben: Actor
let hana: Actor
let hers: string
let his: string
let nobodys: string
beforeAll(async () => {
  app = await startApp({ now: new Date('2026-03-10T02:00:00Z') })
  ada = await colleague(app, 'Ada')
  ben = await colleague(app, 'Ben')
  hana = await colleague(app, 'Hana')
  const create = async (name: string, ownerId: string | null) => (await app.as(customersApi).create({ values: { name, ownerId } })).id
  hers = await create('Harbour Tea', ada.id)
  his = await create('Hill Tea', ben.id)
  nobodys = await create('Lake Tea', null)
})
afterAll(() => app.close())

const as = (actor: Actor) => app.as(casesApi, actor)
const open = (customerId: string, more: object = {}) => as(hana).open({ ...freight, customerId, ...more } as never)
const ids = async (actor: Actor, input: Parameters<ReturnType<typeof as>['list']>[0]) =>
  (await as(actor).list(input)).items.map(({ id }) => id).toSorted()

describe('who looks after the customer of a case', () => {
  test('stands in lists and in its head, and narrows every queue', async () => {
    const made = [await open(hers), await open(his, { reason: 'loss' }), await open(nobodys), await open(hers, { kind: 'enquiry' })]
    const [one, other, third, enquiry] = made.map(({ id }) => id)
    const managers = new Map((await as(hana).list({})).items.map(({ id, managerId }) => [id, managerId]))
    expect(managers).toEqual(
      new Map([
        [one, ada.id],
        [other, ben.id],
        [third, null],
        [enquiry, ada.id],
      ]),
    )
    expect((await as(hana).one({ caseId: other! })).managerId).toBe(ben.id)
    for (const queue of ['open', 'all', 'mine'] as const)
      expect(await ids(hana, { queue, manager: ada.id })).toEqual([one, enquiry].toSorted())
    expect(await ids(hana, { queue: 'nobody', manager: ada.id })).toEqual([])
    expect(await ids(ben, { queue: 'mine', manager: ben.id })).toEqual([])
    // He is in no team and no department, so nothing of hers stands in theirs.
    for (const queue of ['team', 'department'] as const) expect(await ids(ben, { queue, manager: ada.id })).toEqual([])
    expect(await ids(hana, { queue: 'all', manager: ada.id, kind: ['enquiry'] })).toEqual([enquiry])
    expect(await ids(hana, { queue: 'all', manager: ada.id, state: ['closed'] })).toEqual([])
    expect(await ids(hana, { queue: 'open', manager: ada.id, late: true })).toEqual([])
    expect(await ids(hana, { queue: 'open', manager: 'nobody-of-this-id' })).toEqual([])
  })

  test('is told a page at a time, none twice and none left out', async () => {
    const found: string[] = []
    for (let cursor: string | undefined; ; ) {
      const page = await as(hana).list({ queue: 'all', manager: ada.id, limit: 1, ...(cursor ? { cursor } : {}) })
      found.push(...page.items.map(({ id }) => id))
      if (page.next === null) break
      cursor = page.next
    }
    expect(found.toSorted()).toEqual(await ids(hana, { queue: 'all', manager: ada.id }))
    expect(new Set(found).size).toBe(found.length)
  })

  test('is not told to whoever does not see the customer in the archive, and cannot be found out by asking', async () => {
    const blind: Actor = { ...hana, can: (permission) => permission !== 'customers.read' }
    // Cases of all, customers only of one's own.
    const own: Actor = { ...ben, reach: (permission) => (permission === 'customers.read' ? [ben.id] : 'all') }
    for (const { managerId } of (await as(blind).list({ queue: 'all' })).items) expect(managerId).toBeNull()
    expect(await ids(blind, { queue: 'all', manager: ada.id })).toEqual([])
    const seen = (await as(own).list({ queue: 'all' })).items
    expect(new Set(seen.map(({ managerId }) => managerId))).toEqual(new Set([ben.id, null]))
    expect(await ids(own, { queue: 'all', manager: ada.id })).toEqual([])
    expect(await ids(own, { queue: 'all', manager: ben.id })).toHaveLength(1)
    const [hidden] = seen.filter(({ managerId }) => managerId === null)
    expect((await as(own).one({ caseId: hidden!.id })).managerId).toBeNull()
  })

  test('whoever handles a case about a customer beyond their reach sees the case, and neither whom it is about nor who looks after them', async () => {
    const narrow: Actor = { ...ben, reach: () => [ben.id] }
    const { id } = await open(hers, { ownerId: ben.id })
    const [mine] = (await as(narrow).list({ queue: 'mine' })).items.filter((one) => one.id === id)
    expect(mine).toMatchObject({ customer: null, managerId: null })
    expect(await ids(narrow, { queue: 'all', manager: ada.id })).toEqual([])
  })
})

test('a queue holds what is open: another state is looked for in everything', async () => {
  const { id, version } = await open(his, { reason: 'deterioration' })
  await as(hana).withdraw({ caseId: id, version, reason: 'It had only been put aside' })
  expect(await ids(hana, { queue: 'open', state: ['withdrawn'] })).toEqual([])
  expect(await ids(hana, { queue: 'all', state: ['withdrawn'] })).toEqual([id])
})
