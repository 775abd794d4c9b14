import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { api as organizationApi } from '#modules/organization/api.ts'
import { type Acted, type ComplaintHouse, cause, on, startComplaintHouse } from '#test/complaint-house.ts'
import { freight } from '#test/complaints.ts'

import { casesApi } from './api.ts'

let house: ComplaintHouse
beforeAll(async () => {
  house = await startComplaintHouse()
})
afterAll(() => house.app.close())

describe('the table of routes', () => {
  test('gives a freight complaint to transport and its person by itself, and says why (G-06)', async () => {
    const { transport, quality, ada, ben, as, judged, news } = house
    const at = await judged()
    expect(at.step).toBe('department')
    const found = await as(ada).one({ caseId: at.id })
    expect(found).toMatchObject({ departmentId: transport, personId: ben.id, routed: { by: 'system', byTable: { passed: [] } } })
    expect(await news(ben, 'routed')).toMatchObject([{ link: `/cases/${at.id}` }])
    expect(await as(ada).one({ caseId: (await judged({ category: 'product-quality', reason: 'defect' })).id })).toMatchObject({
      departmentId: quality,
      personId: null,
    })
  })
  test('leaves what it does not name to people, who may also say otherwise', async () => {
    const { quality, sales, ada, cid, dan, as, judged } = house
    const at = await judged({ category: 'contract', reason: 'quantity' })
    expect(await as(ada).one({ caseId: at.id })).toMatchObject({ departmentId: null, routed: null })
    const byHand = await as(ada).route({ ...on(at), departmentId: sales, personId: null, note: 'Ours', shares: [] })
    expect(await as(ada).one({ caseId: byHand.id })).toMatchObject({ departmentId: sales, routed: { by: ada.id, note: 'Ours' } })
    const other = await judged()
    // What has a department is handed over by it, or given elsewhere by whoever answers for the handling of cases.
    const elsewhere = { departmentId: quality, personId: dan.id, note: null, shares: [] }
    await expect(as(ada).route({ ...on(other), ...elsewhere })).rejects.toMatchObject({ status: 403, reason: 'hand-over-instead' })
    expect((await as(ada).one({ caseId: other.id })).may).not.toContain('routed')
    await as(cid).route({ ...on(other), ...elsewhere })
    expect(await as(ada).one({ caseId: other.id })).toMatchObject({ departmentId: quality, personId: dan.id })
  })
  test('whoever is given a case by somebody else hears of it once; who takes it themselves does not', async () => {
    const { ada, cid, as, customer, news } = house
    const made = await as(ada).open({ ...freight, customerId: await customer('Given') })
    const links = async (who: typeof ada) => (await news(who, 'routed')).filter(({ link }) => link === `/cases/${made.id}`)
    const given = await as(ada).assign({ ...on(made), ownerId: cid.id, why: null })
    expect(await links(cid)).toHaveLength(1)
    const again = await as(ada).assign({ ...on(given), ownerId: cid.id, why: 'Still' })
    expect(await links(cid)).toHaveLength(1)
    await as(ada).assign({ ...on(again), ownerId: ada.id, why: null })
    expect(await links(ada)).toEqual([])
  })
  test('passes over whoever the complaint is about, and whoever is away', async () => {
    const { app, ada, ben, dan, fay, as, judged } = house
    const about = await judged({ target: { kind: 'person', name: null, userId: ben.id, departmentId: null } })
    expect(await as(ada).one({ caseId: about.id })).toMatchObject({
      personId: fay.id,
      routed: { byTable: { passed: [{ userId: ben.id, why: 'about-them' }] } },
    })
    const away = await app
      .as(organizationApi, ben)
      .noteAbsence({ userId: ben.id, fromDay: '2026-03-10', untilDay: '2026-03-12', deputyId: dan.id })
    expect(await as(ada).one({ caseId: (await judged()).id })).toMatchObject({
      personId: dan.id,
      routed: { byTable: { passed: [{ userId: ben.id, why: 'away' }] } },
    })
    await app.as(organizationApi, ben).endAbsence({ absenceId: away.id, version: 1 })
    expect(await as(ada).one({ caseId: (await judged()).id })).toMatchObject({ personId: ben.id })
  })
  test('goes to those above at the third transfer, with a task until a department accepts (G-13)', async () => {
    const { transport, quality, sales, ada, ben, cid, dan, eve, as, judged, news, owedBy, ofCase } = house
    let at = await judged()
    const of = await ofCase(at.id)
    for (const [from, to] of [
      [ben, quality],
      [dan, sales],
    ] as const)
      at = await as(from).handOver({ ...on(at), departmentId: to, personId: null, reason: 'Not ours' })
    expect((await as(ada).one({ caseId: at.id })).escalations).toEqual([])
    at = await as(ada).handOver({ ...on(at), departmentId: transport, personId: ben.id, reason: 'Nor ours' })
    const found = await as(ada).one({ caseId: at.id })
    expect(found.escalations).toMatchObject([{ because: 'transfer-limit', to: [eve.id, cid.id], by: 'system' }])
    expect(await news(eve, 'transfer-limit')).toHaveLength(1)
    expect(await owedBy(at.id, 'routing', of)).toMatchObject([{ ownerId: eve.id, state: 'open', kind: 'task' }])
    await as(ben).accept({ ...on(at), note: null })
    expect(await owedBy(at.id, 'routing', of)).toMatchObject([{ state: 'done' }])
  })
  test('has one line for one matter, changed only as it was seen', async () => {
    const { quality, sales, ada, cid, as } = house
    const line = { category: 'service', reason: null, productCategory: null, departmentId: sales, personId: null, deputyId: null }
    const made = await as(cid).addRoute(line)
    await expect(as(cid).addRoute(line)).rejects.toMatchObject({ status: 409, reason: 'route-taken' })
    await expect(as(cid).addRoute({ ...line, reason: 'damage' })).rejects.toMatchObject({ reason: 'no-such-reason' })
    await expect(as(cid).addRoute({ ...line, reason: 'skill', deputyId: ada.id })).rejects.toMatchObject({ reason: 'deputy-of-somebody' })
    expect(await as(cid).changeRoute({ routeId: made.id, ...line, version: 1, departmentId: quality })).toMatchObject({ version: 2 })
    await expect(as(cid).changeRoute({ routeId: made.id, ...line, version: 1 })).rejects.toMatchObject({ reason: 'changed-meanwhile' })
    await expect(as(ada).removeRoute({ routeId: made.id, version: 2 })).rejects.toMatchObject({ status: 403 })
    await as(cid).removeRoute({ routeId: made.id, version: 2 })
    expect((await as(ada).routes({})).routes.some(({ id }) => id === made.id)).toBe(false)
  })
})

test('a complaint on the same matter is graver, comes earlier, and those above hear of it (G-18)', async () => {
  const { app, ada, cid, eve, as, customer, news } = house
  const of = await customer('Twice')
  const first = await as(ada).open({ ...freight, customerId: of, category: 'service', reason: 'attitude' })
  const again = await as(ada).open({ ...freight, customerId: of, category: 'service', reason: 'attitude' })
  expect(again.repeatOf).toBe(first.id)
  const found = await as(ada).one({ caseId: again.id })
  expect(found).toMatchObject({ record: { severity: 2 }, escalations: [{ because: 'repeated', to: [eve.id, cid.id] }] })
  expect((await as(ada).one({ caseId: first.id })).record.severity).toBe(3)
  const { items } = await app.as(casesApi).list({ queue: 'all' })
  const priority = (id: string) => items.find((one) => one.id === id)?.priority
  expect(priority(again.id)).toBe(priority(first.id)! - 3)
  expect(await news(cid, 'repeated')).toMatchObject([{ link: `/cases/${again.id}` }])
  expect(await news(ada, 'repeated')).toEqual([])
})

test('the first look makes a case as grave as its gravest answer', async () => {
  const { ada, as, customer } = house
  const made = await as(ada).open({ ...freight, customerId: await customer('Hurt') })
  const lightest = { harm: 'slight', impact: 'one', complexity: 'simple', urgency: 'can-wait', note: null } as const
  const at = await as(ada).assess({ ...on(made), ...lightest, safety: 'possible' })
  expect(await as(ada).one({ caseId: at.id })).toMatchObject({
    record: { severity: 2 },
    assessed: { severity: 2, immediate: true, by: ada.id },
  })
  expect((await as(ada).list({ queue: 'mine' })).items.find(({ id }) => id === at.id)?.severity).toBe(2)
})

describe('the tree of causes', () => {
  test('is chosen from, says the field, and keeps what is retired out of reach', async () => {
    const { transport, ada, ben, cid, as, judged } = house
    const shipped = (await as(ada).causes({})).causes
    const method = shipped.find(({ kind }) => kind === 'method')!
    const names = { en: 'Packing', 'zh-CN': '包装', 'zh-TW': '包裝' }
    const packing = await as(cid).addCause({ parentId: method.id, kind: 'method', names })
    expect(packing).toMatchObject({ depth: 1, version: 1 })
    const at = await as(ben).accept({ ...on(await judged()), note: null })
    const said = await as(ben).findCause({ ...on(at), ...cause, causeId: packing.id, whys: ['A cheaper box', 'Bought by price'] })
    expect(await as(ada).one({ caseId: at.id })).toMatchObject({
      cause: { causeId: packing.id, field: 'method', whys: ['A cheaper box', 'Bought by price'] },
    })
    await as(cid).changeCause({ causeId: packing.id, version: 1, parentId: method.id, kind: 'method', names, retired: true })
    await expect(as(ben).findCause({ ...on(said), ...cause, causeId: packing.id })).rejects.toMatchObject({
      status: 422,
      reason: 'no-such-cause',
    })
    await expect(as(ben).findCause({ ...on(said), ...cause, causeId: transport })).rejects.toMatchObject({ reason: 'no-such-cause' })
    await expect(
      as(cid).changeCause({ causeId: method.id, version: 0, parentId: packing.id, kind: 'method', names, retired: false }),
    ).rejects.toMatchObject({
      reason: 'below-itself',
    })
    // What the product ships is renamed once; a second writer who saw it as shipped is refused.
    const renamed = {
      causeId: method.id,
      version: 0,
      parentId: null,
      kind: 'method' as const,
      names: { en: 'How we work', 'zh-CN': '', 'zh-TW': '' },
      retired: false,
    }
    expect(await as(cid).changeCause(renamed)).toMatchObject({ version: 1, names: { en: 'How we work' } })
    await expect(as(cid).changeCause(renamed)).rejects.toMatchObject({ reason: 'changed-meanwhile' })
  })
  test('a hypothesis that is confirmed becomes the cause (G-29)', async () => {
    const { ada, ben, as, judged } = house
    const at = await as(ben).accept({ ...on(await judged()), note: null })
    const id = '0198c0de-0000-7000-8000-00000000b001'
    let now: Acted = await as(ben).observe({ ...on(at), id, values: { flavour: 'vanilla', starts: 'no' }, note: null })
    now = await as(ben).hypothesize({ ...on(now), id, text: 'Vapour lock', state: 'open', note: null })
    expect((await as(ada).one({ caseId: at.id })).cause).toBeNull()
    await as(ben).hypothesize({ ...on(now), id, text: 'Vapour lock', state: 'confirmed', note: 'Measured' })
    expect(await as(ada).one({ caseId: at.id })).toMatchObject({
      cause: { text: 'Vapour lock', evidence: ['Measured'] },
      hypotheses: [{ state: 'confirmed' }],
      observations: [{ values: { flavour: 'vanilla', starts: 'no' } }],
    })
  })
})
