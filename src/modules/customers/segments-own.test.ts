import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { archive, without } from '#test/archive.ts'
import { api } from './api.ts'
import { ownColumn } from './domain/own-fields.ts'
import { columnOf, questionsFor, type SegmentCondition, type SegmentDefinition, segmentProblems } from './domain/segment.ts'
import { customersBySegment, membersOfSegment, segmentsOfCustomer } from './public.ts'
import { ownFieldSetting, targetSetting } from './settings.ts'
import { membersOf } from './store/segments.ts'

const { app, call, create, named, set } = archive()

const names = (en: string) => ({ en, 'zh-CN': '', 'zh-TW': '' })
const field = <T extends string>(type: T, choices: readonly string[] = []) => ({
  id: randomUUID() as string,
  names: names(type),
  type,
  required: false,
  inList: false,
  choices: choices.map((key) => ({ key, names: names(key) })),
  removed: false,
})
const fields = {
  text: field('text'),
  number: field('number'),
  money: field('money'),
  day: field('day'),
  yes: field('yes'),
  choice: field('choice', ['tea', 'coffee']),
  choices: field('choices', ['red', 'blue', 'green']),
}
const all = Object.values(fields)
type Kind = keyof typeof fields
const where = (...conditions: SegmentCondition[]): SegmentDefinition => ({ match: 'all', groups: [{ match: 'all', conditions }] })
const asks = (kind: Kind, rest: Omit<SegmentCondition, 'column'>): SegmentCondition => ({ column: ownColumn(fields[kind].id), ...rest })

async function members(definition: SegmentDefinition): Promise<string> {
  const made = await call().makeSegment({ name: randomUUID(), definition, shared: false })
  const page = await call().members({ segmentId: made.id })
  expect(page.count).toEqual({ customers: page.items.length, more: false })
  await call().removeSegment({ segmentId: made.id, version: made.version })
  return page.items.map(({ name }) => name).join(' ')
}

const membersFor = (segmentId: string) =>
  app().transaction(async (context) => {
    const ids: string[] = []
    for await (const batch of membersOfSegment(context, segmentId)) ids.push(...batch)
    return ids
  })

describe('segments over own fields', () => {
  // The clock of the test.
  const today = '2026-01-01'
  const day = (days: number) => new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10)

  beforeAll(async () => {
    await set(ownFieldSetting, { fields: all })
    const people: Record<string, Partial<Record<Kind, string | number | boolean | string[]>>> = {
      Ann: { text: 'Grüner Tee', number: 2.5, money: 10_000, day: day(10), yes: true, choice: 'tea', choices: ['red', 'blue'] },
      Bea: { text: 'Kaffee 50%', number: -1, money: 500, day: day(-10), yes: false, choice: 'coffee', choices: ['red'] },
      Cem: { text: '红茶' },
      Dan: {},
    }
    for (const [name, values] of Object.entries(people)) {
      const { id } = await create({ name, city: name === 'Dan' ? 'Bath' : null })
      const own = Object.fromEntries(Object.entries(values).map(([kind, value]) => [fields[kind as Kind].id, value]))
      await call().setOwnValues({ id, before: {}, values: own })
    }
  })

  test.each<[string, SegmentCondition, string, string]>([
    ['a text, whole', asks('text', { is: 'in', values: ['红茶', 'Grüner Tee'] }), 'Ann Cem', 'Bea Dan'],
    ['pieces of a text, whatever their case', asks('text', { is: 'contains', values: ['GRÜNER', 'kaffee'] }), 'Ann Bea', 'Cem Dan'],
    ['signs of patterns as they are written', asks('text', { is: 'contains', values: ['0%'] }), 'Bea', 'Ann Cem Dan'],
    ['a number, from', asks('number', { is: 'between', from: 2.5 }), 'Ann', 'Bea Cem Dan'],
    ['a number, up to', asks('number', { is: 'between', to: 0 }), 'Bea', 'Ann Cem Dan'],
    ['an amount between', asks('money', { is: 'between', from: 500, to: 9999 }), 'Bea', 'Ann Cem Dan'],
    ['a day between', asks('day', { is: 'between', from: day(9), to: day(11) }), 'Ann', 'Bea Cem Dan'],
    ['the last days', asks('day', { is: 'within', days: 30 }), 'Bea', 'Ann Cem Dan'],
    ['the coming days', asks('day', { is: 'ahead', days: 30 }), 'Ann', 'Bea Cem Dan'],
    ['yes', asks('yes', { is: 'in', values: ['true'] }), 'Ann', 'Bea Cem Dan'],
    ['no, which is not the same as not known', asks('yes', { is: 'in', values: ['false'] }), 'Bea', 'Ann Cem Dan'],
    ['one of several', asks('choice', { is: 'in', values: ['tea', 'coffee'] }), 'Ann Bea', 'Cem Dan'],
    ['any of several', asks('choices', { is: 'in', values: ['blue', 'green'] }), 'Ann', 'Bea Cem Dan'],
    ['all of several', asks('choices', { is: 'all', values: ['red', 'blue'] }), 'Ann', 'Bea Cem Dan'],
    ['something known', asks('choices', { is: 'known' }), 'Ann Bea', 'Cem Dan'],
  ])('%s, and turned round', async (_what, condition, met, others) => {
    expect(await members(where(condition))).toBe(met)
    expect(await members(where({ ...condition, not: true }))).toBe(others)
  })

  test('own fields stand beside others, joined by all or any', async () => {
    const tea = asks('choice', { is: 'in', values: ['tea'] })
    const bath: SegmentCondition = { column: 'city', is: 'in', values: ['Bath'] }
    expect(await members({ match: 'all', groups: [{ match: 'any', conditions: [tea, bath] }] })).toBe('Ann Dan')
    expect(await members(where(tea, bath))).toBe('')
    const red = asks('choices', { is: 'all', values: ['red'] })
    expect(await members(where(red, { ...tea, not: true }))).toBe('Bea')
    expect(await members(where({ column: 'city', is: 'contains', values: ['AT'] }))).toBe('Dan')
  })

  test('every question of every type can be asked, and is safe from what is written into it', async () => {
    for (const one of all) {
      const column = ownColumn(one.id)
      const { kind, words } = columnOf(column, all)!
      for (const is of questionsFor(kind)) {
        const condition = { column, is, values: words ?? [`'; drop table customers.own_value; --`], days: 3 }
        const bounds = kind === 'date' ? { from: '2026-01-01', to: '2026-01-02' } : { from: 1, to: 2 }
        for (const not of [false, true]) {
          const definition = where({ ...condition, ...bounds, not })
          expect(segmentProblems(definition, all)).toEqual([])
          await call().segmentSize({ definition: JSON.stringify(definition) })
        }
      }
    }
  })

  test('what a field cannot hold is refused with its place; a field of nobody too', async () => {
    const wrong = where(
      asks('choice', { is: 'in', values: ['milk'] }),
      asks('number', { is: 'contains', values: ['1'] }),
      asks('day', { is: 'between', from: '2026-02-30' }),
      asks('text', { is: 'contains', values: [' '] }),
      { column: ownColumn(randomUUID()), is: 'known' },
    )
    await expect(call().makeSegment({ name: 'X', shared: false, definition: wrong })).rejects.toMatchObject({
      reason: 'segment-incomplete',
      fields: ['unknown-word', 'not-for-this-column', 'wrong-bound', 'values-missing', 'no-such-field'].map((reason) => ({ reason })),
    })
  })

  test('a segment that asks for a removed field says so and means nobody, turned round or not', async () => {
    const definition = where(asks('choice', { is: 'in', values: ['tea'], not: true }))
    const made = await call().makeSegment({ name: 'Not tea', shared: false, definition })
    await set(ownFieldSetting, { fields: all.map((one) => (one === fields.choice ? { ...one, removed: true } : one)) })
    expect((await call().segments({})).items).toHaveLength(1)
    await expect(call().members({ segmentId: made.id })).rejects.toMatchObject({ reason: 'segment-asks-removed-field' })
    const rest = all.filter((one) => one !== fields.choice)
    for await (const batch of membersOf(app().db, definition, { terms: { ownFields: rest, target: [] }, today, reach: 'all' }))
      expect(batch).toEqual([])
    await expect(membersFor(made.id)).rejects.toMatchObject({ reason: 'segment-asks-removed-field' })
    await expect(membersFor(randomUUID())).rejects.toMatchObject({ reason: 'no-such-segment' })
    await set(ownFieldSetting, { fields: all })
    expect((await call().members({ segmentId: made.id })).items.map(({ name }) => name)).toEqual(['Bea', 'Cem', 'Dan'])
  })

  test('of one customer it is told to which segments they belong, and everybody is counted under the first that means them', async () => {
    const definitions = [
      where(asks('choices', { is: 'in', values: ['red'] })),
      where(asks('yes', { is: 'in', values: ['true'], not: true }), { column: 'city', is: 'known', not: true }),
      where({ column: 'tier', is: 'in', values: ['platinum'] }),
      where(asks('choice', { is: 'known' })),
    ]
    const ids: string[] = []
    for (const definition of definitions) ids.push((await call().makeSegment({ name: randomUUID(), shared: true, definition })).id)
    await set(ownFieldSetting, { fields: all.map((one) => (one === fields.choice ? { ...one, removed: true } : one)) })
    const asked = [...ids, randomUUID()]
    const { items } = await call().list({})
    const told: Record<string, number[]> = {}
    for (const { id, name } of items) {
      const found = await app().transaction((context) => segmentsOfCustomer(context, id, asked))
      told[name] = asked.flatMap((segmentId, i) => (found.has(segmentId) ? [i] : []))
    }
    expect(told).toEqual({ Ann: [0], Bea: [0, 1], Cem: [1], Dan: [] })
    const counted = await app().transaction((context) => customersBySegment(context, asked))
    const rows = counted.map(({ segmentId, customers }) => [segmentId === null ? null : ids.indexOf(segmentId), customers])
    expect(Object.fromEntries(rows)).toEqual({ 0: 2, 1: 1, null: 1 })
    await set(ownFieldSetting, { fields: all })
    expect(await app().transaction((context) => segmentsOfCustomer(context, randomUUID(), ids))).toEqual(new Set())
  })
})

test('whoever may not see contact data learns nothing of it from own fields, segments or the target rule', async () => {
  const secret = { ...field('yes'), personal: true }
  await set(ownFieldSetting, { fields: [...all, secret] })
  const { id } = await call().create({ values: { name: 'Secret Sam', email: 'sam@example.com' }, own: { [secret.id]: true } })
  const definition = where({ column: ownColumn(secret.id), is: 'in', values: ['true'] })
  const made = await call().makeSegment({ name: 'Secret', shared: true, definition })
  expect((await call().members({ segmentId: made.id })).items.map(({ name }) => name)).toEqual(['Secret Sam'])
  expect(await membersFor(made.id)).toEqual([id])
  await set(targetSetting, { conditions: [{ field: 'email', test: 'known', words: [] }] })
  expect(await named({ target: true })).toEqual(['Secret Sam'])
  const blind = app().as(api, without('customers.read-personal'))
  await expect(blind.members({ segmentId: made.id })).rejects.toMatchObject({ reason: 'segment-asks-removed-field' })
  await expect(blind.segmentSize({ definition: JSON.stringify(definition) })).rejects.toMatchObject({
    fields: [{ reason: 'no-such-field' }],
  })
  expect((await blind.list({ target: false })).items).toEqual([])
  expect((await blind.list({ q: 'Ann' })).items[0]?.target).toBe(true)
  const untold = where({ column: 'target', is: 'in', values: ['false'] })
  expect(await blind.segmentSize({ definition: JSON.stringify(untold) })).toEqual({ customers: 0, more: false })
  expect((await call().one({ id })).notTarget).toEqual([])
  // What they may not see is not asked of them either.
  await set(ownFieldSetting, { fields: [...all, { ...secret, required: true }] })
  expect(await blind.create({ values: { name: 'Entered By Blind' } })).toMatchObject({
    values: { name: 'Entered By Blind' },
    notTarget: [],
  })
  await set(targetSetting, { conditions: [] })
  await set(ownFieldSetting, { fields: all })
})

describe('target customers (C-16)', () => {
  test('the rule is told the same way of one, in lists, and in segments', async () => {
    const people = {
      Tea: { city: ' york', tags: ['VIP'], traits: ['Careful'], occupation: 'Judge', birthday: '1980-01-01' },
      Tim: { city: 'York', tags: ['rival', 'vip'] },
      Tom: { tags: [] },
    }
    for (const [name, values] of Object.entries(people)) await create({ name, ...values })
    const rules = [
      [{ field: 'city', test: 'is', words: ['YORK', 'Bath'] }],
      [{ field: 'city', test: 'is-not', words: ['york'] }],
      [{ field: 'tags', test: 'is-not', words: ['rival'] }],
      [{ field: 'tags', test: 'is', words: ['vip'] }],
      [{ field: 'tags', test: 'known', words: [] }],
      [{ field: 'traits', test: 'is', words: ['careful'] }],
      [{ field: 'traits', test: 'known', words: [] }],
      [{ field: 'traits', test: 'is-not', words: ['careful'] }],
      [{ field: 'occupation', test: 'known', words: [] }],
      [{ field: 'birthday', test: 'is', words: ['1980-01-01'] }],
      [
        { field: 'birthday', test: 'known', words: [] },
        { field: 'kind', test: 'is', words: ['person'] },
      ],
      [],
    ]
    for (const conditions of rules) {
      await set(targetSetting, { conditions })
      const { items } = await call().list({ sort: 'name' })
      const told = new Map<string, boolean>()
      for (const { id, name, target } of items) {
        expect((await call().one({ id })).notTarget.length === 0).toBe(target)
        told.set(name, target)
      }
      const those = (target: boolean) => [...told].filter(([, is]) => is === target).map(([name]) => name)
      expect(await named({ target: true })).toEqual(those(true))
      expect(await named({ target: false })).toEqual(those(false))
      expect(await members(where({ column: 'target', is: 'in', values: ['true'] }))).toBe(those(true).join(' '))
      expect(await members(where({ column: 'target', is: 'in', values: ['true'], not: true }))).toBe(those(false).join(' '))
    }
    await set(targetSetting, { conditions: rules[2] })
    const file = await app().request('/api/v1/customers/export?format=csv&columns=name,target&target=false')
    expect(await file.text()).toContain('Tim,Not a target customer')
  })
})
