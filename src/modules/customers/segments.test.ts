import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type App, everybody, type RefusedCall, startApp } from '../../../test/app.ts'
import { waitForRun } from '../../../test/wait-for-run.ts'
import { runsApi } from '../../platform/runs/api.ts'
import { createUser } from '../organization/public.ts'
import { api } from './api.ts'
import { noDay, tiers } from './domain/book.ts'
import { sharingOut } from './domain/hand-over.ts'
import { type SegmentCondition, type SegmentDefinition, segmentColumnNames, segmentProblems, segmentQuestions } from './domain/segment.ts'
import { writeBook } from './store/book.ts'
import { membersOf } from './store/segments.ts'

let app: App
const ids: Record<string, string> = {}
const users: string[] = []
beforeAll(async () => {
  app = await startApp({ work: true, now: new Date('2026-03-01T12:00:00Z') })
  for (const name of ['leaver', 'first', 'second'])
    users.push((await app.transaction((context) => createUser(context, { name, email: `${name}@example.com`, roles: [] }))).user.id)
  const people = [
    {
      name: 'Ann',
      city: 'Bath',
      tags: ['tea'],
      region: 'Somerset',
      priceSensitivity: 'low' as const,
      traits: ['calm', 'exact'],
      expectationDuring: '5' as const,
      ownerId: users[0]!,
      figures: { tier: 'platinum' as const, lifetimeValueMinor: 90_000, lastOrderDay: '2026-02-20', orders: 3 },
    },
    {
      name: 'Bea',
      city: 'York',
      tags: [],
      region: 'Yorkshire',
      priceSensitivity: 'low' as const,
      traits: ['exact'],
      ownerId: users[0]!,
      figures: { tier: 'gold' as const, lifetimeValueMinor: 40_000, lastOrderDay: '2025-06-01', orders: 1 },
    },
    {
      name: 'Cem',
      city: 'Bath',
      tags: ['tea', 'vip'],
      region: 'Somerset',
      priceSensitivity: 'high' as const,
      phase: 'maintain' as const,
      ownerId: users[0]!,
      figures: { tier: 'gold' as const, lifetimeValueMinor: 60_000, lastOrderDay: null, orders: 0 },
    },
    { name: 'Dan', ownerId: users[1]!, figures: { tier: 'lead' as const, lifetimeValueMinor: -5, lastOrderDay: null, orders: 0 } },
  ]
  for (const { figures, ...values } of people) {
    const { id } = await app.as(api).create({ values })
    ids[values.name] = id
    const { tier, lifetimeValueMinor, lastOrderDay, orders } = figures
    const given = {
      tier: [tiers.indexOf(tier)],
      lifetimeValueMinor: [lifetimeValueMinor],
      lastOrderDay: [lastOrderDay === null ? noDay : Date.parse(lastOrderDay) / 86_400_000],
      orders: [orders],
    }
    await app.transaction(({ db }) => writeBook(db, { ids: [id], valuedOn: '2026-03-01', ...given }))
  }
})
afterAll(() => app.close())
const call = () => app.as(api)
const refused = (work: Promise<unknown>) =>
  work.then(
    () => Promise.reject(new Error('was not refused')),
    (problem) => problem as RefusedCall,
  )
const terms = { ownFields: [], target: [] }
const where = (...conditions: SegmentCondition[]): SegmentDefinition => ({ match: 'all', groups: [{ match: 'all', conditions }] })

describe('segments', () => {
  test.each<[string, SegmentDefinition, string]>([
    ['a word of the book', where({ column: 'tier', is: 'in', values: ['gold', 'platinum'] }), 'Ann Bea Cem'],
    [
      'a text, turned round, with those of whom nothing is known',
      where({ column: 'city', is: 'in', values: ['Bath'], not: true }),
      'Bea Dan',
    ],
    ['a tag', where({ column: 'tags', is: 'in', values: ['vip', 'none'] }), 'Cem'],
    ['no tag at all', where({ column: 'tags', is: 'known', not: true }), 'Bea Dan'],
    ['an amount between', where({ column: 'lifetimeValue', is: 'between', from: 40_000, to: 60_000 }), 'Bea Cem'],
    ['an order within the last days', where({ column: 'lastOrder', is: 'within', days: 30 }), 'Ann'],
    [
      'an order, but not lately',
      where({ column: 'lastOrder', is: 'within', days: 30, not: true }, { column: 'lastOrder', is: 'known' }),
      'Bea',
    ],
    [
      'any of two groups',
      {
        match: 'any',
        groups: [
          {
            match: 'all',
            conditions: [
              { column: 'city', is: 'in', values: ['Bath'] },
              { column: 'tier', is: 'in', values: ['gold'] },
            ],
          },
          { match: 'any', conditions: [{ column: 'tier', is: 'in', values: ['lead'] }] },
        ],
      },
      'Cem Dan',
    ],
    [
      'in what customers differ (B-09): price sensitivity low and a region',
      where({ column: 'priceSensitivity', is: 'in', values: ['low'] }, { column: 'region', is: 'in', values: ['Somerset'] }),
      'Ann',
    ],
    ['a trait', where({ column: 'traits', is: 'all', values: ['exact', 'calm'] }), 'Ann'],
    ['no trait that is known', where({ column: 'traits', is: 'known', not: true }), 'Cem Dan'],
    ['an expectation', where({ column: 'expectationDuring', is: 'in', values: ['4', '5'] }), 'Ann'],
    ['a phase of the relation', where({ column: 'phase', is: 'in', values: ['maintain', 'consolidate'] }), 'Cem'],
    ['everybody', { match: 'all', groups: [] }, 'Ann Bea Cem Dan'],
  ])('%s', async (_what, definition, names) => {
    const made = await call().makeSegment({ name: `Segment ${names} ${_what}`, definition, shared: false })
    const members = await call().members({ segmentId: made.id })
    expect(members.items.map(({ name }) => name).join(' ')).toBe(names)
    expect(members.count).toEqual({ customers: members.items.length, more: false })
    expect(await call().segmentSize({ definition: JSON.stringify(definition) })).toEqual(members.count)
    const streamed: string[] = []
    for await (const batch of membersOf(app.db, definition, { terms, today: '2026-03-01', reach: 'all' })) streamed.push(...batch)
    expect(streamed.sort()).toEqual(
      names
        .split(' ')
        .map((name) => ids[name])
        .sort(),
    )
    await call().removeSegment({ segmentId: made.id, version: 1 })
  })

  test('every column can be asked, and is safe from what is written into it', async () => {
    for (const column of segmentColumnNames) {
      for (const is of segmentQuestions) {
        const condition = { column, is, values: [`'; drop table customers.segment; --`], from: 1, to: 2, days: 3 }
        const fits = [condition, { ...condition, from: '2026-01-01', to: '2026-01-02' }].filter(
          (one) => segmentProblems(where(one), []).length === 0,
        )
        for (const one of fits) await call().segmentSize({ definition: JSON.stringify(where(one)) })
      }
    }
    expect(await call().segments({})).toEqual({ items: [] })
  })

  test('what cannot be asked is refused with its place', async () => {
    const problem = await refused(
      call().makeSegment({
        name: 'X',
        shared: false,
        definition: where({ column: 'tier', is: 'in', values: ['silver'] }, { column: 'city', is: 'between', from: 1 }),
      }),
    )
    expect(problem).toMatchObject({ status: 422, reason: 'segment-incomplete' })
    expect(problem.fields?.map(({ reason }) => reason)).toEqual(['unknown-word', 'not-for-this-column'])
  })

  test('a shared one is everybody’s to see and its owner’s to change; a stale version is refused', async () => {
    const other = app.as(api, { ...everybody, id: 'other' })
    const made = await call().makeSegment({ name: 'Bath', definition: where({ column: 'city', is: 'in', values: ['Bath'] }), shared: true })
    expect((await other.segments({})).items.map(({ name, mine }) => [name, mine])).toEqual([['Bath', false]])
    expect(await refused(other.removeSegment({ segmentId: made.id, version: 1 }))).toMatchObject({ reason: 'segment-of-another' })
    const { name, definition } = made
    await call().changeSegment({ segmentId: made.id, version: 1, name, definition, shared: false })
    expect(await refused(call().changeSegment({ segmentId: made.id, version: 1, name, definition, shared: true }))).toMatchObject({
      reason: 'changed-meanwhile',
    })
    expect(await refused(other.members({ segmentId: made.id }))).toMatchObject({ status: 404 })
    const some = app.as(api, { ...everybody, id: 'tester', reach: () => [users[1]!] })
    expect((await some.members({ segmentId: made.id })).items).toEqual([])
  })
})

describe('many at once', () => {
  const done = async (runId: string) => {
    const run = await waitForRun(app, runId)
    expect(run.problem).toBeNull()
    return run
  }
  const tagsOf = async (name: string) => (await call().one({ id: ids[name]! })).values.tags

  test('a tag for everybody whom a filter leaves, and exactly that taken back unless somebody changed it since', async () => {
    const { runId } = await call().changeMany(
      { filter: { city: ['Bath'] }, change: { what: 'add-tag', tag: 'spring' } },
      { idempotencyKey: 'spring' },
    )
    expect((await done(runId)).result).toEqual({ customers: 2, changed: 2 })
    expect([await tagsOf('Ann'), await tagsOf('Bea'), await tagsOf('Cem')]).toEqual([['tea', 'spring'], [], ['tea', 'vip', 'spring']])
    const cem = await call().one({ id: ids.Cem! })
    await call().change({ id: cem.id, version: cem.version, values: { tags: ['mine'] } })
    const undo = await app.as(runsApi).undo({ id: runId })
    expect((await done(undo.id)).result).toEqual({ restored: 1, left: 1 })
    expect([await tagsOf('Ann'), await tagsOf('Cem')]).toEqual([['tea'], ['mine']])
  })

  test('profiling switched for many and back again is one fact each, saying whose', async () => {
    const told = async () => {
      const facts = await app.db
        .selectFrom('platform.fact')
        .select('payload')
        .where('name', '=', 'customers.profiling-changed')
        .orderBy('id')
        .execute()
      return facts.map(({ payload }) => {
        const { customerIds, profiling } = payload as { customerIds: string[]; profiling: boolean }
        return { customerIds: customerIds.toSorted(), profiling }
      })
    }
    const both = [ids.Ann!, ids.Bea!].sort()
    const { runId } = await call().changeMany(
      { ids: both, change: { what: 'profiling', profiling: false } },
      { idempotencyKey: 'profiling' },
    )
    expect((await done(runId)).result).toEqual({ customers: 2, changed: 2 })
    const undo = await app.as(runsApi).undo({ id: runId })
    expect((await done(undo.id)).result).toEqual({ restored: 2, left: 0 })
    expect(await told()).toEqual([
      { customerIds: both, profiling: false },
      { customerIds: both, profiling: true },
    ])
  })

  test('reach holds: who sees some changes some, and gives them to nobody beyond', async () => {
    const some = app.as(api, { ...everybody, id: 'some', reach: () => [users[1]!] })
    const { runId } = await some.changeMany(
      { ids: Object.values(ids), change: { what: 'profiling', profiling: false } },
      { idempotencyKey: 'reach' },
    )
    expect((await done(runId)).result).toEqual({ customers: 1, changed: 1 })
    expect(
      await refused(some.changeMany({ filter: {}, change: { what: 'owner', ownerId: users[2]! } }, { idempotencyKey: 'beyond' })),
    ).toMatchObject({ reason: 'owner-out-of-reach' })
    expect(
      await refused(call().changeMany({ filter: {}, change: { what: 'owner', ownerId: 'nobody' } }, { idempotencyKey: 'nobody' })),
    ).toMatchObject({ reason: 'no-such-colleague' })
  })

  test('who leaves leaves nobody behind: customers are shared out evenly by tier, the important ones are to be called (L-10)', async () => {
    const before = (await call().loads({})).items.find(({ userId }) => userId === users[0])
    expect(before).toMatchObject({ customers: 3, load: { platinum: 1, gold: 2 } })
    const { runId } = await call().handOver({ fromUserId: users[0]!, toUserIds: [users[1]!, users[2]!] }, { idempotencyKey: 'leaves' })
    expect((await done(runId)).result).toMatchObject({ customers: 3, calls: 3 })
    const after = new Map((await call().loads({})).items.map(({ userId, load }) => [userId, load]))
    expect(after.has(users[0]!)).toBe(false)
    expect([after.get(users[1]!)!.gold, after.get(users[2]!)!.gold]).toEqual([1, 1])
    const facts = await app.db.selectFrom('platform.fact').select('payload').where('name', '=', 'customers.handed-over').execute()
    expect(
      facts.flatMap(({ payload }) => (payload as { calls: { customerId: string }[] }).calls.map(({ customerId }) => customerId)).sort(),
    ).toEqual([ids.Ann, ids.Bea, ids.Cem].sort())
    const ended = await app.db.selectFrom('platform.fact').select('payload').where('name', '=', 'customers.departure-handed-over').execute()
    const shares = ended.flatMap(({ payload }) => (payload as { shares: { userId: string; customers: number }[] }).shares)
    expect(shares.map(({ userId }) => userId)).toEqual([users[1], users[2]])
    expect(shares.reduce((sum, { customers }) => sum + customers, 0)).toBe(3)
    const news = (userId: string) =>
      app.db.selectFrom('organization.notification').select(['values', 'link']).where('user_id', '=', userId).execute()
    // Beside it may stand that of the calls to make, whichever job is quicker.
    for (const { userId, customers } of shares)
      await expect
        .poll(() => news(userId))
        .toContainEqual({ values: { count: customers, name: 'leaver' }, link: `/customers?owner=${userId}` })
    const undo = await app.as(runsApi).undo({ id: runId })
    expect((await done(undo.id)).result).toMatchObject({ restored: 3, left: 0 })
    expect((await call().one({ id: ids.Ann! })).values.ownerId).toBe(users[0])
  })

  test('whoever has no customers leaves in the same way, so that the rest can follow', async () => {
    const { runId } = await call().handOver({ fromUserId: 'left-long-ago', toUserIds: [users[1]!] }, { idempotencyKey: 'without' })
    expect((await done(runId)).result).toMatchObject({ customers: 0, calls: 0 })
    const facts = await app.db.selectFrom('platform.fact').select('payload').where('name', '=', 'customers.departure-handed-over').execute()
    expect(facts.map(({ payload }) => payload)).toContainEqual({
      runId,
      fromUserId: 'left-long-ago',
      shares: [{ userId: users[1], customers: 0 }],
    })
  })

  test('shares are even in every tier, whatever somebody had before', () => {
    const next = sharingOut(['a', 'b'], new Map([['a', { lead: 0, iron: 0, gold: 5, platinum: 0 }]]))
    expect(['gold', 'gold', 'platinum', 'platinum', 'platinum'].map((tier) => next(tier as 'gold'))).toEqual(['b', 'b', 'a', 'b', 'a'])
  })
})
