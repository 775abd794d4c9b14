import { type BookFigures, customerNames, customersWithin, figuresOf, figuresOfMany, profilingOffOf } from '#modules/customers/public.ts'
import { buyersOfCategory, dayListsOf, decodeLines, ordersOf, productsByCode } from '#modules/orders/public.ts'
import { organizationProfile, readSetting } from '#modules/organization/public.ts'
import { defaultPageSize } from '#platform/contract.ts'
import { cursorOf, placeOf } from '#platform/cursor.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import type { valueApi } from '../api.ts'
import { dayText } from '../domain/as-of.ts'
import { nextProducts } from '../domain/next-products.ts'
import { indexProducts, purchasesByCategory } from '../domain/own-products.ts'
import { preferences } from '../domain/preferences.ts'
import { customerExempted, exemptionEnded, tierOverridden, tierOverrideEnded } from '../facts.ts'
import { explain } from '../runs/explain.ts'
import { rescoreCustomers } from '../runs/rescore.ts'
import { dayIn } from '../runs/wishes.ts'
import { assessmentsOf } from '../store/assessments.ts'
import { deleteExemption, deleteOverride, exemptionOf, overrideOf, saveExemption, saveOverride } from '../store/decisions.ts'
import { productAffinityOf } from '../store/product-affinity.ts'
import { latestValuation } from '../store/valuations.ts'
import { customerMustExist, customerMustStay } from './must-exist.ts'

type Names = 'customer' | 'customerHistory' | 'customerPreferences' | 'setOverride' | 'endOverride' | 'exempt' | 'endExemption' | 'pushList'

/** Orders that preferences are read from; somebody with more is known well enough. */
const newestOrders = 500
const listLength = 10

export const customers: Pick<Actions<typeof valueApi>, Names> = {
  async customer(context, { customerId }) {
    const { db } = context
    await customerMustExist(db, customerId)
    const [current] = await assessmentsOf(db, customerId, null, 1)
    const figures = await figuresOf(db, customerId)
    const profiling = !(await profilingOffOf(db, [customerId])).has(customerId)
    const override = await overrideOf(db, customerId)
    const exemption = await exemptionOf(db, customerId)
    const valuation = await latestValuation(db)
    return {
      valuation: valuation
        ? { runId: valuation.runId, asOf: valuation.asOf, finishedAt: valuation.finishedAt, customers: valuation.customers }
        : null,
      current: current && valuation ? { ...current, ...bookFigures(figures, current) } : null,
      inputs: valuation ? await explain(context, customerId, valuation) : null,
      profiling,
      override,
      exemption,
      releasable: figures.tier === 'lead' && exemption === null,
    }
  },

  async customerHistory({ db }, { customerId, cursor, limit }) {
    const size = limit ?? defaultPageSize
    const before = cursor ? String(placeOf(cursor, ['day'])[0]) : null
    const rows = await assessmentsOf(db, customerId, before, size + 1)
    const items = rows.slice(0, size)
    return { items, next: rows.length > size ? cursorOf([items.at(-1)!.asOf]) : null }
  },

  async customerPreferences({ db }, { customerId }) {
    await customerMustExist(db, customerId)
    if ((await profilingOffOf(db, [customerId])).has(customerId))
      return { profiling: false, preferences: null, buyAgain: [], newForYou: [] }
    const orders = await ordersOf(db, customerId, null, newestOrders)
    const lines = orders.filter((order) => order.counted && !order.cancelled).map((order) => decodeLines(order.lines))
    const own = indexProducts(lines)
    const known = await productsByCode(db, [...own.keys()])
    const days = (await dayListsOf(db, [customerId])).get(customerId) ?? new Uint8Array()
    const near = await productAffinityOf(db, [...own.keys()])
    const lists = nextOf(own, near)
    const names = await productsByCode(db, lists.newForYou)
    return {
      profiling: true,
      preferences: preferences(
        days,
        purchasesByCategory(lines, (code) => known.get(code)?.category ?? null),
      ) as never,
      buyAgain: lists.buyAgain.map((code) => ({ code, name: known.get(code)?.name ?? own.get(code)!.name, times: own.get(code)!.times })),
      newForYou: lists.newForYou.map((code) => ({ code, name: names.get(code)?.name ?? null })),
    }
  },

  async setOverride(context, { customerId, basedOn, tier, reason, lastDay }) {
    const { db, now, actor, publish } = context
    await customerMustStay(db, customerId)
    const { timeZone } = await readSetting(db, organizationProfile)
    if (lastDay !== null && lastDay < dayText(dayIn(timeZone, now)))
      throw refuse('invalid', 'day-in-the-past', 'The last day lies in the past', {
        fields: [{ field: 'lastDay', reason: 'day-in-the-past', detail: 'Choose today or a later day' }],
      })
    const override = { tier, reason, lastDay, setAt: now, setBy: actor.id }
    if (!(await saveOverride(db, customerId, override, basedOn))) throw decidedMeanwhile()
    await publish(tierOverridden, { customerId, tier, reason, lastDay })
    await rescoreCustomers(context, [customerId])
    return { tier }
  },

  async endOverride(context, { customerId, basedOn }) {
    const tier = await deleteOverride(context.db, customerId, basedOn)
    if (tier === null && (await overrideOf(context.db, customerId))) throw decidedMeanwhile()
    if (tier === null) throw refuse('missing', 'no-override', 'The tier of this customer was not set by hand')
    await context.publish(tierOverrideEnded, { customerId, tier })
    await rescoreCustomers(context, [customerId])
    const [current] = await assessmentsOf(context.db, customerId, null, 1)
    return { tier: current?.tier ?? null }
  },

  async exempt(context, { customerId, basedOn, reason, note }) {
    const { db, now, actor, publish } = context
    await customerMustStay(db, customerId)
    if (!(await saveExemption(db, customerId, { reason, note, setAt: now, setBy: actor.id }, basedOn))) throw decidedMeanwhile()
    await publish(customerExempted, { customerId, reason })
    return {}
  },

  async endExemption({ db, publish }, { customerId, basedOn }) {
    if (!(await deleteExemption(db, customerId, basedOn))) {
      if (await exemptionOf(db, customerId)) throw decidedMeanwhile()
      throw refuse('missing', 'no-exemption', 'This customer has no strategic exemption')
    }
    await publish(exemptionEnded, { customerId })
    return {}
  },

  async pushList({ db, reach }, { category, valueLabel, limit }) {
    const size = limit ?? 100
    const found = await buyersOfCategory(db, category, valueLabel || reach !== 'all' ? size * 10 : size)
    const within = await customersWithin(
      db,
      found.map((buyer) => buyer.customerId),
      reach,
    )
    const buyers = found.filter((buyer) => within.has(buyer.customerId))
    const ids = buyers.map((buyer) => buyer.customerId)
    const off = await profilingOffOf(db, ids)
    const figures = await figuresOfMany(db, ids)
    const items = buyers
      .filter((buyer) => !off.has(buyer.customerId))
      .map((buyer) => describeBuyer(buyer, figures.get(buyer.customerId)))
      .filter((item) => !valueLabel || item.valueLabel === valueLabel)
      .slice(0, size)
    const names = await customerNames(
      db,
      items.map((item) => item.customerId),
    )
    return { items: items.map((item) => ({ ...item, name: names.get(item.customerId) ?? '' })) }
  },
}

/** How far the category fits the customer: the share of their orders that hold it, drawn towards nothing with the weight of one order. */
function describeBuyer(buyer: { customerId: string; ordersInCategory: number }, figures: BookFigures | undefined) {
  const { tier, valueLabel, orders } = figures ?? { tier: 'iron' as const, valueLabel: 'low' as const, orders: 0 }
  const all = Math.max(orders, buyer.ordersInCategory)
  return { ...buyer, tier, valueLabel, orders: all, relevance: buyer.ordersInCategory / (all + 1) }
}

/** The book is newer than the last dated row, which is only written when something moved. */
function bookFigures(figures: Awaited<ReturnType<typeof figuresOf>>, dated: { expectedOrders: number }) {
  return {
    asOf: figures.valuedOn ?? '1970-01-01',
    tier: figures.tier,
    valueLabel: figures.valueLabel,
    recencyScore: figures.recencyScore,
    frequencyScore: figures.frequencyScore,
    monetaryScore: figures.monetaryScore,
    profitMinor: figures.profitMinor,
    lifetimeValueMinor: figures.lifetimeValueMinor,
    expectedSpendMinor: figures.expectedSpendMinor ?? 0,
    expectedOrders: figures.expectedOrders ?? dated.expectedOrders,
    probabilityAlive: figures.probabilityAlive,
    probabilityOrdering: figures.probabilityOrdering,
  }
}

/** The two lists by product code, from what the valuation found about products. */
function nextOf(
  own: ReadonlyMap<string, { times: number }>,
  near: readonly { product: string; customers: number; neighbours: readonly (readonly [string, number])[] }[],
): { buyAgain: string[]; newForYou: string[] } {
  const codes = [...new Set([...own.keys(), ...near.flatMap((row) => row.neighbours.map(([code]) => code))])]
  const places = new Map(codes.map((code, i) => [code, i]))
  const rows = new Map(near.map((row) => [row.product, row]))
  const start = new Int32Array(codes.length + 1)
  const items: number[] = []
  const cosine: number[] = []
  codes.forEach((code, i) => {
    for (const [other, similarity] of rows.get(code)?.neighbours ?? []) {
      items.push(places.get(other)!)
      cosine.push(similarity)
    }
    start[i + 1] = items.length
  })
  const found = nextProducts(
    [...own].map(([code, { times }]) => ({ item: places.get(code)!, times })),
    {
      start,
      items: Int32Array.from(items),
      cosine: Float64Array.from(cosine),
      popularity: Int32Array.from(codes, (code) => rows.get(code)?.customers ?? 0),
    },
    listLength,
  )
  return { buyAgain: found.buyAgain.map((item) => codes[item]!), newForYou: found.newForYou.map((item) => codes[item]!) }
}

const decidedMeanwhile = () => changedMeanwhile('this decision', 'basedOn')
