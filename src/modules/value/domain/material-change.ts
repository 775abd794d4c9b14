import type { ValuationFigures } from './valuation-score.ts'

/** The last recorded assessment of every customer, one place per customer. */
export interface FormerFigures {
  /** Tier codes, 0 where there is no assessment yet. */
  readonly tier: Uint8Array
  /** Place in `valueLabels` plus 1; customers without scores count as low. */
  readonly valueLabel: Uint8Array
  /** Place in `tierReasons`. */
  readonly tierReason: Uint8Array
  readonly asOfDay: Int32Array
  readonly profit: Float64Array
  readonly lifetimeValue: Float64Array
  /** NaN where there was no forecast. */
  readonly probabilityOrdering: Float32Array
}

export const emptyFormer = (customers: number): FormerFigures => ({
  tier: new Uint8Array(customers),
  valueLabel: new Uint8Array(customers),
  tierReason: new Uint8Array(customers),
  asOfDay: new Int32Array(customers),
  profit: new Float64Array(customers),
  lifetimeValue: new Float64Array(customers),
  probabilityOrdering: new Float32Array(customers).fill(Number.NaN),
})

/** Money has moved materially when it moved by a quarter of what it was and by a quarter of what is usual in the book. */
const moneyShare = 0.25
/** So has the probability of ordering when it moved by this much. */
const probabilityStep = 0.15

/** Mean magnitude of profit and lifetime value in the whole book, minor units. */
export interface UsualAmounts {
  readonly profit: number
  readonly lifetimeValue: number
}

export const usualAmounts = (figures: ValuationFigures): UsualAmounts => ({
  profit: meanMagnitude(figures.profit),
  lifetimeValue: meanMagnitude(figures.lifetimeValue),
})

/**
 * Who gets a new dated row: customers without one, those whose tier, its reason or whose value label changed, and those with a figure that people act on
 * (profit, lifetime value, probability of ordering) moved materially. Places ascend.
 */
export function materiallyChanged(
  former: FormerFigures,
  figures: ValuationFigures,
  tierReason: Uint8Array,
  usual: UsualAmounts,
): Int32Array {
  const changed = new Int32Array(figures.tier.length)
  let count = 0
  for (let i = 0; i < figures.tier.length; i++) {
    const same =
      former.tier[i] === figures.tier[i] &&
      former.valueLabel[i] === Math.max(1, figures.valueLabel[i]!) &&
      former.tierReason[i] === tierReason[i] &&
      !moved(former.profit[i]!, figures.profit[i]!, usual.profit) &&
      !moved(former.lifetimeValue[i]!, orNothing(figures.lifetimeValue[i]!), usual.lifetimeValue) &&
      !stepped(former.probabilityOrdering[i]!, figures.probabilityOrdering[i]!)
    if (!same) changed[count++] = i
  }
  return changed.slice(0, count)
}

const moved = (before: number, after: number, usual: number): boolean =>
  Math.abs(after - before) > moneyShare * Math.max(Math.abs(before), usual)

/** A forecast that appears or disappears has moved, too. */
const stepped = (before: number, after: number): boolean =>
  Number.isNaN(before) !== Number.isNaN(after) || Math.abs(after - before) > probabilityStep

const orNothing = (value: number): number => (Number.isNaN(value) ? 0 : value)

/** Mean of the absolute values, leaving out what is not known. */
function meanMagnitude(values: Float64Array): number {
  let sum = 0
  let known = 0
  for (const value of values) {
    if (Number.isNaN(value)) continue
    sum += Math.abs(value)
    known++
  }
  return known > 0 ? sum / known : 0
}
