import {
  type MixElement,
  mixElements,
  type PolicyContent,
  type ServiceTarget,
  serviceTargets,
  type Targets,
} from '../domain/service-policy.ts'
import { lines, type Policy, type ShippedPart } from './policy-words.ts'

/** A policy as its form holds it: one field each, named as the server names what is wrong with it. */
export type PolicyValues = {
  readonly name: string | null
  readonly segmentId?: string
  readonly others?: 'refuse' | 'lift'
  readonly benefits: readonly string[] | null
} & Readonly<Record<`mix.${MixElement}` | 'cadence', string | null>> &
  Readonly<Record<`targets.${ServiceTarget}`, number | null>> &
  Pick<
    PolicyContent,
    | 'departmentId'
    | 'servedByDepartmentId'
    | 'servedByTeamId'
    | 'channels'
    | 'accountManager'
    | 'yearlyCostMinor'
    | 'yearlyMinutes'
    | 'satisfactionGain'
    | 'priority'
  >

/** The product's own words of a part, in the reader's language. */
export type Shipped = (part: ShippedPart) => string

/** What the form begins with: the product's own words stand where nobody has written others. */
export function valuesOf(policy: Policy, shipped: Shipped): PolicyValues {
  const { name, departmentId, servedByDepartmentId, servedByTeamId, channels, accountManager } = policy
  const { yearlyCostMinor, yearlyMinutes, satisfactionGain, priority, targets, mix } = policy
  return {
    ...{ name, departmentId, servedByDepartmentId, servedByTeamId, channels, accountManager },
    ...{ yearlyCostMinor, yearlyMinutes, satisfactionGain, priority },
    cadence: policy.cadence ?? shipped('cadence'),
    benefits: policy.benefits ?? lines(shipped('benefits')),
    ...entries(serviceTargets, (target) => [`targets.${target}`, targets[target]]),
    ...entries(mixElements, (element) => [`mix.${element}`, mix[element] ?? shipped(element)]),
  } as unknown as PolicyValues
}

/** What is sent. Words that are the product's own stay the product's, so that everybody reads them in their language. */
export function contentOf(values: PolicyValues, shipped: Shipped) {
  const said = (text: string | null | undefined, part: ShippedPart) => {
    const plain = text?.trim() ?? ''
    return plain === '' || plain === shipped(part) ? null : plain
  }
  const benefits = (values.benefits ?? []).map((benefit) => benefit.trim()).filter((benefit) => benefit !== '')
  return {
    name: values.name?.trim() || null,
    mix: entries(mixElements, (element) => [element, said(values[`mix.${element}`], element)]) as Record<MixElement, string | null>,
    targets: targetsOf(values),
    departmentId: values.departmentId ?? null,
    servedByDepartmentId: values.servedByDepartmentId ?? null,
    servedByTeamId: values.servedByTeamId ?? null,
    channels: [...(values.channels ?? [])],
    accountManager: values.accountManager ?? false,
    cadence: said(values.cadence, 'cadence'),
    benefits: benefits.length === 0 || benefits.join('\n') === shipped('benefits') ? null : benefits,
    yearlyCostMinor: values.yearlyCostMinor,
    yearlyMinutes: values.yearlyMinutes,
    satisfactionGain: values.satisfactionGain,
    priority: values.priority,
  }
}

/** What of the form the floor is about, also while it is only half filled in. */
export const promisedIn = (values: PolicyValues) => ({ targets: targetsOf(values), channels: values.channels ?? [] })

const targetsOf = (values: PolicyValues): Targets & Record<ServiceTarget, number | null> =>
  entries(serviceTargets, (target) => [target, values[`targets.${target}`] ?? null]) as Record<ServiceTarget, number | null>

const entries = <N extends string>(names: readonly N[], entry: (name: N) => readonly [string, unknown]) =>
  Object.fromEntries(names.map(entry))
