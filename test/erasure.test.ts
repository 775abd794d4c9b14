import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { casesApi } from '#modules/cases/api.ts'
import { commitmentsApi } from '#modules/commitments/api.ts'
import { api as customersApi } from '#modules/customers/api.ts'
import { billingApi } from '#modules/orders/api/billing.ts'
import { termsApi } from '#modules/orders/api/terms.ts'
import { ordersApi } from '#modules/orders/api.ts'
import { addDelivery } from '#modules/orders/store/intake-deliveries.ts'
import { api as organizationApi } from '#modules/organization/api.ts'
import { valueApi } from '#modules/value/api.ts'
import { storeFile, uploadMediaType } from '#platform/files.ts'
import { derivedId } from '#platform/identifier.ts'
import { runsApi } from '#platform/runs/api.ts'
import { replayErasures } from '#platform/subject/erasure.ts'
import type { ErasureEntry } from '#platform/subject/erasure-log.ts'
import { type App, everybody, startApp } from './app.ts'
import { caseAt } from './case-at.ts'
import { eraseByTwo, netOf, refused, second } from './erasing.ts'
import { waitForRun } from './wait-for-run.ts'

let app: App
beforeAll(async () => {
  app = await startApp({ work: true, now: new Date('2026-03-01T12:00:00Z') })
})
afterAll(() => app.close())
const call = () => app.as(customersApi)

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
  expect(await waitForRun(app, first.runId!)).toMatchObject({ state: 'failed' })
  await sql`alter table platform.erasure_log drop constraint full_disk`.execute(app.db)
  const request = async () => (await call().erasures({ customerId: id })).items[0]!
  await expect.poll(request, { timeout: 20_000 }).toMatchObject({ state: 'requested', confirmedBy: null, confirmedAt: null, runId: null })
  const again = await confirm((await request()).version)
  expect(await waitForRun(app, again.runId!)).toMatchObject({ state: 'done' })
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
  expect(await app.as(runsApi).cancel({ id: runId! })).toMatchObject({ state: 'cancelled' })
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
    await eraseByTwo(app, id)
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

test('of an erased person’s orders stays what was promised and what came, not where to and what people wrote', async () => {
  const { id: customerId } = await call().create({ values: { name: 'Delivered Delia' } })
  const lines = [{ product: 'P', quantity: '1', unitPrice: '5' }]
  const { id } = await app.as(ordersApi).place({ customerId, lines, terms: { promisedDay: '2026-03-20', deliveryPlace: 'Delia Lane 1' } })
  const terms = app.as(termsApi)
  await terms.noteDelivery({ id, day: '2026-03-19', moreFollows: false, deliveryPlace: 'Delia Lane 2' })
  await terms.noteFreight({ id, kind: 'damage', day: '2026-03-19', note: 'Delia wept' })
  const { disputes } = await app.as(billingApi).dispute({ id, reason: 'price', note: 'Delia objects' })
  await app.as(billingApi).settle({ id, disputeId: disputes[0]!.id, version: 1, outcome: 'upheld', note: 'Told Delia' })
  await eraseByTwo(app, customerId)
  const rows = []
  for (const table of ['term', 'delivery', 'freight_event', 'dispute'])
    rows.push(...(await sql`select to_jsonb(t) as row from orders.${sql.raw(table)} t where t.order_id = ${id}::uuid`.execute(app.db)).rows)
  expect(rows).toHaveLength(4)
  expect(JSON.stringify(rows)).not.toContain('Delia')
  const { rows: facts } =
    await sql`select from platform.fact where payload ->> 'orderId' = ${id} and personal::text like '%Delia%'`.execute(app.db)
  expect(facts).toEqual([])
  expect((await terms.terms({ id })).promise).toMatchObject({ standing: 'early', days: -1 })
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
    await eraseByTwo(app, id)
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
    await eraseByTwo(app, id)
    const missing = { status: 404, reason: 'no-such-customer' }
    expect(await refused(orders.place({ customerId: id, day: '2026-02-02', lines: [line] }))).toMatchObject(missing)
    expect(await refused(app.as(valueApi).exempt({ customerId: id, basedOn: null, reason: 'other', note: 'Likes tea' }))).toMatchObject(
      missing,
    )
    expect(await refused(app.as(commitmentsApi).captureSignal({ customerId: id, text: 'Likes tea' }))).toMatchObject(missing)
    await orders.refund({ id: order.id, amountMinor: 500 }, { idempotencyKey: randomUUID() })
    expect(await netOf(app, [id])).toBe(500)
    // A shop still says how its order of then ended.
    const batch = (quantity: string) =>
      orders.batch(
        { source: 'till', orders: [{ customer: 'T1', number: '1', day: '2026-02-01', lines: [{ ...line, quantity }] }] },
        { idempotencyKey: randomUUID() },
      )
    await batch('2')
    const buyer = derivedId('customer', 'till', 'T1')
    await eraseByTwo(app, buyer)
    expect(await batch('1')).toMatchObject({ changed: 1, customersNew: 0 })
    expect(await netOf(app, [buyer])).toBe(1000)
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
    const found = await app.as(organizationApi).audit({ trail: 'read', customerId: id })
    expect(found.items.map(({ name, actor }) => [name, actor])).toEqual([
      ['file-taken', 'taker'],
      ['file-taken', 'taker'],
      ['customer-seen', 'taker'],
    ])
  })

  test('is nothing to do for anybody any more: they stand in no list, and what was owed to them is cancelled or withdrawn', async () => {
    const mine = { ...everybody, id: 'owner of Ursula' }
    const { id } = await app.as(customersApi, mine).create({ values: { name: 'Undone Ursula', ownerId: mine.id } })
    const { id: partner } = await app.as(customersApi, mine).create({ values: { name: 'Partner', ownerId: mine.id, role: 'partner' } })
    const { id: stays } = await app.as(customersApi, mine).create({ values: { name: 'Staying Stella', ownerId: mine.id } })
    const owed = app.as(commitmentsApi, mine)
    const promise = await owed.create({
      kind: 'promise',
      title: 'Send Ursula a list',
      customerId: id,
      dueDay: '2026-03-20',
      channel: 'email',
    })
    const done = await owed.create({ kind: 'task', title: 'Look Ursula up', customerId: id })
    await owed.complete({ id: done.id, version: done.version })
    const kept = await owed.create({ kind: 'task', title: 'Stella', customerId: stays, dueDay: '2026-03-20' })
    const asked = await caseAt(app, mine, id, 'answer')
    const answered = await caseAt(app, mine, stays, 'answer')
    const listed = async () => {
      const sorts = ['name', 'created', 'lifetime-value', 'last-order'] as const
      const of = { owner: [mine.id], count: true }
      const lists = await Promise.all([
        ...sorts.map((sort) => call().list({ ...of, sort })),
        call().list({ ...of, lifetimeValueFrom: 0 }),
        call().list({ ...of, role: ['customer', 'partner'], sort: 'name' }),
      ])
      return lists.map(({ items, count }) => [items.map((one) => one.id).sort(), count?.customers])
    }
    const before = await listed()
    expect(before.slice(0, 5)).toEqual(Array(5).fill([[id, stays].sort(), 2]))
    app.now = new Date('2026-06-01T12:00:00Z')
    await eraseByTwo(app, id)
    await eraseByTwo(app, partner)
    expect(await listed()).toEqual(Array(6).fill([[stays], 1]))
    expect((await owed.list({})).items.map((one) => one.id)).toEqual([kept.id])
    expect(await owed.one({ id: promise.id })).toMatchObject({ state: 'cancelled', title: '—' })
    expect(await owed.one({ id: done.id })).toMatchObject({ state: 'done' })
    expect((await app.as(casesApi, mine).list({ queue: 'mine' })).items.map((one) => one.id)).toEqual([answered.id])
    expect(await app.as(casesApi, mine).one({ caseId: asked.id })).toMatchObject({ state: 'withdrawn', record: { subject: '—' } })
    expect((await owed.contactNext({})).accounts).toBe(1)
    app.now = new Date('2026-12-01T12:00:00Z')
    expect((await owed.archiveReviews({})).items.map((one) => one.id)).toEqual([stays])
  })
})
