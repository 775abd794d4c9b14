import { correctTouch, needCalled, noteTouch, type Channel as TouchChannel, touchParts } from '#modules/customers/public.ts'
import type { Context } from '#platform/context.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import type { outcomeEndpoints } from '../api/outcomes.ts'
import { contributionIn } from '../domain/contribution.ts'
import { happened } from '../domain/event.ts'
import type { Channel } from '../domain/taxonomy.ts'
import { eventsOfMany } from '../store/events-of-many.ts'
import { suggestionsOf } from '../store/lists.ts'
import { actedOf } from './acted.ts'
import { emptyRecord, openCase } from './opening.ts'
import { heldCase, type Known, known, mustBeAllowed, perform } from './performing.ts'

export const outcomeActions: Actions<typeof outcomeEndpoints> = {
  async suggestFromCase(context, { caseId, version }) {
    const found = await heldCase(context, caseId, null)
    const made = found.state.ideas[0]
    // Pressed twice, by one or by two: the first made it.
    if (made) {
      const one = await known(context, made.caseId)
      return { case: actedOf(found), made: actedOf(one), number: one.state.number }
    }
    await mustBeUnchanged(context, found, version, 'idea-taken')
    const { subject, description, channel, language, orderId, productCode } = found.state.record
    const suggestion = await openCase(context, {
      customerId: found.row.customerId,
      kind: 'suggestion',
      record: { ...emptyRecord(context.now), subject, description, channel, language, orderId, productCode },
      ideaOf: { caseId, number: found.state.number },
      // Part of what is in hand; and the case is held already, when nobody may wait for a limit any more.
      takenOn: true,
    })
    const { number } = suggestion.state
    const after = await perform(context, found, happened('idea-taken', { caseId: suggestion.row.id, number }), { unasked: true })
    return { case: actedOf(after), made: actedOf(suggestion), number }
  },

  async contributions({ db }, { customerId }) {
    const rows = await suggestionsOf(db, customerId, mostSuggestions)
    const logs = await eventsOfMany(db, rows)
    return {
      items: rows.flatMap(({ id, number, subject }) => {
        const adopted = contributionIn(logs.get(id) ?? [])
        return adopted ? [{ id, number, subject, ...adopted }] : []
      }),
    }
  },

  async noteNeedOfCase(context, { caseId, version, text: given }) {
    const found = await heldCase(context, caseId, null)
    const text = (given ?? found.state.record.subject).slice(0, longestNeed)
    const noted = found.state.needsNoted.find((one) => one.text === text)
    if (noted) return { case: actedOf(found), needId: noted.needId, text }
    await mustBeUnchanged(context, found, version, 'need-noted')
    const { customerId } = found.row
    const { number, record } = found.state
    const before = found.state.needsNoted.at(-1)?.touchId
    // Also what a colleague has corrected on the touch since then stays.
    const parts = before === undefined ? undefined : (await touchParts(context.db, customerId, [before])).get(before)
    const needs = [...(parts?.needs ?? []).map((one) => one.text), text]
    // What was heard stands in the archive as one touch that cost nothing: what the case cost is counted with the case.
    const touch =
      (before && (await correctTouch(context, customerId, before, {}, { needs }))) ||
      (await noteTouch(
        context,
        {
          customerId,
          channel: touchedBy[record.channel],
          direction: 'in',
          stage: record.orderId === null ? 'before' : 'after',
          summary: `${number} ${record.subject}`,
          minutes: 0,
          costMinor: 0,
          occurredAt: record.receivedAt,
        },
        { needs: [text] },
      ))
    const needId = await needCalled(context.db, text)
    if (needId === null)
      throw refuse('invalid', 'no-words', 'A need has to say something', {
        fields: [{ field: 'text', reason: 'no-words', detail: 'Say what is needed' }],
      })
    const after = await perform(context, found, happened('need-noted', { needId, text, touchId: touch.id }), { unasked: true })
    return { case: actedOf(after), needId, text }
  },
}

const longestNeed = 200
const mostSuggestions = 200

async function mustBeUnchanged(context: Context, found: Known, version: number, act: 'idea-taken' | 'need-noted'): Promise<void> {
  if (found.state.version !== version) throw changedMeanwhile('this case')
  await mustBeAllowed(context, found, act)
}

/** How the archive calls the ways by which cases come in. */
const touchedBy: Readonly<Record<Channel, TouchChannel>> = {
  phone: 'call',
  email: 'email',
  web: 'website',
  chat: 'chat',
  visit: 'visit',
  store: 'store',
  letter: 'letter',
  social: 'social',
  internal: 'other',
}
