import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import { contactSetting, ownFieldSetting } from '#modules/customers/settings.ts'
import { writeSetting } from '#modules/organization/public.ts'
import { type App, holder, startApp } from './app.ts'
import { refused } from './erasing.ts'

let app: App
const call = () => app.as(customersApi)
const names = (en: string) => ({ en, 'zh-CN': '', 'zh-TW': '' })
const field = (n: number, type: 'text' | 'money' | 'choices', choices: string[] = []) => ({
  id: `0198c0de-0000-7000-8000-00000000000${n}`,
  names: names(type),
  type,
  required: false,
  inList: false,
  removed: false,
  choices: choices.map((key) => ({ key, names: names(key) })),
})
const [tea, fee, colours, old] = [field(1, 'text'), field(2, 'money'), field(3, 'choices', ['red', 'blue', 'white']), field(4, 'text')]

beforeAll(async () => {
  app = await startApp()
  await app.transaction((context) => writeSetting(context, contactSetting, { country: 'GB' }, 0))
  await app.transaction((context) => writeSetting(context, ownFieldSetting, { fields: [tea, fee, colours, old] }, 0))
})
afterAll(() => app.close())

async function person(values: Parameters<ReturnType<typeof call>['create']>[0]['values'], own: Record<string, string | number | string[]>) {
  const { id } = await call().create({ values })
  await call().setOwnValues({ id, before: {}, values: own })
  return id
}
const own = async (id: string) => (await call().ownValues({ id })).values
const points = async (id: string) =>
  (await call().contactPoints({ id })).items.filter((one) => one.id !== null).map(({ kind, value }) => [kind, value])
const merge = async (id: string, otherId: string, choices: object, ownChoices = {}) => {
  app.now = new Date(app.now.getTime() + 1000)
  const { survivor, other } = await call().mergePreview({ id, otherId })
  return call().merge({ id, otherId, version: survivor.version, otherVersion: other.version, choices, ownChoices })
}
const kept = async (ids: readonly string[]) => {
  const { rows } = await sql<{ row: string }>`
    select to_jsonb(o)::text as row from customers.own_value o where customer_id = any(${ids}::uuid[])
    union all select (to_jsonb(p) - 'created_at')::text from customers.contact_point p where customer_id = any(${ids}::uuid[]) order by 1`.execute(
    app.db,
  )
  return rows.map(({ row }) => row)
}

test('own fields are asked about, addresses that were not chosen still lead to the survivor, and both get back what was theirs', async () => {
  const ann = await person(
    { name: 'Ann Weir', email: 'ann@example.com', phone: '020 7946 0001', address: '1 Lake Road' },
    { [tea.id]: 'green', [fee.id]: 100, [colours.id]: ['red', 'blue'], [old.id]: 'mine' },
  )
  const anne = await person(
    { name: 'Anne Weir', email: 'anne@example.org', phone: '+44 20 7946 0001', address: '2 Hill Street' },
    { [tea.id]: 'black', [fee.id]: 100, [colours.id]: ['white', 'blue', 'red'], [old.id]: 'theirs' },
  )
  await app.transaction((context) => writeSetting(context, ownFieldSetting, { fields: [tea, fee, colours, { ...old, removed: true }] }, 1))
  const before = await kept([ann, anne])
  const preview = await call().mergePreview({ id: ann, otherId: anne })
  expect(preview.own).toEqual([
    { fieldId: tea.id, survivor: 'green', other: 'black', choices: ['survivor', 'other'], usual: 'survivor' },
    {
      fieldId: colours.id,
      survivor: ['red', 'blue'],
      other: ['white', 'blue', 'red'],
      choices: ['both', 'survivor', 'other'],
      usual: 'both',
    },
  ])
  const { mergeId } = await merge(ann, anne, { email: 'other' }, { [tea.id]: 'other' })
  expect(await own(ann)).toEqual({ [tea.id]: 'black', [fee.id]: 100, [colours.id]: ['red', 'blue', 'white'] })
  // The number is the same one, written in another way; it is not kept twice.
  expect(await points(ann)).toEqual([
    ['email', 'ann@example.com'],
    ['address', '2 Hill Street'],
  ])
  expect((await call().one({ id: ann })).values).toMatchObject({ email: 'anne@example.org', address: '1 Lake Road' })
  for (const q of ['ann@example.com', 'anne@example.org']) expect((await call().search({ q })).items.map(({ id }) => id)).toEqual([ann])
  const history = (await call().changes({ id: ann })).items
  expect(history.find(({ field }) => field === `own:${tea.id}`)).toMatchObject({ before: 'green', after: 'black' })
  expect((await call().merges({ id: ann })).items[0]!.since).toEqual({ fields: [], rows: [] })
  await call().unmerge({ id: ann, mergeId })
  expect(await kept([ann, anne])).toEqual(before)
  expect((await call().search({ q: 'anne@example.org' })).items.map(({ id }) => id)).toEqual([anne])
})

test('an own field that somebody has set since the merge is named, and stays with the survivor', async () => {
  const [one, two] = [await person({ name: 'Bo' }, { [tea.id]: 'green' }), await person({ name: 'Bob' }, { [tea.id]: 'black' })]
  const { mergeId } = await merge(one, two, {})
  expect(await own(one)).toEqual({ [tea.id]: 'green' })
  await call().setOwnValues({ id: one, before: { [tea.id]: 'green' }, values: { [tea.id]: 'white' } })
  const problem = await refused(call().unmerge({ id: one, mergeId }))
  expect(problem).toMatchObject({ reason: 'changed-since-merge', fields: [{ field: `own:${tea.id}` }] })
  await call().unmerge({ id: one, mergeId, keepNewer: true })
  expect([await own(one), await own(two)]).toEqual([{ [tea.id]: 'white' }, { [tea.id]: 'black' }])
})

test('who may not see personal fields is not asked about them, and chooses nothing in them', async () => {
  const secret = { ...field(5, 'text'), personal: true }
  await app.transaction((context) =>
    writeSetting(context, ownFieldSetting, { fields: [tea, fee, colours, { ...old, removed: true }, secret] }, 2),
  )
  const [one, two] = [await person({ name: 'Cy' }, { [secret.id]: 'mine' }), await person({ name: 'Cyd' }, { [secret.id]: 'theirs' })]
  const clerk = app.as(customersApi, holder('customers.read', 'customers.write', 'customers.merge'))
  const { own: asked, survivor, other } = await clerk.mergePreview({ id: one, otherId: two })
  expect(asked).toEqual([])
  expect((await call().mergePreview({ id: one, otherId: two })).own).toHaveLength(1)
  await clerk.merge({ id: one, otherId: two, version: survivor.version, otherVersion: other.version, ownChoices: { [secret.id]: 'other' } })
  expect(await own(one)).toEqual({ [secret.id]: 'mine' })
})

test('what only the other knew is theirs again, whatever was set since, and is never torn apart', async () => {
  const [one, two] = [
    await person({ name: 'Di' }, { [colours.id]: ['red'] }),
    await person({ name: 'Dia' }, { [tea.id]: 'black', [fee.id]: 5, [colours.id]: ['blue'] }),
  ]
  const { mergeId } = await merge(one, two, {})
  expect(await own(one)).toEqual({ [tea.id]: 'black', [fee.id]: 5, [colours.id]: ['red', 'blue'] })
  const all = ['red', 'blue', 'white']
  await call().setOwnValues({
    id: one,
    before: { [tea.id]: 'black', [colours.id]: ['red', 'blue'] },
    values: { [tea.id]: 'white', [colours.id]: all },
  })
  const since = (await call().merges({ id: one })).items[0]!.since
  expect({ ...since, fields: since.fields.toSorted() }).toEqual({ fields: [`own:${tea.id}`, `own:${colours.id}`], rows: [] })
  expect(await refused(call().unmerge({ id: one, mergeId }))).toMatchObject({ reason: 'changed-since-merge' })
  await call().unmerge({ id: one, mergeId, keepNewer: true, give: ['customers.own_value'] })
  expect([await own(one), await own(two)]).toEqual([
    { [tea.id]: 'white', [colours.id]: all },
    { [tea.id]: 'black', [fee.id]: 5, [colours.id]: ['blue'] },
  ])
})

test('several words that only the other knew stay together, and what was deleted with its field does not come back', async () => {
  const [one, two] = [
    await person({ name: 'Ed' }, {}),
    await person({ name: 'Eddie' }, { [colours.id]: ['red', 'blue'], [tea.id]: 'black' }),
  ]
  const { mergeId } = await merge(one, two, {})
  const all = ['red', 'blue', 'white']
  await call().setOwnValues({ id: one, before: { [colours.id]: ['red', 'blue'] }, values: { [colours.id]: all } })
  await app.transaction((context) => writeSetting(context, ownFieldSetting, { fields: [{ ...tea, removed: true }, fee, colours] }, 3))
  await call().purgeOwnField({ fieldId: tea.id })
  expect((await call().merges({ id: one })).items[0]!.since).toEqual({ fields: [`own:${colours.id}`], rows: [] })
  await call().unmerge({ id: one, mergeId, keepNewer: true })
  const stored = await sql<{ who: string; place: number; word: string }>`
    select customer_id as who, place, word from customers.own_value where customer_id = any(${[one, two]}::uuid[]) order by customer_id <> ${one}::uuid, place`.execute(
    app.db,
  )
  expect(stored.rows.map(({ who, place, word }) => [who === one ? 'Ed' : 'Eddie', place, word])).toEqual([
    ['Ed', 0, 'red'],
    ['Ed', 1, 'blue'],
    ['Ed', 2, 'white'],
    ['Eddie', 0, 'red'],
    ['Eddie', 1, 'blue'],
  ])
})
