import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { writeSetting } from '#modules/organization/public.ts'
import { derivedId, timeOrderedId } from '#platform/identifier.ts'
import type { ImportRow, ImportRows, Reject, StreamJob, UndoJob } from '#platform/imports/importer.ts'
import type { RunView } from '#platform/runs/run-kind.ts'
import { type App, startApp } from '#test/app.ts'
import { api } from './api.ts'
import { customersImporter } from './importers.ts'
import { ensureCustomers, mayContact, sourceId } from './public.ts'
import { ownFieldSetting } from './settings.ts'

let app: App
let rejects: Omit<Reject, 'line'>[] = []
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())
beforeEach(() => {
  rejects = []
})

type Cells = Readonly<Record<string, string>>

/** The engine's part of an import, over rows that are already read. */
async function importRows(
  runId: string,
  table: readonly Cells[],
  options: { dryRun?: boolean; precedence?: string; source?: string } = {},
) {
  const rowOf = (cells: Cells, index: number): ImportRow => {
    let rejected = false
    const text = (field: string) => cells[field] ?? null
    return {
      line: index + 2,
      get rejected() {
        return rejected
      },
      has: (field) => field in cells,
      text,
      number: text,
      day: text,
      moment: () => null,
      flag: (field) => (cells[field] === undefined ? null : cells[field] === 'yes'),
      email: text,
      phone: text,
      reject(field, reason, detail) {
        if (!rejected) rejects.push({ field, reason, detail })
        rejected = true
      },
    }
  }
  const rehearse: StreamJob['rehearse'] = async (work) => {
    let result: Awaited<ReturnType<typeof work>> | undefined
    await app
      .transaction(async (context) => {
        result = await work(context)
        throw new Error('taken back')
      })
      .catch((error: Error) => {
        if (error.message !== 'taken back') throw error
      })
    return result!
  }
  const job = {
    runId,
    requestedBy: 'importer',
    source: options.source ?? 'shop',
    dryRun: options.dryRun ?? false,
    options: { precedence: options.precedence ?? 'hand' },
    has: () => true,
    mapped: [...new Set(table.flatMap((cells) => Object.keys(cells)))],
    database: app.database,
    now: () => app.now,
    position: null,
    progress: async () => {},
    async read(onRows: (rows: ImportRows) => void | Promise<void>) {
      const rows = table.map(rowOf)
      await onRows({ batch: { count: rows.length }, column: () => 0, row: (i: number) => rows[i]! } as unknown as ImportRows)
      return { rows: table.length }
    },
    rejects: { count: 0, first: [], addLine: (reject: Reject) => rejects.push(reject), keep: async () => {} },
    step: (_: unknown, work: Parameters<StreamJob['step']>[1]) => app.transaction(work),
    rehearse,
  }
  return (await customersImporter.work(job as unknown as StreamJob)).counts
}

const undo = (runId: string) => {
  const job = {
    runId: timeOrderedId(app.now),
    requestedBy: 'undoer',
    of: { id: runId } as RunView,
    position: null,
    progress: async () => {},
    step: (_: unknown, work: Parameters<UndoJob['step']>[1]) => app.transaction(work),
  }
  return customersImporter.undo!(job as unknown as UndoJob)
}
const one = (key: string, source = 'shop') => app.as(api).one({ id: derivedId('customer', source, key) })
const nextRun = () => timeOrderedId(app.now)

test('new customers are in, found, in the book, and known by what the source says', async () => {
  const counts = await importRows(nextRun(), [
    { id: 'N1', name: '張美麗', email: 'mei@example.com', city: '台北', tags: 'tea；vip' },
    { id: 'N2', givenName: 'Ann', familyName: 'Baker', kind: '個人' },
    { email: 'Only.Mail@example.com' },
  ])
  expect(counts).toMatchObject({ new: 3, changed: 0, unchanged: 0, conflicting: 0 })
  expect((await one('N1')).values).toMatchObject({ name: '張美麗', city: '台北', tags: ['tea', 'vip'], kind: 'person' })
  expect((await one('N1')).sources).toMatchObject([{ source: 'shop', externalKey: 'N1' }])
  expect((await one('N2')).values.name).toBe('Ann Baker')
  expect((await one('email:only.mail@example.com')).values.name).toBe('Only.Mail@example.com')
  expect((await app.as(api).search({ q: 'zhangmeili' })).items.map(({ name }) => name)).toEqual(['張美麗'])
  expect((await app.as(api).list({ q: '美丽', sort: 'lifetime-value' })).items).toHaveLength(1)
})

test('importing the same rows again changes nothing, a dry run neither', async () => {
  const rows = [
    { id: 'S1', name: 'Same One', city: 'Lyon' },
    { id: 'S2', name: 'Same Two', tags: 'a' },
  ]
  expect(await importRows(nextRun(), rows, { dryRun: true })).toMatchObject({ new: 2 })
  expect(await importRows(nextRun(), rows)).toMatchObject({ new: 2 })
  const before = await one('S2')
  expect(await importRows(nextRun(), rows)).toEqual({ new: 0, changed: 0, unchanged: 2, conflicting: 0 })
  expect(await importRows(nextRun(), [{ id: 'S2', name: 'Changed' }], { dryRun: true })).toMatchObject({ changed: 1 })
  expect(await one('S2')).toEqual(before)
})

test('what was set by hand wins, and the source’s word is shown beside it; the mapping may say otherwise', async () => {
  await importRows(nextRun(), [{ id: 'H1', name: 'Hand Case', city: 'Paris', phone: '0123456789' }])
  const there = await one('H1')
  await app.as(api).change({ id: there.id, version: there.version, values: { city: 'Nice' } })
  expect(await importRows(nextRun(), [{ id: 'H1', name: 'Hand Case', city: 'Lille', phone: '0999999999' }])).toMatchObject({
    changed: 1,
    conflicting: 1,
  })
  const kept = await one('H1')
  expect(kept.values).toMatchObject({ city: 'Nice', phone: '0999999999' })
  expect(kept.differences).toEqual([{ field: 'city', source: 'shop', says: 'Lille' }])
  await importRows(nextRun(), [{ id: 'H1', city: 'Lille' }], { precedence: 'source' })
  expect((await one('H1')).values.city).toBe('Lille')
})

test('a row without anything to find it by, or of an unknown kind, is rejected with its reason', async () => {
  const counts = await importRows(nextRun(), [{ name: 'Nobody' }, { id: 'K1', kind: 'alien' }, { id: 'K2', kind: '公司' }])
  expect(counts).toMatchObject({ new: 1 })
  expect(rejects.map(({ field, reason }) => [field, reason])).toEqual([
    [null, 'no-key'],
    ['kind', 'unknown-kind'],
  ])
})

test('an import is undone: what it made goes, what it changed comes back, what was touched since stays and is named', async () => {
  await importRows(nextRun(), [
    { id: 'U1', name: 'Undo One', city: 'Old' },
    { id: 'U2', name: 'Undo Two', city: 'Old' },
  ])
  const run = nextRun()
  await importRows(run, [
    { id: 'U1', name: 'Undo One', city: 'New' },
    { id: 'U2', name: 'Undo Two', city: 'New', phone: '0700000000' },
    { id: 'U3', name: 'Undo Three' },
    { id: 'U4', name: 'Undo Four' },
  ])
  const [two, four] = [await one('U2'), await one('U4')]
  await app.as(api).change({ id: two.id, version: two.version, values: { city: 'Newest' } })
  await app.as(api).logInteraction({ id: four.id, channel: 'call', direction: 'in', stage: 'before', summary: 'asked for a price' })
  const outcome = await undo(run)
  expect(outcome.counts).toEqual({ removed: 1, restored: 2 })
  expect(outcome.left.map(({ name }) => name).sort()).toEqual(['Undo Four', 'Undo Two'])
  expect((await one('U1')).values.city).toBe('Old')
  expect((await one('U2')).values).toMatchObject({ city: 'Newest', phone: null })
  await expect(one('U3')).rejects.toMatchObject({ status: 404 })
  expect((await app.as(api).search({ q: 'undo three' })).items).toEqual([])
  expect((await one('U4')).values.name).toBe('Undo Four')
})

test('undoing an import gives the source its former words back, also where the archive did not follow them', async () => {
  const source = 'records'
  const said = async (key: string) => {
    const { rows } = await sql<{ fields: object }>`
      select fields from customers.source_record where customer_id = ${derivedId('customer', source, key)}::uuid order by external_key`.execute(
      app.db,
    )
    return rows.map(({ fields }) => fields)
  }
  const first = { name: 'Source Words', city: 'Paris' }
  await importRows(nextRun(), [{ id: 'R1', ...first }], { source })
  const there = await one('R1', source)
  await app.as(api).change({ id: there.id, version: there.version, values: { city: 'Nice' } })
  const [second, third] = [nextRun(), timeOrderedId(new Date(app.now.getTime() + 1))]
  await importRows(second, [{ id: 'R1', name: 'Source Words', city: 'Lille' }], { source })
  await importRows(third, [{ id: 'R1', name: 'Source Words', city: 'Metz' }], { source })
  expect((await one('R1', source)).differences).toEqual([{ field: 'city', source, says: 'Metz' }])
  // The older run first: what came since stays, and knows then what was before both.
  await undo(second)
  expect(await said('R1')).toEqual([{ name: 'Source Words', city: 'Metz' }])
  await undo(third)
  expect(await said('R1')).toEqual([first])
  expect((await one('R1', source)).differences).toEqual([{ field: 'city', source, says: 'Paris' }])

  // Somebody whom only orders had named has no words before; none are left after.
  await app.transaction(async (context) =>
    ensureCustomers(context.db, {
      source,
      sourceId: await sourceId(context.db, source),
      keys: ['R2'],
      runId: null,
      by: 'tester',
      now: app.now,
    }),
  )
  const named = timeOrderedId(new Date(app.now.getTime() + 2))
  await importRows(named, [{ id: 'R2', name: 'Named Later' }], { source })
  expect(await said('R2')).toEqual([{ name: 'Named Later' }])
  await undo(named)
  expect(await said('R2')).toEqual([])
  expect((await one('R2', source)).values.name).toBe('R2')
  const { rows } = await sql`select from customers.source_record_before where run_id = any(${[second, third, named]}::uuid[])`.execute(
    app.db,
  )
  expect(rows).toEqual([])
})

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
  expect(further.map(({ synonyms, kind }) => [synonyms, kind])).toEqual([
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
  expect(rejects.map(({ field, reason }) => [field, reason])).toEqual([
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
  const run = nextRun()
  await importRows(
    run,
    ['S1', 'S2'].map((id) => ({ id, name: `Since ${id}`, mayEmail: 'yes' })),
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
  await app.transaction((context) => writeSetting(context, ownFieldSetting, { fields: [grade] }, 1))
  const [column = ''] = (await customersImporter.furtherFields!(app.db)).map(({ name }) => name)
  await importRows(nextRun(), [
    { id: 'Q1', city: 'Bath' },
    { id: 'Q2', name: 'Lacks It' },
    { id: 'Q3', name: 'Has It', [column]: 'A' },
  ])
  expect(rejects).toEqual([expect.objectContaining({ line: 3, field: column, reason: 'required' })])
  expect((await one('Q1')).values.city).toBe('Bath')
  expect((await app.as(api).ownValues({ id: (await one('Q3')).id })).values).toEqual({ [grade.id]: 'A' })
  expect((await app.as(api).list({ q: 'Lacks', sort: 'name' })).items).toEqual([])
})
