import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commitmentsOfOrigin } from '#modules/commitments/public.ts'
import { api as customersApi } from '#modules/customers/api.ts'
import { settingWithVersion, writeSetting } from '#modules/organization/public.ts'
import type { Actor } from '#platform/context.ts'
import { sendCaseFile } from '#test/case-at.ts'
import { type ComplaintHouse, on, startComplaintHouse, unfounded } from '#test/complaint-house.ts'
import { freight } from '#test/complaints.ts'
import { renewCases } from './actions/renewing.ts'
import { alertContests } from './jobs/contests.ts'
import { appealsSetting, regimesSetting } from './settings.ts'

// What becomes of an answer that a customer does not accept: an appeal inside the company, and a body outside of it.

let house: ComplaintHouse
beforeAll(async () => {
  house = await startComplaintHouse()
})
afterAll(() => house.app.close())

const as = (actor: Actor) => house.as(actor)
const see = (caseId: string) => as(house.ada).one({ caseId })
const later = (days: number) => {
  house.app.now = new Date(house.app.now.getTime() + days * 86_400_000)
}
const day = () => house.app.now.toISOString().slice(0, 10)
const rejected = (route: string | null = null) => house.rejected(route)
const objects = { reason: 'I have pictures of the boxes', channel: 'phone' as const }
const owed = (customerId: string, origin: string) =>
  house.app.transaction(({ db }) => commitmentsOfOrigin(db, customerId, { module: 'cases', id: origin }))

describe('an appeal', () => {
  test('goes to somebody who took no part, who upholds it, and the finding is judged anew by another', async () => {
    const found = await rejected()
    expect(await see(found.id)).toMatchObject({ state: 'closed', appealable: { ground: 'not-established' } })
    await as(house.ada).appeal({ ...on(found), ...objects })
    const asked = await see(found.id)
    later(1)
    expect(asked).toMatchObject({ state: 'closed', appealable: null })
    // Cid read the rejection again, so it is Eve’s.
    expect(asked.appeals).toMatchObject([{ judgeId: house.eve.id, against: 'finding', reason: objects.reason, decided: null }])
    expect(asked.may).not.toContain('appealed')
    expect(asked.may).not.toContain('reopened')
    expect(await owed(found.customerId, `${found.id}:appeal`)).toMatchObject([{ ownerId: house.eve.id, state: 'open', kind: 'approval' }])
    const mine = await as(house.eve).contests({ way: 'inside', of: 'mine' })
    expect(mine.items).toMatchObject([{ way: 'inside', late: false, case: { id: found.id } }])
    expect((await as(house.cid).contests({ of: 'mine' })).items).toEqual([])

    const decision = { outcome: 'upheld' as const, text: 'Your pictures show it', channel: 'phone' as const, escalationRoute: null }
    for (const [actor, reason] of [
      [house.ada, 'permission-missing'],
      [{ ...house.ada, can: () => true }, 'own-decision'],
      [house.cid, 'own-decision'],
    ] as const)
      await expect(as(actor).decideAppeal({ ...on(asked), ...decision })).rejects.toMatchObject({ reason })
    const upheld = await as(house.eve).decideAppeal({ ...on(asked), ...decision })
    expect(upheld).toMatchObject({ state: 'open', step: 'validity' })
    const anew = await see(found.id)
    expect(anew).toMatchObject({ judged: null, reopened: 1, appeals: [{ decided: { outcome: 'upheld', by: house.eve.id } }] })
    expect(await owed(found.customerId, `${found.id}:appeal`)).toMatchObject([{ state: 'done' }])
    // Whoever found what was overturned does not find it anew.
    await expect(as(house.ada).judge({ ...on(anew), ...unfounded })).rejects.toMatchObject({ reason: 'own-decision' })
    const founded = { ...unfounded, reasonSufficient: true, demandReasonable: true, finding: 'founded' as const }
    expect(await as(house.cid).judge({ ...on(anew), ...founded })).toMatchObject({ step: 'department' })
    const { items } = await as(house.ada).messages({ caseId: found.id })
    expect(items.map(({ text }) => text)).toContain('Your pictures show it')
    // Any past moment can be shown, without what one may do.
    const before = await as(house.ada).one({ caseId: found.id, at: asked.appeals[0]!.at })
    expect(before).toMatchObject({ state: 'closed', appeals: [{ decided: null }], appealable: null })
  })

  test('is taken once for each decision, within its days, and ends nothing by itself while it runs', async () => {
    const found = await rejected()
    later(31)
    const late = await see(found.id)
    expect(late.appealable).toBeNull()
    await expect(as(house.ada).appeal({ ...on(late), ...objects })).rejects.toMatchObject({ reason: 'appeal-too-late' })
    // Whoever answers for the handling of cases takes it all the same.
    await as(house.cid).appeal({ ...on(late), ...objects })
    const asked = await see(found.id)
    await expect(as(house.cid).appeal({ ...on(asked), ...objects })).rejects.toMatchObject({ reason: 'nothing-to-appeal' })
    await expect(as(house.cid).reopen({ ...on(asked), to: 'record', reason: 'x' })).rejects.toMatchObject({ reason: 'contested' })
    await expect(as(house.eve).giveAppeal({ ...on(asked), judgeId: house.cid.id })).rejects.toMatchObject({
      reason: 'took-part',
      fields: [{ field: 'judgeId' }],
    })
    await expect(as(house.eve).giveAppeal({ ...on(asked), judgeId: house.ben.id })).rejects.toMatchObject({ reason: 'may-not-judge' })
    const route = { escalationRoute: 'Turn to the consumer association' }
    const over = await as(house.eve).decideAppeal({
      ...on(asked),
      outcome: 'dismissed',
      text: 'It is as we said',
      channel: 'phone',
      ...route,
    })
    expect(over.state).toBe('closed')
    const ended = await see(found.id)
    expect(ended.appealable).toBeNull()
    await expect(as(house.cid).appeal({ ...on(ended), ...objects })).rejects.toMatchObject({ reason: 'nothing-to-appeal' })
    const { items } = await as(house.ada).messages({ caseId: found.id })
    expect(items.map(({ text }) => text)).toContain('It is as we said\n\nTurn to the consumer association')
  })

  test('that nobody judged in time goes higher, once', async () => {
    const found = await rejected()
    await as(house.ada).appeal({ ...on(found), ...objects })
    const { workingDays } = await house.app.transaction(({ db }) => settingWithVersion(db, appealsSetting)).then(({ value }) => value)
    expect(workingDays).toBe(10)
    await house.app.transaction(alertContests)
    expect((await see(found.id)).escalations).toEqual([])
    later(30)
    await house.app.transaction(alertContests)
    await house.app.transaction(alertContests)
    const told = await see(found.id)
    expect(told.escalations.map(({ because }) => because)).toEqual(['appeal-overdue'])
    expect((await as(house.eve).contests({ of: 'mine' })).items.find((one) => one.case.id === found.id)).toMatchObject({ late: true })
  })

  test('that the customer takes back is judged by nobody: they are told so, whoever was to judge hears of it, and it counts as neither', async () => {
    const found = await rejected()
    await as(house.ada).appeal({ ...on(found), ...objects })
    const asked = await see(found.id)
    const said = { channel: 'phone' as const, note: 'Content after all' }
    // Whoever took part in the answer cannot say that nobody objects to it any more.
    await expect(as(house.ada).withdrawAppeal({ ...on(asked), ...said })).rejects.toMatchObject({ reason: 'own-decision' })
    expect(asked.may).not.toContain('appeal-withdrawn')
    expect((await as(house.ben).one({ caseId: found.id })).may).toContain('appeal-withdrawn')
    expect(await as(house.ben).withdrawAppeal({ ...on(asked), ...said })).toMatchObject({ state: 'closed' })
    const over = await see(found.id)
    expect(over.appeals).toMatchObject([{ withdrawn: { ...said, by: house.ben.id }, decided: null, lapsed: false }])
    expect(await owed(found.customerId, `${found.id}:appeal`)).toMatchObject([{ state: 'cancelled' }])
    expect((await as(house.eve).contests({ of: 'mine' })).items.map((one) => one.case.id)).not.toContain(found.id)
    const { items } = await as(house.ada).messages({ caseId: found.id })
    expect(items.map(({ text }) => text)).toContainEqual(expect.stringContaining('You no longer ask us to look at case'))
    expect(await house.news(house.eve, 'appeal-withdrawn')).toHaveLength(1)
    await expect(as(house.ben).withdrawAppeal({ ...on(over), ...said })).rejects.toMatchObject({ reason: 'no-appeal' })
    // Where that was a mistake, or they think otherwise, they ask again.
    expect(over.appealable).toMatchObject({ ground: 'not-established' })
    await as(house.ada).appeal({ ...on(over), ...objects })
    const again = await see(found.id)
    expect(again.appeals).toMatchObject([{ withdrawn: said }, { withdrawn: null, decided: null, judgeId: house.eve.id }])
    const route = { escalationRoute: 'Turn to the consumer association' }
    await as(house.eve).decideAppeal({ ...on(again), outcome: 'dismissed', text: 'It is as we said', channel: 'phone', ...route })
    expect((await see(found.id)).appealable).toBeNull()
  })

  test('against a remedy that the customer does not take goes back to the proposal', async () => {
    const at = await house.approved()
    expect((await see(at.id)).appealable).toBeNull()
    const told = await as(house.ada).tell({ ...on(at), text: 'You get 10', channel: 'phone', escalationRoute: null })
    const refused = await as(house.ada).answerRemedy({ ...on(told), accepted: false, note: 'Too little' })
    expect((await see(at.id)).appealable).toMatchObject({ ground: 'remedy-refused' })
    await as(house.ada).appeal({ ...on(refused), ...objects })
    const asked = await see(at.id)
    // Eve approved it, so Cid judges.
    expect(asked.appeals).toMatchObject([{ against: 'remedy', judgeId: house.cid.id }])
    const text = { text: 'We look for more', channel: 'phone' as const, escalationRoute: null }
    expect(await as(house.cid).decideAppeal({ ...on(asked), outcome: 'partly', ...text })).toMatchObject({ step: 'remedy', state: 'open' })
    expect(await see(at.id)).toMatchObject({ proposed: null, instructed: null })
  })
})

describe('a body outside', () => {
  const bodyCalled = async (name: string) => (await as(house.cid).bodies({})).bodies.find(({ names }) => names.en === name)!

  test('is told of with the final answer, in the language of the customer, and has to be where the rules demand it', async () => {
    const { version } = await house.app.transaction(({ db }) => settingWithVersion(db, regimesSetting))
    const value = { inForce: [{ regime: 'uk-fca', kinds: ['complaint' as const] }] }
    await house.app.transaction((context) => writeSetting(context, regimesSetting, value, version))
    const customerId = await house.customer('Under DISP')
    const made = await as(house.ada).open({ ...freight, customerId, language: 'zh-TW' })
    let at = await as(house.ada).acknowledge({ ...on(made as never), text: 'We look', sent: 'hand', answerBy: null })
    at = await as(house.ada).judge({ ...on(at), ...unfounded })
    at = await as(house.cid).readAgain({ ...on(at), agrees: true, note: null })
    const reply = { ...on(at), text: 'We found nothing', channel: 'phone' as const }
    for (const nothing of [{}, { escalationRoute: null }, { escalationRoute: '  ' }])
      await expect(as(house.ada).reply({ ...reply, ...nothing })).rejects.toMatchObject({
        reason: 'route-demanded',
        fields: [{ field: 'escalationRoute' }],
      })
    const route = await as(house.ada).escalationRoute({ caseId: made.id })
    expect(route).toMatchObject({ language: 'zh-TW', demanded: true, unchecked: true, bodies: [{ binding: 'if-accepted' }] })
    expect(route.text).toContain('申訴')
    expect(route.text).toContain('https://www.financial-ombudsman.org.uk')
    expect((await as(house.ada).escalationRoute({ caseId: made.id, dismissed: 'yes' })).text).not.toContain('未參與原決定')
    expect(await as(house.ada).reply({ ...reply, escalationRoute: route.text })).toMatchObject({ state: 'closed' })
    const held = await house.app.transaction(({ db }) => settingWithVersion(db, regimesSetting))
    const usual = { inForce: [{ regime: 'iso-10002', kinds: ['complaint' as const] }] }
    await house.app.transaction((context) => writeSetting(context, regimesSetting, usual, held.version))
  })

  test('is a line of the catalogue that the company changes, adds and retires; an address is one of the web', async () => {
    const body = await bodyCalled('Consumer association')
    expect(body).toMatchObject({ ships: true, version: 0, regimes: ['iso-10002'] })
    const { id, ships: _, ...said } = body
    const changed = { bodyId: id, ...said, url: 'https://consumers.example.org', deadline: { unit: 'months' as const, amount: 6 } }
    await expect(as(house.cid).changeBody({ ...changed, url: 'javascript:alert(1)' })).rejects.toMatchObject({ reason: 'no-link' })
    await expect(as(house.cid).changeBody({ ...changed, regimes: ['nothing'] })).rejects.toMatchObject({ reason: 'no-such-rules' })
    expect(await as(house.cid).changeBody(changed)).toMatchObject({ version: 1, url: 'https://consumers.example.org' })
    await expect(as(house.cid).changeBody(changed)).rejects.toMatchObject({ status: 409 })
    const found = await rejected()
    const route = await as(house.ada).escalationRoute({ caseId: found.id })
    expect(route).toMatchObject({ demanded: false, unchecked: false, bodies: [{ name: 'Consumer association' }] })
    expect(route.text).toContain('https://consumers.example.org')
    const own = await as(house.cid).addBody({
      ...said,
      names: { en: 'Board', 'zh-CN': '', 'zh-TW': '' },
      url: null,
      kinds: ['claim'],
      regimes: [],
    })
    expect((await as(house.ada).escalationRoute({ caseId: found.id })).bodies.map(({ name }) => name)).not.toContain('Board')
    const { id: ownId, ships: __, ...ownSaid } = own
    expect(await as(house.cid).changeBody({ bodyId: ownId, ...ownSaid, retired: true })).toMatchObject({ retired: true, version: 2 })
  })

  test('that binds the company takes the case back; what it ordered stands in somebody’s day', async () => {
    const found = await rejected()
    const { id: bodyId } = await bodyCalled('Financial Ombudsman Service')
    const before = { ...on(found), bodyId, reference: 'FOS-1', receivedOn: day(), dueOn: null, note: null }
    await expect(as(house.ada).refer({ ...before, receivedOn: '2099-01-01' })).rejects.toMatchObject({ reason: 'day-ahead' })
    const dueOn = new Date(house.app.now.getTime() + 14 * 86_400_000).toISOString().slice(0, 10)
    let at = await as(house.ada).refer({ ...before, dueOn })
    await expect(as(house.ada).refer({ ...before, ...on(at) })).rejects.toMatchObject({ reason: 'there-already' })
    const [referral] = (await see(found.id)).referrals
    const referralId = referral!.id
    expect(referral).toMatchObject({ body: 'Financial Ombudsman Service', reference: 'FOS-1', dueOn, decided: null })
    const origin = `${found.id}:referral ${referralId}`
    expect(await owed(found.customerId, origin)).toMatchObject([{ ownerId: house.ada.id, dueDay: dueOn, state: 'open' }])
    expect((await as(house.ada).contests({ way: 'outside' })).items).toMatchObject([
      { body: 'Financial Ombudsman Service', reference: 'FOS-1' },
    ])
    // It wants an answer in fourteen days, and somebody hears of it five before.
    await house.app.transaction(alertContests)
    expect(await house.news(house.ada, 'referral-due')).toEqual([])
    later(10)
    await house.app.transaction(alertContests)
    await house.app.transaction(alertContests)
    expect(await house.news(house.ada, 'referral-due')).toHaveLength(1)
    const fileId = await sendCaseFile(house.app, house.ada, 'answer.txt', 'Our view')
    at = await as(house.ada).sendReferral({ ...on(at), referralId, text: 'Our whole file', fileIds: [fileId] })
    expect((await see(found.id)).files.map(({ fileId: id }) => id)).toContain(fileId)
    expect(await owed(found.customerId, origin)).toMatchObject([{ state: 'done' }])

    // The case cannot be forgotten meanwhile.
    const kept = await house.app.as(customersApi).one({ id: found.customerId })
    await house.app.as(customersApi).requestErasure({ id: found.customerId, reason: 'Asks for it' })
    const [request] = (await house.app.as(customersApi).erasures({ customerId: found.customerId })).items
    expect(request!.keptByLaw?.rules).toMatchObject([{ title: 'Financial Ombudsman Service', until: null, count: 1 }])
    await house.app.as(customersApi).withdrawErasure({ erasureId: request!.id, version: request!.version })
    expect(kept.erasedAt).toBeNull()

    const outcome = { referralId, outcome: 'upheld' as const, binding: true, decidedOn: day(), note: 'Pay it', redressMinor: 12_300 }
    await expect(as(house.ada).decideReferral({ ...on(at), ...outcome, decidedOn: '2020-01-01', redressBy: null })).rejects.toMatchObject({
      reason: 'before-it-came',
    })
    at = await as(house.ada).decideReferral({ ...on(at), ...outcome, redressBy: dueOn })
    // The remedy was never reached: what stands before it is found anew.
    expect(at).toMatchObject({ state: 'open', step: 'validity' })
    expect(await owed(found.customerId, `${found.id}:redress ${referralId}`)).toMatchObject([{ dueDay: dueOn, state: 'open' }])
    await expect(as(house.ada).decideReferral({ ...on(at), ...outcome, redressBy: null })).rejects.toMatchObject({
      reason: 'decided-already',
    })
    await expect(as(house.ada).sendReferral({ ...on(at), referralId: found.id, text: 'x', fileIds: [] })).rejects.toMatchObject({
      reason: 'no-such-referral',
    })
  })

  test('holds open what would end, merge or convert while it has not decided', async () => {
    const customerId = await house.customer('Taken outside early')
    const made = await as(house.ada).open({ ...freight, customerId })
    const { id: bodyId } = await bodyCalled('Financial Ombudsman Service')
    let at = await as(house.ada).refer({ ...on(made as never), bodyId, reference: null, receivedOn: day(), dueOn: null, note: null })
    await expect(as(house.ada).withdraw({ ...on(at), reason: 'x' })).rejects.toMatchObject({ reason: 'contested' })
    await expect(as(house.ada).convert({ ...on(at), kind: 'enquiry' })).rejects.toMatchObject({ reason: 'contested' })
    at = await as(house.ada).acknowledge({ ...on(at), text: 'We look', sent: 'hand', answerBy: null })
    at = await as(house.ada).judge({ ...on(at), ...unfounded })
    at = await as(house.cid).readAgain({ ...on(at), agrees: true, note: null })
    at = await as(house.ada).reply({ ...on(at), text: 'Nothing', channel: 'phone' })
    // Settled, and not closed.
    expect(at).toMatchObject({ state: 'resolved', step: 'validity' })
    const [referral] = (await see(made.id)).referrals
    const outcome = { outcome: 'not-upheld' as const, binding: false, decidedOn: day(), redressMinor: 0, redressBy: null, note: null }
    expect(await as(house.ada).decideReferral({ ...on(at), referralId: referral!.id, ...outcome })).toMatchObject({ state: 'closed' })
  })
})

test('figures count what came and was decided, by body and category, with the cases behind them; so does the file of a supervisor', async () => {
  const report = await as(house.cid).contestReport({})
  expect(report.total).toMatchObject({ appeals: 6, appealsDecided: 4, appealsUpheld: { part: 2, whole: 4 } })
  expect(report.total).toMatchObject({ referrals: 2, referralsDecided: 2, overturned: { part: 1, whole: 2, share: 0.5 } })
  expect(report.byBody).toMatchObject([{ name: 'Financial Ombudsman Service', referrals: 2, overturned: { part: 1 } }])
  expect(report.byCategory).toMatchObject([{ key: 'freight', appeals: 6 }])
  expect(report.byMonth.reduce((sum, { appeals }) => sum + appeals, 0)).toBe(6)
  const behind = async (measure: 'appealed' | 'appeal-upheld' | 'referred' | 'referral-overturned', more = {}) =>
    (await as(house.cid).reportCases({ measure, ...more })).items.length
  expect(await behind('appealed')).toBe(5)
  expect(await behind('appeal-upheld')).toBe(2)
  expect(await behind('referral-overturned')).toBe(1)
  expect(await behind('referred', { body: report.byBody[0]!.key })).toBe(2)
  expect(await behind('referred', { body: house.transport })).toBe(0)
  expect(await behind('appealed', { by: 'category', key: 'service' })).toBe(0)
  // By their own days: none of it came before all of this.
  expect((await as(house.cid).contestReport({ from: '2020-01-01', to: '2020-12-31' })).total).toMatchObject({ appeals: 0, referrals: 0 })
  const { report: counts } = await as(house.cid).regulatorReport({})
  expect(counts.total.contests).toEqual(report.total)
  expect(counts.total.unexplained).toBe(0)
  const file = await house.app.request('/api/v1/case-report/regulator/file?format=csv', {}, house.cid)
  const [head, ...rows] = (await file.text()).trim().split('\r\n')
  expect(head!.split(',').slice(-6)).toEqual([
    'Appeals',
    'Appeals judged',
    'Appeals upheld',
    'Taken outside',
    'Decided outside',
    'Overturned',
  ])
  expect(rows.at(-1)!.split(',').slice(-6)).toEqual(['6', '4', '2', '2', '2', '1'])
})

test('what lists know of contests is what the logs say', async () => {
  expect(await house.app.transaction((context) => renewCases(context, null, false))).toMatchObject({ wrong: 0 })
  await house.app.db.deleteFrom('cases.contest').execute()
  expect((await house.app.transaction((context) => renewCases(context, null, true))).wrong).toBeGreaterThan(3)
  expect(await house.app.transaction((context) => renewCases(context, null, false))).toMatchObject({ wrong: 0 })
})
