import { lineAmountLess, micro, microOf, microText, minorAmount, type Rate } from './amount.ts'
import type { Line, LineKind } from './lines.ts'

/** A line as a person or a program states it, in decimal texts of the order's currency. */
export interface DraftLine {
  readonly kind: LineKind
  readonly product: string | null
  readonly name: string | null
  readonly quantity: string
  readonly unitPrice: string | null
  readonly amount: string | null
  readonly discount: string | null
  readonly cost: string | null
}

export interface DraftProblem {
  /** From 0. */
  readonly line: number
  readonly field: keyof DraftLine
  readonly reason: 'amount-missing' | 'cost-missing' | 'too-large' | 'discount-too-large'
  readonly detail: string
}

/**
 * Lines with their amounts in minor units of the organization's currency (`minor` places), each rounded once; or what is wrong with them. Discounts and costs of goods that come
 * back count negative, however they are written.
 */
export function linesOfDraft(
  drafts: readonly DraftLine[],
  minor: number,
  rate: Rate | null,
): { readonly lines: Line[]; readonly problems: DraftProblem[] } {
  const problems: DraftProblem[] = []
  let size = 0
  const lines = drafts.map((draft, i): Line => {
    const complain = (field: keyof DraftLine, reason: DraftProblem['reason'], detail: string) =>
      problems.push({ line: i, field, reason, detail })
    const line = draft.kind === 'goods' ? goods(draft, minor, rate) : orderWide(draft, minor, rate)
    if (draft.kind === 'goods' || draft.kind === 'discount') {
      if (draft.unitPrice === null && draft.amount === null)
        complain('unitPrice', 'amount-missing', 'A line needs a unit price or an amount')
    } else if (draft.cost === null) complain('cost', 'cost-missing', 'Shipping and fees need a cost')
    const numbers = [line.quantityMicro, line.unitPriceMicro ?? 0, line.netMinor, line.discountMinor, line.costMinor ?? 0]
    size += Math.abs(line.netMinor) + Math.abs(line.discountMinor) + Math.abs(line.costMinor ?? 0)
    if (!numbers.every(Number.isSafeInteger) || size > largestOrder * 10 ** minor)
      complain(
        'quantity',
        'too-large',
        `An order’s amounts come to no more than ${largestOrder.toLocaleString('en')} together; with this line it is more`,
      )
    if (line.kind === 'goods' && line.quantityMicro > 0 && line.discountMinor > 0 && line.netMinor < 0)
      complain('discount', 'discount-too-large', 'The discount is larger than the line')
    return line
  })
  return { lines, problems }
}

/** In units of a currency: an order's own sums stay exact. The same holds for a line of a file. What a customer's orders come to together is checked where they are written. */
const largestOrder = 1e11

function goods(draft: DraftLine, minor: number, rate: Rate | null): Line {
  const quantityMicro = microOf(draft.quantity)
  const price = draft.unitPrice === null ? null : microOf(draft.unitPrice)
  const amount = draft.amount === null ? 0 : microOf(draft.amount)
  const returned = quantityMicro < 0 || (price === null && amount < 0)
  const signed = (text: string | null) => (text === null ? 0 : Math.abs(microOf(text)) * (returned ? -1 : 1))
  const discount = signed(draft.discount)
  return {
    kind: 'goods',
    product: draft.product,
    name: draft.name,
    quantityMicro,
    unitPriceMicro: price,
    discountMinor: discount === 0 ? 0 : minorAmount(discount, minor, rate),
    netMinor: price === null ? minorAmount(amount, minor, rate) : lineAmountLess(quantityMicro, price, discount, minor, rate),
    costMinor: draft.cost === null ? null : minorAmount(signed(draft.cost), minor, rate),
  }
}

function orderWide(draft: DraftLine, minor: number, rate: Rate | null): Line {
  const value = Math.abs(microOf(draft.amount ?? draft.unitPrice ?? '0'))
  return {
    kind: draft.kind,
    product: null,
    name: draft.name,
    quantityMicro: micro,
    unitPriceMicro: null,
    discountMinor: 0,
    netMinor: draft.kind === 'discount' && value !== 0 ? -minorAmount(value, minor, rate) : 0,
    costMinor: draft.kind === 'discount' || draft.cost === null ? null : minorAmount(Math.abs(microOf(draft.cost)), minor, rate),
  }
}

/** A line's figures as decimal texts, for people and programs. */
export const quantityText = (line: Line): string => microText(line.quantityMicro)
export const unitPriceText = (line: Line): string | null => (line.unitPriceMicro === null ? null : microText(line.unitPriceMicro))
