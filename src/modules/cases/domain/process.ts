import { type Kind, kinds } from './taxonomy.ts'

/**
 * What a step can need before it is left. Each is a question to the case as its events tell it (`needs.ts`), and each is met by acts of one kind: a step offers what it needs.
 */
export const needs = [
  'recorded',
  'acknowledged',
  'judged',
  'second-reading',
  'reply',
  'department',
  'cause',
  'responsible',
  'remedy',
  'approval',
  'execution',
  'customer-told',
  'customer-asked',
  'penalty-considered',
  'loss-considered',
  'lesson',
  'effectiveness',
  'evaluation',
  'decision',
  'reward',
  'publication',
  'answer',
  'quote',
  'quote-answer',
  'fulfilment',
  'payment',
  'appointment',
  'supplier-claim',
] as const
export type Need = (typeof needs)[number]

/** When a need or a way counts; null always. */
export const conditions = [
  'established',
  'not-established',
  'adopted',
  'declined',
  'quote-accepted',
  'quote-refused',
  'costs-money',
  'goods-returned',
] as const
export type Condition = (typeof conditions)[number]

/** Who may act in a step, besides whoever manages cases: whoever handles the case, the responsible department, or whoever approves. */
export const actors = ['handler', 'department', 'approver'] as const
export type StepActor = (typeof actors)[number]

export interface StepNeed {
  readonly need: Need
  readonly when: Condition | null
}

export interface Way {
  /** The key of a step, or 'end'. */
  readonly to: string
  readonly when: Condition | null
}

export interface Step {
  readonly key: string
  /** What it is called, by language; what the product ships is called by its texts. */
  readonly names: Readonly<Record<string, string>>
  readonly actor: StepActor
  readonly needs: readonly StepNeed[]
  /** The first whose condition holds is taken. */
  readonly ways: readonly Way[]
  /** Where the case may be sent back to, with a reason. */
  readonly back: readonly string[]
  /** Whether clocks may stand still while it waits for somebody outside. */
  readonly pauses: boolean
  /** Working minutes for this step, where neither policy says less; null: the policy's. */
  readonly minutes: number | null
  /** The customer's matter is settled when this step is left: clocks of resolving end, though the case goes on. */
  readonly resolves: boolean
}

/** How one kind of case is handled, as data. */
export interface Process {
  readonly key: string
  readonly version: number
  readonly kind: Kind
  readonly names: Readonly<Record<string, string>>
  readonly steps: readonly Step[]
}

export const theEnd = 'end'

export interface ProcessProblem {
  /** Of a step, its key; of the whole, null. */
  readonly step: string | null
  readonly reason:
    | 'no-steps'
    | 'too-many-steps'
    | 'bad-key'
    | 'twice'
    | 'no-way'
    | 'unknown-way'
    | 'way-without-end'
    | 'unreachable'
    | 'no-last-way'
    | 'nothing-needed'
    | 'back-ahead'
    | 'approval-by-handler'
    | 'unresolved'
    | 'not-recorded-first'
    | 'never-approved'
    | 'rejected-nowhere'
    | 'never-judged'
    | 'never-read-again'
}

/**
 * What is wrong with a process, so that no case can come to a stand in it: each step is reachable, from each the end can be reached, the last of its ways has no condition, it needs something, and goes back only to earlier steps;
 * a rejected proposal goes back to whoever proposes. Whatever administrators change, what a complaint or a claim gives stands behind an approval, a complaint ends only judged, and turned down only by two. What is needed
 * only under a condition counts where it is that of costing something: what costs nothing needs nobody's approval.
 */
export function processProblems({ kind, steps }: Pick<Process, 'kind' | 'steps'>): readonly ProcessProblem[] {
  if (steps.length === 0) return [{ step: null, reason: 'no-steps' }]
  if (steps.length > 30) return [{ step: null, reason: 'too-many-steps' }]
  const keys = steps.map(({ key }) => key)
  const place = new Map(keys.map((key, index) => [key, index]))
  const problems: ProcessProblem[] = []
  const say = (step: string | null, reason: ProcessProblem['reason'], holds: boolean) => holds && problems.push({ step, reason })
  for (const [index, { key, ways, back, needs: needed, actor }] of steps.entries()) {
    say(key, 'bad-key', !/^[a-z][a-z0-9-]{0,39}$/.test(key) || key === theEnd)
    say(key, 'twice', keys.indexOf(key) !== index)
    say(key, 'no-way', ways.length === 0)
    say(
      key,
      'unknown-way',
      ways.some(({ to }) => to !== theEnd && !place.has(to)),
    )
    say(key, 'no-last-way', ways.length > 0 && ways.at(-1)!.when !== null)
    say(key, 'nothing-needed', needed.length === 0)
    say(
      key,
      'back-ahead',
      back.some((to) => (place.get(to) ?? index) >= index),
    )
    const proposes = (to: string) => steps.some((one) => one.key === to && needsOf(one).includes('remedy'))
    say(key, 'rejected-nowhere', needed.some(({ need }) => need === 'approval') && !back.some(proposes))
    say(key, 'approval-by-handler', needed.some(({ need }) => need === 'approval') && actor !== 'approver')
  }
  say(steps[0]!.key, 'not-recorded-first', !steps[0]!.needs.some(({ need }) => need === 'recorded'))
  if (problems.length > 0) return problems
  const reached = reachable(steps, keys[0]!)
  for (const { key } of steps) {
    say(key, 'unreachable', !reached.has(key))
    say(key, 'way-without-end', !reachable(steps, key).has(theEnd))
  }
  say(null, 'unresolved', !steps.some(({ resolves }) => resolves))
  if (kind === 'complaint' || kind === 'claim') {
    const withoutApproval = reachable(cutAt(steps, 'approval', [null, 'costs-money']), keys[0]!)
    for (const step of steps)
      say(step.key, 'never-approved', needsOf(step).some((need) => gives.includes(need)) && withoutApproval.has(step.key))
  }
  if (kind === 'complaint') {
    say(null, 'never-judged', reachable(cutAt(steps, 'judged', [null]), keys[0]!).has(theEnd))
    const turnedDown = cutAt(steps, 'second-reading', [null, 'not-established']).map((step) => ({ ...step, ways: waysTurnedDown(step) }))
    const judging = steps.filter(({ needs: needed }) => needed.some(({ need, when }) => need === 'judged' && when === null))
    say(
      null,
      'never-read-again',
      judging.some(({ key }) => reachable(turnedDown, key).has(theEnd)),
    )
  }
  return problems
}

/** Needs that are met by giving a customer something. */
const gives: readonly Need[] = ['execution', 'payment', 'fulfilment']

/** The steps without the ways on from those that need something for certain. */
const cutAt = (steps: readonly Step[], need: Need, certain: readonly (Condition | null)[]): readonly Step[] =>
  steps.map((step) => (step.needs.some((one) => one.need === need && certain.includes(one.when)) ? { ...step, ways: [] } : step))

/** Where a complaint can go that is not established: the first way that holds is taken. */
function waysTurnedDown({ ways }: Step): readonly Way[] {
  const taken = ways.findIndex(({ when }) => when === null || when === 'not-established')
  return ways.slice(0, taken + 1).filter(({ when }) => when !== 'established')
}

const needsOf = ({ needs: needed }: Step): readonly Need[] => needed.map(({ need }) => need)

/** The steps that ways lead to from one on, itself included, and the end. */
function reachable(steps: readonly Step[], from: string): ReadonlySet<string> {
  const ways = new Map(steps.map(({ key, ways: lead }) => [key, lead.map(({ to }) => to)]))
  const seen = new Set<string>()
  const left = [from]
  for (let key = left.pop(); key !== undefined; key = left.pop()) {
    if (seen.has(key)) continue
    seen.add(key)
    left.push(...(ways.get(key) ?? []))
  }
  return seen
}

export const stepOf = ({ steps }: Process, key: string): Step | null => steps.find((step) => step.key === key) ?? null

export const isKind = (text: string): text is Kind => (kinds as readonly string[]).includes(text)
