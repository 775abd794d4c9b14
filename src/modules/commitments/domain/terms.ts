import type { Channel } from './channel.ts'
import { dayIn, endOfDay, momentAt, timeIn } from './clock.ts'
import { isTimed, type Kind, type Terms } from './commitment.ts'
import type { Repeat } from './recurrence.ts'
import { newChecklist, type Step } from './visit.ts'

/** What somebody says of a commitment; what is undefined is not said. */
export interface Said {
  readonly title?: string | undefined
  readonly note?: string | null | undefined
  readonly dueDay?: string | null | undefined
  readonly dueAt?: Date | null | undefined
  readonly startsAt?: Date | null | undefined
  readonly endsAt?: Date | null | undefined
  readonly channel?: Channel | null | undefined
  readonly place?: string | null | undefined
  readonly purpose?: string | null | undefined
  readonly plan?: string | null | undefined
  readonly ours?: readonly string[] | undefined
  readonly theirs?: readonly string[] | undefined
  readonly steps?: readonly Step[] | undefined
  readonly repeat?: Omit<Repeat, 'from'> | null | undefined
}

/** A new commitment of a kind. A visit contacts by visiting and starts with its checklist. */
export const newTerms = (
  who: { readonly kind: Kind; readonly ownerId: string; readonly requestedBy: string },
  said: Said,
  timeZone: string,
): Terms =>
  changedTerms(
    {
      ...who,
      title: '',
      note: null,
      dueDay: null,
      dueAt: null,
      startsAt: null,
      endsAt: null,
      channel: who.kind === 'visit' ? 'visit' : null,
      place: null,
      purpose: null,
      plan: null,
      ours: [],
      theirs: [],
      steps: who.kind === 'visit' ? newChecklist() : [],
      repeat: null,
    },
    said,
    timeZone,
  )

/** The terms with what was said. The moment it is due follows: the end of what takes place, a time that was named, or the end of the day. */
export function changedTerms(before: Terms, said: Said, timeZone: string): Terms {
  const given = Object.fromEntries(Object.entries(said).filter(([field, value]) => value !== undefined && field !== 'repeat'))
  const after: Terms = { ...before, ...given, ...dueOf(before, said, timeZone) }
  const repeat = said.repeat === undefined ? before.repeat : said.repeat
  // A series begins anew on the day that was chosen; otherwise it goes on from where it began.
  const from = before.repeat && said.repeat === undefined && after.dueDay === before.dueDay ? before.repeat.from : after.dueDay
  return { ...after, repeat: repeat && { unit: repeat.unit, every: repeat.every, from: from ?? '' } }
}

function dueOf(before: Terms, said: Said, timeZone: string): Pick<Terms, 'dueDay' | 'dueAt'> {
  if (isTimed(before.kind)) {
    const startsAt = said.startsAt === undefined ? before.startsAt : said.startsAt
    const endsAt = said.endsAt === undefined ? before.endsAt : said.endsAt
    return { dueDay: startsAt && dayIn(timeZone, startsAt), dueAt: endsAt }
  }
  if (said.dueAt) return { dueDay: dayIn(timeZone, said.dueAt), dueAt: said.dueAt }
  const dueDay = said.dueDay === undefined ? before.dueDay : said.dueDay
  if (said.dueAt === undefined && dueDay === before.dueDay) return { dueDay, dueAt: before.dueAt }
  return { dueDay, dueAt: dueDay === null ? null : endOfDay(timeZone, dueDay) }
}

/** The same on another day: at the same time of the day where a time was meant. */
export function postponed(terms: Terms, day: string, timeZone: string): Terms {
  const at = (moment: Date) => momentAt(timeZone, day, timeIn(timeZone, moment))
  if (terms.startsAt && terms.endsAt) {
    const startsAt = at(terms.startsAt)
    const endsAt = new Date(startsAt.getTime() + (terms.endsAt.getTime() - terms.startsAt.getTime()))
    return { ...terms, startsAt, endsAt, dueAt: endsAt, dueDay: day }
  }
  const wholeDay = terms.dueAt === null || terms.dueDay === null || terms.dueAt.getTime() === endOfDay(timeZone, terms.dueDay).getTime()
  return { ...terms, dueDay: day, dueAt: wholeDay ? endOfDay(timeZone, day) : at(terms.dueAt) }
}

/** Whether a named time, and not only a day, says when it is due. */
export const hasDueTime = ({ dueAt, dueDay }: Pick<Terms, 'dueAt' | 'dueDay'>, timeZone: string): boolean =>
  dueAt !== null && dueDay !== null && dueAt.getTime() !== endOfDay(timeZone, dueDay).getTime()

/** The terms of a series on its next day: with nothing done yet. */
export const onDay = (terms: Terms, day: string, timeZone: string): Terms => {
  const next = postponed(terms, day, timeZone)
  return { ...next, steps: terms.steps.map((step) => ({ ...step, done: false, note: null })) }
}
