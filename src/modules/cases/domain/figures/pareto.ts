import { wilsonInterval } from '#numerics/wilson-interval.ts'
import { type Basis, counted, type Interval, leastForShare, sized } from './reliability.ts'

export interface ParetoItem {
  readonly key: string
  /** Cases, or an amount in minor units. */
  readonly value: number
}

export interface ParetoBar extends ParetoItem {
  readonly rank: number
  /** Shares of the total, 0…1. */
  readonly share: number
  readonly cumulative: number
  /** Belongs to the vital few. */
  readonly vital: boolean
  /** Interval of the share (Wilson, 95 %); null for amounts, which are not counted one by one. */
  readonly interval: Interval | null
}

export interface Pareto {
  readonly total: number
  /** From the largest to the smallest; equals by key. */
  readonly bars: readonly ParetoBar[]
  /** What was grouped, always last and never vital, whatever its size. */
  readonly other: { readonly keys: number; readonly value: number; readonly share: number } | null
  /** Keys of the vital few, in order, and what they hold together. */
  readonly vital: readonly string[]
  readonly vitalShare: number
  /** Whether the vital few are few: at most half of the bars above 0. Where they are not, the causes weigh about the same and no order of attack follows. */
  readonly pronounced: boolean
  readonly basis: Basis
}

export interface ParetoRules {
  /** From which percentage of the total on the rest are the trivial many: above 0, at most 100. */
  readonly cutPercent: number
  /** How many bars are drawn before the rest is grouped as "other"; the vital few are drawn in any case. Null draws all. */
  readonly draw: number | null
  /** 'cases' are counted one by one and have an interval; an 'amount' has none. */
  readonly of: 'cases' | 'amount'
}

export const defaultParetoRules: ParetoRules = { cutPercent: 80, draw: 12, of: 'cases' }

/**
 * Pareto chart (排列图, requirement F-12): bars sorted from the largest, shares, cumulative shares, and the vital few: the fewest leading bars that hold
 * `cutPercent` of the total. Bars as large as the last of them belong to them too, since nothing but their names sets them apart. Values are whole numbers of
 * at least 0 (RangeError otherwise), each key once; without a value above 0 there are bars, but no shares above 0 and no vital few. 'few' below 30 cases.
 *
 * J. M. Juran, Quality Control Handbook (1951). The cut at 80 % is a habit, not a law.
 *
 * @example 50, 30, 15, 5 // => cumulative 0.5, 0.8, 0.95, 1; the vital few are the first two
 */
export function pareto(items: readonly ParetoItem[], rules: ParetoRules = defaultParetoRules): Pareto {
  const total = items.reduce((sum, { key, value }) => sum + counted(value, key), 0)
  const sorted = items.toSorted((a, b) => b.value - a.value || (a.key < b.key ? -1 : 1))
  const vitalCount = leading(sorted, total, rules.cutPercent)
  const drawn = rules.draw === null ? sorted.length : Math.max(rules.draw, vitalCount)
  let sum = 0
  const bars = sorted.map((item, i): ParetoBar => {
    sum += item.value
    return {
      ...item,
      rank: i + 1,
      share: total > 0 ? item.value / total : 0,
      cumulative: total > 0 ? sum / total : 0,
      vital: i < vitalCount,
      interval: rules.of === 'cases' && total > 0 ? wilsonInterval(item.value, total) : null,
    }
  })
  const rest = bars.slice(drawn)
  const restValue = rest.reduce((all, { value }) => all + value, 0)
  const weighty = bars.filter(({ value }) => value > 0).length
  return {
    total,
    bars: bars.slice(0, drawn),
    other: rest.length === 0 ? null : { keys: rest.length, value: restValue, share: total > 0 ? restValue / total : 0 },
    vital: bars.slice(0, vitalCount).map(({ key }) => key),
    vitalShare: vitalCount === 0 ? 0 : bars[vitalCount - 1]!.cumulative,
    pronounced: vitalCount > 0 && vitalCount <= weighty / 2,
    basis: total === 0 ? 'none' : rules.of === 'cases' && total < leastForShare ? 'few' : 'enough',
  }
}

/** How many leading bars hold the cut, ties at its end included. In whole numbers, so that 80 of 100 is 80 %. */
function leading(sorted: readonly ParetoItem[], total: number, cutPercent: number): number {
  if (total === 0) return 0
  sized(cutPercent, 'cut')
  let sum = 0
  let count = 0
  while (count < sorted.length && sum * 100 < cutPercent * total) sum += sorted[count++]!.value
  const last = sorted[count - 1]
  while (last && count < sorted.length && sorted[count]!.value === last.value) count++
  return count
}

export interface ParetoLeaf extends ParetoItem {
  /** The category that a reason belongs to, the department of a person … */
  readonly group: string
}

export interface ParetoOfTwoLevels {
  readonly groups: Pareto
  /** Within each group, in the order of the groups; shares are of the group. */
  readonly within: readonly { readonly group: string; readonly pareto: Pareto }[]
  /** Over all groups; the same reason in two groups is two bars, keyed "group/key". */
  readonly across: Pareto
}

/** Pareto charts of both levels (G-02: four categories, nineteen reasons): of the groups, within each group, and of all leaves together. */
export function paretoOfTwoLevels(leaves: readonly ParetoLeaf[], rules: ParetoRules = defaultParetoRules): ParetoOfTwoLevels {
  const byGroup = Map.groupBy(leaves, ({ group }) => group)
  const groups = pareto(
    [...byGroup].map(([key, list]) => ({ key, value: list.reduce((sum, { value }) => sum + value, 0) })),
    { ...rules, draw: null },
  )
  return {
    groups,
    within: groups.bars.map(({ key }) => ({ group: key, pareto: pareto(byGroup.get(key)!.map(plain), rules) })),
    across: pareto(
      leaves.map(({ group, key, value }) => ({ key: `${group}/${key}`, value })),
      rules,
    ),
  }
}

const plain = ({ key, value }: ParetoLeaf): ParetoItem => ({ key, value })
