import type { FittedKind } from './back-test.ts'
import type { Horizon } from './lifetime-value.ts'
import type { PeriodUnit } from './purchase-history.ts'
import type { RfmSettings } from './rfm.ts'
import { defaultTierSettings, type TierSettings } from './tiers.ts'

/** What a valuation is asked. Days are days since 1970 in the organisation's time zone. */
export interface ValuationSettings {
  /** Figures of customers are as of the end of this day; nothing after it enters them. */
  readonly asOfDay: number
  /** Models are fitted to purchases up to and including this day; null: as-of day. Also where the back-test cuts. */
  readonly calibrationEndDay: number | null
  /** Last day that the back-test may look at; null: as-of day. */
  readonly historyEndDay: number | null
  readonly unit: PeriodUnit
  readonly horizon: Horizon
  /** Minor units per unit of money: 100, for the yen 1. Gamma-gamma's scale is reported in whole units of money. */
  readonly minorPerMajor: number
  /** auto: by back-test. */
  readonly model: 'auto' | FittedKind
  /** Pareto/NBD is the most demanding fit and can be left out. */
  readonly pareto: boolean
  /** Below this many repeat buyers no model is fitted; a labelled pooled estimate takes its place. */
  readonly minimumRepeatBuyers: number
  readonly rfm: RfmSettings
  /** Days that profit looks back; null: the whole history. */
  readonly profitWindowDays: number | null
  /** Share of net revenue left after the goods, where no cost is recorded; null: not set, such profit is marked as revenue-based. */
  readonly organisationMargin: number | null
  readonly tiers: TierSettings
  /** The back-test looks at no more customers than this. */
  readonly backTestSample: number
}

export const defaultValuationSettings = (asOfDay: number): ValuationSettings => ({
  asOfDay,
  calibrationEndDay: null,
  historyEndDay: null,
  unit: 'week',
  horizon: { months: 12, discountPerMonth: 0.01 },
  minorPerMajor: 100,
  model: 'auto',
  pareto: true,
  minimumRepeatBuyers: 50,
  rfm: { bands: 5, windowDays: null, limits: null },
  profitWindowDays: null,
  organisationMargin: null,
  tiers: defaultTierSettings,
  backTestSample: 100_000,
})
