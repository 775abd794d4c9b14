import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { derivedId } from '#platform/identifier.ts'
import { writeCsv } from '#platform/tabular/csv-writer.ts'
import { type LabelledRecord, labelledRecords } from '#seeds/labelled-duplicates.ts'
import { qualityOf } from '../../../bench/duplicate-quality.ts'
import { type App, type RefusedCall, startApp } from '../../../test/app.ts'
import { importFile } from '../../../test/import-files.ts'
import { waitForRun } from '../../../test/wait-for-run.ts'
import { api } from './api.ts'
import { blockingKeys, type ComparedFields, compare, duplicateReasons, weightOf } from './domain/duplicates.ts'
import type { DuplicatesFound } from './runs/find-duplicates.ts'
import { compared } from './store/duplicate-lookup.ts'

const record = (fields: Partial<LabelledRecord & Pick<ComparedFields, 'furtherEmails' | 'furtherPhones'>> & { name: string }) =>
  compared({
    id: '',
    kind: 'person',
    company: null,
    gender: null,
    email: null,
    phone: null,
    birthday: null,
    postcode: null,
    city: null,
    address: null,
    furtherEmails: [],
    furtherPhones: [],
    ...fields,
  })
const reasonOf = (a: string, b: string) => compare(record({ name: a }), record({ name: b })).reasons[0]

describe('the rule', () => {
  test.each([
    ['王小明', '王小明', 'same-name'],
    ['劉麗華', '刘丽华', 'same-name'],
    ['王小明', 'Wang Xiaoming', 'same-reading'],
    ['王小明', 'Xiaoming Wang', 'same-reading'],
    ['王伟', '王薇', 'homophone'],
    ['王小明', '李大海', 'other-name'],
    ['Élodie Moreau', 'elodie  MOREAU', 'same-name'],
    ['Anna Keller', 'Keller, Anna', 'swapped-name'],
    ['Anna Keller', 'Anna Kelelr', 'similar-name'],
    ['A. Keller', 'Anna Keller', 'similar-name'],
    ['Anna Keller', 'Bruno Keller', 'other-name'],
    ['Anna Keller', 'Anna Maria Keller', 'similar-name'],
  ])('%s and %s: %s', (a, b, reason) => {
    expect(reasonOf(a, b)).toBe(reason)
    expect(reasonOf(b, a)).toBe(reason)
  })
  test('a household that shares telephone and address is not one person; one who moved is', () => {
    const home = { phone: '0117 496 0123', address: '1 Quay Street', postcode: 'BS1 1AA', city: 'Bristol' }
    expect(
      compare(
        record({ name: 'Anna Keller', birthday: '1990-01-02', ...home }),
        record({ name: 'Bruno Keller', birthday: '1988-05-06', ...home }),
      ).score,
    ).toBeLessThan(8)
    expect(
      compare(
        record({ name: 'Anna Keller', birthday: '1990-01-02', ...home }),
        record({ name: 'Anna Keller', birthday: '1990-01-02', city: 'Leeds' }),
      ).score,
    ).toBeGreaterThan(8)
  })
  test('one address or number in common is enough, whichever of several it is', () => {
    const a = record({ name: 'Anna Keller', email: 'anna@example.com', furtherEmails: ['a.keller@example.org'], phone: '0117 496 0123' })
    const b = record({ name: 'Anna Keller', email: 'A.Keller@example.org', phone: '020 7946 0001', furtherPhones: ['+441174960123'] })
    const c = record({ name: 'Anna Keller', email: 'other@example.org', furtherPhones: ['+44 20 7946 0002'] })
    expect(compare(a, b).reasons).toEqual(compare(b, a).reasons)
    expect(compare(a, b).reasons).toEqual(expect.arrayContaining(['same-email', 'same-phone']))
    expect(compare(a, c).reasons).toEqual(expect.arrayContaining(['other-email', 'other-phone']))
    expect(blockingKeys(a).filter((key) => blockingKeys(b).includes(key) && /^(email|phone):/.test(key))).toHaveLength(2)
  })
  test('what agrees speaks for, what differs against', () => {
    for (const reason of duplicateReasons) {
      if (reason.startsWith('other-')) expect(weightOf(reason), reason).toBeLessThan(0)
      else expect(weightOf(reason), reason).toBeGreaterThan(0)
    }
  })
})

describe('the search', () => {
  let app: App
  beforeAll(async () => {
    app = await startApp({ work: true })
  })
  afterAll(() => app.close())
  const call = () => app.as(api)

  const records = labelledRecords(7, 1500)
  test('finds nine of ten pairs of a labelled set, and nineteen of twenty that it finds are right', async () => {
    const head = ['id', 'name', 'email', 'phone', 'birthday', 'city', 'postcode', 'address']
    const rows = records.map((one) => [one.key, one.name, one.email, one.phone, one.birthday, one.city, one.postcode, one.address])
    await importFile(app, await textOf([head, ...rows]), { importer: 'customers' })
    const { runId } = await call().findDuplicates({})
    const run = await waitForRun(app, runId)
    expect(run.problem).toBeNull()
    expect(run.result as DuplicatesFound).toMatchObject({ customers: records.length })
    const found: [string, string][] = []
    for (let cursor: string | undefined; ; ) {
      const page = await call().duplicatePairs({ limit: 200, ...(cursor ? { cursor } : {}) })
      found.push(...page.items.map(({ one, other }): [string, string] => [one.externalKey!, other.externalKey!]))
      if (page.next === null) break
      cursor = page.next
    }
    const quality = qualityOf(records, found)
    expect(quality.there).toBeGreaterThan(150)
    expect(quality.recall).toBeGreaterThan(0.9)
    expect(quality.precision).toBeGreaterThan(0.95)
  })

  test('a pair that somebody called different is never asked again', async () => {
    const [pair] = (await call().duplicatePairs({ limit: 1 })).items
    await call().decideDuplicate({ id: pair!.other.id, otherId: pair!.one.id, before: 'open', state: 'different' })
    const late = call().decideDuplicate({ id: pair!.one.id, otherId: pair!.other.id, before: 'open', state: 'later' })
    await expect(late).rejects.toMatchObject({ status: 409, reason: 'changed-meanwhile' })
    await waitForRun(app, (await call().findDuplicates({})).runId)
    const open = await call().duplicatePairs({ customerId: pair!.one.id })
    expect(open.items.map(({ other, one }) => [one.id, other.id])).not.toContainEqual([pair!.one.id, pair!.other.id])
    expect((await call().duplicatePairs({ state: 'different' })).items).toHaveLength(1)
    const refused = await call()
      .decideDuplicate({ id: pair!.one.id, otherId: pair!.one.id, before: 'open', state: 'later' })
      .catch((problem: RefusedCall) => problem)
    expect(refused).toMatchObject({ status: 404 })
  })

  test('whoever enters a name, a number or an address sees who is there already', async () => {
    await call().create({ values: { name: '歐陽麗華', phone: '+86 571 8888 1234', email: 'lihua@example.com' } })
    const reasonsFor = async (input: object) => (await call().duplicates(input)).items.map(({ name, reasons }) => [name, reasons[0]])
    expect(await reasonsFor({ name: '欧阳丽华' })).toEqual([['歐陽麗華', 'same-name']])
    expect(await reasonsFor({ name: 'Lihua Ouyang' })).toEqual([['歐陽麗華', 'same-reading']])
    expect(await reasonsFor({ phone: '0571-88881234' })).toEqual([['歐陽麗華', 'same-phone']])
    expect(await reasonsFor({ name: 'Nobody Such' })).toEqual([])
  })

  test('further numbers and addresses count as the main ones do: while somebody types, in a search, and for what a file brings', async () => {
    const wang = await call().create({ values: { name: '王小明', phone: '+86 139 0000 1111', email: 'wang@example.com' } })
    await call().addContactPoint({ id: wang.id, kind: 'phone', value: '+86 10 6552 9988' })
    await call().addContactPoint({ id: wang.id, kind: 'email', value: 'Xiaoming.Wang@example.org' })
    const assistant = await call().addKeyPerson({ id: wang.id, name: 'Assistant' })
    await call().addContactPoint({ id: wang.id, personId: assistant.id, kind: 'phone', value: '+86 10 8520 7777' })
    const found = async (input: object) => (await call().duplicates(input)).items.map(({ name, reasons }) => [name, ...reasons])
    expect(await found({ phone: '010-6552 9988' })).toEqual([['王小明', 'same-phone']])
    expect(await found({ email: 'xiaoming.wang@EXAMPLE.org' })).toEqual([['王小明', 'same-email']])
    expect(await found({ phone: '010-8520 7777' })).toEqual([])

    const other = await call().create({ values: { name: 'Xiaoming Wang', email: 'office@example.net' } })
    await call().addContactPoint({ id: other.id, kind: 'phone', value: '0086 10 6552 9988' })
    await waitForRun(app, (await call().findDuplicates({})).runId)
    const [pair] = (await call().duplicatePairs({ customerId: other.id })).items
    expect(pair?.reasons.slice(0, 2).sort()).toEqual(['same-phone', 'same-reading'])
    expect([pair?.one, pair?.other].find((side) => side?.id === wang.id)?.further?.toSorted()).toEqual([
      '+86 10 6552 9988',
      'Xiaoming.Wang@example.org',
    ])

    await importFile(app, 'id,name,email\nN-9,Wang Xiaoming,xiaoming.wang@example.org\n', { importer: 'customers', source: 'club' })
    const brought = derivedId('customer', 'club', 'N-9')
    for (let tries = 0; tries < 100; tries++) {
      const pairs = (await call().duplicatePairs({ customerId: brought })).items
      if (pairs.length > 0) return expect(pairs.flatMap(({ reasons }) => reasons)).toContain('same-email')
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    throw new Error('Nobody was offered')
  })

  test('a file that brings somebody under another key is in at once, and the pair is offered afterwards', async () => {
    await importFile(app, 'id,name,phone\nN-1,Ouyang Lihua,+86 571 8888 1234\n', { importer: 'customers', source: 'club' })
    for (let tries = 0; tries < 100; tries++) {
      const [pair] = (await call().duplicatePairs({ customerId: derivedId('customer', 'club', 'N-1') })).items
      if (pair) return expect([pair.likely, pair.reasons.slice(0, 2).sort()]).toEqual([true, ['same-phone', 'same-reading']])
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    throw new Error('Nobody was offered')
  })

  test('a file of further ways to reach customers finds who is reached the same way', async () => {
    await importFile(app, 'id,name,email\nR-1,Reach Rowan,rowan@example.net\nR-2,Rowan Reach,\n', { importer: 'customers', source: 'club' })
    await importFile(app, 'customer,kind,value\nR-2,email,rowan@example.net\n', { importer: 'contact-points', source: 'club' })
    for (let tries = 0; tries < 100; tries++) {
      const pairs = (await call().duplicatePairs({ customerId: derivedId('customer', 'club', 'R-2') })).items
      if (pairs.flatMap(({ reasons }) => reasons).includes('same-email')) return
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    throw new Error('Nobody was offered')
  })
})

async function textOf(rows: readonly (readonly (string | null)[])[]): Promise<string> {
  let text = ''
  for await (const piece of writeCsv(rows)) text += piece.toString()
  return text
}
