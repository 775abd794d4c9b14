import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commitmentsApi } from '#modules/commitments/api.ts'
import { commitmentsTakenOver } from '#modules/commitments/public.ts'
import { api as customersApi } from '#modules/customers/api.ts'
import { ordersApi } from '#modules/orders/api.ts'
import { api as organizationApi } from '#modules/organization/api.ts'
import { organizationProfile, writeSetting } from '#modules/organization/public.ts'
import type { Actor } from '#platform/context.ts'
import { type App, everybody, startApp } from '#test/app.ts'
import { colleague, freight, walk } from '#test/complaints.ts'
import { askForReview } from './actions/review-duty.ts'
import { casesApi } from './api.ts'
import { reviewJobs } from './jobs/reviews.ts'
import { reviewsSetting } from './settings.ts'
import { heldReviewRow, updateReview } from './store/reviews.ts'

/** Two quarters of complaints, a review of the second, and what becomes of it. */
let app: App
let ada: Actor
let sue: Actor
let rex: Actor
let departmentId: string
const customers: string[] = []
const at = (text: string) => {
  app.now = new Date(`${text}+08:00`)
}
const as = (actor: Actor) => app.as(casesApi, actor)
const open = async (more: object = {}) => (await as(ada).open({ ...freight, customerId: customers[0]!, ...more } as never)).id
const versionOf = async (caseId: string) => (await as(ada).one({ caseId })).version
/** What the facts since the last call wake. */
let seen = 0
async function work(): Promise<void> {
  const facts = await app.db.selectFrom('platform.fact').selectAll().where('id', '>', seen).orderBy('id').execute()
  seen = facts.at(-1)?.id ?? seen
  for (const fact of facts)
    for (const job of reviewJobs.filter((one) => 'on' in one && one.on?.name === fact.name))
      await app.transaction((context) => job.run(context, fact.payload as never))
}
const only = (actor: Actor, ...hidden: string[]): Actor => ({ ...actor, can: (permission) => !hidden.includes(permission) })

beforeAll(async () => {
  app = await startApp({ now: new Date('2026-01-05T02:00:00Z') })
  await app.transaction((context) =>
    writeSetting(context, organizationProfile, { name: 'Tea', currency: 'CNY', timeZone: 'Asia/Shanghai', locale: 'en' }, 0),
  )
  ada = await colleague(app, 'Ada')
  sue = await colleague(app, 'Sue', ['supervisor'])
  rex = await colleague(app, 'Rex', ['executive'])
  const organization = app.as(organizationApi, everybody)
  departmentId = (
    await organization.createDepartment({ name: 'Transport', parentId: null, headId: ada.id, deputyIds: [], calendarId: null })
  ).id
  customers.push((await app.as(customersApi, ada).create({ values: { name: 'Harbour Tea' } })).id)
  const order = (day: string) =>
    app.as(ordersApi, ada).place({ customerId: customers[0]!, day, lines: [{ product: 'TEA', quantity: '1', unitPrice: '100' }] })
  at('2026-01-10T10:00:00')
  await open({ category: 'service', reason: 'attitude' })
  at('2026-04-02T10:00:00')
  const first = await open()
  await walk({ app, handler: ada, approver: sue, departmentId }, first, 'executed')
  at('2026-04-20T10:00:00')
  await open()
  // Its first clocks run out without anybody having said anything.
  at('2026-05-30T10:00:00')
  for (const day of ['2026-02-01', '2026-04-03', '2026-05-03', '2026-05-04']) await order(day)
  at('2026-07-02T10:00:00')
})
afterAll(() => app.close())

const figureOf = (review: Awaited<ReturnType<ReturnType<typeof as>['review']>>, section: string, key: string) =>
  review.sections.find((one) => one.key === section)?.figures.find((one) => one.key === key)

describe('a management review', () => {
  let reviewId = ''

  test('is due for the last period that is over, once', async () => {
    expect(await as(sue).reviewDue({})).toEqual({
      ...{ rhythm: 'quarter', from: '2026-04-01', to: '2026-06-30', dueDay: '2026-07-20' },
      ...{ responsibleId: null, reviewId: null, held: false },
    })
    await expect(as(sue).makeReview({ from: '2026-06-01', to: '2026-07-02' })).rejects.toMatchObject({ reason: 'not-over' })
    await expect(as(sue).makeReview({ from: '2026-06-02', to: '2026-06-01' })).rejects.toMatchObject({ reason: 'after-the-end' })
    await expect(as(sue).makeReview({ from: '2024-06-02', to: '2026-06-01' })).rejects.toMatchObject({ reason: 'longer-than-a-year' })
    const made = await as(sue).makeReview({})
    expect(made).toMatchObject({ from: '2026-04-01', to: '2026-06-30', state: 'draft', preparedBy: sue.id })
    reviewId = made.id
    await expect(as(rex).makeReview({})).rejects.toMatchObject({ reason: 'period-taken' })
    expect((await as(sue).reviews({})).items.map(({ id }) => id)).toEqual([reviewId])
  })

  test('gathers by itself what the report says of both periods', async () => {
    const review = await as(sue).review({ reviewId })
    expect(review.before).toEqual({ from: '2026-01-01', to: '2026-03-31' })
    const report = await as(sue).report({ from: review.from, to: review.to })
    const earlier = await as(sue).report(review.before)
    expect(figureOf(review, 'volume', 'complaints')).toMatchObject({ now: { value: report.cases }, before: { value: earlier.cases } })
    expect([report.cases, earlier.cases]).toEqual([2, 1])
    expect(figureOf(review, 'volume', 'per-thousand')).toMatchObject({
      now: { value: report.rates.overall.perThousand, part: 2, whole: 3 },
      before: { value: earlier.rates.overall.perThousand },
      change: 'too-little-data',
    })
    expect(figureOf(review, 'volume', 'established')!.now).toMatchObject({ part: 1, whole: 1, value: 1 })
    expect(figureOf(review, 'speed', 'settlement')!.now.value).toBe(report.board.settlement.median.seconds?.estimate ?? null)
    expect(figureOf(review, 'cost', 'cost')!.now.value).toBe(report.cost.total.costMinor)
    expect(review.sections[0]!.lists.find(({ key }) => key === 'department')!.rows).toMatchObject([
      { key: departmentId, label: 'Transport', now: 1 },
    ])
    expect(review.sections[0]!.lists.find(({ key }) => key === 'category')!.rows).toEqual([
      { key: 'freight', label: null, now: 2, before: 0, share: 1, vital: true },
    ])
    expect(review.sections.find(({ key }) => key === 'rules')!.figures.map(({ of }) => of)).toEqual(['feedback-24h', 'iso-10002'])
  })

  test('takes conclusions, decisions and means, and who takes part, while it is prepared', async () => {
    const add = (more: object) =>
      as(sue).addReviewEntry({ reviewId, kind: 'decision', section: null, text: 'x', ownerId: null, dueDay: null, ...more } as never)
    await expect(add({ kind: 'conclusion' })).rejects.toMatchObject({ reason: 'required' })
    await expect(add({ section: 'volume' })).rejects.toMatchObject({ reason: 'not-a-conclusion' })
    await expect(add({ kind: 'means', section: 'tiers' })).rejects.toMatchObject({ reason: 'not-a-conclusion' })
    await expect(add({ kind: 'addendum' })).rejects.toMatchObject({ reason: 'not-held-yet' })
    await expect(add({ kind: 'means', ownerId: ada.id, dueDay: '2026-08-01' })).rejects.toMatchObject({ reason: 'not-a-decision' })
    await expect(add({ ownerId: ada.id })).rejects.toMatchObject({ reason: 'required', fields: [{ field: 'dueDay' }] })
    await expect(add({ dueDay: '2026-08-01' })).rejects.toMatchObject({ fields: [{ field: 'ownerId' }] })
    await expect(add({ ownerId: '0198c0de-0000-7000-8000-00000000dead', dueDay: '2026-08-01' })).rejects.toMatchObject({
      reason: 'nobody-here',
    })
    await add({ kind: 'conclusion', section: 'volume', text: 'More freight damage' })
    const decided = await add({ text: 'Thicker boxes', ownerId: ada.id, dueDay: '2026-08-01' })
    await as(sue).changeReviewEntry({
      reviewId,
      entryId: decided.id,
      version: 1,
      text: 'Thicker boxes everywhere',
      ownerId: ada.id,
      dueDay: '2026-08-02',
    })
    await expect(
      as(sue).changeReviewEntry({ reviewId, entryId: decided.id, version: 1, text: 'x', ownerId: null, dueDay: null }),
    ).rejects.toMatchObject({ status: 409 })
    await add({ text: 'No other supplier' })
    await add({ kind: 'means', text: '5,000 for boxes' })
    const gone = await add({ text: 'A mistake' })
    await as(sue).dropReviewEntry({ reviewId, entryId: gone.id, version: 1 })
    // Whatever is written makes the review another than it was seen before.
    expect((await as(sue).review({ reviewId })).version).toBe(8)
    const { version } = await as(sue).changeReview({ reviewId, version: 8, participantIds: [ada.id], guests: 'An adviser' })
    await expect(as(sue).changeReview({ reviewId, version: 1, participantIds: [], guests: null })).rejects.toMatchObject({ status: 409 })
    expect(version).toBe(9)
  })

  test('shows nobody what they may not see, nor lets them conclude of it', async () => {
    const less = only(sue, 'value.read', 'cases.quality', 'cases.penalties')
    const review = await as(less).review({ reviewId })
    expect(review.sections.map(({ key }) => key).filter((key) => ['tiers', 'quality', 'personnel'].includes(key))).toEqual([])
    const entry = { reviewId, kind: 'conclusion', text: 'Gold customers complain', ownerId: null, dueDay: null } as const
    await expect(as(less).addReviewEntry({ ...entry, section: 'tiers' })).rejects.toMatchObject({ reason: 'section-hidden' })
    const { id } = await as(sue).addReviewEntry({ ...entry, section: 'tiers' })
    expect((await as(less).review({ reviewId })).entries.map(({ text }) => text)).not.toContain(entry.text)
    await expect(as(less).dropReviewEntry({ reviewId, entryId: id, version: 1 })).rejects.toMatchObject({ reason: 'no-such-entry' })
    await as(sue).dropReviewEntry({ reviewId, entryId: id, version: 1 })
    const some = { ...sue, reach: () => [sue.id] } as Actor
    await expect(as(some).review({ reviewId })).rejects.toMatchObject({ status: 403 })
  })

  test('is held by whoever may: decisions stand in the day and in the backlog', async () => {
    const { version, may } = await as(only(sue, 'cases.hold-reviews')).review({ reviewId })
    expect(may.hold).toBe(false)
    await expect(as(only(sue, 'cases.hold-reviews')).holdReview({ reviewId, version })).rejects.toMatchObject({ status: 403 })
    const said = { reviewId, kind: 'decision', section: null, text: 'Written meanwhile', ownerId: rex.id, dueDay: '2026-08-03' } as const
    const meanwhile = await as(sue).addReviewEntry(said)
    await expect(as(rex).holdReview({ reviewId, version })).rejects.toMatchObject({ status: 409 })
    // Nothing is given to somebody who has gone.
    const disabled = (at: Date | null) => app.db.updateTable('platform.user').set({ disabled_at: at }).where('id', '=', rex.id).execute()
    await disabled(app.now)
    await expect(as(sue).holdReview({ reviewId, version: version + 1 })).rejects.toMatchObject({ reason: 'owner-gone' })
    await disabled(null)
    await as(sue).dropReviewEntry({ reviewId, entryId: meanwhile.id, version: 1 })
    expect(await as(rex).holdReview({ reviewId, version: version + 2 })).toMatchObject({ state: 'held', heldBy: rex.id })
    const review = await as(sue).review({ reviewId })
    expect(review.participants).toEqual([ada.id, rex.id])
    expect(review.actions).toMatchObject([
      { text: 'Thicker boxes everywhere', ownerId: ada.id, dueDay: '2026-08-02', state: 'open', late: false },
    ])
    const { items } = await as(ada).improvements({ mine: true })
    expect(items).toMatchObject([{ text: 'Thicker boxes everywhere', reviewId, auditId: null, case: null, problem: null }])
    const day = await app.as(commitmentsApi, ada).list({ owner: ada.id } as never)
    expect(JSON.stringify(day)).toContain('Thicker boxes everywhere')
  })

  test('what was decided is read and moved by who does it and who looks after reviews, and dropped by the latter alone', async () => {
    const owner = only(ada, 'cases.review', 'cases.audit')
    const cara = await colleague(app, 'Cara')
    const other = only(cara, 'cases.review', 'cases.audit')
    const lineOf = async (actor: Actor) => (await as(actor).improvements({})).items.find((one) => one.reviewId === reviewId)!
    const line = await lineOf(other)
    expect(line).toMatchObject({ text: null, may: { move: false, drop: false } })
    expect(await lineOf(owner)).toMatchObject({ text: 'Thicker boxes everywhere', may: { move: true, drop: false } })
    expect(await lineOf(only(cara, 'cases.audit'))).toMatchObject({ text: 'Thicker boxes everywhere', may: { move: true, drop: true } })
    expect(await lineOf(only(cara, 'cases.review'))).toMatchObject({ text: null })
    const move = (actor: Actor, state: 'done' | 'dropped' | 'open', version: number) =>
      as(actor).moveProcessAction({ actionId: line.id, version, state })
    await expect(move(other, 'done', 1)).rejects.toMatchObject({ status: 403, reason: 'not-theirs' })
    await expect(move(other, 'dropped', 1)).rejects.toMatchObject({ reason: 'not-theirs' })
    await expect(move(owner, 'dropped', 1)).rejects.toMatchObject({ status: 403, reason: 'not-to-drop' })
    await work()
    // Nor is it dropped by taking it out of one's day.
    const owed = await app.db.selectFrom('cases.process_action').select('commitment_id as id').executeTakeFirstOrThrow()
    const cancelled = { id: owed.id!, version: 1, reason: 'No time' }
    await app.as(commitmentsApi, ada).cancel(cancelled as never)
    await work()
    expect(await lineOf(owner)).toMatchObject({ state: 'open' })
    await move(sue, 'dropped', 1)
    await move(owner, 'open', 2)
    expect(await lineOf(owner)).toMatchObject({ state: 'open', version: 3 })
  })

  test('whoever it is handed over to does it from then on', async () => {
    const bea = await colleague(app, 'Bea')
    const action = await app.db.selectFrom('cases.process_action').select(['id', 'commitment_id as owed']).executeTakeFirstOrThrow()
    const ownerOf = async () => (await as(sue).review({ reviewId })).actions[0]!.ownerId
    const handOver = (from: Actor, ownerId: string, version: number) =>
      app.as(commitmentsApi, from).handOver({ id: action.owed!, version, ownerId, note: '' })
    await handOver(ada, bea.id, 1)
    await work()
    expect(await ownerOf()).toBe(bea.id)
    // All at once, where somebody leaves.
    await app.db.updateTable('commitments.commitment').set({ owner_id: ada.id }).where('id', '=', action.owed!).execute()
    await app.transaction((context) => context.publish(commitmentsTakenOver, { fromUserId: bea.id, given: [] }))
    await work()
    expect(await ownerOf()).toBe(ada.id)
  })

  test('what was held stays as management saw it, whatever is put right later', async () => {
    const before = await as(sue).review({ reviewId })
    const one = (await as(ada).reportCases({ from: '2026-04-01', to: '2026-06-30' })).items[0]!
    await as(ada).changeRecord({ caseId: one.id, version: await versionOf(one.id), changes: { category: 'service', reason: 'manner' } })
    at('2026-07-03T10:00:00')
    await as(ada).open({ ...freight, customerId: customers[0]!, receivedAt: new Date('2026-05-01T02:00:00Z') } as never)
    const report = await as(sue).report({ from: '2026-04-01', to: '2026-06-30' })
    expect(report.cases).toBe(3)
    const after = await as(sue).review({ reviewId })
    expect(after.sections).toEqual(before.sections)
    expect(after.readAt).toEqual(before.readAt)
    expect(figureOf(after, 'volume', 'complaints')!.now.value).toBe(2)
  })

  test('nothing of it changes any more; corrections are added', async () => {
    const { version, entries } = await as(sue).review({ reviewId })
    const said = { text: 'x', ownerId: null, dueDay: null }
    const held = { reason: 'was-held', status: 409 }
    await expect(as(sue).holdReview({ reviewId, version })).rejects.toMatchObject(held)
    await expect(as(sue).changeReview({ reviewId, version, participantIds: [], guests: null })).rejects.toMatchObject(held)
    await expect(as(sue).dropReview({ reviewId, version })).rejects.toMatchObject(held)
    await expect(as(sue).addReviewEntry({ reviewId, kind: 'decision', section: null, ...said })).rejects.toMatchObject(held)
    await expect(as(sue).changeReviewEntry({ reviewId, entryId: entries[0]!.id, version: 1, ...said })).rejects.toMatchObject(held)
    await expect(as(sue).dropReviewEntry({ reviewId, entryId: entries[0]!.id, version: 1 })).rejects.toMatchObject(held)
    // Nor where somebody comes by the store.
    const row = await heldReviewRow(app.db, reviewId)
    expect(await updateReview(app.db, { ...row!, guests: 'x' })).toBe(false)
    await as(sue).addReviewEntry({ reviewId, kind: 'addendum', section: null, text: 'One case came late', ownerId: null, dueDay: null })
    expect((await as(sue).review({ reviewId })).entries.at(-1)).toMatchObject({ kind: 'addendum', text: 'One case came late' })
  })

  test('what was decided is done, and the next review says so', async () => {
    const [action] = (await as(sue).review({ reviewId })).actions
    await expect(
      as(ada).moveProcessAction({ actionId: action!.id, version: action!.version, state: 'done', doneOn: '2026-09-01' }),
    ).rejects.toMatchObject({ reason: 'not-yet-come' })
    expect(await as(ada).moveProcessAction({ actionId: action!.id, version: action!.version, state: 'done' })).toMatchObject({
      state: 'done',
      doneOn: '2026-07-03',
    })
    await expect(as(ada).moveProcessAction({ actionId: action!.id, version: 1, state: 'open' })).rejects.toMatchObject({ status: 409 })
    at('2026-07-04T01:00:00')
    const other = await dropped()
    at('2026-10-02T10:00:00')
    const next = await as(sue).makeReview({})
    expect(next).toMatchObject({ from: '2026-07-01', to: '2026-09-30' })
    const review = await as(sue).review({ reviewId: next.id })
    expect(figureOf(review, 'actions', 'done')!.now).toMatchObject({ part: 1, whole: 2 })
    const { lines } = review.sections.find(({ key }) => key === 'actions')!
    expect(lines).toMatchObject([
      { id: action!.id, title: 'Thicker boxes everywhere', state: 'done', who: ada.id },
      { id: other, state: 'dropped' },
    ])
    await as(sue).dropReview({ reviewId: next.id, version: next.version })
    await expect(as(sue).review({ reviewId: next.id })).rejects.toMatchObject({ reason: 'no-such-review' })
  })

  test('counts every change, and names the last', async () => {
    const changed = Array.from({ length: 60 }, (_, n) => ({
      ...{ id: crypto.randomUUID(), key: reviewsSetting.key, after: '{}', changed_by: ada.id },
      changed_at: new Date(`2026-08-01T02:00:${String(n).padStart(2, '0')}Z`),
    }))
    await app.db
      .insertInto('organization.setting_change')
      .values(changed as never)
      .execute()
    const { id, version } = await as(sue).makeReview({})
    const review = await as(sue).review({ reviewId: id })
    expect(figureOf(review, 'changes', 'changes')!.now.value).toBe(60)
    expect(review.sections.find(({ key }) => key === 'changes')!.lines).toHaveLength(50)
    await as(sue).dropReview({ reviewId: id, version })
  })

  test('is a document in the language of whoever asks, and a table', async () => {
    const file = async (format: string, language: string, actor = sue) =>
      (await app.request(`/api/v1/case-reviews/${reviewId}/file?format=${format}&language=${language}`, {}, actor)).text()
    const english = await file('html', 'en')
    expect(english).toContain('Management review of complaint handling')
    expect(english).toContain('Figures as they were seen when the review was held')
    expect(english).toContain('More freight damage')
    expect(english).toContain('Thicker boxes everywhere (Ada, Aug 2, 2026)')
    expect(english).toContain('One case came late')
    expect(english).toContain('Transport')
    // No key that lacks its word.
    expect(english).not.toMatch(/review\.[a-zA-Z]+/)
    const chinese = await file('html', 'zh-TW')
    expect(chinese).toContain('投訴處理管理審查')
    expect(chinese).not.toMatch(/review\.[a-zA-Z]+/)
    const table = await file('csv', 'en')
    expect(table).toMatch(/How many, and of what.*,Complaints,count,2,/)
    expect(await file('csv', 'en', only(sue, 'cases.penalties'))).not.toContain('Proposals about staff')
    expect(table).toContain('Proposals about staff')
  })
})

/** Decided in another review before the period, and dropped in it; the day is that of the company, not of the clock. */
async function dropped(): Promise<string> {
  const { id } = await as(sue).makeReview({ from: '2026-01-01', to: '2026-03-31' })
  const said = { reviewId: id, kind: 'decision', section: null, text: 'Given up', ownerId: ada.id, dueDay: '2026-12-01' } as const
  await as(sue).addReviewEntry(said)
  await as(rex).holdReview({ reviewId: id, version: 2 })
  const [action] = (await as(sue).review({ reviewId: id })).actions
  await app.db
    .updateTable('cases.process_action')
    .set({ made_at: new Date('2026-05-01T02:00:00Z') })
    .where('id', '=', action!.id)
    .execute()
  await as(sue).moveProcessAction({ actionId: action!.id, version: 1, state: 'dropped' })
  const row = await app.db.selectFrom('cases.process_action').select('dropped_on').where('id', '=', action!.id).executeTakeFirstOrThrow()
  expect(row.dropped_on).toBe('2026-07-04')
  return action!.id
}

describe('the duty to hold reviews', () => {
  test('stands in the day of whoever is responsible, once, and goes when the review is held', async () => {
    await app.transaction(async (context) => expect(await askForReview(context)).toBe(false))
    const organization = app.as(organizationApi, everybody)
    const value = { rhythm: 'quarter', dueDays: 30, responsibleId: '0198c0de-0000-7000-8000-00000000dead' }
    await expect(organization.changeSetting({ key: reviewsSetting.key, value, version: 0 })).rejects.toMatchObject({
      reason: 'nobody-here',
    })
    await organization.changeSetting({ key: reviewsSetting.key, value: { ...value, responsibleId: sue.id }, version: 0 })
    const duties = async () =>
      (
        await app.db
          .selectFrom('commitments.commitment')
          .select(['title', 'state', 'due_day as due'])
          .where('owner_id', '=', sue.id)
          .execute()
      ).filter(({ title }) => title.startsWith('Management review'))
    for (let n = 0; n < 2; n++) await app.transaction(async (context) => expect(await askForReview(context)).toBe(true))
    expect(await duties()).toEqual([
      { title: 'Management review of complaint handling, 2026-07-01 to 2026-09-30', state: 'open', due: '2026-10-30' },
    ])
    const { id, version } = await as(sue).makeReview({})
    await as(rex).holdReview({ reviewId: id, version })
    expect((await duties()).map(({ state }) => state)).toEqual(['done'])
    await app.transaction(async (context) => expect(await askForReview(context)).toBe(false))
    expect(await as(sue).reviewDue({})).toMatchObject({ reviewId: id, held: true, responsibleId: sue.id })
  })
})
