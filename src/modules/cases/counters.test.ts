import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import { activities, tiers, writeBook } from '#modules/customers/public.ts'
import type { Actor } from '#platform/context.ts'
import { type App, everybody, startApp } from '#test/app.ts'
import { casesApi } from './api.ts'
import { dayAtPoints } from './store/counters.ts'

let app: App
let pointId: string
const named = (id: string): Actor => ({ ...everybody, id, name: id })
const clerks = Array.from({ length: 12 }, (_, i) => named(`clerk ${i}`))
beforeAll(async () => {
  app = await startApp({ now: new Date('2026-03-02T09:00:00Z') })
})
afterAll(() => app.close())
beforeEach(async () => {
  app.now = new Date('2026-03-02T09:00:00Z')
  pointId = (await as().addServicePoint({ name: 'Main hall', prefix: 'a' })).id
})

const as = (actor: Actor = everybody) => app.as(casesApi, actor)
const minute = (minutes: number) => {
  app.now = new Date(Date.UTC(2026, 2, 2, 9, minutes))
}
const customer = async (tier: (typeof tiers)[number] | null) => {
  const { id } = await app.as(customersApi).create({ values: { name: `Somebody ${tier}` } })
  if (tier !== null)
    await app.transaction(({ db }) =>
      writeBook(db, {
        ids: [id],
        activity: [activities.indexOf('returning')],
        tier: [tiers.indexOf(tier)],
        valuedOn: ['2026-03-01'],
      } as never),
    )
  return id
}
const comes = async (at: number, tier: (typeof tiers)[number] | null = null) => {
  minute(at)
  return (await as().issueNumber({ pointId, ...(tier === null ? {} : { customerId: await customer(tier) }) })).label
}
/** Calls everybody in turn, each served at once. */
const callAll = async (clerk: Actor) => {
  const labels: string[] = []
  for (;;) {
    const { ticket } = await as(clerk).callNext({ pointId, counter: clerk.id.slice(-2) })
    if (!ticket) return labels
    labels.push(ticket.label)
    await as(clerk).settleNumber({ ticketId: ticket.id, version: ticket.version, outcome: 'served' })
  }
}

test('numbers are issued and called in an order that knows tiers, and nobody is left behind', async () => {
  expect([await comes(0), await comes(1), await comes(5, 'gold'), await comes(12, 'platinum'), await comes(20, 'platinum')]).toEqual([
    ...['A001', 'A002', 'A003', 'A004', 'A005'],
  ])
  minute(30)
  expect((await as().counterBoard({ pointId })).waiting.map(({ label }) => label)).toEqual(['A003', 'A004', 'A001', 'A002', 'A005'])
  expect(await callAll(clerks[0]!)).toEqual(['A003', 'A004', 'A001', 'A002', 'A005'])
  const { points } = await as().servicePoints({})
  expect(points.find(({ id }) => id === pointId)).toMatchObject({ waiting: 0, served: 5, averageWaitMinutes: 22 })
})

test('two counters that call at once never get the same number, and nobody is called twice', async () => {
  const issued = await Promise.all(Array.from({ length: 30 }, () => as().issueNumber({ pointId })))
  expect(new Set(issued.map(({ label }) => label)).size).toBe(30)
  const called = (await Promise.all(clerks.map(callAll))).flat()
  // Whoever asked while others held the last ones was told that nobody waits.
  called.push(...(await callAll(clerks[0]!)))
  expect(called.toSorted()).toEqual(issued.map(({ label }) => label).toSorted())
})

test('a number that is called is served or missing before the same person calls another; each is settled once', async () => {
  await comes(0)
  await comes(1)
  const [clerk] = clerks
  const { ticket } = await as(clerk!).callNext({ pointId, counter: '3' })
  await expect(as(clerk!).callNext({ pointId, counter: '3' })).rejects.toMatchObject({ status: 409, reason: 'still-called' })
  const settle = { ticketId: ticket!.id, version: ticket!.version, outcome: 'no-show' } as const
  expect(await as(clerk!).settleNumber(settle)).toMatchObject({ state: 'no-show', counter: '3' })
  await expect(as(clerk!).settleNumber(settle)).rejects.toMatchObject({ reason: 'changed-meanwhile' })
  const { point } = await as().counterBoard({ pointId })
  expect(point).toMatchObject({ waiting: 1, noShow: 1, served: 0 })
})

test('the number leads to the customer and the case that came of it', async () => {
  const customerId = await customer('iron')
  await comes(0)
  const { ticket } = await as(clerks[1]).callNext({ pointId, counter: '1' })
  const made = await as().open({ kind: 'request', customerId, subject: 'Copy of a bill', description: 'x', channel: 'visit' })
  const stranger = await customer('gold')
  const settle = { ticketId: ticket!.id, version: ticket!.version, outcome: 'served' as const, caseId: made.id }
  await expect(as().settleNumber({ ...settle, customerId: stranger })).rejects.toMatchObject({ reason: 'no-such-case' })
  expect(await as().settleNumber(settle)).toMatchObject({ state: 'served', caseId: made.id, customer: { id: customerId } })
})

test('the display shows numbers and counters, no names, under an address that nobody guesses, as long as the counter is open', async () => {
  const customerId = await customer('platinum')
  await as().issueNumber({ pointId, customerId })
  await comes(1)
  await as(clerks[2]).callNext({ pointId, counter: '7' })
  const { points } = await as().servicePoints({})
  const { display, version } = points.find(({ id }) => id === pointId)!
  const shown = async (path: string) => {
    const answer = await app.request(path, {}, null)
    return { status: answer.status, text: await answer.text() }
  }
  const page = await shown(display)
  expect(page.status).toBe(200)
  expect(page.text).toMatch(/A001[\s\S]*counter 7/)
  expect(page.text).not.toMatch(/Somebody|platinum|clerk/i)
  expect((await shown('/p/counter/x')).status).toBe(404)
  await as().changeServicePoint({ pointId, version, active: false })
  expect((await shown(display)).status).toBe(404)
  await expect(as().issueNumber({ pointId })).rejects.toMatchObject({ reason: 'counter-closed' })
  await as().changeServicePoint({ pointId, version: version + 1, active: true, newDisplay: true })
  expect((await shown(display)).status).toBe(404)
})

test('numbers begin anew each day', async () => {
  await comes(0)
  app.now = new Date('2026-03-03T09:00:00Z')
  expect((await as().issueNumber({ pointId })).label).toBe('A001')
})

test('how a day goes is found by counter and day, however many days lie behind', async () => {
  await sql`
    insert into cases.ticket (point_id, day, number, id, state, rank_at, issued_at, issued_by)
    select ${pointId}::uuid, date '2025-01-01' + day, number, gen_random_uuid(), 'waiting', now(), now(), 'past'
    from generate_series(1, 200) day, generate_series(1, 100) number`.execute(app.db)
  await sql`analyze cases.ticket`.execute(app.db)
  await comes(0)
  await app.transaction(async ({ db }) => {
    expect((await dayAtPoints(db, [pointId], '2026-03-02')).get(pointId)).toMatchObject({ waiting: 1, served: 0 })
    const { rows } = await sql<{ read: number }>`
      select seq_tup_read::int as read from pg_stat_xact_user_tables where relid = 'cases.ticket'::regclass`.execute(db)
    expect(rows[0]!.read).toBe(0)
  })
})
