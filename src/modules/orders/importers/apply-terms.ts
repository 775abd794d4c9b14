import type { Context } from '#platform/context.ts'
import type { Db } from '#platform/database/connection.ts'
import { keepTermsBefore, knownTerms, ordersThere, type SaidOfOrder, writeSaid } from '../store/import-terms.ts'

/** How many orders got terms, and of how many they changed. */
export interface TermCounts {
  termsNew: number
  termsChanged: number
}

interface Options {
  readonly runId: string
  /** Who wins where terms were changed by hand since. */
  readonly conflict: string
  /** All orders are those of this run. */
  readonly alone: boolean
}

/** Brings in what a part of a file says of terms and deliveries, after its orders, in the same transaction. */
export async function applyTerms({ db, now }: Context, said: readonly SaidOfOrder[], options: Options): Promise<TermCounts> {
  const { fresh, changed } = await compareTerms(db, said, options)
  // Orders that a person changed stay with the customer with whom they are, whatever a file says.
  const there = options.alone ? null : await ordersThere(db, [...fresh, ...changed])
  const here = (orders: readonly SaidOfOrder[]) => (there ? orders.filter(({ orderId }) => there.has(orderId)) : orders)
  await keepTermsBefore(db, options.runId, here(changed))
  await writeSaid(db, [...here(fresh), ...here(changed)], { runId: options.runId, now })
  return { termsNew: here(fresh).length, termsChanged: here(changed).length }
}

/** What bringing them in would do. */
export async function compareTerms(db: Db, said: readonly SaidOfOrder[], { conflict, alone }: Pick<Options, 'conflict' | 'alone'>) {
  const known = alone ? new Map() : await knownTerms(db, said)
  const fresh = said.filter(({ orderId }) => !known.has(orderId))
  const changed = said.filter(({ orderId, fingerprint }) => {
    const before = known.get(orderId)
    return before !== undefined && before.fingerprint !== fingerprint && !(before.byHand && conflict === 'hand')
  })
  return { fresh, changed }
}
