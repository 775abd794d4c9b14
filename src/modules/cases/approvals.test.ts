import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { api as organizationApi } from '#modules/organization/api.ts'
import { everybody } from '#test/app.ts'
import { type Acted, type ComplaintHouse, cause, on, remedy, startComplaintHouse, yes } from '#test/complaint-house.ts'
import { freight } from '#test/complaints.ts'
import { start } from '#test/tea-company.ts'
import { checks } from './checks.ts'
import { escalateOverdue } from './jobs/responsibility.ts'

let house: ComplaintHouse
beforeAll(async () => {
  house = await startComplaintHouse()
})
afterAll(() => house.app.close())

describe('what is given', () => {
  test('at once is a small sum, what the catalogue lets go, or what one may approve', async () => {
    const { ada, cid, as, customer } = house
    const names = { en: 'A box of tea', 'zh-CN': '', 'zh-TW': '' }
    const offer = { kind: 'goodwill' as const, names, defaultMinor: 2_000, mostMinor: 90_000, needsApproval: false, retired: false }
    const box = await as(cid).addOffer(offer)
    let at: Acted = await as(ada).open({ ...freight, customerId: await customer('First help') })
    const give = (amountMinor: number, offerId: string | null = null) =>
      as(ada).helpFirst({ ...on(at), text: 'Sent at once', amountMinor, offerId })
    at = await give(50_000)
    await expect(give(50_001)).rejects.toMatchObject({ status: 403, reason: 'needs-higher-approver', values: { who: 'Cid, Eve' } })
    await expect(give(90_001, box.id)).rejects.toMatchObject({ status: 422, reason: 'over-offer-limit' })
    at = await give(90_000, box.id)
    at = await as(cid).helpFirst({ ...on(at), text: 'More', amountMinor: 300_000 })
    expect((await as(ada).one({ caseId: at.id })).interim.map(({ amountMinor }) => amountMinor)).toEqual([50_000, 90_000, 300_000])
    await as(cid).changeOffer({ offerId: box.id, version: 1, ...offer, needsApproval: true })
    await expect(give(90_000, box.id)).rejects.toMatchObject({ reason: 'needs-higher-approver' })
    await expect(as(cid).changeOffer({ offerId: box.id, version: 2, ...offer, mostMinor: 1_000 })).rejects.toMatchObject({
      reason: 'below-usual',
    })
  })
  test('a proposal keeps to the line of the catalogue that it names', async () => {
    const { transport, ben, cid, as, judged } = house
    const names = { en: 'Price reduction', 'zh-CN': '', 'zh-TW': '' }
    const { id: offerId } = await as(cid).addOffer({
      kind: 'discount',
      names,
      defaultMinor: 0,
      mostMinor: 10_000,
      needsApproval: true,
      retired: false,
    })
    const at = await as(ben).accept({ ...on(await judged()), note: null })
    const found = await as(ben).findCause({ ...on(at), ...cause })
    const ready = await as(ben).settleResponsibility({
      ...on(found),
      userId: null,
      departmentId: transport,
      nobody: true,
      delayedBy: null,
      note: null,
    })
    const offer = (kind: 'discount' | 'refund', amountMinor: number) =>
      as(ben).propose({ ...on(ready), ...remedy(0), remedies: [{ kind, text: null, amountMinor, offerId }] })
    await expect(offer('discount', 10_001)).rejects.toMatchObject({
      status: 422,
      reason: 'over-offer-limit',
      fields: [{ field: 'remedies' }],
    })
    await expect(offer('refund', 10)).rejects.toMatchObject({ reason: 'another-kind' })
    expect(await offer('discount', 10_000)).toMatchObject({ step: 'approval' })
  })
})

describe('the leader’s instruction', () => {
  test('needs somebody whose limit suffices, and says who could (G-09)', async () => {
    const { cid, eve, as, proposed } = house
    const at = await proposed(500_001)
    await expect(as(cid).instruct({ ...on(at), ...yes })).rejects.toMatchObject({
      status: 403,
      reason: 'needs-higher-approver',
      values: { who: 'Eve' },
    })
    // What it is amended to is what is looked at.
    await expect(
      as(cid).instruct({ ...on(at), ...yes, decision: 'amended', remedies: [{ kind: 'compensation', text: null, amountMinor: 600_000 }] }),
    ).rejects.toMatchObject({ reason: 'needs-higher-approver' })
    expect(await as(eve).instruct({ ...on(at), ...yes })).toMatchObject({ step: 'execution' })
    expect(await as(cid).instruct({ ...on(await proposed(500_000)), ...yes })).toMatchObject({ step: 'execution' })
  })
  test('of less than was proposed is within a smaller limit', async () => {
    const { cid, as, proposed } = house
    const at = await proposed(900_000)
    const less = { ...yes, decision: 'amended' as const, remedies: [{ kind: 'discount' as const, text: null, amountMinor: 400_000 }] }
    expect(await as(cid).instruct({ ...on(at), ...less })).toMatchObject({ step: 'execution' })
  })
  test('stands in the day of the one whose limit is the smallest that suffices, until it is given', async () => {
    const { ada, ben, cid, eve, as, proposed, owedBy, ofCase } = house
    const at = await proposed(1_000)
    const of = await ofCase(at.id)
    const [owed] = await owedBy(at.id, 'approval', of)
    expect(owed).toMatchObject({ kind: 'approval', ownerId: cid.id, state: 'open', title: expect.stringContaining('Decide on the remedy') })
    const mine = await as(cid).approvals({})
    expect(mine.items.find((one) => one.case.id === at.id)).toMatchObject({
      may: { allowed: true },
      demand: { kind: 'exchange' },
      proposed: { remedies: [{ kind: 'compensation', amountMinor: 1_000 }], by: ben.id },
      amountMinor: 1_000,
    })
    expect((await as(eve).approvals({})).items.some((one) => one.case.id === at.id)).toBe(false)
    expect((await as(eve).approvals({ of: 'all' })).items.some((one) => one.case.id === at.id)).toBe(true)
    expect(await as(ada).approvalOf({ caseId: at.id })).toMatchObject({
      waits: true,
      may: { allowed: false },
      asked: [{ approverId: cid.id }],
    })
    await as(cid).instruct({ ...on(at), ...yes })
    expect(await owedBy(at.id, 'approval', of)).toMatchObject([{ state: 'done', closedBy: cid.id }])
    expect((await as(cid).approvals({})).items.some((one) => one.case.id === at.id)).toBe(false)
  })
  test('that rejects asks again with the next proposal, and owes nothing meanwhile', async () => {
    const { ben, cid, as, proposed, owedBy, ofCase } = house
    const at = await proposed(1_000)
    const of = await ofCase(at.id)
    const back = await as(cid).instruct({ ...on(at), ...yes, decision: 'rejected', note: 'Too little' })
    expect(back.step).toBe('remedy')
    expect((await owedBy(at.id, 'approval', of)).map(({ state }) => state)).toEqual(['done'])
    await as(ben).propose({ ...on(back), ...remedy(2_000) })
    expect((await owedBy(at.id, 'approval', of)).map(({ state }) => state).toSorted()).toEqual(['done', 'open'])
  })
  test('that nobody gives in time goes to the next higher, and those above hear of it', async () => {
    const { app, ada, cid, eve, hana, as, proposed, owedBy, ofCase } = house
    const at = await proposed(1_000)
    const of = await ofCase(at.id)
    await app.transaction(escalateOverdue)
    expect((await as(ada).approvalOf({ caseId: at.id })).asked).toHaveLength(1)
    app.now = new Date(start.getTime() + 9 * 3_600_000)
    await app.transaction(escalateOverdue)
    await app.transaction(escalateOverdue)
    const { asked } = await as(ada).approvalOf({ caseId: at.id })
    expect(asked.map(({ approverId, level }) => [approverId, level])).toEqual([
      [cid.id, 0],
      [eve.id, 1],
    ])
    const found = await as(ada).one({ caseId: at.id })
    expect(found.escalations).toMatchObject([{ because: 'approval-overdue', by: 'system' }])
    expect((await owedBy(at.id, 'approval', of)).map(({ ownerId, state }) => [ownerId, state]).toSorted()).toEqual(
      [
        [cid.id, 'open'],
        [eve.id, 'open'],
      ].toSorted(),
    )
    await as(eve).instruct({ ...on(found), ...yes })
    expect((await owedBy(at.id, 'approval', of)).every(({ state }) => state === 'done')).toBe(true)
    expect((await as(hana).delays({ from: start })).items).toContainEqual(
      expect.objectContaining({ kind: 'approval', userId: cid.id, caseId: at.id, decidedAt: app.now }),
    )
    app.now = start
  })
  test('may be given by whoever stands in for somebody who is away, within that one’s limit', async () => {
    const { app, ada, cid, eve, as, proposed } = house
    const limits = await as(cid).authority({})
    const lines = [
      { role: 'executive', mostMinor: 700_000, tiers: null, gravest: 1 as const },
      { role: 'supervisor', mostMinor: 500_000, tiers: null, gravest: 2 as const },
    ]
    expect(await as(cid).changeAuthority({ version: limits.version, lines })).toMatchObject({ version: 1, madeBy: cid.id })
    await expect(as(cid).changeAuthority({ version: 0, lines })).rejects.toMatchObject({ reason: 'changed-meanwhile' })
    await expect(as(cid).changeAuthority({ version: 1, lines: [{ ...lines[0]!, role: 'nobody' }] })).rejects.toMatchObject({
      reason: 'no-such-role',
    })
    const away = await app
      .as(organizationApi, eve)
      .noteAbsence({ userId: eve.id, fromDay: '2026-03-10', untilDay: '2026-03-10', deputyId: cid.id })
    const at = await proposed(600_000)
    expect((await as(ada).approvalOf({ caseId: at.id })).asked).toMatchObject([{ approverId: cid.id }])
    await as(cid).instruct({ ...on(at), ...yes })
    await app.as(organizationApi, eve).endAbsence({ absenceId: away.id, version: 1 })
    await expect(as(cid).instruct({ ...on(await proposed(600_000)), ...yes })).rejects.toMatchObject({ reason: 'needs-higher-approver' })
  })
  test('that nobody may give is brought before those above at once', async () => {
    const { ada, eve, as, proposed } = house
    const at = await proposed(700_001)
    expect(await as(ada).one({ caseId: at.id })).toMatchObject({ escalations: [{ because: 'nobody-may-approve' }] })
    expect((await as(ada).approvalOf({ caseId: at.id })).asked).toMatchObject([{ approverId: null }])
    await expect(as(eve).instruct({ ...on(at), ...yes })).rejects.toMatchObject({ reason: 'needs-higher-approver-nobody' })
  })
})

test('a route that leads nowhere, and a table by which nobody may approve everything, are seen by the doctor', async () => {
  const { app, ada, cid, as, judged } = house
  const find = async (name: string) => app.transaction(({ db, now }) => checks.find((one) => one.name === name)!.run(db, now))
  expect((await find('cases.routes')).state).toBe('good')
  const organization = app.as(organizationApi, everybody)
  const gone = await organization.createDepartment({ name: 'Gone', parentId: null, headId: null, deputyIds: [], calendarId: null })
  const line = { category: 'service', reason: 'skill', productCategory: null, departmentId: gone.id, personId: null, deputyId: null }
  const { id: routeId } = await as(cid).addRoute(line)
  await organization.removeDepartment({ departmentId: gone.id, version: gone.version })
  expect((await find('cases.routes')).state).toBe('look')
  // What leads nowhere is left to people.
  expect(await as(ada).one({ caseId: (await judged({ category: 'service', reason: 'skill' })).id })).toMatchObject({ departmentId: null })
  await as(cid).removeRoute({ routeId, version: 1 })
  expect((await find('cases.approvers')).state).toBe('look')
  const { version } = await as(cid).authority({})
  await as(cid).changeAuthority({ version, lines: [{ role: 'executive', mostMinor: null, tiers: null, gravest: 1 }] })
  expect((await find('cases.approvers')).state).toBe('good')
})
