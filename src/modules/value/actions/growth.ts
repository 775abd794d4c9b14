import { boughtElsewhere, customerNames, customerOwners, figuresOfMany, listCustomers, mostElsewhere } from '#modules/customers/public.ts'
import { readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import type { growthEndpoints } from '../api/growth.ts'
import { growthPotential, mostElsewherePercent, nextTier, type RisingTier, riseOf } from '../domain/growth.ts'
import { tierSetting } from '../settings.ts'
import { deleteGrowthPlan, growthPlansOf, saveGrowthPlan } from '../store/growth-plans.ts'
import { summaryPart } from '../store/valuations.ts'
import { customerMustStay } from './must-exist.ts'

type Names = 'growth' | 'saveGrowthPlan' | 'removeGrowthPlan'
const usualLimit = 100

export const growth: Pick<Actions<typeof growthEndpoints>, Names> = {
  async growth(context, { tier, limit = usualLimit }) {
    const { db } = context
    const ids = await risingIds(context, tier, limit)
    const figures = await figuresOfMany(db, ids)
    const names = await customerNames(db, ids)
    const owners = await customerOwners(db, ids)
    const elsewhere = await boughtElsewhere(db, ids)
    const plans = await growthPlansOf(db, ids)
    const floors = ((await summaryPart(db, 'overview'))?.part ?? null) as {
      floors: Record<`${'platinum' | 'gold'}Minor`, number | null>
    } | null
    const floor = floors?.floors[tier === 'gold' ? 'platinumMinor' : 'goldMinor'] ?? null
    const { hysteresisPercent } = await readSetting(db, tierSetting)
    return {
      floorMinor: floor === null ? null : Math.ceil(floor),
      next: nextTier[tier],
      items: ids.map((customerId) => {
        const { profitMinor, lifetimeValueMinor } = figures.get(customerId) ?? { profitMinor: 0, lifetimeValueMinor: 0 }
        const elsewherePercent = elsewhere.get(customerId) ?? null
        return {
          customerId,
          name: names.get(customerId) ?? '',
          ownerId: owners.get(customerId)?.ownerId ?? null,
          profitMinor,
          lifetimeValueMinor,
          elsewherePercent,
          potentialMinor: growthPotential(profitMinor, elsewherePercent),
          ...riseOf(profitMinor, floor, hysteresisPercent / 100),
          plan: plans.get(customerId) ?? null,
        }
      }),
    }
  },

  async saveGrowthPlan({ db, actor, now }, { customerId, ...plan }) {
    await customerMustStay(db, customerId)
    const saved = await saveGrowthPlan(db, customerId, plan, { by: actor.id, now })
    if (!saved) throw changedMeanwhile('this plan')
    return saved
  },

  async removeGrowthPlan({ db }, { customerId, version }) {
    if (await deleteGrowthPlan(db, customerId, version)) return {}
    throw (await growthPlansOf(db, [customerId])).has(customerId)
      ? changedMeanwhile('this plan')
      : refuse('missing', 'no-growth-plan', 'There is no plan for this customer')
  },
}

/** Gold: by what they could bring more, as far as it is noted what they buy elsewhere, and behind them by lifetime value. Iron: by profit, so that who passes the floor comes first. */
async function risingIds({ db, reach }: Context, tier: RisingTier, limit: number): Promise<readonly string[]> {
  const list = async (sort: 'lifetime-value' | 'profit') => {
    const filter = { tier: [tier], ...(reach === 'all' ? {} : { reach }) }
    const { items } = await listCustomers(db, { filter, sort, direction: 'descending', after: null, limit })
    return items.map(({ id }) => id)
  }
  if (tier === 'iron') return list('profit')
  const known = await mostElsewhere(db, tier, reach, mostElsewherePercent, limit)
  return known.length < limit ? [...new Set([...known, ...(await list('lifetime-value'))])].slice(0, limit) : known
}
