import { describe, expect, test } from 'vitest'
import type { Actor } from '#platform/context.ts'
import { everybody } from '#test/app.ts'
import { archive } from '#test/archive.ts'
import { hire } from '#test/colleague.ts'
import { api } from './api.ts'
import { countCustomers, eachCustomerId } from './public.ts'
import { targetSetting } from './settings.ts'
import { writeBook } from './store/book.ts'

const { app, call, create, named, set } = archive()

describe('relations (B-11)', () => {
  test('a referrer’s page lists whom they referred, with revenue and profit; both sides say it', async () => {
    const [referrer, first, second] = [
      await create({ name: 'Referring Rosa' }),
      await create({ name: 'Referred Rob' }),
      await create({ name: 'Referred Rae' }),
    ]
    const refer = (id: string, otherId: string) => call().relate({ id, otherId, kind: 'referrer', side: 'first' })
    await refer(referrer.id, first.id)
    await refer(referrer.id, second.id)
    await writeBook(app().db, { ids: [first.id, second.id], revenueMinor: [5000, 700], profitMinor: [1200, -200] })
    const { items, referred } = await call().relations({ id: referrer.id })
    expect(items.map(({ side, other }) => [side, other?.name, other?.figures.revenueMinor])).toEqual([
      ['first', 'Referred Rae', 700],
      ['first', 'Referred Rob', 5000],
    ])
    expect(referred).toEqual({ customers: 2, revenueMinor: 5700, profitMinor: 1000 })
    const back = await call().relations({ id: first.id })
    expect(back.items).toMatchObject([{ kind: 'referrer', side: 'second', other: { name: 'Referring Rosa' } }])
    const third = await create({ name: 'Referred Rita' })
    await refer(first.id, third.id)
    await expect(refer(third.id, referrer.id)).rejects.toMatchObject({ reason: 'goes-in-a-circle' })
    await expect(refer(first.id, referrer.id)).rejects.toMatchObject({ reason: 'already-related' })
    await expect(refer(second.id, first.id)).rejects.toMatchObject({ reason: 'has-one-already' })
    await call().unrelate({ id: first.id, relationId: back.items[0]!.id })
    expect((await call().relations({ id: referrer.id })).items).toHaveLength(1)
  })

  test('whoever sees only some customers sees of the others neither name nor figures', async () => {
    const [myself, them] = [crypto.randomUUID(), crypto.randomUUID()]
    for (const id of [myself, them]) await hire(app(), id)
    const mine = await create({ name: 'Mine', ownerId: myself })
    const theirs = await create({ name: 'Theirs', ownerId: them })
    await call().relate({ id: mine.id, otherId: theirs.id, kind: 'family', side: 'first' })
    const me: Actor = { ...everybody, id: myself, reach: () => [myself] }
    expect((await app().as(api, me).relations({ id: mine.id })).items[0]?.other).toBeNull()
    await expect(app().as(api, me).relate({ id: mine.id, otherId: theirs.id, kind: 'dealer', side: 'first' })).rejects.toMatchObject({
      status: 404,
    })
  })
})

describe('who is no customer (A-09, B-15)', () => {
  test('a partner has a phase and touches, stands in no list of customers, and is not valued', async () => {
    const before = await app().transaction(({ db }) => countCustomers(db))
    const partner = await create({ name: 'Partner Paula', role: 'partner', phase: 'build', city: 'Lyon' })
    await call().logInteraction({ id: partner.id, channel: 'forum', direction: 'in', stage: 'before', summary: 'met' })
    await create({ name: 'Customer Pete', city: 'Lyon' })
    expect(await named({ city: ['Lyon'] })).toEqual(['Customer Pete'])
    expect(await named({ city: ['Lyon'], sort: 'name' })).toEqual(['Customer Pete'])
    expect(await named({ q: 'partner pau' })).toEqual([])
    expect((await call().list({ q: 'partner pau', count: true })).count).toEqual({ customers: 0, more: false })
    expect(await named({ role: ['partner'], phase: ['build'] })).toEqual(['Partner Paula'])
    expect((await call().search({ q: 'partner pau' })).items).toHaveLength(1)
    await writeBook(app().db, { ids: [partner.id], revenueMinor: [5] })
    expect(await app().db.selectFrom('customers.book').select('customer_id').where('customer_id', '=', partner.id).execute()).toEqual([])
    const ids: string[] = []
    const counted = await app().transaction(({ db }) => eachCustomerId(db, (bytes, at) => ids.push(bytes.toString('hex', at, at + 16))))
    expect(ids).not.toContain(partner.id.replaceAll('-', ''))
    expect([counted, ids.length]).toEqual([before + 1, before + 1])
    // Won as a customer, and lost again.
    const won = await call().change({ id: partner.id, version: partner.version, values: { role: 'customer' } })
    expect(await named({ city: ['Lyon'] })).toEqual(['Customer Pete', 'Partner Paula'])
    await call().change({ id: partner.id, version: won.version, values: { role: 'press' } })
    expect(await named({ city: ['Lyon'] })).toEqual(['Customer Pete'])
  })
})

describe('in what customers differ (B-08, B-09, B-12)', () => {
  test('price sensitivity and region, age, occupation and interest return exactly that set', async () => {
    const person = (name: string, priceSensitivity: 'low' | 'high', region: string, birthday: string, interests: string) =>
      create({ name, priceSensitivity, region, birthday, interests, occupation: 'baker', traits: ['decisive'] })
    await person('Low Lena', 'low', 'Region X', '1990-05-21', 'Tea, hiking')
    await person('Low Lars', 'low', 'Region Y', '1980-01-01', 'tea')
    await person('High Hans', 'high', 'Region X', '1996-01-01', 'chess，TEA')
    expect(await named({ priceSensitivity: ['low'], region: ['Region X'] })).toEqual(['Low Lena'])
    expect(await named({ interest: ['tea'] })).toEqual(['High Hans', 'Low Lars', 'Low Lena'])
    expect(await named({ interest: ['chess', 'hiking'], occupation: ['baker'] })).toEqual(['High Hans', 'Low Lena'])
    // The clock of these tests stands at 1 January 2026.
    expect(await named({ interest: ['tea'], ageFrom: 30, ageTo: 35 })).toEqual(['High Hans', 'Low Lena'])
    expect(await named({ interest: ['tea'], ageTo: 29 })).toEqual([])
    expect(await named({ trait: ['decisive'], ageFrom: 46 })).toEqual(['Low Lars'])
  })

  test('the extended group asks for them', async () => {
    const made = await create({ name: 'Different Dora' })
    expect(made.completeness.missing.map(({ field }) => field)).toEqual(
      expect.arrayContaining(['traits', 'priceSensitivity', 'expectationAfter']),
    )
  })

  test('a prospect who fails the rule is no target, with the reason (C-16)', async () => {
    await set(targetSetting, { conditions: [{ field: 'city', test: 'is', words: ['Bonn'] }] })
    expect((await create({ name: 'Target Tess', city: 'bonn' })).notTarget).toEqual([])
    expect((await create({ name: 'Target Titus' })).notTarget).toEqual([{ field: 'city', test: 'is', words: ['Bonn'] }])
    await set(targetSetting, { conditions: [] })
  })
})

describe('reports', () => {
  test('birthdays of the coming days, of customers and of the people around them', async () => {
    const { id } = await create({ name: 'Born Berta', birthday: '1970-01-05' })
    await call().addKeyPerson({ id, name: 'Born Boss', birthday: '1960-01-20', decides: 'pays' })
    await create({ name: 'Born Later', birthday: '1970-03-05' })
    const { items } = await call().birthdays({ days: 30 })
    expect(items.filter(({ name }) => name.startsWith('Born')).map(({ name, on }) => [name, on])).toEqual([
      ['Born Berta', '2026-01-05'],
      ['Born Boss', '2026-01-20'],
    ])
  })

  test('the month’s report lists every changed field, by field and customer, also as a file (B-03)', async () => {
    const moment = app().now
    app().now = new Date('2026-04-30T23:59:59Z')
    const made = await create({ name: 'Changed Chloe', city: 'Ulm' })
    app().now = new Date('2026-05-01T00:00:00Z')
    await call().change({ id: made.id, version: made.version, values: { city: 'Bern' } })
    app().now = moment
    expect((await call().monthChanges({ month: '2026-05' })).items).toMatchObject([
      { field: 'city', before: 'Ulm', after: 'Bern', customerName: 'Changed Chloe' },
    ])
    const april = await call().monthChanges({ month: '2026-04', limit: 2 })
    const rest = await call().monthChanges({ month: '2026-04', limit: 2, cursor: april.next! })
    expect([...april.items, ...rest.items].map(({ field }) => field).sort()).toEqual(['city', 'kind', 'name'])
    expect((await call().monthFields({ month: '2026-04' })).fields).toContainEqual({ field: 'city', changes: 1, customers: 1 })
    const file = await app().request('/api/v1/customer-changes/export?month=2026-05&format=csv')
    expect(await file.text()).toContain('Changed Chloe')
  })
})
