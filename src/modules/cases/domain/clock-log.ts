import type { ServicePolicy } from '#modules/value/domain/service-policy.ts'
import type { Moment } from './clocks/log.ts'
import { type Target, type Terms, usualTarget } from './clocks/target.ts'
import type { CaseEvent } from './event.ts'
import { unsettles } from './going-back.ts'
import type { Process } from './process.ts'

/** The key of the company's own hours, and of a department's. */
export const companyHours = 'company'
export const hoursOfDepartment = (departmentId: string): string => `department:${departmentId}`

export const policyTermsKey = (policyId: string, version: number): string => `policy:${policyId}:${version}`
export const regimeSlot = (regime: string): string => `regime:${regime}`
const processTermsKey = ({ key, version }: Pick<Process, 'key' | 'version'>): string => `process:${key}:${version}`

/** While a case waits for somebody outside, whoever that is: words may be erased, so clocks do not name them. */
const waiting = 'waiting'

/**
 * What clocks need to know of a case, from its events. `hoursOfPolicy`: by the key of a policy's terms, the department whose hours it says count, where it says so; then hand-overs change nothing about hours.
 * A pause that says until when ends by itself, which may be later than now.
 */
export function momentsOf(process: Process, events: readonly CaseEvent[], hoursOfPolicy: ReadonlyMap<string, string>): readonly Moment[] {
  let fixed: string | null = null
  let department: string | null = null
  let isPaused = false
  let isSettled = false
  const handed = (at: Date, departmentId: string): Moment => {
    department = departmentId
    return { at, kind: 'department-changed', department: departmentId, calendar: hoursOfDepartment(fixed ?? departmentId) }
  }
  const policy = (
    at: Date,
    { policyId, version }: { readonly policyId: string; readonly version: number },
    first: boolean,
  ): readonly Moment[] => {
    const terms = policyTermsKey(policyId, version)
    const before = fixed
    fixed = hoursOfPolicy.get(terms) ?? null
    const whose = fixed ?? department
    const calendar = whose === null ? companyHours : hoursOfDepartment(whose)
    return [
      { at, kind: 'terms-changed', slot: 'policy', terms, effect: first ? 'from-the-beginning' : 'from-then-on' },
      // No hand-over: whose hours count changes, not who has the case.
      ...(fixed === before ? [] : [{ at, kind: 'calendar-changed', whose: 'department', calendar } as const]),
    ]
  }
  const moved = (
    at: Date,
    { from, to }: { readonly from: string; readonly to: string },
    between: readonly Moment[] = [],
  ): readonly Moment[] => [
    // In another step nobody waits any more, as the case itself says.
    ...(isPaused ? [{ at, kind: 'resumed', reason: null } as const] : []),
    { at, kind: 'step-left', step: from },
    ...between,
    { at, kind: 'step-entered', step: to },
  ]
  const receivedAt = receiptOf(events)
  const happening = ({ at, ...event }: CaseEvent, index: number): readonly Moment[] => {
    switch (event.kind) {
      case 'opened': {
        const { policy: applied, regimes, step, departmentId } = event.data
        return [
          { at: receivedAt, kind: 'calendar-changed', whose: 'company', calendar: companyHours },
          { at: receivedAt, kind: 'received' },
          { at, kind: 'recorded' },
          { at, kind: 'terms-changed', slot: 'process', terms: processTermsKey(process), effect: 'from-the-beginning' },
          ...(applied ? policy(at, applied, true) : []),
          ...regimes.map(
            (regime): Moment => ({
              at,
              kind: 'terms-changed',
              slot: regimeSlot(regime),
              terms: `regime:${regime}`,
              effect: 'from-the-beginning',
            }),
          ),
          ...(departmentId === null ? [] : [handed(at, departmentId)]),
          { at, kind: 'step-entered', step },
        ]
      }
      case 'policy-applied':
        return policy(at, event.data.policy, false)
      case 'acknowledged':
        return [{ at, kind: 'acknowledged' }]
      case 'told':
      case 'answered':
      case 'replied':
        return [{ at, kind: 'responded' }]
      case 'message':
        // No machine of theirs has written anything that is owed an answer, nor one of ours any.
        return event.data.automatic ? [] : [{ at, kind: event.data.direction === 'in' ? 'customer-message' : 'responded' }]
      case 'stepped':
        return moved(at, event.data)
      case 'sent-back': {
        const again = unsettles(process, isSettled ? 'resolved' : 'open', event.data.to)
        return moved(at, event.data, again ? [{ at, kind: 'reopened' }] : [])
      }
      case 'reopened':
        return [
          { at, kind: 'reopened' },
          { at, kind: 'step-entered', step: event.data.to },
        ]
      case 'routed':
      case 'handed-over':
        return [handed(at, event.data.departmentId)]
      case 'paused':
        return [{ at, kind: 'paused', reason: waiting, endsOn: 'customer-message' }, ...runOut(event.data.until, events.slice(index + 1))]
      case 'resumed':
        return [{ at, kind: 'resumed', reason: null }]
      case 'regime-extended': {
        const { regime, target, extension } = event.data
        return [{ at, kind: 'extended', slot: regimeSlot(regime), target, extension }]
      }
      case 'resolved':
        return [{ at, kind: 'resolved' }]
      case 'closed':
        return [{ at, kind: 'closed' }]
      case 'withdrawn':
      case 'customer-erased':
        return [{ at, kind: 'withdrawn' }]
      case 'merged':
      case 'converted':
        return [{ at, kind: 'merged' }]
      default:
        return []
    }
  }
  return events.flatMap((event, index) => {
    const moments = happening(event, index)
    isPaused = event.kind === 'paused' || (isPaused && !endsPause(event))
    if (event.kind === 'resolved') isSettled = true
    else if (event.kind === 'reopened' || moments.some(({ kind }) => kind === 'reopened')) isSettled = false
    return moments
  })
}

/** When a case was received, as its record says now: what was typed wrong is put right for every due time, too. */
function receiptOf(events: readonly CaseEvent[]): Date {
  const times = events.flatMap((event) =>
    event.kind === 'opened' ? [event.data.record.receivedAt] : event.kind === 'changed' ? (event.data.changes.receivedAt ?? []) : [],
  )
  return times.at(-1)!
}

const pauseEnds: readonly CaseEvent['kind'][] = [
  'resumed',
  'stepped',
  'sent-back',
  'reopened',
  'resolved',
  'closed',
  'withdrawn',
  'customer-erased',
  'merged',
  'converted',
]
const endsPause = (event: CaseEvent): boolean =>
  pauseEnds.includes(event.kind) || (event.kind === 'message' && event.data.direction === 'in' && !event.data.automatic)

/** Where nothing ends a pause before, it ends when it was said to. */
function runOut(until: Date | null, after: readonly CaseEvent[]): readonly Moment[] {
  const end = after.find(endsPause)
  return until === null || (end && end.at <= until) ? [] : [{ at: until, kind: 'resumed', reason: null }]
}

const workingMinutes = (amount: number) => ({ unit: 'working-minutes', amount }) as const

/** The clocks of a service policy over a process: acknowledgement, first and next answer, each step of it, and the solution, as far as the policy promises them. */
export function termsOfPolicy(
  { id, version, name, targets }: Pick<ServicePolicy, 'id' | 'version' | 'name' | 'targets'>,
  process: Process,
): Terms {
  const { steps } = process
  const { acknowledge, firstResponse, nextResponse, step, resolve } = targets
  const clock = (key: string, minutes: number | null, shape: Pick<Target, 'starts' | 'ends'>): readonly Target[] =>
    minutes === null ? [] : [{ ...usualTarget, ...shape, key, measure: workingMinutes(minutes) }]
  return {
    key: policyTermsKey(id, version),
    source: 'policy',
    name,
    version,
    targets: [
      ...clock('acknowledge', acknowledge, { starts: { on: 'received' }, ends: { on: 'acknowledged' } }),
      ...clock('first-response', firstResponse, { starts: { on: 'received' }, ends: { on: 'responded' } }),
      ...clock('next-response', nextResponse, { starts: { on: 'customer-message' }, ends: { on: 'responded' } }),
      ...steps.flatMap(({ key, minutes }) => (minutes === null && !proves(process, key) ? stepClock(key, step) : [])),
      ...clock('resolve', resolve, { starts: { on: 'received' }, ends: { on: 'resolved' } }),
    ],
  }
}

/** The times that a process itself gives its steps. */
export const termsOfProcess = ({ key, version, steps }: Process): Terms => ({
  key: processTermsKey({ key, version }),
  source: 'process',
  name: key,
  version,
  targets: steps.flatMap((step) => stepClock(step.key, step.minutes)),
})

const stepClock = (step: string, minutes: number | null): readonly Target[] =>
  minutes === null
    ? []
    : [
        {
          ...usualTarget,
          key: `step:${step}`,
          starts: { on: 'step-entered', step },
          ends: { on: 'step-left', step },
          measure: workingMinutes(minutes),
        },
      ]

/** A step that waits for weeks until it is proven that a cause is gone has no clock of a policy. */
const proves = ({ steps }: Process, key: string): boolean =>
  steps.some((step) => step.key === key && step.needs.some(({ need }) => need === 'effectiveness'))
