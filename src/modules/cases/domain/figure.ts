import type { Case } from './case.ts'
import { type ClosingBand, closingBand } from './figures/regulator.ts'
import { findingOf, givenRemedies, remedyMinor } from './fold.ts'
import { madeDays } from './problem.ts'
import { isRepeated, recoveredMinor } from './standing.ts'

/** What reports count of a case: no words, days as the company's calendar has them. */
export interface Figure {
  readonly receivedOn: string
  /** When the customer's matter was settled, as supervisors count it, or else the case ended: checks that go on afterwards hold no settlement open. */
  readonly closedOn: string | null
  readonly kind: string
  readonly state: string
  readonly category: string | null
  readonly reason: string | null
  readonly dissatisfaction: string | null
  /** The id of a cause, or the field of the diagram where none of the register was named. */
  readonly cause: string | null
  readonly departmentId: string | null
  readonly productCode: string | null
  readonly tier: string | null
  readonly finding: string | null
  readonly problemId: string | null
  /** Some due time was missed. */
  readonly late: boolean
  /** The rules it stands under, and the clocks of them that it missed. */
  readonly regimes: readonly string[]
  readonly missed: readonly string[]
  readonly reopened: number
  /** The customer complained of the same matter before. */
  readonly repeated: boolean
  /** The company raised it by itself, before the customer said it. */
  readonly proactive: boolean
  /** The customer complains of what the company had raised: whether it was first. */
  readonly found: 'first' | 'too-late' | null
  readonly satisfied: boolean | null
  readonly minutes: number
  /** All remedies, of which goodwill was given without being owed. Minor units of the organisation's currency. */
  readonly remedyMinor: number
  readonly goodwillMinor: number
  readonly recoveredMinor: number
  /** Of a custom request: for whom it is made, and how far it came; accepted is null while nobody has answered. */
  readonly extra: string | null
  readonly quoted: boolean
  readonly accepted: boolean | null
  readonly fulfilled: boolean
  /** What the supplier of goods that were taken back is asked for. */
  readonly claim: string | null
  readonly claimMinor: number
  /** From the receipt, day and night; null: not yet. */
  readonly answerSeconds: number | null
  readonly settleSeconds: number | null
  readonly closing: ClosingBand | null
  /** The next check whether the cause is gone: on which day, how many days after the execution. */
  readonly check: { readonly on: string; readonly days: number } | null
}

/** What of the company a figure depends on. Days are `YYYY-MM-DD`. */
export interface CompanyDays {
  dayOf(at: Date): string
  isBusinessDay(day: string): boolean
  /** Days after an execution on which it is looked at whether the cause is gone. */
  readonly checkDays: readonly number[]
}

/** The figure of a case as it is now. `checked`: its process asks whether the cause is gone. */
export function figureOf(one: Case, checked: boolean, company: CompanyDays): Figure {
  const { record, policy, feedback } = one
  const receivedOn = company.dayOf(record.receivedAt)
  const closedAt = one.resolvedAt ?? one.closedAt
  const closedOn = closedAt && company.dayOf(closedAt)
  const remedies = remedyMinor(one)
  return {
    receivedOn,
    closedOn,
    kind: one.kind,
    state: one.state,
    category: record.category,
    reason: record.reason,
    dissatisfaction: record.dissatisfaction,
    cause: one.cause?.causeId ?? one.cause?.field ?? null,
    departmentId: one.departmentId,
    productCode: record.productCode,
    tier: policy?.tier ?? null,
    finding: findingOf(one),
    problemId: one.problemId,
    late: one.late.length > 0,
    regimes: one.regimes,
    missed: one.late.filter((clock) => clock.startsWith('regime:')),
    reopened: one.reopened,
    repeated: isRepeated(one),
    proactive: one.proactive,
    found: one.found && (one.found.first ? 'first' : 'too-late'),
    satisfied: feedback?.satisfied ?? null,
    minutes: one.minutes,
    remedyMinor: remedies,
    goodwillMinor: Math.min(remedies, goodwillMinor(one)),
    recoveredMinor: recoveredMinor(one),
    extra: record.extra ?? null,
    quoted: one.quoted !== null,
    accepted: one.quoteAnswered?.accepted ?? null,
    fulfilled: one.fulfilled !== null,
    claim: one.claim?.state ?? null,
    claimMinor: one.claim?.amountMinor ?? 0,
    answerSeconds: secondsTo(record.receivedAt, firstAnswer(one)),
    settleSeconds: secondsTo(record.receivedAt, one.resolvedAt),
    closing: closedOn === null ? null : bandOf(receivedOn, closedOn, company),
    check: checked ? nextCheck(one, company) : null,
  }
}

/** When the customer first heard from the company. */
function firstAnswer({ acknowledged, replied, answered, told }: Case): Date | null {
  const times = [acknowledged, replied, answered, told].flatMap((said) => (said ? [said.at.getTime()] : []))
  return times.length === 0 ? null : new Date(Math.min(...times))
}

const mostSeconds = 2 ** 31 - 1
const secondsTo = (from: Date, to: Date | null): number | null =>
  to && Math.min(mostSeconds, Math.max(0, Math.floor((to.getTime() - from.getTime()) / 1000)))

/** What was given without being owed: before anybody knew whose fault it was, or as a gift. */
function goodwillMinor(one: Case): number {
  const gifts = givenRemedies(one).filter(({ kind }) => kind === 'goodwill')
  return [...one.interim, ...gifts].reduce((sum, { amountMinor }) => sum + amountMinor, 0)
}

const day = 86_400_000
const dayNumber = (text: string): number => Date.parse(`${text}T00:00:00Z`) / day
export const dayAfter = (text: string, days: number): string => new Date((dayNumber(text) + days) * day).toISOString().slice(0, 10)
/** Days from one to another; negative where it lies before. */
export const daysBetween = (from: string, to: string): number => dayNumber(to) - dayNumber(from)

export const earlierDay = (a: string, b: string): string => [a, b].toSorted()[0]!

/** The day on which it was closed counts as a whole one: whoever closes on a holiday is beyond the business day before it. */
function bandOf(receivedOn: string, closedOn: string, { isBusinessDay }: CompanyDays): ClosingBand {
  const calendarDays = Math.max(0, daysBetween(receivedOn, closedOn))
  let businessDays = calendarDays === 0 ? 0 : 1
  // Beyond the third nothing depends on how many there are.
  for (let after = 1; after < calendarDays && businessDays <= 3; after++) if (isBusinessDay(dayAfter(receivedOn, after))) businessDays++
  return closingBand({ businessDays, calendarDays })
}

const endedWithoutCause = new Set<Case['state']>(['withdrawn', 'merged', 'converted'])

/** The first check that was not made yet since the remedy was carried out; null where there is none. */
export function nextCheck(one: Pick<Case, 'state' | 'executed' | 'effectiveness'>, { dayOf, checkDays }: CompanyDays): Figure['check'] {
  if (one.executed === null || endedWithoutCause.has(one.state)) return null
  const made = madeDays(one.effectiveness)
  const days = checkDays.toSorted((a, b) => a - b).find((planned) => planned > made)
  return days === undefined ? null : { on: dayAfter(dayOf(one.executed.at), days), days }
}
