/** How we stand with one feature of service: only we have it, others have it too, only others have it, or nobody. */
export type FeatureStanding = 'only-us' | 'shared' | 'behind' | 'nobody'

export const standingOf = ({ ours, matchedBy }: { readonly ours: boolean; readonly matchedBy: readonly string[] }): FeatureStanding =>
  matchedBy.length === 0 ? (ours ? 'only-us' : 'nobody') : ours ? 'shared' : 'behind'

/** How competitors are compared: by their letters, whatever their case and the space around and within. */
const comparable = (name: string): string => name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase()

/** Names of competitors each once, written as they were written first, in the order of `known` and then of their own. */
export function namedOnce(names: readonly string[], known: readonly string[] = []): readonly string[] {
  const written = new Map<string, string>()
  for (const name of [...known, ...names]) {
    const key = comparable(name)
    if (key !== '' && !written.has(key)) written.set(key, name.trim())
  }
  const wanted = new Set(names.map(comparable))
  return [...written].filter(([key]) => wanted.has(key)).map(([, name]) => name)
}

/** Everybody who matches any feature, each once: the columns of the comparison. */
export const competitorsOf = (features: readonly { readonly matchedBy: readonly string[] }[]): readonly string[] =>
  namedOnce(features.flatMap(({ matchedBy }) => matchedBy)).toSorted((a, b) => (a < b ? -1 : 1))
