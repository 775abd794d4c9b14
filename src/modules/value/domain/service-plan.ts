/** What serving a group of customers by one policy means for a year. Amounts are minor units. */
export interface Served {
  readonly id: string
  readonly customers: number
  /** What these customers bring, as the latest valuation has it. */
  readonly profitMinor: number
  readonly yearlyCostMinor: number
  readonly yearlyMinutes: number
}

/** What can be spent and who is there. Null: nobody has said. */
export interface Means {
  readonly yearlyBudgetMinor: number | null
  readonly agents: number | null
  /** Hours that one agent serves customers in a year. */
  readonly hoursPerAgent: number
}

/** The least that any customer may get, by the baseline. */
export interface Floor {
  readonly yearlyCostMinor: number
  readonly yearlyMinutes: number
}

export interface PlanRow {
  readonly id: string
  readonly customers: number
  readonly profitMinor: number
  readonly costMinor: number
  readonly minutes: number
  readonly warnings: readonly PlanWarning[]
}
/**
 * too-dear: it costs more than these customers bring · below-floor-cost, below-floor-minutes: less is spent on, or done for, a customer than the baseline takes, so that what is promised cannot be kept: cutting
 * the cost of service for profit harms quality and image.
 */
export type PlanWarning = 'too-dear' | 'below-floor-cost' | 'below-floor-minutes'

export interface Plan {
  readonly rows: readonly PlanRow[]
  readonly costMinor: number
  /** Minutes that all policies together need, and that all agents together have. */
  readonly neededMinutes: number
  readonly availableMinutes: number | null
  /** over-budget, short-of-staff: more is promised than can be paid or done · idle-staff: less than half of what could be done is promised, so that more service could be given. */
  readonly warnings: readonly ('over-budget' | 'short-of-staff' | 'idle-staff')[]
}

/** Below this share of the available minutes the staff could do far more than is promised. */
const idleBelow = 0.5

/** The cost of the policies against what their customers bring and against the budget, and the work against the staff: both ways (C-14). A policy that costs nothing is never too dear. */
export function planOf(served: readonly Served[], means: Means, floor: Floor): Plan {
  const rows = served.map((one): PlanRow => {
    const costMinor = one.customers * one.yearlyCostMinor
    const warnings: (PlanWarning | false)[] = [
      costMinor > 0 && costMinor > one.profitMinor && 'too-dear',
      one.yearlyCostMinor < floor.yearlyCostMinor && 'below-floor-cost',
      one.yearlyMinutes < floor.yearlyMinutes && 'below-floor-minutes',
    ]
    return {
      id: one.id,
      customers: one.customers,
      profitMinor: one.profitMinor,
      costMinor,
      minutes: one.customers * one.yearlyMinutes,
      warnings: warnings.filter((warning) => warning !== false),
    }
  })
  const costMinor = rows.reduce((sum, row) => sum + row.costMinor, 0)
  const neededMinutes = rows.reduce((sum, row) => sum + row.minutes, 0)
  const availableMinutes = means.agents === null ? null : means.agents * means.hoursPerAgent * 60
  const warnings: (Plan['warnings'][number] | false)[] = [
    means.yearlyBudgetMinor !== null && costMinor > means.yearlyBudgetMinor && 'over-budget',
    availableMinutes !== null && neededMinutes > availableMinutes && 'short-of-staff',
    availableMinutes !== null && neededMinutes > 0 && neededMinutes < availableMinutes * idleBelow && 'idle-staff',
  ]
  return { rows, costMinor, neededMinutes, availableMinutes, warnings: warnings.filter((warning) => warning !== false) }
}

/** A package of service for one group of customers: by how much it raises satisfaction, and what it costs, per customer and year. */
export interface Package {
  readonly id: string
  readonly satisfactionGain: number
  readonly yearlyCostMinor: number
}

export interface Weighed {
  readonly id: string
  readonly costMinor: number
  /** What the gain is worth, less the cost; minor units. */
  readonly netMinor: number
  readonly affordable: boolean
}

/**
 * The packages by gain − cost for a number of customers, best first (C-17), where a point of satisfaction of one customer is worth `minorPerPoint` a year; of two that are worth the same the cheaper comes first. What
 * costs more than the budget (null: none is set) is not affordable; the best is the first that is.
 */
export function weighed(
  packages: readonly Package[],
  of: { readonly customers: number; readonly budgetMinor: number | null; readonly minorPerPoint: number },
): { readonly best: string | null; readonly all: readonly Weighed[] } {
  const all = packages
    .map((one): Weighed => {
      const costMinor = one.yearlyCostMinor * of.customers
      const netMinor = Math.round(one.satisfactionGain * of.minorPerPoint * of.customers) - costMinor
      return { id: one.id, costMinor, netMinor, affordable: of.budgetMinor === null || costMinor <= of.budgetMinor }
    })
    .toSorted((a, b) => b.netMinor - a.netMinor || a.costMinor - b.costMinor)
  return { best: all.find(({ affordable }) => affordable)?.id ?? null, all }
}
