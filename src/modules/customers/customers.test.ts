import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { organizationProfile, writeSetting } from '#modules/organization/public.ts'
import { latestFact } from '#platform/facts.ts'
import { type App, holder, startApp } from '#test/app.ts'
import { api } from './api.ts'
import { noDay, tiers } from './domain/book.ts'
import { interactionLogged } from './facts.ts'
import { writeBook } from './store/book.ts'

let app: App
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())
const call = () => app.as(api)
const create = (values: Parameters<ReturnType<typeof call>['create']>[0]['values']) => call().create({ values })

const basic = {
  name: '王小明',
  email: 'xiaoming@example.com',
  phone: '+86 138 0013 8000',
  gender: 'male',
  birthday: '1990-02-03',
  address: '1 Nanjing Road',
  city: '上海',
}

describe('the archive', () => {
  test('only the basic group filled is a quarter complete, and says what is missing (B-02)', async () => {
    const made = await create(basic)
    expect(made.completeness.groups).toEqual({ basic: 100, extended: 0, keyPersons: 0, usedCompetitors: 0 })
    expect(made.completeness.overall).toBe(25)
    expect(made.completeness.missing.map(({ field }) => field)).toContain('occupation')
    await call().addKeyPerson({ id: made.id, name: '李秘书', role: 'assistant' })
    await call().addUsedCompetitor({ id: made.id, name: 'Rival & Co', sharePercent: 30 })
    const after = await call().one({ id: made.id })
    expect(after.completeness.overall).toBe(75)
    const found = await call().search({ q: '李秘' })
    expect(found.items.map(({ id }) => id)).toContain(made.id)
  })

  test('an edit is in the history: who, when, from, to (B-01)', async () => {
    const made = await create({ name: 'Ann Baker', city: 'Leeds' })
    app.now = new Date('2026-01-02T09:00:00Z')
    const changed = await call().change({ id: made.id, version: made.version, values: { city: 'York', tags: ['vip'] } })
    expect(changed.values.city).toBe('York')
    expect(changed.version).toBe(made.version + 1)
    const { items } = await call().changes({ id: made.id })
    const city = items.find(({ field, before }) => field === 'city' && before !== null)
    expect(city).toMatchObject({ before: 'Leeds', after: 'York', by: 'tester', at: new Date('2026-01-02T09:00:00Z') })
    expect(
      items
        .filter(({ at }) => at > new Date('2026-01-02T08:00:00Z'))
        .map(({ field }) => field)
        .sort(),
    ).toEqual(['city', 'tags'])
  })

  test('history is paged without gaps or repeats', async () => {
    const made = await create({ ...basic, name: 'Paged' })
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const { items, next } = await call().changes({ id: made.id, limit: 3, ...(cursor === undefined ? {} : { cursor }) })
      seen.push(...items.map(({ field }) => field))
      cursor = next ?? undefined
    } while (cursor !== undefined)
    expect(seen).toHaveLength(new Set(seen).size)
    expect(seen).toHaveLength(8)
  })

  test('a change against an old version is refused and leaves no trace', async () => {
    const made = await create({ name: 'Two Editors' })
    await call().change({ id: made.id, version: made.version, values: { city: 'Bath' } })
    await expect(call().change({ id: made.id, version: made.version, values: { city: 'Rome' } })).rejects.toMatchObject({
      status: 409,
      reason: 'changed-meanwhile',
    })
    expect((await call().one({ id: made.id })).values.city).toBe('Bath')
  })

  test('a new name is what finds the customer from then on', async () => {
    const made = await create({ name: 'Zebediah Quint' })
    await call().change({ id: made.id, version: made.version, values: { name: 'Maria Oldenburg' } })
    expect((await call().search({ q: 'zebed' })).items).toEqual([])
    expect((await call().search({ q: 'oldenb' })).items.map(({ id }) => id)).toEqual([made.id])
  })

  test('profiling is switched off once, and said', async () => {
    const made = await create({ name: 'Private Person' })
    await call().setProfiling({ id: made.id, profiling: false })
    await call().setProfiling({ id: made.id, profiling: false })
    expect((await call().one({ id: made.id })).profiling).toBe(false)
    const facts = await app.db.selectFrom('platform.fact').select('payload').where('name', '=', 'customers.profiling-changed').execute()
    expect(facts.map(({ payload }) => payload)).toEqual([{ customerIds: [made.id], profiling: false }])
  })

  test('somebody with the same e-mail address or phone number is pointed out', async () => {
    const made = await create({ name: 'First', email: 'Same@Example.com', phone: '0207 946 0000' })
    expect((await call().duplicates({ email: 'same@example.COM' })).items).toEqual([
      { id: made.id, name: 'First', city: null, reasons: ['same-email'], likely: false },
    ])
    expect((await call().duplicates({ phone: '(0207) 946-0000' })).items.map(({ reasons }) => reasons)).toEqual([['same-phone']])
    expect((await call().duplicates({ email: 'other@example.com' })).items).toEqual([])
  })

  test('who may only read cannot write, and nobody reads what is not there', async () => {
    await expect(app.as(api, holder('customers.read')).create({ values: { name: 'X' } })).rejects.toMatchObject({ status: 403 })
    await expect(call().one({ id: '019b7c00-0000-7000-8000-000000000009' })).rejects.toMatchObject({ status: 404 })
    const body = JSON.stringify({ values: { name: '  ' } })
    const answer = await app.request('/api/v1/customers', { method: 'POST', body, headers: { 'content-type': 'application/json' } })
    expect(answer.status).toBe(422)
  })
})

describe('finding', () => {
  test.each([
    ['two characters', '小明'],
    ['one character', '王'],
    ['pinyin', 'wangxiaoming'],
    ['initials', 'wxm'],
    ['figures of the phone', '13800138000'],
    ['the last figures of the phone', '8000'],
    ['the beginning of the e-mail', 'xiaoming@ex'],
  ])('by %s', async (_, q) => {
    const { items } = await call().search({ q })
    expect(items.map(({ name }) => name)).toContain('王小明')
  })

  test('by Traditional characters what is written in Simplified ones, and the other way round', async () => {
    const [simplified, traditional] = [await create({ name: '陈伟华' }), await create({ name: '陳偉國' })]
    expect((await call().search({ q: '陳偉華' })).items.map(({ id }) => id)).toEqual([simplified.id])
    expect((await call().search({ q: '陈伟国' })).items.map(({ id }) => id)).toEqual([traditional.id])
  })

  test('each part of the text must match', async () => {
    await create({ name: 'Carla Jones', city: 'Oslo' })
    await create({ name: 'Carla Smith', city: 'Oslo' })
    expect((await call().search({ q: 'carla smi' })).items.map(({ name }) => name)).toEqual(['Carla Smith'])
    expect((await call().search({ q: 'smith' })).items[0]!.matched).toEqual({ by: 'name', text: 'Carla Smith' })
  })
})

describe('the list', () => {
  const names = async (input: Parameters<ReturnType<typeof call>['list']>[0]) => (await call().list(input)).items.map(({ name }) => name)

  beforeAll(async () => {
    const people = [
      { name: 'Listed Ada', city: 'Reykjavik', tags: ['listed'], tier: 'platinum', worth: 900, last: '2025-12-01' },
      { name: 'Listed Ben', city: 'Reykjavik', tags: ['listed', 'vip'], tier: 'gold', worth: 500, last: '2025-11-01' },
      { name: 'Listed Cem', city: 'Akureyri', tags: ['listed'], tier: 'lead', worth: -50, last: '2025-10-01' },
      { name: 'Listed Dan', city: 'Akureyri', tags: ['listed'], tier: 'iron', worth: 500, last: null },
    ] as const
    for (const { name, city, tags, tier, worth, last } of people) {
      const { id } = await create({ name, city, tags: [...tags] })
      await writeBook(app.db, {
        ids: [id],
        tier: [tiers.indexOf(tier)],
        lifetimeValueMinor: [worth],
        profitMinor: [worth * 2],
        lastOrderDay: [last ? Date.parse(last) / 86_400_000 : noDay],
        orders: [last ? 1 : 0],
      })
    }
  })

  test('is sorted both ways by every sort', async () => {
    expect(await names({ tag: ['listed'], sort: 'name' })).toEqual(['Listed Ada', 'Listed Ben', 'Listed Cem', 'Listed Dan'])
    expect(await names({ tag: ['listed'], sort: 'name', direction: 'descending' })).toEqual([
      'Listed Dan',
      'Listed Cem',
      'Listed Ben',
      'Listed Ada',
    ])
    const worth = await names({ tag: ['listed'], sort: 'lifetime-value' })
    expect([worth[0], worth[3]]).toEqual(['Listed Ada', 'Listed Cem'])
    expect((await names({ tag: ['listed'], sort: 'profit', direction: 'ascending' }))[0]).toBe('Listed Cem')
    expect(await names({ tag: ['listed'], sort: 'last-order' })).toEqual(['Listed Ada', 'Listed Ben', 'Listed Cem', 'Listed Dan'])
    expect((await names({ tag: ['listed'], sort: 'last-order', direction: 'ascending' }))[0]).toBe('Listed Dan')
    expect(await names({ tag: ['listed'], sort: 'created', direction: 'ascending' })).toHaveLength(4)
  })

  test('is narrowed by what is asked', async () => {
    expect(await names({ city: ['Reykjavik'], sort: 'name' })).toEqual(['Listed Ada', 'Listed Ben'])
    expect(await names({ tag: ['listed'], tier: ['lead', 'gold'], sort: 'name' })).toEqual(['Listed Ben', 'Listed Cem'])
    expect(await names({ tag: ['listed'], lastOrderTo: '2025-10-31' })).toEqual(['Listed Cem'])
    expect(await names({ tag: ['listed'], lastOrderFrom: '2025-11-01', sort: 'name' })).toEqual(['Listed Ada', 'Listed Ben'])
    expect(await names({ tag: ['listed'], profitFrom: 1000, profitTo: 1000, sort: 'name' })).toEqual(['Listed Ben', 'Listed Dan'])
    expect(await names({ q: 'listed b' })).toEqual(['Listed Ben'])
    expect(await names({ q: 'nobody at all' })).toEqual([])
  })

  test.each(['name', 'lifetime-value', 'profit', 'revenue', 'last-order', 'created'] as const)(
    'by %s is paged without gaps or repeats',
    async (sort) => {
      for (const direction of ['ascending', 'descending'] as const) {
        const whole = await names({ tag: ['listed'], sort, direction })
        const seen: string[] = []
        let cursor: string | undefined
        do {
          const { items, next } = await call().list({
            tag: ['listed'],
            sort,
            direction,
            limit: 1,
            ...(cursor === undefined ? {} : { cursor }),
          })
          seen.push(...items.map(({ name }) => name))
          cursor = next ?? undefined
        } while (cursor !== undefined)
        expect(seen).toEqual(whole)
        expect(seen).toHaveLength(4)
      }
    },
  )

  test('counts where it is asked', async () => {
    expect((await call().list({ tag: ['listed'], count: true })).count).toEqual({ customers: 4, more: false })
    expect((await call().list({ tag: ['listed'], tier: ['gold'], count: true })).count).toEqual({ customers: 1, more: false })
    expect(await call().list({ tier: ['gold', 'gold'], count: true })).toEqual(await call().list({ tier: ['gold'], count: true }))
    // A page that is not all of them, and one behind it, count all the same.
    const { count, next } = await call().list({ tag: ['listed'], limit: 3, count: true })
    const behind = await call().list({ tag: ['listed'], limit: 3, count: true, cursor: next! })
    expect([count, behind.count, behind.items.length]).toEqual([{ customers: 4, more: false }, { customers: 4, more: false }, 1])
    expect((await call().list({ q: 'listed' })).count).toBeNull()
  })

  test('is exported whole', async () => {
    const { text } = (await call().export({
      format: 'csv',
      tag: ['listed'],
      sort: 'name',
      columns: ['name', 'tier', 'lifetimeValue'],
      headings: 'keys',
    })) as { text: string }
    expect(text.replace('\ufeff', '').trim().split('\r\n')).toEqual([
      'name,tier,lifetimeValue',
      'Listed Ada,platinum,9.00',
      'Listed Ben,gold,5.00',
      'Listed Cem,lead,-0.50',
      'Listed Dan,iron,5.00',
    ])
  })

  test('suggests the most frequent cities and tags to those who may read', async () => {
    for (const [name, city] of [
      ['Sug Ada', 'Sugton'],
      ['Sug Ben', 'Sugton'],
      ['Sug Cem', 'Sugville'],
    ] as const)
      await create({ name, city, tags: ['sug', ...(city === 'Sugton' ? ['sug-often'] : [])] })
    const { city, tag } = await call().filterWords({})
    const own = (words: readonly string[]) => words.filter((word) => word.toLowerCase().startsWith('sug'))
    expect(own(city)).toEqual(['Sugton', 'Sugville'])
    expect(own(tag)).toEqual(['sug', 'sug-often'])
    await expect(app.as(api, holder('orders.read')).filterWords({})).rejects.toMatchObject({ status: 403 })
  })

  test('keeps the views of each list apart, also under one name', async () => {
    const view = (query: Record<string, string>) => ({ name: 'Late', version: 0, definition: { query, columns: [] } })
    const here = await call().saveView(view({ tier: 'gold' }))
    const there = await call().saveView({ ...view({ late: 'true' }), list: 'cases' })
    const found = async (list?: 'cases') => (await call().views(list ? { list } : {})).items.map(({ definition }) => definition.query)
    expect(await found()).toEqual([{ tier: 'gold' }])
    expect(await found('cases')).toEqual([{ late: 'true' }])
    await call().removeView({ viewId: here.id, version: 1 })
    expect(await found('cases')).toEqual([{ late: 'true' }])
    await call().removeView({ viewId: there.id, version: 1 })
  })

  test('is kept as views of one’s own', async () => {
    const definition = { query: { tier: 'gold' }, columns: ['name'] }
    const saved = await call().saveView({ name: 'Gold', version: 0, definition })
    const again = { name: 'Gold', definition: { ...definition, columns: ['city'] } }
    await expect(call().saveView({ ...again, version: 0 })).rejects.toMatchObject({ status: 409, reason: 'changed-meanwhile' })
    expect(await call().saveView({ ...again, version: 1 })).toMatchObject({ id: saved.id, version: 2 })
    await expect(call().removeView({ viewId: saved.id, version: 1 })).rejects.toMatchObject({ reason: 'changed-meanwhile' })
    expect((await call().views({})).items.map(({ name }) => name)).toEqual(['Gold'])
    const other = app.as(api, holder('customers.read'))
    expect((await other.views({})).items).toEqual([])
    await expect(other.removeView({ viewId: saved.id, version: 2 })).rejects.toMatchObject({ status: 404 })
    await call().removeView({ viewId: saved.id, version: 2 })
    expect((await call().views({})).items).toEqual([])
  })
})

describe('the timeline', () => {
  test('shows touches newest first and by stage, with one cursor (M-04)', async () => {
    const { id } = await create({ name: 'Timeline Person' })
    for (const [i, stage] of (['before', 'during', 'after', 'before'] as const).entries())
      await call().logInteraction({
        id,
        channel: 'call',
        direction: 'out',
        stage,
        summary: `touch ${i}`,
        minutes: 5,
        occurredAt: new Date(Date.UTC(2025, 11, 1 + i)),
      })
    const told = async (input: object) => (await call().timeline({ id, ...input })).items.map(({ values }) => values.summary)
    expect(await told({})).toEqual(['touch 3', 'touch 2', 'touch 1', 'touch 0'])
    expect(await told({ stage: 'before' })).toEqual(['touch 3', 'touch 0'])
    expect(await told({ stage: 'during' })).toEqual(['touch 1'])
    expect(await told({ stage: 'after' })).toEqual(['touch 2'])
    const first = await call().timeline({ id, limit: 2 })
    const second = await call().timeline({ id, limit: 2, cursor: first.next! })
    expect([...first.items, ...second.items].map(({ values }) => values.summary)).toEqual(['touch 3', 'touch 2', 'touch 1', 'touch 0'])
    expect(second.next).toBeNull()
    expect((await call().interactions({ id })).items).toHaveLength(4)
  })

  test('announces a touch with the day it has in the organization’s time zone', async () => {
    const { id } = await create({ name: 'Far East' })
    const profile = { name: 'Lantern Tea House', currency: 'USD', timeZone: 'Asia/Taipei', locale: 'en' } as const
    await app.transaction((context) => writeSetting(context, organizationProfile, profile, 0))
    const touch = { id, channel: 'call', direction: 'in', stage: 'after', summary: 'Late' } as const
    await call().logInteraction({ ...touch, occurredAt: new Date('2025-12-30T17:30:00Z') })
    const told = await latestFact(app.db, interactionLogged)
    expect(told?.day).toBe('2025-12-31')
    await app.transaction((context) => writeSetting(context, organizationProfile, { ...profile, timeZone: 'UTC' }, 1))
  })
})
