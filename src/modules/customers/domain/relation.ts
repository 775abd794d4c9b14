/** How customers belong together (B-11). The first side is the elder, the company above, the referrer, the dealer. */
export const relationKinds = ['family', 'group', 'referrer', 'dealer'] as const
export type RelationKind = (typeof relationKinds)[number]
export const relationSides = ['first', 'second'] as const
export type RelationSide = (typeof relationSides)[number]

export const otherSide = (side: RelationSide): RelationSide => (side === 'first' ? 'second' : 'first')

/** Relations that form a tree: whoever is second has one first only, and nobody is above themselves. Families and dealers may be related as they like. */
const trees: readonly RelationKind[] = ['group', 'referrer']
export const isTree = (kind: RelationKind): boolean => trees.includes(kind)

export type RelationProblem = 'oneself' | 'already-related' | 'has-one-already' | 'goes-in-a-circle'

export interface RelationCheck {
  readonly kind: RelationKind
  readonly first: string
  readonly second: string
  /** Whether the two are related in this way already, whichever is first. */
  readonly related: boolean
  /** Who is first for `second` so far, in a tree. */
  readonly present: string | null
  /** Everybody above `first` in a tree, up to the top. */
  readonly above: readonly string[]
}

/** Why two customers cannot be related in a way, or null. */
export function relationProblem({ kind, first, second, related, present, above }: RelationCheck): RelationProblem | null {
  if (first === second) return 'oneself'
  if (related) return 'already-related'
  if (!isTree(kind)) return null
  if (present !== null) return 'has-one-already'
  return above.includes(second) ? 'goes-in-a-circle' : null
}
