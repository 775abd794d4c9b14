import type { Context } from '#platform/context.ts'
import { cursorOf, placeOf } from '#platform/cursor.ts'
import { refuse } from '#platform/refusal.ts'
import { enabledAmong, enabledUsers, usersAfter } from '#platform/sign-in/users.ts'
import { isUserId } from '#platform/user-id.ts'

export interface Place {
  readonly at: Date
  readonly id: string
}

export function placeOfCursor(cursor: string | undefined): Place | null {
  if (cursor === undefined) return null
  const [at, id] = placeOf(cursor, ['instant', 'uuid'])
  return { at: new Date(String(at)), id: String(id) }
}

/** One page of rows of which one more was read than is shown. */
export function pageOf<R>(rows: readonly R[], limit: number, placeOfRow: (row: R) => readonly (string | number)[]) {
  const items = rows.slice(0, limit)
  const last = rows.length > limit ? items.at(-1) : undefined
  return { items, next: last === undefined ? null : cursorOf(placeOfRow(last)) }
}

export const stampOf = ({ now, actor }: Context) => ({ now, by: actor.id })

export const missing = (what: string) => refuse('missing', `no-such-${what}`, `There is no such ${what}`)

/** Refuses what a domain found wrong, each at its field. */
export function refuseProblems(problems: readonly { readonly field: string; readonly reason: string }[], sentence: string): void {
  if (problems.length === 0) return
  throw refuse('invalid', problems[0]!.reason, sentence, { fields: problems.map((problem) => ({ ...problem, detail: sentence })) })
}

export async function mustWorkHere({ db }: Context, field: string, userId: string): Promise<void> {
  const enabled = isUserId(userId) ? await enabledAmong(db, [userId]) : []
  if (enabled.length === 0) throw nobodyHere(field)
}

export const nobodyHere = (field: string) =>
  refuse('invalid', 'nobody-here', 'There is nobody of this id who can sign in', {
    fields: [{ field, reason: 'nobody-here', detail: 'There is nobody of this id who can sign in' }],
  })

/** Whether whoever asks looks after somebody, by the permission of what they ask; everybody else is to them as nobody. */
export const looksAfter = ({ reach, actor }: Context, userId: string): boolean =>
  reach === 'all' || reach.includes(userId) || userId === actor.id

/** Of those who may sign in and whom whoever asks looks after, one page of those who have done something, or of those who have not, in the order of their addresses. */
export async function peopleBy<T>(
  { db, reach }: Context,
  done: ReadonlyMap<string, T>,
  { isDone, cursor, limit }: { readonly isDone: boolean; readonly cursor: string | undefined; readonly limit: number },
) {
  const everybody = (await enabledUsers(db)).filter((id) => reach === 'all' || reach.includes(id))
  const doneIds = everybody.filter((id) => done.has(id))
  const wanted = isDone ? doneIds : everybody.filter((id) => !done.has(id))
  const after = cursor === undefined ? null : String(placeOf(cursor, ['text'])[0])
  const users = wanted.length === 0 ? [] : await usersAfter(db, after, limit + 1, { ids: wanted })
  const { items, next } = pageOf(users, limit, ({ email }) => [email])
  return {
    items: items.map(({ id, name }) => ({ userId: id, name, done: done.get(id) ?? null })),
    next,
    doneCount: doneIds.length,
    of: everybody.length,
  }
}
