import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commitmentsApi } from '#modules/commitments/api.ts'
import { api as customersApi } from '#modules/customers/api.ts'
import { ordersApi } from '#modules/orders/api.ts'
import { addDelivery } from '#modules/orders/store/intake-deliveries.ts'
import { valueApi } from '#modules/value/api.ts'
import { storeFile, uploadMediaType } from '#platform/files.ts'
import { derivedId } from '#platform/identifier.ts'
import { importsApi } from '#platform/imports/api.ts'
import { runsApi } from '#platform/runs/api.ts'
import { replayErasures } from '#platform/subject/erasure.ts'
import { brokenEntries, type ErasureEntry, erasureEntries } from '#platform/subject/erasure-log.ts'
import { subjectTables } from '#platform/subject/subject.ts'
import { openZip } from '#platform/tabular/zip-reader.ts'
import { readCatalog } from '../scripts/catalog.ts'
import { modules } from '../src/modules.ts'
import { type App, everybody, type RefusedCall, startApp } from './app.ts'
import { importFile } from './import-files.ts'
import { waitForRun } from './wait-for-run.ts'

let app: App
beforeAll(async () => {
  app = await startApp({ work: true, now: new Date('2026-03-01T12:00:00Z') })
})
afterAll(() => app.close())
const call = () => app.as(customersApi)
const second = { ...everybody, id: 'second' }
const refused = (work: Promise<unknown>) =>
  work.then(
    () => Promise.reject(new Error('was not refused')),
    (problem) => problem as RefusedCall,
  )

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
  await app.as(valueApi).setOverride({ customerId: id, tier: 'gold', reason: canary('TierReason'), lastDay: null })
  await app.as(valueApi).exempt({ customerId: id, reason: 'other', note: canary('ExemptNote') })
  await call().saveView({ name: 'Mine', definition: { query: { q: canary('Name') }, columns: [] } })
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
    const money = await netOf(people)
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
      expect(await waitForRun(app, runId)).toMatchObject({ state: 'done', problem: null })
    }
    expect(await sightings()).toEqual([])
    expect(await netOf(people)).toBe(money)
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

test('who was merged into somebody younger than the restored state is erased again, too', async () => {
  const former = [await call().create({ values: { name: 'Former Fiona' } }), await call().create({ values: { name: 'Former Fred' } })]
  const content = { requestedBy: 'a', confirmedBy: 'b', formerIds: [randomUUID(), ...former.map(({ id }) => id)], rows: {}, files: 0 }
  const entry: ErasureEntry = { number: 1, customerId: randomUUID(), erasedAt: app.now.toISOString(), content, previousHash: '', hash: '' }
  expect(await app.transaction((context) => replayErasures(context, [entry]))).toBe(1)
  for (const { id } of former) expect((await call().one({ id })).values.name).toBe('—')
  expect((await call().search({ q: 'Former' })).items).toEqual([])
  expect(await app.transaction((context) => replayErasures(context, [entry]))).toBe(0)
})

test('an erasure that failed can be confirmed anew', async () => {
  const { id } = await call().create({ values: { name: 'Twice Theodora' } })
  const asked = await call().requestErasure({ id, reason: 'Asks for it' })
  const confirm = (version: number) => app.as(customersApi, second).confirmErasure({ erasureId: asked.id, version })
  await sql`alter table platform.erasure_log add constraint full_disk check (id < 0) not valid`.execute(app.db)
  const first = await confirm(asked.version)
  expect(await waitForRun(app, first.runId)).toMatchObject({ state: 'failed' })
  await sql`alter table platform.erasure_log drop constraint full_disk`.execute(app.db)
  const request = async () => (await call().erasures({ customerId: id })).items[0]!
  await expect.poll(request, { timeout: 20_000 }).toMatchObject({ state: 'requested', confirmedBy: null, confirmedAt: null, runId: null })
  const again = await confirm((await request()).version)
  expect(await waitForRun(app, again.runId)).toMatchObject({ state: 'done' })
  expect(await request()).toMatchObject({ state: 'done', runId: again.runId })
})

test('so can one whose run was cancelled before it began', async () => {
  const { id } = await call().create({ values: { name: 'Cancelled Cassandra' } })
  const asked = await call().requestErasure({ id, reason: 'Asks for it' })
  // Another run of the same group is under way, so that this one waits.
  const blocking = randomUUID()
  await sql`insert into platform.run (id, kind, run_group, state, input, requested_by, requested_at, leased_until, leased_by)
    values (${blocking}::uuid, 'customers.erase', 'customers.erase', 'running', '{}', 'tester', now(), now() + interval '1 hour', 'elsewhere')`.execute(
    app.db,
  )
  const { runId } = await app.as(customersApi, second).confirmErasure({ erasureId: asked.id, version: asked.version })
  expect(await app.as(runsApi).cancel({ id: runId })).toMatchObject({ state: 'cancelled' })
  await sql`delete from platform.run where id = ${blocking}::uuid`.execute(app.db)
  await expect
    .poll(async () => (await call().erasures({ customerId: id })).items[0], { timeout: 20_000 })
    .toMatchObject({ state: 'requested', runId: null })
})

describe('whoever else is there', () => {
  test('keeps files, searches and settings when a person goes of whom ordinary words were written', async () => {
    const attach = async (to: string, file: string) =>
      (await call().addAttachment({ id: to, fileName: 'a.txt', fileId: randomUUID() }, { file })).fileId
    const upload = async (content: string) => {
      const file = { id: randomUUID(), name: 'u.csv', mediaType: uploadMediaType, createdBy: 'tester', now: app.now, limit: 1000 }
      return (await storeFile(app.db, file, Readable.from([Buffer.from(content)]))).id
    }
    const other = await call().create({ values: { name: 'Otto Bystander' } })
    const { id } = await call().create({ values: { name: 'Vera Vanishing', email: 'vera@vanishing.example', note: 'newsletter' } })
    const [hers, his, sent, unrelated] = [
      await attach(id, 'anything'),
      await attach(other.id, 'Vera Vanishing sat beside him'),
      await upload('id,name\n1,Vera Vanishing\n'),
      await upload('please call about the newsletter'),
    ]
    const touch = { channel: 'call', direction: 'in', stage: 'after' } as const
    await call().logInteraction({ id, ...touch, summary: 'please call about the newsletter', nextStep: 'columns', fileIds: [hers] })
    await call().logInteraction({ id: other.id, ...touch, summary: 'Sat', fileIds: [his] })
    const definition = (values: string[]) => ({
      match: 'all' as const,
      groups: [{ match: 'all' as const, conditions: [{ column: 'company' as const, is: 'in' as const, values }] }],
    })
    const segment = await call().makeSegment({
      name: 'Companies',
      shared: true,
      definition: definition(['Vera Vanishing Ltd', 'vera vanishing', 'columns']),
    })
    await sql`insert into platform.import_mapping (kind, name, definition, saved_by, saved_at) values
      ('customers', 'shop', '{"columns": {"email": "newsletter", "Vera Vanishing": "columns"}, "source": "vera@vanishing.example"}', 'tester', now())`.execute(
      app.db,
    )
    await eraseByTwo(id)
    const { rows: left } = await sql<{
      id: string
    }>`select id from platform.file where id = any(${[hers, his, sent, unrelated]}::uuid[])`.execute(app.db)
    expect(left.map((file) => file.id).sort()).toEqual([his, unrelated].sort())
    const { rows: segments } = await sql<{
      definition: unknown
    }>`select definition from customers.segment where id = ${segment.id}::uuid`.execute(app.db)
    expect(segments[0]!.definition).toEqual(definition(['Vera Vanishing Ltd', '—', 'columns']))
    const { rows: mappings } = await sql<{
      definition: unknown
    }>`select definition from platform.import_mapping where name = 'shop'`.execute(app.db)
    expect(mappings[0]!.definition).toEqual({ columns: { email: 'newsletter', 'Vera Vanishing': 'columns' }, source: '—' })
  })
})

describe('what is written of a person elsewhere', () => {
  test('goes from histories of others and from messages of shops; the rest of both stays', async () => {
    const { id } = await call().create({ values: { name: 'Renée Vanishing', email: 'renee@vanishing.example' } })
    const peer = await call().create({ values: { name: 'Peer Gynt' } })
    await call().relate({ id, otherId: peer.id, kind: 'family', side: 'first' })
    expect((await call().changes({ id: peer.id })).items.find(({ field }) => field === 'relation')!.after).toEqual({
      kind: 'family',
      side: 'second',
    })
    // As histories said it before.
    const old = JSON.stringify({ kind: 'family', side: 'second', name: 'Renée Vanishing' })
    await sql`update customers.change set after = ${old}::jsonb where customer_id = ${peer.id}::uuid and field = 'relation'`.execute(app.db)
    expect(JSON.stringify((await call().changes({ id: peer.id })).items)).not.toContain('Vanishing')
    const intake = randomUUID()
    await sql`insert into orders.intake (id, name, source, form, signature, token_hash, token, secret, version, created_by, created_at)
      values (${intake}::uuid, 'Shop', 'shop', 'patron', 'standard', '\\x00', '\\x00', '\\x00', 1, 'tester', now())`.execute(app.db)
    const bodies = [
      '{"customer":"Ren\\u00e9e Vanishing"}',
      '{"customer":"renée vanishing"}',
      '{"mail":"RENEE@vanishing.example"}',
      '{"customer":"Ren%e Vanishing"}',
    ]
    for (const [i, body] of bodies.entries())
      await addDelivery(app.db, {
        id: randomUUID(),
        intakeId: intake,
        key: String(i),
        senderId: null,
        body: Buffer.from(body),
        now: new Date('2100-01-01'),
      })
    await eraseByTwo(id)
    const { rows } = await sql<{ state: string; body: Buffer | null; problems: { reason: string }[] }>`
      select state, body, problems from orders.intake_delivery where intake_id = ${intake}::uuid order by key`.execute(app.db)
    expect(rows.map(({ state, body, problems }) => [state, body === null, problems[0]?.reason])).toEqual([
      ['failed', true, 'person-erased'],
      ['failed', true, 'person-erased'],
      ['failed', true, 'person-erased'],
      ['waiting', false, undefined],
    ])
    const { rows: history } = await sql<{ after: unknown }>`
      select after from customers.change where customer_id = ${peer.id}::uuid and field = 'relation'`.execute(app.db)
    expect(history).toEqual([{ after: { kind: 'family', side: 'second', name: '—' } }])
  })

  test('is no more after their erasure, but their orders can be given back', async () => {
    const orders = app.as(ordersApi)
    const { id } = await call().create({ values: { name: 'Quiet Quentin' } })
    const line = { product: 'P', quantity: '1', unitPrice: '10' }
    const order = await orders.place({ customerId: id, day: '2026-02-01', lines: [line] })
    await eraseByTwo(id)
    const missing = { status: 404, reason: 'no-such-customer' }
    expect(await refused(orders.place({ customerId: id, day: '2026-02-02', lines: [line] }))).toMatchObject(missing)
    expect(await refused(app.as(valueApi).exempt({ customerId: id, reason: 'other', note: 'Likes tea' }))).toMatchObject(missing)
    expect(await refused(app.as(commitmentsApi).captureSignal({ customerId: id, text: 'Likes tea' }))).toMatchObject(missing)
    await orders.refund({ id: order.id, amountMinor: 500 }, { idempotencyKey: randomUUID() })
    expect(await netOf([id])).toBe(500)
    // A shop still says how its order of then ended.
    const batch = (quantity: string) =>
      orders.batch(
        { source: 'till', orders: [{ customer: 'T1', number: '1', day: '2026-02-01', lines: [{ ...line, quantity }] }] },
        { idempotencyKey: randomUUID() },
      )
    await batch('2')
    const buyer = derivedId('customer', 'till', 'T1')
    await eraseByTwo(buyer)
    expect(await batch('1')).toMatchObject({ changed: 1, customersNew: 0 })
    expect(await netOf([buyer])).toBe(1000)
  })

  test('is given out in whole only to those who see contact data, and each time is noted', async () => {
    const { id } = await call().create({ values: { name: 'Exported Ella' } })
    const blind = { ...everybody, id: 'blind', can: (permission: string) => permission !== 'customers.read-personal' }
    expect((await app.request(`/api/v1/customers/${id}/personal-data`, {}, blind)).status).toBe(403)
    const taker = { ...everybody, id: 'taker' }
    await app.as(customersApi, taker).one({ id })
    for (let i = 0; i < 2; i++) await (await app.request(`/api/v1/customers/${id}/personal-data`, {}, taker)).arrayBuffer()
    await app.noteReads()
    const looks = await app.db
      .selectFrom('platform.personal_read')
      .select(['name', 'personal'])
      .where('actor', '=', 'taker')
      .orderBy('id')
      .execute()
    expect(looks.map(({ name }) => name)).toEqual(['customer-seen', 'file-taken', 'file-taken'])
    expect(looks[1]!.personal).toEqual({ id })
  })
})

async function eraseByTwo(id: string): Promise<void> {
  const { id: erasureId, version } = await call().requestErasure({ id, reason: 'Asks for it' })
  const { runId } = await app.as(customersApi, second).confirmErasure({ erasureId, version })
  expect(await waitForRun(app, runId)).toMatchObject({ state: 'done', problem: null })
}

const netOf = async (ids: readonly string[]) =>
  (
    await sql<{
      net: number
    }>`select coalesce(sum(revenue_minor - discount_minor - refund_minor), 0)::bigint as net from orders.purchase where customer_id = any(${ids}::uuid[])`.execute(
      app.db,
    )
  ).rows[0]!.net
