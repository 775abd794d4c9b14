import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import { api as organizationApi } from '#modules/organization/api.ts'
import { type App, startApp } from '#test/app.ts'
import { makeCustomersWithDays, purchaseDay } from '#test/day-lists.ts'
import { waitForRun } from '#test/wait-for-run.ts'
import { valueApi } from './api.ts'
import { requestValuation } from './runs/request.ts'

let app: App
let ids: Map<string, string>
const day = (text: string) => Date.parse(text) / 86_400_000
const value = () => app.as(valueApi)
beforeAll(async () => {
  app = await startApp({ work: true, now: new Date('2026-03-02T12:00:00Z') })
})
afterAll(() => app.close())

test('before a valuation there is nothing to plan with', async () => {
  expect(await value().servicePlan({})).toMatchObject({ valuation: null, plan: null, means: { hoursPerAgent: 1600 } })
})

describe('cost and staff of the policies (C-14)', () => {
  const planned = async () => {
    const { plan } = await value().servicePlan({})
    const { items } = await value().servicePolicies({})
    const names = new Map(items.map(({ id, tier, kind, name }) => [id, name ?? tier ?? kind]))
    return { ...plan!, rows: plan!.rows.map(({ policyId, ...row }) => ({ name: names.get(policyId), ...row })) }
  }
  beforeAll(async () => {
    // One platinum of 100,000 and nineteen with 10,000 each, of whom none reaches above the others: all iron.
    const days = (amount: number) => [purchaseDay(day('2026-01-10'), amount)]
    const many = Array.from({ length: 19 }, (_, i) => ({ key: `c${i}`, days: days(10_000) }))
    ids = await app.transaction((context) => makeCustomersWithDays(context, [{ key: 'top', days: days(100_000) }, ...many]))
    const run = await app.transaction((context) => requestValuation(context, { asOf: '2026-03-02' }))
    expect((await waitForRun(app, run)).problem).toBeNull()
  })
  test('every customer counts once, under the policy by which they are served', async () => {
    const { rows, costMinor, neededMinutes, availableMinutes, warnings } = await planned()
    expect(rows.map(({ name, customers, profitMinor }) => [name, customers, profitMinor])).toEqual([
      ['platinum', 1, 100_000],
      ['gold', 0, 0],
      ['iron', 19, 190_000],
      ['lead', 0, 0],
      ['baseline', 0, 0],
    ])
    expect([costMinor, neededMinutes]).toEqual([60_000 + 19 * 3_000, 1_200 + 19 * 60])
    expect([availableMinutes, warnings]).toEqual([null, []])
    expect(rows.flatMap((row) => row.warnings)).toEqual([])
  })
  test('too dear for what the customers bring, beyond the budget, more than the staff can do', async () => {
    const means = { yearlyBudgetMinor: 117_000, agents: 1, hoursPerAgent: 39, minorPerPoint: null }
    const count = async () => (await value().valuations({})).items.length
    const before = await count()
    await app.as(organizationApi).changeSetting({ key: 'value.service-plan', value: means, version: 0 })
    expect(await planned()).toMatchObject({ costMinor: 117_000, availableMinutes: 2_340, warnings: [] })
    const { items } = await value().servicePolicies({})
    const { segmentName: _, savedAt: _a, savedBy: _b, id, kind: _k, tier: _t, segmentId: _s, ...platinum } = items[0]!
    await value().changeServicePolicy({ policyId: id, ...platinum, yearlyCostMinor: 100_001, yearlyMinutes: 1_201 })
    const found = await planned()
    expect(found.rows[0]).toMatchObject({ warnings: ['too-dear'] })
    expect(found.warnings).toEqual(['over-budget', 'short-of-staff'])
    // What serving may cost is no reason to value everybody again.
    expect(await count()).toBe(before)
  })
  test('less than the baseline takes is below the floor of quality', async () => {
    const { items } = await value().servicePolicies({})
    const { segmentName: _, savedAt: _a, savedBy: _b, id, kind: _k, tier: _t, segmentId: _s, ...lead } = items[3]!
    await value().changeServicePolicy({ policyId: id, ...lead, yearlyCostMinor: 0, yearlyMinutes: 0 })
    expect((await planned()).rows[3]).toMatchObject({ name: 'lead', warnings: ['below-floor-cost', 'below-floor-minutes'] })
  })
  test('who belongs to a segment with a policy counts there and not in the tier; who was not valued, at the baseline', async () => {
    const { version } = await app.as(customersApi).one({ id: ids.get('top')! })
    await app.as(customersApi).change({ id: ids.get('top')!, version, values: { city: 'Lyon' } })
    await app.as(customersApi).create({ values: { name: 'New one' } })
    const condition = { column: 'city', is: 'in', values: ['Lyon'] } as const
    const definition = { match: 'all', groups: [{ match: 'all', conditions: [condition] }] } as never
    const { id: segmentId } = await app.as(customersApi).makeSegment({ name: 'Lyon', definition, shared: true })
    const baseline = (await value().servicePolicies({})).items.at(-1)!
    const { segmentName: _, savedAt: _a, savedBy: _b, id: _i, version: _v, kind: _k, tier: _t, ...content } = baseline
    await value().makeServicePolicy({ ...content, segmentId, name: 'Lyon' })
    const { rows } = await planned()
    expect(rows.map(({ name, customers, profitMinor }) => [name, customers, profitMinor])).toEqual([
      ['platinum', 0, 0],
      ['gold', 0, 0],
      ['iron', 19, 190_000],
      ['lead', 0, 0],
      ['Lyon', 1, 100_000],
      ['baseline', 1, 0],
    ])
  })
})

describe('our service beside that of competitors (C-15)', () => {
  const feature = { name: 'Returns of goods bought elsewhere', note: null, ours: true, matchedBy: [] }
  test('only us, until a competitor matches it; a competitor is one, however it is written', async () => {
    const made = await value().addServiceFeature(feature)
    expect(made).toMatchObject({ standing: 'only-us', version: 1 })
    const change = { featureId: made.id, version: 1, ...feature, matchedBy: ['Tea & Co'] }
    expect(await value().changeServiceFeature(change)).toMatchObject({ standing: 'shared', version: 2 })
    await expect(value().changeServiceFeature(change)).rejects.toMatchObject({ reason: 'changed-meanwhile' })
    const other = await value().addServiceFeature({
      ...feature,
      name: 'Open at night',
      ours: false,
      matchedBy: ['TEA & CO', 'Night & Day'],
    })
    expect(other).toMatchObject({ standing: 'behind', matchedBy: ['Tea & Co', 'Night & Day'] })
    const { items, competitors } = await value().serviceFeatures({})
    expect([items.map(({ name }) => name), competitors]).toEqual([
      ['Open at night', feature.name],
      ['Night & Day', 'Tea & Co'],
    ])
    await expect(value().addServiceFeature(feature)).rejects.toMatchObject({ reason: 'feature-name-taken' })
    const taken = { featureId: other.id, version: 1, ...feature }
    await expect(value().changeServiceFeature(taken)).rejects.toMatchObject({ reason: 'feature-name-taken' })
    await expect(value().removeServiceFeature({ featureId: made.id, version: 1 })).rejects.toMatchObject({ reason: 'changed-meanwhile' })
    await value().removeServiceFeature({ featureId: made.id, version: 2 })
    await expect(value().removeServiceFeature({ featureId: made.id, version: 2 })).rejects.toMatchObject({ reason: 'no-such-feature' })
  })
})
