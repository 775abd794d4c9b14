import { holdCustomers } from '#modules/customers/public.ts'
import type { Context } from '#platform/context.ts'
import { figureOf } from '../domain/figure.ts'
import { fold } from '../domain/fold.ts'
import type { Process } from '../domain/process.ts'
import { archivedAmong, leaveArchive } from '../store/archive.ts'
import { contestsOf, contestsOfCases, sameContests, writeContests } from '../store/contests.ts'
import { eventsOfMany } from '../store/events-of-many.ts'
import { casesAfter, sameFigures, writeFigure } from '../store/figures.ts'
import { sameScores, scoresOf, writeScores } from '../store/personnel.ts'
import { processOf } from '../store/processes.ts'
import { companyDays, contestDays, isChecked, keepCurrent } from './current.ts'

const atOnce = 500

/**
 * Compares what reports count of some cases, and what customers gave those who handled them, behind an id, with what their logs say, and whether they are in the archive just when they have ended (of whoever was erased nothing is there, and no check is owed); with `repair` writes anew what differs. Answers how many were
 * looked at, how many differed, and the last id, null at the end.
 */
export async function renewCases(
  context: Context,
  after: string | null,
  repair: boolean,
): Promise<{ readonly cases: number; readonly wrong: number; readonly last: string | null }> {
  const { db } = context
  const rows = await casesAfter(db, after, atOnce)
  const there = await holdCustomers(db, [...new Set(rows.map(({ customerId }) => customerId))])
  const logs = await eventsOfMany(db, rows)
  const archived = await archivedAmong(db, rows)
  const scored = await scoresOf(db, rows)
  const contested = await contestsOfCases(db, rows)
  const company = await companyDays(context, true)
  const days = await contestDays(db)
  const processes = new Map<string, Process | null>()
  let wrong = 0
  for (const { id, customerId, processKey, processVersion, figure } of rows) {
    const key = `${processKey} ${processVersion}`
    if (!processes.has(key)) processes.set(key, await processOf(db, processKey, processVersion))
    const process = processes.get(key)
    const events = logs.get(id)
    if (!process || !events) continue
    const state = fold(process, events)
    const erased = !there.has(customerId)
    const counted = figureOf(state, isChecked(process) && !erased, company)
    const given = scored.get(id) ?? []
    const contests = contestsOf(state, days, erased)
    if (
      sameFigures(figure, counted) &&
      sameScores(given, state.scored) &&
      sameContests(contested.get(id) ?? [], contests) &&
      archived.has(id) === (state.closedAt !== null && !erased)
    )
      continue
    wrong++
    if (!repair) continue
    await writeScores(db, customerId, id, state.scored)
    if (erased) {
      await writeContests(db, customerId, id, contests)
      await writeFigure(db, customerId, id, counted)
      await leaveArchive(db, customerId, id)
    } else await keepCurrent(context, { customerId, caseId: id, process, state, events }, archived.has(id))
  }
  return { cases: rows.length, wrong, last: rows.length < atOnce ? null : rows.at(-1)!.id }
}
