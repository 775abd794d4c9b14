import { customerNames, customersWithin } from '#modules/customers/public.ts'
import type { Context } from '#platform/context.ts'
import type { ResultOf } from '#platform/contract.ts'
import type { commitmentsApi } from '../api.ts'
import { type Commitment, isOverdue } from '../domain/commitment.ts'
import type { Signal } from '../store/signals.ts'

export type CommitmentView = ResultOf<typeof commitmentsApi.create>
type SignalView = ResultOf<typeof commitmentsApi.captureSignal>

/**
 * Commitments as they are shown, with the names of their customers. Whoever owes something about a customer beyond their reach sees what they owe, and not about whom.
 */
export async function viewsOf(context: Context, commitments: readonly Commitment[]): Promise<CommitmentView[]> {
  const { now } = context
  const names = await namesOf(context, commitments)
  return commitments.map(({ customerId, ours, theirs, steps, repeat, origin, ...commitment }) => ({
    ...commitment,
    customer: named(names, customerId),
    ours: [...ours],
    theirs: [...theirs],
    steps: [...steps],
    repeat: repeat && { ...repeat },
    origin: origin && { ...origin },
    overdue: isOverdue(commitment, now),
  }))
}

export async function viewOf(context: Context, commitment: Commitment): Promise<CommitmentView> {
  return (await viewsOf(context, [commitment]))[0]!
}

export async function signalViews(
  context: Context,
  signals: readonly Signal[],
  isLate: (signal: Signal) => boolean,
): Promise<SignalView[]> {
  const names = await namesOf(context, signals)
  return signals.map(({ customerId, ...signal }) => ({
    ...signal,
    customer: named(names, customerId),
    late: isLate({ ...signal, customerId }),
  }))
}

async function namesOf(
  { db, reach }: Context,
  all: readonly { readonly customerId: string | null }[],
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(all.flatMap(({ customerId }) => customerId ?? []))]
  return customerNames(db, [...(await customersWithin(db, ids, reach))])
}

const named = (names: ReadonlyMap<string, string>, customerId: string | null) => {
  const name = customerId === null ? undefined : names.get(customerId)
  return customerId === null || name === undefined ? null : { id: customerId, name }
}
