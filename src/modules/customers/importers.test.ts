import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { derivedId, timeOrderedId } from '#platform/identifier.ts'
import { type App, startApp } from '#test/app.ts'
import { customerImports } from '#test/customer-imports.ts'
import { api } from './api.ts'
import { ensureCustomers, sourceId } from './public.ts'

let app: App
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())
const { importRows, undo, one, nextRun, rejected, forget } = customerImports(() => app)
beforeEach(forget)

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
  expect(rejected().map(({ field, reason }) => [field, reason])).toEqual([
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
