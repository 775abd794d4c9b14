import { customerOwners } from '#modules/customers/public.ts'
import { productsByCode } from '#modules/orders/public.ts'
import { membersOfTeams, readSetting, staffFilesOf, staffOfDepartments } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { enabledAmong } from '#platform/sign-in/users.ts'
import type { Case } from '../domain/case.ts'
import { type Agent, assignAmong, type Given, type Group } from '../domain/figures/assignment.ts'
import { aboutWhom } from '../domain/standing.ts'
import { fieldSkill, languageSkill, wantsOf } from '../domain/wants.ts'
import { assignmentSetting } from '../settings.ts'
import { loadOf, type Waiting } from '../store/queue.ts'
import { texts } from '../texts/index.ts'
import { awayToday, type Served, servingOf } from './people.ts'

/** Among whom somebody is chosen: without those who are not to have it, and of which departments where none is named that serves. */
interface Among {
  readonly recused: readonly string[]
  readonly otherwise: readonly string[]
}
const anybody: Among = { recused: [], otherwise: [] }

/** Who could be given cases as things are; each is read once, however many cases are given out. */
export async function staffingOf(context: Context) {
  const { db } = context
  const rules = await readSetting(db, assignmentSetting)
  const away = await awayToday(context)
  const groups = new Map<string, Group>()
  const serving = servingOf(context)
  const group = async (from: Group['from'], id: string): Promise<Group> => {
    const found = groups.get(`${from} ${id}`) ?? { from, id, agents: await agentsOf(context, from, id, rules.capacityPerAgent, away) }
    groups.set(`${from} ${id}`, found)
    return found
  }
  /** Who is asked: first the team that the policy names, then the department that serves. */
  const asked = async (one: Served): Promise<readonly Group[]> => {
    const { teamId, departmentId } = await serving(one)
    return [
      ...(teamId === null ? [] : [await group('team', teamId)]),
      ...(departmentId === null ? [] : [await group('department', departmentId)]),
    ]
  }
  const experience = (severity: number) => rules.experience[severity as Case['record']['severity']]
  return {
    /** Whether it is worth while to look at a case: of the first group of which somebody is here who has the experience, somebody has room. Where they have none, it waits for them, as `assignAmong` says. */
    hasRoom: async (one: Waiting): Promise<boolean> => {
      const here = (await asked(servedOf(one)))
        .map(({ agents }) => agents.filter((agent) => !agent.absent && agent.experience >= experience(one.severity)))
        .find((agents) => agents.length > 0)
      return here?.some(({ capacity, openCases }) => capacity === null || openCases < capacity) ?? false
    },
    /** Who would be given a case: by account manager, skill, load and turn, within capacity. */
    async choose(served: Served & { readonly customerId: string }, state: Case, { recused, otherwise }: Among = anybody): Promise<Given> {
      const owner = (await customerOwners(db, [served.customerId])).get(served.customerId)?.ownerId ?? null
      const work = {
        wants: wantsOf(await askingOf(context, state)),
        experience: experience(state.record.severity),
        accountManager: owner,
        about: aboutWhom(state),
        recused,
      }
      const named = await asked(served)
      const others: Group[] = []
      for (const id of named.length > 0 ? [] : otherwise) others.push(await group('department', id))
      return assignAmong(work, [...named, ...others])
    },
    /** Somebody was given one: it counts for whoever is looked at next. */
    note(userId: string): void {
      for (const [key, { agents, ...of }] of groups)
        groups.set(key, {
          ...of,
          agents: agents.map((agent) =>
            agent.userId === userId ? { ...agent, openCases: agent.openCases + 1, lastAssignedAt: context.now } : agent,
          ),
        })
    },
  }
}

/** What the row of a case says of who serves it. */
export const servedOf = ({ departmentId, policyId, policyVersion }: Waiting): Served => ({
  departmentId,
  policy: policyId !== null && policyVersion !== null ? { policyId, version: policyVersion } : null,
})

/** What a case asks of whoever handles it, in the words in which people say what they know well. */
async function askingOf({ db }: Context, { kind, record }: Case) {
  const { language, category, mood, severity, productCode } = record
  const product = productCode === null ? null : ((await productsByCode(db, [productCode])).get(productCode) ?? null)
  const productWords = [productCode, product?.name, product?.category].filter((word) => word != null)
  return {
    ...{ kind, language, category, mood, severity, productWords },
    productCategory: product?.category ?? product?.name ?? productCode,
    kindWords: inEveryLanguage(`kind.${kind}`),
    categoryWords: category === null ? [] : inEveryLanguage(`category.${category}`),
  }
}

const inEveryLanguage = (key: string): readonly string[] =>
  Object.values(texts).flatMap((words) => {
    const word: unknown = Object.entries(words).find(([name]) => name === key)?.[1]
    return typeof word === 'string' ? [word] : []
  })

async function agentsOf(
  { db }: Context,
  from: Group['from'],
  id: string,
  capacity: number | null,
  away: ReadonlyMap<string, string | null>,
): Promise<readonly Agent[]> {
  const staff = (await (from === 'team' ? membersOfTeams : staffOfDepartments)(db, [id])).get(id) ?? []
  const enabled = new Set(await enabledAmong(db, staff))
  const files = await staffFilesOf(db, staff)
  const load = await loadOf(db, staff)
  return staff.map((userId) => {
    const file = files.get(userId)
    const known = [...(file?.languages ?? []).map(languageSkill), ...(file?.fields ?? []).map(fieldSkill)]
    return {
      userId,
      skills: { ...file?.skills, ...Object.fromEntries(known.map((skill) => [skill, 1])) },
      experience: file?.experience ?? 1,
      openCases: load.get(userId)?.open ?? 0,
      capacity,
      absent: !enabled.has(userId) || away.has(userId),
      lastAssignedAt: load.get(userId)?.lastAt ?? null,
    }
  })
}
