/** Somebody who may be given a case. */
export interface Agent {
  readonly userId: string
  /** Skill → level 1 … 5; a skill that is not there is level 0. Languages and what somebody knows well are skills of level 1. */
  readonly skills: Readonly<Record<string, number>>
  /** 1 … 5: how experienced in handling complaints. */
  readonly experience: number
  readonly openCases: number
  /** How many open cases at most; null without a limit. 0 takes none. */
  readonly capacity: number | null
  readonly absent: boolean
  /** When the last case was given to them, so that equals take turns; null for never. */
  readonly lastAssignedAt: Date | null
}

/** What a want is about: a language, what the case is about, or one of the three abilities that everybody is judged by. */
export const wantedOf = ['language', 'kind', 'category', 'product', 'attitude', 'knowledge', 'skill'] as const

/** Something that it is better to be able to for a case. */
export interface Want {
  readonly what: (typeof wantedOf)[number]
  /** What it is there: a language, a kind, a category, a kind of product; null for an ability. */
  readonly of: string | null
  /** Skills any of which serves: the same thing can be called by several words. */
  readonly any: readonly string[]
  readonly level: number
}

export interface CaseToAssign {
  /** What the case asks for, the weightiest first. */
  readonly wants: readonly Want[]
  readonly experience: number
  /** The customer's account manager, or null. */
  readonly accountManager: string | null
  /** Staff whom the complaint is about: nobody handles a complaint about himself. */
  readonly about: readonly string[]
  /** Who may not be given it for other reasons: former handlers of a reopened case. */
  readonly recused: readonly string[]
}

/** Why an agent does not come into question: the first that applies, in this order. */
export type Exclusion = 'about-himself' | 'recused' | 'lacks-experience' | 'absent' | 'at-capacity'

export interface Excluded {
  readonly userId: string
  readonly why: Exclusion
}

export const assignedBecause = [
  'account-manager',
  'only-one',
  'best-skilled',
  'least-loaded',
  'best-fit',
  'longest-waiting',
  'by-id',
] as const
export type AssignedBecause = (typeof assignedBecause)[number]

/**
 * all-at-capacity: it waits until somebody has room, and the customer is told so · nobody-fits: no one who is here has the experience, or all are
 * recused; waiting does not help · nobody-here: those who fit are absent.
 */
export const queuedBecause = ['all-at-capacity', 'nobody-here', 'nobody-fits'] as const
export type QueuedBecause = (typeof queuedBecause)[number]

export type Assignment =
  | {
      readonly kind: 'assigned'
      readonly userId: string
      /**
       * What set the agent apart from the next best, in words: account manager · only one there was · only one with what the case asks for · less loaded · levels nearer to what is
       * asked for · longer without a new case · by id, where nothing else does.
       */
      readonly because: AssignedBecause
      readonly openCases: number
      /** What of the case's wants they have. */
      readonly met: readonly Want[]
      /** What they do not have, while somebody does who is away, at capacity or otherwise out of question. */
      readonly waived: readonly Want[]
      readonly excluded: readonly Excluded[]
    }
  | { readonly kind: 'queued'; readonly because: QueuedBecause; readonly excluded: readonly Excluded[] }

/** Load of somebody without a limit is measured against this many cases. */
const usualCapacity = 20

/**
 * Chooses who is given a case. Out of question: whoever it is about, whoever is recused, without the experience, absent, or at capacity. Of the rest the account manager comes first. Else what the case asks for
 * narrows the choice, one want after the other, each as far as somebody is left who has it: what nobody who is here can keeps no case waiting. Then comes the least loaded by share of capacity, then whose levels go
 * least beyond what is asked for (experts stay free for hard cases), then who has gone longest without a new case, then by id. The same input gives the same answer whatever its order.
 *
 * @example capacity 5, five open // => queued, all-at-capacity; with capacity 6 assigned
 */
export function assign(work: CaseToAssign, agents: readonly Agent[]): Assignment {
  const judged = agents.toSorted((a, b) => (a.userId < b.userId ? -1 : 1)).map((agent) => ({ agent, out: exclusionOf(work, agent) }))
  const excluded = judged.flatMap(({ out }) => (out ? [out] : []))
  const able = judged.filter(({ out }) => out === null).map(({ agent }) => agent)
  if (able.length === 0) return { kind: 'queued', because: whyQueued(excluded), excluded }
  const given = (agent: Agent, because: AssignedBecause): Assignment => {
    const lacking = work.wants.filter((want) => !has(agent, want))
    return {
      ...{ kind: 'assigned', userId: agent.userId, because, openCases: agent.openCases, excluded },
      met: work.wants.filter((want) => has(agent, want)),
      waived: lacking.filter((want) => agents.some((other) => has(other, want))),
    }
  }
  const manager = able.find(({ userId }) => userId === work.accountManager)
  if (manager) return given(manager, 'account-manager')
  const fit = work.wants.reduce<readonly Agent[]>(narrowed, able)
  const [best, next] = fit.toSorted((a, b) => preference(work, a, b)[1])
  if (next) return given(best!, preference(work, best!, next)[0])
  return given(best!, able.length === 1 ? 'only-one' : 'best-skilled')
}

/** Those who have it, where anybody has. */
function narrowed(left: readonly Agent[], want: Want): readonly Agent[] {
  const having = left.filter((agent) => has(agent, want))
  return having.length === 0 ? left : having
}

function exclusionOf(work: CaseToAssign, agent: Agent): Excluded | null {
  const { userId } = agent
  if (work.about.includes(userId)) return { userId, why: 'about-himself' }
  if (work.recused.includes(userId)) return { userId, why: 'recused' }
  if (agent.experience < work.experience) return { userId, why: 'lacks-experience' }
  if (agent.absent) return { userId, why: 'absent' }
  return agent.capacity !== null && agent.openCases >= agent.capacity ? { userId, why: 'at-capacity' } : null
}

// An inherited name such as "constructor" is no skill.
const levelOf = ({ skills }: Agent, { any }: Want): number =>
  Math.max(0, ...any.map((name) => (Object.hasOwn(skills, name) ? skills[name]! : 0)))
const has = (agent: Agent, want: Want): boolean => levelOf(agent, want) >= want.level

/** Negative where a goes before b, with what decided. Both are within capacity, so a capacity of 0 does not come here. */
function preference(work: CaseToAssign, a: Agent, b: Agent): readonly ['least-loaded' | 'best-fit' | 'longest-waiting' | 'by-id', number] {
  // Compared across, so that a third of three and of six are equal.
  const load = a.openCases * (b.capacity ?? usualCapacity) - b.openCases * (a.capacity ?? usualCapacity)
  if (load !== 0) return ['least-loaded', load]
  const beyond = surplus(work, a) - surplus(work, b)
  if (beyond !== 0) return ['best-fit', beyond]
  const turn = turnOf(a) - turnOf(b)
  if (turn !== 0) return ['longest-waiting', turn]
  return ['by-id', a.userId < b.userId ? -1 : 1]
}

const turnOf = ({ lastAssignedAt }: Agent): number => lastAssignedAt?.getTime() ?? Number.MIN_SAFE_INTEGER

function surplus(work: CaseToAssign, agent: Agent): number {
  const skills = work.wants.reduce((sum, want) => sum + levelOf(agent, want) - want.level, 0)
  return skills + agent.experience - work.experience
}

function whyQueued(excluded: readonly Excluded[]): QueuedBecause {
  const some = (why: Exclusion) => excluded.some((out) => out.why === why)
  return some('at-capacity') ? 'all-at-capacity' : some('absent') ? 'nobody-here' : 'nobody-fits'
}

export const groups = ['team', 'department'] as const
/** Some who together are asked for somebody: the team that serves by the policy, or a department. */
export interface Group {
  readonly from: (typeof groups)[number]
  readonly id: string
  readonly agents: readonly Agent[]
}
/** A group of which nobody could be given it, with the reason. */
export interface PassedGroup extends Pick<Group, 'from' | 'id'> {
  readonly why: Exclude<QueuedBecause, 'all-at-capacity'>
}
export type Given = Assignment & { readonly group: Pick<Group, 'from' | 'id'> | null; readonly passed: readonly PassedGroup[] }

/**
 * Asks one group after the other: the next is asked only where of the one before nobody is here or fits. Where those who are here have no room, the case waits for them.
 */
export function assignAmong(work: CaseToAssign, asked: readonly Group[]): Given {
  const passed: PassedGroup[] = []
  let last: Given = { kind: 'queued', because: 'nobody-fits', excluded: [], group: null, passed }
  for (const { from, id, agents } of asked) {
    last = { ...assign(work, agents), group: { from, id }, passed: [...passed] }
    if (last.kind === 'assigned' || last.because === 'all-at-capacity') return last
    passed.push({ from, id, why: last.because })
  }
  return { ...last, passed: passed.slice(0, -1) }
}

/** What is kept of a choice, so that whoever reads the case knows why it is with whom it is. */
export interface Choice {
  /** nobody-else: it was opened again and should have gone to somebody else, and stays with whom it was; `kept` says why. */
  readonly because: AssignedBecause | 'nobody-else'
  readonly kept: QueuedBecause | null
  /** It went to somebody else because it was opened again. */
  readonly reopened: boolean
  readonly group: Pick<Group, 'from' | 'id'> | null
  readonly met: readonly Pick<Want, 'what' | 'of'>[]
  readonly waived: readonly Pick<Want, 'what' | 'of'>[]
  readonly passed: readonly PassedGroup[]
}

const named = (wants: readonly Want[]) => wants.map(({ what, of }) => ({ what, of }))

export const choiceOf = ({ because, group, met, waived, passed }: Given & { readonly kind: 'assigned' }, reopened: boolean): Choice => ({
  ...{ because, kept: null, reopened, group, passed },
  met: named(met),
  waived: named(waived),
})

/** A case that was opened again stays with whom it was, because nobody else could be given it. */
export const keptFor = ({ because, group, passed }: Given & { readonly kind: 'queued' }): Choice => ({
  ...{ because: 'nobody-else', kept: because, reopened: true, group, passed, met: [], waived: [] },
})
