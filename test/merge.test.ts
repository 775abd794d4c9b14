import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commitmentsApi } from '#modules/commitments/api.ts'
import { actions as customerActions } from '#modules/customers/actions.ts'
import { api as customersApi } from '#modules/customers/api.ts'
import { billingApi } from '#modules/orders/api/billing.ts'
import { termsApi } from '#modules/orders/api/terms.ts'
import { ordersApi } from '#modules/orders/api.ts'
import { valueApi } from '#modules/value/api.ts'
import { requestValuation } from '#modules/value/public.ts'
import { derivedId } from '#platform/identifier.ts'
import { subjectTables } from '#platform/subject/subject.ts'
import { modules } from '../src/modules.ts'
import { type App, everybody, type RefusedCall, startApp } from './app.ts'
import { caseAt } from './case-at.ts'
import { importEnd, importFile, startImport } from './import-files.ts'
import { waitForRun } from './wait-for-run.ts'

let app: App
let customers: ReturnType<typeof clientOf>
const clientOf = (app: App) => ({ ...app.as(customersApi) })
beforeAll(async () => {
  app = await startApp({ work: true, now: new Date('2026-03-01T12:00:00Z') })
  customers = clientOf(app)
  // What the product does by the clock, such as giving cases out every minute, would come between two looks.
  await sql`delete from pgboss.schedule`.execute(app.db)
  await person('Somebody Else', { email: 'else@example.com' }, 3)
  await waitForRun(app, await app.transaction((context) => requestValuation(context)))
  // The first orders ask for a valuation, too, which may come after this one.
  await settled()
})
afterAll(() => app.close())

async function person(name: string, values: object = {}, orders = 0): Promise<string> {
  const { id } = await customers.create({ values: { name, ...values } })
  for (let i = 0; i < orders; i++) await order(id, 10 + i)
  return id
}
async function order(customerId: string, price: number) {
  const placed = await app.as(ordersApi).place({
    customerId,
    day: `2026-01-${String(1 + (price % 28)).padStart(2, '0')}`,
    lines: [{ product: 'P', quantity: '1', unitPrice: String(price) }],
  })
  // Every second one has all that can hang on an order.
  if (price % 2 === 1) return placed
  const { id } = placed
  await app.as(termsApi).setTerms({ id, version: 0, promisedDay: '2026-06-01' })
  await app.as(termsApi).noteDelivery({ id, day: '2026-02-01', moreFollows: false, lines: [{ place: 1, quantity: '1' }] })
  await app.as(termsApi).noteFreight({ id, kind: 'damage', day: '2026-02-01', note: 'Dented' })
  await app.as(billingApi).dispute({ id, reason: 'price' })
  return placed
}

/** Every row that any table holds about some customers, without what counts writes and without the history that merging itself leaves. */
async function everything(ids: readonly string[]): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {}
  // A row of the book lies in one half or the other. Looks, also those of this test, are written down by the clock, every few seconds.
  const halves = ['customers.book_settled', 'customers.book_fresh']
  const apart = [...halves, 'platform.fact', 'platform.personal_read', 'customers.alias', 'customers.merge', 'value.recheck']
  const tables = subjectTables({ modules }).map(({ table }) => table as string)
  for (const table of [...tables.filter((table) => !apart.includes(table)), 'customers.book']) {
    const { rows } = await sql<{ row: string }>`
      select (to_jsonb(t) - '{version,updated_at,written_in}'::text[])::text as row from ${sql.table(table)} t where t.customer_id = any(${ids}::uuid[])
      order by 1`.execute(app.db)
    found[table] = rows.map(({ row }) => row).filter((row) => table !== 'customers.change' || !row.includes('"field": "merge"'))
  }
  return found
}

const merge = async (id: string, otherId: string, choices = {}) => {
  app.now = new Date(app.now.getTime() + 1000)
  const preview = await customers.mergePreview({ id, otherId })
  return customers.merge({ id, otherId, version: preview.survivor.version, otherVersion: preview.other.version, choices })
}
const netOf = async (ids: readonly string[]) =>
  (
    await sql<{
      net: number
    }>`select coalesce(sum(revenue_minor - discount_minor - refund_minor), 0)::bigint as net from orders.purchase where customer_id = any(${ids}::uuid[])`.execute(
      app.db,
    )
  ).rows[0]!.net
const waitsForLock = async () =>
  (
    await sql<{ n: number }>`
    select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(app.db)
  ).rows[0]!.n > 0
const refusal = async (work: Promise<unknown>): Promise<RefusedCall> =>
  work.then(
    () => Promise.reject(new Error('was not refused')),
    (problem) => problem as RefusedCall,
  )

describe('two archives become one', () => {
  test('merge and unmerge give back every row of both, and no money is lost between', { timeout: 400_000 }, async () => {
    const text = fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined })
    const archive = fc.record({ city: text, company: text, note: text, tags: fc.subarray(['x', 'y', 'z']) })
    const content = fc.record({
      values: archive,
      orders: fc.nat(3),
      persons: fc.nat(2),
      touches: fc.nat(2),
      cases: fc.nat(3),
      override: fc.boolean(),
      profiling: fc.boolean(),
    })
    const choices = fc.record(
      { city: fc.constantFrom('survivor', 'other'), note: fc.constantFrom('survivor', 'other', 'both') },
      { requiredKeys: [] },
    )
    await fc.assert(
      fc.asyncProperty(content, content, choices, async (one, two, chosen) => {
        const made = [await fill('Mei Lin', one), await fill('Lin Mei', two)] as const
        const third = await person('Third')
        await customers.relate({ id: made[1], otherId: third, kind: 'referrer', side: 'first' })
        await customers.relate({ id: made[0], otherId: made[1], kind: 'family', side: 'first' })
        // What scores after orders and touches would otherwise come between the two looks.
        await settled()
        const before = await everything([...made, third])
        const money = await netOf(made)
        const { mergeId } = await merge(made[0], made[1], chosen)
        expect(await netOf([made[0]])).toBe(money)
        expect((await customers.relations({ id: third })).items.map((one) => one.other?.id)).toEqual([made[0]])
        expect((await customers.relations({ id: made[0] })).items.map((one) => one.other?.id)).toEqual([third])
        const after = await everything([made[1]])
        expect(Object.entries(after).filter(([table, rows]) => rows.length > 0 && table !== 'customers.duplicate')).toEqual([])
        await customers.unmerge({ id: made[0], mergeId })
        expect(withoutHistoryOf(await everything([...made, third]), app.now)).toEqual(before)
      }),
      { numRuns: 5 },
    )
  })

  test('the other’s id and keys lead to the survivor: in reads, writes, batches and files', async () => {
    await importFile(app, 'id,name,email\nK-1,Wang Wei,wei@example.com\nK-2,王伟,wei@example.org\n', { importer: 'customers' })
    const [kept, gone] = [derivedId('customer', 'shop', 'K-1'), derivedId('customer', 'shop', 'K-2')]
    const moved = await merge(kept, gone)
    expect(moved.moved['customers.source_record']).toBe(1)
    expect((await customers.one({ id: gone })).id).toBe(kept)
    expect(
      (await app.as(ordersApi).place({ customerId: gone, day: '2026-02-01', lines: [{ product: 'P', quantity: '1', unitPrice: '5' }] }))
        .customerId,
    ).toBe(kept)
    await app.as(ordersApi).batch(
      {
        source: 'shop',
        orders: [{ customer: 'K-2', number: 'B-1', day: '2026-02-02', lines: [{ product: 'P', quantity: '1', unitPrice: '6' }] }],
      },
      { idempotencyKey: 'merged' },
    )
    await importFile(app, 'customer,order number,date,product,quantity,unit price\nK-2,F-1,2026-02-03,P,1,7\nK-1,F-2,2026-02-04,P,1,8\n', {
      importer: 'orders',
    })
    await importFile(app, 'id,name,city\nK-2,王伟,Hangzhou\n', { importer: 'customers' })
    expect(await customers.one({ id: kept })).toMatchObject({ values: { city: 'Hangzhou' } })
    expect(await netOf([kept])).toBe(2600)
    expect((await sql`select 1 from customers.customer where customer_id = ${gone}::uuid`.execute(app.db)).rows).toEqual([])
    expect((await customers.search({ q: 'K-2' })).items.map(({ id }) => id)).toEqual([kept])
  })

  test('a file that begins while a merge is not yet in waits, and follows it', async () => {
    const survivor = await person('Survivor of a file')
    const key = 'merged-meanwhile'
    const brought = await importFile(app, `order number,customer id,date,product,quantity,unit price\nW1,${key},2026-01-01,P,1,1\n`)
    expect(brought.outcome).toMatchObject({ counts: { customersNew: 1 } })
    const otherId = derivedId('customer', 'shop', key)
    const preview = await customers.mergePreview({ id: survivor, otherId })
    const versions = { version: preview.survivor.version, otherVersion: preview.other.version }
    const file = await app.transaction(async (context) => {
      await customerActions.merge(context, { id: survivor, otherId, ...versions })
      const id = await startImport(app, `order number,customer id,date,product,quantity,unit price\nW2,${key},2026-01-02,P,1,1\n`)
      await expect.poll(waitsForLock, { timeout: 10_000 }).toBe(true)
      return id
    })
    await importEnd(app, file)
    expect((await app.as(ordersApi).ofCustomer({ customerId: survivor })).items.map(({ number }) => number)).toEqual(['W2', 'W1'])
    const { rows } = await sql`select from orders.purchase where customer_id = ${otherId}::uuid`.execute(app.db)
    expect(rows).toEqual([])
  })

  test('what changed since is named, and stays with the survivor when that is said', async () => {
    const [kept, gone] = [await person('Ann', { city: 'Bath' }, 1), await person('Anne', { city: 'York' }, 1)]
    const { mergeId } = await merge(kept, gone, { city: 'other', name: 'survivor' })
    const merged = await customers.one({ id: kept })
    expect(merged.values.city).toBe('York')
    await customers.change({ id: kept, version: merged.version, values: { city: 'Leeds' } })
    await order(kept, 20)
    const problem = await refusal(customers.unmerge({ id: kept, mergeId }))
    expect(problem).toMatchObject({ status: 409, reason: 'changed-since-merge' })
    expect(problem.fields?.map(({ field }) => field)).toEqual(['city', 'orders.purchase'])
    await customers.unmerge({ id: kept, mergeId, keepNewer: true })
    expect(await customers.one({ id: kept })).toMatchObject({ values: { city: 'Leeds' } })
    expect(await customers.one({ id: gone })).toMatchObject({ id: gone, values: { city: 'York' } })
    expect([await netOf([kept]), await netOf([gone])]).toEqual([3000, 1000])
  })

  test('what came since goes with what it leans on, the rest to whom somebody says, and nothing is lost', async () => {
    const [kept, gone] = [await person('Bea', {}, 1), await person('Beate', {}, 1)]
    const call = { channel: 'call', direction: 'in', stage: 'after' } as const
    const log = (id: string, summary: string) => customers.logInteraction({ id, ...call, summary })
    const [mine, theirs] = [await log(kept, 'Mine'), await log(gone, 'Theirs')]
    const owed = app.as(commitmentsApi)
    const task = await owed.create({ customerId: gone, kind: 'task', title: 'Call Beate', dueDay: '2026-03-09' })
    await customers.addKeyPerson({ id: gone, name: 'Their friend' })
    await customers.setProfiling({ id: gone, profiling: false })
    const { mergeId } = await merge(kept, gone)
    app.now = new Date(app.now.getTime() + 1000)
    // Both touches are corrected, what was owed is done, an order and a relation come in, a person goes.
    for (const { id: interactionId, version } of [mine, theirs])
      await customers.changeInteraction({ id: kept, interactionId, version, ...call, summary: 'Corrected' })
    await owed.complete({ id: task.id, version: task.version, outcome: 'Done' })
    await order(kept, 20)
    const [friend] = (await customers.one({ id: kept })).keyPersons
    await customers.removeKeyPerson({ id: kept, personId: friend!.id, version: friend!.version })
    await customers.setProfiling({ id: kept, profiling: true })
    await customers.setProfiling({ id: kept, profiling: false })
    const rows = async () => {
      const all = await everything([kept, gone])
      return Object.fromEntries(
        ['customers.interaction_before', 'commitments.event', 'orders.purchase'].map((table) => [table, all[table]!.length]),
      )
    }
    const before = await rows()
    const [merged] = (await customers.merges({ id: kept })).items
    const since = new Map(merged!.since.rows.map(({ table, ...counts }) => [table, counts]))
    expect(since.get('customers.interaction_before')).toEqual({ free: 0, along: 1, gone: 0 })
    expect(since.get('commitments.event')).toMatchObject({ free: 0, along: 1 })
    expect(since.get('orders.purchase')).toEqual({ free: 1, along: 0, gone: 0 })
    expect(since.get('customers.key_person')).toEqual({ free: 0, along: 0, gone: 1 })
    await customers.unmerge({ id: kept, mergeId, keepNewer: true, give: ['orders.purchase'] })
    expect(await rows()).toEqual(before)
    expect([await netOf([kept]), await netOf([gone])]).toEqual([1000, 3000])
    const { rows: whose } = await sql<{ of: string; what: string }>`
      select customer_id as of, content->>'summary' as what from customers.interaction_before where customer_id = any(${[kept, gone]}::uuid[])`.execute(
      app.db,
    )
    expect(new Map(whose.map(({ of, what }) => [of, what]))).toEqual(
      new Map([
        [kept, 'Mine'],
        [gone, 'Theirs'],
      ]),
    )
    expect((await owed.one({ id: task.id })).customer?.id).toBe(gone)
    expect((await customers.one({ id: kept })).profiling).toBe(false)
  })

  test('chains lead to the end, and are undone from the end', async () => {
    const [a, b, c] = [await person('A', {}, 1), await person('B', {}, 1), await person('C')]
    const first = await merge(b, a)
    const second = await merge(c, b)
    expect((await customers.one({ id: a })).id).toBe(c)
    expect(await refusal(customers.unmerge({ id: c, mergeId: first.mergeId }))).toMatchObject({ reason: 'later-merge' })
    await customers.unmerge({ id: c, mergeId: second.mergeId })
    expect((await customers.one({ id: a })).id).toBe(b)
    await customers.unmerge({ id: b, mergeId: first.mergeId })
    expect((await customers.one({ id: a })).id).toBe(a)
  })

  test('a stale version is refused, and so are a customer with itself and one who is not there', async () => {
    const [kept, gone] = [await person('D'), await person('E')]
    expect(await refusal(customers.merge({ id: kept, otherId: gone, version: 9, otherVersion: 1 }))).toMatchObject({
      reason: 'changed-meanwhile',
    })
    expect(await refusal(customers.mergePreview({ id: kept, otherId: kept }))).toMatchObject({ reason: 'same-customer' })
    expect(await refusal(customers.mergePreview({ id: kept, otherId: derivedId('x', 'y', 'z') }))).toMatchObject({ status: 404 })
  })
})

async function fill(
  name: string,
  content: { values: object; orders: number; persons: number; touches: number; cases: number; override: boolean; profiling: boolean },
) {
  const id = await person(name, content.values, content.orders)
  await customers.addContactPoint({ id, kind: 'email', value: `${name.replace(' ', '.')}@example.net` })
  for (let i = 0; i < content.persons; i++) await customers.addKeyPerson({ id, name: `Person ${i}` })
  for (let i = 0; i < content.touches; i++)
    await customers.logInteraction({ id, channel: 'call', direction: 'in', stage: 'after', summary: 'Hello' })
  if (!content.profiling) await customers.setProfiling({ id, profiling: false })
  for (const place of (['answer', 'execution', 'review'] as const).slice(0, content.cases)) await caseAt(app, everybody, id, place)
  if (content.override)
    await app.as(valueApi).setOverride({ customerId: id, basedOn: null, tier: 'gold', reason: 'friend of the house', lastDay: null })
  return id
}

/** Nothing changes anybody any more: neither a job, nor a valuation of everybody. Jobs of a kind begin one second after the other, so on a busy machine this takes a while. */
async function settled(): Promise<void> {
  for (let tries = 0; tries < 1200; tries++) {
    const { rows } = await sql<{ open: number }>`
      select (select count(*) from pgboss.job where state in ('created', 'retry', 'active') and start_after <= now() and name not like '\\_\\_%')
        + (select count(*) from platform.run where finished_at is null) as open`.execute(app.db)
    if (rows[0]!.open === 0) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('Somebody is still worked on after a minute')
}

/** Without the history's rows from a moment on. */
const withoutHistoryOf = (rows: Record<string, string[]>, from: Date) => ({
  ...rows,
  'customers.change': rows['customers.change']!.filter((row) => new Date((JSON.parse(row) as { changed_at: string }).changed_at) < from),
})
