import { wilsonInterval } from '#numerics/wilson-interval.ts'
import type { Texts } from './texts.ts'

/** By what a technique can be chosen (G-23). The values are the codes of whoever describes the situation, such as a case; they are compared, never interpreted. */
export const dimensions = ['caseKind', 'category', 'reason', 'mood', 'customerType', 'product', 'occasion', 'cause'] as const
export type Dimension = (typeof dimensions)[number]

/** What is known of a situation; what is not known is left out or null. */
export type Situation = Readonly<Partial<Record<Dimension, string | null | undefined>>>

/** When a technique suits: in every dimension that is named, one of the values. `against` says the opposite: then it is not used, whatever else suits. */
export interface Rule {
  readonly when: Readonly<Partial<Record<Dimension, readonly string[]>>>
  readonly against: boolean
}

/** What is asked for when a technique is used: something to note, or a promise with the day by which it is kept. */
export const pointKinds = ['note', 'promise'] as const
export interface Point {
  readonly key: string
  readonly kind: (typeof pointKinds)[number]
  readonly title: Texts
  readonly hint: Texts
}

export interface Technique {
  readonly id: string
  /** The name by which the product ships it; null for the company's own. */
  readonly key: string | null
  readonly name: Texts
  readonly body: Texts
  readonly points: readonly Point[]
  readonly rules: readonly Rule[]
  /** The least experience (1…5) with which it is used; null for everybody. */
  readonly minimumExperience: number | null
  /** Proposed in every situation, behind those that suit it. */
  readonly isDefault: boolean
  readonly active: boolean
}

export interface Suggestion<T extends Technique = Technique> {
  readonly technique: T
  /** What of the situation speaks for it; empty where it is proposed because it always is. */
  readonly because: readonly { readonly dimension: Dimension; readonly value: string }[]
  /** Why somebody may not use it themselves. */
  readonly disabled: 'hand-over-to-experienced' | null
}

/** Whether somebody of an experience (1…5; null: nobody has said) may use a technique. Who is not known to be experienced is not. */
export const mayUse = ({ minimumExperience }: Pick<Technique, 'minimumExperience'>, experience: number | null): boolean =>
  (minimumExperience ?? 1) <= (experience ?? 1)

/**
 * Which techniques fit a situation, the best first: those of which the most is known to fit, the company's default behind them, and among equals those that one may use oneself, then in the order given.
 * What a rule speaks against is left out, and so is what nothing speaks for.
 */
export function suggest<T extends Technique>(techniques: readonly T[], situation: Situation, experience: number | null): Suggestion<T>[] {
  const fitting = techniques.flatMap((technique) => {
    if (!technique.active) return []
    const matched = technique.rules.filter((rule) => matches(rule, situation))
    if (matched.some(({ against }) => against)) return []
    const best = matched.toSorted((a, b) => namedIn(b) - namedIn(a))[0]
    if (!best && !technique.isDefault) return []
    const because = best
      ? dimensions.flatMap((dimension) => (best.when[dimension] ? [{ dimension, value: situation[dimension]! }] : []))
      : []
    const disabled = mayUse(technique, experience) ? null : ('hand-over-to-experienced' as const)
    return [{ technique, because, disabled }]
  })
  return fitting.toSorted((a, b) => b.because.length - a.because.length || Number(a.disabled !== null) - Number(b.disabled !== null))
}

/** A rule that names nothing fits nothing: it would otherwise be a second kind of default. */
const matches = ({ when }: Rule, situation: Situation): boolean => {
  const named = dimensions.filter((dimension) => when[dimension] !== undefined)
  return named.length > 0 && named.every((dimension) => when[dimension]!.includes(situation[dimension] ?? ''))
}
const namedIn = ({ when }: Rule): number => dimensions.filter((dimension) => when[dimension] !== undefined).length

/** What was noted at each point, and of a promise until when. */
export type PointNotes = Readonly<Record<string, { readonly text: string; readonly day?: string | null }>>

export interface PointProblem {
  readonly point: string
  readonly reason: 'required' | 'day-needed'
}

/** What is missing before a technique counts as used: every point is filled in, and every promise has its day. */
export const pointProblems = ({ points }: Pick<Technique, 'points'>, notes: PointNotes): PointProblem[] =>
  points.flatMap(({ key, kind }): PointProblem[] => {
    const note = notes[key]
    if (!note || note.text.trim() === '') return [{ point: key, reason: 'required' }]
    return kind === 'promise' && !note.day ? [{ point: key, reason: 'day-needed' }] : []
  })

/** What was promised, for whoever follows promises up. */
export const promisesIn = ({ points }: Pick<Technique, 'points'>, notes: PointNotes): { readonly text: string; readonly day: string }[] =>
  points.flatMap(({ key, kind }) => {
    const note = notes[key]
    return kind === 'promise' && note?.day && note.text.trim() !== '' ? [{ text: note.text.trim(), day: note.day }] : []
  })

export interface UseCounts {
  readonly succeeded: number
  readonly failed: number
  /** Used, with nothing known yet of what came of it. */
  readonly open: number
}

/** How often a technique helped, of the times of which that is known, with the 95 % interval; null where nothing is known. */
export function successOf({
  succeeded,
  failed,
}: UseCounts): { readonly share: number; readonly low: number; readonly high: number } | null {
  const known = succeeded + failed
  return known === 0 ? null : { share: succeeded / known, ...wilsonInterval(succeeded, known) }
}

/** What is wrong with a technique that somebody writes; the place is that of the contract. */
export function techniqueProblems({
  points,
  rules,
}: Pick<Technique, 'points' | 'rules'>): { readonly field: string; readonly reason: string }[] {
  const keys = points.map(({ key }) => key)
  return [
    ...keys.flatMap((key, i) => (keys.indexOf(key) < i ? [{ field: `points[${i}].key`, reason: 'taken-twice' }] : [])),
    ...rules.flatMap(({ when }, i) =>
      dimensions.every((dimension) => (when[dimension]?.length ?? 0) === 0)
        ? [{ field: `rules[${i}]`, reason: 'rule-without-conditions' }]
        : [],
    ),
  ]
}
