import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import { ordersApi } from '#modules/orders/api.ts'
import { valueApi } from '#modules/value/api.ts'
import { importsApi } from '#platform/imports/api.ts'
import { replayErasures } from '#platform/subject/erasure.ts'
import { brokenEntries, type ErasureEntry, erasureEntries } from '#platform/subject/erasure-log.ts'
import { subjectTables } from '#platform/subject/subject.ts'
import { openZip } from '#platform/tabular/zip-reader.ts'
import { readCatalog } from '../scripts/catalog.ts'
import { modules } from '../src/modules.ts'
import { type App, everybody, startApp } from './app.ts'
import { caseAt, sendCaseFile } from './case-at.ts'
import { netOf, refused, second } from './erasing.ts'
import { importFile } from './import-files.ts'
import { waitForRun } from './wait-for-run.ts'

let app: App
beforeAll(async () => {
  app = await startApp({ work: true, now: new Date('2026-03-01T12:00:00Z') })
})
afterAll(() => app.close())
const call = () => app.as(customersApi)

test('every column of every table about customers is exported or left out for a reason, and its key is its key', async () => {
  const catalog = await readCatalog(app.db)
  const declared = new Map(subjectTables({ modules }).map((table) => [table.table as string, table]))
  const { rows: keys } = await sql<{ name: string; columns: string[] }>`
    select c.conrelid::regclass::text as name, array_agg(a.attname::text order by x.n) as columns from pg_constraint c
    cross join lateral unnest(c.conkey) with ordinality x (attnum, n) join pg_attribute a on a.attrelid = c.conrelid and a.attnum = x.attnum
    where c.contype = 'p' group by 1`.execute(app.db)
  const primary = new Map(keys.map(({ name, columns }) => [name, columns]))
  const about = catalog.tables.filter((table) => table.kind === 'table' && table.columns.some(({ name }) => name === 'customer_id'))
  expect(about.length).toBeGreaterThan(15)
  expect(about.map(({ schema, name }) => `${schema}.${name}`).filter((name) => !declared.has(name))).toEqual([])
  for (const { schema, name, columns } of about) {
    const table = declared.get(`${schema}.${name}`)!
    const names = columns.map((column) => column.name)
    expect(
      Object.keys(table.unexported ?? {}).filter((column) => column !== '*' && !names.includes(column)),
      table.table,
    ).toEqual([])
    const key = primary.get(`${schema}.${name}`)
    if (key)
      expect([...table.key].sort(), table.table).toEqual(key.filter((column) => column !== (table.customerColumn ?? 'customer_id')).sort())
    expect(
      Object.keys(typeof table.erase === 'object' && 'blank' in table.erase ? table.erase.blank : {}).filter(
        (column) => !names.includes(column),
      ),
      table.table,
    ).toEqual([])
  }
})

test('every foreign key between tables about customers is declared, after the table on which it leans', async () => {
  const tables = subjectTables({ modules })
  const { rows } = await sql<{ child: string; parent: string; columns: string[]; keys: string[] }>`
    select c.conrelid::regclass::text as child, c.confrelid::regclass::text as parent,
      array_agg(a.attname::text order by x.n) as columns, array_agg(b.attname::text order by x.n) as keys
    from pg_constraint c cross join lateral unnest(c.conkey, c.confkey) with ordinality x (attnum, other, n)
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = x.attnum join pg_attribute b on b.attrelid = c.confrelid and b.attnum = x.other
    where c.contype = 'f' group by c.oid, 1, 2`.execute(app.db)
  const among = rows.filter(
    ({ child, parent }) => parent !== 'customers.customer' && [child, parent].every((name) => tables.some(({ table }) => table === name)),
  )
  expect(among.length).toBeGreaterThan(3)
  for (const { child, parent, columns, keys } of among) {
    const [column, ...more] = columns.filter((name) => name !== 'customer_id')
    expect([more, keys.filter((name) => name !== 'customer_id')], child).toEqual([[], ['id']])
    expect(tables.find(({ table }) => table === child)?.leansOn, child).toContainEqual({ table: parent, column })
  }
  const place = (name: string) => tables.findIndex(({ table }) => table === name)
  for (const { table, leansOn = [] } of tables)
    for (const { table: parent } of leansOn) {
      expect(place(parent), `${table} leans on ${parent}`).toBeGreaterThanOrEqual(0)
      expect(place(parent), `${table} leans on ${parent}`).toBeLessThan(place(table))
    }
})

/** A person with something telling in everything that people can write. */
const canary = (what: string) => `Canary${what}Quokka`
async function canaryPerson(): Promise<string> {
  const orders = app.as(ordersApi)
  const values = {
    name: canary('Name'),
    givenName: canary('Given'),
    familyName: canary('Family'),
    company: canary('Company'),
    email: 'canaryMail@quokka.example',
    phone: '+44 117 496 0123',
    address: canary('Address'),
    city: canary('City'),
    postcode: canary('Postcode'),
    note: canary('Note'),
    occupation: canary('Occupation'),
    website: canary('Website'),
    tags: [canary('Tag')],
    gender: canary('Gender'),
  }
  const { id, version } = await call().create({ values })
  await call().change({ id, version, values: { note: canary('LaterNote'), address: canary('LaterAddress') } })
  await call().addKeyPerson({ id, name: canary('Wife'), note: canary('WifeNote') })
  await call().addUsedCompetitor({ id, name: 'Rival', note: canary('RivalNote') })
  await call().logInteraction({ id, channel: 'call', direction: 'in', stage: 'after', summary: `Spoke of ${canary('Summary')}` })
  await orders.place({ customerId: id, day: '2026-02-01', lines: [{ product: 'P', quantity: '1', unitPrice: '10' }] })
  await app.as(valueApi).setOverride({ customerId: id, basedOn: null, tier: 'gold', reason: canary('TierReason'), lastDay: null })
  await app.as(valueApi).exempt({ customerId: id, basedOn: null, reason: 'other', note: canary('ExemptNote') })
  const file = await sendCaseFile(app, everybody, `${canary('File')}.txt`, canary('Content'))
  const complainant = { name: canary('Lawyer'), contact: canary('LawyerContact'), authority: canary('Authority') }
  const said = { subject: canary('Matter'), description: canary('Told'), channel: 'phone' as const, complainant, fileIds: [file] }
  await caseAt(app, everybody, id, 'review', said)
  const saved = (await call().views({})).items.find(({ name }) => name === 'Mine')?.version ?? 0
  await call().saveView({ name: 'Mine', version: saved, definition: { query: { q: canary('Name') }, columns: [] } })
  return id
}

/** Every text of every table that still holds a canary. */
async function sightings(): Promise<string[]> {
  const catalog = await readCatalog(app.db)
  const { rows: jobs } = await sql<{
    found: boolean
  }>`select exists (select 1 from pgboss.job j where j::text ilike '%quokka%') as found`.execute(app.db)
  const seen = jobs[0]!.found ? ['pgboss.job'] : []
  for (const { schema, name, kind } of catalog.tables) {
    if (kind !== 'table') continue
    const content = `${schema}.${name}` === 'platform.file_chunk' ? sql`convert_from(t.content, 'UTF8')` : sql`t::text`
    const { rows } = await sql<{
      row: string
    }>`select left(${content}, 300) as row from ${sql.table(`${schema}.${name}`)} t where ${content} ilike '%quokka%'`.execute(app.db)
    seen.push(...rows.map(({ row }) => `${schema}.${name}: ${row}`))
  }
  return seen
}

describe('a person', () => {
  test('is exported in whole: every canary flies', async () => {
    const id = await canaryPerson()
    const response = await app.request(`/api/v1/customers/${id}/personal-data`)
    expect(response.headers.get('content-disposition')).toMatch(/\.zip"/)
    const bytes = Buffer.from(await response.arrayBuffer())
    const zip = await openZip({
      size: bytes.length,
      read: async function* (from, to) {
        yield bytes.subarray(from, to)
      },
    })
    const text = async (name: string) => {
      let all = ''
      for await (const piece of zip.read(name)) all += Buffer.from(piece).toString('utf8')
      return all
    }
    const [json, html] = [await text('person.json'), await text('index.html')]
    expect(JSON.parse(json).tables['orders.purchase']).toHaveLength(1)
    for (const what of [
      'Name',
      'Given',
      'Family',
      'Company',
      'City',
      'Note',
      'LaterNote',
      'LaterAddress',
      'Address',
      'Occupation',
      'Website',
      'Tag',
      'Wife',
      'WifeNote',
      'RivalNote',
      'Summary',
      'TierReason',
      'ExemptNote',
      'Matter',
      'Told',
      'Lawyer',
      'LawyerContact',
      'Authority',
      'File',
    ]) {
      expect(json, what).toContain(canary(what))
      expect(html, what).toContain(canary(what))
    }
    expect(zip.names).toContain('customers.key_person.csv')
    expect(await text('customers.key_person.csv')).toContain(canary('Wife'))
  })

  test('is erased by two people: nothing of them is found again, their orders and money stay', async () => {
    const file = `id,name,email,city,kind\nCanaryKeyQuokka,${canary('Imported')},imported@quokka.example,${canary('Town')},person\nCanaryBadQuokka,${canary('Rejected')},,X,zebra\n`
    const done = await importFile(app, file, { importer: 'customers', source: 'shop' })
    const [found] = (await call().search({ q: 'CanaryKeyQuokka' })).items
    const people = [found!.id, await canaryPerson()]
    // Whoever is in the first test is merged into the second: the alias is erased, too.
    const former = (await call().search({ q: canary('Name') })).items.find(({ id }) => !people.includes(id))!.id
    const preview = await call().mergePreview({ id: people[1]!, otherId: former })
    await call().merge({ id: people[1]!, otherId: former, version: preview.survivor.version, otherVersion: preview.other.version })
    expect((await sightings()).length).toBeGreaterThan(10)
    const money = await netOf(app, people)
    for (const id of people) {
      const asked = await call().requestErasure({ id, reason: `${canary('Reason')} asks for it` })
      expect(await refused(call().confirmErasure({ erasureId: asked.id, version: asked.version }))).toMatchObject({
        status: 403,
        reason: 'second-person-needed',
      })
      const held = await call().holdErasure({ erasureId: asked.id, version: asked.version, reason: 'Tax law', until: '2026-03-02' })
      expect(await refused(app.as(customersApi, second).confirmErasure({ erasureId: asked.id, version: held.version }))).toMatchObject({
        reason: 'legal-hold',
      })
      const free = await call().holdErasure({ erasureId: asked.id, version: held.version, reason: null, until: null })
      const { runId } = await app.as(customersApi, second).confirmErasure({ erasureId: asked.id, version: free.version })
      expect(await waitForRun(app, runId!)).toMatchObject({ state: 'done', problem: null })
    }
    expect(await sightings()).toEqual([])
    expect(await netOf(app, people)).toBe(money)
    const erased = await call().one({ id: people[1]! })
    expect(erased).toMatchObject({ values: { name: '—', email: null }, keyPersons: [] })
    expect(erased.erasedAt).not.toBeNull()
    expect(await refused(call().change({ id: erased.id, version: erased.version, values: { name: 'Again' } }))).toMatchObject({
      reason: 'customer-erased',
    })
    expect((await app.as(importsApi).one({ id: done.id })).state).toBe('done')
  })

  test('does not come back with the next file', async () => {
    const again = await importFile(app, `id,name\nCanaryKeyQuokka,${canary('Imported')}\n`, { importer: 'customers', source: 'shop' })
    expect(again.outcome).toMatchObject({ rejected: 1, counts: { new: 0, changed: 0 } })
  })

  test('the log is chained, says nothing of them, and erases them again after a restore', async () => {
    const log = await erasureEntries(app.db, 0, 100)
    expect(log).toHaveLength(2)
    expect(brokenEntries(log)).toEqual([])
    expect(brokenEntries([{ ...log[0]!, content: { ...log[0]!.content, files: 9 } }, log[1]!] as ErasureEntry[])).toEqual([log[0]!.number])
    expect(JSON.stringify(log).toLowerCase()).not.toContain('quokka')
    const id = log[1]!.customerId
    await sql`update customers.customer set name = ${canary('Restored')}, email = 'back@quokka.example', erased_at = null where customer_id = ${id}::uuid`.execute(
      app.db,
    )
    expect(await app.transaction((context) => replayErasures(context, log))).toBe(1)
    expect((await call().one({ id })).values.name).toBe('—')
    expect(await app.transaction((context) => replayErasures(context, log))).toBe(0)
    const response = await app.request('/api/v1/customer-erasure-log')
    expect((await response.text()).trim().split('\n')).toHaveLength(3)
  })
})
