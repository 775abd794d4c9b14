import type { CaseEvent } from './event.ts'

/** What became of a suggestion that was adopted, by its log; null where it was not, or not any more. */
export function contributionIn(
  events: readonly CaseEvent[],
): { readonly adoptedAt: Date; readonly reward: string | null; readonly published: boolean } | null {
  const decided = events.findLast((event) => event.kind === 'decided')
  if (!decided?.data.adopted) return null
  const rewarded = events.findLast((event) => event.kind === 'rewarded')
  const published = events.findLast((event) => event.kind === 'published')
  return { adoptedAt: decided.at, reward: rewarded?.data.text ?? null, published: published?.data.visible ?? false }
}
