import { organizationProfile, readSetting, usersWith } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { derivedId } from '#platform/identifier.ts'
import { wordsOf } from '#platform/pages/words.ts'
import { refuse } from '#platform/refusal.ts'
import { enabledAmong } from '#platform/sign-in/users.ts'
import { appealableAt, appealableUntil, mayJudge, openAppeal } from '../domain/contest.ts'
import { happened, type Kinds } from '../domain/event.ts'
import { dueWithin } from '../domain/follow-up-day.ts'
import type { Channel } from '../domain/taxonomy.ts'
import { appealsSetting } from '../settings.ts'
import { appealsWaitingFor } from '../store/contests.ts'
import { portalTexts } from '../texts/index.ts'
import { actedOf } from './acted.ts'
import type { OnCase } from './acts.ts'
import { companyDays, contestDays, lastMinuteOf } from './current.ts'
import { languageOfCase } from './mail-out.ts'
import { sendToCustomer } from './messages.ts'
import { wrong } from './named.ts'
import { awayToday, byItself, today } from './people.ts'
import { heldCase, type Known, managesCases, mustBeAllowed, perform } from './performing.ts'
import { mustTellRoute, withRoute } from './route.ts'

interface Appealing {
  readonly reason: string
  readonly channel: Channel
}

/** Takes an appeal, says at once that it came and by when it is judged. `beyond`: also after the time for it, by whoever answers for cases. */
export async function takeAppeal(context: Context, found: Known, { reason, channel }: Appealing, beyond = false): Promise<Known> {
  const { db, now } = context
  const { workingDays } = await readSetting(db, appealsSetting)
  const days = await contestDays(db)
  const answer = appealableUntil(found.state, days)
  if (answer === null)
    throw refuse('conflict', 'nothing-to-appeal', 'There is no answer that can be appealed against, or it was appealed against already')
  if (appealableAt(found.state, days, now) === null && !beyond)
    throw refuse('conflict', 'appeal-too-late', 'The time within which an appeal is possible is over')
  const { isBusinessDay } = await companyDays(context, true)
  const { timeZone } = await readSetting(db, organizationProfile)
  const dueDay = dueWithin(await today(context), workingDays, isBusinessDay)
  const dueAt = lastMinuteOf(timeZone, dueDay)
  const { of, against } = answer
  // The same decision is appealed against once, however often it is sent; anew only where that was taken back.
  const before = found.state.appeals.filter((one) => one.of === of).length
  const id = derivedId('appeal', found.row.id, [of, ...(before > 0 ? [before] : [])].join(' '))
  const after = await perform(context, found, happened('appealed', { id, of, against, reason, channel, dueAt, workingDays }), {
    unasked: true,
  })
  const language = await languageOfCase(context, after)
  const by = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone }).format(dueAt)
  const text = wordsOf(portalTexts, language)('appeal.received', { number: after.state.number, by })
  return (await sendToCustomer(byItself(context), after, { text, channel: 'web', automatic: true })).known
}

/** Ends an appeal that its customer takes back, and tells them at once, so that nobody says it in their place without their knowing. */
export async function takeBackAppeal(context: Context, found: Known, said: Omit<Kinds['appeal-withdrawn'], 'id'>): Promise<Known> {
  const { id } = mustBeOpen(found)
  const language = await languageOfCase(context, found)
  const text = wordsOf(portalTexts, language)('appeal.takenBack', { number: found.state.number })
  const told = (await sendToCustomer(byItself(context), found, { text, channel: 'web', automatic: true })).known
  return perform(context, told, happened('appeal-withdrawn', { id, ...said }), { unasked: true })
}

/** Why and until when the customer of a case may appeal; whoever answers for cases takes one also later. */
export async function appealableNow(context: Context, { state }: Pick<Known, 'state'>) {
  const days = await contestDays(context.db)
  const answer = managesCases(context) ? appealableUntil(state, days) : appealableAt(state, days, context.now)
  return answer && { ground: answer.ground, until: answer.until }
}

/** Whoever could judge an appeal: they may decide on remedies, are here, and took no part; who has the fewest of them first, and whoever handles the case last. */
export async function judgesFor(context: Context, { state }: Pick<Known, 'state'>): Promise<readonly string[]> {
  const { db } = context
  const away = await awayToday(context)
  const people = (await enabledAmong(db, await usersWith(db, 'cases.approve'))).filter((id) => mayJudge(state, id))
  const waiting = await appealsWaitingFor(db, people)
  const rank = (id: string) =>
    [away.has(id) ? 1 : 0, id === state.ownerId ? 1 : 0, waiting.get(id) ?? 0].map((part) => String(part).padStart(6, '0')).join(' ')
  return people.toSorted((a, b) => (`${rank(a)} ${a}` < `${rank(b)} ${b}` ? -1 : 1))
}

function mustBeOpen({ state }: Known) {
  const appeal = openAppeal(state)
  if (appeal === null) throw refuse('conflict', 'no-appeal', 'No appeal waits to be judged')
  return appeal
}

type Decision = Omit<Kinds['appeal-decided'], 'id'>

export const appealActions = {
  async appeal(context: Context, { caseId, version, ...said }: OnCase & Appealing) {
    const found = await heldCase(context, caseId, version)
    await mustBeAllowed(context, found, 'appealed')
    return actedOf(await takeAppeal(context, found, said, managesCases(context)))
  },

  async giveAppeal(context: Context, { caseId, version, judgeId }: OnCase & { readonly judgeId: string }) {
    const found = await heldCase(context, caseId, version)
    await mustBeAllowed(context, found, 'appeal-given')
    const { id } = mustBeOpen(found)
    if (!mayJudge(found.state, judgeId))
      throw wrong('judgeId', 'took-part', 'They took part in what is appealed against, or it is about them')
    if (!(await judgesFor(context, found)).includes(judgeId)) throw wrong('judgeId', 'may-not-judge', 'They may not judge appeals')
    return actedOf(await perform(context, found, happened('appeal-given', { id, judgeId }), { unasked: true }))
  },

  async decideAppeal(context: Context, { caseId, version, ...said }: OnCase & Decision) {
    const found = await heldCase(context, caseId, version)
    await mustBeAllowed(context, found, 'appeal-decided')
    const { id } = mustBeOpen(found)
    if (said.outcome === 'dismissed') await mustTellRoute(context, found, 'appeal-decided', said)
    const text = withRoute(said.text, said.outcome === 'upheld' ? null : said.escalationRoute)
    const told = (await sendToCustomer(context, found, { text, channel: said.channel === 'email' ? 'email' : 'web' })).known
    return actedOf(await perform(context, told, happened('appeal-decided', { id, ...said }), { unasked: true }))
  },

  async withdrawAppeal(context: Context, { caseId, version, ...said }: OnCase & Omit<Kinds['appeal-withdrawn'], 'id'>) {
    const found = await heldCase(context, caseId, version)
    await mustBeAllowed(context, found, 'appeal-withdrawn')
    return actedOf(await takeBackAppeal(context, found, said))
  },
}
