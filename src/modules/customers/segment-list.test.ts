import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type App, everybody, startApp } from '../../../test/app.ts'
import { without } from '../../../test/archive.ts'
import { waitForRun } from '../../../test/wait-for-run.ts'
import { createUser } from '../organization/public.ts'
import { api } from './api.ts'
import { type Tier, tiers } from './domain/book.ts'
import type { SegmentCondition, SegmentDefinition } from './domain/segment.ts'
import { writeBook } from './store/book.ts'

let app: App
const users: string[] = []
beforeAll(async () => {
  app = await startApp({ work: true, now: new Date('2026-03-01T12:00:00Z') })
  for (const name of ['one', 'other'])
    users.push((await app.transaction((context) => createUser(context, { name, email: `${name}@example.com`, roles: [] }))).user.id)
  const people: (Parameters<ReturnType<typeof call>['create']>[0]['values'] & { tier: Tier | null })[] = [
    { name: 'Ann', city: 'Bath', tier: 'gold', ownerId: users[0]!, occupation: 'Judge' },
    { name: 'Bea', city: 'York', tier: 'gold', ownerId: users[1]!, traits: ['calm'] },
    { name: 'Cem', city: 'Bath', tier: 'iron', ownerId: users[1]! },
    { name: 'Dealer', city: 'Bath', role: 'dealer', tier: null },
  ]
  for (const { tier, ...values } of people) {
    const { id } = await call().create({ values })
    if (tier) await app.transaction(({ db }) => writeBook(db, { ids: [id], valuedOn: '2026-03-01', tier: [tiers.indexOf(tier)] }))
  }
})
afterAll(() => app.close())
const call = () => app.as(api)
const where = (...conditions: SegmentCondition[]): SegmentDefinition => ({ match: 'all', groups: [{ match: 'all', conditions }] })
const inBath: SegmentCondition = { column: 'city', is: 'in', values: ['Bath'] }
const isGold: SegmentCondition = { column: 'tier', is: 'in', values: ['gold'] }
const keep = (definition: SegmentDefinition, shared = true) => call().makeSegment({ name: randomUUID(), definition, shared })
const named = async (input: Parameters<ReturnType<typeof call>['list']>[0]) =>
  (await call().list({ ...input, sort: 'name' })).items.map(({ name }) => name).join(' ')

describe('the list of customers, narrowed to a kept segment', () => {
  test.each<[string, SegmentDefinition, string]>([
    ['of the archive', where(inBath), 'Ann Cem'],
    ['of the book', where(isGold), 'Ann Bea'],
    ['of both', where(inBath, isGold), 'Ann'],
    ['of either', { match: 'all', groups: [{ match: 'any', conditions: [inBath, isGold] }] }, 'Ann Bea Cem'],
    ['of what lies in the extended group', where({ column: 'occupation', is: 'in', values: ['Judge', 'Cook'] }), 'Ann'],
    ['of a trait', where({ column: 'traits', is: 'in', values: ['calm'] }), 'Bea'],
    ['turned round', where({ column: 'traits', is: 'in', values: ['calm'], not: true }), 'Ann Cem'],
    ['of nothing', { match: 'all', groups: [] }, 'Ann Bea Cem'],
  ])('%s', async (_, definition, names) => {
    const { id } = await keep(definition)
    expect(await named({ inSegment: id })).toBe(names)
    const counted = await call().list({ inSegment: id, count: true })
    expect(counted.count).toEqual({ customers: names.split(' ').length, more: false })
    expect(counted.items.map(({ name }) => name).sort()).toEqual(names.split(' '))
  })

  test('beside other filters, also those of people who are no customers', async () => {
    const { id } = await keep(where(inBath))
    expect(await named({ inSegment: id, tier: ['gold'] })).toBe('Ann')
    expect(await named({ inSegment: id, q: 'cem' })).toBe('Cem')
    expect(await named({ inSegment: id, role: ['dealer'] })).toBe('Dealer')
    expect(await named({ inSegment: id, owner: [users[1]!] })).toBe('Cem')
  })

  test('a changed segment is followed at once, a deleted one and somebody else’s own are refused with a sentence', async () => {
    const { id, name } = await keep(where(inBath), false)
    await call().changeSegment({ segmentId: id, version: 1, name, definition: where(isGold), shared: false })
    expect(await named({ inSegment: id })).toBe('Ann Bea')
    const gone = { status: 422, reason: 'segment-gone', fields: [{ field: 'inSegment', reason: 'segment-gone' }] }
    await expect(app.as(api, { ...everybody, id: 'other' }).list({ inSegment: id })).rejects.toMatchObject(gone)
    await call().removeSegment({ segmentId: id, version: 2 })
    await expect(call().list({ inSegment: id })).rejects.toMatchObject(gone)
    await expect(
      call().changeMany({ filter: { inSegment: id }, change: { what: 'add-tag', tag: 'x' } }, { idempotencyKey: randomUUID() }),
    ).rejects.toMatchObject(gone)
  })

  test('nobody learns by it what is hidden from them, or of customers beyond their reach', async () => {
    const [figures, contact] = [await keep(where(isGold)), await keep(where({ column: 'email', is: 'known' }))]
    await expect(app.as(api, without('value.read')).list({ inSegment: figures.id })).rejects.toMatchObject({ reason: 'hidden-field' })
    await expect(app.as(api, without('customers.read-personal')).list({ inSegment: contact.id })).rejects.toMatchObject({
      reason: 'hidden-field',
    })
    const some = app.as(api, { ...everybody, id: 'some', reach: () => [users[1]!] })
    const seen = await some.list({ inSegment: figures.id, count: true })
    expect([seen.items.map(({ name }) => name), seen.count?.customers]).toEqual([['Bea'], 1])
  })

  test('exported, kept in a view, and changed at once with undo', async () => {
    const { id } = await keep(where(isGold))
    const file = await app.request(`/api/v1/customers/export?format=csv&columns=name&headings=keys&sort=name&inSegment=${id}`)
    expect((await file.text()).trim().split(/\r?\n/).slice(1)).toEqual(['Ann', 'Bea'])
    const definition = { query: { inSegment: id }, columns: ['name'] }
    await call().saveView({ name: 'Gold ones', version: 0, definition })
    expect((await call().views({})).items.map((view) => view.definition)).toEqual([definition])
    const change = { what: 'add-tag', tag: 'thanked' } as const
    const { runId } = await call().changeMany({ filter: { inSegment: id }, change }, { idempotencyKey: randomUUID() })
    const run = await waitForRun(app, runId)
    expect([run.problem, run.result]).toEqual([null, { customers: 2, changed: 2 }])
    expect(await named({ tag: ['thanked'] })).toBe('Ann Bea')
  })
})
