/** One bin of a distribution: values from … below `to`; the last bin has no end. */
export interface Bin {
  readonly fromMinor: number
  readonly toMinor: number | null
  readonly customers: number
  readonly totalMinor: number
}

export interface Distribution {
  readonly customers: number
  readonly totalMinor: number
  readonly meanMinor: number | null
  readonly medianMinor: number | null
  readonly bins: readonly Bin[]
}

const mostBins = 20

/**
 * How values ≥ 0 are distributed, in at most 20 bins of a round width (1, 2 or 5 times a power of ten) that reach up to the 95th percentile; what lies above is the last
 * bin. NaN is left out. Sums of the bins are the totals.
 */
export function distributionOf(values: Float64Array): Distribution {
  const all = values.slice().sort()
  // Sorted, NaN comes last.
  let n = all.length
  while (n > 0 && Number.isNaN(all[n - 1])) n--
  const sorted = all.subarray(0, n)
  if (n === 0) return { customers: 0, totalMinor: 0, meanMinor: null, medianMinor: null, bins: [] }
  const width = roundWidth(sorted[Math.floor(0.95 * (n - 1))]! / (mostBins - 1))
  const count = Math.min(mostBins, Math.floor(sorted[n - 1]! / width) + 1)
  const customers = new Array<number>(count).fill(0)
  const totals = new Array<number>(count).fill(0)
  let total = 0
  for (const value of sorted) {
    const bin = Math.min(count - 1, Math.max(0, Math.floor(value / width)))
    customers[bin]!++
    totals[bin]! += value
    total += value
  }
  return {
    customers: n,
    totalMinor: Math.round(total),
    meanMinor: total / n,
    medianMinor: (sorted[(n - 1) >> 1]! + sorted[n >> 1]!) / 2,
    bins: customers.map((count, k) => ({
      fromMinor: k * width,
      toMinor: k === customers.length - 1 ? null : (k + 1) * width,
      customers: count,
      totalMinor: Math.round(totals[k]!),
    })),
  }
}

/** The smallest of 1, 2, 5 times a power of ten that is not below; at least one minor unit. */
function roundWidth(least: number): number {
  if (!(least > 1)) return 1
  const power = 10 ** Math.floor(Math.log10(least))
  return [1, 2, 5, 10].map((step) => step * power).find((width) => width >= least) ?? 10 * power
}

/** Values as groups of neighbouring ranks: each group's mean, and how many it stands for. What a preview of thresholds needs of a million profits. */
export interface RankSketch {
  readonly means: readonly number[]
  readonly counts: readonly number[]
}

/** At most `groups` groups of as equal size as possible of values that ascend; with no more values than groups it holds each of them. */
export function rankSketch(ascending: Float64Array, groups = 2_000): RankSketch {
  const size = Math.min(groups, ascending.length)
  const means: number[] = []
  const counts: number[] = []
  for (let group = 0; group < size; group++) {
    const from = Math.floor((group * ascending.length) / size)
    const to = Math.floor(((group + 1) * ascending.length) / size)
    let sum = 0
    for (let i = from; i < to; i++) sum += ascending[i]!
    means.push(sum / (to - from))
    counts.push(to - from)
  }
  return { means, counts }
}
