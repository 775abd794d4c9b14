import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import { activities, tiers, writeBook } from '#modules/customers/public.ts'
import { api as organizationApi } from '#modules/organization/api.ts'
import { writeSetting } from '#modules/organization/public.ts'
import { valueApi } from '#modules/value/api.ts'
import type { Actor } from '#platform/context.ts'
import { type App, everybody, startApp } from '#test/app.ts'
import { colleague, freight } from '#test/complaints.ts'
import { casesApi } from './api.ts'
import { giveOut } from './jobs/assignment.ts'
import { assignmentSetting, handlingSetting, queueSetting } from './settings.ts'

/** Four people: Ada and Bea in the team that serves platinum customers, Cid and Dee beside them in the department. */
let app: App
let ada: Actor
let bea: Actor
let cid: Actor
let dee: Actor
let departmentId: string
let teamId: string
let gold: string
let platinum: string
let settings = 0

const as = (actor: Actor = everybody) => app.as(casesApi, actor)
const organization = () => app.as(organizationApi)
const open = async (customerId: string, more: object = {}) =>
  (
    await as().open({
      kind: 'enquiry',
      customerId,
      subject: 'Which tea?',
      description: 'x',
      channel: 'web',
      ownerId: null,
      ...more,
    } as never)
  ).id
const handlerOf = async (caseId: string) => {
  const { ownerId, choice } = await as().one({ caseId })
  return { ownerId, choice }
}
const given = async (caseId: string) => {
  await app.transaction(giveOut)
  return handlerOf(caseId)
}
const assignment = (change: object = {}) =>
  app.transaction((context) =>
    writeSetting(context, assignmentSetting, { ...assignmentSetting.initial, automatic: true, departmentId, ...change }, settings++),
  )
const away = (actor: Actor) =>
  organization().noteAbsence({ userId: actor.id, fromDay: '2026-03-09', untilDay: '2026-03-09', deputyId: null })
const valued = async (name: string, tier: 'gold' | 'platinum') => {
  const { id } = await app.as(customersApi).create({ values: { name } })
  const book = { ids: [id], activity: [activities.indexOf('returning')], tier: [tiers.indexOf(tier)], valuedOn: ['2026-03-08'] }
  await app.transaction(({ db }) => writeBook(db, book as never))
  return id
}

beforeAll(async () => {
  app = await startApp({ now: new Date('2026-03-09T10:00:00Z') })
  ;[ada, bea, cid, dee] = [
    await colleague(app, 'Ada'),
    await colleague(app, 'Bea'),
    await colleague(app, 'Cid'),
    await colleague(app, 'Dee'),
  ]
  departmentId = (
    await organization().createDepartment({ name: 'Service', parentId: null, headId: cid.id, deputyIds: [dee.id], calendarId: null })
  ).id
  teamId = (await organization().createTeam({ departmentId, name: 'Key accounts', memberIds: [ada.id, bea.id] })).id
  ;[gold, platinum] = [await valued('Hill Tea', 'gold'), await valued('Harbour Tea', 'platinum')]
  const { items } = await app.as(valueApi).servicePolicies({})
  const {
    id: policyId,
    kind: _,
    tier: _tier,
    segmentId: _s,
    segmentName: _n,
    savedAt: _a,
    savedBy: _b,
    ...content
  } = items.find(({ tier }) => tier === 'platinum')!
  await app.as(valueApi).changeServicePolicy({ policyId, ...content, servedByTeamId: teamId, priority: 1 })
  await assignment()
})
afterAll(() => app.close())

describe('the queue of a team', () => {
  test('holds what its members handle and what waits for it, in one order, page by page; nobody else’s', async () => {
    const waits = await open(platinum)
    const others = await open(gold)
    const own = await open(gold, { ownerId: ada.id, severity: 2 })
    const beas = await open(gold, { ownerId: bea.id, severity: 4 })
    await open(gold, { ownerId: cid.id })
    const team = await as(ada).list({ queue: 'team' })
    expect(team.items.map(({ id }) => id)).toEqual([own, waits, beas])
    const first = await as(bea).list({ queue: 'team', limit: 2 })
    const second = await as(bea).list({ queue: 'team', limit: 2, cursor: first.next! })
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual([own, waits, beas])
    expect(second.next).toBeNull()
    expect((await as(ada).list({ queue: 'team', kind: ['complaint'] })).items).toEqual([])
    // Whoever heads the department leads its teams; whoever is in none has no such queue.
    expect((await as(cid).list({ queue: 'team' })).items.map(({ id }) => id)).toEqual([own, waits, beas])
    expect((await as(await colleague(app, 'Eve')).list({ queue: 'team' })).items).toEqual([])
    const close: Actor = { ...ada, reach: () => [ada.id] }
    expect((await as(close).list({ queue: 'team' })).items.map(({ id }) => id)).toEqual([own])
    expect(await as(ada).place({ caseId: waits })).toMatchObject({ teamId, place: { place: 1, headStartMinutes: 240 } })
    const { case: taken } = await as(bea).takeNext({ queue: 'team' })
    expect(taken?.id).toBe(waits)
    expect((await as(bea).takeNext({ queue: 'team' })).case).toBeNull()
    for (const id of [waits, others, own, beas])
      await as().withdraw({ caseId: id, version: (await as().one({ caseId: id })).version, reason: 'x' })
  })
})

describe('the place in queues of a policy', () => {
  test('ranks its customers earlier, says so, and counts anew when the setting changes', async () => {
    const [later, earlier] = [await open(gold), await open(platinum)]
    const rank = async (caseId: string) => (await as().place({ caseId })).rankAt!.getTime()
    const before = (await rank(later)) - (await rank(earlier))
    await app.transaction((context) => writeSetting(context, queueSetting, { ...queueSetting.initial, placeHeadStart: 0 }, 0))
    const listed = async () => (await as().list({ queue: 'nobody', limit: 200 })).items.map(({ id }) => id)
    expect((await as().place({ caseId: earlier })).place).toMatchObject({ place: 1, headStartMinutes: 0 })
    expect(before - ((await rank(later)) - (await rank(earlier)))).toBe(
      ((await as().one({ caseId: later })).policy!.priority - 1) * 30 * 60_000,
    )
    expect(await listed()).toEqual([earlier, later])
    for (const id of [later, earlier]) await as().withdraw({ caseId: id, version: (await as().one({ caseId: id })).version, reason: 'x' })
  })
})

describe('the serving team', () => {
  test('is given its customers’ cases; the department those of others', async () => {
    const { ownerId, choice } = await given(await open(platinum))
    expect([ada.id, bea.id]).toContain(ownerId)
    expect(choice).toMatchObject({ group: { from: 'team', id: teamId }, passed: [] })
    expect((await given(await open(gold))).choice).toMatchObject({ group: { from: 'department', id: departmentId } })
  })

  test('is passed over where nobody of it is here, which the case says; where it has no room, the case waits for it', async () => {
    const full = await open(platinum)
    await assignment({ capacityPerAgent: 1 })
    await open(platinum, { ownerId: ada.id })
    await open(platinum, { ownerId: bea.id })
    expect((await given(full)).ownerId).toBeNull()
    const absences = [await away(ada), await away(bea)]
    await assignment()
    const { ownerId, choice } = await given(full)
    expect([cid.id, dee.id]).toContain(ownerId)
    expect(choice).toMatchObject({
      group: { from: 'department', id: departmentId },
      passed: [{ from: 'team', id: teamId, why: 'nobody-here' }],
    })
    // Who was asked by the policy says which it is, and so what the customer is worth.
    const blind: Actor = { ...everybody, id: 'blind', can: (right) => right !== 'value.read' }
    expect((await as(blind).one({ caseId: full })).choice).toMatchObject({ because: choice!.because, group: null, passed: null })
    const log = JSON.stringify(await as(blind).log({ caseId: full }))
    expect(log).toContain('"choice"')
    expect(log).not.toContain(teamId)
    for (const { id, version } of absences) await organization().endAbsence({ absenceId: id, version })
  })
})

describe('what the case asks for', () => {
  const file = (actor: Actor, change: object) =>
    organization().changeStaff({
      ...{ userId: actor.id, version: 0, title: null, valueRole: null, experience: 3, skills: {}, traits: {}, languages: [], fields: [] },
      ...change,
    } as never)
  test('decides before how much somebody has to do, after the account manager; the reader sees why', async () => {
    await file(cid, { languages: ['zh-TW'] })
    await file(dee, { languages: ['en'], fields: ['Freight'] })
    for (let i = 0; i < 3; i++) await open(gold, { ownerId: cid.id })
    const chinese = await given(await open(gold, { language: 'zh-TW' }))
    expect(chinese).toMatchObject({ ownerId: cid.id, choice: { because: 'best-skilled', met: [{ what: 'language', of: 'zh-TW' }] } })
    const complaint = await given(await open(gold, { ...freight, language: 'en' }))
    expect(complaint.ownerId).toBe(dee.id)
    expect(complaint.choice!.met).toEqual([
      { what: 'language', of: 'en' },
      { what: 'category', of: 'freight' },
    ])
    const managed = (await app.as(customersApi).create({ values: { name: 'River Tea', ownerId: dee.id } })).id
    const own = await given(await open(managed, { language: 'zh-TW' }))
    expect(own).toMatchObject({ ownerId: dee.id, choice: { because: 'account-manager', waived: [{ what: 'language', of: 'zh-TW' }] } })
  })
})

describe('a complaint that is opened again', () => {
  const gone = async (owner: Actor, more: object = {}) => {
    const id = await open(gold, { ...freight, ownerId: owner.id, ...more })
    const { version } = await as().one({ caseId: id })
    return { caseId: id, version: (await as(owner).withdraw({ caseId: id, version, reason: 'Never mind' })).version }
  }
  test('goes to somebody who has not handled it yet', async () => {
    const on = await gone(cid)
    const after = await as(cid).reopen({ ...on, to: 'record', reason: 'Broken again' })
    const { ownerId, choice } = await handlerOf(on.caseId)
    expect(ownerId).not.toBe(cid.id)
    expect([ada.id, bea.id, dee.id]).toContain(ownerId)
    expect(choice).toMatchObject({ reopened: true, group: { from: 'department', id: departmentId } })
    // A reader may override it.
    await as(cid).assign({ caseId: on.caseId, version: after.version, ownerId: cid.id, why: 'I know them' })
    expect(await handlerOf(on.caseId)).toEqual({ ownerId: cid.id, choice: null })
  })
  test('stays where whoever opens it wants it so, and where the company does not ask for another', async () => {
    const on = await gone(cid)
    await as(cid).reopen({ ...on, to: 'record', reason: 'Wrong button', sameHandler: true })
    expect(await handlerOf(on.caseId)).toEqual({ ownerId: cid.id, choice: null })
    await app.transaction((context) =>
      writeSetting(context, handlingSetting, { ...handlingSetting.initial, anotherAfterReopening: false }, 0),
    )
    const other = await gone(dee)
    await as(dee).reopen({ ...other, to: 'record', reason: 'Again' })
    expect((await handlerOf(other.caseId)).ownerId).toBe(dee.id)
    await app.transaction((context) => writeSetting(context, handlingSetting, { ...handlingSetting.initial }, 1))
  })
  test('stays with its handler where there is nobody else, and says why', async () => {
    const on = await gone(cid)
    for (const one of [ada, bea, dee]) await away(one)
    await as(cid).reopen({ ...on, to: 'record', reason: 'Broken again' })
    expect(await handlerOf(on.caseId)).toMatchObject({
      ownerId: cid.id,
      choice: { because: 'nobody-else', kept: 'nobody-here', reopened: true },
    })
  })
  test('an enquiry stays with whoever answered it', async () => {
    const id = await open(gold, { ownerId: cid.id })
    const { version } = await as(cid).withdraw({ caseId: id, version: (await as().one({ caseId: id })).version, reason: 'x' })
    await as(cid).reopen({ caseId: id, version, to: 'answer', reason: 'Asked again' })
    expect((await handlerOf(id)).ownerId).toBe(cid.id)
  })
})
