import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commitmentsApi } from '#modules/commitments/api.ts'
import { watchPromises } from '#modules/commitments/jobs/promises.ts'
import { commitmentHandedOver, commitmentRescheduled, commitmentStateChanged, promiseBroken } from '#modules/commitments/public.ts'
import { api as customersApi } from '#modules/customers/api.ts'
import { api as organizationApi } from '#modules/organization/api.ts'
import { writeSetting } from '#modules/organization/public.ts'
import type { Actor } from '#platform/context.ts'
import { type App, everybody } from '#test/app.ts'
import { caseAt } from '#test/case-at.ts'
import { colleague } from '#test/complaints.ts'
import { startTeaCompany } from '#test/tea-company.ts'
import { casesApi } from './api.ts'
import { jobs } from './jobs.ts'
import { handlingSetting } from './settings.ts'

// What becomes of a case in people's days and calendars.

let app: App
/** Handles cases, supervises, looks after the customer. */
let ada: Actor
let sue: Actor
let max: Actor
let customerId: string
beforeAll(async () => {
  app = await startTeaCompany()
  ada = await colleague(app, 'Ada')
  sue = await colleague(app, 'Sue', ['supervisor'])
  max = await colleague(app, 'Max', ['account-manager'])
  customerId = (await app.as(customersApi).create({ values: { name: 'Harbour Tea', ownerId: max.id } })).id
})
afterAll(() => app.close())

const as = (actor: Actor = ada) => app.as(casesApi, actor)
const owedBy = async (actor: Actor, number: string) =>
  (await app.as(commitmentsApi, actor).list({})).items.filter(({ title }) => title.includes(number))
const newsOf = async (actor: Actor, number: string) =>
  (await app.as(organizationApi, actor).notifications({})).items
    .filter(({ values, kind }) => values.number === number && kind !== 'cases.repeated')
    .map(({ kind }) => kind)
const stateOf = async (id: string) => (await app.as(commitmentsApi).one({ id })).state
/** What the facts since the last call wake in cases. */
let seen = 0
async function work(): Promise<void> {
  for (;;) {
    const facts = await app.db.selectFrom('platform.fact').selectAll().where('id', '>', seen).orderBy('id').execute()
    if (facts.length === 0) return
    seen = facts.at(-1)!.id
    const wanted = [commitmentHandedOver.name, commitmentRescheduled.name, commitmentStateChanged.name, promiseBroken.name]
    for (const fact of facts.filter(({ name }) => wanted.includes(name)))
      for (const job of jobs.filter((one) => one.on?.name === fact.name))
        await app.transaction((context) => job.run(context, fact.payload as never))
  }
}

describe('a customer who is not satisfied', () => {
  test('is heard of by whoever handles the case and by those above, and somebody is to get in touch, once', async () => {
    const made = await caseAt(app, ada, customerId, 'review')
    const heard = await as(max).hear({ caseId: made.id, version: made.version, satisfied: false, score: 2, text: 'Still broken' })
    expect(await newsOf(ada, made.number)).toEqual(['cases.not-satisfied'])
    expect(await newsOf(sue, made.number)).toEqual(['cases.not-satisfied'])
    expect(await newsOf(max, made.number)).toEqual([])
    const touch = async () => (await owedBy(ada, made.number)).filter(({ title }) => title.startsWith('Get in touch'))
    expect(await touch()).toMatchObject([{ kind: 'task', dueDay: '2026-03-11', state: 'open', customer: { id: customerId } }])
    const again = await as(max).hear({ caseId: made.id, version: heard.version, satisfied: false, score: 1, text: null })
    expect(await touch()).toHaveLength(1)
    await as().hear({ caseId: made.id, version: again.version, satisfied: true, score: 9, text: null })
    expect(await touch()).toEqual([])
  })

  test('who refuses the remedy is one, until another is proposed', async () => {
    const made = await caseAt(app, ada, customerId, 'execution')
    const refused = await as().answerRemedy({ caseId: made.id, version: made.version, accepted: false, note: 'Wants the money' })
    expect(await newsOf(sue, made.number)).toEqual(['cases.remedy-refused'])
    const [task] = (await owedBy(ada, made.number)).filter(({ title }) => title.startsWith('Find another way'))
    expect(task).toMatchObject({ dueDay: '2026-03-11' })
    await as().sendBack({ caseId: made.id, version: refused.version, to: 'remedy', reason: 'Money back' })
    expect(await stateOf(task!.id)).toBe('done')
  })

  test('stays with whoever handles the case where the company does not want those above to hear, by the days of the setting', async () => {
    const setting = {
      repeatDays: 180,
      transferLimit: 3,
      effectivenessDays: [30],
      callbackDays: 3,
      unhappyDays: 0,
      unhappyAbove: false,
      anotherAfterReopening: true,
    }
    await app.transaction((context) => writeSetting(context, handlingSetting, setting, 0))
    const made = await caseAt(app, ada, customerId, 'review')
    const heard = await as(max).hear({ caseId: made.id, version: made.version, satisfied: false, score: null, text: null })
    expect(await newsOf(sue, made.number)).toEqual([])
    expect(await owedBy(ada, made.number)).toContainEqual(expect.objectContaining({ dueDay: '2026-03-10' }))
    await as().withdraw({ caseId: made.id, version: heard.version, reason: 'Enough' })
    expect((await owedBy(ada, made.number)).filter(({ title }) => title.startsWith('Get in touch'))).toEqual([])
    await app.transaction((context) => writeSetting(context, handlingSetting, { ...setting, unhappyDays: 1, unhappyAbove: true }, 1))
  })
})

describe('a call back', () => {
  const callbacks = async (actor: Actor, number: string) =>
    (await owedBy(actor, number)).filter(({ title }) => title.startsWith('Call back')).map(({ dueDay }) => dueDay)
  const executing = async () => {
    const made = await caseAt(app, ada, customerId, 'execution')
    return { ...made, ...(await settle(made)) }
  }
  const settle = async ({ id, version }: { readonly id: string; readonly version: number }) => {
    const on = { caseId: id }
    let now = await as().execute({ ...on, version, note: 'Sent', fileIds: [], accepted: true })
    now = await as().tell({ ...on, version: now.version, text: 'It is on its way', channel: 'phone', escalationRoute: null })
    now = await as().ask({ ...on, version: now.version, how: 'phone' })
    now = await as().considerPenalty({ ...on, version: now.version, penaltyIds: [], note: 'Nobody was careless' })
    return as().considerLoss({ ...on, version: now.version, lossMinor: 0, recoveredMinor: 0, note: null })
  }

  test('is owed once the matter is settled, and by nobody once the customer has answered', async () => {
    const made = await executing()
    expect(made.state).toBe('resolved')
    expect(await callbacks(ada, made.number)).toEqual(['2026-03-13'])
    await as().hear({ caseId: made.id, version: made.version, satisfied: true, score: 8, text: null })
    expect(await callbacks(ada, made.number)).toEqual([])
  })

  test('is withdrawn where the case is opened again, and owed anew when it is settled anew', async () => {
    const made = await executing()
    const opened = await as().reopen({ caseId: made.id, version: made.version, to: 'execution', reason: 'The wrong one' })
    expect(await callbacks(ada, made.number)).toEqual([])
    await settle({ id: made.id, version: opened.version })
    expect(await callbacks(ada, made.number)).toEqual(['2026-03-13'])
  })

  test('is for whoever looks after the customer where nobody handles the case', async () => {
    const made = await caseAt(app, ada, customerId, 'execution')
    const { version } = await as().assign({ caseId: made.id, version: made.version, ownerId: null, why: null })
    await settle({ id: made.id, version })
    expect([await callbacks(ada, made.number), await callbacks(max, made.number)]).toEqual([[], ['2026-03-13']])
  })

  test('is owed to nobody who was turned down, had only asked, or has said already how they find it', async () => {
    const asked = await caseAt(app, ada, customerId, 'answer')
    await as().answer({ caseId: asked.id, version: asked.version, text: 'At nine', channel: 'phone' })
    const told = await caseAt(app, ada, customerId, 'execution')
    const heard = await as().hear({ caseId: told.id, version: told.version, satisfied: true, score: null, text: null })
    await settle({ id: told.id, version: heard.version })
    expect([await callbacks(ada, asked.number), await callbacks(ada, told.number)]).toEqual([[], []])
  })
})

describe('an appointment', () => {
  const at = (time: string, day = '2026-03-12') => new Date(`${day}T${time}:00Z`)
  const calendar = async (actor: Actor, number: string) =>
    (await app.as(commitmentsApi, actor).calendar({ from: '2026-03-09', to: '2026-03-20' })).items
      .filter(({ title }) => title.includes(number))
      .map(({ startsAt, endsAt, place }) => [startsAt, endsAt, place])
  const agreed = async (more: object = {}) => {
    const made = await caseAt(app, ada, customerId, 'appoint')
    const now = await as().appoint({ caseId: made.id, version: made.version, startsAt: at('01:00'), place: 'Pier 4', ...more })
    const { appointed } = await as().one({ caseId: made.id })
    return { ...made, version: now.version, step: now.step, commitmentId: appointed!.commitmentId! }
  }

  test('stands in the calendar of whoever comes, with the customer, and moves when another time is agreed on', async () => {
    const made = await agreed({ ownerId: max.id, endsAt: at('02:30') })
    expect(made.step).toBe('repair')
    expect(await calendar(max, made.number)).toEqual([[at('01:00'), at('02:30'), 'Pier 4']])
    expect((await app.as(commitmentsApi, sue).ofCustomer({ customerId })).items.map(({ id }) => id)).toContain(made.commitmentId)
    const { content } = await file(made.commitmentId)
    expect(content).toContain('DTSTART:20260312T010000Z')
    // The time is taken; booked all the same it is theirs.
    const move = { caseId: made.id, startsAt: at('05:00'), place: 'Pier 5' }
    await app.as(commitmentsApi, ada).create({ kind: 'appointment', title: 'Dentist', startsAt: at('05:00'), endsAt: at('06:00') })
    await expect(as().appoint({ ...move, version: made.version, ownerId: ada.id })).rejects.toMatchObject({ reason: 'time-taken' })
    const moved = await as().appoint({ ...move, version: made.version, ownerId: ada.id, evenSo: true })
    expect(await calendar(max, made.number)).toEqual([])
    expect(await calendar(ada, made.number)).toEqual([[at('05:00'), at('06:30'), 'Pier 5']])
    expect((await as().one({ caseId: made.id })).appointed).toMatchObject({ commitmentId: made.commitmentId, ownerId: ada.id })
    await as().fulfil({ caseId: made.id, version: moved.version, note: 'Mended', fileIds: [] })
    expect(await stateOf(made.commitmentId)).toBe('done')
  })
  const file = async (id: string) => {
    const response = await app.request(`/api/v1/commitments/${id}/calendar-file`, {}, everybody)
    return { content: await response.text() }
  }

  test('is cancelled where the customer withdraws, and where the case goes back to agree on another time', async () => {
    const withdrawn = await agreed({ startsAt: at('07:00') })
    await as().withdraw({ caseId: withdrawn.id, version: withdrawn.version, reason: 'Mended it myself' })
    expect(await stateOf(withdrawn.commitmentId)).toBe('cancelled')
    const back = await agreed({ startsAt: at('08:00') })
    const { version } = await as().sendBack({ caseId: back.id, version: back.version, to: 'appoint', reason: 'Nobody at home' })
    expect(await stateOf(back.commitmentId)).toBe('cancelled')
    const again = await as().appoint({ caseId: back.id, version, startsAt: at('08:00', '2026-03-13'), place: null })
    expect(again.step).toBe('repair')
    const { appointed } = await as().one({ caseId: back.id })
    expect(appointed!.commitmentId).not.toBe(back.commitmentId)
    expect(await stateOf(appointed!.commitmentId!)).toBe('open')
  })

  test('that is moved or cancelled in the calendar is so in the case, too', async () => {
    await work()
    const made = await agreed({ startsAt: at('10:00') })
    const work1 = app.as(commitmentsApi, ada)
    const { version } = await work1.one({ id: made.commitmentId })
    await work1.change({ id: made.commitmentId, version, startsAt: at('11:00'), endsAt: at('12:00') })
    await work()
    await work()
    const found = await as().one({ caseId: made.id })
    expect(found.appointed).toMatchObject({ startsAt: at('11:00'), endsAt: at('12:00'), by: 'system' })
    expect((await as().log({ caseId: made.id })).events.filter(({ kind }) => kind === 'appointed')).toHaveLength(2)
    const moved = await work1.one({ id: made.commitmentId })
    await work1.handOver({ id: made.commitmentId, version: moved.version, ownerId: max.id, note: 'I am away' })
    await work()
    await work()
    const handed = await as().one({ caseId: made.id })
    expect(handed.appointed).toMatchObject({ startsAt: at('11:00'), ownerId: max.id, by: 'system' })
    // Agreed on anew it stays with whoever comes now.
    await as().appoint({ caseId: made.id, version: handed.version, startsAt: at('13:00'), place: null })
    expect((await as().one({ caseId: made.id })).appointed).toMatchObject({ ownerId: max.id })
    const now = await work1.one({ id: made.commitmentId })
    await app.as(commitmentsApi, sue).cancel({ id: made.commitmentId, version: now.version, reason: 'Van broke down' })
    await work()
    expect(await as().one({ caseId: made.id })).toMatchObject({ step: 'appoint', appointed: null })
    expect(await newsOf(ada, made.number)).toContain('cases.appointment-cancelled')
  })

  test('needs somebody who works here and an end behind its beginning', async () => {
    const made = await caseAt(app, ada, customerId, 'appoint')
    const on = { caseId: made.id, version: made.version, startsAt: at('03:00'), place: null }
    await expect(as().appoint({ ...on, endsAt: at('02:00') })).rejects.toMatchObject({ reason: 'ends-before-start' })
    await expect(as().appoint({ ...on, ownerId: 'nobody' })).rejects.toMatchObject({ reason: 'nobody-here' })
  })
})

test('a promise that was not kept stands on its case', async () => {
  const made = await caseAt(app, ada, customerId, 'record')
  const { version } = await as().promise({ caseId: made.id, version: made.version, text: 'A call', day: '2026-03-11' })
  await as().promise({ caseId: made.id, version, text: 'A letter', day: '2026-03-20' })
  app.now = new Date('2026-03-12T00:00:00Z')
  await app.transaction(watchPromises)
  await work()
  const { promises } = await as().one({ caseId: made.id })
  expect(promises.map(({ text, brokenAt }) => [text, brokenAt])).toEqual([
    ['A call', app.now],
    ['A letter', null],
  ])
  expect((await as().log({ caseId: made.id })).events.at(-1)).toMatchObject({
    kind: 'promise-broken',
    by: 'system',
    said: { day: '2026-03-11' },
  })
})
