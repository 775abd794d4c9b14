import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import { knowledgeApi } from '#modules/knowledge/api.ts'
import { api as organizationApi } from '#modules/organization/api.ts'
import { organizationProfile, writeSetting } from '#modules/organization/public.ts'
import type { Actor } from '#platform/context.ts'
import { type App, everybody, startApp } from '#test/app.ts'
import { colleague, freight, type Station, walk } from '#test/complaints.ts'
import { casesApi } from './api.ts'
import { watchClocks } from './jobs/clocks.ts'

// What nobody gets past, by whatever door.

let app: App
let customerId: string
let departmentId: string
/** Handles, without managing cases; works in the department; manages; leads. */
let ada: Actor
let ben: Actor
let cid: Actor
let eve: Actor
const start = new Date('2026-03-10T02:00:00Z')

beforeAll(async () => {
  app = await startApp({ now: start })
  await app.transaction((context) =>
    writeSetting(context, organizationProfile, { name: 'Tea', currency: 'CNY', timeZone: 'Asia/Shanghai', locale: 'en' }, 0),
  )
  const agent = (one: Actor): Actor => ({ ...one, can: (right) => right !== 'cases.manage' && right !== 'cases.approve' })
  ada = agent(await colleague(app, 'Ada'))
  ben = agent(await colleague(app, 'Ben', ['department']))
  cid = await colleague(app, 'Cid', ['supervisor'])
  eve = await colleague(app, 'Eve', ['executive'])
  const place = { parentId: null, headId: ben.id, deputyIds: [ada.id], calendarId: null }
  departmentId = (await app.as(organizationApi, everybody).createDepartment({ name: 'Transport', ...place })).id
})
afterAll(() => app.close())

const as = (actor: Actor) => app.as(casesApi, actor)
const customer = async (name: string) => (await app.as(customersApi, everybody).create({ values: { name } })).id
type Acted = { readonly id: string; readonly version: number }
const on = ({ id, version }: Acted) => ({ caseId: id, version })
const one = (id: string) => as(eve).one({ caseId: id })
const why = { reason: 'x' }

let customers = 0
/** A complaint of a new customer of its own, walked on by Ada. */
async function complaint(to: Station | null = null, more: object = {}): Promise<Acted> {
  customerId = await customer(`Customer ${++customers}`)
  const made = await as(ada).open({ ...freight, customerId, ...more })
  const version = to === null ? made.version : await walk({ app, handler: ada, approver: eve, departmentId }, made.id, to)
  return { id: made.id, version }
}
const remedies = (amountMinor: number) => ({
  remedies: [{ kind: 'compensation' as const, text: null, amountMinor }],
  reason: 'It is owed',
  preventive: null,
  feasible: null,
})
const yes = { decision: 'approved' as const, remedies: null, recovery: null, note: null }
const cause = { causeId: null, text: 'Boxes', field: null, whys: [], occurrence: null, escape: null, evidence: [] }
const at = (userId: string) => ({ target: { kind: 'person' as const, name: null, userId, departmentId: null } })
const costs = async (caseId: string) =>
  (await app.db.selectFrom('value.service_cost').select('amount_minor').where('cause_id', '=', caseId).executeTakeFirst())?.amount_minor ??
  0

test('a complaint that was withdrawn is opened again where it stood, and not carried out unjudged', async () => {
  const made = await complaint()
  const gone = await as(ada).withdraw({ ...on(made), ...why })
  await expect(as(ada).reopen({ ...on(gone), to: 'execution', ...why })).rejects.toMatchObject({
    status: 422,
    reason: 'not-been-there',
    fields: [{ field: 'to' }],
  })
  expect(await as(ada).reopen({ ...on(gone), to: 'record', ...why })).toMatchObject({ step: 'record', state: 'open' })
})

test('a proposal of a case that was withdrawn and goes on is asked about once more', async () => {
  const caused = await complaint('caused')
  const proposed = await as(ada).propose({ ...on(caused), ...remedies(5_000) })
  const gone = await as(ada).withdraw({ ...on(proposed), ...why })
  expect(await costs(gone.id)).toBe(0)
  const again = await as(ada).reopen({ ...on(gone), to: 'approval', ...why })
  expect((await as(eve).approvalOf({ caseId: again.id })).asked).toMatchObject([
    { level: 0, decision: 'dropped' },
    { level: 1, decision: null, approverId: cid.id },
  ])
  expect(await as(cid).instruct({ ...on(again), ...yes })).toMatchObject({ step: 'execution' })
})

test('a department that nobody named accepts nothing', async () => {
  const judged = await complaint('judged')
  await expect(as(ada).accept({ ...on(judged), note: null })).rejects.toMatchObject({ status: 409, reason: 'nothing-routed' })
  expect((await as(ada).one({ caseId: judged.id })).may).not.toContain('accepted')
})

describe('whoever a complaint is about', () => {
  test('does not get rid of their name, of the complaint, or of its gravity', async () => {
    const made = await complaint(null, at(ben.id))
    const into = await as(ada).open({ ...freight, customerId, reason: 'loss' })
    const assessed = { harm: 'slight', safety: 'none', impact: 'one', complexity: 'simple', urgency: 'can-wait', note: null } as const
    const tries: readonly (() => Promise<unknown>)[] = [
      () => as(ben).changeRecord({ ...on(made), changes: { target: freight.target } }),
      () => as(ben).merge({ ...on(made), intoCaseId: into.id, ...why }),
      () => as(ben).convert({ ...on(made), kind: 'request' }),
      () => as(ben).assess({ ...on(made), ...assessed }),
      () => as(ben).makeComplaint(on(made)),
    ]
    for (const attempt of tries) await expect(attempt()).rejects.toMatchObject({ status: 403, reason: 'about-oneself' })
    expect(await as(ben).note({ ...on(made), text: 'I was not there', fileIds: [], minutes: 0 })).toMatchObject({
      version: made.version + 1,
    })
  })

  test('stays so when a colleague aims it elsewhere, unless whoever manages cases says that it was a mistake', async () => {
    const made = await complaint(null, at(ben.id))
    const elsewhere = await as(ada).changeRecord({ ...on(made), changes: at(cid.id) })
    const judgement = { text: 'x', sent: 'hand' as const, answerBy: null }
    await expect(as(ben).acknowledge({ ...on(elsewhere), ...judgement })).rejects.toMatchObject({ reason: 'about-oneself' })
    const cleared = await as(eve).changeRecord({ ...on(elsewhere), changes: { target: freight.target } })
    await expect(as(ben).acknowledge({ ...on(cleared), ...judgement })).rejects.toMatchObject({ reason: 'about-oneself' })
    expect(await as(cid).acknowledge({ ...on(cleared), ...judgement })).toMatchObject({ step: 'validity' })
  })

  test('does not clear themselves by sending it back once they are found responsible, and handles it no more', async () => {
    const judged = await complaint('judged')
    let now: Acted = await as(ada).route({ ...on(judged), departmentId, personId: null, note: null, shares: [] })
    now = await as(ben).accept({ ...on(now), note: null })
    now = await as(ben).findCause({ ...on(now), ...cause })
    const found = { departmentId, nobody: false, delayedBy: null, note: null }
    now = await as(ben).settleResponsibility({ ...on(now), userId: ada.id, ...found })
    expect(await one(now.id)).toMatchObject({ ownerId: null, step: 'remedy', responsible: { userId: ada.id } })
    await expect(as(ada).sendBack({ ...on(now), to: 'cause', ...why })).rejects.toMatchObject({ status: 403, reason: 'about-oneself' })
    now = await as(ben).sendBack({ ...on(now), to: 'cause', ...why })
    await expect(as(ada).findCause({ ...on(now), ...cause })).rejects.toMatchObject({ reason: 'about-oneself' })
    await expect(as(cid).assign({ ...on(now), ownerId: ada.id, why: null })).rejects.toMatchObject({ reason: 'about-oneself' })
  })
})

test('nobody decides on a remedy whose cause they looked for first, though a colleague said the same again', async () => {
  const judged = await complaint('judged')
  let now: Acted = await as(ada).route({ ...on(judged), departmentId, personId: null, note: null, shares: [] })
  now = await as(ben).accept({ ...on(now), note: null })
  now = await as(cid).findCause({ ...on(now), ...cause })
  now = await as(ben).findCause({ ...on(now), ...cause })
  now = await as(ben).settleResponsibility({ ...on(now), userId: null, departmentId, nobody: true, delayedBy: null, note: null })
  now = await as(ben).propose({ ...on(now), ...remedies(1_000) })
  expect((await as(eve).approvalOf({ caseId: now.id })).asked).toMatchObject([{ approverId: eve.id }])
  await expect(as(cid).instruct({ ...on(now), ...yes })).rejects.toMatchObject({ status: 403, reason: 'own-decision' })
})

describe('what is given', () => {
  test('at once adds up: many small sums are one large one, also for whoever decides on the rest', async () => {
    const made = await complaint()
    const give = (by: Actor, to: Acted, amountMinor: number) => as(by).helpFirst({ ...on(to), text: 'At once', amountMinor })
    let now: Acted = await give(ada, made, 50_000)
    await expect(give(ada, now, 1)).rejects.toMatchObject({ status: 403, reason: 'needs-higher-approver' })
    now = await give(ada, now, 0)
    now = await give(cid, now, 450_000)
    await expect(give(cid, now, 1)).rejects.toMatchObject({ status: 403, reason: 'needs-higher-approver' })
    const version = await walk({ app, handler: ada, approver: eve, departmentId }, now.id, 'caused')
    now = await as(ada).propose({ ...on({ id: now.id, version }), ...remedies(1) })
    expect((await as(eve).approvalOf({ caseId: now.id })).asked).toMatchObject([{ approverId: eve.id, amountMinor: 1 }])
    await expect(as(cid).instruct({ ...on(now), ...yes })).rejects.toMatchObject({ reason: 'needs-higher-approver' })
  })

  test('by a claim is what was approved, or less', async () => {
    const of = await customer('Claims')
    let now: Acted = await as(ada).open({ ...freight, kind: 'claim', customerId: of })
    now = await as(ada).acknowledge({ ...on(now), text: 'x', sent: 'hand', answerBy: null })
    const founded = {
      admissible: true,
      reasonSufficient: true,
      demandReasonable: true,
      finding: 'founded' as const,
      note: null,
      evidence: [],
    }
    now = await as(ada).judge({ ...on(now), ...founded })
    now = await as(ada).propose({ ...on(now), ...remedies(10_000) })
    now = await as(eve).instruct({ ...on(now), ...yes })
    await expect(as(ada).pay({ ...on(now), amountMinor: 10_000_000, reference: null })).rejects.toMatchObject({
      status: 422,
      reason: 'over-approved',
      fields: [{ field: 'amountMinor' }],
    })
    now = await as(ada).pay({ ...on(now), amountMinor: 9_000, reference: 'B-1' })
    expect(await one(now.id)).toMatchObject({ remedyMinor: 9_000, step: 'pay' })
  })

  test('for a suggestion is a small sum, or what one may decide on', async () => {
    const of = await customer('Ideas')
    let now: Acted = await as(ada).open({ kind: 'suggestion', customerId: of, subject: 'Lids', description: 'x', channel: 'web' })
    now = await as(ada).acknowledge({ ...on(now), text: 'x', sent: 'hand', answerBy: null })
    now = await as(ada).evaluate({ ...on(now), value: 'x', feasible: true, savingMinor: null, note: null })
    now = await as(ada).decide({ ...on(now), adopted: true, note: null })
    now = await as(ada).answer({ ...on(now), text: 'We do it', channel: 'email' })
    await expect(as(ada).reward({ ...on(now), text: 'Money', amountMinor: 50_001 })).rejects.toMatchObject({ status: 403 })
    expect(await as(ada).reward({ ...on(now), text: 'Tea', amountMinor: 50_000 })).toMatchObject({ step: 'publish' })
  })

  test('is promised to nobody before it is decided on', async () => {
    const [template] = (await app.as(knowledgeApi, everybody).templates({ kind: 'decision' })).items
    const caused = await complaint('caused')
    const proposed = await as(ada).propose({ ...on(caused), ...remedies(123_400) })
    const letter = async () => as(ada).letter({ caseId: proposed.id, templateId: template!.id })
    expect((await letter()).missing).toContain('remedy')
    expect((await letter()).body).not.toContain('1,234')
    await as(eve).instruct({ ...on(proposed), ...yes })
    expect(await letter()).toMatchObject({ body: expect.stringContaining('1,234.00') })
    expect((await letter()).missing).not.toContain('remedy')
  })

  test('stands beside what is given after the cause came back', async () => {
    const executed = await complaint('reviewed')
    const version = (
      await as(ada).recover({
        ...on(executed),
        ...{ id: '0198c0de-0000-7000-8000-00000000e001', source: 'carrier', text: 'Claim', amountMinor: 1_000, received: true },
      })
    ).version
    app.now = new Date('2026-04-20T02:00:00Z')
    const check = { days: 30, before: 1, after: 0, note: null }
    const closed = await as(ada).checkEffectiveness({ ...on({ id: executed.id, version }), ...check, verdict: 'effective' })
    expect([closed.state, await costs(closed.id)]).toEqual(['closed', 3_000])
    const back = await as(ada).checkEffectiveness({ ...on(closed), ...check, days: 60, verdict: 'not-effective' })
    expect(back).toMatchObject({ state: 'open', step: 'cause' })
    let now: Acted = { id: back.id, version: back.version }
    now = await as(ada).findCause({ ...on(now), ...cause })
    now = await as(ada).settleResponsibility({ ...on(now), userId: null, departmentId, nobody: true, delayedBy: null, note: null })
    now = {
      id: now.id,
      version: await walk({ app, handler: ada, approver: eve, departmentId }, now.id, 'reviewed', { amountMinor: 2_000 }),
    }
    app.now = new Date('2026-05-20T02:00:00Z')
    now = await as(ada).checkEffectiveness({ ...on(now), ...check, verdict: 'effective' })
    expect([(await one(now.id)).state, await costs(now.id)]).toEqual(['closed', 5_000])
    app.now = start
  })
})

describe('a case', () => {
  test('goes into one of its kind or a complaint, and what was judged into nothing that was not', async () => {
    const judged = await complaint('judged')
    const asked = await as(ada).open({ kind: 'enquiry', customerId, subject: 'Where?', description: 'x', channel: 'phone' })
    const fresh = await as(ada).open({ ...freight, customerId, category: 'service', reason: 'manner' })
    const merge = (from: Acted, into: Acted) => as(ada).merge({ ...on(from), intoCaseId: into.id, ...why })
    await expect(merge(judged, asked)).rejects.toMatchObject({ status: 422, reason: 'another-kind-goes-on' })
    await expect(merge(judged, fresh)).rejects.toMatchObject({ reason: 'not-judged-yet' })
    const lost = await as(ada).open({ ...freight, customerId, category: 'service', reason: 'skill' })
    const heard = await as(ada).acknowledge({ ...on(lost), text: 'x', sent: 'hand', answerBy: null })
    const unfounded = { admissible: true, reasonSufficient: false, demandReasonable: false, finding: 'unfounded' as const, note: null }
    const turnedDown = await as(ada).judge({ ...on(heard), ...unfounded, evidence: [] })
    await expect(merge(judged, turnedDown)).rejects.toMatchObject({ reason: 'not-established-there' })
    expect(await merge(fresh, judged)).toMatchObject({ state: 'merged' })
    expect(await merge(asked, judged)).toMatchObject({ state: 'merged' })
  })

  test('that was judged becomes another kind only by whoever manages cases', async () => {
    const judged = await complaint('judged')
    await expect(as(ada).convert({ ...on(judged), kind: 'request' })).rejects.toMatchObject({ status: 403, reason: 'judged-already' })
    expect((await as(ada).one({ caseId: judged.id })).may).not.toContain('converted')
    expect((await as(cid).convert({ ...on(judged), kind: 'request' })).case).toMatchObject({ state: 'converted' })
  })

  test('waits until when it was said, and then goes on by itself', async () => {
    const made = await complaint()
    const until = new Date('2026-03-13T02:00:00Z')
    await expect(as(ada).pause({ ...on(made), ...why, until: start })).rejects.toMatchObject({ status: 422, reason: 'in-the-past' })
    const paused = await as(ada).pause({ ...on(made), ...why, until })
    const clocks = async () => (await as(ada).clocks({ caseId: made.id })).clocks.filter(({ slot }) => slot === 'policy')
    expect((await clocks()).map(({ state }) => state)).toContain('paused')
    const next = async () =>
      (await app.db.selectFrom('cases.case').select('next_at').where('id', '=', made.id).executeTakeFirstOrThrow()).next_at
    expect((await next())!.getTime()).toBeLessThanOrEqual(until.getTime())
    app.now = new Date(until.getTime() + 60_000)
    // What it is looked at for before, such as the rules of law that do not pause, is told first.
    await app.transaction(watchClocks)
    expect((await one(made.id)).paused).toBeNull()
    expect((await clocks()).map(({ state }) => state)).not.toContain('paused')
    const { events } = await as(ada).log({ caseId: made.id })
    expect(events.filter(({ kind }) => kind === 'resumed')).toMatchObject([{ by: 'system', seq: paused.version + 1 }])
    app.now = start
  })

  test('is asked to be decided on again where its settled matter is sent back', async () => {
    const reviewed = await complaint('reviewed')
    let now: Acted = await as(ada).sendBack({ ...on(reviewed), to: 'remedy', reason: 'The exchange is broken, too' })
    expect(await one(now.id)).toMatchObject({ state: 'open', resolvedAt: null })
    now = await as(ada).propose({ ...on(now), ...remedies(3_000) })
    expect((await as(cid).approvals({ of: 'all' })).items.map(({ case: { id } }) => id)).toContain(now.id)
  })
})

test('the cause of a problem is not proven gone on the first day', async () => {
  let problem = await as(eve).openProblem({
    ...{ title: 'Boxes', description: null, ownerId: null, cause: null, category: 'freight', reason: 'damage', productCode: null },
  })
  problem = await as(eve).addProblemAction({ problemId: problem.id, text: 'Thicker', ownerId: ada.id, dueDay: '2026-03-11' })
  const [action] = problem.actions
  problem = await as(eve).moveProblemAction({ problemId: problem.id, actionId: action!.id, version: 1, state: 'done' })
  const check = { problemId: problem.id, version: problem.version, note: null }
  await expect(as(eve).checkProblem({ ...check, days: 3650, verdict: 'effective' })).rejects.toMatchObject({ reason: 'no-such-check' })
  await expect(as(eve).checkProblem({ ...check, days: 90, verdict: 'effective' })).rejects.toMatchObject({
    status: 422,
    reason: 'too-early',
  })
  expect(await as(eve).checkProblem({ ...check, days: 30, verdict: 'not-effective' })).toMatchObject({ state: 'open' })
})
