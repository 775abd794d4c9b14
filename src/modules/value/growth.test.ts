import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import { figuresOf } from '#modules/customers/public.ts'
import { type App, everybody, holder, startApp } from '#test/app.ts'
import { colleague } from '#test/colleague.ts'
import { makeCustomersWithDays, purchaseDay } from '#test/day-lists.ts'
import { waitForRun } from '#test/wait-for-run.ts'
import { valueApi } from './api.ts'
import { recordServiceCost } from './public.ts'
import { requestValuation } from './runs/request.ts'

let app: App
let ids: Map<string, string>
const day = (text: string) => Date.parse(text) / 86_400_000
/** Twenty customers with profits of 20,000 down to 1,000 and one who costs more than they bring: two are platinum, the next four gold. */
beforeAll(async () => {
  app = await startApp({ work: true, now: new Date('2026-03-02T12:00:00Z') })
  const ranked = Array.from({ length: 20 }, (_, i) => ({ key: `c${i}`, days: [purchaseDay(day('2026-01-10'), (20 - i) * 1_000)] }))
  const dear = { key: 'dear', days: [purchaseDay(day('2026-01-10'), 10_000, { discountMinor: 1_000 })] }
  ids = await app.transaction((context) => makeCustomersWithDays(context, [...ranked, dear]))
  await app.transaction((context) =>
    recordServiceCost(context, { customerId: id('dear'), cause: 'case', causeId: id('c0'), day: '2026-02-01', amountMinor: 30_000 }),
  )
  const run = await app.transaction((context) => requestValuation(context, { asOf: '2026-03-02' }))
  expect((await waitForRun(app, run)).problem).toBeNull()
})
afterAll(() => app.close())
const id = (key: string) => ids.get(key)!
const keyOf = (customerId: string) => [...ids].find(([, one]) => one === customerId)![0]
const value = () => app.as(valueApi)
/** Somebody else who may do everything. */
const second = () => app.as(valueApi, { ...everybody, id: 'second' })
const buysElsewhere = (key: string, sharePercent: number | null) =>
  app.as(customersApi).addUsedCompetitor({ id: id(key), name: `Rival of ${key}`, sharePercent })

describe('who may rise', () => {
  test('gold customers by what they could bring more, those of whom it is not known behind them by lifetime value (C-03)', async () => {
    // 15,000 · 0.75 ÷ 0.25 = 45,000 passes 18,000 · 0.6 ÷ 0.4 = 27,000; two rivals with 30 percent each have 60 together.
    await buysElsewhere('c5', 75)
    await buysElsewhere('c2', 30)
    await buysElsewhere('c2', 30)
    await buysElsewhere('c3', null)
    await buysElsewhere('c15', 90)
    const { items, floorMinor, next } = await value().growth({ tier: 'gold' })
    expect([floorMinor, next]).toEqual([19_000, 'platinum'])
    const [first, ...others] = items
    expect(keyOf(first!.customerId)).toBe('c5')
    expect(first).toMatchObject({ profitMinor: 15_000, elsewherePercent: 75, potentialMinor: 45_000, targetMinor: 20_900, gapMinor: 5_900 })
    expect(others.map(({ customerId }) => keyOf(customerId))[0]).toBe('c2')
    expect(others[0]).toMatchObject({ elsewherePercent: 60, potentialMinor: 27_000, passes: false })
    const rest = others.slice(1)
    expect(rest.map(({ customerId }) => keyOf(customerId)).toSorted()).toEqual(['c3', 'c4'])
    expect(rest.every(({ elsewherePercent, potentialMinor }) => elsewherePercent === null && potentialMinor === null)).toBe(true)
    const values = rest.map(({ lifetimeValueMinor }) => lifetimeValueMinor)
    expect(values.toSorted((a, b) => b - a)).toEqual(values)
    expect((await value().growth({ tier: 'gold', limit: 1 })).items.map(({ customerId }) => keyOf(customerId))).toEqual(['c5'])
  })
  test('only one’s own customers, for whoever sees no others', async () => {
    const { id: owner } = await colleague(app, 'Owner')
    const own = { ...everybody, id: owner, reach: () => [owner] }
    expect((await app.as(valueApi, own).growth({ tier: 'gold' })).items).toEqual([])
    const { version } = await app.as(customersApi).one({ id: id('c5') })
    await app.as(customersApi).change({ id: id('c5'), version, values: { ownerId: owner } })
    expect((await app.as(valueApi, own).growth({ tier: 'gold' })).items).toMatchObject([{ customerId: id('c5'), ownerId: owner }])
  })
  test('an iron customer whose profit passes the floor of gold is proposed for promotion, and promoted by decision (C-04)', async () => {
    const before = await value().growth({ tier: 'iron' })
    expect(before.floorMinor).toBe(15_000)
    expect(before.items.map(({ customerId }) => keyOf(customerId)).slice(0, 2)).toEqual(['c6', 'c7'])
    expect(before.items.some(({ passes }) => passes)).toBe(false)
    // Past the floor, but not by the tenth that moves a tier by itself.
    await app.transaction(async (context) => {
      await makeCustomersWithDays(context, [{ key: 'c7', days: [purchaseDay(day('2026-01-10'), 15_500)] }])
      await recordServiceCost(context, { customerId: id('c7'), cause: 'case', causeId: id('c1'), day: '2026-02-01', amountMinor: 0 })
    })
    const { items } = await value().growth({ tier: 'iron' })
    expect(items[0]).toMatchObject({ customerId: id('c7'), profitMinor: 15_500, passes: true, targetMinor: 16_500, gapMinor: 1_000 })
    expect((await figuresOf(app.db, id('c7'))).tier).toBe('iron')
    await value().setOverride({ customerId: id('c7'), basedOn: null, tier: 'gold', reason: 'Passes the floor', lastDay: null })
    expect((await value().growth({ tier: 'iron' })).items.map(({ customerId }) => customerId)).not.toContain(id('c7'))
  })
  test('a plan says how; of two who write it one is told', async () => {
    const plan = { customerId: id('c5'), version: 0, targetMinor: 22_000, byDay: '2026-12-31', plan: 'Win the tea of the canteen' }
    const saved = await value().saveGrowthPlan(plan)
    expect(saved).toMatchObject({ targetMinor: 22_000, byDay: '2026-12-31', version: 1, changedBy: 'tester' })
    await expect(value().saveGrowthPlan(plan)).rejects.toMatchObject({ reason: 'changed-meanwhile' })
    expect(await value().saveGrowthPlan({ ...plan, version: 1, byDay: null })).toMatchObject({ version: 2, byDay: null })
    const shown = (await value().growth({ tier: 'gold' })).items.find(({ customerId }) => customerId === id('c5'))
    expect(shown?.plan).toMatchObject({ plan: plan.plan, version: 2 })
    await expect(value().removeGrowthPlan({ customerId: id('c5'), version: 1 })).rejects.toMatchObject({ reason: 'changed-meanwhile' })
    await value().removeGrowthPlan({ customerId: id('c5'), version: 2 })
    await expect(value().removeGrowthPlan({ customerId: id('c5'), version: 2 })).rejects.toMatchObject({ reason: 'no-growth-plan' })
  })
})

describe('what becomes of those who cost more than they bring (C-09)', () => {
  const propose = (outcome: 'keep' | 'raise-price' | 'reduce-cost' | 'release', more: object = {}) =>
    value().proposeTreatment({
      customerId: id('dear'),
      outcome,
      terms: { changeShare: 0.5, lostShare: 0.1 },
      exemptionReason: null,
      note: null,
      ...more,
    })
  const decide = (treatmentId: string, approved: boolean, version = 1) =>
    second().decideTreatment({ customerId: id('dear'), treatmentId, version, approved, note: 'So be it' })

  test('each outcome has its projected profit, which is stored with who proposed and who decided', async () => {
    const { parts, tier, exempt } = await value().customerTreatments({ customerId: id('dear') })
    expect(parts).toEqual({ revenueMinor: 10_000, discountMinor: 1_000, refundMinor: 0, costOfGoodsMinor: 0, costToServeMinor: 30_000 })
    expect([tier, exempt, (await figuresOf(app.db, id('dear'))).profitMinor]).toEqual(['lead', false, -21_000])
    // 0.9 · 9,000 · 1.5 − 30,000 and 0.9 · 9,000 − 15,000.
    for (const [outcome, projectedMinor] of [
      ['raise-price', -17_850],
      ['reduce-cost', -6_900],
      ['release', 0],
    ] as const) {
      const made = await propose(outcome)
      expect(made).toMatchObject({ outcome, profitMinor: -21_000, projectedMinor, state: 'proposed', proposedBy: 'tester' })
      await expect(propose(outcome)).rejects.toMatchObject({ reason: 'treatment-open' })
      const decided = await decide(made.id, outcome !== 'release')
      expect(decided).toMatchObject({
        state: outcome === 'release' ? 'rejected' : 'approved',
        decidedBy: 'second',
        decisionNote: 'So be it',
      })
    }
    const { items } = await value().treatments({ state: 'approved' })
    expect(items.map(({ outcome, projectedMinor }) => [outcome, projectedMinor])).toEqual(
      expect.arrayContaining([
        ['raise-price', -17_850],
        ['reduce-cost', -6_900],
      ]),
    )
    expect((await value().treatments({ state: 'rejected' })).items).toMatchObject([
      { customerName: expect.any(String), outcome: 'release' },
    ])
  })
  test('nobody decides what they have proposed, nor twice, nor what somebody else has decided meanwhile', async () => {
    const made = await propose('raise-price')
    const own = { customerId: id('dear'), treatmentId: made.id, version: 1, approved: true, note: null }
    await expect(value().decideTreatment(own)).rejects.toMatchObject({ status: 403, reason: 'own-treatment' })
    await expect(app.as(valueApi, holder('value.manage')).decideTreatment(own)).rejects.toMatchObject({ status: 403 })
    await expect(second().decideTreatment({ ...own, customerId: id('c0') })).rejects.toMatchObject({ reason: 'no-such-treatment' })
    await expect(decide(made.id, true, 2)).rejects.toMatchObject({ reason: 'changed-meanwhile' })
    await decide(made.id, false)
    await expect(decide(made.id, true, 2)).rejects.toMatchObject({ reason: 'treatment-decided' })
  })
  test('who is kept is exempt as strategic once it is approved, and then never released (C-10)', async () => {
    await expect(propose('keep')).rejects.toMatchObject({ reason: 'reason-missing', fields: [{ field: 'exemptionReason' }] })
    const made = await propose('keep', { exemptionReason: 'network-effect', note: 'Brings the whole street' })
    expect(made).toMatchObject({ projectedMinor: -21_000, exemptionReason: 'network-effect' })
    expect((await value().customer({ customerId: id('dear') })).exemption).toBeNull()
    await decide(made.id, true)
    const kept = await value().customer({ customerId: id('dear') })
    expect(kept.exemption).toMatchObject({ reason: 'network-effect', note: 'Brings the whole street', setBy: 'second' })
    await expect(propose('release')).rejects.toMatchObject({ reason: 'exempt-from-release' })
    await value().endExemption({ customerId: id('dear'), basedOn: kept.exemption!.setAt })
    // Exempt between proposal and decision is exempt all the same.
    const released = await propose('release')
    await value().exempt({ customerId: id('dear'), basedOn: null, reason: 'referral', note: null })
    await expect(decide(released.id, true)).rejects.toMatchObject({ reason: 'exempt-from-release' })
    await decide(released.id, false)
  })
  test('only lead customers are released', async () => {
    const release = { customerId: id('c3'), outcome: 'release', terms: { changeShare: 0, lostShare: 0 }, exemptionReason: null, note: null }
    await expect(value().proposeTreatment(release as never)).rejects.toMatchObject({ reason: 'not-lead' })
  })
})
