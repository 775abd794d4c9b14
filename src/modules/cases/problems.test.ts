import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commitmentsApi } from '#modules/commitments/api.ts'
import { api as customersApi } from '#modules/customers/api.ts'
import { api as organizationApi } from '#modules/organization/api.ts'
import { organizationProfile, writeSetting } from '#modules/organization/public.ts'
import type { Actor } from '#platform/context.ts'
import { type App, everybody, startApp } from '#test/app.ts'
import { colleague, freight, walk } from '#test/complaints.ts'
import { askForChecks } from './actions/checking.ts'
import { askForProblemChecks, watchCauses } from './actions/watching.ts'
import { casesApi } from './api.ts'
import { followProblemAction } from './jobs/seeing.ts'

let app: App
let ada: Actor
let bea: Actor
let boss: Actor
let departmentId: string
let customerId: string

const on = (day: string, time = '10:00:00') => {
  app.now = new Date(`${day}T${time}+08:00`)
}
const as = (actor: Actor = ada) => app.as(casesApi, actor)
const open = async (more: object = {}) => as().open({ ...freight, customerId, ...more } as never)
const who = () => ({ app, handler: ada, approver: bea, departmentId })
/** Complaints received on a day that lie in the database already, without their story; only what is counted. */
const past = (
  day: string,
  count: number,
  { category, reason, product, cause }: { category: string; reason: string; product?: string; cause?: string },
) =>
  app.transaction(async ({ db }) => {
    for (let i = 0; i < count; i++) {
      const id = crypto.randomUUID()
      await sql`insert into cases.case (customer_id, id, number, kind, process_key, process_version, step, state, subject, channel, received_at, opened_at, opened_by, rank_at, version)
        values (${customerId}, ${id}, 'old', 'complaint', 'complaint', 1, 'review', 'closed', 'Old', 'phone', ${`${day}T02:00:00Z`}, ${`${day}T02:00:00Z`}, 'x', ${`${day}T02:00:00Z`}, 1)`.execute(
        db,
      )
      await sql`insert into cases.figure (customer_id, case_id, received_on, kind, state, category, reason, product_code, cause, late, reopened, repeated, minutes, remedy_minor, goodwill_minor, recovered_minor)
        values (${customerId}, ${id}, ${day}, 'complaint', 'closed', ${category}, ${reason}, ${product ?? null}, ${cause ?? null}, false, 0, false, 0, 0, 0, 0)`.execute(
        db,
      )
    }
  })
const owed = async (actor: Actor) => (await app.as(commitmentsApi, actor).list({ owner: actor.id })).items.map(({ title }) => title)
const news = async (actor: Actor) => (await app.as(organizationApi, actor).notifications({})).items

beforeAll(async () => {
  app = await startApp({ now: new Date('2026-06-01T02:00:00Z') })
  await app.transaction((context) =>
    writeSetting(context, organizationProfile, { name: 'Tea', currency: 'CNY', timeZone: 'Asia/Shanghai', locale: 'en' }, 0),
  )
  ada = await colleague(app, 'Ada')
  bea = await colleague(app, 'Bea', ['supervisor'])
  boss = await colleague(app, 'Boss', ['supervisor'])
  const organization = app.as(organizationApi, everybody)
  departmentId = (
    await organization.createDepartment({ name: 'Transport', parentId: null, headId: ada.id, deputyIds: [], calendarId: null })
  ).id
  customerId = (await app.as(customersApi, ada).create({ values: { name: 'Harbour Tea' } })).id
})
afterAll(() => app.close())

const terms = { description: null, ownerId: null, cause: null, category: 'freight', reason: 'damage', productCode: null }

describe('a problem', () => {
  test('goes from many complaints over its actions to proof, and back when the proof fails', async () => {
    on('2026-05-20')
    await past('2026-05-10', 12, { category: 'freight', reason: 'damage' })
    let problem = await as().openProblem({ ...terms, title: 'Boxes too thin', ownerId: ada.id })
    expect(problem).toMatchObject({ state: 'open', may: ['dismissed'], nextCheck: null, version: 1 })
    problem = await as().addProblemAction({ problemId: problem.id, text: 'Order thicker boxes', ownerId: ada.id, dueDay: '2026-05-22' })
    problem = await as().addProblemAction({ problemId: problem.id, text: 'Train the packers', ownerId: bea.id, dueDay: '2026-05-25' })
    expect(await owed(ada)).toContain('Order thicker boxes')
    await expect(
      as().checkProblem({ problemId: problem.id, version: problem.version, days: 30, verdict: 'effective', note: null }),
    ).rejects.toMatchObject({
      reason: 'nothing-carried-out',
    })
    const [boxes, training] = problem.actions
    on('2026-05-22')
    problem = await as().moveProblemAction({ problemId: problem.id, actionId: boxes!.id, version: boxes!.version, state: 'done' })
    expect(problem).toMatchObject({ state: 'open', curedOn: null })
    expect(await owed(ada)).not.toContain('Order thicker boxes')

    // Said too early, it is asked for anew.
    problem = await as().moveProblemAction({ problemId: problem.id, actionId: boxes!.id, version: 2, state: 'open' })
    expect(await owed(ada)).toContain('Order thicker boxes')
    problem = await as().moveProblemAction({ problemId: problem.id, actionId: boxes!.id, version: 3, state: 'done', doneOn: '2026-05-21' })
    expect(problem.actions[0]).toMatchObject({ state: 'done', doneOn: '2026-05-21' })

    // The other is done in somebody's day, and the problem hears of it.
    on('2026-05-25')
    await app.as(commitmentsApi, bea).complete({ id: training!.commitmentId!, version: 1 })
    await app.transaction((context) =>
      followProblemAction(context, { module: 'cases', id: `problem:${problem.id}` }, training!.commitmentId!, 'done'),
    )
    problem = await as().problem({ problemId: problem.id })
    expect(problem).toMatchObject({ state: 'watched', curedOn: '2026-05-25', nextCheck: { days: 30, on: '2026-06-24' } })

    // When the check is due, it stands in the day of whoever answers for it, once.
    on('2026-06-24')
    expect(await app.transaction((context) => askForProblemChecks(context))).toBe(1)
    expect(await app.transaction((context) => askForProblemChecks(context))).toBe(0)
    expect(await owed(ada)).toContain('Boxes too thin: is the cause gone, 30 days on?')
    // Thirty whole days are over on the day after.
    on('2026-06-25')
    const { recurrence } = await as().problemRecurrence({ problemId: problem.id })
    expect(recurrence).toMatchObject({
      measure: 'days',
      before: { complaints: 12, days: 180 },
      checks: [{ checkDay: 30, verdict: 'too-little-data' }, {}, {}],
    })
    problem = await as().problem({ problemId: problem.id })
    problem = await as().checkProblem({ problemId: problem.id, version: problem.version, days: 30, verdict: 'too-little-data', note: null })
    expect(problem).toMatchObject({ state: 'watched', checkedDays: 30, nextCheck: { days: 60 } })
    expect(problem.checks).toMatchObject([{ days: 30, figures: { before: { complaints: 12 }, after: { complaints: 0, days: 30 } } }])

    // They come back.
    await past('2026-07-01', 15, { category: 'freight', reason: 'damage' })
    on('2026-07-25')
    const later = await as().problemRecurrence({ problemId: problem.id })
    expect(later.recurrence!.checks[1]).toMatchObject({ checkDay: 60, verdict: 'not-effective', why: 'rose' })
    problem = await as().checkProblem({ problemId: problem.id, version: problem.version, days: 60, verdict: 'not-effective', note: 'Back' })
    expect(problem).toMatchObject({ state: 'open', curedOn: null, checkedDays: null, nextCheck: null })
  })

  test('is not written by two who saw the same, and goes only where it may', async () => {
    const problem = await as().openProblem({ ...terms, title: 'A', reason: 'loss' })
    await as().changeProblem({ problemId: problem.id, version: 1, title: 'B' })
    await expect(as(bea).changeProblem({ problemId: problem.id, version: 1, title: 'C' })).rejects.toMatchObject({
      status: 409,
      reason: 'changed-meanwhile',
    })
    await expect(as().moveProblem({ problemId: problem.id, version: 2, state: 'solved', note: 'x' })).rejects.toMatchObject({
      reason: 'no-way-there',
    })
    await expect(as().moveProblem({ problemId: problem.id, version: 2, state: 'dismissed', note: null })).rejects.toMatchObject({
      status: 422,
      reason: 'required',
    })
    await as().moveProblem({ problemId: problem.id, version: 2, state: 'dismissed', note: 'It was chance' })
    await expect(as().addProblemAction({ problemId: problem.id, text: 'x', ownerId: ada.id, dueDay: '2026-08-01' })).rejects.toMatchObject({
      reason: 'problem-dismissed',
    })
  })

  test('says something that complaints can have in common, of things that are there', async () => {
    for (const [wrong, reason] of [
      [{ category: null, reason: null }, 'nothing-said'],
      [{ reason: 'attitude' }, 'no-such-reason'],
      [{ productCode: 'NONE' }, 'no-such-product'],
      [{ ownerId: 'nobody' }, 'nobody-here'],
    ] as const)
      await expect(as().openProblem({ ...terms, title: 'A', ...wrong })).rejects.toMatchObject({ status: 422, reason })
  })

  test('has the cases that are linked to it and those that agree; others may be found', async () => {
    on('2026-08-01')
    const problem = await as().openProblem({ ...terms, title: 'Wrong address', category: 'contract', reason: 'delivery-place' })
    const agreeing = await open({ category: 'contract', reason: 'delivery-place' })
    const near = await open({ category: 'contract', reason: 'quantity' })
    const other = await open({ category: 'service', reason: 'manner' })
    const its = async (which: 'its' | 'candidates') => (await as().problemCases({ problemId: problem.id, which })).items.map(({ id }) => id)
    expect(await its('its')).toEqual([agreeing.id])
    expect(await its('candidates')).toEqual([near.id])
    expect((await as().caseProblems({ caseId: near.id })).suggestions).toMatchObject([{ id: problem.id, agrees: false }])
    expect((await as().caseProblems({ caseId: other.id })).suggestions).toEqual([])
    const { version } = await as().one({ caseId: near.id })
    await as().linkProblem({ caseId: near.id, version, problemId: problem.id })
    expect((await its('its')).toSorted()).toEqual([agreeing.id, near.id].toSorted())
    expect(await its('candidates')).toEqual([])
    expect((await as().caseProblems({ caseId: near.id })).problem).toMatchObject({ id: problem.id, title: 'Wrong address' })
    expect((await as().log({ caseId: near.id })).events.at(-1)).toMatchObject({ kind: 'problem-linked', said: { problemId: problem.id } })
  })

  test('shows no figures over everybody to whoever sees only some', async () => {
    const own: Actor = { ...bea, reach: () => [bea.id] }
    const { items } = await as(own).problems({})
    expect(items.length).toBeGreaterThan(2)
    await expect(as(own).problemRecurrence({ problemId: items[0]!.id })).rejects.toMatchObject({ status: 403 })
    const checked = items.find(({ title }) => title === 'Boxes too thin')!
    expect((await as(own).problem({ problemId: checked.id })).checks.map(({ figures }) => figures)).toEqual([null, null])
    expect((await as().problemCases({ problemId: checked.id })).items.length).toBeGreaterThan(1)
    expect(await as(own).problemCases({ problemId: checked.id, limit: 1 })).toEqual({ items: [], next: null })
  })
})

describe('a case of a problem that was thought cured', () => {
  test('says so by itself, on its page and in lists, and whoever answers for the problem hears of it (G-30)', async () => {
    on('2026-09-01')
    let problem = await as().openProblem({
      ...terms,
      title: 'Late lorries',
      category: 'contract',
      reason: 'delivery-time',
      ownerId: boss.id,
    })
    problem = await as().addProblemAction({ problemId: problem.id, text: 'Another carrier', ownerId: ada.id, dueDay: '2026-09-02' })
    const early = await open({ category: 'contract', reason: 'delivery-time' })
    expect((await as().one({ caseId: early.id })).recurrence).toBeNull()
    problem = await as().moveProblemAction({ problemId: problem.id, actionId: problem.actions[0]!.id, version: 1, state: 'done' })
    const sameDay = await open({ category: 'contract', reason: 'delivery-time' })
    expect((await as().one({ caseId: sameDay.id })).recurrence).toBeNull()

    on('2026-09-02')
    const late = await open({ category: 'contract', reason: 'delivery-time' })
    expect((await as().one({ caseId: late.id })).recurrence).toMatchObject({ problemId: problem.id, by: 'system' })
    expect((await as().list({ queue: 'open' })).items.find(({ id }) => id === late.id)?.recurred).toBe(true)
    expect((await as().list({ queue: 'open' })).items.find(({ id }) => id === early.id)?.recurred).toBe(false)
    expect((await as().caseProblems({ caseId: late.id })).recurrence?.problem).toMatchObject({ id: problem.id, title: 'Late lorries' })
    expect((await news(boss)).map(({ kind }) => kind)).toContain('cases.recurred')

    // One that says it later than at its opening.
    const linked = await open({ category: 'service', reason: 'skill' })
    const { version } = await as().one({ caseId: linked.id })
    await as().linkProblem({ caseId: linked.id, version, problemId: problem.id })
    expect((await as().one({ caseId: linked.id })).recurrence).toMatchObject({ problemId: problem.id })
  })
})

describe('the watch over causes', () => {
  test('proposes a problem for what exceeds its limit, tells those who manage cases, and says it once', async () => {
    for (let week = 2; week <= 26; week++) {
      const day = new Date(Date.parse('2026-11-29T00:00:00Z') - week * 7 * 86_400_000).toISOString().slice(0, 10)
      await past(day, 1, { category: 'product-quality', reason: 'defect', product: 'JAR', cause: 'material' })
    }
    await past('2026-11-27', 9, { category: 'product-quality', reason: 'defect', product: 'JAR', cause: 'material' })
    on('2026-11-30', '03:40:00')
    // By cause, by reason and by product.
    expect(await app.transaction((context) => watchCauses(context))).toBe(3)
    expect(await app.transaction((context) => watchCauses(context))).toBe(0)
    const drafts = (await as().problems({ state: ['draft'] })).items
    expect(drafts.map(({ cause, reason, productCode }) => [cause, reason, productCode]).toSorted()).toEqual(
      [
        ['material', null, null],
        [null, 'defect', null],
        [null, null, 'JAR'],
      ].toSorted(),
    )
    const byReason = drafts.find(({ reason }) => reason === 'defect')!
    expect(byReason).toMatchObject({ title: 'Product quality · Defect', alertedOn: '2026-11-29', openedAt: app.now })
    expect(await as().problem({ problemId: byReason.id })).toMatchObject({
      alert: { complaints: 9 },
      may: ['open', 'dismissed'],
      openedBy: 'system',
    })
    const alerts = (await news(boss)).filter(({ kind }) => kind === 'cases.cause-alert')
    expect(alerts).toHaveLength(3)
    expect(alerts.find(({ link }) => link === `/cases/problems/${byReason.id}`)?.values).toMatchObject({
      complaints: 9,
      title: 'Product quality · Defect',
    })
    const { weeks, alert } = await as().problemRecurrence({ problemId: byReason.id })
    expect(weeks).toHaveLength(27)
    expect(weeks.at(-1)).toMatchObject({ from: '2026-11-23', complaints: 9 })
    expect(alert.verdict).toBe('above-limit')

    // Dismissed, it is not proposed again in the same weeks; and what is watched is told to its owner instead.
    await as().moveProblem({ problemId: byReason.id, version: 1, state: 'dismissed', note: 'A bad batch' })
    expect(await app.transaction((context) => watchCauses(context))).toBe(0)
  })
})

describe('whether the cause of a single case is gone', () => {
  test('is asked of whoever handles it when the day comes, prefilled, and a failure opens it again, also when it was closed', async () => {
    on('2027-01-04')
    await past('2026-12-20', 8, { category: 'freight', reason: 'packing-handling' })
    const made = await open({ reason: 'packing-handling' })
    await walk(who(), made.id, 'reviewed')
    expect(await as().caseEffectiveness({ caseId: made.id })).toMatchObject({
      due: { days: 30, on: '2027-02-03' },
      recurrence: { curedOn: '2027-01-04' },
    })
    on('2027-02-02')
    expect(await app.transaction((context) => askForChecks(context))).toBe(0)
    on('2027-02-04')
    expect(await app.transaction((context) => askForChecks(context))).toBe(1)
    expect(await app.transaction((context) => askForChecks(context))).toBe(0)
    const { number } = await as().one({ caseId: made.id })
    expect(await owed(ada)).toContain(`Case ${number}: is the cause gone, 30 days on?`)

    const first = await as().caseEffectiveness({ caseId: made.id })
    // Of the day of the cure the case itself is on neither side.
    expect(first.recurrence).toMatchObject({
      before: { complaints: 8, days: 180 },
      checks: [{ checkDay: 30, after: { complaints: 0, days: 30 } }, {}, {}],
    })
    let { version } = await as().one({ caseId: made.id })
    const closed = await as().checkEffectiveness({
      caseId: made.id,
      version,
      days: 30,
      verdict: 'effective',
      before: 8,
      after: 0,
      note: null,
    })
    expect(closed.state).toBe('closed')
    expect(await owed(ada)).not.toContain(`Case ${number}: is the cause gone, 30 days on?`)

    // The second check comes though the case is closed, and finds the cause back.
    await past('2027-02-20', 9, { category: 'freight', reason: 'packing-handling' })
    on('2027-03-06')
    expect(await app.transaction((context) => askForChecks(context))).toBe(1)
    expect(await owed(ada)).toContain(`Case ${number}: is the cause gone, 60 days on?`)
    expect((await as().caseEffectiveness({ caseId: made.id })).recurrence!.checks[1]).toMatchObject({
      checkDay: 60,
      verdict: 'not-effective',
    })
    ;({ version } = await as().one({ caseId: made.id }))
    const again = await as().checkEffectiveness({
      caseId: made.id,
      version,
      days: 60,
      verdict: 'not-effective',
      before: 8,
      after: 9,
      note: 'Back',
    })
    expect(again).toMatchObject({ state: 'open', step: 'cause' })
    expect(await as().caseEffectiveness({ caseId: made.id })).toEqual({ due: null, recurrence: null })
  })

  test('is nobody’s task where nothing was carried out, and no figure for whoever sees only some', async () => {
    on('2027-01-04')
    const made = await open({ category: 'service', reason: 'quality' })
    expect(await as().caseEffectiveness({ caseId: made.id })).toEqual({ due: null, recurrence: null })
    await walk(who(), made.id, 'executed')
    const own: Actor = { ...ada, reach: () => [ada.id] }
    expect(await as(own).caseEffectiveness({ caseId: made.id })).toMatchObject({ due: { days: 30 }, recurrence: null })
  })
})
