export const spendPurposes = ['acquire', 'retain', 'both'] as const
export type SpendPurpose = (typeof spendPurposes)[number]

const purposeWords: Readonly<Record<string, SpendPurpose>> = {
  acquire: 'acquire',
  acquisition: 'acquire',
  new: 'acquire',
  获客: 'acquire',
  獲客: 'acquire',
  retain: 'retain',
  retention: 'retain',
  existing: 'retain',
  留客: 'retain',
  both: 'both',
  两者: 'both',
  兩者: 'both',
}

/** The purpose that a word of a file means; empty is both. Null: not known. */
export const purposeOf = (word: string | null): SpendPurpose | null =>
  word === null ? 'both' : (purposeWords[word.trim().toLowerCase()] ?? null)

/**
 * Minor units of plain decimal text in a currency with so many decimal places; null where it has more places than the currency or is beyond exact arithmetic.
 * Exact: no binary fractions are involved.
 *
 * @example minorOf('12.5', 2) // => 1250
 */
export function minorOf(text: string, places: number): number | null {
  const match = /^(-?)(\d+)(?:\.(\d*?)0*)?$/.exec(text)
  const fraction = match?.[3] ?? ''
  if (!match || fraction.length > places) return null
  const minor = Number(`${match[1]}${match[2]}${fraction.padEnd(places, '0')}`)
  return Number.isSafeInteger(minor) ? minor : null
}

/** Words by which a segment of a file is found: tiers and RFM segments by their names, anything else stays as it is. */
export const segmentKey = (text: string | null): string | null => text?.trim().toLowerCase().replaceAll(' ', '-') || null
