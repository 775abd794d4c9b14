import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { settingWithVersion, writeSetting } from '#modules/organization/public.ts'
import { erasePerson } from '#platform/subject/erasure.ts'
import { type ComplaintHouse, on, startComplaintHouse } from '#test/complaint-house.ts'
import { renewCases } from './actions/renewing.ts'
import { alertContests } from './jobs/contests.ts'
import { appealsSetting } from './settings.ts'

// What lists and jobs know of appeals and of bodies outside, and what becomes of it.

let house: ComplaintHouse
beforeAll(async () => {
  house = await startComplaintHouse()
})
afterAll(() => house.app.close())

const see = (caseId: string) => house.as(house.ada).one({ caseId })
const later = (days: number) => {
  house.app.now = new Date(house.app.now.getTime() + days * 86_400_000)
}
const day = () => house.app.now.toISOString().slice(0, 10)
const objects = { reason: 'I have pictures of the boxes', channel: 'phone' as const }

test('a warning said earlier or later is one of the things that are renewed', async () => {
  const found = await house.rejected()
  const { bodies } = await house.as(house.cid).bodies({})
  const dueOn = new Date(house.app.now.getTime() + 40 * 86_400_000).toISOString().slice(0, 10)
  await house.as(house.ada).refer({ ...on(found), bodyId: bodies[0]!.id, reference: 'R-1', receivedOn: day(), dueOn, note: null })
  const [referral] = (await see(found.id)).referrals
  await house.as(house.ada).changeReferral({ ...on(await see(found.id)), referralId: referral!.id, reference: 'R-2', dueOn })
  const listed = (await house.as(house.ada).contests({ way: 'outside' })).items.find((one) => one.case.id === found.id)
  expect(listed).toMatchObject({ body: referral!.body, reference: 'R-2' })
  const { value, version } = await house.app.transaction(({ db }) => settingWithVersion(db, appealsSetting))
  const alertAt = async () =>
    (await house.app.db.selectFrom('cases.contest').select('alert_at').where('case_id', '=', found.id).executeTakeFirstOrThrow()).alert_at!
  const before = await alertAt()
  await house.app.transaction((context) => writeSetting(context, appealsSetting, { ...value, warnDays: value.warnDays + 2 }, version))
  expect(await house.app.transaction((context) => renewCases(context, null, true))).toMatchObject({ wrong: 1 })
  expect(await alertAt()).toEqual(new Date(before.getTime() - 2 * 86_400_000))
})

test('an appeal against a remedy that is found anew lapses, and nobody owes a judgement any more', async () => {
  const at = await house.approved()
  const told = await house.as(house.ada).tell({ ...on(at), text: 'You get 10', channel: 'phone', escalationRoute: null })
  const refused = await house.as(house.ada).answerRemedy({ ...on(told), accepted: false, note: 'Too little' })
  const asked = await house.as(house.ada).appeal({ ...on(refused), ...objects })
  const customerId = (await see(at.id)).customer!.id
  expect(await house.owedBy(at.id, 'appeal', customerId)).toMatchObject([{ state: 'open' }])
  await house.as(house.cid).sendBack({ ...on(asked), to: 'remedy', reason: 'We offer more' })
  expect((await see(at.id)).appeals).toMatchObject([{ lapsed: true, decided: null }])
  expect(await house.owedBy(at.id, 'appeal', customerId)).toMatchObject([{ state: 'cancelled' }])
})

test('one of which nobody can be told holds no other up, is tried again in an hour, and is told of', async () => {
  const [bad, good] = [await house.rejected(), await house.rejected()]
  for (const each of [bad, good]) await house.as(house.ada).appeal({ ...on(each), ...objects })
  // Before the other.
  await sql`update cases.contest set alert_at = alert_at - interval '1 day' where case_id = ${bad.id}::uuid`.execute(house.app.db)
  await sql`update cases.case set process_version = 99 where id = ${bad.id}::uuid`.execute(house.app.db)
  later(30)
  const news = (await house.news(house.cid, 'clocks-unread')).length
  await house.app.transaction(alertContests)
  expect((await see(good.id)).escalations.map(({ because }) => because)).toEqual(['appeal-overdue'])
  const row = await house.app.db.selectFrom('cases.contest').selectAll().where('case_id', '=', bad.id).executeTakeFirstOrThrow()
  expect(row).toMatchObject({ alerted_at: null, alert_at: new Date(house.app.now.getTime() + 3_600_000) })
  expect(await house.news(house.cid, 'clocks-unread')).toHaveLength(news + 1)
  await sql`update cases.case set process_version = 1 where id = ${bad.id}::uuid`.execute(house.app.db)
  house.app.now = new Date(house.app.now.getTime() + 3_600_000)
  await house.app.transaction(alertContests)
  expect((await see(bad.id)).escalations.map(({ because }) => because)).toEqual(['appeal-overdue'])
})

test('of whoever is erased nothing waits to be judged any more, also where the case had ended', async () => {
  const found = await house.rejected()
  await house.as(house.ada).appeal({ ...on(found), ...objects })
  const waits = async () => (await house.as(house.eve).contests({ of: 'mine' })).items.filter((one) => one.case.id === found.id)
  expect(await waits()).toHaveLength(1)
  const erasure = { customerId: found.customerId, formerIds: [], requestedBy: 'one', confirmedBy: 'two' }
  await house.app.transaction((context) => erasePerson(context, erasure))
  expect(await waits()).toEqual([])
  const rows = await house.app.db.selectFrom('cases.contest').select('outcome').where('case_id', '=', found.id).execute()
  expect(rows).toEqual([{ outcome: 'lapsed' }])
  await house.app.transaction((context) => renewCases(context, null, true))
  expect(await house.app.db.selectFrom('cases.contest').select('outcome').where('case_id', '=', found.id).execute()).toEqual(rows)
  expect(await house.app.transaction((context) => renewCases(context, null, false))).toMatchObject({ wrong: 0 })
})
