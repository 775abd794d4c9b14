import { afterAll, beforeAll, expect, test } from 'vitest'
import { figuresOf } from '#modules/customers/public.ts'
import { api as organizationApi } from '#modules/organization/api.ts'
import type { Context } from '#platform/context.ts'
import { type App, holder, startApp } from '#test/app.ts'
import { makeCustomersWithDays, purchaseDay } from '#test/day-lists.ts'
import { waitForRun } from '#test/wait-for-run.ts'
import { valueApi } from './api.ts'
import { requestValuation } from './runs/request.ts'
import { readCurrent, rescoreCustomers } from './runs/rescore.ts'
import type { ValuationResult } from './runs/valuation-result.ts'
import type { ValuationInput } from './runs/wishes.ts'
import { latestValuation } from './store/valuations.ts'
import { valueTimeline } from './timeline.ts'

const day = (text: string) => Date.parse(text) / 86_400_000
let app: App
let ids: Map<string, string>

/** Ten customers of 400, 400 and eight of 25, as the 80/20 reading wants them, one who only gave things back, and one who never bought. */
beforeAll(async () => {
  app = await startApp({ work: true, now: new Date('2026-03-02T12:00:00Z') })
  const buys = (amount: number, days: readonly string[]) => days.map((text) => purchaseDay(day(text), amount))
  ids = await app.transaction((context) =>
    makeCustomersWithDays(context, [
      { key: 'top1', days: buys(10_500, ['2025-12-01', '2026-01-05', '2026-02-01', '2026-02-20']) },
      { key: 'top2', days: buys(20_000, ['2026-01-10', '2026-02-11']) },
      ...Array.from({ length: 8 }, (_, i) => ({ key: `small${i}`, days: buys(2_500, [`2026-01-${10 + i}`]) })),
      { key: 'returner', days: [purchaseDay(day('2026-01-20'), 0, { orders: 0, refundMinor: 500, costUnknownRevenueMinor: 0 })] },
      { key: 'stranger', days: [] },
    ]),
  )
  await value(app, { asOf: '2026-03-02' })
})
afterAll(() => app.close())

async function value(of: App, input: ValuationInput = {}): Promise<ValuationResult> {
  const id = await of.transaction((context) => requestValuation(context, input))
  const run = await waitForRun(of, id)
  expect(run.problem).toBeNull()
  return run.result as ValuationResult
}
/** Does something that asks for a valuation by itself, and waits for that one. */
async function valuedAgainBy(change: () => Promise<unknown>): Promise<void> {
  const count = async () => (await app.as(valueApi).valuations({})).items.length
  const before = await count()
  await change()
  for (let tries = 0; tries < 300 && (await count()) === before; tries++) await new Promise((resolve) => setTimeout(resolve, 100))
}
const contextOf = (of: App) => ({ db: of.db, now: of.now }) as Context
const id = (key: string) => ids.get(key)!
const tierOf = async (key: string) => (await figuresOf(app.db, id(key))).tier

test('every customer has a tier, also one with refunds only and one who never bought; the counts sum', async () => {
  const { part, valuation, warnings } = await app.as(valueApi).overview({})
  expect(valuation?.asOf).toBe('2026-03-02')
  expect(part!.asOfReason).toBe('given')
  expect(part!.customers).toBe(12)
  expect(part!.tiers.map((row) => row.tier)).toEqual(['platinum', 'gold', 'iron', 'lead'])
  expect(part!.tiers.reduce((sum, row) => sum + row.customers, 0)).toBe(12)
  expect(part!.tiers.find((row) => row.tier === 'lead')!.customers).toBe(1)
  expect(await tierOf('returner')).toBe('lead')
  expect(await tierOf('stranger')).toBe('iron')
  expect(warnings.map((warning) => warning.code)).toEqual(['margin-unset', 'too-little-data', 'releasable'])
})

test('top 20 % of the buyers bring 80 % of the revenue (C-06)', async () => {
  const { part } = await app.as(valueApi).concentration({})
  // Twelve customers with the returner's -5.00 and the stranger: the best fifth is two of them.
  expect(part!.revenue!.topFifth).toBeCloseTo(82_000 / 101_500, 10)
})

test('no model under 50 repeat buyers: a pooled estimate that says so', async () => {
  const { part } = await app.as(valueApi).models({})
  expect(part).toMatchObject({ chosen: 'pooled', choiceReason: 'too-little-data', repeatBuyers: 2, backTest: null })
})

test('a customer’s figures come with what they were computed from', async () => {
  const found = await app.as(valueApi).customer({ customerId: id('top1') })
  expect(found.current).toMatchObject({ tier: 'platinum', profitMinor: 42_000 })
  expect(found.inputs).toMatchObject({
    purchaseDays: 4,
    frequency: 3,
    revenueMinor: 42_000,
    profitBasis: 'revenue',
    unit: 'week',
    horizonMonths: 12,
  })
  expect(found.inputs!.recency).toBeCloseTo(81 / 7, 10)
  expect(found.inputs!.age).toBeCloseTo(91 / 7, 10)
  const history = await app.as(valueApi).customerHistory({ customerId: id('top1') })
  expect(history.items.map((row) => row.asOf)).toEqual(['2026-03-02'])
})

test('a tier by decision holds until its last day, then profit decides again', async () => {
  await app
    .as(valueApi)
    .setOverride({ customerId: id('small0'), basedOn: null, tier: 'gold', reason: 'Opens a new region', lastDay: '2026-03-05' })
  expect(await tierOf('small0')).toBe('gold')
  const found = await app.as(valueApi).customer({ customerId: id('small0') })
  expect(found.override).toMatchObject({ tier: 'gold', lastDay: '2026-03-05' })
  // Who saw no decision overwrites none, and ends none that they did not see.
  const meanwhile = { status: 409, reason: 'changed-meanwhile' }
  const late = { customerId: id('small0'), tier: 'iron', reason: 'I was late', lastDay: null } as const
  await expect(app.as(valueApi).setOverride({ ...late, basedOn: null })).rejects.toMatchObject(meanwhile)
  const before = new Date(found.override!.setAt.getTime() - 1)
  await expect(app.as(valueApi).setOverride({ ...late, basedOn: before })).rejects.toMatchObject(meanwhile)
  await expect(app.as(valueApi).endOverride({ customerId: id('small0'), basedOn: before })).rejects.toMatchObject(meanwhile)
  await expect(app.as(valueApi).setOverride({ ...late, customerId: id('top1'), basedOn: before })).rejects.toMatchObject(meanwhile)
  expect(found.inputs!.computedTier).toBe('iron')
  await value(app, { asOf: '2026-03-05' })
  expect(await tierOf('small0')).toBe('gold')
  await value(app, { asOf: '2026-03-06' })
  expect(await tierOf('small0')).toBe('iron')
  const { items } = await app.as(valueApi).customerHistory({ customerId: id('small0') })
  expect(items.map((row) => [row.asOf, row.tier, row.tierReason])).toEqual([
    ['2026-03-06', 'iron', 'rank'],
    ['2026-03-02', 'gold', 'by-hand'],
  ])
  await expect(
    app.as(valueApi).setOverride({ customerId: id('small0'), basedOn: null, tier: 'gold', reason: 'Too late', lastDay: '2026-03-01' }),
  ).rejects.toMatchObject({ reason: 'day-in-the-past' })
})

test('the timeline says when a customer came into a tier', async () => {
  const entries = await valueTimeline(contextOf(app), id('small0'), null, 10)
  expect(entries.map((entry) => [entry.kind, entry.id])).toEqual([
    ['value.tier-moved', '2026-03-06'],
    ['value.tier-found', '2026-03-02'],
  ])
  const older = await valueTimeline(contextOf(app), id('small0'), { at: entries[0]!.at, id: entries[0]!.id }, 10)
  expect(older.map((entry) => entry.id)).toEqual(['2026-03-02'])
})

test('movement between any two days sums to all customers', async () => {
  for (const [from, to] of [
    ['2026-03-02', '2026-03-06'],
    ['2026-03-05', '2026-03-06'],
    ['2025-01-01', '2026-03-05'],
  ] as const) {
    const { movement } = await app.as(valueApi).movement({ from, to })
    expect(movement!.customers).toBe(12)
  }
  const { movement } = await app.as(valueApi).movement({ from: '2026-03-05', to: '2026-03-06' })
  expect(movement!.moves.filter((move) => move.from !== move.to)).toEqual([{ from: 'gold', to: 'iron', customers: 1 }])
})

test('movement without days is that between the two newest days, also when the newest was valued again', async () => {
  const newest = await app.as(valueApi).movement({})
  const [to = '', from = ''] = newest.days
  const between = await app.as(valueApi).movement({ from, to })
  expect(newest.movement).toEqual(between.movement)
  expect(newest.movement!.moves.some((move) => move.from !== move.to)).toBe(true)
  await value(app, { asOf: to })
  expect((await app.as(valueApi).movement({})).movement).toEqual(between.movement)
})

test('a strategic exemption keeps a lead customer from being proposed for release (C-10)', async () => {
  expect((await app.as(valueApi).customer({ customerId: id('returner') })).releasable).toBe(true)
  await app.as(valueApi).exempt({ customerId: id('returner'), basedOn: null, reason: 'network-effect', note: 'Brings friends' })
  expect((await app.as(valueApi).customer({ customerId: id('returner') })).releasable).toBe(false)
  await value(app, { asOf: '2026-03-06' })
  const { part } = await app.as(valueApi).overview({})
  expect(part!.tiers.find((row) => row.tier === 'lead')).toMatchObject({ customers: 1, releasable: 0 })
  const basedOn = (await app.as(valueApi).customer({ customerId: id('returner') })).exemption!.setAt
  const meanwhile = { status: 409, reason: 'changed-meanwhile' }
  const unseen = { customerId: id('returner'), basedOn: null, reason: 'referral', note: null } as const
  await expect(app.as(valueApi).exempt(unseen)).rejects.toMatchObject(meanwhile)
  const ended = { customerId: id('returner'), basedOn }
  await expect(app.as(valueApi).endExemption({ ...ended, basedOn: new Date(1) })).rejects.toMatchObject(meanwhile)
  await app.as(valueApi).endExemption(ended)
  await expect(app.as(valueApi).endExemption(ended)).rejects.toMatchObject({ reason: 'no-exemption' })
})

test('a small change of profit does not move a tier, a large one does (hysteresis)', async () => {
  const { part } = await app.as(valueApi).overview({})
  expect(part!.floors.platinumMinor).toBe(42_000)
  const setRefund = (refundMinor: number) =>
    app.transaction(async (context) => {
      const days = ['2025-12-01', '2026-01-05', '2026-02-01', '2026-02-20'].map((text) => purchaseDay(day(text), 10_500))
      await makeCustomersWithDays(context, [{ key: 'top1', days: [...days.slice(0, 3), { ...days[3]!, refundMinor }] }])
      await rescoreCustomers(context, [id('top1')])
    })
  await setRefund(4_000)
  expect(await figuresOf(app.db, id('top1'))).toMatchObject({ tier: 'platinum', profitMinor: 38_000 })
  await setRefund(5_000)
  expect(await figuresOf(app.db, id('top1'))).toMatchObject({ tier: 'gold', profitMinor: 37_000 })
  await setRefund(0)
  expect((await figuresOf(app.db, id('top1'))).tier).toBe('gold')
})

test('rescoring one customer gives what a whole run with the same models gives', async () => {
  const result = await value(app, { asOf: '2026-03-06' })
  const whole = await figuresOf(app.db, id('top1'))
  const valuation = await latestValuation(app.db)
  expect(valuation?.runId).toBe(result.runId)
  const { figures, book } = await readCurrent({ db: app.db, now: new Date('2026-03-06T12:00:00Z') }, [id('top1')], valuation!)
  expect(book.settings.asOfDay).toBe(day('2026-03-06'))
  expect(figures.probabilityOrdering[0]!).toBeCloseTo(whole.probabilityOrdering!, 6)
  expect(figures.expectedOrders[0]!).toBeCloseTo(whole.expectedOrders!, 4)
  expect(Math.round(figures.lifetimeValue[0]!)).toBe(whole.lifetimeValueMinor)
  expect(Math.round(figures.profit[0]!)).toBe(whole.profitMinor)
})

test('a margin makes profit real, and saving it values the book again', async () => {
  await valuedAgainBy(() => app.as(organizationApi).changeSetting({ key: 'value.margin', value: { percent: 40 }, version: 0 }))
  expect(await figuresOf(app.db, id('top1'))).toMatchObject({ profitMinor: 16_800 })
  const { warnings } = await app.as(valueApi).overview({})
  expect(warnings.map((warning) => warning.code)).toContain('profit-estimated')
})

test('limits of scores that were set hold for everybody, for rescoring and on the map', async () => {
  const limits = { recencyDays: [40, 15], frequency: [2, 4], monetaryMinor: [2_500, 42_000] }
  const change = (value: object) => app.as(organizationApi).changeSetting({ key: 'value.rfm', value, version: 0 })
  await expect(change({ bands: 3, windowDays: null, limits: { ...limits, recencyDays: [15, 40] } })).rejects.toMatchObject({
    status: 422,
    fields: [{ field: 'value.limits.recencyDays' }],
  })
  await expect(change({ bands: 4, windowDays: null, limits })).rejects.toMatchObject({ status: 422 })
  await valuedAgainBy(() => change({ bands: 3, windowDays: null, limits }))
  await value(app, { asOf: '2026-03-02' })
  const scoresOf = async (key: string) => {
    const { recencyScore, frequencyScore, monetaryScore } = await figuresOf(app.db, id(key))
    return [recencyScore, frequencyScore, monetaryScore]
  }
  // Ten days ago, four days, 420.00; nineteen days ago, two days, 400.00; fifty-one days ago, one day, 25.00.
  const expected = [
    ['top1', [3, 3, 3]],
    ['top2', [2, 2, 2]],
    ['small0', [1, 1, 2]],
  ] as const
  for (const [key, scores] of expected) expect(await scoresOf(key), key).toEqual(scores)
  await app.transaction((context) =>
    rescoreCustomers(
      context,
      expected.map(([key]) => id(key)),
    ),
  )
  for (const [key, scores] of expected) expect(await scoresOf(key), key).toEqual(scores)
  const { part } = await app.as(valueApi).rfm({})
  expect(part).toMatchObject({ bands: 3, limits })
  await app.as(organizationApi).changeSetting({ key: 'value.rfm', value: { bands: 5, windowDays: null, limits: null }, version: 1 })
})

test('thresholds show their effect before they are saved', async () => {
  const rank = await app
    .as(valueApi)
    .tierPreview({ by: 'rank', platinumPercent: 50, goldPercent: 10, platinumFromMinor: 0, goldFromMinor: 0 })
  expect(rank.exact).toBe(true)
  expect(rank.tiers.reduce((sum, row) => sum + row.customers, 0)).toBe(12)
  const amount = await app
    .as(valueApi)
    .tierPreview({ by: 'amount', platinumPercent: 0, goldPercent: 0, platinumFromMinor: 16_000, goldFromMinor: 1_000 })
  expect(amount.tiers.map((row) => [row.tier, row.customers])).toEqual([
    ['platinum', 2],
    ['gold', 8],
    ['iron', 1],
    ['lead', 1],
  ])
})

test('spend is entered, changed, spread over its period and compared with what the tiers bring (C-07)', async () => {
  const spend = {
    campaign: 'Leaflets',
    segment: 'iron',
    purpose: 'both',
    firstDay: '2026-02-01',
    lastDay: '2026-02-28',
    amountMinor: 28_000,
  } as const
  const added = await app.as(valueApi).addSpend(spend)
  await app.as(valueApi).addSpend({ ...spend, campaign: null, segment: null, amountMinor: 5_000 })
  const whole = await app.as(valueApi).spendContribution({ by: 'tier', from: '2026-01-01', to: '2026-03-06' })
  expect(whole.part).toMatchObject({ totalMinor: 33_000, unassignedMinor: 5_000, misallocated: true })
  const half = await app.as(valueApi).spendContribution({ by: 'tier', from: '2026-02-15', to: '2026-03-06' })
  expect(half.part!.segments.find((row) => row.segment === 'iron')!.spendMinor).toBe(14_000)
  await app.as(valueApi).changeSpend({ ...spend, id: added.id, version: 1, amountMinor: 1_000 })
  const late = { id: added.id, version: 1 }
  await expect(app.as(valueApi).changeSpend({ ...spend, ...late, amountMinor: 2_000 })).rejects.toMatchObject({
    reason: 'changed-meanwhile',
  })
  await expect(app.as(valueApi).removeSpend(late)).rejects.toMatchObject({ reason: 'changed-meanwhile' })
  const { items } = await app.as(valueApi).listSpend({})
  expect(items.map((row) => row.amountMinor).sort()).toEqual([1_000, 5_000])
  await app.as(valueApi).removeSpend({ id: added.id, version: 2 })
  await expect(app.as(valueApi).removeSpend({ id: added.id, version: 2 })).rejects.toMatchObject({ reason: 'no-such-spend' })
  await expect(app.as(valueApi).addSpend({ ...spend, lastDay: '2026-01-01' })).rejects.toMatchObject({ reason: 'period-disordered' })
})

test('who may read may not decide', async () => {
  const reader = holder('value.read')
  await expect(app.as(valueApi, reader).overview({})).resolves.toBeDefined()
  await expect(app.as(valueApi, reader).requestValuation({})).rejects.toMatchObject({ status: 403 })
  await expect(app.as(valueApi, holder('customers.read')).overview({})).rejects.toMatchObject({ status: 403 })
  await expect(
    app.as(valueApi, reader).exempt({ customerId: id('top1'), basedOn: null, reason: 'other', note: null }),
  ).rejects.toMatchObject({
    status: 403,
  })
})
