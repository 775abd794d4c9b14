/** A figure from the literature, shown with its source and never as the user's own. */
export interface Benchmark {
  readonly low: number
  readonly high: number
  /** Text key of the source. */
  readonly source: 'slide-45' | 'slide-46'
}

/** Profit rises by this share where five per cent more customers stay: both ranges that the literature gives (requirement I-22). */
export const retentionBenchmarks: readonly Benchmark[] = [
  { low: 0.25, high: 0.5, source: 'slide-45' },
  { low: 0.25, high: 0.95, source: 'slide-46' },
]

export interface ProfitRange {
  readonly source: Benchmark['source']
  readonly lowMinor: number
  readonly highMinor: number
}

/** What a profit would be within each benchmark range, in minor units, rounded half-up. A loss stays as it is: the benchmark speaks of profits. */
export function profitIfRetentionRose(profitMinor: number): ProfitRange[] {
  return retentionBenchmarks.map(({ low, high, source }) => ({
    source,
    lowMinor: profitMinor > 0 ? Math.round(profitMinor * (1 + low)) : profitMinor,
    highMinor: profitMinor > 0 ? Math.round(profitMinor * (1 + high)) : profitMinor,
  }))
}

/** What winning a new customer costs against keeping one, at least, by the literature (requirement I-23). */
export const winningBenchmark = 5

export interface WinningCost {
  /** Minor units per customer won, or null where nobody was won or nothing was entered. */
  readonly perNewMinor: number | null
  readonly perKeptMinor: number | null
  /** Cost of winning one ÷ cost of keeping one, or null where either is unknown or keeping cost nothing. */
  readonly ratio: number | null
  /** Many were won and as many lost: picking corn and dropping it (猴子掰玉米). */
  readonly leaking: boolean
}

/**
 * The company's own multiplier beside the benchmark of 5. `lost` are customers who stopped ordering in the same period; leaking is said where at least ten were won and at least
 * four fifths as many were lost.
 */
export function winningCost(own: { acquireMinor: number; retainMinor: number; won: number; kept: number; lost: number }): WinningCost {
  const perNewMinor = own.won > 0 && own.acquireMinor > 0 ? own.acquireMinor / own.won : null
  const perKeptMinor = own.kept > 0 && own.retainMinor > 0 ? own.retainMinor / own.kept : null
  return {
    perNewMinor,
    perKeptMinor,
    ratio: perNewMinor !== null && perKeptMinor !== null ? perNewMinor / perKeptMinor : null,
    leaking: own.won >= 10 && own.lost >= 0.8 * own.won,
  }
}
