import type { Case } from './case.ts'
import { findingOf } from './fold.ts'
import { needsNow } from './needs.ts'
import type { Process } from './process.ts'
import { isEstablished, type Verdict, verdicts } from './taxonomy.ts'

export const auditStates = ['planned', 'drawn', 'closed'] as const
export type AuditState = (typeof auditStates)[number]

export const findingGrades = ['conform', 'minor', 'major'] as const
export type FindingGrade = (typeof findingGrades)[number]

/** What is asked of each case of a sample. */
export const auditItems = [
  'record-complete',
  'acknowledged-in-time',
  'answered-in-time',
  'second-reader',
  'reasons-given',
  'decided-by-another',
  'remedy-done',
  'customer-told',
  'route-told',
  'lesson-drawn',
] as const
export type AuditItem = (typeof auditItems)[number]

export const auditAnswers = ['yes', 'no', 'not-applicable'] as const
export type AuditAnswer = (typeof auditAnswers)[number]

/** Cases of each stratum, and how many of each. */
export type Strata = Readonly<Record<Verdict, number>>
export const noStrata: Strata = { established: 0, 'not-established': 0, undecided: 0 }

/**
 * How many cases of each stratum are drawn: by their share of all, so that what is found of the sample holds for the whole without weights; what is left over by rounding goes to the largest remainders, and of each stratum that has
 * cases at least one is drawn where there are enough to draw.
 *
 * @example allocate({ established: 90, 'not-established': 9, undecided: 1 }, 10) // => 8, 1, 1
 */
export function allocate(population: Strata, size: number): Strata {
  const there = verdicts.filter((stratum) => population[stratum] > 0)
  const all = there.reduce((sum, stratum) => sum + population[stratum], 0)
  const wanted = Math.min(size, all)
  const drawn: Record<Verdict, number> = { ...noStrata }
  const least = wanted >= there.length ? 1 : 0
  for (const stratum of there) drawn[stratum] = Math.max(least, Math.floor((wanted * population[stratum]) / all))
  const remainder = (stratum: Verdict) => (wanted * population[stratum]) / all - drawn[stratum]
  const left = () => wanted - there.reduce((sum, stratum) => sum + drawn[stratum], 0)
  const by = (order: 1 | -1) => (a: Verdict, b: Verdict) =>
    order * (remainder(b) - remainder(a)) || verdicts.indexOf(a) - verdicts.indexOf(b)
  while (left() > 0) {
    const [next] = there.filter((stratum) => drawn[stratum] < population[stratum]).toSorted(by(1))
    drawn[next!] += 1
  }
  // One of each may have been more than their share: the largest gives way.
  while (left() < 0) {
    const [next] = there.filter((stratum) => drawn[stratum] > least).toSorted(by(-1))
    drawn[next!] -= 1
  }
  return drawn
}

/** What the log answers by itself, with the events by which it does. Null: somebody has to look. */
export interface ToldByLog {
  readonly answer: AuditAnswer | null
  /** Numbers of events of the log. */
  readonly evidence: readonly number[]
}

/** Clocks that ended by an acknowledgement or a first answer, or by the solution, as they are called whoever set them. */
const isAcknowledging = (clock: string): boolean => /(^|:)(acknowledge|first-response)$/.test(clock)

type Event = { readonly seq: number } | null | undefined
const says = (answer: AuditAnswer | null, ...said: readonly Event[]): ToldByLog => ({
  answer,
  evidence: said.flatMap((one) => (one ? [one.seq] : [])),
})
const yes = (held: boolean): AuditAnswer => (held ? 'yes' : 'no')

const words = (text: string | null | undefined): boolean => (text ?? '').trim().length > 0

/** Each question answered from the log of a complaint as far as the log can. Whether reasons convince, whether a record tells what happened, only a person sees; that there are none, the log sees. */
const told: Readonly<Record<AuditItem, (one: Case, isRecorded: boolean) => ToldByLog>> = {
  'record-complete': (_, isRecorded) => says(isRecorded ? null : 'no'),
  'acknowledged-in-time': ({ acknowledged, late }) => says(yes(acknowledged !== null && !late.some(isAcknowledging)), acknowledged),
  'answered-in-time': ({ late, told: answer, replied, closedAt }) =>
    says(yes(closedAt !== null && !late.some((clock) => !isAcknowledging(clock) && !clock.startsWith('step:'))), answer ?? replied),
  // Of what was turned down somebody else has to have read it; of what was upheld nobody has to.
  'second-reader': (one) => {
    if (isEstablished(findingOf(one)) || one.judged === null) return says('not-applicable', one.judged)
    const { judged, readAgain } = one
    return says(yes(readAgain?.agrees === true && readAgain.by !== judged.by), judged, readAgain)
  },
  'reasons-given': (one) => {
    const answer = isEstablished(findingOf(one)) ? one.told : one.replied
    return words(answer?.text) ? says(null, answer) : says('no', one.judged)
  },
  'decided-by-another': ({ proposed, instructed, proposers, investigators }) => {
    if (instructed === null) return says('not-applicable')
    return says(yes(!proposers.includes(instructed.by) && !investigators.includes(instructed.by)), proposed, instructed)
  },
  'remedy-done': (one) => {
    const { instructed, executed, tasks } = one
    if (instructed === null || instructed.decision === 'rejected') return says('not-applicable', instructed)
    return says(yes(executed !== null && tasks.every(({ state }) => state !== 'open')), instructed, executed)
  },
  'customer-told': ({ told: answer, replied }) => says(yes(answer !== null || replied !== null), answer ?? replied),
  // A letter may tell it in its text: where it is not noted, somebody has to read.
  'route-told': ({ told: answer, replied }) => (words(answer?.escalationRoute) ? says('yes', answer) : says(null, answer ?? replied)),
  'lesson-drawn': (one) => (isEstablished(findingOf(one)) ? says(yes(one.lesson !== null), one.lesson) : says('not-applicable')),
}

/** What the log of a case answers of the checklist. */
export function toldByLog({ steps, ...rest }: Process, one: Case): Readonly<Record<AuditItem, ToldByLog>> {
  const [first] = steps
  const isRecorded = first
    ? needsNow({ ...rest, steps }, { ...one, step: first.key }).every(({ need, met }) => need !== 'recorded' || met)
    : true
  return Object.fromEntries(auditItems.map((item) => [item, told[item](one, isRecorded)])) as Readonly<Record<AuditItem, ToldByLog>>
}

/** Whether everything of a case was answered. */
export const isAnswered = (answers: Readonly<Record<string, AuditAnswer>>): boolean => auditItems.every((item) => item in answers)

/** Of the cases that were looked at, how many had each thing as it should be; those to which it does not apply are not counted. */
export function itemCounts(
  cases: readonly { readonly answers: Readonly<Record<string, AuditAnswer>> }[],
): readonly { readonly item: AuditItem; readonly met: number; readonly of: number }[] {
  return auditItems.map((item) => {
    const said = cases.flatMap(({ answers }) => answers[item] ?? []).filter((answer) => answer !== 'not-applicable')
    return { item, met: said.filter((answer) => answer === 'yes').length, of: said.length }
  })
}
