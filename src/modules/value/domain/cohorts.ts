import { type DayVisitor, visitDays } from '#modules/orders/domain/day-list.ts'

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
  readonly firstDay: number
  readonly lastDay: number
  /** Months since the first one, by days since the first one: worked out once, not for each of ten million purchases. */
  readonly monthOfDay: Int32Array
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
    firstDay,
    lastDay,
    monthOfDay: Int32Array.from({ length: lastDay - firstDay + 1 }, (_, day) => monthOf(firstDay + day) - firstMonth),
    active: new Int32Array(cells),
    value: new Float64Array(cells),
    second: new Int32Array(months),
    year: { won: 0, kept: 0, lost: 0, revenue: 0, discounts: 0, refunds: 0, knownCost: 0, unknownCostRevenue: 0 },
  }
}

/** Days of a year, as `YearCounts` looks at it. */
export const yearDays = 365

/** Adds customers, one after the other: their days are visited, oldest first, and then their end is said. Together with whoever else reads the same list, so that it is read once. */
export interface CohortReader {
  readonly visit: DayVisitor
  end(): void
}

export function cohortReader(counts: CohortCounts): CohortReader {
  const { year, firstDay, lastDay, months, monthOfDay, active, value, second } = counts
  const yearFrom = lastDay - yearDays + 1
  let cohort = -1
  let latest = -1
  let purchases = 0
  let firstPurchase = 0
  let inYear = false
  let inYearBefore = false
  return {
    visit(day, orders, revenue, discount, refund, _discounted, cost, unknownCostRevenue) {
      if (day > lastDay) return
      if (day >= yearFrom) {
        year.revenue += revenue
        year.discounts += discount
        year.refunds += refund
        year.knownCost += cost
        year.unknownCostRevenue += unknownCostRevenue
      }
      if (orders <= 0 || day < firstDay) return
      const month = monthOfDay[day - firstDay]!
      if (++purchases === 1) firstPurchase = day
      else if (purchases === 2) second[month]!++
      if (day >= yearFrom) inYear = true
      else if (day >= yearFrom - yearDays) inYearBefore = true
      if (cohort < 0) cohort = month
      const cell = cohort * months + month - cohort
      if (month !== latest) active[cell]!++
      latest = month
      value[cell] = value[cell]! + revenue - discount
    },
    end() {
      if (inYear && firstPurchase >= yearFrom) year.won++
      else if (inYearBefore) year[inYear ? 'kept' : 'lost']++
      cohort = -1
      latest = -1
      purchases = 0
      inYear = false
      inYearBefore = false
    },
  }
}

/** The counts of whole day lists, one for each customer. */
export function cohortsOf(lists: Iterable<Uint8Array>, firstDay: number, lastDay: number): CohortCounts {
  const counts = openCohorts(firstDay, lastDay)
  const reader = cohortReader(counts)
  for (const bytes of lists) {
    visitDays(bytes, reader.visit)
    reader.end()
  }
  return counts
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
