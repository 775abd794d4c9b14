/** From bottom to top; the index is how tiers are kept in arrays, plus 1, with 0 for "none yet". */
export const tiers = ['lead', 'iron', 'gold', 'platinum'] as const
export type Tier = (typeof tiers)[number]

export const tierCode = (tier: Tier | null): number => (tier === null ? 0 : tiers.indexOf(tier) + 1)
export const tierOfCode = (code: number): Tier | null => (code === 0 ? null : tiers[code - 1]!)

export interface TierSettings {
  /** rank: shares of the customers by profit, from the top · amount: profit from which a tier begins, minor units. */
  readonly by:
    | { readonly rank: { readonly platinum: number; readonly gold: number; readonly iron: number } }
    | { readonly amount: { readonly platinum: number; readonly gold: number } }
  /** A customer changes tier only where the profit is this share beyond the border. */
  readonly hysteresis: number
}

export const defaultTierSettings: TierSettings = { by: { rank: { platinum: 0.05, gold: 0.2, iron: 0.6 } }, hysteresis: 0.1 }

/** Profit, in minor units, from which platinum and gold begin. Iron begins at 0: lead is who costs more than they bring. */
export interface TierFloors {
  readonly platinum: number
  readonly gold: number
}

/**
 * The floors that the settings mean for these profits, which ascend. By rank: the best 5 % (at least one customer) are platinum, the next 20 % gold; equal profits are always in
 * the same tier, and a block of equals that reaches across a border falls into the lower tier, so platinum never has more than its share.
 * Nobody without a profit above 0 is platinum or gold; a tier without anybody begins at the largest number there is, so that floors survive JSON. What is left above 0 after iron's share stays iron.
 */
export function tierFloors(ascending: Float64Array, settings: TierSettings): TierFloors {
  if ('amount' in settings.by) return settings.by.amount
  const { platinum, gold } = settings.by.rank
  const top = floorOfTop(ascending, platinum)
  return { platinum: top, gold: Math.min(top, floorOfTop(ascending, platinum + gold)) }
}

/** Smallest profit among the best share of the customers, whole blocks of equals only, above 0. */
function floorOfTop(ascending: Float64Array, share: number): number {
  const n = ascending.length
  // Shares such as 0.05 + 0.2 are not exact in binary; without the subtraction 25 % of 20 could become 6.
  const allowed = share > 0 ? Math.ceil(share * n - 1e-9) : 0
  let first = n - allowed
  if (first > 0 && first < n) while (first < n && ascending[first] === ascending[first - 1]) first++
  while (first < n && ascending[first]! <= 0) first++
  return first < n ? ascending[first]! : Number.MAX_VALUE
}

/** The tier of a profit by the floors alone. */
export function tierByFloors(profit: number, floors: TierFloors): Tier {
  if (profit < 0) return 'lead'
  if (profit >= floors.platinum) return 'platinum'
  return profit >= floors.gold ? 'gold' : 'iron'
}

/**
 * The tier with regard to the former one: up only where the profit is `hysteresis` above the floor of the higher tier, down only where it is that much below the
 * floor of the former one. The border of lead lies at 0 and has no such band: costs above income are lead by definition.
 */
export function tierOf(profit: number, former: Tier | null, floors: TierFloors, hysteresis: number): Tier {
  const plain = tierByFloors(profit, floors)
  if (former === null || plain === former || plain === 'lead' || former === 'lead') return plain
  const rising = tierByFloors(profit, scaled(floors, 1 + hysteresis))
  if (rank(rising) > rank(former)) return rising
  const falling = tierByFloors(profit, scaled(floors, 1 - hysteresis))
  if (rank(falling) < rank(former)) return falling
  return former
}

const rank = (tier: Tier): number => tiers.indexOf(tier)
const scaled = (floors: TierFloors, factor: number): TierFloors => ({ platinum: floors.platinum * factor, gold: floors.gold * factor })

/** A tier set by hand, with the last day on which it holds. */
export interface TierOverride {
  readonly tier: Tier
  readonly untilDay: number
}

export interface TierDecision {
  readonly tier: Tier
  /** What the profit alone says; kept in sight where it was set by hand. */
  readonly computed: Tier
  readonly overridden: boolean
  /** May be proposed for release: lead, and not exempt because of a strategic value (C-10). */
  readonly releasable: boolean
}

/** The tier of a customer on a day: by profit with hysteresis, unless set by hand until that day or later. */
export function decideTier(
  customer: { readonly profit: number; readonly former: Tier | null; readonly override: TierOverride | null; readonly strategic: boolean },
  floors: TierFloors,
  hysteresis: number,
  asOfDay: number,
): TierDecision {
  const computed = tierOf(customer.profit, customer.former, floors, hysteresis)
  const overridden = customer.override !== null && customer.override.untilDay >= asOfDay
  const tier = overridden ? customer.override!.tier : computed
  return { tier, computed, overridden, releasable: tier === 'lead' && !customer.strategic }
}

/** Customers per tier, for a preview of settings before they are saved; former tiers as codes, or null for a first assignment. */
export function previewTiers(
  profits: Float64Array,
  formerCodes: Uint8Array | null,
  settings: TierSettings,
): { readonly floors: TierFloors; readonly counts: Readonly<Record<Tier, number>> } {
  const floors = tierFloors(profits.slice().sort(), settings)
  const counts: Record<Tier, number> = { lead: 0, iron: 0, gold: 0, platinum: 0 }
  for (let i = 0; i < profits.length; i++)
    counts[tierOf(profits[i]!, formerCodes ? tierOfCode(formerCodes[i]!) : null, floors, settings.hysteresis)]++
  return { floors, counts }
}

/**
 * Movement between two assignments (codes, 0 = not yet or no longer a customer): matrix[from][to], five by five. The sum of all cells is the number of customers.
 */
export function movementMatrix(from: Uint8Array, to: Uint8Array): number[][] {
  const matrix = Array.from({ length: 5 }, () => [0, 0, 0, 0, 0])
  for (let i = 0; i < from.length; i++) {
    const row = matrix[from[i]!]!
    row[to[i]!] = row[to[i]!]! + 1
  }
  return matrix
}

export const valueLabels = ['low', 'middle', 'high'] as const
export type ValueLabel = (typeof valueLabels)[number]

/**
 * The label of the CRM literature (C-11), from how often and how much a customer buys: high where frequency and monetary score average at least four fifths of the
 * bands, low where they average at most two fifths, else middle. Another scale than the tier, which is profit.
 */
export function valueLabel(frequencyScore: number, monetaryScore: number, bands = 5): ValueLabel {
  const mean = (frequencyScore + monetaryScore) / 2 / bands
  if (mean >= 0.8) return 'high'
  return mean <= 0.4 ? 'low' : 'middle'
}
