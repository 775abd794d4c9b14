import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import { type App, everybody, startApp } from '#test/app.ts'
import type { Endpoint } from '../contract.ts'
import { withTransaction } from '../database/connection.ts'
import { importsApi } from '../imports/api.ts'
import { createLog } from '../log.ts'
import { beforeTheFirst, blockHasher, personalHash, type SealedRow } from './block-hash.ts'
import { dropReads } from './drop-reads.ts'
import { noteReads } from './note-reads.ts'
import { sealTrail } from './seal.ts'
import { verifyIn, verifyTrail } from './verify.ts'

describe('the hash of a block', () => {
  const row = fc.record<SealedRow>({
    id: fc.nat().map(String),
    at: fc.nat().map(String),
    name: fc.string(),
    customerId: fc.option(fc.uuid()),
    actor: fc.string(),
    payload: fc.json(),
    personalHash: fc.option(fc.uint8Array({ minLength: 32, maxLength: 32 })),
  })
  const head = { trail: 'fact', number: 1, sealedAt: '1000', previous: beforeTheFirst } as const
  const hashOf = (rows: readonly SealedRow[], of: Parameters<typeof blockHasher>[0] = head) => {
    const hasher = blockHasher(of)
    for (const one of rows) hasher.add(one)
    return hasher.end().toString('hex')
  }

  test('stays as it was published, for ever', () => {
    const one = { id: '1', at: '1767268800000000', name: 'a.b', customerId: null, actor: 'system', payload: '{"x": 1}', personalHash: null }
    expect(hashOf([one])).toBe('6130b0cd5162a599de56954cb319534b817f70b3e10a75a4641903f8fe70323a')
    expect(personalHash(Buffer.from('salt'), '{"name": "王小明"}').toString('hex')).toBe(
      'eff8996fadcc06b5813cce4f806ed4a5c1e11a6165876d43d253a6a123ec2ec4',
    )
  })

  test('differs whenever anything differs: a field, a row, their order, or where one field ends and the next begins', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 5 }), fc.array(row, { maxLength: 5 }), (a, b) => {
        const same = JSON.stringify(a) === JSON.stringify(b)
        expect(hashOf(a) === hashOf(b)).toBe(same)
        if (a.length > 1 && JSON.stringify(a[0]) !== JSON.stringify(a[1])) expect(hashOf([a[1]!, a[0]!, ...a.slice(2)])).not.toBe(hashOf(a))
      }),
    )
    const [x] = fc.sample(row, { numRuns: 1, seed: 1 })
    expect(hashOf([{ ...x!, name: 'ab', actor: 'c' }])).not.toBe(hashOf([{ ...x!, name: 'a', actor: 'bc' }]))
    expect(hashOf([{ ...x!, customerId: null }])).not.toBe(hashOf([{ ...x!, customerId: '-' }]))
    for (const other of [
      { ...head, trail: 'read' as const },
      { ...head, number: 2 },
      { ...head, sealedAt: '1001' },
      { ...head, previous: Buffer.alloc(32, 1) },
    ])
      expect(hashOf([x!], other)).not.toBe(hashOf([x!]))
  })
})

describe('the chain', () => {
  let app: App
  let customers: string[]
  beforeAll(async () => {
    app = await startApp()
    customers = []
    // Several blocks of several rows each.
    for (let block = 0; block < 4; block++) {
      for (let i = 0; i < 3; i++) customers.push((await app.as(customersApi).create({ values: { name: `Customer ${block}-${i}` } })).id)
      await sealTrail(app.database, app.now)
    }
  })
  afterAll(() => app.close())

  class Back extends Error {}
  /** What the walk finds after a change that is taken back afterwards. */
  async function found(change: (run: (statement: string) => Promise<unknown>) => Promise<unknown>) {
    let result: Awaited<ReturnType<typeof verifyIn>> | undefined
    await withTransaction(app.database, async (db) => {
      await change((statement) => sql.raw(statement).execute(db))
      result = await verifyIn(db)
      throw new Back()
    }).catch((error) => {
      if (!(error instanceof Back)) throw error
    })
    return result!.broken
  }

  test('holds, covers every fact, and its head can be noted elsewhere', async () => {
    const { broken, chains } = await verifyTrail(app.database)
    expect(broken).toBeNull()
    const [facts] = chains
    expect(facts).toMatchObject({ trail: 'fact', blocks: 4, unsealed: 0 })
    expect(facts!.rows).toBeGreaterThanOrEqual(12)
    const head = { trail: 'fact' as const, ...facts!.head! }
    expect((await verifyTrail(app.database, { noted: [head] })).broken).toBeNull()
    expect((await verifyTrail(app.database, { noted: [{ ...head, hash: '00' }] })).broken).toMatchObject({
      reason: 'head-differs',
      block: 4,
    })
    expect((await verifyTrail(app.database, { noted: [{ ...head, number: 9 }] })).broken).toMatchObject({
      reason: 'head-differs',
      block: 9,
    })
  })

  test('any change, deletion, insertion or reordering of a sealed row is found, in its block', async () => {
    const { rows } = await sql<{ id: number; block: number }>`select id, block from platform.fact order by block, id`.execute(app.db)
    const edits: readonly ((id: number, other: number) => string[])[] = [
      (id) => [`update platform.fact set payload = payload || '{"x": 1}' where id = ${id}`],
      (id) => [`update platform.fact set occurred_at = occurred_at + interval '1 microsecond' where id = ${id}`],
      (id) => [`update platform.fact set name = name || '.' where id = ${id}`],
      (id) => [`update platform.fact set actor = 'somebody' where id = ${id}`],
      (id) => [`update platform.fact set customer_id = null where id = ${id}`],
      (id) => [`update platform.fact set personal_hash = sha256('x') where id = ${id}`],
      (id) => [`update platform.fact set personal = '{"name": "Mallory"}' where id = ${id}`],
      (id) => [`delete from platform.fact where id = ${id}`],
      (id) => [
        `insert into platform.fact (occurred_at, name, actor, payload, block) select occurred_at, name, actor, payload, block from platform.fact where id = ${id}`,
      ],
      (id, other) => [
        `update platform.fact a set payload = b.payload, customer_id = b.customer_id, personal = b.personal, personal_salt = b.personal_salt, personal_hash = b.personal_hash
           from platform.fact b where (a.id, b.id) in ((${id}, ${other}), (${other}, ${id}))`,
      ],
    ]
    const withOther = rows.filter((row) => rows.some((one) => one.block === row.block && one.id !== row.id))
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...withOther), fc.constantFrom(...edits), async ({ id, block }, edit) => {
        const other = rows.find((one) => one.block === block && one.id !== id)!.id
        const broken = await found(async (run) => {
          for (const statement of edit(id, other)) await run(statement)
        })
        expect(broken).toMatchObject({ trail: 'fact', block })
      }),
      { numRuns: 40 },
    )
  })

  test('a changed, missing or moved block is found', async () => {
    const update = (set: string) => found((run) => run(`update platform.trail_block set ${set} where trail = 'fact' and number = 2`))
    expect(await update(`hash = sha256('x')`)).toMatchObject({ block: 2, reason: 'rows-changed' })
    expect(await update(`previous = sha256('x')`)).toMatchObject({ block: 2, reason: 'link-broken' })
    expect(await update(`sealed_at = sealed_at + interval '1 second'`)).toMatchObject({ block: 2 })
    expect(await update(`dropped_at = sealed_at`)).toMatchObject({ block: 2, reason: 'dropped-out-of-order' })
    expect(await found((run) => run(`delete from platform.trail_block where trail = 'fact' and number = 2`))).toMatchObject({
      block: 2,
      reason: 'block-missing',
    })
    expect(await found((run) => run(`delete from platform.trail_block where trail = 'fact' and number = 4`))).toMatchObject({
      block: 4,
      reason: 'rows-without-block',
    })
    expect(await found((run) => run('update platform.fact set block = 9 where id = (select max(id) from platform.fact)'))).toMatchObject({
      block: 4,
    })
  })

  test('blanking the personal part with its salt is no break, and nothing of it stays', async () => {
    const blanked = await found(async (run) => {
      await run(`update platform.fact set personal = null, personal_salt = null`)
      const { rows } = (await run(`select count(*) as rows from platform.fact f where f::text like '%Customer 0-1%'`)) as {
        rows: { rows: number }[]
      }
      expect(rows[0]!.rows).toBe(0)
    })
    expect(blanked).toBeNull()
  })

  test('rows that are committed late come into a later block', async () => {
    const late = Promise.withResolvers<void>()
    const begun = Promise.withResolvers<void>()
    const slow = app.transaction(async ({ db }) => {
      await db.insertInto('platform.fact').values({ occurred_at: app.now, name: 'a.late', actor: 'x', payload: '{}' }).execute()
      begun.resolve()
      await late.promise
    })
    await begun.promise
    await app.as(customersApi).create({ values: { name: 'Sooner' } })
    expect(await sealTrail(app.database, app.now)).toBe(1)
    late.resolve()
    await slow
    expect(await sealTrail(app.database, app.now)).toBe(1)
    expect(await verifyTrail(app.database)).toMatchObject({ broken: null, chains: [{ blocks: 6, unsealed: 0 }, {}] })
  })

  test('of several that seal at once, one does', async () => {
    for (let i = 0; i < 5; i++) await app.as(customersApi).create({ values: { name: `Many ${i}` } })
    const sealed = await Promise.all(Array.from({ length: 4 }, () => sealTrail(app.database, app.now)))
    expect(sealed.reduce((sum, rows) => sum + rows, 0)).toBe(5)
    expect((await verifyTrail(app.database)).broken).toBeNull()
  })

  test('who looks at a customer is noted once an hour, beside the request and without a statement of it', async () => {
    const reader = { ...everybody, id: 'reader' }
    const looks = () =>
      app.db
        .selectFrom('platform.personal_read')
        .select(['customer_id', 'actor', 'name', 'payload', 'personal'])
        .where('actor', '=', 'reader')
        .orderBy('id')
        .execute()
    const [one, two] = customers as [string, string]
    const statements = await statementsOf(app, () => app.as(customersApi, reader).one({ id: one }))
    expect(statements.filter((text) => text.includes('personal_read'))).toEqual([])
    await app.as(customersApi, reader).timeline({ id: one })
    await app.as(customersApi, reader).one({ id: two })
    await app
      .as(customersApi, reader)
      .one({ id: '0198c0de-0000-7000-8000-000000000000' })
      .catch(() => {})
    await app.as(customersApi, reader).export({ format: 'csv', q: 'Customer 1' })
    await app.noteReads()
    const expected = [
      { customer_id: one, actor: 'reader', name: 'customer-seen', payload: { endpoint: 'customers.one' }, personal: null },
      { customer_id: two, actor: 'reader', name: 'customer-seen', payload: { endpoint: 'customers.one' }, personal: null },
      {
        customer_id: null,
        actor: 'reader',
        name: 'file-taken',
        payload: { endpoint: 'customers.export' },
        personal: { format: 'csv', q: 'Customer 1' },
      },
    ]
    expect(await looks()).toEqual(expected)
    app.now = new Date(app.now.getTime() + 3_600_000)
    await app.as(customersApi, reader).one({ id: one })
    await app.noteReads()
    expect(await looks()).toHaveLength(4)
  })

  test('so is who looked at lists: by which fields and how many entries, pages together, and never what was searched for', async () => {
    const notes = noteReads(app.db, createLog('silent'))
    const pager = { ...everybody, id: 'pager' }
    const look = (input: Record<string, unknown>, items: number) =>
      notes.note({
        ...{ name: 'customers.list', endpoint: customersApi.list, actor: pager, now: app.now, input },
        result: { items: Array(items).fill({}), next: null },
      })
    look({ q: 'Customer', limit: 1 }, 1)
    look({ q: 'Customer 1', limit: 1, cursor: 'x' }, 1)
    look({ limit: 2 }, 2)
    look({ q: 'Nobody of this name' }, 0)
    await notes.flush()
    look({ limit: 1 }, 1)
    await notes.stop()
    await app.as(customersApi, { ...everybody, id: 'lister' }).list({ q: 'Customer' })
    await app.noteReads()
    const rows = await app.db
      .selectFrom('platform.personal_read')
      .select(['name', 'customer_id', 'payload', 'personal'])
      .where('actor', 'in', ['pager', 'lister'])
      .orderBy('id')
      .execute()
    const list = (by: readonly string[], shown: number) => ({
      ...{ name: 'list-seen', customer_id: null, personal: null },
      payload: { endpoint: 'customers.list', by, shown },
    })
    expect(rows).toEqual([list(['limit', 'q'], 2), list(['limit'], 2), list(['limit'], 1), list(['q'], customers.length)])
    await app.db.deleteFrom('platform.personal_read').where('actor', 'in', ['pager', 'lister']).execute()
  })

  test('entries that are asked for while earlier ones are written are counted as well, those of all lists of an answer', async () => {
    const notes = noteReads(app.db, createLog('silent'))
    const actor = { ...everybody, id: 'pager' }
    const look = (limit: number, result: Record<string, unknown[]>, endpoint: Endpoint = customersApi.list) =>
      notes.note({ name: 'customers.list', endpoint, actor, now: app.now, input: { [`limit${limit}`]: limit }, result })
    look(1, { due: [1, 2], tooMuch: [3] })
    const writing = notes.flush()
    // Lets the first be taken up.
    await Promise.resolve()
    look(2, { items: [1] })
    await writing
    look(2, { items: [2] })
    look(3, { headers: [1, 2, 3], samples: [1, 2] }, importsApi.inspect)
    await notes.stop()
    const rows = await app.db.selectFrom('platform.personal_read').select('payload').where('actor', '=', 'pager').orderBy('id').execute()
    expect(rows.map(({ payload }) => (payload as { shown: number }).shown)).toEqual([3, 1, 1, 2])
    await app.db.deleteFrom('platform.personal_read').where('actor', '=', 'pager').execute()
  })

  test('a look that the database cannot take holds up no other', async () => {
    const notes = noteReads(app.db, createLog('silent'))
    const endpoint = { ...customersApi.export }
    const look = (q: string) =>
      notes.note({ name: 'customers.export', endpoint, actor: { ...everybody, id: 'odd' }, now: app.now, input: { q }, result: {} })
    look('\u0000')
    look('plain')
    await notes.stop()
    const rows = await app.db.selectFrom('platform.personal_read').select('personal').where('actor', '=', 'odd').execute()
    expect(rows).toEqual([{ personal: { q: 'plain' } }])
    await app.db.deleteFrom('platform.personal_read').where('actor', '=', 'odd').execute()
  })

  test('looks have a chain of their own, whose oldest blocks are emptied after their time; which ones is a fact', async () => {
    await sealTrail(app.database, app.now)
    app.now = new Date(app.now.getTime() + 100 * 86_400_000)
    await app.as(customersApi).one({ id: customers[0]! })
    await app.noteReads()
    await sealTrail(app.database, app.now)
    await app.transaction((context) => dropReads(context, 90))
    await sealTrail(app.database, app.now)
    expect((await verifyTrail(app.database)).chains[1]).toMatchObject({ trail: 'read', blocks: 2, dropped: 1, rows: 1 })
    expect((await verifyTrail(app.database)).broken).toBeNull()
    expect(await app.db.selectFrom('platform.fact').select('payload').where('name', '=', 'platform.reads-dropped').execute()).toEqual([
      { payload: { throughBlock: 1, rows: 4 } },
    ])
    expect(await found((run) => run(`delete from platform.personal_read where block = 2`))).toMatchObject({
      trail: 'read',
      block: 2,
      reason: 'rows-changed',
    })
    expect(await found((run) => run(`update platform.personal_read set block = 1`))).toMatchObject({ trail: 'read', block: 1 })
  })

  test('a write that announces nothing of its own is in the trail all the same', async () => {
    const { id } = await app.as(customersApi).saveView({ name: 'Mine', version: 0, definition: { query: {}, columns: [] } })
    await app.as(customersApi).removeView({ viewId: id, version: 1 })
    const facts = await app.db
      .selectFrom('platform.fact')
      .select('payload')
      .where('name', '=', 'platform.write-carried-out')
      .orderBy('id')
      .execute()
    expect(facts.map((fact) => fact.payload)).toEqual([
      { endpoint: 'customers.saveView', ids: {} },
      { endpoint: 'customers.removeView', ids: { viewId: id } },
    ])
  })
})

/** The statements that the pool's connections send meanwhile. */
async function statementsOf(app: App, work: () => Promise<unknown>): Promise<string[]> {
  const { pool } = app.database
  const connect = pool.connect.bind(pool)
  const statements: string[] = []
  const undo: (() => void)[] = []
  pool.connect = (async () => {
    const client = await connect()
    const query = client.query.bind(client) as (...all: unknown[]) => unknown
    client.query = ((text: string | { text: string }, ...rest: unknown[]) => {
      statements.push(typeof text === 'string' ? text : text.text)
      return query(text, ...rest)
    }) as typeof client.query
    undo.push(() => {
      client.query = query as typeof client.query
    })
    return client
  }) as typeof pool.connect
  await work()
  pool.connect = connect as typeof pool.connect
  for (const one of undo) one()
  return statements
}
