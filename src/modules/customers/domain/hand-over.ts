import { type Tier, tiers } from './book.ts'

/** The kind of the run that hands customers over. */
export const handOverKind = 'customers.hand-over'

/** How many customers of each tier somebody looks after. */
export type Load = Readonly<Record<Tier, number>>
export const noLoad: Load = { lead: 0, iron: 0, gold: 0, platinum: 0 }

/**
 * Shares customers out among successors so that within every tier those with the fewest come first; equal loads go to whoever stands earlier. Customers who come one by one keep loads even: of
 * equal beginnings no two differ by more than one in any tier. Answers who takes the next customer of a tier.
 */
export function sharingOut(successors: readonly string[], loads: ReadonlyMap<string, Load>): (tier: Tier) => string {
  const counts = new Map(successors.map((id) => [id, { ...(loads.get(id) ?? noLoad) }]))
  return (tier) => {
    const next = successors.reduce((least, id) => (counts.get(id)![tier] < counts.get(least)![tier] ? id : least))
    counts.get(next)![tier]++
    return next
  }
}

/** Tiers of which a customer is too important to learn of a new contact by chance: somebody calls. */
export const calledTiers: readonly Tier[] = ['platinum', 'gold']

export const sumOf = (load: Load): number => tiers.reduce((sum, tier) => sum + load[tier], 0)
