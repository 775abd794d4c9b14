import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { renewCases } from '#modules/cases/actions/renewing.ts'
import { casesApi } from '#modules/cases/api.ts'
import { fold } from '#modules/cases/domain/fold.ts'
import { kinds } from '#modules/cases/domain/taxonomy.ts'
import { eventsOf } from '#modules/cases/store/events.ts'
import { processOf } from '#modules/cases/store/processes.ts'
import { system } from '#platform/context.ts'
import { withTransaction } from '#platform/database/connection.ts'
import { type App, startApp } from '#test/app.ts'
import { requestDemo } from './actions.ts'
import { demoApi } from './api.ts'
import { makePeople } from './demo.ts'

// Runs go by the real clock.
const now = new Date()
let app: App
beforeAll(async () => {
  app = await startApp({ work: true, now })
  await app.transaction((context) => makePeople(context))
  await app.transaction((context) => requestDemo(context, 500))
  for (let i = 0; i < 580; i++) {
    const state = await app.as(demoApi).state({})
    if (state.state === 'failed') throw new Error(JSON.stringify(state.steps))
    if (state.state === 'loaded') return
    await sleep(1_000)
  }
  throw new Error('The demo company was not loaded within ten minutes')
}, 600_000)
afterAll(() => app.close())

const many = async <T>(query: ReturnType<typeof sql<T>>): Promise<readonly T[]> => (await query.execute(app.db)).rows
const one = async (query: ReturnType<typeof sql<{ n: number }>>) => (await many(query))[0]!.n
const day = (daysAgo: number) => new Date(now.getTime() - daysAgo * 86_400_000).toISOString().slice(0, 10)

test('no rule refused anything: the cases are told, last of all', async () => {
  const { steps } = await app.as(demoApi).state({})
  expect(steps.at(-1)).toMatchObject({ step: 'cases', state: 'done', problem: null })
})

test('each case is as its log folds, and counted as it is', async () => {
  // Those whose words were published are told by a job, which writes into their cases.
  const untold = sql<{ n: number }>`select count(*)::int as n from cases.publication_case where told_at is null`
  await expect.poll(() => one(untold), { timeout: 60_000 }).toBe(0)
  // Clocks go on meanwhile: what is compared is of one moment.
  const wrong = await withTransaction(
    app.database,
    async (db) => {
      const { rows } = await sql<{
        customerId: string
        id: string
        key: string
        processVersion: number
        step: string
        state: string
        version: number
      }>`
        select customer_id as "customerId", id, process_key as key, process_version as "processVersion", step, state, version from cases.case`.execute(
        db,
      )
      expect(rows.length).toBeGreaterThan(150)
      for (const { customerId, id, key, processVersion, ...row } of rows) {
        const process = await processOf(db, key, processVersion)
        const { step, state, version, openedAt } = fold(process!, await eventsOf(db, customerId, id))
        expect({ step, state, version }).toEqual(row)
        expect(openedAt <= new Date()).toBe(true)
      }
      return renewCases(app.contextOf(db, new Date(), system), null, false)
    },
    { isolation: 'repeatable read', retries: 3 },
  )
  expect(wrong).toMatchObject({ wrong: 0 })
})

test('every kind is there, complaints stand in every step, and what happens seldom has happened', async () => {
  const there = await many(sql<{ kind: string }>`select distinct kind from cases.case`)
  expect(there.map(({ kind }) => kind).sort()).toEqual([...kinds].sort())
  const steps = await many(
    sql<{ step: string }>`select distinct step from cases.case where kind = 'complaint' and state in ('open', 'resolved')`,
  )
  expect(steps.map(({ step }) => step).sort()).toEqual([
    'approval',
    'cause',
    'department',
    'execution',
    'record',
    'remedy',
    'review',
    'validity',
  ])
  const states = await many(sql<{ state: string }>`select distinct state from cases.case`)
  expect(states.map(({ state }) => state)).toEqual(
    expect.arrayContaining(['open', 'resolved', 'closed', 'withdrawn', 'merged', 'converted']),
  )
  const happened = await many(sql<{ kind: string }>`select distinct kind from cases.event`)
  expect(happened.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining([
      'reopened',
      'replied',
      'read-again',
      'handed-over',
      'sent-back',
      'breached',
      'warned',
      'escalated',
      'message',
      'recovery',
      'promised',
      'task-given',
      'quality-checked',
      'rewarded',
    ]),
  )
  const repeated = sql<{
    n: number
  }>`select count(*)::int as n from cases.event where kind = 'escalated' and data ->> 'because' = 'repeated'`
  expect(await one(repeated)).toBeGreaterThan(0)
  expect(await one(sql`select count(*)::int as n from cases.approval where decided_at is null`)).toBeGreaterThan(0)
  expect(await one(sql`select count(*)::int as n from cases.mail`)).toBeGreaterThan(0)
})

test('the report has something to say in each of its parts', async () => {
  const cases = app.as(casesApi)
  const period = { from: day(364), to: day(0) }
  const { cases: count, rates, paretos, board, cost, iceberg, wordOfMouth } = await cases.report(period)
  expect(count).toBeGreaterThan(50)
  expect(rates.periods.length).toBeGreaterThan(10)
  for (const dimension of Object.values(paretos)) expect(dimension.chart.bars.length).toBeGreaterThan(0)
  for (const share of [board.late, board.satisfied, board.reopened]) expect(share.share).toBeGreaterThan(0)
  expect(board.late.share).toBeLessThan(0.6)
  expect(cost.total.remediesMinor + cost.total.goodwillMinor).toBeGreaterThan(0)
  expect(iceberg.silent * wordOfMouth.good * wordOfMouth.bad).toBeGreaterThan(0)
  const { report } = await cases.regulatorReport(period)
  expect(report.byCategory.length).toBeGreaterThan(3)
  expect(report.total.closedTotal).toBeGreaterThan(20)
  expect((await cases.reportRepurchase(period)).resolved.whole).toBeGreaterThan(0)
  expect((await cases.scorecard({})).open).toBeGreaterThan(20)
})

test('of the two problems one came back less often, the other did not', async () => {
  const { items } = await app.as(casesApi).problems({})
  const called = (title: string) => items.find((problem) => problem.title === title)!
  const curve = async (title: string) => (await app.as(casesApi).problemRecurrence({ problemId: called(title).id })).recurrence!
  expect(called('Ware arrives broken').state).toBe('solved')
  expect(called('The promised day is not kept').state).toBe('watched')
  expect((await curve('Ware arrives broken')).checks.at(-1)!.ratio).toBeLessThan(0.5)
  expect((await curve('The promised day is not kept')).checks[0]!.ratio).toBeGreaterThan(0.3)
})

test('people are recognized, judged and told: scorecard, quality, bulletins with receipts, courses, who left', async () => {
  for (const table of [
    'cases.staff_entry',
    'cases.quality_sheet',
    'cases.staff_score',
    'cases.self_assessment',
    'cases.desertion',
    'cases.ticket',
    'knowledge.bulletin',
    'knowledge.course',
    'cases.route',
    'cases.remedy_offer',
  ])
    expect(await one(sql`select count(*)::int as n from ${sql.table(table)}`), table).toBeGreaterThan(0)
})

test('what customers said and what was done is published with those behind it, and stands for everybody to read', async () => {
  const { items } = await app.as(casesApi).publications({ limit: 50 })
  expect(items.length).toBeGreaterThan(3)
  for (const { state, cases } of items)
    expect({ state, isSaidBySomebody: cases > 0 }).toEqual({ state: 'published', isSaidBySomebody: true })
  const page = await (await app.request('/p/said', { headers: { 'accept-language': 'en' } }, null)).text()
  expect(page).toContain('All ware travels in double boxes with corners now')
  const policy = await app.request('/p/policy', { headers: { 'accept-language': 'zh-TW' } }, null)
  expect([policy.status, await policy.text()]).toEqual([200, expect.stringContaining('我們如何處理客訴')])
  const open = sql<{ n: number }>`
    select count(*)::int as n from cases.event e where e.kind = 'published' and e.data ->> 'publicationId' is null`
  expect(await one(open)).toBe(0)
})

test('advisers have met and said things of which suggestions became; a visitor was helped, and the maker has paid', async () => {
  const { groups } = await app.as(casesApi).advisoryGroups({})
  expect(groups).toMatchObject([{ members: 5 }])
  const { items: meetings } = await app.as(casesApi).advisoryMeetings({ groupId: groups[0]!.id })
  expect(meetings).toHaveLength(2)
  const { items: minutes } = await app.as(casesApi).advisoryMeeting({ meetingId: meetings.at(-1)!.id })
  expect(minutes.filter(({ suggestion }) => suggestion !== null)).toHaveLength(2)
  const { items: claims } = await app.as(casesApi).supplierClaims({})
  expect(claims).toMatchObject([{ claim: 'paid', claimMinor: 6_800 }])
})

test('one who was turned down appealed and was right, another went to a body outside, which saw it partly so', async () => {
  const { total, byBody } = await app.as(casesApi).contestReport({ from: day(600), to: day(0) })
  expect(total).toMatchObject({ appeals: 1, appealsUpheld: { part: 1, whole: 1 } })
  expect(total).toMatchObject({ referrals: 1, overturned: { part: 1, whole: 1 } })
  expect(byBody).toMatchObject([{ name: 'Consumer association' }])
})
