import { notify, usersWith } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { inSavepoint } from '#platform/database/connection.ts'
import { isPassing } from '#platform/database/passing.ts'
import { job } from '#platform/module.ts'
import { clocksNow } from '../actions/clocks.ts'
import { aboveCase, whoHears } from '../actions/people.ts'
import { heldCase, type Known, save } from '../actions/performing.ts'
import { isEnd } from '../domain/case.ts'
import { newsEvents, newsOf, toldIn } from '../domain/clock-news.ts'
import { type Alert, digest } from '../domain/clocks/digest.ts'
import { numbered } from '../domain/decide.ts'
import { happened, type NewEvent } from '../domain/event.ts'
import { casesDue, laterLook } from '../store/due.ts'

/** How many cases one transaction looks at; what is left is due in the next minute. */
const atOnce = 200
/** How many cases one message names. */
const named = 20

/** What clocks have to say: a warning before, an escalation at, a breach after, each told once; one message to each person, however many cases there are. */
export const clockJobs = [job({ name: 'cases.watch-clocks', every: '* * * * *', run: watchClocks })]

export async function watchClocks(context: Context): Promise<void> {
  const due = await casesDue(context.db, context.now, atOnce)
  const alerts: Alert[] = []
  const called = new Map<string, { readonly number: string; readonly title: string }>()
  const unread: { readonly id: string; readonly number: string }[] = []
  for (const { customerId, id, number } of due)
    try {
      const { found, said } = await inSavepoint(context.db, async () => {
        const held = await heldCase(context, id, null)
        return { found: held, said: await tellOf(context, held) }
      })
      called.set(id, { number, title: found.state.record.subject })
      alerts.push(...said)
    } catch (error) {
      if (isPassing(error)) throw error
      // Whatever is wrong with it: the others are not held up by it, and somebody hears of it.
      await laterLook(context.db, { customerId, id }, new Date(context.now.getTime() + anHour))
      unread.push({ id, number })
    }
  for (const message of digest(alerts, () => null, context.now, named)) {
    const { recipient, counts } = message
    const one = message.alerts.length === 1 && message.more === 0 ? message.alerts[0]! : null
    const link = one ? `/cases/${one.caseId}` : '/cases?queue=mine'
    const values = { ...counts, ...(one ? called.get(one.caseId) : { number: '', title: '' }) }
    await notify(context, { to: [recipient], kind: one ? `cases.${one.what}` : 'cases.clocks', values, link })
  }
  const [first] = unread
  if (first === undefined) return
  const values = { count: unread.length, number: first.number }
  await notify(context, {
    to: await usersWith(context.db, 'cases.manage'),
    kind: 'cases.clocks-unread',
    values,
    link: `/cases/${first.id}`,
  })
}

/** Milliseconds until a case is looked at again whose clocks could not be read. */
const anHour = 3_600_000

/** Writes what became true of a case's clocks into its log, and says who has to hear of it. */
async function tellOf(context: Context, found: Known): Promise<readonly Alert[]> {
  const { row, process, events, state } = found
  const said = newsOf(await clocksNow(context, process, events), toldIn(events), context.now)
  const above = await aboveCase(context, found)
  const isOver = state.paused?.until != null && state.paused.until <= context.now
  const made: NewEvent[] = [...(isOver ? [happened('resumed', { note: null })] : []), ...newsEvents(said, above).map(({ event }) => event)]
  await save(context, found, numbered(made, events.length, context.now, context.actor.id))
  if (isEnd(state.state)) return []
  const responsible = said.news.some(({ what }) => what !== 'escalated') ? await whoHears(context, found) : []
  return [
    ...said.news.flatMap(({ what, at, reading }) =>
      (what === 'escalated' ? above : responsible).map(
        (recipient): Alert => ({ recipient, caseId: row.id, clock: reading.id, what: what as Alert['what'], at, dueAt: reading.dueAt }),
      ),
    ),
    ...said.stands.flatMap(({ at, what }) =>
      above.map((recipient): Alert => ({ recipient, caseId: row.id, clock: what, what: 'stalled', at, dueAt: null })),
    ),
  ]
}
