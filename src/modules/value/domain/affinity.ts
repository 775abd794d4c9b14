/** Baskets side by side: the distinct items of basket b are items[start[b] … start[b + 1]); items are 0 … itemCount − 1. */
export interface Baskets {
  readonly itemCount: number
  readonly start: ArrayLike<number>
  readonly items: ArrayLike<number>
}

/** Two items that were bought together, a < b. */
export interface ItemPair {
  readonly a: number
  readonly b: number
  readonly together: number
  readonly ofA: number
  readonly ofB: number
  /** Share of the baskets with both. */
  readonly support: number
  readonly confidenceAToB: number
  readonly confidenceBToA: number
  /** How many times more often together than by chance. */
  readonly lift: number
  /** together ÷ √(ofA · ofB): cosine of the two items' baskets. */
  readonly cosine: number
}

export interface AffinityReport {
  readonly baskets: number
  /** Distinct pairs that occur at all. */
  readonly pairs: number
  /** Baskets above the cap, whose pairs were not counted. */
  readonly skipped: number
  readonly bySupport: readonly ItemPair[]
  readonly byLift: readonly ItemPair[]
}

export interface AffinityOptions {
  /** Baskets with more items are left out of the pairs, because their number grows with the square; they still count as baskets. */
  readonly maxItems: number
  readonly minTogether: number
  readonly top: number
}

export const defaultAffinityOptions: AffinityOptions = { maxItems: 300, minTogether: 5, top: 50 }

/** Counts all pairs and keeps the best by support and by lift (R. Agrawal & R. Srikant, VLDB 1994). Items with equal figures go by their number. */
export function affinity(baskets: Baskets, options: AffinityOptions = defaultAffinityOptions): AffinityReport {
  const bySupport = best(options.top, (pair) => pair.together)
  const byLift = best(options.top, (pair) => pair.lift)
  let pairs = 0
  const skipped = visitPairs(baskets, options.maxItems, (a, b, together, ofA, ofB, total) => {
    if (a > b) return
    pairs++
    if (together < options.minTogether) return
    const pair: ItemPair = {
      a,
      b,
      together,
      ofA,
      ofB,
      support: together / total,
      confidenceAToB: together / ofA,
      confidenceBToA: together / ofB,
      lift: (together * total) / (ofA * ofB),
      cosine: together / Math.sqrt(ofA * ofB),
    }
    bySupport.offer(pair)
    byLift.offer(pair)
  })
  return { baskets: baskets.start.length - 1, pairs, skipped, bySupport: bySupport.take(), byLift: byLift.take() }
}

/**
 * Calls back for every ordered pair (a, b), a ≠ b, that occurs together, all pairs of one `a` in a row. Goes through the baskets of one item at a time, so
 * memory is what the number of items is and nothing is hashed. Returns how many baskets were above the cap.
 */
export function visitPairs(
  baskets: Baskets,
  maxItems: number,
  visit: (a: number, b: number, together: number, ofA: number, ofB: number, baskets: number) => void,
): number {
  const { itemCount, start, items } = baskets
  const count = start.length - 1
  const frequency = new Int32Array(itemCount)
  const place = new Int32Array(itemCount + 1)
  let skipped = 0
  for (let basket = 0; basket < count; basket++) {
    const counted = start[basket + 1]! - start[basket]! <= maxItems
    if (!counted) skipped++
    for (let k = start[basket]!; k < start[basket + 1]!; k++) {
      frequency[items[k]!] = frequency[items[k]!]! + 1
      if (counted) place[items[k]! + 1] = place[items[k]! + 1]! + 1
    }
  }
  for (let item = 0; item < itemCount; item++) place[item + 1] = place[item + 1]! + place[item]!
  const holders = new Int32Array(place[itemCount]!)
  const next = place.slice()
  for (let basket = 0; basket < count; basket++) {
    if (start[basket + 1]! - start[basket]! > maxItems) continue
    for (let k = start[basket]!; k < start[basket + 1]!; k++) {
      const item = items[k]!
      holders[next[item]!] = basket
      next[item] = next[item]! + 1
    }
  }
  const together = new Int32Array(itemCount)
  const met: number[] = []
  for (let a = 0; a < itemCount; a++) {
    for (let h = place[a]!; h < place[a + 1]!; h++) {
      const basket = holders[h]!
      for (let k = start[basket]!; k < start[basket + 1]!; k++) {
        const b = items[k]!
        if (together[b] === 0 && b !== a) met.push(b)
        together[b] = together[b]! + 1
      }
    }
    together[a] = 0
    for (const b of met) {
      visit(a, b, together[b]!, frequency[a]!, frequency[b]!, count)
      together[b] = 0
    }
    met.length = 0
  }
  return skipped
}

/** Keeps the best few of a stream; sorts only when twice as many have gathered. */
function best(size: number, measure: (pair: ItemPair) => number): { offer: (pair: ItemPair) => void; take: () => ItemPair[] } {
  let kept: ItemPair[] = []
  let least = Number.NEGATIVE_INFINITY
  const shrink = (): void => {
    kept.sort((p, q) => measure(q) - measure(p) || p.a - q.a || p.b - q.b)
    kept = kept.slice(0, size)
    if (kept.length === size && size > 0) least = measure(kept.at(-1)!)
  }
  return {
    offer: (pair) => {
      if (measure(pair) < least) return
      kept.push(pair)
      if (kept.length >= 2 * size + 16) shrink()
    },
    take: () => {
      shrink()
      return kept
    },
  }
}
