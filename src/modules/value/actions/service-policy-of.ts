import { figuresOf, segmentsOfCustomer } from '#modules/customers/public.ts'
import { organizationProfile, readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import type { Db } from '#platform/database/connection.ts'
import { inTurn, type Policy, type PolicyBecause, policyFor, type ServicePolicy } from '../domain/service-policy.ts'
import type { Tier } from '../domain/tiers.ts'
import { policyVersion, type StoredPolicy, servedPolicies } from '../store/service-policies.ts'
import { texts } from '../texts/index.ts'

/**
 * By which policy a customer is served now: that of the first segment in turn to which they belong, else that of their tier, else the baseline, which is also for whoever was not valued or is not there. Of one
 * customer it reads the few policies and one row. `tier` is the customer's own, also where a segment's policy serves them.
 */
export async function servicePolicyOf(
  context: Pick<Context, 'db' | 'now'>,
  customerId: string,
): Promise<{ readonly policy: ServicePolicy; readonly tier: Tier | null }> {
  const { policy, tier } = await policyOf(context, customerId)
  return { policy: servicePolicy(policy, await nameOf(context.db, policy)), tier }
}

/** A version as it was served once: what a case keeps that began with it. Null where there never was such a version. */
export async function servicePolicyVersion(db: Db, id: string, version: number): Promise<ServicePolicy | null> {
  const policy = await policyVersion(db, id, version)
  return policy && servicePolicy(policy, await nameOf(db, policy))
}

/** The same with the tier, and with why it is this one. */
export async function policyOf(
  context: Pick<Context, 'db' | 'now'>,
  customerId: string,
): Promise<{ readonly policy: StoredPolicy; readonly because: PolicyBecause; readonly tier: Tier | null }> {
  const policies = await servedPolicies(context.db)
  const segmentIds = inTurn(policies).flatMap(({ segmentId }) => segmentId ?? [])
  const belongsTo = await segmentsOfCustomer(context, customerId, segmentIds)
  const figures = await figuresOf(context.db, customerId)
  const tier = figures.valuedOn === null ? null : figures.tier
  return { ...policyFor(policies, { tier, belongsTo }), tier }
}

/** What a policy is called in the company's language where nobody has named it. */
export async function nameOf(db: Db, { name, tier }: Policy): Promise<string> {
  if (name !== null) return name
  const { locale } = await readSetting(db, organizationProfile)
  return texts[locale][`policy.name.${tier ?? 'baseline'}`]
}

const servicePolicy = (policy: Policy, name: string): ServicePolicy => ({
  id: policy.id,
  version: policy.version,
  name,
  kind: policy.kind,
  tier: policy.tier,
  segmentId: policy.segmentId,
  targets: policy.targets,
  departmentId: policy.departmentId,
  servedByDepartmentId: policy.servedByDepartmentId,
  servedByTeamId: policy.servedByTeamId,
  channels: policy.channels,
  priority: policy.priority,
  accountManager: policy.accountManager,
})
