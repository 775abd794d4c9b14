import { counted } from './reliability.ts'

/** What complaints of one category took, in minor units of the organisation's currency and working minutes. All whole and at least 0. */
export interface CostRow {
  readonly category: string
  readonly cases: number
  readonly handlingMinutes: number
  /** What was owed and given: refunds, exchanges, repairs, discounts, compensation. */
  readonly remediesMinor: number
  /** What was given without being owed. */
  readonly goodwillMinor: number
  /** What came back from carriers, suppliers, insurers or staff. */
  readonly recoveredMinor: number
}

export interface ComplaintCost extends Omit<CostRow, 'category'> {
  readonly handlingMinor: number
  /** handling + remedies + goodwill − recovered. Below 0 where more came back than was spent. */
  readonly costMinor: number
  /** Per case, rounded half-up; null without cases. */
  readonly perCaseMinor: number | null
}

export interface CategoryCost extends ComplaintCost {
  readonly category: string
  /** Of the costs of all categories before recovery, 0…1; null where they are 0. Before recovery, since shares of a sum with negative parts mean nothing. */
  readonly share: number | null
}

export interface CostOfComplaints {
  readonly categories: readonly CategoryCost[]
  readonly total: ComplaintCost
}

/**
 * The cost of complaints per category, the dearest first, and in all: minutes × rate, plus remedies, plus goodwill, less what was recovered. The minutes of a
 * category are valued once and rounded half-up; totals add the categories. These are the costs that are on record, which leaves out customers who left. Whole
 * numbers of at least 0 (RangeError otherwise).
 *
 * @example 90 minutes at 40.00 an hour, remedies 500.00, goodwill 20.00, recovered 80.00 // => 500.00
 */
export function costOfComplaints(rows: readonly CostRow[], ratePerHourMinor: number): CostOfComplaints {
  counted(ratePerHourMinor, 'rate')
  const costs = rows.map((row) => ({ category: row.category, ...costOf(row, ratePerHourMinor) }))
  const spent = costs.reduce((sum, { costMinor, recoveredMinor }) => sum + costMinor + recoveredMinor, 0)
  return {
    categories: costs
      .map((cost) => ({ ...cost, share: spent === 0 ? null : (cost.costMinor + cost.recoveredMinor) / spent }))
      .toSorted((a, b) => b.costMinor - a.costMinor || (a.category < b.category ? -1 : 1)),
    total: totalOf(costs),
  }
}

function costOf(row: CostRow, ratePerHourMinor: number): ComplaintCost {
  const { cases, handlingMinutes, remediesMinor, goodwillMinor, recoveredMinor } = row
  for (const [what, value] of Object.entries({ cases, handlingMinutes, remediesMinor, goodwillMinor, recoveredMinor })) counted(value, what)
  const handlingMinor = Math.round((handlingMinutes * ratePerHourMinor) / 60)
  const costMinor = handlingMinor + remediesMinor + goodwillMinor - recoveredMinor
  return {
    cases,
    handlingMinutes,
    remediesMinor,
    goodwillMinor,
    recoveredMinor,
    handlingMinor,
    costMinor,
    perCaseMinor: perCase(costMinor, cases),
  }
}

function totalOf(costs: readonly ComplaintCost[]): ComplaintCost {
  const sum = (value: (cost: ComplaintCost) => number) => costs.reduce((all, cost) => all + value(cost), 0)
  const cases = sum((cost) => cost.cases)
  const costMinor = sum((cost) => cost.costMinor)
  return {
    cases,
    handlingMinutes: sum((cost) => cost.handlingMinutes),
    remediesMinor: sum((cost) => cost.remediesMinor),
    goodwillMinor: sum((cost) => cost.goodwillMinor),
    recoveredMinor: sum((cost) => cost.recoveredMinor),
    handlingMinor: sum((cost) => cost.handlingMinor),
    costMinor,
    perCaseMinor: perCase(costMinor, cases),
  }
}

const perCase = (costMinor: number, cases: number): number | null => (cases === 0 ? null : Math.round(costMinor / cases))
