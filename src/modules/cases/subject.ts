import { allDepartments, dayIn, organizationProfile, readSetting } from '#modules/organization/public.ts'
import { recordServiceCost, serviceCostSetting } from '#modules/value/public.ts'
import type { Context } from '#platform/context.ts'
import type { Db } from '#platform/database/connection.ts'
import type { Keeping, Subject } from '#platform/subject/subject.ts'
import { everyBody, inLanguage } from './actions/bodies.ts'
import { companyDays } from './actions/current.ts'
import { everyRule } from './actions/rules.ts'
import { caseCostMinor } from './domain/cost.ts'
import type { CaseEvent } from './domain/event.ts'
import { figureOf } from './domain/figure.ts'
import { fold } from './domain/fold.ts'
import { keepingRules, keptCases } from './domain/keeping.ts'
import { closeApprovals } from './store/approvals.ts'
import { filesOfCustomers } from './store/attachments.ts'
import { updateCase } from './store/cases.ts'
import { lapseContests, openOutside } from './store/contests.ts'
import { eventsOf, insertEvents } from './store/events.ts'
import { writeFigure } from './store/figures.ts'
import { dropImprovementsOf } from './store/improvements.ts'
import { casesUnder } from './store/keeping.ts'
import { goingAbout } from './store/lists.ts'
import { filesOfMails } from './store/mails.ts'
import { processOf } from './store/processes.ts'
import { caseTables, wordsOfCases } from './store/subject.ts'

/** What becomes of cases when two customers are merged, one is exported, or one is erased: that there was a case, what it cost and how it ended stays; what was said goes. */
export const caseSubject: Subject = {
  tables: caseTables,
  files: async (db, customerIds) => [...(await filesOfCustomers(db, customerIds)), ...(await filesOfMails(db, customerIds))],
  words: wordsOfCases,
  named: namesOfDepartments,
  erased: endAll,
  kept: keptByLaw,
}

async function keptByLaw(db: Db, customerIds: readonly string[]): Promise<ReadonlyMap<string, readonly Keeping[]>> {
  const { timeZone } = await readSetting(db, organizationProfile)
  const rules = keepingRules(await everyRule(db))
  const ruled = await casesUnder(
    db,
    customerIds,
    rules.map(({ key }) => key),
  )
  const cases = ruled.map(({ customerId, regimes, receivedAt, closedAt }) => {
    const closedDay = closedAt && dayIn(timeZone, closedAt)
    return { customerId, regimes, receivedDay: dayIn(timeZone, receivedAt), closedDay }
  })
  const kept = new Map<string, readonly Keeping[]>()
  for (const [id, theirs] of Map.groupBy(cases, ({ customerId }) => customerId)) kept.set(id, keptCases(theirs, rules))
  for (const [id, lying] of await lyingOutside(db, customerIds)) kept.set(id, [...(kept.get(id) ?? []), ...lying])
  return kept
}

/** What a body outside of the company has not decided on is kept until it has, whichever rules the case is under. */
async function lyingOutside(db: Db, customerIds: readonly string[]): Promise<ReadonlyMap<string, readonly Keeping[]>> {
  const open = await openOutside(db, customerIds)
  if (open.length === 0) return new Map()
  const { locale } = await readSetting(db, organizationProfile)
  const names = new Map((await everyBody(db)).map(({ id, names: called }) => [id, inLanguage(called, locale)]))
  const keeping = ({ bodyId, count }: (typeof open)[number]): Keeping => ({
    ...{ rule: `cases.${bodyId}`, title: names.get(bodyId) ?? bodyId, until: 'open', count },
  })
  return new Map([...Map.groupBy(open, ({ customerId }) => customerId)].map(([id, theirs]) => [id, theirs.map(keeping)]))
}

async function namesOfDepartments(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const asked = new Set(ids)
  return new Map((await allDepartments(db)).flatMap(({ id, name }) => (asked.has(id) ? [[id, name] as const] : [])))
}

/** Nobody can be answered of whom nothing is known any more. What the case cost until then is on record like that of any other; nobody is told of it one by one: the erasure says it. */
async function endAll(context: Context, customerIds: readonly string[]): Promise<void> {
  const { db, now, actor } = context
  await dropImprovementsOf(db, customerIds)
  // Also of cases that have ended: nobody judges any more whether they were answered rightly.
  await lapseContests(db, customerIds)
  const going = await goingAbout(db, customerIds)
  if (going.length === 0) return
  const { timeZone } = await readSetting(db, organizationProfile)
  const { minorPerMinute } = await readSetting(db, serviceCostSetting)
  const company = await companyDays(context, true)
  for (const { customerId, id, number, processKey, processVersion, rankAt } of going) {
    const process = await processOf(db, processKey, processVersion)
    if (!process) throw new Error(`The case ${number} runs by a process that is not there: ${processKey} ${processVersion}`)
    const events = await eventsOf(db, customerId, id)
    const before = fold(process, events)
    // What its order gave back is taken off in the next night, like what files bring.
    const costMinor = caseCostMinor(before, minorPerMinute, 0)
    const last: CaseEvent = { seq: events.length + 1, kind: 'customer-erased', data: { costMinor }, at: now, by: actor.id }
    await insertEvents(db, customerId, id, [last])
    const after = fold(process, [...events, last])
    if (!(await updateCase(db, customerId, id, before.version, after, { dueAt: null, nextAt: null, rankAt })))
      throw new Error(`Somebody wrote about the case ${number} while its customer was being erased`)
    await closeApprovals(db, customerId, id, { now, by: actor.id, decision: 'dropped' })
    // Reports count how it ended; in the archive there are no words of it, and no check is owed.
    await writeFigure(db, customerId, id, figureOf(after, false, company))
    await recordServiceCost(context, { customerId, cause: 'case', causeId: id, day: dayIn(timeZone, now), amountMinor: costMinor })
  }
}
