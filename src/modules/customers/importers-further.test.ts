import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { writeSetting } from '#modules/organization/public.ts'
import { type App, startApp } from '#test/app.ts'
import { customerImports } from '#test/customer-imports.ts'
import { api } from './api.ts'
import { customersImporter } from './importers.ts'
import { mayContact } from './public.ts'
import { ownFieldSetting } from './settings.ts'

let app: App
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())
const { importRows, undo, one, nextRun, rejected, forget } = customerImports(() => app)
beforeEach(forget)

test('a file brings roles, traits, consents and own fields; undoing takes them back, but a withdrawal that was heard stays', async () => {
  const names = (en: string) => ({ en, 'zh-CN': '', 'zh-TW': '' })
  const colour = {
    id: '0198c0de-0000-7000-8000-00000000c010',
    names: names('Colour'),
    type: 'choice' as const,
    required: false,
    inList: true,
    choices: [{ key: 'red', names: names('Crimson') }],
    removed: false,
  }
  const fee = { ...colour, id: '0198c0de-0000-7000-8000-00000000fee0', names: names('Fee'), type: 'money' as const, choices: [] }
  await app.transaction((context) => writeSetting(context, ownFieldSetting, { fields: [colour, fee] }, 0))
  const further = await customersImporter.furtherFields!(app.db)
  const [colourColumn = '', feeColumn = ''] = further.map(({ name }) => name)
  expect(further.slice(0, 2).map(({ synonyms, kind }) => [synonyms, kind])).toEqual([
    [['Colour'], 'text'],
    [['Fee'], 'amount'],
  ])
  const may = async (key: string) => mayContact(app.db, (await one(key)).id, 'marketing', 'email')
  const own = async (key: string) => (await app.as(api).ownValues({ id: (await one(key)).id })).values
  await importRows(nextRun(), [
    { id: 'W1', name: 'Well One' },
    { id: 'W2', name: 'Well Two', mayEmail: 'yes', [feeColumn]: '1.5' },
  ])
  const run = nextRun()
  await importRows(run, [
    { id: 'W1', role: '经销商', traits: 'calm; quick', mayEmail: 'yes', [colourColumn]: 'crimson' },
    { id: 'W2', mayEmail: 'no', [feeColumn]: '12.34' },
    { id: 'W3', name: 'Well Three', [colourColumn]: 'green' },
    { id: 'W4', name: 'Well Four', phase: 'later' },
  ])
  expect(rejected().map(({ field, reason }) => [field, reason])).toEqual([
    ['phase', 'unknown-choice'],
    [colourColumn, 'unknown-choice'],
  ])
  expect((await one('W1')).values).toMatchObject({ role: 'dealer', traits: ['calm', 'quick'] })
  expect([await may('W1'), await may('W2')]).toEqual([true, false])
  expect([await own('W1'), await own('W2')]).toEqual([{ [colour.id]: 'red' }, { [fee.id]: 1234 }])
  expect((await app.as(api).list({ q: 'Well', sort: 'name' })).items.map(({ name }) => name)).toEqual(['Well Two'])
  await undo(run)
  expect((await one('W1')).values).toMatchObject({ role: 'customer', traits: [] })
  expect([await may('W1'), await may('W2')]).toEqual([false, false])
  expect([await own('W1'), await own('W2')]).toEqual([{}, { [fee.id]: 150 }])
  expect((await app.as(api).list({ q: 'Well', sort: 'lifetime-value' })).items).toHaveLength(2)

  // What a person set stays, unless the file is to win.
  const { id } = await one('W2')
  app.now = new Date(app.now.getTime() + 1000)
  await app.as(api).setOwnValues({ id, before: { [fee.id]: 150 }, values: { [fee.id]: 99 } })
  await importRows(nextRun(), [{ id: 'W2', [feeColumn]: '7' }])
  expect(await own('W2')).toEqual({ [fee.id]: 99 })
  await importRows(nextRun(), [{ id: 'W2', [feeColumn]: '7' }], { precedence: 'source' })
  expect(await own('W2')).toEqual({ [fee.id]: 700 })
})

test('a file brings long texts and links; what is no address of a page is rejected with its reason', async () => {
  const field = (type: 'long' | 'link') => ({
    id: `0198c0de-0000-7000-8000-0000000${type === 'long' ? '10a60' : '11a4c'}`,
    names: { en: type, 'zh-CN': '', 'zh-TW': '' },
    type,
    required: false,
    inList: true,
    choices: [],
    removed: false,
  })
  const fields = [field('long'), field('link')]
  await app.transaction((context) => writeSetting(context, ownFieldSetting, { fields }, 1))
  const [story = '', page = ''] = (await customersImporter.furtherFields!(app.db)).map(({ name }) => name)
  await importRows(nextRun(), [
    { id: 'L1', name: 'Long One', [story]: 'two\nlines', [page]: 'www.example.com/tea' },
    { id: 'L2', name: 'Long Two', [page]: 'javascript:alert(1)' },
  ])
  expect(rejected().map((one) => [one.field, one.reason])).toEqual([[page, 'not-a-link']])
  expect((await app.as(api).ownValues({ id: (await one('L1')).id })).values).toEqual({
    [fields[0]!.id]: 'two\nlines',
    [fields[1]!.id]: 'https://www.example.com/tea',
  })
})

test('a file says for which purpose and by which channel, recognised by its headers in three languages; it overrules no withdrawal', async () => {
  const further = await customersImporter.furtherFields!(app.db)
  const named = (header: string) => further.find(({ synonyms }) => synonyms.includes(header))?.name
  expect(['Surveys E-mail', 'Phone Surveys consent', '调查短信', '問卷調查電子郵件', '同意问卷'].map(named)).toEqual([
    'consent.surveys.email',
    'consent.surveys.phone',
    'consent.surveys.message',
    'consent.surveys.email',
    undefined,
  ])
  // The first purpose has its own columns, but for the channel that these leave out.
  expect(further.map(({ name }) => name).filter((name) => name.startsWith('consent.marketing'))).toEqual(['consent.marketing.chat'])
  expect(further.find(({ name }) => name === 'consent.surveys.chat')?.label).toEqual({
    en: 'May be addressed: Surveys by Messenger',
    'zh-CN': '可否联系：调查（即时通讯）',
    'zh-TW': '可否聯絡：問卷調查（即時通訊）',
  })
  const row = {
    id: 'P1',
    name: 'Purpose Pia',
    mayEmail: 'yes',
    'consent.surveys.email': 'no',
    'consent.service.phone': 'yes',
    'consent.gone.email': 'yes',
  }
  await importRows(nextRun(), [row])
  const { id } = await one('P1')
  const said = async () =>
    (await app.as(api).consents({ id })).ledger.map(({ purpose, channel, given }) => `${purpose} ${channel} ${given}`).toSorted()
  const first = ['marketing email true', 'service phone true', 'surveys email false']
  expect(await said()).toEqual(first)
  const may = async (purpose: string, channel: 'email' | 'phone') => mayContact(app.db, id, purpose, channel)
  expect([await may('surveys', 'email'), await may('surveys', 'phone'), await may('service', 'phone')]).toEqual([false, true, true])
  app.now = new Date(app.now.getTime() + 60_000)
  await app.as(api).noteConsent({ id, purpose: 'service', channel: 'phone', given: false, origin: 'phone' })
  app.now = new Date(app.now.getTime() + 60_000)
  await importRows(nextRun(), [row], { precedence: 'source' })
  expect(await said()).toEqual([...first, 'service phone false'].toSorted())
  expect(await may('service', 'phone')).toBe(false)
})

test('a withdrawal stays withdrawn, however often the file says yes, and the same word is no news', async () => {
  const file = (mayEmail: 'yes' | 'no', options: { precedence?: string } = {}) => {
    app.now = new Date(app.now.getTime() + 60_000)
    return importRows(nextRun(), [{ id: 'Y1', name: 'Yes Man', mayEmail }], options)
  }
  const say = async (given: boolean) => {
    app.now = new Date(app.now.getTime() + 60_000)
    await app.as(api).noteConsent({ id: (await one('Y1')).id, purpose: 'marketing', channel: 'email', given, origin: 'phone' })
  }
  const may = async () => mayContact(app.db, (await one('Y1')).id, 'marketing', 'email')
  const entries = async () => (await app.as(api).consents({ id: (await one('Y1')).id })).ledger.length

  await file('yes')
  expect(await may()).toBe(true)
  await say(false)
  // Neither the same file again, nor one that wins elsewhere answers for the customer.
  await file('yes')
  await file('yes', { precedence: 'source' })
  expect([await may(), await entries()]).toEqual([false, 2])
  // A no that comes late does not make the withdrawal one of the file's.
  await file('no')
  await file('yes')
  expect([await may(), await entries()]).toEqual([false, 2])
  await say(true)
  await file('yes')
  expect([await may(), await entries()]).toEqual([true, 3])

  // What the source itself took back, it may give again; and its no counts as often as it is new.
  await file('no')
  expect(await may()).toBe(false)
  await file('yes')
  expect([await may(), await entries()]).toEqual([true, 5])
  const { rows } = await sql<{ given: number; withdrawn: number }>`
    select (payload ->> 'given')::int as given, (payload ->> 'withdrawn')::int as withdrawn from platform.fact
    where name = 'customers.consents-imported' order by id desc limit 2`.execute(app.db)
  expect(rows).toEqual([
    { given: 1, withdrawn: 0 },
    { given: 0, withdrawn: 1 },
  ])
})

test('undoing an import leaves a consent that the customer has given themselves since', async () => {
  const people = ['S1', 'S2'].map((id) => ({ id, name: `Since ${id}` }))
  await importRows(nextRun(), people)
  const run = nextRun()
  await importRows(
    run,
    people.map((person) => ({ ...person, mayEmail: 'yes' })),
  )
  app.now = new Date(app.now.getTime() + 60_000)
  const { id } = await one('S1')
  await app.as(api).noteConsent({ id, purpose: 'marketing', channel: 'email', given: true, origin: 'paper' })
  app.now = new Date(app.now.getTime() + 60_000)
  await undo(run)
  const may = async (key: string) => mayContact(app.db, (await one(key)).id, 'marketing', 'email')
  expect([await may('S1'), await may('S2')]).toEqual([true, false])
})

test('of two rows about one customer the later counts; an import that was undone may come again', async () => {
  const run = nextRun()
  const rows = [
    { id: 'Y2', name: 'Twice Told', mayEmail: 'no' },
    { id: 'Y2', mayEmail: 'yes' },
  ]
  const may = async () => mayContact(app.db, (await one('Y2')).id, 'marketing', 'email')
  await importRows(nextRun(), [{ id: 'Y2', name: 'Twice Told' }])
  await importRows(run, rows)
  expect(await may()).toBe(true)
  app.now = new Date(app.now.getTime() + 60_000)
  await undo(run)
  expect(await may()).toBe(false)
  app.now = new Date(app.now.getTime() + 60_000)
  await importRows(nextRun(), rows)
  expect(await may()).toBe(true)
})

test('a new customer without an own field that has to be filled in is rejected with line, field and reason; who is there already is not', async () => {
  const grade = {
    id: '0198c0de-0000-7000-8000-0000000064ad',
    names: { en: 'Grade', 'zh-CN': '', 'zh-TW': '' },
    type: 'text' as const,
    required: true,
    inList: false,
    choices: [],
    removed: false,
  }
  await importRows(nextRun(), [{ id: 'Q1', name: 'There Before' }])
  await app.transaction((context) => writeSetting(context, ownFieldSetting, { fields: [grade] }, 2))
  const [column = ''] = (await customersImporter.furtherFields!(app.db)).map(({ name }) => name)
  await importRows(nextRun(), [
    { id: 'Q1', city: 'Bath' },
    { id: 'Q2', name: 'Lacks It' },
    { id: 'Q3', name: 'Has It', [column]: 'A' },
  ])
  expect(rejected()).toEqual([expect.objectContaining({ line: 3, field: column, reason: 'required' })])
  expect((await one('Q1')).values.city).toBe('Bath')
  expect((await app.as(api).ownValues({ id: (await one('Q3')).id })).values).toEqual({ [grade.id]: 'A' })
  expect((await app.as(api).list({ q: 'Lacks', sort: 'name' })).items).toEqual([])
})
