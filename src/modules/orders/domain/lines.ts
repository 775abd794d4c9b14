import { microOf, microText } from './amount.ts'

/** Shipping and fees are costs that the company bears for the order; a discount line takes off from the order as a whole. */
export type LineKind = 'goods' | 'shipping' | 'fee' | 'discount'

/**
 * One line of an order. Quantity and unit price are in millionths of the order's currency and unit; amounts are minor units of the organization's currency, rounded once.
 * A negative net amount is a return or refund.
 */
export interface Line {
  readonly kind: LineKind
  readonly product: string | null
  readonly name: string | null
  readonly quantityMicro: number
  /** Null where only the line's amount is known. */
  readonly unitPriceMicro: number | null
  /** ≥ 0 for sales, ≤ 0 for returns: what was taken off. */
  readonly discountMinor: number
  /** What the customer pays for the line. */
  readonly netMinor: number
  /** What the goods of the line cost, where the file or a person says it; negative for returns. Null: not known here. */
  readonly costMinor: number | null
  /** Only in a refund: the place, from 1, of the line of its order that it gives back. */
  readonly givesBack?: number
}

/**
 * Lines as text, one per line, the fields separated by tabs:
 *
 *   kind (g, s, f, d) · net · quantity · unit price · product · name · discount · cost · gives back
 *
 * Quantity 1, discount 0 and what is not known are empty; empty fields at the end are left out. Backslash, tab and line ends in product and name are written
 * `\\`, `\t`, `\n`, `\r`. Equal lines have equal texts. In SQL: `split_part(string_to_table(lines, E'\n'), E'\t', 5)` is the product.
 */
export const encodeLines = (lines: readonly Line[]): string => lines.map(encodeLine).join('\n')

export function encodeLine(line: Line): string {
  if (line.givesBack !== undefined) {
    const { givesBack, ...rest } = line
    const text = encodeLine(rest)
    return `${text}${'\t'.repeat(8 - (text.split('\t').length - 1))}${givesBack}`
  }
  const { kind, netMinor, quantityMicro, unitPriceMicro, product, name, discountMinor, costMinor } = line
  let text = `${kind[0]}\t${netMinor}\t${quantityMicro === 1_000_000 ? '' : microText(quantityMicro)}\t${unitPriceMicro === null ? '' : microText(unitPriceMicro)}`
  if (product === null && name === null && discountMinor === 0 && costMinor === null) return trimmed(text)
  text += `\t${product === null ? '' : escaped(product)}`
  if (name === null && discountMinor === 0 && costMinor === null) return text
  text += `\t${name === null ? '' : escaped(name)}`
  if (discountMinor === 0 && costMinor === null) return text
  text += `\t${discountMinor === 0 ? '' : discountMinor}`
  return costMinor === null ? text : `${text}\t${costMinor}`
}

/** The lines of a text; throws RangeError where it is none. No text at all is no lines. */
export function decodeLines(text: string): Line[] {
  return text === '' ? [] : text.split('\n').map(decodeLine)
}

/** Codes of the products sold, line by line, without making lines: for streams of millions. */
export function productsSold(text: string): string[] {
  const found: string[] = []
  for (const line of text.split('\n')) {
    if (!line.startsWith('g\t')) continue
    const fields = line.split('\t')
    const product = fields[4]
    if (product && !fields[2]!.startsWith('-')) found.push(unescaped(product))
  }
  return found
}

function decodeLine(text: string): Line {
  const [letter = '', net = '', quantity = '', price = '', product = '', name = '', discount = '', cost = '', givesBack = ''] =
    text.split('\t')
  const kind = kinds[letter]
  const line = {
    kind: kind!,
    product: product === '' ? null : unescaped(product),
    name: name === '' ? null : unescaped(name),
    quantityMicro: quantity === '' ? 1_000_000 : microOf(quantity),
    unitPriceMicro: price === '' ? null : microOf(price),
    discountMinor: Number(discount),
    netMinor: Number(net),
    costMinor: cost === '' ? null : Number(cost),
    ...(givesBack === '' ? {} : { givesBack: Number(givesBack) }),
  }
  const numbers = [
    line.quantityMicro,
    line.unitPriceMicro ?? 0,
    line.discountMinor,
    line.netMinor,
    line.costMinor ?? 0,
    line.givesBack ?? 1,
  ]
  if (!kind || net === '' || !numbers.every(Number.isSafeInteger))
    throw new RangeError(`order lines: '${text.slice(0, 100)}' is not a line`)
  return line
}

const kinds: Readonly<Record<string, LineKind>> = { g: 'goods', s: 'shipping', f: 'fee', d: 'discount' }

const trimmed = (text: string): string => text.replace(/\t+$/, '')

const letters: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }
const escaped = (text: string): string => (/[\\\t\n\r]/.test(text) ? text.replace(/[\\\t\n\r]/g, (c) => letters[c]!) : text)
const unescaped = (text: string): string =>
  text.includes('\\') ? text.replace(/\\(.)/g, (_, c: string) => (c === 't' ? '\t' : c === 'n' ? '\n' : c === 'r' ? '\r' : c)) : text
