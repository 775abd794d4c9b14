/** Sums of a customer over a period, minor units; all ≥ 0 as recorded. */
export interface ProfitInputs {
  /** Positive lines before discounts. */
  readonly revenue: number
  readonly refunds: number
  readonly discounts: number
  /** Cost of goods as far as lines or products say it. */
  readonly knownCost: number
  /** Net revenue of lines whose cost nobody has said. */
  readonly unknownCostRevenue: number
  readonly costToServe: number
}

/**
 * Where the cost of goods comes from. known: every line's cost is recorded · margin: the organisation's margin stands in for some ·
 * revenue: some cost is not known and no margin is set, so the profit is too high, is marked, and asks for a margin.
 */
export const profitBases = ['known', 'margin', 'revenue'] as const
export type ProfitBasis = (typeof profitBases)[number]

/** The basis of a customer's profit. */
export const profitBasis = (unknownCostRevenue: number, organisationMargin: number | null): ProfitBasis =>
  unknownCostRevenue <= 0 ? 'known' : organisationMargin === null ? 'revenue' : 'margin'

/** Cost of goods: what is known, plus revenue of unknown cost · (1 − margin). Rounded to a minor unit. */
export const costOfGoods = (knownCost: number, unknownCostRevenue: number, organisationMargin: number | null): number =>
  organisationMargin === null ? knownCost : knownCost + Math.round(Math.max(0, unknownCostRevenue) * (1 - organisationMargin))

/** Profit = revenue − refunds − discounts − cost of goods − cost to serve. Minor units; never assumed from revenue where costs are known. */
export const profitOf = (inputs: ProfitInputs, organisationMargin: number | null): number =>
  inputs.revenue -
  inputs.refunds -
  inputs.discounts -
  costOfGoods(inputs.knownCost, inputs.unknownCostRevenue, organisationMargin) -
  inputs.costToServe

/** What a line's cost of goods is taken from, best first. */
export interface LineCostSources {
  /** Cost of the whole line, minor units. */
  readonly line: number | null
  /** Cost of one piece, minor units, fractions allowed. */
  readonly product: number | null
  /** Share of the net amount that is left after the goods, 0…1. */
  readonly categoryMargin: number | null
}

export interface LineCost {
  readonly costMinor: number
  readonly source: 'line' | 'product' | 'category'
}

/** Cost of a line of `quantity` pieces that brought `netMinor`, or null where neither line, product nor category says it. Rounded half up once. */
export function lineCost(sources: LineCostSources, quantity: number, netMinor: number): LineCost | null {
  if (sources.line !== null) return { costMinor: Math.round(sources.line), source: 'line' }
  if (sources.product !== null) return { costMinor: Math.round(sources.product * quantity), source: 'product' }
  if (sources.categoryMargin !== null) return { costMinor: Math.round(netMinor * (1 - sources.categoryMargin)), source: 'category' }
  return null
}
