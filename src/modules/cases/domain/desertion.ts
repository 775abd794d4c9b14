import { type Pareto, pareto } from './figures/pareto.ts'
import { dissatisfactions } from './taxonomy.ts'

/** Why customers go: the five reasons of dissatisfaction (E-16), and what has nothing to do with service. */
export const desertionReasons = [...dissatisfactions, 'price', 'product', 'moved', 'no-need', 'other'] as const
export type DesertionReason = (typeof desertionReasons)[number]

export interface CountedDesertion {
  readonly month: string
  readonly reason: string | null
  readonly rival: string | null
  readonly customers: number
  readonly back: number
}

export interface DesertionReport {
  readonly customers: number
  readonly back: number
  readonly reasons: Pareto
  readonly rivals: Pareto
  /** Of how many nobody knows the reason, the rival. */
  readonly withoutReason: number
  readonly withoutRival: number
  readonly months: readonly { readonly month: string; readonly customers: number; readonly back: number }[]
}

/** Who left, by reason and by rival (requirement H-20). */
export function desertionReport(rows: readonly CountedDesertion[], months: readonly string[]): DesertionReport {
  const sum = (list: readonly CountedDesertion[], value: (row: CountedDesertion) => number = ({ customers }) => customers) =>
    list.reduce((all, row) => all + value(row), 0)
  const chart = (keyOf: (row: CountedDesertion) => string | null) =>
    pareto(
      [
        ...Map.groupBy(
          rows.filter((row) => keyOf(row)),
          (row) => keyOf(row)!,
        ),
      ].map(([key, list]) => ({ key, value: sum(list) })),
    )
  const byMonth = Map.groupBy(rows, ({ month }) => month)
  return {
    customers: sum(rows),
    back: sum(rows, ({ back }) => back),
    reasons: chart(({ reason }) => reason),
    rivals: chart(({ rival }) => rival),
    withoutReason: sum(rows.filter(({ reason }) => !reason)),
    withoutRival: sum(rows.filter(({ rival }) => !rival)),
    months: months.map((month) => {
      const list = byMonth.get(month) ?? []
      return { month, customers: sum(list), back: sum(list, ({ back }) => back) }
    }),
  }
}
