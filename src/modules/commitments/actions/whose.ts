import type { Context } from '#platform/context.ts'
import type { Db } from '#platform/database/connection.ts'
import { refuse } from '#platform/refusal.ts'
import { enabledAmong } from '#platform/sign-in/users.ts'
import { type Commitment, isTheirs } from '../domain/commitment.ts'
import { commitmentsWithin } from './reach.ts'

/** Others' commitments are changed by whoever manages them, as far as that reaches; one's own by whoever owes, asked or comes along. */
export async function mayChange({ db, actor }: Context, commitment: Commitment): Promise<boolean> {
  if (isTheirs(commitment, actor.id)) return true
  if (!actor.can('commitments.manage')) return false
  return (await commitmentsWithin(db, actor.reach('commitments.manage'), [commitment])).length > 0
}

export async function mustBeTheirs(context: Context, commitment: Commitment): Promise<void> {
  if (!(await mayChange(context, commitment)))
    throw refuse('forbidden', 'not-yours', 'Only who owes it, who asked for it, and whoever manages others’ commitments can change it')
}

/** Nobody is made to owe something who cannot sign in. */
export async function mustWorkHere({ db, actor }: Context, field: string, userIds: readonly string[]): Promise<void> {
  const others = userIds.filter((id) => id !== actor.id)
  const enabled = await worksHere(db, others)
  if (others.some((id) => !enabled.has(id)))
    throw refuse('invalid', 'nobody-here', 'There is nobody of this id who can sign in', {
      fields: [{ field, reason: 'nobody-here', detail: 'There is nobody of this id who can sign in' }],
    })
}

/** Those of some ids that are users who can sign in. */
export const worksHere = async (db: Db, ids: readonly string[]): Promise<ReadonlySet<string>> =>
  new Set(await enabledAmong(db, ids.filter(isUserId)))

const isUserId = (id: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)
