import type { Channel } from '#modules/customers/domain/interaction.ts'
import { type Tier, tiers } from './tiers.ts'

/** The six controllable elements of a service mix (C-12). */
export const mixElements = ['price', 'place', 'people', 'promotion', 'evidence', 'process'] as const
export type MixElement = (typeof mixElements)[number]

/** What is promised, each in working minutes: to confirm that something came, to answer first, to answer again, to take one step of a process, to settle it. */
export const serviceTargets = ['acknowledge', 'firstResponse', 'nextResponse', 'step', 'resolve'] as const
export type ServiceTarget = (typeof serviceTargets)[number]
/** Null: no time is promised. */
export type Targets = Readonly<Record<ServiceTarget, number | null>>

/** By which customers may be served: the channels of the archive without those that only reach out. */
export const serviceChannels = [
  'website',
  'email',
  'call',
  'message',
  'chat',
  'store',
  'visit',
  'letter',
  'social',
] as const satisfies readonly Channel[]
export type ServiceChannel = (typeof serviceChannels)[number]

export const policyKinds = ['baseline', 'tier', 'segment'] as const
export type PolicyKind = (typeof policyKinds)[number]

/** What people write of a policy. Texts that are null are the product's own words where it has some, else nothing. */
export interface PolicyContent {
  readonly name: string | null
  readonly mix: Readonly<Record<MixElement, string | null>>
  readonly targets: Targets
  /** Whose working hours count; null: those of the department that handles the matter. */
  readonly departmentId: string | null
  readonly servedByDepartmentId: string | null
  readonly servedByTeamId: string | null
  readonly channels: readonly ServiceChannel[]
  /** Whether customers are told by name who looks after them. */
  readonly accountManager: boolean
  /** How often one comes by oneself. */
  readonly cadence: string | null
  readonly benefits: readonly string[] | null
  /** What it costs per customer and year, minor units. */
  readonly yearlyCostMinor: number
  /** Minutes of service per customer and year. */
  readonly yearlyMinutes: number
  /** By how many points of satisfaction (0 to 10) it is expected to raise a customer. */
  readonly satisfactionGain: number
  /** Place in queues: 1 first, 9 last. */
  readonly priority: number
}

/** Which policy it is. */
export interface PolicyHead {
  readonly id: string
  readonly version: number
  readonly kind: PolicyKind
  readonly tier: Tier | null
  readonly segmentId: string | null
}
export type Policy = PolicyHead & PolicyContent

/** What other modules need of a policy to serve by it. The name is the one that people gave, or the product's in the company's language. */
export type ServicePolicy = PolicyHead & { readonly name: string } & Pick<
    PolicyContent,
    'targets' | 'departmentId' | 'servedByDepartmentId' | 'servedByTeamId' | 'channels' | 'priority' | 'accountManager'
  >

/** What of a policy the floor is about. */
export type Promised = Pick<PolicyContent, 'targets' | 'channels'>

/** One way in which a policy falls below the baseline. */
export type FloorProblem =
  | {
      readonly field: `targets.${ServiceTarget}`
      readonly reason: 'target-below-floor'
      readonly target: ServiceTarget
      /** Null: nothing is promised where the baseline promises something. */
      readonly minutes: number | null
      readonly floor: number
    }
  | { readonly field: 'channels'; readonly reason: 'channel-missing'; readonly channel: ServiceChannel }

/**
 * Where a policy falls below the baseline (C-13): a target that is later than the baseline's, or none where the baseline has one; a channel that the baseline offers and the policy does not. Empty where it may be
 * saved. A baseline that promises nothing asks for nothing.
 */
export function floorProblems(policy: Promised, baseline: Promised): readonly FloorProblem[] {
  const late = serviceTargets.flatMap((target): FloorProblem[] => {
    const [minutes, floor] = [policy.targets[target], baseline.targets[target]]
    return floor === null || (minutes !== null && minutes <= floor)
      ? []
      : [{ field: `targets.${target}`, reason: 'target-below-floor', target, minutes, floor }]
  })
  const missing = baseline.channels.filter((channel) => !policy.channels.includes(channel))
  return [...late, ...missing.map((channel): FloorProblem => ({ field: 'channels', reason: 'channel-missing', channel }))]
}

/** The policy lifted to a baseline: no target later than the floor's, and every channel of the floor. What was better stays. */
export function liftedTo<P extends Promised>(policy: P, baseline: Promised): P {
  const earlier = (mine: number | null, floor: number | null) => (floor === null ? mine : Math.min(mine ?? floor, floor))
  return {
    ...policy,
    targets: Object.fromEntries(
      serviceTargets.map((target) => [target, earlier(policy.targets[target], baseline.targets[target])]),
    ) as unknown as Targets,
    channels: inOrder([...policy.channels, ...baseline.channels]),
  }
}

/** Channels each once and in the order of the product, so that two lists of the same are equal. */
export const inOrder = (given: readonly ServiceChannel[]): readonly ServiceChannel[] =>
  serviceChannels.filter((channel) => given.includes(channel))

/** The order in which policies of segments are asked whether a customer belongs: by priority, and of the same priority the one that was made first (ids ascend with time). */
export const inTurn = <P extends Pick<Policy, 'priority' | 'id'>>(policies: readonly P[]): readonly P[] =>
  policies.toSorted((a, b) => a.priority - b.priority || (a.id < b.id ? -1 : 1))

/** Why a policy holds for somebody. */
export type PolicyBecause = 'segment' | 'tier' | 'not-valued' | 'tier-without-policy'

/**
 * Which policy holds for a customer: that of the first segment in turn to which they belong; else that of their tier; else the baseline, which is also for whoever was not valued yet. `belongsTo` are ids of segments.
 */
export function policyFor<P extends Policy>(
  policies: readonly P[],
  customer: { readonly tier: Tier | null; readonly belongsTo: ReadonlySet<string> },
): { readonly policy: P; readonly because: PolicyBecause } {
  const ofSegments = inTurn(policies.filter(({ segmentId }) => segmentId !== null && customer.belongsTo.has(segmentId)))
  if (ofSegments[0]) return { policy: ofSegments[0], because: 'segment' }
  const ofTier = customer.tier === null ? undefined : policies.find(({ tier }) => tier === customer.tier)
  if (ofTier) return { policy: ofTier, because: 'tier' }
  return { policy: baselineOf(policies), because: customer.tier === null ? 'not-valued' : 'tier-without-policy' }
}

export function baselineOf<P extends Pick<Policy, 'kind'>>(policies: readonly P[]): P {
  const found = policies.find(({ kind }) => kind === 'baseline')
  if (!found) throw new Error('There is no baseline of service')
  return found
}

/** How policies stand beside each other: tiers from the top of the pyramid, segments in turn, the baseline last. */
export const sideBySide = <P extends Policy>(policies: readonly P[]): readonly P[] => [
  ...policies.filter(({ tier }) => tier !== null).toSorted((a, b) => tiers.indexOf(b.tier!) - tiers.indexOf(a.tier!)),
  ...inTurn(policies.filter(({ kind }) => kind === 'segment')),
  ...policies.filter(({ kind }) => kind === 'baseline'),
]
