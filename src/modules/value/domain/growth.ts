import type { Tier } from './tiers.ts'

/** The tiers from which one can rise by what one brings, each with the next. */
export const risingTiers = ['gold', 'iron'] as const
export type RisingTier = (typeof risingTiers)[number]
export const nextTier: Readonly<Record<RisingTier, Tier>> = { gold: 'platinum', iron: 'gold' }

/** Nobody buys everything elsewhere who buys from us: above this share the noted ones are taken for a little too high. */
export const mostElsewherePercent = 95

/**
 * What a customer's profit could grow by if everything they buy elsewhere were bought from us (C-03): profit · e ÷ (1 − e), minor units, rounded; e is the share of their purchases that others have. Null where nobody
 * has noted it; 0 where they bring nothing.
 */
export function growthPotential(profitMinor: number, elsewherePercent: number | null): number | null {
  if (elsewherePercent === null) return null
  const elsewhere = Math.min(mostElsewherePercent, Math.max(0, elsewherePercent)) / 100
  return Math.min(Number.MAX_SAFE_INTEGER, Math.max(0, Math.round((profitMinor * elsewhere) / (1 - elsewhere))))
}

export interface Rise {
  /** Profit from which the next tier is reached for sure: its floor and the hysteresis above it. Null where the tier has no floor that anybody reaches. */
  readonly targetMinor: number | null
  /** What is lacking; 0 where the target is reached. */
  readonly gapMinor: number | null
  /** The floor itself is passed: to be proposed for promotion, although the hysteresis may still hold them back (C-04). */
  readonly passes: boolean
}

/** How far somebody is from the next tier. `floorMinor`: profit from which that tier begins, null for none; `hysteresis` as a share. */
export function riseOf(profitMinor: number, floorMinor: number | null, hysteresis: number): Rise {
  if (floorMinor === null) return { targetMinor: null, gapMinor: null, passes: false }
  const targetMinor = Math.ceil(floorMinor * (1 + hysteresis))
  return { targetMinor, gapMinor: Math.max(0, targetMinor - profitMinor), passes: profitMinor >= floorMinor }
}
