import { refuse } from '../refusal.ts'

/** So many keys are counted at a time; whoever makes up more of them puts away what was counted in earlier spans, and then the oldest half. */
const mostCounted = 10_000

export interface Limit {
  /** Refuses where the key was counted as often as it may be; else counts it once more. */
  claim(key: string): void
  /** Whether it was counted as often as it may be. */
  isUsedUp(key: string): boolean
}

/** So many of a key within a span of time that begins with the clock. Counted in this process, so that a flood writes nothing. */
export function limitOf(most: number, seconds: number, now: () => Date, say: string): Limit {
  const counts = new Map<string, { span: number; counted: number }>()
  const spanNow = () => Math.floor(now().getTime() / (seconds * 1000))
  const countOf = (key: string) => {
    const before = counts.get(key)
    return before?.span === spanNow() ? before.counted : 0
  }
  const makeRoom = () => {
    for (const [key, { span }] of counts) if (span !== spanNow()) counts.delete(key)
    // What is used up stays: whoever is kept out does not come in by crowding others out.
    const rest = [...counts].filter(([, { counted }]) => counted < most).slice(0, Math.max(0, counts.size - mostCounted / 2))
    for (const [key] of rest) counts.delete(key)
    if (counts.size >= mostCounted) counts.clear()
  }
  return {
    isUsedUp: (key) => countOf(key) >= most,
    claim(key) {
      const counted = countOf(key)
      if (counted >= most) throw refuse('too many', 'too-many-messages', say, { retryAfter: seconds })
      if (counts.size >= mostCounted && !counts.has(key)) makeRoom()
      counts.set(key, { span: spanNow(), counted: counted + 1 })
    },
  }
}
