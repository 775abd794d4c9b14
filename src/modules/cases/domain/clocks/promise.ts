import type { Kind } from '../taxonomy.ts'
import { regimes } from './regimes.ts'

interface InForce {
  readonly regime: string
  readonly kinds: readonly Kind[]
}

/**
 * Within how many hours, at any hour of the day, a person answers what a customer says, by the company's own promise (G-25): of several the shortest, counted from receipt. Null where it promises nothing for the kind.
 *
 * @example promisedHours([{ regime: 'feedback-24h', kinds: ['complaint'] }], 'complaint') // => 24
 */
export function promisedHours(inForce: readonly InForce[], kind: Kind): number | null {
  const held = regimes.filter(({ key, source }) => source === null && inForce.some((one) => one.regime === key && one.kinds.includes(kind)))
  const minutes = held.flatMap(({ terms }) =>
    terms.targets.flatMap(({ ends, measure }) => (ends.on === 'responded' && measure.unit === 'minutes' ? [measure.amount] : [])),
  )
  return minutes.length === 0 ? null : Math.ceil(Math.min(...minutes) / 60)
}
