import { visitDays } from '#modules/orders/domain/day-list.ts'

/**
 * Retention triangle: customers by the calendar month of their first purchase, and of each cohort who bought, and for how much, 0, 1, 2 … months later.
 * Months are counted from January 1970.
 */
export interface CohortTriangle {
  readonly firstMonth: number
  readonly lastMonth: number
  /** active[cohort − firstMonth][months later]; the first column is the size of the cohort. Rows end with the last month. */
  readonly active: readonly (readonly number[])[]
  /** revenue − discounts of the same customers, minor units; refunds are not taken off. */
  readonly value: readonly (readonly number[])[]
}

/** Counts as they are filled, one cell per (cohort, later month). */
export interface CohortCounts {
  readonly firstMonth: number
  readonly months: number
  readonly lastDay: number
  readonly active: Int32Array
  readonly value: Float64Array
  /** Customers by the month of their second purchase day. */
  readonly second: Int32Array
  readonly year: YearCounts
}

/** The twelve months up to the last day: who was won, kept and lost, and what they brought (minor units). Filled customer by customer. */
export interface YearCounts {
  /** First purchase in the year. */
  won: number
  /** Bought in the year before and in this one. */
  kept: number
  /** Bought in the year before and not in this one. */
  lost: number
  revenue: number
  discounts: number
  refunds: number
  knownCost: number
  unknownCostRevenue: number
}

/** Counts for purchases of the days first … last (days since 1970); days outside are left out. */
export function openCohorts(firstDay: number, lastDay: number): CohortCounts {
  const firstMonth = monthOf(firstDay)
  const months = monthOf(lastDay) - firstMonth + 1
  const cells = months * months
  return {
    firstMonth,
    months,
    lastDay,
    active: new Int32Array(cells),
    value: new Float64Array(cells),
    second: new Int32Array(months),
    year: { won: 0, kept: 0, lost: 0, revenue: 0, discounts: 0, refunds: 0, knownCost: 0, unknownCostRevenue: 0 },
  }
}

/** Days of a year, as `YearCounts` looks at it. */
export const yearDays = 365

/** Adds one customer's day list. */
export function addToCohorts(counts: CohortCounts, bytes: Uint8Array, from = 0, to = bytes.length): void {
  const { year, lastDay } = counts
  const yearFrom = lastDay - yearDays + 1
  let cohort = -1
  let latest = -1
  let purchases = 0
  let firstDay = 0
  let inYear = false
  let inYearBefore = false
  visitDays(
    bytes,
    (day, orders, revenue, discount, refund, _discounted, cost, unknownCostRevenue) => {
      if (day > lastDay) return
      if (day >= yearFrom) {
        year.revenue += revenue
        year.discounts += discount
        year.refunds += refund
        year.knownCost += cost
        year.unknownCostRevenue += unknownCostRevenue
      }
      if (orders <= 0) return
      const month = monthOf(day) - counts.firstMonth
      if (month < 0) return
      if (++purchases === 1) firstDay = day
      else if (purchases === 2) counts.second[month]!++
      if (day >= yearFrom) inYear = true
      else if (day >= yearFrom - yearDays) inYearBefore = true
      if (cohort < 0) cohort = month
      const cell = cohort * counts.months + month - cohort
      if (month !== latest) counts.active[cell]!++
      latest = month
      counts.value[cell] = counts.value[cell]! + revenue - discount
    },
    from,
    to,
  )
  if (inYear && firstDay >= yearFrom) year.won++
  else if (inYearBefore) year[inYear ? 'kept' : 'lost']++
}

/** The triangle, cut at the last month. */
export function cohortTriangle(counts: CohortCounts): CohortTriangle {
  const rows = <T extends Int32Array | Float64Array>(cells: T): number[][] =>
    Array.from({ length: counts.months }, (_, cohort) =>
      Array.from(cells.subarray(cohort * counts.months, (cohort + 1) * counts.months - cohort)),
    )
  return {
    firstMonth: counts.firstMonth,
    lastMonth: counts.firstMonth + counts.months - 1,
    active: rows(counts.active),
    value: rows(counts.value),
  }
}

/** Calendar month of a day, counted from January 1970, by the proleptic Gregorian calendar. Whole-number arithmetic after H. Hinnant, "chrono-compatible date algorithms". */
export function monthOf(day: number): number {
  const shifted = day + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const year = yearOfEra + era * 400 + (marchMonth >= 10 ? 1 : 0)
  return (year - 1970) * 12 + ((marchMonth + 2) % 12)
}
