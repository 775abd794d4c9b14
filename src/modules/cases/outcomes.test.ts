import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commitmentsOfOrigin } from '#modules/commitments/public.ts'
import { api as customersApi } from '#modules/customers/api.ts'
import { api as organizationApi } from '#modules/organization/api.ts'
import type { Actor } from '#platform/context.ts'
import { type App, everybody, startApp } from '#test/app.ts'
import { colleague, freight, walk } from '#test/complaints.ts'
import { improvementOrigin } from './actions/improving.ts'
import { casesApi } from './api.ts'
import { followImprovement } from './jobs/seeing.ts'

let app: App
let ada: Actor
let bea: Actor
let customerId: string
let departmentId: string
beforeAll(async () => {
  app = await startApp({ now: new Date('2026-03-10T02:00:00Z') })
  ada = await colleague(app, 'Ada')
  bea = await colleague(app, 'Bea', ['supervisor'])
  customerId = (await app.as(customersApi).create({ values: { name: 'Harbour Tea' } })).id
  departmentId = (
    await app.as(organizationApi).createDepartment({ name: 'Transport', parentId: null, headId: ada.id, deputyIds: [], calendarId: null })
  ).id
})
afterAll(() => app.close())

const as = (actor: Actor = ada) => app.as(casesApi, actor)
const one = (caseId: string) => as().one({ caseId })
const on = async (caseId: string) => ({ caseId, version: (await one(caseId)).version })
const enquiry = async (subject = 'Do you sell smaller jars?') =>
  (await as().open({ kind: 'enquiry', customerId, subject, description: 'Half a pound is too much for me', channel: 'phone' })).id
const complaint = async () => (await as().open({ ...freight, customerId })).id
const learned = async () => {
  const caseId = await complaint()
  await walk({ app, handler: ada, approver: bea, departmentId }, caseId, 'reviewed')
  return caseId
}

describe('an idea in a case (G-16)', () => {
  test('becomes a suggestion by one click, each names the other, and the case goes on as it was', async () => {
    const caseId = await enquiry()
    const { made, number } = await as().suggestFromCase(await on(caseId))
    expect(await one(made.id)).toMatchObject({
      ...{ kind: 'suggestion', number, customer: { id: customerId }, ideaOf: { caseId } },
      record: { subject: 'Do you sell smaller jars?', description: 'Half a pound is too much for me' },
    })
    expect(await one(caseId)).toMatchObject({ state: 'open', ideas: [{ caseId: made.id, number }], ideaOf: null })
    // Pressed again, also by whoever saw the case before, it is the same one.
    expect(await as().suggestFromCase({ caseId, version: 1 })).toMatchObject({ made: { id: made.id }, number })
    expect((await one(caseId)).may).not.toContain('idea-taken')
  })
  test('is taken also from a complaint that has ended, not from a suggestion or what went into another case', async () => {
    const caseId = await complaint()
    await as().withdraw({ ...(await on(caseId)), reason: 'Never mind' })
    const { made } = await as().suggestFromCase(await on(caseId))
    expect((await one(caseId)).state).toBe('withdrawn')
    expect((await one(made.id)).may).not.toContain('idea-taken')
    const merged = await enquiry('Twice')
    await as().merge({ ...(await on(merged)), intoCaseId: await enquiry('Once'), reason: 'Same' })
    await expect(as().suggestFromCase(await on(merged))).rejects.toMatchObject({ status: 409, reason: 'not-open' })
    await expect(as().suggestFromCase({ caseId: await enquiry('Old'), version: 99 })).rejects.toMatchObject({ status: 409 })
  })
})

describe('a need in a case (M-13)', () => {
  test('stands in the register by one click, with the customer, and the case names it', async () => {
    const caseId = await enquiry('Smaller jars')
    const { needId, text } = await as().noteNeedOfCase(await on(caseId))
    expect(text).toBe('Smaller jars')
    const { items } = await app.as(customersApi).needs({ q: 'smaller jars' })
    expect(items).toMatchObject([{ id: needId, customers: 1 }])
    expect((await app.as(customersApi).needCustomers({ needId })).items).toMatchObject([{ customerId }])
    expect((await one(caseId)).needsNoted).toMatchObject([{ needId, text }])
    expect(await as().noteNeedOfCase({ caseId, version: 1 })).toMatchObject({ needId })
    expect((await one(caseId)).needsNoted).toHaveLength(1)
    // Another case of the same words joins the same need.
    expect(await as().noteNeedOfCase({ ...(await on(await complaint())), text: 'smaller jars.' })).toMatchObject({ needId })
    const ofCase = async () =>
      (await app.as(customersApi).interactions({ id: customerId })).items.filter(({ summary }) => summary.endsWith('Smaller jars'))
    // What else was heard in the same case is no second contact, and what a colleague added to the first stays.
    const { id: interactionId, version, channel, direction, stage, summary } = (await ofCase())[0]!
    const added = { channel, direction, stage, summary, minutes: 0, needs: ['Smaller jars', 'A spoon'] }
    await app.as(customersApi, ada).changeInteraction({ id: customerId, interactionId, version, ...added })
    await as().noteNeedOfCase({ ...(await on(caseId)), text: 'A tighter lid' })
    expect((await ofCase()).map(({ needs }) => needs.map((need) => need.text))).toEqual([['A spoon', 'A tighter lid', 'Smaller jars']])
    await expect(as().noteNeedOfCase({ ...(await on(caseId)), text: '???' })).rejects.toMatchObject({ status: 422, reason: 'no-words' })
  })
})

describe('the backlog of improvements (G-11)', () => {
  test('holds what a lesson asks for until somebody has done it, with who does it until when, and what the check found', async () => {
    const caseId = await learned()
    const listed = async (input: Parameters<ReturnType<typeof as>['improvements']>[0] = {}) =>
      (await as().improvements(input)).items.filter((line) => line.case?.id === caseId)
    expect(await listed()).toMatchObject([{ text: 'Thicker boxes', ownerId: null, dueDay: null, late: false, state: 'open', effect: null }])
    const planned = await as().planImprovement({ caseId, version: 1, ownerId: bea.id, dueDay: '2026-03-20' })
    expect(await listed()).toMatchObject([{ ownerId: bea.id, dueDay: '2026-03-20', customer: { id: customerId } }])
    expect((await as(bea).improvements({ mine: true })).items.map((line) => line.case?.id)).toEqual([caseId])
    expect((await as().improvements({ mine: true })).items).toEqual([])
    await expect(as().planImprovement({ caseId, version: 1, ownerId: ada.id, dueDay: '2026-03-21' })).rejects.toMatchObject({ status: 409 })
    app.now = new Date('2026-03-25T02:00:00Z')
    expect(await listed()).toMatchObject([{ late: true }])
    const moved = await as().moveImprovement({ caseId, version: planned.version, state: 'done', doneOn: '2026-03-24' })
    expect(moved).toMatchObject({ state: 'done', doneOn: '2026-03-24' })
    expect(await listed()).toEqual([])
    app.now = new Date('2026-04-20T02:00:00Z')
    await as().checkEffectiveness({ ...(await on(caseId)), days: 30, verdict: 'effective', before: 3, after: 0, note: null })
    expect(await listed({ state: ['done'] })).toMatchObject([{ effect: 'effective' }])
  })

  test('is done with the task in somebody’s day, and taken up again', async () => {
    const caseId = await learned()
    const { version } = await as().planImprovement({ caseId, version: 1, ownerId: ada.id, dueDay: '2026-04-30' })
    const [task] = await app.transaction(({ db }) => commitmentsOfOrigin(db, customerId, improvementOrigin(caseId)))
    expect(task).toMatchObject({ title: 'Thicker boxes', ownerId: ada.id, dueDay: '2026-04-30', state: 'open' })
    const follow = (state: 'open' | 'done' | 'cancelled') =>
      app.transaction((context) => followImprovement(context, improvementOrigin(caseId), task!.id, state))
    const line = async () =>
      (await as().improvements({ state: ['open', 'done', 'dropped'] })).items.find(({ case: of }) => of?.id === caseId)
    await follow('done')
    expect(await line()).toMatchObject({ state: 'done', doneOn: '2026-04-20' })
    await follow('done')
    expect((await line())!.version).toBe(version + 1)
    const again = await as().moveImprovement({ caseId, version: version + 1, state: 'open' })
    expect(again).toMatchObject({ state: 'open', doneOn: null, ownerId: ada.id })
  })

  test('stands beside the actions against problems, the first due first, page by page', async () => {
    const problem = await as(bea).openProblem({
      ...{ title: 'Jars break', description: null, ownerId: bea.id, cause: null, category: 'freight', reason: null, productCode: null },
    })
    for (const [text, dueDay] of [
      ['Ask the carrier', '2026-04-21'],
      ['New foam', '2026-09-01'],
    ] as const)
      await as(bea).addProblemAction({ problemId: problem.id, text, ownerId: bea.id, dueDay })
    const all = (await as().improvements({})).items
    expect(all[0]).toMatchObject({ text: 'Ask the carrier', problem: { id: problem.id, title: 'Jars break' }, case: null })
    const days = all.map(({ dueDay }) => dueDay ?? '9999')
    expect(days).toEqual(days.toSorted())
    const paged: string[] = []
    let cursor: string | undefined
    do {
      const page = await as().improvements({ limit: 1, ...(cursor ? { cursor } : {}) })
      paged.push(...page.items.map(({ id }) => id))
      cursor = page.next ?? undefined
    } while (cursor)
    expect(paged).toEqual(all.map(({ id }) => id))
    // A lesson is for whoever sees its case; problems name nobody.
    const stranger: Actor = { ...everybody, id: bea.id, reach: () => ['somebody'] }
    expect((await as(stranger).improvements({})).items.every((line) => line.problem !== null)).toBe(true)
  })

  test('takes who does it until when from the lesson itself; both or neither', async () => {
    const caseId = await complaint()
    await walk({ app, handler: ada, approver: bea, departmentId }, caseId, 'executed')
    const said = { lesson: 'Thin boxes break', improvement: 'Double walls', outcomes: ['idea' as const], bulletin: null }
    const acts = [
      async () => as().tell({ ...(await on(caseId)), text: 'x', channel: 'phone', escalationRoute: null }),
      async () => as().ask({ ...(await on(caseId)), how: 'phone' }),
      async () => as().considerPenalty({ ...(await on(caseId)), penaltyIds: [], note: 'Nobody' }),
      async () => as().considerLoss({ ...(await on(caseId)), lossMinor: 0, recoveredMinor: 0, note: null }),
    ]
    for (const act of acts) await act()
    await expect(as().writeLesson({ ...(await on(caseId)), ...said, ownerId: bea.id, dueDay: null })).rejects.toMatchObject({
      reason: 'owner-and-day',
    })
    await as().writeLesson({ ...(await on(caseId)), ...said, ownerId: bea.id, dueDay: '2026-05-01' })
    expect((await as(bea).improvements({ mine: true })).items.find((line) => line.case?.id === caseId)).toMatchObject({
      ...{ text: 'Double walls', ownerId: bea.id, dueDay: '2026-05-01' },
    })
  })
})

describe('what a customer contributed (G-28)', () => {
  test('is each suggestion that was adopted, with what they were given', async () => {
    const { id: author } = await app.as(customersApi).create({ values: { name: 'River Tea' } })
    const suggest = async (subject: string) =>
      (await as().open({ kind: 'suggestion', customerId: author, subject, description: 'x', channel: 'web' })).id
    const decide = async (caseId: string, adopted: boolean) => {
      await as().acknowledge({ ...(await on(caseId)), text: 'Thank you', sent: 'hand', answerBy: null })
      await as(bea).evaluate({ ...(await on(caseId)), value: 'Saves boxes', feasible: true, savingMinor: null, note: null })
      await as().decide({ ...(await on(caseId)), adopted, note: null })
    }
    const [good, bad] = [await suggest('Fewer boxes'), await suggest('No boxes')]
    await suggest('Not looked at yet')
    await decide(good, true)
    await decide(bad, false)
    await as().answer({ ...(await on(good)), text: 'We do it', channel: 'web' })
    await as(bea).reward({ ...(await on(good)), text: 'A box of tea', amountMinor: 0 })
    expect((await as().contributions({ customerId: author })).items).toMatchObject([
      { id: good, subject: 'Fewer boxes', reward: 'A box of tea', published: false },
    ])
    expect((await as().contributions({ customerId })).items).toEqual([])
  })
})

describe('the checklist of a custom request (K-03)', () => {
  test('is ticked item by item, and only there', async () => {
    const { id } = await as().open({ kind: 'custom-request', customerId, subject: 'A shop of ours', description: 'x', channel: 'visit' })
    await as().tickChecklist({ ...(await on(id)), item: 'layout', state: 'done', note: 'Walked it' })
    expect((await one(id)).checklist).toEqual({ layout: { state: 'done', note: 'Walked it' } })
    const other = await enquiry('No shop')
    await expect(as().tickChecklist({ ...(await on(other)), item: 'layout', state: 'done', note: null })).rejects.toMatchObject({
      reason: 'no-custom-request',
    })
    expect((await one(other)).may).not.toContain('checklist-ticked')
  })
})
