import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { organizationProfile, writeSetting } from '#modules/organization/public.ts'
import { importsApi } from '#platform/imports/api.ts'
import { type App, everybody, startApp } from '#test/app.ts'
import { colleague } from '#test/colleague.ts'
import { furtherArchive } from './actions/export-archive.ts'
import { api } from './api.ts'
import { type ArchiveField, customerRoles, expectationLevels, priceSensitivities, relationPhases } from './domain/archive.ts'
import { wordOf } from './domain/choice-words.ts'
import { likedChannels } from './domain/contact-ways.ts'
import { ownFieldSetting } from './settings.ts'
import en from './texts/en.json' with { type: 'json' }
import simplified from './texts/zh-CN.json' with { type: 'json' }
import traditional from './texts/zh-TW.json' with { type: 'json' }

let app: App
let id = ''
const languages = ['en', 'zh-CN', 'zh-TW'] as const
const colour = {
  id: '0198c0de-0000-7000-8000-00000000c010',
  names: { en: 'Colour', 'zh-CN': '颜色', 'zh-TW': '' },
  type: 'choice' as const,
  required: false,
  inList: false,
  choices: [{ key: 'red', names: { en: 'Crimson', 'zh-CN': '红', 'zh-TW': '' } }],
  removed: false,
}
const known = {
  givenName: 'Mei',
  familyName: 'Lin',
  gender: 'female',
  birthday: '1990-05-21',
  language: 'zh-CN',
  address: '1 Lake Road',
  country: 'China',
  postcode: '310000',
  occupation: 'teacher',
  incomeBand: '10-20k',
  interests: 'tea',
  education: 'university',
  maritalStatus: 'married',
  preferredChannel: 'email',
  industry: 'food',
  companySize: '50',
  website: 'https://example.com',
  foundHow: 'a friend',
  traits: ['calm', 'quick'],
  traitNote: 'Decides alone',
  priceSensitivity: 'low',
  purchaseExperience: 'long',
  targetMarket: 'homes',
  expectationBefore: '4',
  expectationDuring: '5',
  expectationAfter: '1',
  note: 'Calls on Mondays',
} as const satisfies Record<(typeof furtherArchive)[number], unknown>

beforeAll(async () => {
  app = await startApp({ now: new Date('2026-03-31T20:30:15Z') })
  const profile = { name: 'Tea', currency: 'CNY', timeZone: 'Asia/Shanghai', locale: 'zh-CN' as const }
  await app.transaction(async (context) => {
    await writeSetting(context, organizationProfile, profile, 0)
    await writeSetting(context, ownFieldSetting, { fields: [colour] }, 0)
  })
  const values = { ...known, traits: [...known.traits], name: 'Mei Lin' }
  id = (await app.as(api).create({ values })).id
  await app.as(api).setOwnValues({ id, before: {}, values: { [colour.id]: 'red' } })
})
afterAll(() => app.close())

async function table(address: string, actor = everybody) {
  const answer = await app.request(address, {}, actor)
  expect(answer.status).toBe(200)
  return (await answer.text())
    .replace('\ufeff', '')
    .trim()
    .split('\r\n')
    .map((line) => line.split(','))
}

describe('a file of customers', () => {
  test('holds every field of the archive where nobody chooses columns, in words that an import reads again', async () => {
    for (const language of languages) {
      const answer = await app.request(`/api/v1/customers/export?format=csv&q=Mei&language=${language}`)
      const uploaded = await app.request('/api/v1/import-files?fileName=customers.csv', {
        method: 'POST',
        body: await answer.arrayBuffer(),
      })
      const found = await app.as(importsApi).inspect({ fileId: ((await uploaded.json()) as { id: string }).id, importer: 'customers' })
      const words = { en, 'zh-CN': simplified, 'zh-TW': traditional }[language]
      for (const field of furtherArchive)
        expect([language, field, found.headers[found.suggested.columns[field] ?? -1]]).toEqual([language, field, words.field[field]])
    }
  })

  test('says choices in words that an import understands', () => {
    for (const words of [en, simplified, traditional]) {
      const all: readonly (readonly [ArchiveField, readonly string[], Readonly<Record<string, string>>])[] = [
        ['role', customerRoles, words.role],
        ['phase', relationPhases, words.phase],
        ['preferredChannel', likedChannels, words.likedChannel],
        ['priceSensitivity', priceSensitivities, words.sensitivity],
        ['expectationBefore', expectationLevels, words.expectation],
      ]
      for (const [field, choices, said] of all)
        for (const choice of choices) expect([field, said[choice], wordOf(field, said[choice]!)]).toEqual([field, said[choice], choice])
    }
  })

  test('holds the columns that are chosen and no other, own fields only where they are among them', async () => {
    const address = (columns: string) => `/api/v1/customers/export?format=csv&q=Mei&language=en&columns=${columns}`
    expect(await table(address('name,birthday,priceSensitivity'))).toEqual([
      ['Name', 'Birthday', 'Price sensitivity'],
      ['Mei Lin', '1990-05-21', 'Low'],
    ])
    expect(await table(address(`name,own:${colour.id}`))).toEqual([
      ['Name', 'Colour'],
      ['Mei Lin', 'Crimson'],
    ])
    expect(await table(address(`name,own:${colour.id}&headings=keys`))).toEqual([
      ['name', `own:${colour.id}`],
      ['Mei Lin', 'red'],
    ])
  })

  test('holds no contact data for whoever may not see it', async () => {
    const blind = { ...everybody, id: 'blind', can: (permission: string) => permission !== 'customers.read-personal' }
    const rows = await table('/api/v1/customers/export?format=csv&q=Mei&columns=name,birthday,address,postcode,education', blind)
    expect(rows[1]).toEqual(['Mei Lin', '', '', '', 'university'])
  })
})

test('the changes of a month say fields, values and people in words, and times in the organization’s zone', async () => {
  const anna = await colleague(app, 'Anna')
  const { version } = await app.as(api).one({ id })
  await app.as(api, anna).change({ id, version, values: { ownerId: anna.id, priceSensitivity: 'high' } })
  await app.as(api, anna).setProfiling({ id, profiling: false })
  await app.as(api, anna).setOwnValues({ id, before: { [colour.id]: 'red' }, values: { [colour.id]: null } })
  await sql`update customers.change set changed_at = '2026-03-31T20:30:15Z'`.execute(app.db)
  const rows = await table('/api/v1/customer-changes/export?month=2026-04&format=csv&language=en')
  expect(rows[0]).toEqual(['When (Asia/Shanghai)', 'Name', 'Key', 'Field', 'Before', 'After', 'By'])
  const of = (field: string) => rows.filter((row) => row[3] === field && row[6] === 'Anna').map((row) => row.slice(4, 6))
  expect(of('Looked after by')).toEqual([['', 'Anna']])
  expect(of('Price sensitivity')).toEqual([['Low', 'High']])
  expect(of('Profiling')).toEqual([['Yes', 'No']])
  expect(of('Colour')).toEqual([['Crimson', '']])
  expect(rows[1]![0]).toBe('2026-04-01 04:30:15')
  const keys = await table('/api/v1/customer-changes/export?month=2026-04&format=csv&headings=keys')
  expect(keys[0]).toEqual(['changedAt', 'customer', 'customerId', 'field', 'before', 'after', 'changedBy'])
  expect(keys.find((row) => row[3] === 'ownerId')).toEqual(['2026-03-31T20:30:15.000Z', 'Mei Lin', id, 'ownerId', '', anna.id, anna.id])
  expect((await table('/api/v1/customer-changes/export?month=2026-04&format=csv'))[0]![3]).toBe(simplified.change.field)
})
