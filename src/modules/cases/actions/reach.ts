import { customerNames, customersWithin } from '#modules/customers/public.ts'
import { departmentsOfStaff, staffOfDepartments, teamsOf } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import type { Db } from '#platform/database/connection.ts'
import type { ThingOwner } from '#platform/module.ts'
import { isUserId } from '#platform/user-id.ts'
import { type CaseRow, caseById, whoseCases } from '../store/cases.ts'

/** Whose each of some cases is, for the shell: of whoever handles or recorded it, and of everybody in the responsible department. */
export async function caseOwners(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, ThingOwner>> {
  const found = await whoseCases(db, ids)
  const staff = await staffOfDepartments(db, [...new Set(found.flatMap(({ departmentId }) => departmentId ?? []))])
  return new Map(
    found.map(({ id, customerId, people, departmentId }) => [
      id,
      { customerId, ownerIds: [...new Set([...people, ...(departmentId === null ? [] : (staff.get(departmentId) ?? []))])] },
    ]),
  )
}

/** The departments for which somebody works. */
export const departmentsOf = ({ db, actor }: Context): Promise<readonly string[]> => departmentsOfStaff(db, [actor.id])

/** The teams that somebody is in or leads, and who is in them; whoever is no person has none. */
export async function teamsOfActor({ db, actor }: Context) {
  const teams = isUserId(actor.id) ? await teamsOf(db, actor.id) : []
  return { teamIds: teams.map(({ id }) => id), memberIds: [...new Set(teams.flatMap(({ memberIds }) => memberIds))] }
}

/** What of some cases somebody sees who reaches so far. */
export async function casesWithin<R extends CaseRow>(context: Context, rows: readonly R[]): Promise<readonly R[]> {
  const { db, reach } = context
  if (reach === 'all' || rows.length === 0) return rows
  const departments = new Set(await departmentsOfStaff(db, reach))
  const theirs = (row: CaseRow) =>
    [row.ownerId, row.personId, row.openedBy].some((id) => id !== null && reach.includes(id)) ||
    (row.departmentId !== null && departments.has(row.departmentId))
  const open = [...new Set(rows.filter((row) => !theirs(row)).map(({ customerId }) => customerId))]
  const customers = await customersWithin(db, open, reach)
  return rows.filter((row) => theirs(row) || customers.has(row.customerId))
}

/** Of how many at a time those are looked for who sees only some, and how often. */
const lookedAt = 500
const mostLooks = 20

/**
 * One page of a list of which somebody sees only some: what is beyond their reach shows in nothing, not in where the list goes on either. `read` reads behind a row. `last`: behind which row there is more to see; where so many
 * were looked at that enough is enough, behind which nothing was looked at.
 */
export async function pageWithin<R>(
  { reach }: Pick<Context, 'reach'>,
  limit: number,
  read: (behind: R | null, size: number) => Promise<readonly R[]>,
  within: (rows: readonly R[]) => Promise<readonly R[]>,
): Promise<{ readonly items: readonly R[]; readonly last: R | null }> {
  const size = reach === 'all' ? limit + 1 : Math.max(lookedAt, limit + 1)
  const seen: R[] = []
  let behind: R | null = null
  for (let looks = 0; looks < mostLooks; looks++) {
    const rows: readonly R[] = await read(behind, size)
    seen.push(...(await within(rows)))
    const items = seen.slice(0, limit)
    if (seen.length > limit) return { items, last: items.at(-1)! }
    if (rows.length < size) return { items, last: null }
    behind = rows.at(-1)!
  }
  return { items: seen, last: behind }
}

/** Whose some cases are, as far as whoever asks may know: who has to do with a case about a customer beyond their reach sees the case, and not about whom. */
export async function shownCustomers({ db, reach }: Context, rows: readonly Pick<CaseRow, 'customerId'>[]) {
  const seen = await customersWithin(db, [...new Set(rows.map(({ customerId }) => customerId))], reach)
  return new Map([...(await customerNames(db, [...seen]))].map(([id, name]) => [id, { id, name }]))
}

/** The id of another case that a case names, for whoever sees that one, too. */
export async function seenCaseId(context: Context, caseId: string | null): Promise<string | null> {
  if (caseId === null || context.reach === 'all') return caseId
  const row = await caseById(context.db, caseId)
  return row && (await casesWithin(context, [row])).length > 0 ? caseId : null
}

/** The id alone. */
export const shownId = async (context: Context, row: Pick<CaseRow, 'customerId'>): Promise<string | null> =>
  (await shownCustomers(context, [row])).get(row.customerId)?.id ?? null
