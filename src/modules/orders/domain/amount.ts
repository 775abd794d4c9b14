/**
 * Quantities and unit prices are exact decimals with at most six places, held as whole numbers of a millionth (`micro`), below 2^53 in size. Amounts are whole minor units of a
 * currency. Rounding is half away from zero and happens once per line.
 */
export const micro = 1_000_000

/** How many places the minor unit of a currency has: 2 for USD, 0 for JPY, 3 for KWD (ISO 4217 as the runtime knows it). */
export function minorPlaces(currency: string): number {
  const known = places.get(currency)
  if (known !== undefined) return known
  const found = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  places.set(currency, found)
  return found
}
const places = new Map<string, number>()

/** Whether it is the code of a currency, as ISO 4217 and the runtime know it. */
export function isCurrencyCode(text: string): boolean {
  codes ??= new Set(Intl.supportedValuesOf('currency'))
  return codes.has(text)
}
let codes: Set<string> | undefined

/** What an exchange rate does to an amount: one unit is `units` × 10^-`scale` of the organization's currency. */
export interface Rate {
  readonly units: bigint
  readonly scale: number
}

/** A rate from its decimal text; refuses what is no positive decimal with a RangeError. */
export function rateOf(text: string): Rate {
  const match = /^(\d{1,20})(?:\.(\d{1,20}))?$/.exec(text)
  const units = match ? BigInt(match[1]! + (match[2] ?? '')) : 0n
  if (units <= 0n) throw new RangeError(`rate: '${text}' is not a positive decimal`)
  return { units, scale: match![2]?.length ?? 0 }
}

/**
 * quantity × price (both in micro) × rate, in minor units of `minor` places, rounded half away from zero once. NaN where the result or a factor is not below 2^53.
 */
export function lineAmount(quantityMicro: number, priceMicro: number, minor: number, rate: Rate | null = null): number {
  if (rate === null && quantityMicro % micro === 0) {
    const product = (quantityMicro / micro) * priceMicro
    if (Number.isSafeInteger(product)) return roundedDivision(product, powers[6 - minor]!)
  }
  return exactProduct(quantityMicro, priceMicro, 0, minor, rate)
}

/** The same less an amount in micro (a discount, the tax), rounded once. */
export function lineAmountLess(
  quantityMicro: number,
  priceMicro: number,
  lessMicro: number,
  minor: number,
  rate: Rate | null = null,
): number {
  if (lessMicro === 0) return lineAmount(quantityMicro, priceMicro, minor, rate)
  return exactProduct(quantityMicro, priceMicro, lessMicro, minor, rate)
}

/** An amount in micro × rate, in minor units, rounded half away from zero once. */
export function minorAmount(amountMicro: number, minor: number, rate: Rate | null = null): number {
  if (rate === null) return roundedDivision(amountMicro, powers[6 - minor]!)
  return Number.isSafeInteger(amountMicro) ? exactAmount(BigInt(amountMicro), 6, minor, rate) : Number.NaN
}

/** The decimal text of a number of millionths, `-12.5`. */
export function microText(value: number): string {
  if (value % micro === 0) return String(value / micro)
  const size = Math.abs(value)
  const whole = Math.floor(size / micro)
  const fraction = String(size - whole * micro)
    .padStart(6, '0')
    .replace(/0+$/, '')
  return `${value < 0 ? '-' : ''}${whole}.${fraction}`
}

/** Millionths of a plain decimal text; NaN where it is none, has more than six places, or is not below 2^53 millionths. */
export function microOf(text: string): number {
  const match = /^(-?)(\d{1,16})(?:\.(\d{1,6})0*)?$/.exec(text)
  if (!match) return Number.NaN
  const value = Number(match[2]! + (match[3] ?? '').padEnd(6, '0'))
  if (!Number.isSafeInteger(value)) return Number.NaN
  return match[1] && value !== 0 ? -value : value
}

const powers = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000]

function roundedDivision(value: number, by: number): number {
  const size = Math.abs(value)
  const rest = size % by
  const whole = (size - rest) / by + (2 * rest >= by ? 1 : 0)
  return value < 0 && whole !== 0 ? -whole : whole
}

function exactProduct(quantityMicro: number, priceMicro: number, lessMicro: number, minor: number, rate: Rate | null): number {
  if (![quantityMicro, priceMicro, lessMicro].every(Number.isSafeInteger)) return Number.NaN
  return exactAmount(BigInt(quantityMicro) * BigInt(priceMicro) - BigInt(lessMicro) * 1_000_000n, 12, minor, rate)
}

function exactAmount(product: bigint, scale: number, minor: number, rate: Rate | null): number {
  const units = product * (rate?.units ?? 1n)
  const divisor = 10n ** BigInt(scale + (rate?.scale ?? 0) - minor)
  const half = divisor / 2n
  const rounded = Number((units + (units < 0n ? -half : half)) / divisor)
  return Number.isSafeInteger(rounded) ? rounded : Number.NaN
}
