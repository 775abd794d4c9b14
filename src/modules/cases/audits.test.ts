import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commitmentsApi } from '#modules/commitments/api.ts'
import { api as customersApi } from '#modules/customers/api.ts'
import { api as organizationApi } from '#modules/organization/api.ts'
import type { Actor } from '#platform/context.ts'
import { type App, everybody, startApp } from '#test/app.ts'
import { colleague, freight, walk } from '#test/complaints.ts'
import { drawSample } from './actions/sampling.ts'
import { casesApi } from './api.ts'
import { auditItems } from './domain/audit.ts'
import { actedIn } from './store/sampling.ts'

/** Complaints of one month, upheld and turned down, of which an auditor draws a sample that nobody chose. */
let app: App
let ada: Actor
let sue: Actor
let ann: Actor
let departmentId: string
let customerId: string
const ends: Record<string, 'founded' | 'unfounded'> = {}
const as = (actor: Actor) => app.as(casesApi, actor)

beforeAll(async () => {
  app = await startApp({ now: new Date('2026-03-02T02:00:00Z') })
  ada = await colleague(app, 'Ada')
  sue = await colleague(app, 'Sue', ['supervisor'])
  ann = await colleague(app, 'Ann', ['analyst'])
  const organization = app.as(organizationApi, everybody)
  const made = { name: 'Transport', parentId: null, headId: ada.id, deputyIds: [], calendarId: null }
  departmentId = (await organization.createDepartment(made)).id
  customerId = (await app.as(customersApi, ada).create({ values: { name: 'Harbour Tea' } })).id
  for (let n = 0; n < 9; n++) await founded(ada)
  for (let n = 0; n < 3; n++) await unfounded(ada)
  // One in which the auditor had a hand.
  await founded(ann)
  app.now = new Date('2026-05-04T02:00:00Z')
})
afterAll(() => app.close())

async function founded(handler: Actor) {
  const { id } = await as(handler).open({ ...freight, customerId })
  ends[id] = 'founded'
  await walk({ app, handler, approver: sue, departmentId }, id, 'reviewed')
  // The rest of its life is not what this is about: it ended in March.
  await app.db.updateTable('cases.figure').set({ state: 'closed', closed_on: '2026-03-20' }).where('case_id', '=', id).execute()
}
async function unfounded(handler: Actor) {
  const cases = as(handler)
  const { id } = await cases.open({ ...freight, customerId })
  ends[id] = 'unfounded'
  const on = async () => ({ caseId: id, version: (await cases.one({ caseId: id })).version })
  await cases.acknowledge({ ...(await on()), text: 'x', sent: 'hand', answerBy: null })
  const judged = {
    admissible: true,
    reasonSufficient: false,
    demandReasonable: false,
    finding: 'unfounded' as const,
    note: null,
    evidence: [],
  }
  await cases.judge({ ...(await on()), ...judged })
  await cases.reply({ ...(await on()), text: 'We looked and it was whole', channel: 'phone' })
  await as(sue).readAgain({ ...(await on()), agrees: true, note: null })
  await app.db.updateTable('cases.figure').set({ state: 'closed', closed_on: '2026-03-21' }).where('case_id', '=', id).execute()
}

const terms = {
  ...{ title: 'Complaints of March', scope: 'Against our process', plannedOn: '2026-05-10', from: '2026-03-01', to: '2026-03-31' },
  sampleSize: 4,
}
const plan = (more: object = {}) => as(sue).planAudit({ ...terms, departmentId: null, auditorId: ann.id, ...more } as never)

describe('planning', () => {
  test('nobody audits their own work, and only who may audits', async () => {
    await expect(plan({ departmentId, auditorId: ada.id })).rejects.toMatchObject({ reason: 'may-not-audit' })
    const organization = app.as(organizationApi, everybody)
    await organization.changeUserRoles({ userId: ada.id, before: ['agent'], roles: ['agent', 'supervisor'] })
    await expect(plan({ departmentId, auditorId: ada.id })).rejects.toMatchObject({ reason: 'own-work' })
    await expect(plan({ from: '2026-04-01' })).rejects.toMatchObject({ reason: 'after-the-end' })
    await expect(plan({ from: '2024-03-01' })).rejects.toMatchObject({ reason: 'longer-than-a-year' })
    await expect(plan({ departmentId: '0198c0de-0000-7000-8000-00000000dead' })).rejects.toMatchObject({ reason: 'no-such-department' })
  })
  test('stands in the day of the auditor, and goes when it is thrown away or given to another', async () => {
    const one = await plan()
    const open = async (who: Actor) => JSON.stringify(await app.as(commitmentsApi, who).list({ owner: who.id } as never))
    expect(await open(ann)).toContain('Complaints of March')
    const changed = await as(sue).changeAudit({
      ...terms,
      auditId: one.id,
      version: 1,
      departmentId: null,
      auditorId: sue.id,
    })
    expect(changed).toMatchObject({ auditorId: sue.id, version: 2 })
    expect(await open(sue)).toContain('Complaints of March')
    await expect(as(sue).dropAudit({ auditId: one.id, version: 1 })).rejects.toMatchObject({ status: 409 })
    await as(sue).dropAudit({ auditId: one.id, version: 2 })
    const left = await app.db.selectFrom('commitments.commitment').select('state').where('title', '=', 'Complaints of March').execute()
    expect(left.map(({ state }) => state)).toEqual(['cancelled', 'cancelled'])
  })
})

describe('drawing', () => {
  const drawn = (seed: string, sampleSize: number, auditorId = 'nobody') =>
    drawSample(app.db, { from: terms.from, to: terms.to, departmentId: null, seed, sampleSize, auditorId })

  test('the same seed draws the same, anybody can draw it again, and another seed draws another', async () => {
    const one = await drawn('spring', 6)
    expect(await drawn('spring', 6)).toEqual(one)
    const lot = (id: string) => createHash('md5').update(`spring:${id}`).digest('hex')
    const of = (finding: string, n: number) =>
      Object.keys(ends)
        .filter((id) => ends[id] === finding)
        .toSorted((a, b) => (lot(a) < lot(b) ? -1 : 1))
        .slice(0, n)
    expect(one.population).toEqual({ established: 10, 'not-established': 3, undecided: 0 })
    expect(one.cases.map(({ caseId }) => caseId)).toEqual([...of('founded', 5), ...of('unfounded', 1)])
    const seeds = await Promise.all(
      ['a', 'b', 'c', 'd'].map(async (seed) => (await drawn(seed, 6)).cases.map(({ caseId }) => caseId).join()),
    )
    expect(new Set(seeds).size).toBeGreaterThan(1)
  })
  test('draws by strata, and no more than there is', async () => {
    const strata = async (size: number) => (await drawn('spring', size)).cases.map(({ stratum }) => stratum)
    expect(await strata(4)).toEqual(['established', 'established', 'established', 'not-established'])
    expect((await strata(100)).length).toBe(13)
    expect(new Set((await drawn('spring', 100)).cases.map(({ caseId }) => caseId)).size).toBe(13)
  })
  test('passes over whatever the auditor had a hand in', async () => {
    const all = await drawn('spring', 100, ann.id)
    expect([all.cases.length, all.leftOut]).toEqual([12, 1])
    // What the department of an auditor answers for is not among it at all, and whoever handled the rest has nothing to audit.
    const heads = await drawn('spring', 100, ada.id)
    expect(heads).toEqual({ population: { established: 0, 'not-established': 3, undecided: 0 }, cases: [], leftOut: 3 })
  })
  test('sees a hand in a case also where somebody was named later, or delayed it', async () => {
    const hand = async (kind: string, data: object) => {
      const { id } = await as(ada).open({ ...freight, customerId })
      const event = { customer_id: customerId, case_id: id, seq: 99, kind, data: JSON.stringify(data), at: app.now, by: ada.id }
      await app.db.insertInto('cases.event').values(event).execute()
      return (await actedIn(app.db, [{ customerId, caseId: id }], ann.id)).has(id)
    }
    expect(await hand('changed', { changes: { target: { kind: 'person', userId: ann.id } } })).toBe(true)
    expect(await hand('responsibility-settled', { userId: null, delayedBy: ann.id })).toBe(true)
    expect(await hand('responsibility-settled', { userId: null, delayedBy: sue.id })).toBe(false)
  })
})

describe('an audit', () => {
  let auditId = ''
  const version = async () => (await as(ann).audit({ auditId })).version

  test('draws its sample, and then neither scope nor sample changes', async () => {
    auditId = (await plan()).id
    expect((await as(ann).audit({ auditId })).seed).toBeNull()
    const early = await plan({ to: '2026-05-04' })
    await expect(as(ann).drawSample({ auditId: early.id, version: 1 })).rejects.toMatchObject({ reason: 'not-over' })
    expect(await as(ann).drawSample({ auditId, version: 1 })).toMatchObject({ state: 'drawn' })
    await expect(as(ann).drawSample({ auditId, version: 2 })).rejects.toMatchObject({ reason: 'sample-drawn' })
    await expect(as(sue).dropAudit({ auditId, version: 2 })).rejects.toMatchObject({ reason: 'sample-drawn' })
    await expect(as(sue).changeAudit({ ...terms, auditId, version: 2, departmentId: null, auditorId: ann.id })).rejects.toMatchObject({
      reason: 'sample-drawn',
    })
    const audit = await as(ann).audit({ auditId })
    expect(audit.cases).toHaveLength(4)
    // Shown, it lets anybody draw the same again.
    const again = await drawSample(app.db, { ...audit, seed: audit.seed! })
    expect(again.cases.map(({ caseId }) => caseId)).toEqual(audit.cases.map(({ caseId }) => caseId))
    expect(audit.population).toEqual({ established: 10, 'not-established': 3, undecided: 0 })
  })

  test('answers by the log what the log knows, with its evidence', async () => {
    const { cases } = await as(ann).audit({ auditId })
    const upheld = cases.find(({ stratum }) => stratum === 'established')!
    const told = (one: typeof upheld) => Object.fromEntries(one.told.map(({ item, answer }) => [item, answer]))
    expect(told(upheld)).toMatchObject({
      'acknowledged-in-time': 'yes',
      'second-reader': 'not-applicable',
      'decided-by-another': 'yes',
      'remedy-done': 'yes',
    })
    expect(upheld.told.find(({ item }) => item === 'decided-by-another')!.evidence).toMatchObject([
      { kind: 'proposed', by: ada.id },
      { kind: 'instructed', by: sue.id },
    ])
    const down = cases.find(({ stratum }) => stratum === 'not-established')!
    expect(told(down)).toMatchObject({ 'second-reader': 'yes', 'reasons-given': null, 'lesson-drawn': 'not-applicable' })
  })

  test('only the auditor writes, of the cases of the sample, as they saw them', async () => {
    const { cases } = await as(ann).audit({ auditId })
    const answers = Object.fromEntries(auditItems.map((item) => [item, 'yes'])) as never
    const [first] = cases
    const said = { auditId, caseId: first!.caseId, version: 1, answers, note: null }
    await expect(as(sue).answerAuditCase(said)).rejects.toMatchObject({ reason: 'not-the-auditor' })
    const other = Object.keys(ends).find((id) => !cases.some(({ caseId }) => caseId === id))!
    await expect(as(ann).answerAuditCase({ ...said, caseId: other })).rejects.toMatchObject({ reason: 'not-in-sample' })
    for (const { caseId } of cases) await as(ann).answerAuditCase({ ...said, caseId, note: 'Looked' })
    await expect(as(ann).answerAuditCase(said)).rejects.toMatchObject({ status: 409 })
    const no = { ...said, version: 2, answers: { ...(answers as object), 'reasons-given': 'no' } as never }
    await as(ann).answerAuditCase(no)
    expect((await as(ann).audit({ auditId })).items.find(({ item }) => item === 'reasons-given')).toEqual({
      item: 'reasons-given',
      met: 3,
      of: 4,
    })
  })

  test('findings become improvements when it ends, and from then on nothing changes', async () => {
    const found = { auditId, item: null, ownerId: null, dueDay: null }
    await expect(as(sue).addFinding({ ...found, grade: 'conform', text: 'x' })).rejects.toMatchObject({ reason: 'not-the-auditor' })
    await expect(as(ann).addFinding({ ...found, grade: 'minor', text: 'x' })).rejects.toMatchObject({ reason: 'required' })
    await expect(
      as(ann).addFinding({ ...found, grade: 'conform', text: 'x', ownerId: ada.id, dueDay: '2026-06-01' }),
    ).rejects.toMatchObject({ reason: 'nothing-to-do' })
    await as(ann).addFinding({ ...found, grade: 'conform', text: 'All were acknowledged' })
    const gone = await as(ann).addFinding({ ...found, grade: 'conform', text: 'A mistake' })
    await as(ann).dropFinding({ auditId, findingId: gone.id })
    const minor = { grade: 'minor', item: 'reasons-given', text: 'Reasons are thin', ownerId: sue.id, dueDay: '2026-06-01' } as const
    await as(ann).addFinding({ auditId, ...minor })
    await expect(as(sue).closeAudit({ auditId, version: await version(), summary: 'x' })).rejects.toMatchObject({
      reason: 'not-the-auditor',
    })
    const closed = await as(ann).closeAudit({ auditId, version: await version(), summary: 'Mostly as it should be' })
    expect(closed).toMatchObject({ state: 'closed', findings: { conform: 1, minor: 1, major: 0 } })
    const audit = await as(sue).audit({ auditId })
    expect(audit.actions).toMatchObject([{ text: 'Reasons are thin', ownerId: sue.id, state: 'open' }])
    expect((await as(sue).improvements({ mine: true })).items).toMatchObject([{ text: 'Reasons are thin', auditId, reviewId: null }])
    await expect(as(ann).addFinding({ ...found, grade: 'conform', text: 'x' })).rejects.toMatchObject({ reason: 'was-closed' })
    const [one] = audit.cases
    await expect(
      as(ann).answerAuditCase({ auditId, caseId: one!.caseId, version: one!.version, answers: {}, note: null }),
    ).rejects.toMatchObject({ reason: 'was-closed' })
  })

  test('the next review takes it in', async () => {
    app.now = new Date('2026-07-02T02:00:00Z')
    const { id } = await as(sue).makeReview({})
    const review = await as(sue).review({ reviewId: id })
    const section = review.sections.find(({ key }) => key === 'audits')!
    expect(section.figures.map(({ key, now }) => [key, now.value])).toEqual([
      ['audits', 1],
      ['conform', 1],
      ['minor', 1],
      ['major', 0],
    ])
    expect(section.lines).toMatchObject([{ id: auditId, title: 'Complaints of March', who: ann.id }])
    const actions = review.sections.find(({ key }) => key === 'actions')!
    expect(actions.figures.find(({ key }) => key === 'late')!.now.value).toBe(1)
  })

  test('an audit whose cases are not all answered does not end', async () => {
    const next = await plan()
    await as(ann).drawSample({ auditId: next.id, version: 1 })
    await expect(as(ann).closeAudit({ auditId: next.id, version: 2, summary: 'x' })).rejects.toMatchObject({ reason: 'cases-left' })
  })

  test('goes on with another auditor, of whose work no case of the sample is', async () => {
    const bea = await colleague(app, 'Bea', ['analyst'])
    const next = await plan({ title: 'Left behind' })
    const on = { auditId: next.id }
    await expect(as(sue).nameAuditor({ ...on, version: 1, auditorId: bea.id })).rejects.toMatchObject({ reason: 'not-drawn' })
    await as(ann).drawSample({ ...on, version: 1 })
    const [one] = (await as(ann).audit(on)).cases
    const { version } = await as(ann).one({ caseId: one!.caseId })
    await as(ann).note({ caseId: one!.caseId, version, text: 'A hand in it', fileIds: [], minutes: 0 })
    const answers = Object.fromEntries(auditItems.map((item) => [item, 'yes'])) as never
    const said = { ...on, caseId: one!.caseId, version: 1, answers, note: null }
    await expect(as(ann).answerAuditCase(said)).rejects.toMatchObject({ reason: 'own-work', status: 409 })
    const name = (auditorId: string) => as(sue).nameAuditor({ ...on, version: 2, auditorId })
    const owner = await colleague(app, 'Cleo')
    await expect(name(owner.id)).rejects.toMatchObject({ reason: 'may-not-audit' })
    await expect(name(ada.id)).rejects.toMatchObject({ reason: 'own-work' })
    await expect(name(ann.id)).rejects.toMatchObject({ reason: 'own-work' })
    expect(await name(bea.id)).toMatchObject({ auditorId: bea.id, state: 'drawn', version: 3 })
    const owed = await app.db
      .selectFrom('commitments.commitment')
      .select(['owner_id as owner', 'state'])
      .where('title', '=', 'Left behind')
      .execute()
    expect(owed).toEqual(
      expect.arrayContaining([
        { owner: ann.id, state: 'cancelled' },
        { owner: bea.id, state: 'open' },
      ]),
    )
    await expect(as(ann).answerAuditCase(said)).rejects.toMatchObject({ reason: 'not-the-auditor' })
    for (const { caseId } of (await as(bea).audit(on)).cases) await as(bea).answerAuditCase({ ...said, caseId })
    // Nothing is given to somebody who has gone.
    const found = { ...on, grade: 'minor', item: null, text: 'x', ownerId: owner.id, dueDay: '2026-08-01' } as const
    const { id } = await as(bea).addFinding(found)
    await app.db.updateTable('platform.user').set({ disabled_at: app.now }).where('id', '=', owner.id).execute()
    await expect(as(bea).closeAudit({ ...on, version: 3, summary: 'x' })).rejects.toMatchObject({ reason: 'owner-gone' })
    await as(bea).dropFinding({ ...on, findingId: id })
    expect(await as(bea).closeAudit({ ...on, version: 3, summary: 'x' })).toMatchObject({ state: 'closed' })
    await expect(as(sue).nameAuditor({ ...on, version: 4, auditorId: ann.id })).rejects.toMatchObject({ reason: 'was-closed' })
  })
})
