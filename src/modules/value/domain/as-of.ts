import type { PeriodUnit } from './purchase-history.ts'
import type { RfmSettings } from './rfm.ts'
import type { TierSettings } from './tiers.ts'
import { defaultValuationSettings, type ValuationSettings } from './valuation-settings.ts'

/** Why figures are as of the day they are: it was asked for, it is today, or nothing newer than the newest order is known. */
export type AsOfReason = 'given' | 'today' | 'newest-order'

/** Above this many days without any order the data are history, and "today" would make everybody look lost. */
const silentDays = 60

/** The day that figures are as of; days since 1970. Orders of the future do not move it beyond today. */
export function asOfDay(
  today: number,
  newestOrderDay: number | null,
  given: number | null,
): { readonly day: number; readonly reason: AsOfReason } {
  if (given !== null) return { day: given, reason: 'given' }
  if (newestOrderDay !== null && today - newestOrderDay > silentDays) return { day: newestOrderDay, reason: 'newest-order' }
  return { day: today, reason: 'today' }
}

/**
 * The day on which customers are scored again after a change: today where the book is kept current, else no later than the newest of their orders, so that one new order in an old book
 * does not age everybody else.
 */
export function rescoreDay(valuedDay: number, today: number, newestOrderDay: number | null): number {
  if (today - valuedDay <= silentDays) return Math.max(valuedDay, today)
  return Math.max(valuedDay, Math.min(today, newestOrderDay ?? valuedDay))
}

/** What administrators have set and a run may ask for instead, in people's units. */
export interface ValuationWishes {
  readonly unit: PeriodUnit
  readonly horizonMonths: number
  readonly discountPercentPerMonth: number
  /** Whether Pareto/NBD is fitted and compared, too. */
  readonly pareto: boolean
  readonly rfm: RfmSettings
  readonly marginPercent: number | null
  readonly tiers: TierWishes
  readonly minorPerMajor: number
  readonly calibrationEndDay: number | null
}

export interface TierWishes {
  readonly by: 'rank' | 'amount'
  readonly platinumPercent: number
  readonly goldPercent: number
  readonly ironPercent: number
  readonly platinumFromMinor: number
  readonly goldFromMinor: number
  readonly hysteresisPercent: number
}

export const tierSettingsOf = (wishes: TierWishes): TierSettings => ({
  by:
    wishes.by === 'amount'
      ? { amount: { platinum: wishes.platinumFromMinor, gold: wishes.goldFromMinor } }
      : { rank: { platinum: wishes.platinumPercent / 100, gold: wishes.goldPercent / 100, iron: wishes.ironPercent / 100 } },
  hysteresis: wishes.hysteresisPercent / 100,
})

export const valuationSettingsOf = (day: number, wishes: ValuationWishes): ValuationSettings => ({
  ...defaultValuationSettings(day),
  calibrationEndDay: wishes.calibrationEndDay,
  unit: wishes.unit,
  horizon: { months: wishes.horizonMonths, discountPerMonth: wishes.discountPercentPerMonth / 100 },
  minorPerMajor: wishes.minorPerMajor,
  pareto: wishes.pareto,
  rfm: wishes.rfm,
  organisationMargin: wishes.marginPercent === null ? null : wishes.marginPercent / 100,
  tiers: tierSettingsOf(wishes.tiers),
})

/** 'YYYY-MM-DD' of a day number, and back. */
export const dayText = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10)
export const dayNumber = (text: string): number => Math.floor(Date.parse(text) / 86_400_000)
