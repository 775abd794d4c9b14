import { keyWithoutVersion } from './clocks/own-regimes.ts'
import { keptUntil, type Regime } from './clocks/regimes.ts'

/** A case as far as rules ask for its record. Days are `YYYY-MM-DD` of the company. */
interface KeptCase {
  /** The keys of the rules with which it began. */
  readonly regimes: readonly string[]
  readonly receivedDay: string
  readonly closedDay: string | null
}

interface KeptCases {
  readonly rule: string
  readonly title: string
  /** The last day, or 'open' where it counts from an end that has not come. */
  readonly until: string
  readonly count: number
}

/** The rules of law that want cases kept. What the company keeps by choice stands back behind whoever asks to be forgotten. */
export const keepingRules = (rules: readonly Regime[]): readonly Regime[] => rules.filter(({ retention }) => retention?.by === 'law')

/** How many of some cases the law wants kept until which day, by rule, in the order of the rules and days. Each version of a rule keeps the cases that began under it. */
export function keptCases(cases: readonly KeptCase[], rules: readonly Regime[]): readonly KeptCases[] {
  return keepingRules(rules).flatMap(({ key, source, retention }) => {
    const ends = cases
      .filter((one) => one.regimes.includes(key))
      .flatMap(({ receivedDay, closedDay }) => keptUntil([retention!], receivedDay, closedDay) ?? [])
    return [...Map.groupBy(ends, (until) => until)]
      .map(([until, those]) => ({ rule: `cases.${keyWithoutVersion(key)}`, title: source?.title ?? key, until, count: those.length }))
      .toSorted((a, b) => (a.until < b.until ? -1 : 1))
  })
}
