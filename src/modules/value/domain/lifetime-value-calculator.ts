/** Assumptions of the simple calculator (C-19). Not a forecast of a customer: what follows if a customer keeps these habits. */
export interface LifetimeAssumptions {
  /** Value of one purchase, in any unit of money. */
  readonly purchaseValue: number
  readonly purchasesPerYear: number
  readonly years: number
  /** Share of the value that counts, 0…1; 1 for revenue. */
  readonly margin: number
  /** Per year, taken at the end of each year; 0 for none. */
  readonly discountPerYear: number
}

/**
 * purchase value · purchases a year · margin, summed over the years, each discounted by (1 + d)⁻ʸᵉᵃʳ; a last part of a year counts as that part, discounted at its end.
 * Refuses negative or not finite assumptions with null.
 */
export function assumedLifetimeValue(assumptions: LifetimeAssumptions): number | null {
  const { purchaseValue, purchasesPerYear, years, margin, discountPerYear } = assumptions
  if (![purchaseValue, purchasesPerYear, years, margin, discountPerYear].every((v) => Number.isFinite(v) && v >= 0) || years > 200)
    return null
  const yearly = purchaseValue * purchasesPerYear * margin
  if (discountPerYear === 0) return yearly * years
  let sum = 0
  for (let year = 1; year < years + 1; year++) {
    const end = Math.min(year, years)
    sum += yearly * (end - (year - 1)) * (1 + discountPerYear) ** -end
  }
  return sum
}

/** The two figures the source documents quote, with assumptions that lead to them: 8,000 dollars for a pizza lover, 332,000 for a Cadillac driver. */
export const lifetimePresets: Readonly<Record<'pizza' | 'cadillac', LifetimeAssumptions>> = {
  pizza: { purchaseValue: 40, purchasesPerYear: 10, years: 20, margin: 1, discountPerYear: 0 },
  cadillac: { purchaseValue: 41_500, purchasesPerYear: 0.2, years: 40, margin: 1, discountPerYear: 0 },
}
