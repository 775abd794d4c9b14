import { type ExtraType, extraTypes } from '#modules/value/domain/service-layers.ts'

/** Extra services by what they are made for (K-02): the types of the catalogue's second layer. */
export { type ExtraType, extraTypes } from '#modules/value/domain/service-layers.ts'

/** Custom requests of one type, and how far they came (K-02). */
export interface RequestCounts {
  readonly requests: number
  readonly quoted: number
  readonly accepted: number
  readonly refused: number
  readonly fulfilled: number
}

const none: RequestCounts = { requests: 0, quoted: 0, accepted: 0, refused: 0, fulfilled: 0 }

/** Every type appears, also without any request; those of which nobody said it come last, where there are any. */
export function byType(
  counted: readonly (RequestCounts & { readonly extra: string | null })[],
): readonly (RequestCounts & { readonly extra: ExtraType | null })[] {
  const of = (extra: ExtraType | null) => ({ ...none, ...counted.find((one) => one.extra === extra), extra })
  return [...extraTypes.map(of), ...(counted.some(({ extra }) => extra === null) ? [of(null)] : [])]
}
