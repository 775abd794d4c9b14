import type { Regime } from './regimes.ts'

/**
 * Within how many hours, at any hour of the day, a person answers what a customer says, by the company's own promise (G-25): of several the shortest, counted from receipt. Null where the rules that hold
 * promise nothing.
 *
 * @example promisedHours(rulesFor('complaint', [{ regime: 'feedback-24h', kinds: ['complaint'] }], [])) // => 24
 */
export function promisedHours(rules: readonly Regime[]): number | null {
  const minutes = rules
    .filter(({ source }) => source === null)
    .flatMap(({ terms }) =>
      terms.targets.flatMap(({ ends, measure }) => (ends.on === 'responded' && measure.unit === 'minutes' ? [measure.amount] : [])),
    )
  return minutes.length === 0 ? null : Math.ceil(Math.min(...minutes) / 60)
}
