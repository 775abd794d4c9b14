import { failed, foldCell, type Parsed } from './cells.ts'

/** An exact decimal: `units` × 10^-`scale`. `currency` is the sign or code that stood beside it, as written, for the caller to compare with the column's currency. */
export type Decimal = { readonly units: bigint; readonly scale: number; readonly currency?: string }

export type DecimalSeparator = '.' | ','

export type SeparatorChoice = {
  readonly separator: DecimalSeparator
  /** `clear`: some cell can be read in one way only, and none in the other only. */
  readonly evidence: 'clear' | 'none' | 'ambiguous' | 'mixed'
  /** A cell that can be read both ways, or that contradicts the choice. */
  readonly example?: string
}

const digitLimit = 40
const groupSigns = " \u00a0\u202f\u2009'’"
const currencyMark =
  /^(?:(?:RMB|CNY|USD|EUR|GBP|HKD|TWD|NTD|JPY|SGD|MOP)(?![A-Z])|(?:US|HK|NT|S|A|C|MOP)?\$|[¥€£₩₹]|人民币|人民幣|新台币|新臺幣|港币|港幣|美元|欧元|歐元|元|圆|圓|块|塊)/i

/**
 * Reads an amount or a quantity exactly, without ever passing through a binary fraction. `separator` is the decimal separator of the column (see `chooseSeparator`); the other
 * of `.` and `,`, blanks and apostrophes may group digits by three (or by two and three, as in India). Also: signs before and behind, parentheses for
 * negatives, currency signs and codes, full-width digits, and exponents unless they come from a spreadsheet that has dropped digits.
 * Refuses everything else with its reason; never guesses.
 */
export function parseDecimal(text: string, separator: DecimalSeparator): Parsed<Decimal> {
  let rest = foldCell(text).replace(/[−–—]/g, '-')
  if (rest === '') return failed('empty', text)
  let negative = false
  let currency: string | undefined
  if (/^\(.*\)$/.test(rest)) {
    negative = true
    rest = rest.slice(1, -1).trim()
  }
  // Sign and currency come in either order before the number, and in either order behind it.
  for (let round = 0; round < 2; round++) {
    const mark = currencyMark.exec(rest)?.[0]
    if (mark && currency === undefined) {
      currency = mark
      rest = rest.slice(mark.length).trimStart()
    }
    if (round === 0 && /^[+-]/.test(rest) && !negative) {
      negative = rest.startsWith('-')
      rest = rest.slice(1).trimStart()
    }
  }
  if (/[\d.,]\s?-$/.test(rest) && !negative) {
    negative = true
    rest = rest.slice(0, -1).trimEnd()
  }
  const behind = /^([\d.,'’\s]+?)\s?([A-Z$¥€£₩₹\p{Script=Han}]+\$?)$/iu.exec(rest)
  if (behind && currency === undefined && currencyMark.exec(behind[2]!)?.[0].length === behind[2]!.length) {
    currency = behind[2]!
    rest = behind[1]!
  }
  if (rest.endsWith('%') || rest.endsWith('‰')) return failed('percent', text)

  const parts = /^([\d.,'’\s]*\d[.,]?|[.,]\d+)(?:e([+-]?\d{1,3}))?$/iu.exec(rest)
  if (!parts) return failed('notANumber', text)
  const [, number, exponentText] = parts
  const point = number!.lastIndexOf(separator)
  if (point >= 0 && number!.indexOf(separator) !== point) return failed('groupingUnclear', text, { separator })
  const whole = ungroup(point < 0 ? number! : number!.slice(0, point), separator)
  const fraction = point < 0 ? '' : number!.slice(point + 1)
  if (whole === undefined || !/^\d*$/.test(fraction) || whole + fraction === '') return failed('groupingUnclear', text, { separator })
  const exponent = exponentText === undefined ? 0 : Number(exponentText)
  // Six figures and an exponent is how spreadsheets show long numbers; the figures that are missing are gone.
  if (exponent > fraction.length && fraction.length >= 5) return failed('digitsShortened', text)

  const scale = fraction.length - exponent
  const digits = (whole + fraction).replace(/^0+(?=\d)/, '')
  if (digits.length + Math.abs(exponent) > digitLimit) return failed('tooManyDigits', text, { limit: digitLimit })
  const units = BigInt(scale < 0 ? digits + '0'.repeat(-scale) : digits)
  const value = { units: negative ? -units : units, scale: Math.max(scale, 0) }
  return { ok: true, value: currency === undefined ? value : { ...value, currency } }
}

/**
 * Whether a column writes its decimals with a point or a comma, from some of its cells. `1,234.5` and `1,5` and `0,125` speak; `1,234` alone does not: then the answer is the
 * likelier one (comma groups, point divides) with evidence `ambiguous`, for a person to confirm. `mixed`: cells speak for both.
 */
export function chooseSeparator(samples: Iterable<string>): SeparatorChoice {
  const votes = { '.': 0, ',': 0 }
  const examples: { '.'?: string; ','?: string; either?: string } = {}
  for (const sample of samples) {
    const said = separatorSaidBy(foldCell(sample))
    if (said === undefined) continue
    examples[said] ??= sample
    if (said !== 'either') votes[said]++
  }
  if (votes['.'] > 0 && votes[','] > 0) {
    const separator = votes['.'] >= votes[','] ? '.' : ','
    return { separator, evidence: 'mixed', example: examples[separator === '.' ? ',' : '.']! }
  }
  if (votes['.'] > 0) return { separator: '.', evidence: 'clear' }
  if (votes[','] > 0) return { separator: ',', evidence: 'clear' }
  return examples.either === undefined
    ? { separator: '.', evidence: 'none' }
    : { separator: '.', evidence: 'ambiguous', example: examples.either }
}

/** The decimal as a whole number of 10^-`scale`, or undefined where digits would be lost. */
export function unitsAt(decimal: Decimal, scale: number): bigint | undefined {
  if (scale >= decimal.scale) return decimal.units * 10n ** BigInt(scale - decimal.scale)
  const divisor = 10n ** BigInt(decimal.scale - scale)
  return decimal.units % divisor === 0n ? decimal.units / divisor : undefined
}

/** The decimal as a whole number of 10^-`scale`, rounded half away from zero. */
export function roundedUnits(decimal: Decimal, scale: number): bigint {
  if (scale >= decimal.scale) return decimal.units * 10n ** BigInt(scale - decimal.scale)
  const divisor = 10n ** BigInt(decimal.scale - scale)
  const half = divisor / 2n
  return (decimal.units + (decimal.units < 0n ? -half : half)) / divisor
}

/** The decimal in digits, `-12.50`. */
export function decimalText({ units, scale }: Decimal): string {
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0')
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`
  return units < 0n ? `-${text}` : text
}

/** Digits without their grouping, or undefined where the groups are not those of a number. */
function ungroup(whole: string, separator: DecimalSeparator): string | undefined {
  if (/^\d*$/.test(whole)) return whole
  const sign = [...whole].find((c) => c < '0' || c > '9')!
  if (sign === separator || !(sign === '.' || sign === ',' || groupSigns.includes(sign))) return undefined
  const groups = whole.split(sign)
  const good = groups.every(
    (group, i) =>
      /^\d+$/.test(group) &&
      (i === 0 ? group.length <= 3 : i === groups.length - 1 ? group.length === 3 : group.length >= 2 && group.length <= 3),
  )
  return good ? groups.join('') : undefined
}

function separatorSaidBy(text: string): DecimalSeparator | 'either' | undefined {
  const signs = /^[^\d.,]*([\d.,'’\s]*\d[\d.,]*)/.exec(text)?.[1]?.replace(/[^\d.,]/g, '')
  if (signs === undefined) return undefined
  const point = signs.lastIndexOf('.')
  const comma = signs.lastIndexOf(',')
  if (point < 0 && comma < 0) return undefined
  if (point >= 0 && comma >= 0) return point > comma ? '.' : ','
  const sign = point >= 0 ? '.' : ','
  const other = sign === '.' ? ',' : '.'
  const last = Math.max(point, comma)
  if (signs.indexOf(sign) !== last) return other
  const before = signs.slice(0, last)
  const grouped = signs.length - last - 1 === 3 && before.length >= 1 && before.length <= 3 && !before.startsWith('0')
  return grouped ? 'either' : sign
}
