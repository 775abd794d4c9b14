import { dayIn as dayTextIn, organizationProfile, readSetting } from '#modules/organization/public.ts'
import type { Db } from '#platform/database/connection.ts'
import { dayNumber, type ValuationWishes } from '../domain/as-of.ts'
import { forecastSetting, marginSetting, rfmSetting, tierSetting } from '../settings.ts'

/** What one valuation is asked besides the settings. */
export interface ValuationInput {
  readonly asOf?: string | undefined
  readonly calibrateUntil?: string | undefined
  readonly unit?: 'day' | 'week' | 'month' | undefined
  readonly horizonMonths?: number | undefined
  readonly discountPercentPerMonth?: number | undefined
  readonly paretoNbd?: 'fitted' | 'left-out' | undefined
}

/** The settings that hold now, with what this valuation asks for instead. */
export async function readWishes(db: Db, input: ValuationInput = {}): Promise<ValuationWishes> {
  const forecast = await readSetting(db, forecastSetting)
  const margin = await readSetting(db, marginSetting)
  const { currency } = await readSetting(db, organizationProfile)
  return {
    unit: input.unit ?? forecast.unit,
    horizonMonths: input.horizonMonths ?? forecast.horizonMonths,
    discountPercentPerMonth: input.discountPercentPerMonth ?? forecast.discountPercentPerMonth,
    pareto: (input.paretoNbd ?? forecast.paretoNbd) === 'fitted',
    rfm: await readSetting(db, rfmSetting),
    marginPercent: margin.percent,
    tiers: await readSetting(db, tierSetting),
    minorPerMajor: minorPerMajor(currency),
    calibrationEndDay: input.calibrateUntil === undefined ? null : dayNumber(input.calibrateUntil),
  }
}

/** Minor units of a currency's unit: 100, for the yen 1. */
export const minorPerMajor = (currency: string): number =>
  10 ** (new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2)

/** The calendar day of a moment in a time zone, as days since 1970. */
export const dayIn = (timeZone: string, moment: Date): number => dayNumber(dayTextIn(timeZone, moment))
