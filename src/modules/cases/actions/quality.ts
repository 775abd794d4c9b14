import { momentAt } from '#modules/commitments/public.ts'
import { endOfDay, organizationProfile, readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import type { Db } from '#platform/database/connection.ts'
import type { Actions } from '#platform/module.ts'
import { refuse } from '#platform/refusal.ts'
import { enabledAmong } from '#platform/sign-in/users.ts'
import { isUserId } from '#platform/user-id.ts'
import type { qualityEndpoints } from '../api/quality.ts'
import { happened } from '../domain/event.ts'
import { consistency, judgeSheet, rightsReport } from '../domain/figures/quality-sheet.ts'
import { shareOf } from '../domain/figures/reliability.ts'
import { agentMonths, countRights, countSheets, insertSheet, type Period, type StoredSheet, sheetsOf } from '../store/quality.ts'
import { actedOf } from './acted.ts'
import { heldCase, known, perform } from './performing.ts'
import { shownId } from './reach.ts'

/** So many days are reported on at once. */
const mostDays = 1100

export const qualityActions: Actions<typeof qualityEndpoints> = {
  async qualitySheets(context, { caseId }) {
    const { row } = await known(context, caseId)
    const all = await sheetsOf(context.db, row.customerId, caseId)
    const seen = all.filter(({ agentId }) => seesWork(context, agentId))
    return { customerId: await shownId(context, row), items: seen.map(viewOf), hidden: all.length - seen.length }
  },

  async checkQuality(context, { caseId, version, agentId, note, ...said }) {
    const found = await heldCase(context, caseId, version)
    if (agentId === context.actor.id) throw refuse('forbidden', 'own-work', 'Nobody judges their own work')
    await mustBeSomebody(context, agentId)
    const result = judgeSheet(said)
    if (result.score === null)
      throw refuse('invalid', 'nothing-assessed', 'Say of at least one of the seven whether it was met', {
        fields: [{ field: 'rights', reason: 'nothing-assessed', detail: 'At least one applies' }],
      })
    const sheet: StoredSheet = {
      ...said,
      customerId: found.row.customerId,
      id: context.newId(),
      caseId,
      agentId,
      verdict: result.verdict,
      sevenR: result.sevenR,
      core: result.core,
      score: result.score,
      note: note?.trim() || null,
      judgedAt: context.now,
      judgedBy: context.actor.id,
    }
    await insertSheet(context.db, sheet)
    const event = happened('quality-checked', { sheetId: sheet.id, passed: result.verdict === 'passed' })
    return { ...actedOf(await perform(context, found, event, { unasked: true })), sheet: viewOf(sheet) }
  },

  async qualityReport({ db }, days) {
    const { timeZone, period } = await periodOf(db, days)
    const counts = await countSheets(db, period)
    return {
      sheets: counts.all,
      passed: copyOf(shareOf(counts.passed, counts.all)),
      ...reportOf(rightsReport(await countRights(db, period), counts)),
      agents: byAgent(await agentMonths(db, period, timeZone)),
    }
  },
}

/** A period of days as the company's calendar has them, both included. */
export async function periodOf(
  db: Db,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<{ readonly timeZone: string; readonly period: Period }> {
  if (to < from || (Date.parse(to) - Date.parse(from)) / 86_400_000 > mostDays)
    throw refuse('invalid', 'no-such-period', 'A period ends after it begins, and spans three years at most', {
      fields: [{ field: 'to', reason: 'no-such-period', detail: 'Behind the beginning' }],
    })
  const { timeZone } = await readSetting(db, organizationProfile)
  return { timeZone, period: { from: momentAt(timeZone, from, '00:00'), to: endOfDay(timeZone, to) } }
}

/** How well somebody works is seen by themselves, and by whoever judges those of whom they are one. */
export function seesWork({ actor }: Context, agentId: string): boolean {
  if (agentId === actor.id) return true
  if (!actor.can('cases.quality')) return false
  const reach = actor.reach('cases.quality')
  return reach === 'all' || reach.includes(agentId)
}

async function mustBeSomebody({ db }: Context, userId: string): Promise<void> {
  if (isUserId(userId) && (await enabledAmong(db, [userId])).length > 0) return
  throw refuse('invalid', 'nobody-here', 'There is nobody of this id who can sign in', {
    fields: [{ field: 'agentId', reason: 'nobody-here', detail: 'There is nobody of this id who can sign in' }],
  })
}

const viewOf = ({ customerId: _customer, caseId: _case, ...sheet }: StoredSheet) => sheet

/** With objects that may be written to, as contracts have them. */
const copyOf = <T extends { readonly interval: object | null }>({ interval, ...rest }: T) => ({
  ...rest,
  interval: interval as { low: number; high: number } | null,
})
const reportOf = ({ rights, core, sevenR, notArgued }: ReturnType<typeof rightsReport>) => ({
  rights: rights.map(copyOf),
  core: copyOf(core),
  sevenR: copyOf(sevenR),
  notArgued: copyOf(notArgued),
})

/** Each with how steady they were from month to month (K-01); a month counts once, however many sheets it has. */
function byAgent(rows: Awaited<ReturnType<typeof agentMonths>>) {
  return [...Map.groupBy(rows, ({ agentId }) => agentId)].map(([userId, months]) => {
    const sum = (of: (row: (typeof months)[number]) => number) => months.reduce((all, row) => all + of(row), 0)
    const sheets = sum((row) => row.sheets)
    const steady = consistency(months.map(({ score }) => score))
    return {
      userId,
      sheets,
      passed: sum(({ passed }) => passed),
      argued: sum(({ argued }) => argued),
      score: sum((row) => row.score * row.sheets) / sheets,
      months: months.map(({ month, sheets: count, score }) => ({ month, sheets: count, score })),
      deviation: steady.deviation,
      deviationInterval: steady.interval && { ...steady.interval },
      basis: steady.basis,
    }
  })
}
