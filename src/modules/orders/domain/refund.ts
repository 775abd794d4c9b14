import { micro, microOf } from './amount.ts'
import type { Line } from './lines.ts'

/** What may still come back of a line: its quantity in millionths, and its amounts in minor units, less what earlier refunds took back. */
export interface Remaining {
  readonly quantityMicro: number
  readonly netMinor: number
  readonly discountMinor: number
  readonly costMinor: number | null
}

export interface RefundProblem {
  readonly place: number
  readonly reason: 'no-such-line' | 'not-goods' | 'too-many'
  /** Millionths that may still come back. */
  readonly leftMicro: number
}

/** A line of an order from which more was given back than it holds. */
export interface Excess {
  readonly place: number
  /** Millionths that were given back of it. */
  readonly givenMicro: number
}

/**
 * What may still come back of each line of an order, never below 0; null for lines that are no goods sold. A line of a refund counts against the line that it says it gives back. Where it says none, or
 * the order has other goods there since, it counts against lines of the same goods from the first on; a plain amount counts against no line.
 */
export const remainingOf = (lines: readonly Line[], refunds: readonly (readonly Line[])[]): (Remaining | null)[] =>
  account(lines, refunds).left

/**
 * The first line from which refunds take more than it holds: more of its goods, or more than they are worth; or whose goods the order no longer holds at all (the place is then the one that
 * the refund names). Null where there is none.
 */
export const excessOf = (lines: readonly Line[], refunds: readonly (readonly Line[])[]): Excess | null => account(lines, refunds).excess

function account(lines: readonly Line[], refunds: readonly (readonly Line[])[]): { left: (Remaining | null)[]; excess: Excess | null } {
  const left = lines.map((line): Remaining | null => (isSold(line) ? line : null))
  const givenMicro = lines.map(() => 0)
  let excess: Excess | null = null
  for (const back of refunds.flat()) {
    if (back.kind !== 'goods' || back.quantityMicro >= 0) continue
    const named = back.givesBack === undefined ? -1 : back.givesBack - 1
    const others = back.product === null && back.name === null ? [] : lines.flatMap((line, i) => (sameGoods(line, back) ? [i] : []))
    const places = sameGoods(lines[named], back) ? [named] : others
    let open = less({ ...negated(back), costMinor: back.costMinor === null ? null : -back.costMinor }, nothing)
    if (places.length === 0 && named >= 0) excess ??= { place: named + 1, givenMicro: open.quantityMicro }
    for (const [n, place] of places.entries()) {
      const before = left[place]
      if (!before || open.quantityMicro <= 0) continue
      // What is more than the goods have left falls on the last of their lines.
      const taken = n === places.length - 1 ? open : part(open, Math.min(open.quantityMicro, before.quantityMicro))
      left[place] = less(before, taken)
      open = less(open, taken)
      givenMicro[place] = givenMicro[place]! + taken.quantityMicro
      // Of goods on several lines nobody knows which of their prices came back.
      if (taken.quantityMicro > before.quantityMicro || (places.length === 1 && taken.netMinor > before.netMinor))
        excess ??= { place: place + 1, givenMicro: givenMicro[place]! }
    }
  }
  return { left, excess }
}

/**
 * The lines that give back some of an order's goods, or a plain amount. Each is the line of the order with a negative quantity and its share of what is left of the net amount, discount and cost, so
 * that giving everything back, at once or piece by piece, gives back exactly what was paid. Refuses to give back more of a line than is left of it.
 */
export function refundLines(
  lines: readonly Line[],
  remaining: readonly (Remaining | null)[],
  back: { readonly amountMinor: number } | { readonly lines: readonly { readonly place: number; readonly quantity: string }[] },
): Line[] | RefundProblem {
  if ('amountMinor' in back) return [plainAmount(back.amountMinor)]
  const left = [...remaining]
  const found: Line[] = []
  for (const { place, quantity } of back.lines) {
    const line = lines[place - 1]
    const before = left[place - 1]
    const given = microOf(quantity)
    if (!line) return { place, reason: 'no-such-line', leftMicro: 0 }
    if (!before) return { place, reason: 'not-goods', leftMicro: 0 }
    if (!(given > 0 && given <= before.quantityMicro)) return { place, reason: 'too-many', leftMicro: before.quantityMicro }
    const taken = part(before, given)
    left[place - 1] = less(before, taken)
    const { costMinor } = taken
    found.push({ ...line, ...negated(taken), costMinor: costMinor === null ? null : -costMinor || 0, givesBack: place })
  }
  return found
}

const nothing: Remaining = { quantityMicro: 0, netMinor: 0, discountMinor: 0, costMinor: 0 }

const isSold = (line: Line): boolean => line.kind === 'goods' && line.quantityMicro > 0 && line.netMinor + line.discountMinor >= 0

const sameGoods = (line: Line | undefined, back: Line): boolean =>
  line !== undefined && isSold(line) && line.product === back.product && (line.product !== null || line.name === back.name)

/** The share of a quantity in what is left: all of it for the whole quantity, else rounded half up. */
function part(of: Remaining, quantityMicro: number): Remaining {
  if (quantityMicro >= of.quantityMicro) return of
  const share = (value: number) => {
    const whole = BigInt(of.quantityMicro)
    const size = Number((2n * BigInt(Math.abs(value)) * BigInt(quantityMicro) + whole) / (2n * whole))
    return value < 0 ? -size || 0 : size
  }
  return {
    quantityMicro,
    netMinor: share(of.netMinor),
    discountMinor: share(of.discountMinor),
    costMinor: of.costMinor === null ? null : share(of.costMinor),
  }
}

function less(from: Remaining, taken: Remaining): Remaining {
  return {
    quantityMicro: Math.max(0, from.quantityMicro - taken.quantityMicro),
    netMinor: Math.max(0, from.netMinor - taken.netMinor),
    discountMinor: Math.max(0, from.discountMinor - taken.discountMinor),
    costMinor: from.costMinor === null ? null : Math.max(0, from.costMinor - (taken.costMinor ?? 0)),
  }
}

const negated = ({ quantityMicro, netMinor, discountMinor }: Remaining) => ({
  quantityMicro: -quantityMicro,
  netMinor: -netMinor || 0,
  discountMinor: -discountMinor || 0,
})

const plainAmount = (amountMinor: number): Line => ({
  kind: 'goods',
  product: null,
  name: null,
  quantityMicro: -micro,
  unitPriceMicro: null,
  discountMinor: 0,
  netMinor: -amountMinor,
  costMinor: null,
})
