import { dayText } from './as-of.ts'
import { type CohortCounts, monthOf, type YearCounts, yearDays } from './cohorts.ts'
import { type ProfitBasis, profitBasis, profitOf } from './profit.ts'

/** Customers of one calendar month: the three aims of keeping (requirement M-01). One customer may be new and become loyal in the same month. */
export interface KeepingMonth {
  /** 'YYYY-MM'. */
  readonly month: string
  /** First purchase in the month. */
  readonly won: number
  /** Bought in the month and in an earlier one. */
  readonly retained: number
  /** Second purchase day in the month: from a buyer to a customer who came back. */
  readonly converted: number
}

export interface Keeping {
  /** Oldest first, at most twelve; the last one goes to the as-of day. */
  readonly months: readonly KeepingMonth[]
  readonly year: {
    readonly from: string
    readonly to: string
    /** Whether the history reaches back a whole year before `from`; where it does not, kept and lost leave out who bought earlier. */
    readonly comparable: boolean
    readonly won: number
    readonly kept: number
    readonly lost: number
    /** Revenue − discounts − refunds − cost of goods, minor units. Cost to serve is not taken off. */
    readonly goodsProfitMinor: number
    readonly goodsProfitBasis: ProfitBasis
  }
}

const shownMonths = 12

/** New, retained and converted customers per month, and the year's balance, from counts that all day lists were added to. */
export function keepingOf(counts: CohortCounts, organisationMargin: number | null): Keeping {
  const { year, lastDay, firstMonth } = counts
  const from = Math.max(0, counts.months - shownMonths)
  const yearFrom = lastDay - yearDays + 1
  return {
    months: Array.from({ length: counts.months - from }, (_, i) => monthAt(counts, from + i)),
    year: {
      from: dayText(yearFrom),
      to: dayText(lastDay),
      comparable: firstMonth <= monthOf(yearFrom - yearDays),
      won: year.won,
      kept: year.kept,
      lost: year.lost,
      goodsProfitMinor: profitOf({ ...goods(year), costToServe: 0 }, organisationMargin),
      goodsProfitBasis: profitBasis(year.unknownCostRevenue, organisationMargin),
    },
  }
}

const goods = ({ revenue, discounts, refunds, knownCost, unknownCostRevenue }: YearCounts) => ({
  revenue,
  discounts,
  refunds,
  knownCost,
  unknownCostRevenue,
})

function monthAt({ active, months, second, firstMonth }: CohortCounts, month: number): KeepingMonth {
  let retained = 0
  for (let cohort = 0; cohort < month; cohort++) retained += active[cohort * months + month - cohort]!
  return { month: monthText(firstMonth + month), won: active[month * months]!, retained, converted: second[month]! }
}

/** 'YYYY-MM' of a month counted from January 1970. */
function monthText(month: number): string {
  const year = 1970 + Math.floor(month / 12)
  return `${String(year).padStart(4, '0')}-${String(month - (year - 1970) * 12 + 1).padStart(2, '0')}`
}
