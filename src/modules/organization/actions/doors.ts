import type { Context } from '#platform/context.ts'
import { refuse } from '#platform/refusal.ts'
import { allRoles, rolesOf } from '../store/roles.ts'

/** What opens the house to somebody is done by people, not by keys of programs: a key that leaks must not make itself an account. */
export function refuseKey({ actor }: Pick<Context, 'actor'>): void {
  if (actor.through?.kind === 'key') throw refuse('forbidden', 'not-by-key', 'This needs a person who is signed in; a key cannot do it')
}

/** Nobody gives a role, or takes over the account of somebody, that may do more than they may themselves. */
export async function refuseBeyondOwn({ db, actor }: Context, roles: readonly string[]): Promise<void> {
  const given = (await allRoles(db)).filter(({ name }) => roles.includes(name))
  const beyond = given.flatMap(({ permissions }) => [...permissions.keys()]).find((permission) => !actor.can(permission))
  if (beyond)
    throw refuse('forbidden', 'beyond-own-rights', `That takes the permission ${beyond}, which you do not hold yourself`, {
      values: { permission: beyond },
    })
}

export const refuseAccountBeyondOwn = async (context: Context, userId: string): Promise<void> =>
  refuseBeyondOwn(context, (await rolesOf(context.db, [userId])).get(userId) ?? [])
