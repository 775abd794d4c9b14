import { clockOf, dayIn, endOfDay, organizationProfile, readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import type { Case } from '../domain/case.ts'
import type { CaseEvent } from '../domain/event.ts'
import { type CompanyDays, dayAfter, figureOf } from '../domain/figure.ts'
import type { Process } from '../domain/process.ts'
import { spokenWords } from '../domain/words.ts'
import { appealsSetting, handlingSetting } from '../settings.ts'
import { leaveArchive, writeArchive } from '../store/archive.ts'
import { type ContestDays, contestsOf, writeContests } from '../store/contests.ts'
import { writeFigure } from '../store/figures.ts'
import { writeScores } from '../store/personnel.ts'

/** The company's calendar, as figures of cases count by it. The working hours are only asked for where a case was settled or has ended. */
export async function companyDays({ db }: Pick<Context, 'db'>, settled: boolean): Promise<CompanyDays> {
  const { timeZone } = await readSetting(db, organizationProfile)
  const { effectivenessDays } = await readSetting(db, handlingSetting)
  const clock = settled ? await clockOf(db, null) : null
  return {
    dayOf: (at) => dayIn(timeZone, at),
    isBusinessDay: (day) => clock === null || clock.between(endOfDay(timeZone, dayAfter(day, -1)), endOfDay(timeZone, day)) > 0,
    checkDays: effectivenessDays,
  }
}

/** As people read a day by which something is due: its last minute, and not the midnight that belongs to the next. */
export const lastMinuteOf = (timeZone: string, day: string): Date => new Date(endOfDay(timeZone, day).getTime() - 60_000)

/** The same for what may be appealed against, and what waits for a judgement inside or outside of the company. */
export async function contestDays(db: Context['db']): Promise<ContestDays> {
  const { timeZone } = await readSetting(db, organizationProfile)
  const { days: appealDays, warnDays } = await readSetting(db, appealsSetting)
  return { dayOf: (at) => dayIn(timeZone, at), endOf: (day) => lastMinuteOf(timeZone, day), appealDays, warnDays }
}

/** Whether a process asks if the cause is gone. */
export const isChecked = ({ steps }: Process): boolean => steps.some(({ needs }) => needs.some(({ need }) => need === 'effectiveness'))

interface Changed {
  readonly customerId: string
  readonly caseId: string
  readonly process: Process
  readonly state: Case
  readonly events: readonly CaseEvent[]
}

/** What reports count of a case, what its customer gave whoever handled it, and what finds it in the archive follow every change of it, in the same transaction. `was`: it had ended before. */
export async function keepCurrent(
  { db }: Pick<Context, 'db'>,
  { customerId, caseId, process, state, events }: Changed,
  was: boolean,
  /** Where it is known already, for many cases in one transaction. */
  company: CompanyDays | null = null,
): Promise<void> {
  const days = company ?? (await companyDays({ db }, state.resolvedAt !== null || state.closedAt !== null))
  await writeFigure(db, customerId, caseId, figureOf(state, isChecked(process), days))
  // Once given they are never taken away by what follows.
  if (state.scored.length > 0) await writeScores(db, customerId, caseId, state.scored)
  if (state.appeals.length + state.referrals.length > 0)
    await writeContests(db, customerId, caseId, contestsOf(state, await contestDays(db)))
  if (state.closedAt !== null)
    await writeArchive(
      db,
      { customerId, caseId, kind: state.kind, endedAt: state.closedAt },
      [state.number, ...spokenWords(events)].join('\n'),
    )
  else if (was) await leaveArchive(db, customerId, caseId)
}
