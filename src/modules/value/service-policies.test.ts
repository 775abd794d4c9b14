import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import { writeBook } from '#modules/customers/public.ts'
import { api as organizationApi } from '#modules/organization/api.ts'
import { type App, everybody, holder, startApp } from '#test/app.ts'
import { valueApi } from './api.ts'
import { type ServicePolicy, servicePolicyOf, servicePolicyVersion } from './public.ts'

let app: App
beforeAll(async () => {
  app = await startApp({ now: new Date('2026-03-10T09:00:00Z') })
})
afterAll(() => app.close())

const value = () => app.as(valueApi)
const archives = () => app.as(customersApi)
const served = async () => (await value().servicePolicies({})).items
const ofTier = async (tier: string) => (await served()).find((policy) => policy.tier === tier)!
const baseline = async () => (await served()).find((policy) => policy.kind === 'baseline')!
const policyOf = async (customerId: string): Promise<ServicePolicy> =>
  (await app.transaction((context) => servicePolicyOf(context, customerId))).policy
type View = Awaited<ReturnType<typeof baseline>>
const contentOf = ({
  id: _,
  version: _v,
  kind: _k,
  tier: _t,
  segmentId: _s,
  segmentName: _n,
  savedAt: _a,
  savedBy: _b,
  ...content
}: View) => content
const inTier = (id: string, code: number) => app.transaction(({ db }) => writeBook(db, { ids: [id], tier: [code], valuedOn: '2026-03-09' }))

/** A segment of everybody in a city. */
async function segmentOf(city: string, shared = true): Promise<string> {
  const condition = { column: 'city', is: 'in', values: [city] } as const
  const definition = { match: 'all', groups: [{ match: 'all', conditions: [condition] }] } as never
  return (await archives().makeSegment({ name: `In ${city}`, definition, shared })).id
}

test('an installation begins with a policy per tier and the floor under them, the better served the higher the tier', async () => {
  const items = await served()
  expect(items.map(({ kind, tier }) => tier ?? kind)).toEqual(['platinum', 'gold', 'iron', 'lead', 'baseline'])
  for (const target of ['acknowledge', 'firstResponse', 'nextResponse', 'step', 'resolve'] as const) {
    const minutes = items.slice(0, 4).map(({ targets }) => targets[target]!)
    expect(minutes.toSorted((a, b) => a - b)).toEqual(minutes)
  }
  expect(items.map(({ accountManager }) => accountManager)).toEqual([true, false, false, false, false])
})

test('a customer is served by their tier’s policy, and by the baseline before they are valued', async () => {
  const { id } = await archives().create({ values: { name: 'New one' } })
  expect(await policyOf(id)).toMatchObject({ kind: 'baseline', tier: null, name: 'Baseline' })
  await inTier(id, 3)
  expect(await policyOf(id)).toMatchObject({ tier: 'platinum', name: 'Platinum service', priority: 1, accountManager: true })
  await inTier(id, 0)
  expect(await policyOf(id)).toMatchObject({ tier: 'lead', targets: (await ofTier('lead')).targets })
  // Nobody is not there for the floor either.
  expect(await policyOf('0198c0de-0000-7000-8000-00000000dead')).toMatchObject({ kind: 'baseline' })
})

test('the name is the product’s in the company’s language until somebody names the policy', async () => {
  const change = (locale: string, version: number) =>
    app
      .as(organizationApi)
      .changeSetting({ key: 'organization.profile', value: { name: 'Patron', currency: 'USD', timeZone: 'UTC', locale }, version })
  const { id } = await archives().create({ values: { name: 'Named' } })
  await change('zh-TW', 0)
  expect((await policyOf(id)).name).toBe('基本保障')
  await change('en', 1)
})

describe('the floor (C-13)', () => {
  test('no policy is saved below it: each field is named', async () => {
    const gold = await ofTier('gold')
    const targets = { ...gold.targets, firstResponse: 961, resolve: null }
    const change = { policyId: gold.id, version: gold.version, ...contentOf(gold), targets, channels: ['chat' as const] }
    await expect(value().changeServicePolicy(change)).rejects.toMatchObject({
      status: 422,
      reason: 'below-baseline',
      fields: [
        { field: 'targets.firstResponse', reason: 'target-below-floor' },
        { field: 'targets.resolve', reason: 'target-below-floor' },
        { field: 'channels', reason: 'channel-missing', detail: 'The baseline offers website' },
        { field: 'channels', detail: 'The baseline offers email' },
        { field: 'channels', detail: 'The baseline offers call' },
      ],
    })
    expect((await ofTier('gold')).version).toBe(1)
  })
  test('raising it is refused with the policies that would fall below, or lifts them where that is asked for', async () => {
    const floor = await baseline()
    const raised = {
      ...contentOf(floor),
      targets: { ...floor.targets, resolve: 4800 },
      channels: ['website' as const, 'email' as const, 'call' as const, 'letter' as const],
    }
    await expect(value().changeServiceBaseline({ version: floor.version, others: 'refuse', ...raised })).rejects.toMatchObject({
      status: 409,
      reason: 'policies-below-baseline',
      detail: expect.stringContaining('Platinum service, Gold service, Iron service, Lead service'),
      fields: expect.arrayContaining([{ field: 'targets.resolve', reason: 'policy-below', detail: 'Lead service promises 9600' }]),
    })
    expect(await baseline()).toEqual(floor)
    const before = await ofTier('platinum')
    const { baseline: saved, lifted } = await value().changeServiceBaseline({ version: floor.version, others: 'lift', ...raised })
    expect([saved.version, lifted.length]).toEqual([2, 4])
    const platinum = await ofTier('platinum')
    expect(platinum).toMatchObject({ version: 2, targets: before.targets })
    expect(platinum.channels).toContain('letter')
    expect((await ofTier('lead')).targets.resolve).toBe(4800)
    // Who saw the floor before is told.
    await expect(value().changeServiceBaseline({ version: 1, others: 'lift', ...raised })).rejects.toMatchObject({
      reason: 'changed-meanwhile',
    })
  })
  test('a lower baseline leaves every policy as it is, and the baseline is changed by itself alone', async () => {
    const floor = await baseline()
    const { lifted } = await value().changeServiceBaseline({ version: floor.version, others: 'refuse', ...contentOf(floor) })
    expect(lifted).toEqual([])
    const change = { policyId: floor.id, version: floor.version + 1, ...contentOf(floor) }
    await expect(value().changeServicePolicy(change)).rejects.toMatchObject({ reason: 'baseline-apart' })
  })
})

test('a running case keeps the version with which it began; of two who change a policy one is told', async () => {
  const iron = await ofTier('iron')
  const before = await servicePolicyVersion(app.db, iron.id, iron.version)
  const targets = { ...iron.targets, acknowledge: 30 }
  const saved = await value().changeServicePolicy({ policyId: iron.id, version: iron.version, ...contentOf(iron), targets })
  expect(saved).toMatchObject({ version: iron.version + 1, targets, savedBy: 'tester' })
  expect(await servicePolicyVersion(app.db, iron.id, iron.version)).toEqual(before)
  expect((await servicePolicyVersion(app.db, iron.id, saved.version))?.targets.acknowledge).toBe(30)
  expect(await servicePolicyVersion(app.db, iron.id, 99)).toBeNull()
  const history = await value().servicePolicyVersions({ policyId: iron.id })
  expect(history.items.map(({ version }) => version)).toEqual([3, 2, 1].slice(-saved.version))
  const late = { policyId: iron.id, version: iron.version, ...contentOf(iron) }
  await expect(value().changeServicePolicy(late)).rejects.toMatchObject({ status: 409, reason: 'changed-meanwhile' })
})

describe('policies of segments', () => {
  test('win over the tier’s for whoever belongs, by place in queues, until they are ended', async () => {
    const floor = contentOf(await baseline())
    const [lyon, everywhere] = [await segmentOf('Lyon'), await segmentOf('Lyon and elsewhere')]
    const { id } = await archives().create({ values: { name: 'Belongs', city: 'Lyon' } })
    const other = (await archives().create({ values: { name: 'Does not', city: 'Bern' } })).id
    for (const one of [id, other]) await inTier(one, 2)
    const made = await value().makeServicePolicy({ segmentId: lyon, ...floor, name: 'Lyon first', priority: 2 })
    await value().makeServicePolicy({ segmentId: everywhere, ...floor, name: 'Elsewhere', priority: 1 })
    expect(made).toMatchObject({ kind: 'segment', segmentName: 'In Lyon', version: 1 })
    expect(await policyOf(id)).toMatchObject({ id: made.id, name: 'Lyon first', segmentId: lyon, tier: null })
    expect(await policyOf(other)).toMatchObject({ tier: 'gold' })
    const shown = await value().customerServicePolicy({ customerId: id })
    expect(shown).toMatchObject({ because: 'segment', tier: 'gold', policy: { id: made.id } })
    await archives().change({ id, version: 1, values: { city: 'Lyon and elsewhere' } })
    expect((await policyOf(id)).name).toBe('Elsewhere')
    await archives().change({ id, version: 2, values: { city: 'Lyon' } })
    await value().removeServicePolicy({ policyId: made.id, version: 1 })
    expect(await policyOf(id)).toMatchObject({ tier: 'gold' })
    // What it promised can still be read.
    expect((await servicePolicyVersion(app.db, made.id, 1))?.name).toBe('Lyon first')
    await expect(value().removeServicePolicy({ policyId: made.id, version: 1 })).rejects.toMatchObject({ reason: 'no-such-policy' })
  })
  test('a segment that is gone means nobody', async () => {
    const segmentId = await segmentOf('Ghent')
    const { id } = await archives().create({ values: { name: 'Of Ghent', city: 'Ghent' } })
    await inTier(id, 1)
    const made = await value().makeServicePolicy({ segmentId, ...contentOf(await baseline()), name: 'Ghent' })
    expect((await policyOf(id)).id).toBe(made.id)
    await archives().removeSegment({ segmentId, version: 1 })
    expect(await policyOf(id)).toMatchObject({ tier: 'iron' })
    expect((await served()).find((policy) => policy.id === made.id)).toMatchObject({ segmentName: null })
  })
  test('are only for shared segments, one for each, with a name, and never below the floor', async () => {
    const floor = contentOf(await baseline())
    const make = (segmentId: string, more: object = {}) => value().makeServicePolicy({ segmentId, ...floor, name: 'Named', ...more })
    await expect(make(await segmentOf('Oslo', false))).rejects.toMatchObject({ reason: 'segment-not-shared' })
    const turin = await segmentOf('Turin')
    await expect(make(turin, { name: null })).rejects.toMatchObject({ reason: 'name-missing' })
    await expect(make(turin, { targets: { ...floor.targets, step: null } })).rejects.toMatchObject({ reason: 'below-baseline' })
    await make(turin)
    await expect(make(turin)).rejects.toMatchObject({ reason: 'segment-has-policy' })
  })
  test('those of the tiers and the baseline cannot be ended', async () => {
    for (const { id, version } of [await ofTier('lead'), await baseline()])
      await expect(value().removeServicePolicy({ policyId: id, version })).rejects.toMatchObject({ reason: 'policy-needed' })
  })
})

test('who serves and whose hours count must be there', async () => {
  const gold = await ofTier('gold')
  const absent = '0198c0de-0000-7000-8000-00000000dead'
  const change = { policyId: gold.id, version: gold.version, ...contentOf(gold) }
  await expect(value().changeServicePolicy({ ...change, departmentId: absent, servedByTeamId: absent })).rejects.toMatchObject({
    reason: 'no-such-department',
    fields: [{ field: 'departmentId' }, { field: 'servedByTeamId' }],
  })
  const empty = { parentId: null, headId: null, deputyIds: [], calendarId: null }
  const { id } = await app.as(organizationApi).createDepartment({ name: 'Care', ...empty })
  expect(await value().changeServicePolicy({ ...change, departmentId: id, servedByDepartmentId: id })).toMatchObject({ departmentId: id })
})

test('the manager of the account is named where the policy says so', async () => {
  const ownerId = '0198c0de-0000-7000-8000-0000000000aa'
  const { id } = await app.as(customersApi, { ...everybody, id: ownerId }).create({ values: { name: 'Well kept', ownerId } })
  await inTier(id, 3)
  const named = await value().customerServicePolicy({ customerId: id })
  expect(named).toMatchObject({ because: 'tier', accountManagerId: ownerId })
  await inTier(id, 1)
  expect((await value().customerServicePolicy({ customerId: id })).accountManagerId).toBeNull()
})

test('to look needs no right to change', async () => {
  const reader = app.as(valueApi, holder('value.read'))
  const { items } = await reader.servicePolicies({})
  const { id, version } = items[0]!
  const change = { policyId: id, version, ...contentOf(items[0]!) }
  await expect(reader.changeServicePolicy(change)).rejects.toMatchObject({ status: 403 })
})
