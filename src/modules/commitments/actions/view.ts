import { customerNames } from '#modules/customers/public.ts'
import type { Context } from '#platform/context.ts'
import type { ResultOf } from '#platform/contract.ts'
import type { commitmentsApi } from '../api.ts'
import { type Commitment, isOverdue } from '../domain/commitment.ts'
import type { Signal } from '../store/signals.ts'

export type CommitmentView = ResultOf<typeof commitmentsApi.create>
type SignalView = ResultOf<typeof commitmentsApi.captureSignal>

/** Commitments as they are shown, with the names of their customers. */
export async function viewsOf({ db, now }: Pick<Context, 'db' | 'now'>, commitments: readonly Commitment[]): Promise<CommitmentView[]> {
  const names = await customerNames(db, known(commitments))
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

export async function signalViews({ db }: Context, signals: readonly Signal[], isLate: (signal: Signal) => boolean): Promise<SignalView[]> {
  const names = await customerNames(db, known(signals))
  return signals.map(({ customerId, ...signal }) => ({
    ...signal,
    customer: named(names, customerId),
    late: isLate({ ...signal, customerId }),
  }))
}

const known = (all: readonly { readonly customerId: string | null }[]) => [...new Set(all.flatMap(({ customerId }) => customerId ?? []))]

const named = (names: ReadonlyMap<string, string>, customerId: string | null) =>
  customerId === null ? null : { id: customerId, name: names.get(customerId) ?? '' }
