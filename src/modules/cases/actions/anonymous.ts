import { customerNames } from '#modules/customers/public.ts'
import { orderById } from '#modules/orders/public.ts'
import type { Context } from '#platform/context.ts'
import { refuse } from '#platform/refusal.ts'
import { fold } from '#platform/tabular/normalise-key.ts'
import { isTellingNumber, isTellingWord, type Naming, namingsIn } from '../domain/anonymity.ts'
import type { CaseRow } from '../store/cases.ts'

/**
 * What others read of some cases names none of those who are behind it by anything that the archive knows of them, by the number of a case or of an order, and holds nobody's contact data (G-30). Refused with everything that was
 * found, at the field in which it stands. `texts`: by the fields of whoever wrote them.
 */
export async function mustBeAnonymous(
  { db, house }: Context,
  rows: readonly Pick<CaseRow, 'customerId' | 'number' | 'orderId'>[],
  texts: Readonly<Record<string, string>>,
): Promise<void> {
  const ids = [...new Set(rows.map(({ customerId }) => customerId))]
  const orders = await Promise.all([...new Set(rows.flatMap(({ orderId }) => orderId ?? []))].map((id) => orderById(db, id)))
  const numbers = [...rows.map(({ number }) => number), ...orders.flatMap((order) => order?.number ?? [])]
  const archived: string[] = []
  for (const { subject } of house.modules) archived.push(...((await subject?.words?.(db, ids)) ?? []))
  const names = [...(await customerNames(db, ids)).values()]
  const words = [...numbers.filter(isTellingNumber), ...archived.filter(isTellingWord)]
  const about = { words: words.map(fold), persons: names.map(fold) }
  const found = Object.entries(texts).flatMap(([field, text]) => namingsIn(fold(text), about).map((naming) => ({ field, ...naming })))
  const first = found[0]
  if (first) throw refusalOf(found, first.reason)
}

function refusalOf(found: readonly (Naming & { readonly field: string })[], reason: Naming['reason']) {
  const fields = [...Map.groupBy(found, ({ field }) => field)].map(([field, [one]]) => ({
    field,
    reason: one!.reason,
    detail: 'This gives somebody away',
  }))
  const words = new Set(found.filter((one) => one.reason === reason).map(({ word }) => word))
  return refuse('invalid', reason, 'Others read this: it may name nobody and hold nothing by which somebody is reached', {
    fields,
    values: { word: [...words].join(', ') },
  })
}
