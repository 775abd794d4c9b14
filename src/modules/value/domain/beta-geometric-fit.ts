import { type BetaGeometric, betaGeometricObjective, type FirstChance } from './beta-geometric.ts'
import { type ModelFit, minimizeOverGroups, named, refusedFit, standardErrorsOf } from './model-fit.ts'
import { fitNbd } from './nbd.ts'
import { medianAge, type PurchaseGroups, repeatsOf } from './purchase-groups.ts'

const names = ['r', 'alpha', 'a', 'b'] as const

/** Below this chance of leaving per purchase, a / (a + b), or this gain in log-likelihood over NBD, drop-out is not visible. */
const visibleDropOut = 1e-4
const visibleGain = 1e-3

/** Maximum likelihood of BG/NBD (firstChance 0) and MBG/NBD (1), from (1, median age, 1, 1). */
export function fitBetaGeometric<Model>(
  groups: PurchaseGroups,
  firstChance: FirstChance,
  build: (parameters: BetaGeometric) => Model,
): ModelFit<Model> {
  if (groups.customers === 0) return refusedFit('no-customers', 0)
  if (repeatsOf(groups) === 0) return refusedFit('no-repeat-orders', groups.customers)
  const start = [0, Math.log(Math.max(medianAge(groups), 1 / groups.unitDays)), 0, 0]
  const minimum = minimizeOverGroups(groups, (some) => betaGeometricObjective(some, firstChance), start)
  const parameters = named(names, minimum.parameters)
  const gain = -minimum.value - (fitNbd(groups).logLikelihood ?? Number.NEGATIVE_INFINITY)
  const dropOutVisible =
    parameters.a > visibleDropOut && parameters.a > visibleDropOut * (parameters.a + parameters.b) && gain > visibleGain
  const reason =
    minimum.reason === 'stopped'
      ? 'not-settled'
      : !dropOutVisible
        ? 'no-drop-out-visible'
        : minimum.reason === 'boundary'
          ? 'no-difference-visible'
          : null
  return {
    model: build(parameters),
    usable: reason === null || reason === 'no-difference-visible',
    reason,
    logLikelihood: -minimum.value,
    standardErrors: standardErrorsOf(names, minimum),
    gradientNorm: minimum.gradientNorm,
    evaluations: minimum.evaluations,
    customers: groups.customers,
  }
}
