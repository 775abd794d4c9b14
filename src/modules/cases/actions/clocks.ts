import { readSetting, workingHoursOf } from '#modules/organization/public.ts'
import { servicePolicyVersion } from '#modules/value/public.ts'
import type { Context } from '#platform/context.ts'
import type { Db } from '#platform/database/connection.ts'
import { remembered } from '#platform/database/remembered.ts'
import { type Case, isEnd } from '../domain/case.ts'
import { companyHours, hoursOfDepartment, momentsOf, policyTermsKey, termsOfPolicy, termsOfProcess } from '../domain/clock-log.ts'
import { nextMoment } from '../domain/clocks/agenda.ts'
import { alwaysOpen, type Calendar, calendarOf } from '../domain/clocks/calendar.ts'
import type { Moment } from '../domain/clocks/log.ts'
import { type Reading, readClocks } from '../domain/clocks/reading.ts'
import { type Stalled, stalledIn } from '../domain/clocks/stalled.ts'
import type { Terms } from '../domain/clocks/target.ts'
import type { CaseEvent } from '../domain/event.ts'
import { type QueueItem, rankTime } from '../domain/figures/queue.ts'
import type { Process } from '../domain/process.ts'
import { atOnceBecause, priorityOf } from '../domain/standing.ts'
import { handlingSetting, patienceSetting, queueSetting } from '../settings.ts'
import type { ClockColumns } from '../store/cases.ts'
import { rulesOf } from './rules.ts'

export interface ReadClocks {
  readonly readings: readonly Reading[]
  readonly stalled: readonly Stalled[]
  readonly calendarFor: (key: string) => Calendar
}

/** The clocks of a case at the moment of the request, by its log alone. */
export async function clocksNow({ db, now }: Context, process: Process, events: readonly CaseEvent[]): Promise<ReadClocks> {
  const policies = await policiesOf(db, events)
  const hours = new Map(policies.flatMap(({ key, departmentId }) => (departmentId === null ? [] : [[key, departmentId] as const])))
  const moments = momentsOf(process, events, hours)
  const terms: readonly Terms[] = [
    termsOfProcess(process),
    ...policies.map(({ policy }) => termsOfPolicy(policy, process)),
    ...(await rulesOf(db, events)).map((rules) => rules.terms),
  ]
  const calendarFor = await calendarsOf(db, moments)
  const { transferLimit } = await readSetting(db, handlingSetting)
  const patience = { ...(await readSetting(db, patienceSetting)), handOvers: transferLimit }
  return { readings: readClocks(moments, terms, calendarFor, now), stalled: stalledIn(moments, patience, calendarFor, now), calendarFor }
}

/** When the clocks of a case want to be looked at: the earliest due time of what runs, and the next moment at which something happens; and where it stands in queues. */
export async function clocksOf(context: Context, process: Process, state: Case, events: readonly CaseEvent[]): Promise<ClockColumns> {
  const rules = await readSetting(context.db, queueSetting)
  const ranked = (dueAt: Date | null) => {
    const item = queueItemOf(state, dueAt)
    // Dangers stand before everything else, among themselves in their order.
    return item.immediate ? new Date(rankTime(item, rules).getTime() - dangersAhead) : rankTime(item, rules)
  }
  if (isEnd(state.state)) return { dueAt: null, nextAt: null, rankAt: ranked(null) }
  const { readings, stalled } = await clocksNow(context, process, events)
  const running = readings.filter((one) => one.isLatest && one.startedAt && !one.metAt && !one.cancelledAt && one.dueAt)
  const due = Math.min(...running.map(({ dueAt }) => dueAt!.getTime()))
  const dueAt = Number.isFinite(due) ? new Date(due) : null
  // A pause that ends by itself is looked at then: until it has ended, no clock that it holds has a moment of its own.
  const moments = [nextMoment(readings, stalled, context.now)?.at, state.paused?.until].flatMap((at) => at ?? [])
  return { dueAt, nextAt: moments.toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null, rankAt: ranked(dueAt) }
}

/** Longer than any case is open. */
const dangersAhead = 100 * 365 * 86_400_000

/** What its place in queues depends on. */
export const queueItemOf = (state: Case, dueAt: Date | null): QueueItem => ({
  id: state.number,
  receivedAt: state.record.receivedAt,
  dueAt,
  tier: state.policy?.tier ?? null,
  severity: state.record.severity,
  place: priorityOf(state),
  immediate: atOnceBecause(state) !== null,
})

/** Each version of a policy that the log names. */
async function policiesOf(db: Db, events: readonly CaseEvent[]) {
  const named = new Map(
    events.flatMap((event) => {
      const applied = event.kind === 'opened' || event.kind === 'policy-applied' ? event.data.policy : null
      return applied ? [[policyTermsKey(applied.policyId, applied.version), applied] as const] : []
    }),
  )
  const found = []
  for (const [key, { policyId, version }] of named) {
    const policy = await servicePolicyVersion(db, policyId, version)
    if (!policy) throw new Error(`A case is served by a policy that is not there: ${key}`)
    found.push({ key, policy, departmentId: policy.departmentId })
  }
  return found
}

/** The working hours that the moments name. */
async function calendarsOf(db: Db, moments: readonly Moment[]): Promise<(key: string) => Calendar> {
  const calendars = new Map<string, Calendar>()
  for (const moment of moments)
    if ('calendar' in moment && !calendars.has(moment.calendar)) calendars.set(moment.calendar, await calendarCalled(db, moment.calendar))
  return (key) => calendars.get(key) ?? alwaysOpen
}

const calendarCalled = (db: Db, key: string): Promise<Calendar> =>
  remembered(db, `calendar ${key}`, async () => {
    const departmentId = key === companyHours ? null : key.slice(hoursOfDepartment('').length)
    return calendarOf(key, await workingHoursOf(db, departmentId))
  })
