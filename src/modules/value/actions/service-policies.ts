import { customerOwners, sharedSegments } from '#modules/customers/public.ts'
import { allDepartments, allTeams } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import type { Db } from '#platform/database/connection.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, type FieldProblem, refuse } from '#platform/refusal.ts'
import type { servicePolicyEndpoints } from '../api/service-policies.ts'
import {
  baselineOf,
  type FloorProblem,
  floorProblems,
  inOrder,
  liftedTo,
  type Policy,
  type PolicyContent,
  sideBySide,
} from '../domain/service-policy.ts'
import { servicePolicyChanged } from '../facts.ts'
import { holdPolicies, policyVersions, type StoredPolicy, savePolicy, servedPolicies, supersede } from '../store/service-policies.ts'
import { customerMustExist } from './must-exist.ts'
import { nameOf, policyOf } from './service-policy-of.ts'

const mostVersions = 100

export const servicePolicyActions: Actions<typeof servicePolicyEndpoints> = {
  servicePolicies: async ({ db }) => ({ items: await views(db, sideBySide(await servedPolicies(db))) }),

  async servicePolicyVersions({ db }, { policyId }) {
    const versions = await policyVersions(db, policyId, mostVersions)
    if (versions.length === 0) throw noSuchPolicy()
    return { items: await views(db, versions) }
  },

  async makeServicePolicy(context, { segmentId, ...content }) {
    const { db, newId } = context
    await holdPolicies(db)
    const served = await servedPolicies(db)
    if (!(await sharedSegments(db, [segmentId])).has(segmentId))
      throw refuse('invalid', 'segment-not-shared', 'A policy is about a segment that is shared with everybody', {
        fields: [{ field: 'segmentId', reason: 'segment-not-shared', detail: 'This segment is not there, or not shared' }],
      })
    if (served.some((policy) => policy.segmentId === segmentId))
      throw refuse('conflict', 'segment-has-policy', 'This segment has a policy already', {
        fields: [{ field: 'segmentId', reason: 'segment-has-policy', detail: 'Change the policy that there is' }],
      })
    await mustBeFit(context, content, baselineOf(served))
    if (content.name === null)
      throw refuse('invalid', 'name-missing', 'The policy of a segment needs a name', {
        fields: [{ field: 'name', reason: 'required', detail: 'This is needed' }],
      })
    return save(context, { ...tidied(content), id: newId(), version: 1, kind: 'segment', tier: null, segmentId })
  },

  async changeServicePolicy(context, { policyId, version, ...content }) {
    await holdPolicies(context.db)
    const served = await servedPolicies(context.db)
    const policy = newest(served, policyId, version)
    if (policy.kind === 'baseline')
      throw refuse('conflict', 'baseline-apart', 'The baseline is changed by itself, because every policy stands on it')
    await mustBeFit(context, content, baselineOf(served))
    return save(context, { ...policy, ...tidied(content), name: content.name ?? (policy.kind === 'segment' ? policy.name : null) })
  },

  async removeServicePolicy(context, { policyId, version }) {
    const { db, now } = context
    await holdPolicies(db)
    const policy = newest(await servedPolicies(db), policyId, version)
    if (policy.kind !== 'segment')
      throw refuse(
        'conflict',
        'policy-needed',
        'Every tier has a policy, and all stand on the baseline; only those of segments can be ended',
      )
    await supersede(db, policyId, now)
    await context.publish(servicePolicyChanged, { ...factOf(policy), ended: true })
    return {}
  },

  async changeServiceBaseline(context, { version, others, ...content }) {
    const { db } = context
    await holdPolicies(db)
    const served = await servedPolicies(db)
    const baseline = newest(served, baselineOf(served).id, version)
    await mustWorkHere(context, content)
    const next = { ...baseline, ...tidied(content) }
    const below = sideBySide(served).filter((policy) => policy.kind !== 'baseline' && floorProblems(policy, next).length > 0)
    if (below.length > 0 && others === 'refuse') throw await policiesBelow(db, below, next)
    const saved = await save(context, next)
    const lifted: { id: string; version: number }[] = []
    for (const policy of below) {
      const { id, version } = await save(context, liftedTo(policy, next))
      lifted.push({ id, version })
    }
    return { baseline: saved, lifted }
  },

  async customerServicePolicy(context, { customerId }) {
    const { db } = context
    await customerMustExist(db, customerId)
    const { policy, because, tier } = await policyOf(context, customerId)
    const owner = (await customerOwners(db, [customerId])).get(customerId)?.ownerId ?? null
    return { policy: await view(db, policy), because, tier, accountManagerId: policy.accountManager ? owner : null }
  },
}

/** As it is saved: channels in the order of the product. */
const tidied = (content: PolicyContent): PolicyContent => ({ ...content, channels: inOrder(content.channels) })

const factOf = ({ id, version, kind, tier, segmentId }: Policy) => ({ policyId: id, version, kind, tier, segmentId })

/** Saves what follows on a policy as its next version; what has version 1 and is not there yet, as it is. */
async function save(context: Context, policy: Policy | StoredPolicy) {
  const { db, now, actor, publish } = context
  const next = { ...policy, version: 'savedAt' in policy ? policy.version + 1 : policy.version }
  await savePolicy(db, next, { by: actor.id, now })
  await publish(servicePolicyChanged, { ...factOf(next), ended: false })
  return view(db, { ...next, savedAt: now, savedBy: actor.id, supersededAt: null })
}

function newest(served: readonly StoredPolicy[], id: string, version: number): StoredPolicy {
  const found = served.find((policy) => policy.id === id)
  if (!found) throw noSuchPolicy()
  if (found.version !== version) throw changedMeanwhile('this policy')
  return found
}

async function mustBeFit(context: Context, content: PolicyContent, baseline: Policy): Promise<void> {
  const problems = floorProblems(content, baseline)
  if (problems.length > 0)
    throw refuse('invalid', 'below-baseline', 'No policy falls below the baseline', { fields: problems.map(fieldOf) })
  await mustWorkHere(context, content)
}

const fieldOf = (problem: FloorProblem): FieldProblem =>
  problem.reason === 'channel-missing'
    ? { field: problem.field, reason: problem.reason, detail: `The baseline offers ${problem.channel}` }
    : { field: problem.field, reason: problem.reason, detail: `The baseline promises ${problem.floor} working minutes` }

/** Which policies a new baseline would leave below it, each by its name, and by what. */
async function policiesBelow(db: Db, below: readonly Policy[], baseline: Policy) {
  const named: { policy: Policy; name: string }[] = []
  for (const policy of below) named.push({ policy, name: await nameOf(db, policy) })
  const policies = named.map(({ name }) => name).join(', ')
  return refuse('conflict', 'policies-below-baseline', `These policies would fall below it: ${policies}`, {
    values: { policies },
    fields: named.flatMap(({ policy, name }) =>
      floorProblems(policy, baseline).map((problem) => ({
        field: problem.field,
        reason: 'policy-below',
        detail: `${name} ${problem.reason === 'channel-missing' ? `does not offer ${problem.channel}` : `promises ${problem.minutes ?? 'nothing'}`}`,
      })),
    ),
  })
}

async function mustWorkHere({ db }: Context, content: PolicyContent): Promise<void> {
  const wanted = [content.departmentId, content.servedByDepartmentId, content.servedByTeamId]
  if (wanted.every((id) => id === null)) return
  const departments = new Set((await allDepartments(db)).map(({ id }) => id))
  const teams = new Set((await allTeams(db)).map(({ id }) => id))
  const gone: (FieldProblem | false)[] = [
    ...(['departmentId', 'servedByDepartmentId'] as const).map(
      (field) => content[field] !== null && !departments.has(content[field]) && { field, ...noSuchPlace },
    ),
    content.servedByTeamId !== null && !teams.has(content.servedByTeamId) && { field: 'servedByTeamId', ...noSuchPlace },
  ]
  const fields = gone.filter((problem) => problem !== false)
  if (fields.length > 0) throw refuse('invalid', 'no-such-department', 'There is no such department or team', { fields })
}
const noSuchPlace = { reason: 'no-such-department', detail: 'There is no such department or team' }

const noSuchPolicy = () => refuse('missing', 'no-such-policy', 'There is no such policy of service')

const view = async (db: Db, policy: StoredPolicy) => (await views(db, [policy]))[0]!

async function views(db: Db, policies: readonly StoredPolicy[]) {
  const names = await sharedSegments(
    db,
    policies.flatMap(({ segmentId }) => segmentId ?? []),
  )
  return policies.map(({ supersededAt: _, ...policy }) => ({
    ...policy,
    channels: [...policy.channels],
    benefits: policy.benefits && [...policy.benefits],
    segmentName: policy.segmentId === null ? null : (names.get(policy.segmentId) ?? null),
  }))
}
