/** Median of some numbers; the mean of the middle two where their count is even. NaN without any. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** The smallest value that at least the given share of all values does not exceed (nearest rank). NaN without any. */
export function percentile(values: readonly number[], share: number): number {
  if (values.length === 0) return Number.NaN
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!
}

/** What a figure should be, as the requirement says it. */
export type Goal = { readonly atMost: number } | { readonly atLeast: number } | null

/** One line of the table: what was measured, against what, and whether that is as good as it should be. */
export interface Figure {
  readonly part: string
  readonly what: string
  readonly value: number
  /** '×' for a ratio, else the unit. */
  readonly unit: '×' | 'ms' | 's' | 'MB' | 'SE' | '%' | '/s'
  readonly goal: Goal
  /** Against what, and the absolute figures behind a ratio. */
  readonly note: string
}

/** Whether the goal is met; null where there is none. A figure that could not be measured meets nothing. */
export function verdict({ value, goal }: Pick<Figure, 'value' | 'goal'>): 'pass' | 'miss' | null {
  if (goal === null) return null
  return ('atMost' in goal ? value <= goal.atMost : value >= goal.atLeast) ? 'pass' : 'miss'
}

/** A table for people: one line per figure, columns aligned. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.part,
    figure.what,
    said(figure.value, figure.unit),
    figure.goal === null
      ? ''
      : 'atMost' in figure.goal
        ? `≤ ${said(figure.goal.atMost, figure.unit)}`
        : `≥ ${said(figure.goal.atLeast, figure.unit)}`,
    verdict(figure) ?? '',
    figure.note,
  ])
  const all = [['part', 'what', 'measured', 'goal', '', 'against'], ...rows]
  const widths = all[0]!.map((_, column) => Math.max(...all.map((row) => row[column]!.length)))
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** A figure with three significant digits, more where it is a whole number. */
export function said(value: number, unit: Figure['unit']): string {
  if (!Number.isFinite(value)) return 'unknown'
  const text = Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)))
  return unit === '×' ? `${text} ×` : `${text} ${unit}`
}
