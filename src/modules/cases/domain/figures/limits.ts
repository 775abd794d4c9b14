/** What a case counts for where there are limits: the team that serves it, and the product that it is about. */
export interface Counted {
  readonly teamId: string | null
  readonly productCode: string | null
}

/** How many open cases may be in hand at once: of a team, or about a product. In hand is what is open and somebody handles. */
export interface Limits {
  readonly teams: readonly { readonly teamId: string; readonly most: number }[]
  readonly products: readonly { readonly productCode: string; readonly most: number }[]
}

/** So many may be asked for of one limit. */
export const mostOfLimit = 10_000

export const limited = ['team', 'product'] as const
/** One limit that applies to a case, with how many are in hand. */
export interface Limit {
  readonly of: (typeof limited)[number]
  /** The id of the team, or the code of the product. */
  readonly id: string
  readonly inHand: number
  readonly most: number
}

/** Tells a limit from all others. */
export const limitKey = ({ of, id }: Pick<Limit, 'of' | 'id'>): string => `${of} ${id}`

/** How many are in hand: of a team by its id, about a product by its code. What is not there is none. */
export interface InHand {
  readonly teams: ReadonlyMap<string, number>
  readonly products: ReadonlyMap<string, number>
}

/** The limits that apply to a case: that of its team, then that of its product. */
export function limitsOn({ teamId, productCode }: Counted, limits: Limits, inHand: InHand): readonly Limit[] {
  const team = limits.teams.find((one) => one.teamId === teamId)
  const product = limits.products.find((one) => one.productCode === productCode)
  return [
    ...(team ? [{ of: 'team', id: team.teamId, inHand: inHand.teams.get(team.teamId) ?? 0, most: team.most } as const] : []),
    ...(product
      ? [{ of: 'product', id: product.productCode, inHand: inHand.products.get(product.productCode) ?? 0, most: product.most } as const]
      : []),
  ]
}

export const isFull = ({ inHand, most }: Pick<Limit, 'inHand' | 'most'>): boolean => inHand >= most

/**
 * Whether a case stays in the queue for now: one of the limits that apply to it is reached. What has to be done at once (`atOnceBecause`) is never held back.
 *
 * @example a limit of 5 with five in hand // => true; with a limit of 6, or in danger, false
 */
export const isHeldBack = (limits: readonly Limit[], atOnce: string | null): boolean => atOnce === null && limits.some(isFull)

/** What is in hand once somebody has taken on one more. */
export const withOneMore = ({ teams, products }: InHand, { teamId, productCode }: Counted): InHand => ({
  teams: raised(teams, teamId),
  products: raised(products, productCode),
})

const raised = (counts: ReadonlyMap<string, number>, of: string | null): ReadonlyMap<string, number> =>
  of === null ? counts : new Map([...counts, [of, (counts.get(of) ?? 0) + 1]])
