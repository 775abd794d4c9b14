import type { AsOfReason } from './as-of.ts'
import type { ChoiceReason, Grade } from './model-choice.ts'
import type { Pyramid } from './pyramid.ts'

/** What a person should know or do about a valuation; codes are text keys, values fill the sentence. */
export interface Warning {
  readonly code:
    | 'no-orders'
    | 'margin-unset'
    | 'profit-estimated'
    | 'old-data'
    | 'too-little-data'
    | 'no-back-test'
    | 'poor-grade'
    | 'profiling-off'
    | 'releasable'
  readonly values: Readonly<Record<string, string | number>>
}

export interface WarningInput extends Pick<Pyramid, 'profitBases' | 'profilingOff' | 'tiers' | 'unknownCostRevenueMinor'> {
  readonly buyers: number
  readonly repeatBuyers: number
  readonly asOfReason: AsOfReason
  readonly newestOrderDay: string | null
  readonly choiceReason: ChoiceReason
  readonly grade: Grade | null
  readonly organisationMarginPercent: number | null
}

/** In the order of what helps most. Empty where there is nothing to do. */
export function warningsOf(part: WarningInput): Warning[] {
  if (part.buyers === 0) return [{ code: 'no-orders', values: {} }]
  const of = (basis: string) => part.profitBases.find((row) => row.basis === basis)?.customers ?? 0
  const releasable = part.tiers.reduce((sum, row) => sum + row.releasable, 0)
  const found: (Warning | false)[] = [
    of('revenue') > 0 && { code: 'margin-unset', values: { customers: of('revenue'), revenueMinor: part.unknownCostRevenueMinor } },
    of('revenue') === 0 &&
      of('margin') > 0 && {
        code: 'profit-estimated',
        values: { customers: of('margin'), percent: part.organisationMarginPercent ?? 0 },
      },
    part.asOfReason === 'newest-order' && { code: 'old-data', values: { day: part.newestOrderDay ?? '' } },
    part.choiceReason === 'too-little-data' && { code: 'too-little-data', values: { repeatBuyers: part.repeatBuyers } },
    part.choiceReason === 'no-back-test' && { code: 'no-back-test', values: {} },
    part.grade === 'D' && { code: 'poor-grade', values: {} },
    releasable > 0 && { code: 'releasable', values: { customers: releasable } },
    part.profilingOff > 0 && { code: 'profiling-off', values: { customers: part.profilingOff } },
  ]
  return found.filter((warning) => warning !== false)
}
