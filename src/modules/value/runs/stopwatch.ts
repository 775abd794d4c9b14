/** Seconds per phase, as they went by. */
export function stopwatch() {
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
