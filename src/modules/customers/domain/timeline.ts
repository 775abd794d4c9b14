export interface Moment {
  readonly at: Date
  readonly id: string
}

/** Which of two entries is shown first: the later one, among equal moments the one with the greater id. */
export const newestFirst = (a: Moment, b: Moment): number => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0)

/** The newest `limit` entries of several lists, each of which is its source's newest `limit`; an id that two sources give is shown once. */
export function mergeNewest<T extends Moment>(lists: readonly (readonly T[])[], limit: number): readonly T[] {
  const sorted = lists.flat().sort(newestFirst)
  return sorted.filter((entry, i) => i === 0 || entry.id !== sorted[i - 1]!.id).slice(0, limit)
}

/**
 * Whether an entry is of what is asked for: of a module (`orders`), of one kind (`orders.refund`), or a touch by one channel (`customers.interaction.visit`).
 */
export const isOf = (entry: { readonly kind: string; readonly values: Readonly<Record<string, unknown>> }, of: string): boolean =>
  entry.kind === of || entry.kind.startsWith(`${of}.`) || (entry.kind === touchKind && of === `${touchKind}.${entry.values.channel}`)

/** The kind of the entries that are touches. */
export const touchKind = 'customers.interaction'
