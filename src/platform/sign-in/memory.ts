/** Answers that are good for a few seconds. */
export interface Memory<T> {
  /** What is remembered of a key, else what `load` finds; only what `keep` says is remembered. */
  get(key: string, at: Date, load: () => Promise<T | null>, keep?: (value: T) => boolean): Promise<T | null>
  forget(): void
}

/** How long an answer about who somebody is may be reused; a revocation anywhere holds after this time. */
const milliseconds = 4000

/** Remembers at most so many. Requests at the same moment share one look. Neither a failure nor nothing is remembered. */
export function memoryOf<T>(most: number): Memory<T> {
  const remembered = new Map<string, { readonly at: number; readonly value: Promise<T | null> }>()
  return {
    get(key, at, load, keep = () => true) {
      const known = remembered.get(key)
      if (known && Math.abs(at.getTime() - known.at) < milliseconds) return known.value
      const value = load()
      if (remembered.size >= most) remembered.clear()
      const entry = { at: at.getTime(), value }
      remembered.set(key, entry)
      const drop = () => remembered.get(key) === entry && remembered.delete(key)
      value.then((found) => (found !== null && keep(found) ? null : drop()), drop)
      return value
    },
    forget: () => remembered.clear(),
  }
}
