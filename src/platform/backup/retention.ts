/** How many of the days, weeks and months that have a backup keep one. */
export interface Retention {
  readonly daily: number
  readonly weekly: number
  readonly monthly: number
}

/**
 * Which backups stay: the newest of each of the last `daily` days that have one, of the last `weekly` weeks (beginning on Monday) and of the last `monthly` months; always the newest of all.
 * `day` is `YYYY-MM-DD`; backups are given in any order.
 */
export function keptBackups<B extends { readonly madeAt: Date; readonly day: string }>(
  backups: readonly B[],
  { daily, weekly, monthly }: Retention,
): ReadonlySet<B> {
  const newestFirst = backups.toSorted((a, b) => b.madeAt.getTime() - a.madeAt.getTime())
  const kept = new Set(newestFirst.slice(0, 1))
  for (const [spanOf, count] of [
    [(day: string) => day, daily],
    [mondayOf, weekly],
    [(day: string) => day.slice(0, 7), monthly],
  ] as const) {
    const spans = new Set<string>()
    for (const backup of newestFirst) {
      const span = spanOf(backup.day)
      if (spans.has(span)) continue
      if (spans.size >= count) break
      spans.add(span)
      kept.add(backup)
    }
  }
  return kept
}

function mondayOf(day: string): string {
  const date = new Date(`${day}T00:00:00Z`)
  return new Date(date.getTime() - ((date.getUTCDay() + 6) % 7) * 86_400_000).toISOString().slice(0, 10)
}
