import type { TermsInput } from '../api/terms.ts'
import { type DraftLine, isEmpty } from './draft.ts'

/** What is promised for an order as a whole, as it stands in the form: empty where nothing was typed. */
export interface TermsDraft {
  readonly promisedDay: string
  readonly deliveryPlace: string
  readonly settlement: string
  readonly tradeTerms: string
  readonly payment: string
}

export const emptyTerms: TermsDraft = { promisedDay: '', deliveryPlace: '', settlement: '', tradeTerms: '', payment: '' }

export const saidOrNull = (text: string | null | undefined): string | null => (text?.trim() ? text.trim() : null)

/** What is sent with a new order: null where nothing was promised. `lines` are those of the form, of which empty ones are left out. */
export function termsOf(draft: TermsDraft, lines: readonly DraftLine[]): TermsInput | null {
  const said = lines
    .filter((line) => !isEmpty(line))
    .map((line, i) => ({ place: i + 1, grade: saidOrNull(line.grade), specification: saidOrNull(line.specification), kind: line.kind }))
    .filter(({ kind, grade, specification }) => kind === 'goods' && (grade !== null || specification !== null))
    .map(({ kind: _, ...line }) => line)
  const terms = {
    promisedDay: saidOrNull(draft.promisedDay),
    deliveryPlace: saidOrNull(draft.deliveryPlace),
    settlement: saidOrNull(draft.settlement),
    tradeTerms: saidOrNull(draft.tradeTerms),
    payment: saidOrNull(draft.payment),
  }
  return said.length === 0 && Object.values(terms).every((value) => value === null) ? null : { ...terms, lines: said }
}
