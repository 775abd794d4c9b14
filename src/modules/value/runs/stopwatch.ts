export interface Stopwatch {
  /** Seconds per phase, as they went by. */
  readonly seconds: Readonly<Record<string, number>>
  /** A phase has ended. */
  lap(phase: string): void
}

export function stopwatch(): Stopwatch {
  const seconds: Record<string, number> = {}
  let last = performance.now()
  return {
    seconds,
    lap(phase: string) {
      const now = performance.now()
      seconds[phase] = Math.round(now - last) / 1000
      last = now
    },
  }
}
