import { type Calendar, calendarOf } from '#modules/cases/domain/clocks/calendar.ts'
import type { Moment } from '#modules/cases/domain/clocks/log.ts'
import { type Reading, readClocks } from '#modules/cases/domain/clocks/reading.ts'
import { type Measure, type Target, type Terms, usualTarget } from '#modules/cases/domain/clocks/target.ts'
import type { Interval, WorkingHours } from '#modules/organization/domain/calendar.ts'

/** Histories written by hand for the tests of the clocks. Times without a zone are UTC, which is also what most of their walls show. */
export const at = (text: string) => new Date(/(Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text.replace(' ', 'T')}Z`)

export const hour = 3_600_000

export const day = (...hours: readonly (readonly [from: number, to: number])[]): readonly Interval[] =>
  hours.map(([from, to]) => ({ from: Math.round(from * 60), to: Math.round(to * 60) }))

/** Monday to Friday alike. */
export const office = (intervals: readonly Interval[], timeZone = 'UTC', specialDays: WorkingHours['specialDays'] = []): WorkingHours => ({
  timeZone,
  week: [intervals, intervals, intervals, intervals, intervals, [], []],
  specialDays,
})

export const nineToFive = office(day([9, 17]))

export const workingHours = (amount: number): Measure => ({ unit: 'working-minutes', amount: amount * 60 })
export const days = (amount: number): Measure => ({ unit: 'business-days', amount })

const usual: Readonly<Record<string, Pick<Target, 'starts' | 'ends'>>> = {
  acknowledge: { starts: { on: 'received' }, ends: { on: 'acknowledged' } },
  'first-response': { starts: { on: 'received' }, ends: { on: 'responded' } },
  'next-response': { starts: { on: 'customer-message' }, ends: { on: 'responded' } },
  resolve: { starts: { on: 'received' }, ends: { on: 'resolved' } },
  close: { starts: { on: 'received' }, ends: { on: 'closed' } },
}
export const target = (key: string, measure: Measure, more: Partial<Target> = {}): Target => {
  const step = /^step:(.*)/.exec(key)?.[1]
  const shape = step ? ({ starts: { on: 'step-entered', step }, ends: { on: 'step-left', step } } as const) : usual[key]
  return { ...usualTarget, ...shape, key, measure, ...more } as Target
}

export const terms = (key: string, ...targets: readonly Target[]): Terms => ({ key, source: 'policy', name: key, version: 1, targets })

type Written<M = Moment> = M extends unknown ? Omit<M, 'at'> : never
export type Line = readonly [when: string, what: Moment['kind'] | Written]

export const log = (...lines: readonly Line[]): readonly Moment[] =>
  lines.map(([when, what]) => ({ at: at(when), ...(typeof what === 'string' ? { kind: what } : what) }) as Moment)

export const takes = (
  key: string | null,
  effect: 'from-then-on' | 'from-the-beginning' = 'from-the-beginning',
  slot = 'policy',
): Written => ({
  kind: 'terms-changed',
  slot,
  terms: key,
  effect,
})
export const works = (calendar: string): Written => ({ kind: 'calendar-changed', whose: 'company', calendar })
export const waits = (reason: string, endsOn: 'resumed' | 'customer-message' = 'resumed'): Written => ({ kind: 'paused', reason, endsOn })
export const goesOn = (reason: string | null = null): Written => ({ kind: 'resumed', reason })
export const goesTo = (department: string, calendar: string): Written => ({ kind: 'department-changed', department, calendar })
export const enters = (step: string): Written => ({ kind: 'step-entered', step })
export const leaves = (step: string): Written => ({ kind: 'step-left', step })

/** A case that is received under its terms, in the company's hours. */
export const start = (key: string, when = '2026-03-02 09:00', calendar = 'office') =>
  log([when, works(calendar)], [when, takes(key)], [when, 'received'])

/** A world of calendars and terms, in which histories can be read. */
export function world(hours: Readonly<Record<string, WorkingHours>>, ...all: readonly Terms[]) {
  const calendars = new Map<string, Calendar>(Object.entries(hours).map(([key, one]) => [key, calendarOf(key, one)]))
  const calendarFor = (key: string): Calendar => {
    const found = calendars.get(key)
    if (!found) throw new Error(`No calendar ${key}`)
    return found
  }
  const read = (moments: readonly Moment[], now: string) => readClocks(moments, all, calendarFor, at(now))
  return {
    calendarFor,
    read,
    /** The latest round of a clock. */
    latest(moments: readonly Moment[], key: string, now: string): Reading {
      const found = read(moments, now).find((reading) => reading.key === key && reading.isLatest)
      if (!found) throw new Error(`No clock ${key}`)
      return found
    },
  }
}
