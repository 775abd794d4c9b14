import { customersBySegment } from '#modules/customers/public.ts'
import { readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import type { Db } from '#platform/database/connection.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import type { servicePlanEndpoints } from '../api/service-plan.ts'
import type { Pyramid } from '../domain/pyramid.ts'
import { competitorsOf, namedOnce, standingOf } from '../domain/service-features.ts'
import { planOf } from '../domain/service-plan.ts'
import { baselineOf, inTurn, type Policy, policyFor, sideBySide } from '../domain/service-policy.ts'
import type { Tier } from '../domain/tiers.ts'
import { servicePlanSetting } from '../settings.ts'
import { deleteFeature, holdFeatures, insertFeature, listFeatures, type ServiceFeature, updateFeature } from '../store/service-features.ts'
import { servedPolicies } from '../store/service-policies.ts'
import { summaryPart } from '../store/valuations.ts'

export const servicePlanActions: Actions<typeof servicePlanEndpoints> = {
  async servicePlan(context) {
    const { db } = context
    const means = await readSetting(db, servicePlanSetting)
    const found = await summaryPart(db, 'overview')
    if (!found) return { valuation: null, means, plan: null }
    const policies = sideBySide(await servedPolicies(db))
    const groups = await groupsOf(context, policies, found.part as Pyramid)
    const served = policies.map(({ id, yearlyCostMinor, yearlyMinutes }) => {
      const own = groups.filter((group) => group.policyId === id)
      const sum = (pick: (group: Group) => number) => own.reduce((total, group) => total + pick(group), 0)
      return {
        id,
        yearlyCostMinor,
        yearlyMinutes,
        customers: sum((group) => group.customers),
        profitMinor: sum((group) => group.profitMinor),
      }
    })
    const { rows, ...plan } = planOf(served, means, baselineOf(policies))
    return {
      valuation: found.head,
      means,
      plan: {
        ...plan,
        rows: rows.map(({ id, warnings, ...row }) => ({ policyId: id, ...row, warnings: [...warnings] })),
        warnings: [...plan.warnings],
      },
    }
  },

  async serviceFeatures({ db }) {
    const items = await listFeatures(db)
    return { items: items.map(view), competitors: [...competitorsOf(items)] }
  },

  async addServiceFeature(context, said) {
    const { db, newId } = context
    await holdFeatures(db)
    const others = await listFeatures(db)
    mustBeNew(others, said.name, null)
    return view(await insertFeature(db, newId(), { ...said, matchedBy: onceAmong(others, said.matchedBy) }, on(context)))
  },

  async changeServiceFeature(context, { featureId: id, version, ...said }) {
    const { db } = context
    await holdFeatures(db)
    const others = (await listFeatures(db)).filter((one) => one.id !== id)
    mustBeNew(others, said.name, id)
    const written = await updateFeature(db, { id, version, ...said, matchedBy: onceAmong(others, said.matchedBy) }, on(context))
    if (!written) throw await goneOrChanged(db, id)
    return view(written)
  },

  async removeServiceFeature({ db }, { featureId, version }) {
    if (!(await deleteFeature(db, featureId, version))) throw await goneOrChanged(db, featureId)
    return {}
  },
}

interface Group {
  readonly policyId: string
  readonly customers: number
  readonly profitMinor: number
}

/** How many customers each policy serves, and what they bring. While no segment has a policy the latest valuation has counted them; else everybody is looked at once. */
async function groupsOf(context: Context, policies: readonly Policy[], overview: Pyramid): Promise<readonly Group[]> {
  const segmentIds = inTurn(policies).flatMap(({ segmentId }) => segmentId ?? [])
  const policyOf = (tier: Tier | null, segmentId: string | null) =>
    policyFor(policies, { tier, belongsTo: new Set(segmentId === null ? [] : [segmentId]) }).policy.id
  if (segmentIds.length === 0)
    return overview.tiers.map(({ tier, customers, profitMinor }) => ({ policyId: policyOf(tier, null), customers, profitMinor }))
  const counted = await customersBySegment(context, segmentIds)
  return counted.map(({ tier, segmentId, customers, profitMinor }) => ({ policyId: policyOf(tier, segmentId), customers, profitMinor }))
}

const on = ({ actor, now }: Context) => ({ by: actor.id, now })

const view = (feature: ServiceFeature) => ({ ...feature, matchedBy: [...feature.matchedBy], standing: standingOf(feature) })

/** A competitor is written as it was written first. */
const onceAmong = (others: readonly ServiceFeature[], matchedBy: readonly string[]) => namedOnce(matchedBy, competitorsOf(others))

function mustBeNew(features: readonly ServiceFeature[], name: string, except: string | null): void {
  if (features.some((one) => one.id !== except && one.name === name))
    throw refuse('conflict', 'feature-name-taken', 'There is a feature of this name already', {
      fields: [{ field: 'name', reason: 'name-taken', detail: 'Choose another name' }],
    })
}

const goneOrChanged = async (db: Db, id: string) =>
  (await listFeatures(db)).some((one) => one.id === id)
    ? changedMeanwhile('this feature')
    : refuse('missing', 'no-such-feature', 'There is no such feature of service')
