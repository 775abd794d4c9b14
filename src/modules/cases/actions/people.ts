import { customerOwners } from '#modules/customers/public.ts'
import {
  absentOn,
  dayIn,
  holdersOf,
  membersOfTeams,
  organizationProfile,
  readSetting,
  staffOfDepartments,
  usersWith,
} from '#modules/organization/public.ts'
import { servicePolicyVersion } from '#modules/value/public.ts'
import { type Context, system } from '#platform/context.ts'
import { enabledAmong } from '#platform/sign-in/users.ts'
import { isUserId } from '#platform/user-id.ts'
import type { PolicyTerms } from '../domain/event.ts'
import { aboutWhom } from '../domain/standing.ts'
import { assignmentSetting } from '../settings.ts'
import type { Known } from './performing.ts'

/** The same transaction, in which the product acts by itself. */
export const byItself = (context: Context): Context => context.actingAs(system)

/** The company's day. */
export const today = async ({ db, now }: Pick<Context, 'db' | 'now'>): Promise<string> =>
  dayIn((await readSetting(db, organizationProfile)).timeZone, now)

/** Who is away today, with whoever stands in for them. */
export const awayToday = async (context: Context): Promise<ReadonlyMap<string, string | null>> => absentOn(context.db, await today(context))

export interface Serving {
  readonly teamId: string | null
  readonly departmentId: string | null
}

/** Says who serves a case: the team that its policy names; and the department that has it, else that of its policy, else the one that takes what nobody else does. Each policy is read once. */
export function servingOf({ db }: Pick<Context, 'db'>) {
  const policies = new Map<string, ReturnType<typeof servicePolicyVersion>>()
  let otherwise: Promise<string | null> | undefined
  const ofNobody = (): Promise<string | null> => {
    otherwise ??= readSetting(db, assignmentSetting).then(({ departmentId }) => departmentId)
    return otherwise
  }
  const read = ({ policyId, version }: Pick<PolicyTerms, 'policyId' | 'version'>): ReturnType<typeof servicePolicyVersion> => {
    const key = `${policyId} ${version}`
    const found = policies.get(key) ?? servicePolicyVersion(db, policyId, version)
    policies.set(key, found)
    return found
  }
  return async ({ departmentId, policy }: Served): Promise<Serving> => {
    const by = policy && (await read(policy))
    return {
      teamId: by?.servedByTeamId ?? null,
      departmentId: departmentId ?? by?.servedByDepartmentId ?? (await ofNobody()),
    }
  }
}

/** What decides who serves a case. */
export interface Served {
  readonly departmentId: string | null
  readonly policy: Pick<PolicyTerms, 'policyId' | 'version'> | null
}

/**
 * Who hears of something about a case, such as what a customer says or a clock warns of: whoever handles it and the department's person; where neither is there, everybody of the team that serves it, else of the
 * department; where that has nobody either, those above.
 */
export async function whoHears(context: Context, { state }: Pick<Known, 'state'>): Promise<readonly string[]> {
  const { db } = context
  const people = [state.ownerId, state.personId].filter((id) => id !== null)
  if (people.length > 0) return people
  const { teamId, departmentId } = await servingOf(context)(state)
  const about = aboutWhom(state)
  const here = async (staff: readonly string[] = []) => (await enabledAmong(db, staff)).filter((id) => !about.includes(id))
  const team = teamId === null ? [] : await here((await membersOfTeams(db, [teamId])).get(teamId))
  if (team.length > 0) return team
  const department = departmentId === null ? [] : await here((await staffOfDepartments(db, [departmentId])).get(departmentId))
  return department.length > 0 ? department : thoseAbove(context, about)
}

/**
 * Who is to do something for the customer of a case: whoever handles it, else whoever looks after the customer, else who was responsible or hears of it, else those above; of these the first who can sign in and is not away,
 * else the first who can sign in. Never whom the case is about; null where there is nobody.
 */
export async function whoTakesCare(context: Context, { row, state }: Pick<Known, 'row' | 'state'>): Promise<string | null> {
  const { db } = context
  const account = (await customerOwners(db, [row.customerId])).get(row.customerId)?.ownerId ?? null
  const about = aboutWhom(state)
  const away = await awayToday(context)
  const among = async (all: readonly string[]) => {
    const named = [...new Set(all)].filter((id) => isUserId(id) && !about.includes(id))
    const enabled = new Set(await enabledAmong(db, named))
    return named.filter((id) => enabled.has(id))
  }
  const near = await among([state.ownerId, account, state.personId].filter((id) => id !== null))
  const first = near.find((id) => !away.has(id))
  if (first !== undefined) return first
  // Who else there is, is asked only where none of those is here.
  const others = await among([...(await whoHears(context, { state })), ...(await thoseAbove(context, about))])
  return others.find((id) => !away.has(id)) ?? near[0] ?? others[0] ?? null
}

const aboveAll = ['executive', 'supervisor'] as const

/**
 * Those above, who hear of what goes wrong twice (G-18): executives and supervisors, else whoever may decide on remedies. Without those whom the case is about. Executives first, whoever is away last.
 */
export async function thoseAbove(context: Context, about: readonly string[]): Promise<readonly string[]> {
  const { db } = context
  const ranks = await Promise.all(aboveAll.map((role) => holdersOf(db, role)))
  const named = ranks.some((people) => people.length > 0)
    ? ranks.flatMap((people) => people.toSorted())
    : await usersWith(db, 'cases.approve')
  const here = new Set(await enabledAmong(db, [...new Set(named)]))
  const away = await awayToday(context)
  const people = [...new Set(named)].filter((id) => here.has(id) && !about.includes(id))
  return [...people.filter((id) => !away.has(id)), ...people.filter((id) => away.has(id))].slice(0, mostTold)
}
/** As many are told at most. */
const mostTold = 50

/** Those who hear what clocks bring higher: whoever decides on remedies, without those whom the case is about. */
export const aboveCase = async ({ db }: Context, { state }: Pick<Known, 'state'>): Promise<readonly string[]> =>
  (await usersWith(db, 'cases.approve')).filter((id) => !aboutWhom(state).includes(id))
