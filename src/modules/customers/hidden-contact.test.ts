import { beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '#platform/context.ts'
import { everybody, holder } from '#test/app.ts'
import { archive, without } from '#test/archive.ts'
import { hire } from '#test/colleague.ts'
import { api } from './api.ts'
import { figureColumns } from './domain/segment.ts'
import { writeBook } from './store/book.ts'
import { keepPairs } from './store/duplicate-scan.ts'

const { app, call, create } = archive()

describe('contact data is hidden from whoever may not see it', () => {
  const canary = {
    email: 'canary.4711@example.com',
    phone: '+86 139 4711 4711',
    address: '4711 Canary Row',
    postcode: '4711-9',
    birthday: '1947-11-04',
  }
  const blind = without('customers.read-personal')
  let id: string
  beforeAll(async () => {
    id = (await create({ name: 'Hidden Hedwig', city: 'Nowhere', ...canary })).id
    await call().addKeyPerson({ id, name: 'Hidden Helper', email: canary.email, phone: canary.phone, birthday: canary.birthday })
  })

  test('it is not found out by searching, by age, or by trying duplicates', async () => {
    const eyes = app().as(api, blind)
    for (const q of ['canary.4711', 'canary', '13947114711', '4711']) {
      expect((await eyes.search({ q })).items).toEqual([])
      expect((await eyes.list({ q, count: true })).items).toEqual([])
    }
    expect((await eyes.search({ q: 'hidden hed' })).items.map((hit) => hit.name)).toEqual(['Hidden Hedwig'])
    expect((await eyes.list({ q: 'hidden', sort: 'name' })).items.map(({ name }) => name)).toEqual(['Hidden Hedwig'])
    await expect(eyes.list({ ageFrom: 70 })).rejects.toMatchObject({ reason: 'hidden-field' })
    await expect(app().as(api, holder('customers.read')).duplicates({ email: canary.email })).rejects.toMatchObject({ status: 403 })
  })

  test('whoever changes what they cannot see takes nothing away', async () => {
    const eyes = app().as(api, blind)
    const { keyPersons } = await eyes.one({ id })
    expect(keyPersons[0]).toMatchObject({ email: null, phone: null, birthday: null })
    await eyes.changeKeyPerson({ ...keyPersons[0]!, id, personId: keyPersons[0]!.id, note: 'seen' })
    expect((await call().one({ id })).keyPersons[0]).toMatchObject({ email: canary.email, birthday: canary.birthday, note: 'seen' })
  })

  test('whoever enters customers without seeing contact data tries no duplicates by it, and is not told why two may be one', async () => {
    const eyes = app().as(api, blind)
    for (const guess of [{ email: canary.email }, { phone: canary.phone }, { name: 'Somebody', birthday: canary.birthday }])
      expect((await eyes.duplicates(guess)).items).toEqual([])
    const alike = { name: 'Hidden Hedwig', email: canary.email, phone: canary.phone, birthday: canary.birthday }
    const [found] = (await eyes.duplicates(alike)).items
    expect(found).toMatchObject({ id, reasons: ['same-name'], likely: false })
    expect((await call().duplicates(alike)).items[0]).toMatchObject({ likely: true })

    const twin = (await create({ name: 'Hidden Hedwig', city: 'Nowhere', ...canary })).id
    const pair = { score: 20, reasons: ['same-email', 'same-phone', 'same-name', 'same-birthday', 'same-postcode', 'same-city'] as const }
    const [first, second] = [id, twin].toSorted()
    const kept = { ...pair, id: first!, otherId: second! }
    await app().transaction(({ db, now }) => keepPairs(db, [kept], crypto.randomUUID(), now))
    const [told] = (await call().duplicatePairs({ customerId: id })).items
    expect(told).toMatchObject(pair)
    expect((await eyes.duplicatePairs({ customerId: id })).items[0]).toMatchObject({ score: null, reasons: ['same-name', 'same-city'] })

    // Nor does the cursor say it.
    const third = (await create({ name: 'Hidden Hedwig', ...canary })).id
    const [low, high] = [id, third].toSorted()
    const less = { ...pair, score: 19, id: low!, otherId: high! }
    await app().transaction(({ db, now }) => keepPairs(db, [kept, less], crypto.randomUUID(), now))
    const pages = async (who: ReturnType<typeof call>) => {
      const page = await who.duplicatePairs({ customerId: id, limit: 1 })
      const next = await who.duplicatePairs({ customerId: id, limit: 1, cursor: page.next! })
      return [
        Buffer.from(page.next!, 'base64url').toString(),
        ...[...page.items, ...next.items].map(({ one, other }) => [one.id, other.id]),
      ]
    }
    const both = [
      [first, second],
      [low, high],
    ]
    expect(await pages(eyes)).toEqual([JSON.stringify(both[0]), ...both])
    expect((await pages(call())).slice(1)).toEqual(both)
    const gone = Buffer.from(JSON.stringify([id, id])).toString('base64url')
    await expect(eyes.duplicatePairs({ customerId: id, cursor: gone })).rejects.toMatchObject({ reason: 'foreign-cursor' })
  })
})

describe('what customers bring is for whoever may see values, as far as that reaches', () => {
  const owner = crypto.randomUUID()
  let ids: string[]
  beforeAll(async () => {
    await hire(app(), owner)
    ids = [(await create({ name: 'Worth own', ownerId: owner })).id, (await create({ name: 'Worth other' })).id]
    const [revenueMinor, profitMinor, lifetimeValueMinor] = [
      [100, 100],
      [50, 50],
      [2000, 1000],
    ]
    await app().transaction(({ db }) =>
      writeBook(db, { ids, valuedOn: '2026-01-01', revenueMinor, profitMinor, lifetimeValueMinor } as never),
    )
    await call().relate({ id: ids[0]!, otherId: ids[1]!, kind: 'referrer', side: 'first' })
  })

  test('nobody finds it out by filters, sorts or segments', async () => {
    const eyes = app().as(api, without('value.read'))
    const { items } = await eyes.list({ q: 'worth', sort: 'lifetime-value' })
    expect(items.map(({ name, lifetimeValueMinor, tier }) => [name, lifetimeValueMinor, tier])).toEqual([
      ['Worth other', null, null],
      ['Worth own', null, null],
    ])
    const found = async (who: ReturnType<typeof call>) => (await who.search({ q: 'worth' })).items.map(({ name }) => name)
    expect([await found(eyes), await found(call())]).toEqual([
      ['Worth other', 'Worth own'],
      ['Worth own', 'Worth other'],
    ])
    const asked = [
      { tier: ['gold'] },
      { profitFrom: 1 },
      { lifetimeValueTo: 5 },
      { lastOrderFrom: '2026-01-01' },
      { recencyScore: 3 },
    ] as const
    for (const filter of asked) await expect(eyes.list(filter as never)).rejects.toMatchObject({ status: 403, reason: 'hidden-field' })
    const by = (column: string) => ({ match: 'all', groups: [{ match: 'all', conditions: [{ column, is: 'known' }] }] })
    for (const column of ['tier', 'orders', 'lastOrder', 'revenue', 'ordering', 'monetaryScore'])
      await expect(eyes.segmentSize({ definition: JSON.stringify(by(column)) })).rejects.toMatchObject({ reason: 'hidden-field' })
    expect((await eyes.segmentSize({ definition: JSON.stringify(by('profiling')) })).customers).toBeGreaterThan(0)
    expect(figureColumns).toEqual([
      ...['tier', 'valueLabel', 'activity', 'segment', 'orders', 'firstOrder', 'lastOrder', 'revenue', 'profit'],
      ...['lifetimeValue', 'ordering', 'recencyScore', 'frequencyScore', 'monetaryScore'],
    ])
  })

  test('whoever sees the values of their own customers alone sees those, and no sum over others', async () => {
    const mine = app().as(api, { ...everybody, id: owner, reach: (permission) => (permission === 'value.read' ? [owner] : 'all') })
    const { items } = await mine.list({ q: 'worth', sort: 'name' })
    expect(items.map(({ name, revenueMinor }) => [name, revenueMinor])).toEqual([
      ['Worth other', null],
      ['Worth own', 100],
    ])
    await expect(mine.list({ profitFrom: 1 })).rejects.toMatchObject({ reason: 'hidden-field' })
    expect((await mine.one({ id: ids[0]! })).figures.profitMinor).toBe(50)
    expect((await mine.one({ id: ids[1]! })).figures.profitMinor).toBeNull()
    expect((await mine.relations({ id: ids[0]! })).referred).toEqual({ customers: 1, revenueMinor: null, profitMinor: null })
    expect((await call().relations({ id: ids[0]! })).referred).toEqual({ customers: 1, revenueMinor: 100, profitMinor: 50 })
    const { text } = (await mine.export({ q: 'worth', format: 'csv', headings: 'keys', columns: ['name', 'revenue'] })) as { text: string }
    expect(text.replace('\ufeff', '').trim().split('\r\n').toSorted()).toEqual(['Worth other,', 'Worth own,1.00', 'name,revenue'])
  })
})

test('needs that nobody has looked at yet are proposed to whoever sees one of those who said it', async () => {
  const owner = crypto.randomUUID()
  const touch = { channel: 'call', direction: 'in', stage: 'after', summary: 'Asked' } as const
  const say = async (ownerId: string, text: string) => {
    await hire(app(), ownerId)
    const { id } = await create({ name: `Says ${text}`, ownerId })
    await call().logInteraction({ id, ...touch, needs: [text] })
  }
  await say(owner, 'A lamp for reading')
  await say(crypto.randomUUID(), 'A lamp for her sick mother')
  await say(crypto.randomUUID(), 'A lamp for the garden')
  const { items } = await call().needs({ q: 'garden' })
  await call().changeNeed({
    needId: items[0]!.id,
    version: items[0]!.version,
    text: 'A lamp for the garden',
    category: null,
    state: 'planned',
  })
  const proposed = async (actor: Actor) =>
    (await app().as(api, actor).needSuggestions({ q: 'a lamp' })).items.map(({ text }) => text).toSorted()
  expect(await proposed({ ...everybody, id: owner, reach: () => [owner] })).toEqual(['A lamp for reading', 'A lamp for the garden'])
  expect(await proposed(everybody)).toHaveLength(3)
})
