import type { Field } from '#ui/form.tsx'
import { useWords, type Words } from '#ui/words.ts'
import type { TermsInput } from '../api/terms.ts'
import type { OrderDetail } from './order-page.tsx'
import { saidOrNull } from './terms-draft.ts'

/** What is typed about terms or a delivery: the order's own by their names, those of its lines as `quantity-1`, so that each is a field that can be compared with what others saved. */
export type TermValues = Record<string, string | null>

type LineTerm = 'quantity' | 'grade' | 'specification'
const longest: Readonly<Record<LineTerm, number>> = { quantity: 16, grade: 200, specification: 1000 }
type LineTerms = NonNullable<TermsInput['lines']>[number]

export interface Goods {
  readonly place: number
  readonly name: string
  readonly quantity: string
}

/** The goods that an order sells, line by line. */
export const goodsOf = (order: OrderDetail): readonly Goods[] =>
  order.lines
    .filter(({ kind, quantity }) => kind === 'goods' && !quantity.startsWith('-'))
    .map(({ place, name, product, quantity }) => ({ place, name: name ?? product ?? String(place), quantity }))

export const lineFieldsOf = (
  goods: readonly Goods[],
  t: Words,
  isQuantity: (value: unknown) => string | null,
  termsOf: (place: number) => readonly LineTerm[],
): Field<TermValues>[] =>
  goods.flatMap(({ place, name, quantity }) =>
    termsOf(place).map(
      (term): Field<TermValues> => ({
        name: `${term}-${place}`,
        kind: 'text',
        label: t('terms.ofLine', { term: t(`term.${term}`), line: name }),
        maxLength: longest[term],
        ...(term === 'quantity' ? { placeholder: quantity, required: false, check: isQuantity } : {}),
      }),
    ),
  )

export const lineValues = (lines: readonly LineTerms[]): TermValues =>
  Object.fromEntries(
    lines.flatMap(({ place, quantity, grade, specification }) => [
      [`quantity-${place}`, quantity ?? null],
      [`grade-${place}`, grade ?? null],
      [`specification-${place}`, specification ?? null],
    ]),
  )

/** Lines of which nothing was typed are left out. */
export const linesOfValues = (goods: readonly Goods[], values: TermValues): LineTerms[] =>
  goods
    .map(({ place }) => ({
      place,
      quantity: saidOrNull(values[`quantity-${place}`]),
      grade: saidOrNull(values[`grade-${place}`]),
      specification: saidOrNull(values[`specification-${place}`]),
    }))
    .filter(({ quantity, grade, specification }) => quantity !== null || grade !== null || specification !== null)

/** What is wrong with a typed quantity, in words. */
export function useQuantityCheck(): (value: unknown) => string | null {
  const t = useWords('orders')
  return (value) => {
    const text = saidOrNull(typeof value === 'string' ? value : null)
    return text === null || /^\d{1,9}(\.\d{1,6})?$/.test(text) ? null : t('terms.notAQuantity')
  }
}
