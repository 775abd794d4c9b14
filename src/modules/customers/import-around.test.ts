import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeSetting } from '#modules/organization/public.ts'
import { derivedId } from '#platform/identifier.ts'
import { type App, startApp } from '#test/app.ts'
import { refused } from '#test/erasing.ts'
import { importFile, undoImport } from '#test/import-files.ts'
import { api } from './api.ts'
import { contactSetting } from './settings.ts'

let app: App
beforeAll(async () => {
  app = await startApp({ work: true })
  await app.transaction((context) => writeSetting(context, contactSetting, { country: 'GB' }, 0))
  await importFile(app, 'id,name,email,phone\nA,Ann,ann@example.com,020 7946 0001\nB,Bea,,\n,Cem,cem@example.com,\n', {
    importer: 'customers',
  })
})
afterAll(() => app.close())

const idOf = (key: string) => derivedId('customer', 'shop', key)
const one = (key: string) => app.as(api).one({ id: idOf(key) })
const found = async (q: string) => (await app.as(api).search({ q })).items.map(({ name }) => name)
const points = async (key: string) =>
  (await app.as(api).contactPoints({ id: idOf(key) })).items
    .filter((point) => point.id !== null)
    .map(({ kind, value, label }) => [kind, value, label])

test('a file brings key persons; the same again changes nothing, what somebody noted stays, and undoing takes away what nobody has touched', async () => {
  const complete = (await one('A')).completeness.groups.keyPersons
  const file =
    'Customer ID,Name,Position,Part in decisions,Birthday\nA,Lin Wei,buyer,决策,1980-05-21\ncem@example.com,Pat Payer,,pays,\nX,Nobody,,,\nB,Ann Onym,,wizard,\nB,Bo,,,\n'
  const done = await importFile(app, file, { importer: 'key-persons' })
  expect(done.outcome).toMatchObject({ counts: { new: 3, unchanged: 0, conflicting: 0 }, rejected: 2 })
  expect(done.outcome!.problems.map(({ field, reason }) => [field, reason])).toEqual([
    ['decides', 'unknown-choice'],
    ['customer', 'no-such-customer'],
  ])
  const ann = await one('A')
  expect(ann.keyPersons).toMatchObject([{ name: 'Lin Wei', role: 'buyer', decides: 'decides', birthday: '1980-05-21', version: 1 }])
  expect([complete, ann.completeness.groups.keyPersons]).toEqual([0, 100])
  expect((await one('email:cem@example.com')).keyPersons).toMatchObject([{ name: 'Pat Payer', decides: 'pays' }])
  expect(await found('Lin Wei')).toEqual(['Ann'])
  expect((await app.as(api).changes({ id: ann.id })).items[0]).toMatchObject({
    field: 'keyPerson',
    after: { name: 'Lin Wei' },
    runId: done.id,
  })

  expect((await importFile(app, file, { importer: 'key-persons' })).outcome!.counts).toMatchObject({ new: 0, unchanged: 3 })
  const [person] = (await one('B')).keyPersons
  await app.as(api).changeKeyPerson({ id: idOf('B'), personId: person!.id, version: 1, role: 'friend' })
  const other = await importFile(app, 'Customer ID,Name,Position\nB,Bo,enemy\n', { importer: 'key-persons' })
  expect(other.outcome!.counts).toEqual({ new: 0, unchanged: 0, conflicting: 1 })
  expect((await one('B')).keyPersons[0]!.role).toBe('friend')

  const { undo } = await undoImport(app, done.id)
  expect(undo).toMatchObject({ counts: { removed: 2 }, left: [{ id: idOf('B'), name: 'Bea' }], leftCount: 1 })
  expect([(await one('A')).keyPersons, (await one('A')).completeness.groups.keyPersons]).toEqual([[], 0])
  expect(await found('Lin Wei')).toEqual([])
})

test('a file brings further ways to reach customers, none that is there already, and they are found by them', async () => {
  const file =
    'customer,kind,value,label\nA,E-Mail,ann@example.org,office\nA,phone,+44 20 7946 0001,\nA,電話,020 7946 0002,\nA,email,nonsense,\nB,fax,1,\n'
  const done = await importFile(app, file, { importer: 'contact-points' })
  expect(done.outcome).toMatchObject({ counts: { new: 2, unchanged: 1 }, rejected: 2 })
  expect(await points('A')).toEqual([
    ['email', 'ann@example.org', 'office'],
    ['phone', '020 7946 0002', null],
  ])
  expect(await found('ann@example.org')).toEqual(['Ann'])
  expect((await importFile(app, file, { importer: 'contact-points' })).outcome!.counts).toMatchObject({ new: 0, unchanged: 3 })
  await undoImport(app, done.id)
  expect(await points('A')).toEqual([])
  expect(await found('ann@example.org')).toEqual([])
})

test('a file brings competitors that customers use', async () => {
  const done = await importFile(app, 'customer,competitor,share\nA,Rival Foods,30\nA,Other,130\n', { importer: 'used-competitors' })
  expect(done.outcome).toMatchObject({ counts: { new: 1 }, rejected: 1 })
  expect((await one('A')).usedCompetitors).toMatchObject([{ name: 'Rival Foods', sharePercent: 30 }])
  await undoImport(app, done.id)
  expect((await one('A')).usedCompetitors).toEqual([])
})

test('a file brings no more ways to reach a customer than one may note by hand; those beyond are rejected, and the rest stays', async () => {
  const there = (await points('B')).length
  const lines = Array.from({ length: 52 }, (_, i) => `B,email,b${i}@example.com`)
  const done = await importFile(app, `Customer ID,Kind,Value\n${lines.join('\n')}\nA,email,ann-at-work@example.com\n`, {
    importer: 'contact-points',
  })
  expect(done.outcome).toMatchObject({ counts: { new: 51 - there, unchanged: 0, conflicting: 0 }, rejected: 2 + there })
  expect(done.outcome!.problems[0]).toMatchObject({ reason: 'no-more-contact-points' })
  expect(await points('B')).toHaveLength(50)
  expect(await refused(app.as(api).addContactPoint({ id: idOf('B'), kind: 'email', value: 'more@example.com' }))).toMatchObject({
    reason: 'too-many-contact-points',
  })
  await undoImport(app, done.id)
  expect(await points('B')).toHaveLength(there)
})
