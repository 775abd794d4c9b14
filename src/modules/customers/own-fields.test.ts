import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { archive, without } from '#test/archive.ts'
import type { OwnFilter } from './api/own-fields.ts'
import { api } from './api.ts'
import { ownFieldSetting } from './settings.ts'

const { app, call, create, named, set } = archive()

describe('own fields', () => {
  const names = (en: string) => ({ en, 'zh-CN': '', 'zh-TW': '' })
  const field = (type: string, more: object = {}) => ({
    id: randomUUID(),
    names: names(type),
    type,
    required: false,
    inList: true,
    choices: [],
    removed: false,
    ...more,
  })
  const colour = field('choices', { choices: ['red', 'blue'].map((key) => ({ key, names: names(key) })) })
  const size = field('number')
  const due = field('day')
  const own = (...filter: OwnFilter[]) => named({ own: filter })

  test('what has to be filled in is asked of whoever is entered, and cannot be emptied', async () => {
    const must = field('choice', { required: true, choices: [{ key: 'gold', names: names('Gold') }] })
    const sure = field('yes', { required: true })
    await set(ownFieldSetting, { fields: [must, sure, size, { ...field('text', { required: true }), removed: true }] })
    await expect(create({ name: 'Lacking Lea' })).rejects.toMatchObject({
      status: 422,
      reason: 'own-field-wrong',
      fields: [
        { field: `own.${must.id}`, reason: 'required' },
        { field: `own.${sure.id}`, reason: 'required' },
      ],
    })
    expect(await named({ q: 'Lacking' })).toEqual([])
    const wrong = { [must.id]: 'silver', [sure.id]: 'maybe', [randomUUID()]: 1 }
    await expect(call().create({ values: { name: 'Wrong Wim' }, own: wrong })).rejects.toMatchObject({
      fields: [{ reason: 'no-such-field' }, { reason: 'no-such-choice' }, { reason: 'not-yes-or-no' }],
    })
    const { id } = await call().create({ values: { name: 'Whole Wanda' }, own: { [must.id]: 'gold', [sure.id]: false } })
    expect((await call().ownValues({ id })).values).toEqual({ [must.id]: 'gold', [sure.id]: false })
    expect((await call().changes({ id })).items.map((one) => one.field)).toEqual(
      expect.arrayContaining([`own:${must.id}`, `own:${sure.id}`]),
    )
    await expect(call().setOwnValues({ id, before: { [must.id]: 'gold' }, values: { [must.id]: null } })).rejects.toMatchObject({
      fields: [{ reason: 'required' }],
    })
    await set(ownFieldSetting, { fields: [] })
  })

  test('values are checked, filtered, sorted, exported, kept after removal, and purged', async () => {
    await set(ownFieldSetting, { fields: [colour, size, due] })
    const people = []
    for (const [i, name] of ['Own Oda', 'Own Otto', 'Own Olga'].entries()) {
      const { id } = await create({ name })
      people.push(id)
      const values = {
        [colour.id]: i === 0 ? ['red'] : ['red', 'blue'],
        [size.id]: 2.5 - i,
        ...(i === 2 ? {} : { [due.id]: `2026-0${i + 1}-01` }),
      }
      expect((await call().setOwnValues({ id, before: {}, values })).values).toEqual(values)
    }
    expect(await own({ field: colour.id, is: ['blue'] })).toEqual(['Own Olga', 'Own Otto'])
    expect(await own({ field: size.id, from: 1 })).toEqual(['Own Oda', 'Own Otto'])
    expect(await own({ field: due.id, to: '2026-01-31' }, { field: colour.id, is: ['red'] })).toEqual(['Own Oda'])
    const sorted = async (sortField: string, direction?: 'ascending') => {
      const found: string[] = []
      let cursor: string | undefined
      do {
        const page = await call().list({
          sort: 'own',
          sortField,
          limit: 1,
          ...(direction ? { direction } : {}),
          ...(cursor ? { cursor } : {}),
        })
        found.push(...page.items.map(({ name }) => name))
        cursor = page.next ?? undefined
      } while (cursor)
      return found
    }
    expect(await sorted(size.id)).toEqual(['Own Oda', 'Own Otto', 'Own Olga'])
    expect(await sorted(size.id, 'ascending')).toEqual(['Own Olga', 'Own Otto', 'Own Oda'])
    expect(await sorted(due.id, 'ascending')).toEqual(['Own Oda', 'Own Otto'])
    // Who does not have it is not listed, and counted all the same: bulk actions reach whom the filter leaves.
    expect((await call().list({ sort: 'own', sortField: due.id, q: 'Own O', count: true })).count).toEqual({ customers: 3, more: false })
    expect((await call().list({ q: 'Own Oda' })).items[0]?.own).toEqual({ [colour.id]: ['red'], [size.id]: 2.5, [due.id]: '2026-01-01' })
    const columns = ['name', ...[colour, size, due].map(({ id }) => `own:${id}`)]
    const file = await app().request(`/api/v1/customers/export?format=csv&q=Own%20Oda&columns=${columns.join()}`)
    expect(await file.text()).toContain('choices,number,day\r\nOwn Oda,red,2.5,2026-01-01')
    const bad = { [size.id]: 'five', [due.id]: '2026-02-30', [randomUUID()]: 1 }
    await expect(call().setOwnValues({ id: people[0]!, before: {}, values: bad })).rejects.toMatchObject({
      fields: [{ reason: 'not-a-number' }, { reason: 'not-a-day' }, { reason: 'no-such-field' }],
    })
    await expect(call().setOwnValues({ id: people[0]!, before: { [size.id]: 9 }, values: { [size.id]: 1 } })).rejects.toMatchObject({
      reason: 'changed-meanwhile',
    })
    const history = await call().changes({ id: people[0]! })
    expect(history.items.map((one) => one.field)).toContain(`own:${size.id}`)
    await expect(call().purgeOwnField({ fieldId: size.id })).rejects.toMatchObject({ reason: 'field-in-use' })
    await set(ownFieldSetting, { fields: [colour, { ...size, removed: true }, due] })
    expect((await call().ownValues({ id: people[0]! })).values).not.toHaveProperty(size.id)
    await set(ownFieldSetting, { fields: [colour, size, due] })
    expect((await call().ownValues({ id: people[0]! })).values[size.id]).toBe(2.5)
    await set(ownFieldSetting, { fields: [colour, due] })
    expect(await call().purgeOwnField({ fieldId: size.id })).toEqual({ customers: 3 })
  })

  test('long texts and links are kept as they are written, looked through, picked by segments, exported, and never sorted by', async () => {
    const [story, page] = [field('long'), field('link')]
    await set(ownFieldSetting, { fields: [story, page] })
    const { id } = await create({ name: 'Long Lena' })
    const text = `Met at the fair.\n${'Tea, '.repeat(900)}and a Kettle at last`
    const values = { [story.id]: text, [page.id]: 'https://example.com/茶?x=1' }
    expect((await call().setOwnValues({ id, before: {}, values })).values).toEqual(values)
    await create({ name: 'Long Leo' })
    const lenas = ['Long Lena']
    expect(await own({ field: story.id, contains: ['kettle'] })).toEqual(lenas)
    expect(await own({ field: page.id, contains: ['EXAMPLE.com/茶', 'other'] })).toEqual(lenas)
    expect(await own({ field: story.id, known: true })).toEqual(lenas)
    expect(await named({ q: 'Long', own: [{ field: page.id, known: false }] })).toEqual(['Long Leo'])
    const asks = (is: 'contains' | 'known' | 'in', more: object = {}) =>
      call().segmentSize({
        definition: JSON.stringify({
          match: 'all',
          groups: [{ match: 'all', conditions: [{ column: `own:${story.id}`, is, ...more }] }],
        }),
      })
    expect((await asks('contains', { values: ['KETTLE'] })).customers).toBe(1)
    expect((await asks('known')).customers).toBe(1)
    await expect(asks('in', { values: [text.slice(0, 100)] })).rejects.toMatchObject({ fields: [{ reason: 'not-for-this-column' }] })
    await expect(call().list({ sort: 'own', sortField: story.id })).rejects.toMatchObject({ reason: 'not-sortable' })
    const file = await app().request(`/api/v1/customers/export?format=csv&q=Long%20Lena&columns=own:${story.id},own:${page.id}`)
    expect(await file.text()).toContain(`and a Kettle at last",https://example.com/茶?x=1`)
    await expect(call().setOwnValues({ id, before: values, values: { [page.id]: 'javascript:alert(1)' } })).rejects.toMatchObject({
      fields: [{ field: page.id, reason: 'not-a-link' }],
    })
    expect((await call().setOwnValues({ id, before: { [story.id]: text }, values: { [story.id]: null } })).values).toEqual({
      [page.id]: values[page.id],
    })
  })

  test('a personal field does not exist for whoever may not see contact data: neither to read, nor to pick by, nor to write', async () => {
    const secret = field('text', { personal: true })
    await set(ownFieldSetting, { fields: [colour, secret] })
    const { id } = await create({ name: 'Own Secret' })
    await call().setOwnValues({ id, before: {}, values: { [secret.id]: 'A word', [colour.id]: ['red'] } })
    const blind = app().as(api, without('customers.read-personal'))
    expect((await call().ownFields({})).fields.map((one) => one.id)).toEqual([colour.id, secret.id])
    expect((await blind.ownFields({})).fields.map((one) => one.id)).toEqual([colour.id])
    expect((await blind.ownValues({ id })).values).toEqual({ [colour.id]: ['red'] })
    const denied = { reason: 'no-such-field' }
    await expect(blind.list({ own: [{ field: secret.id, is: ['A word'] }] })).rejects.toMatchObject(denied)
    await expect(blind.list({ sort: 'own', sortField: secret.id })).rejects.toMatchObject(denied)
    await expect(blind.setOwnValues({ id, before: {}, values: { [secret.id]: 'Another' } })).rejects.toMatchObject({ fields: [denied] })
    const told = async (eyes: typeof blind) =>
      Object.fromEntries(
        (await eyes.changes({ id })).items.flatMap(({ field, after }) => (field.startsWith('own:') ? [[field, after]] : [])),
      )
    expect(await told(blind)).toEqual({ [`own:${secret.id}`]: null, [`own:${colour.id}`]: ['red'] })
    // A field that is gone for good may have been personal.
    await set(ownFieldSetting, { fields: [] })
    expect(await told(blind)).toEqual({ [`own:${secret.id}`]: null, [`own:${colour.id}`]: null })
    expect(await told(call())).toEqual({ [`own:${secret.id}`]: 'A word', [`own:${colour.id}`]: ['red'] })
  })
})
