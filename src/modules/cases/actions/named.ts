import { allDepartments } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { refuse } from '#platform/refusal.ts'
import { enabledAmong, usersAmong } from '#platform/sign-in/users.ts'
import { isUserId } from '#platform/user-id.ts'

/** A field of the input that cannot be meant as it is. */
export const wrong = (field: string, reason: string, detail: string) =>
  refuse('invalid', reason, detail, { fields: [{ field, reason, detail }] })

/** Of some changes those that were said; what was not said stays as it is. */
export const given = <T extends object>(changes: T): { readonly [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Partial<{
    [K in keyof T]: Exclude<T[K], undefined>
  }>

/** Whoever is given something to do can sign in and do it. */
export async function mustWorkHere({ db }: Context, field: string, userId: string | null): Promise<void> {
  if (userId !== null && (!isUserId(userId) || (await enabledAmong(db, [userId])).length === 0))
    throw wrong(field, 'nobody-here', 'There is nobody of this id who can sign in')
}

/** Whom something is said of may have left since. */
export async function mustBeColleague({ db }: Context, field: string, userId: string | null): Promise<void> {
  if (userId !== null && (!isUserId(userId) || !(await usersAmong(db, [userId])).has(userId)))
    throw wrong(field, 'no-such-colleague', 'There is no colleague of this id')
}

export async function mustBeDepartment({ db }: Context, field: string, id: string | null): Promise<void> {
  if (id !== null && !(await allDepartments(db)).some((department) => department.id === id))
    throw wrong(field, 'no-such-department', 'There is no such department')
}
