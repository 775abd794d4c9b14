/** How long something may take. Days and weeks never count the day on which the clock starts; they end with the close (business days) or the end (calendar days) of their last day. */
export interface Measure {
  /** `working-minutes` run while somebody's hours are open, `minutes` round the clock. */
  readonly unit: (typeof measureUnits)[number]
  /** A whole number from 1. */
  readonly amount: number
}

export const measureUnits = ['working-minutes', 'minutes', 'business-days', 'calendar-days', 'calendar-weeks'] as const

/** Who set the target: the service policy of a tier, a regulator, or the definition of the process. */
export type Source = 'policy' | 'regime' | 'process'

/**
 * What starts a clock. `customer-message`: the earliest message that nobody has answered. `department-changed`: each hand-over, the first assignment included, so that whoever takes over late still has
 * time of their own.
 */
export type Start =
  | { readonly on: 'received' | 'recorded' | 'customer-message' | 'department-changed' }
  | { readonly on: 'step-entered'; readonly step: string }

/** What stops it. Each of the first four implies those before it: who resolves has answered, who closes has resolved. */
export type End =
  | { readonly on: 'acknowledged' | 'responded' | 'resolved' | 'closed' }
  | { readonly on: 'step-left'; readonly step: string }

/** A longer measure that may be granted while the clock runs: a holding reply, an approval. It counts from the start, and a breach that came before it stays. */
export interface Extension {
  readonly key: string
  readonly measure: Measure
  /** What has to exist before it may be granted. Whoever writes the log sees to it. */
  readonly needs: (typeof extensionNeeds)[number]
}

export const extensionNeeds = ['reason', 'reply', 'approval'] as const

export type Escalation =
  | { readonly after: 'due'; readonly workingMinutes: number }
  /** A share of the measure: .9 is before the due time, 1.5 after it. */
  | { readonly after: 'share'; readonly share: number }

export interface Target {
  /** `acknowledge`, `first-response`, `next-response`, `step:<step>`, `resolve`, `regime:<regime>:<clock>` … One clock each within its terms. */
  readonly key: string
  readonly starts: Start
  readonly ends: End
  readonly measure: Measure
  /** Whose working hours and time zone count. */
  readonly hours: 'department' | 'customer' | 'company'
  readonly pauses: 'allowed' | 'never'
  /** Of what ends with the solution: whether a reopened case gets the whole time again, or the clock goes on where it stood. */
  readonly reopening: 'anew' | 'goes-on'
  /** Whether missing it is a breach, or only the end of a chance (such as the short way out of a complaint that is resolved at once). */
  readonly missing: 'breach' | 'lapse'
  readonly warnAtShare: number | null
  readonly escalateAfter: Escalation | null
  /** Whatever pauses there were, it is due at the latest then, counted from the start of the clock. */
  readonly cap: Measure | null
  readonly extensions: readonly Extension[]
}

/** What a target is where nothing else is said: the department's hours, pauses allowed, a warning at three quarters, escalation at the due time. */
export const usualTarget = {
  hours: 'department',
  pauses: 'allowed',
  reopening: 'anew',
  missing: 'breach',
  warnAtShare: 0.75,
  escalateAfter: { after: 'due', workingMinutes: 0 },
  cap: null,
  extensions: [],
} as const satisfies Partial<Target>

/** Targets that come into force together, under a name that people know: "Platinum", version 3. */
export interface Terms {
  readonly key: string
  readonly source: Source
  readonly name: string
  readonly version: number | null
  readonly targets: readonly Target[]
}

export interface TargetProblem {
  readonly target: string
  readonly problem:
    | 'key-twice'
    | 'amount'
    | 'warn-share'
    | 'escalation'
    | 'cap-shorter'
    | 'extension-shorter'
    | 'extension-twice'
    | 'never-ends'
}

/** What is wrong with targets that somebody wrote, or nothing. Measures are compared only where they are alike. */
export function targetProblems(targets: readonly Target[]): TargetProblem[] {
  const found: TargetProblem[] = []
  const seen = new Set<string>()
  for (const target of targets) {
    const complain = (problem: TargetProblem['problem']) => found.push({ target: target.key, problem })
    if (seen.has(target.key)) complain('key-twice')
    seen.add(target.key)
    const measures = [target.measure, ...(target.cap ? [target.cap] : []), ...target.extensions.map(({ measure }) => measure)]
    if (measures.some(({ amount }) => !Number.isInteger(amount) || amount < 1)) complain('amount')
    if (target.warnAtShare !== null && !(target.warnAtShare > 0 && target.warnAtShare < 1)) complain('warn-share')
    if (target.escalateAfter && !(escalationAmount(target.escalateAfter) >= 0)) complain('escalation')
    if (target.cap && isShorter(target.cap, target.measure)) complain('cap-shorter')
    if (target.extensions.some(({ measure }) => isShorter(measure, target.measure))) complain('extension-shorter')
    if (new Set(target.extensions.map(({ key }) => key)).size < target.extensions.length) complain('extension-twice')
    // The clock of a step stops when the step is left or the case is closed; by nothing else.
    if (target.starts.on === 'step-entered' && target.ends.on === 'step-left' && target.starts.step !== target.ends.step)
      complain('never-ends')
  }
  return found
}

const escalationAmount = (escalation: Escalation) => (escalation.after === 'due' ? escalation.workingMinutes : escalation.share)

const isShorter = (a: Measure, b: Measure) => inDays(a).unit === inDays(b).unit && inDays(a).amount < inDays(b).amount

/** Weeks are seven calendar days each. */
export const inDays = ({ unit, amount }: Measure): Measure =>
  unit === 'calendar-weeks' ? { unit: 'calendar-days', amount: 7 * amount } : { unit, amount }

/** Whether the terms have a clock of their own for the first answer. */
export const hasFirstResponse = ({ targets }: Terms): boolean =>
  targets.some(({ starts, ends }) => ends.on === 'responded' && (starts.on === 'received' || starts.on === 'recorded'))
