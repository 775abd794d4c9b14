import type { Actor, Context } from '#platform/context.ts'
import { refuse } from '#platform/refusal.ts'
import { isUserId } from '#platform/user-id.ts'
import { reachesAsFar, type Scope } from '../domain.ts'
import { allDepartments } from '../store/departments.ts'
import { allRoles, grantsOf, rolesOf } from '../store/roles.ts'

/** What opens the house to somebody is done by people, not by keys of programs: a key that leaks must not make itself an account. */
export function refuseKey({ actor }: Pick<Context, 'actor'>): void {
  if (actor.through?.kind === 'key') throw refuse('forbidden', 'not-by-key', 'This needs a person who is signed in; a key cannot do it')
}

/** Nobody gives or takes a permission that they do not hold themselves at least as far. */
export function refuseGrantsBeyondOwn(actor: Actor, grants: Iterable<readonly [permission: string, scope: Scope]>): void {
  for (const [permission, scope] of grants) {
    if (!actor.can(permission))
      throw refuse('forbidden', 'beyond-own-rights', `That takes the permission ${permission}, which you do not hold yourself`, {
        values: { permission },
      })
    if (!reachesAsFar(actor.reach(permission), scope, actor.id))
      throw refuse('forbidden', 'beyond-own-reach', `That takes the permission ${permission} further than you reach yourself`, {
        values: { permission },
      })
  }
}

/** Nobody gives a role, or takes over the account of somebody, that may do more, or reaches further, than they may themselves. */
export async function refuseBeyondOwn({ db, actor }: Context, roles: readonly string[]): Promise<void> {
  if (roles.length === 0) return
  const given = (await allRoles(db)).filter(({ name }) => roles.includes(name))
  refuseGrantsBeyondOwn(
    actor,
    given.flatMap(({ permissions }) => [...permissions]),
  )
}

export const refuseAccountBeyondOwn = async (context: Context, userId: string): Promise<void> =>
  refuseBeyondOwn(context, (await rolesOf(context.db, [userId])).get(userId) ?? [])

/**
 * Carries out a change of departments or teams, which widens the reach of roles that end at a team. Whoever comes to see somebody’s customers by it gets no further than the one who
 * makes the change sees; for whoever sees everybody under every permission there is nothing to compare.
 */
export async function withoutReachBeyondOwn<T>(context: Context, people: readonly string[], change: () => Promise<T>): Promise<T> {
  const { db, actor, house } = context
  if (house.modules.every(({ permissions }) => Object.keys(permissions).every((one) => actor.reach(one) === 'all'))) return change()
  const leaders = (await allDepartments(db)).flatMap(({ headId, deputyIds }) => [...deputyIds, ...(headId === null ? [] : [headId])])
  const held = [...new Set([...people, ...leaders, actor.id])].filter(isUserId)
  const before = new Map<string, Grants>()
  for (const id of held) before.set(id, await grantsOf(db, id))
  const result = await change()
  for (const id of held)
    for (const [permission, reach] of (await grantsOf(db, id)).permissions) {
      const [had, may] = [before.get(id)!.permissions.get(permission), actor.reach(permission)]
      if (reach === 'all' || may === 'all' || had === 'all') continue
      if (reach.some((one) => !had?.includes(one) && !may.includes(one)))
        throw refuse(
          'forbidden',
          'beyond-own-reach',
          `That lets somebody see further than you do yourself, by the permission ${permission}`,
          {
            values: { permission },
          },
        )
    }
  return result
}

type Grants = Awaited<ReturnType<typeof grantsOf>>
