import { customerNames, customersWithin, holdCustomers, noteUsedCompetitors } from '#modules/customers/public.ts'
import type { Context } from '#platform/context.ts'
import { defaultPageSize } from '#platform/contract.ts'
import { cursorOf } from '#platform/cursor.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import type { desertionEndpoints } from '../api/desertions.ts'
import { type DesertionReason, desertionReport } from '../domain/desertion.ts'
import { monthsOf } from '../domain/report.ts'
import { desertionNoted } from '../facts.ts'
import {
  countDesertions,
  type Desertion,
  desertionById,
  desertionsOf,
  insertDesertion,
  listDesertions,
  updateDesertion,
} from '../store/desertions.ts'
import { given, wrong } from './named.ts'
import { today } from './people.ts'
import { pageWithin } from './reach.ts'
import { dayPlace, filterOf } from './report.ts'

export const desertionActions: Actions<typeof desertionEndpoints> = {
  async desertionsOfCustomer({ db }, { customerId }) {
    return { desertions: (await desertionsOf(db, customerId)).map(viewOf) }
  },

  async noteDesertion(context, { customerId, leftOn, rival, reason, note }) {
    const { db, now, actor, newId } = context
    if (!(await holdCustomers(db, [customerId])).has(customerId)) throw refuse('missing', 'no-such-customer', 'There is no such customer')
    const one: Desertion = {
      ...{ customerId, id: newId(), leftOn, rival: rival || null, reason, note: note || null },
      ...{ backOn: null, notedAt: now, notedBy: actor.id, version: 1 },
    }
    await mustBeRight(context, one)
    await insertDesertion(db, one)
    await announce(context, one)
    return viewOf(one)
  },

  async changeDesertion(context, { desertionId, version, ...changes }) {
    const before = await desertionById(context.db, desertionId)
    if (!before) throw refuse('missing', 'no-such-desertion', 'There is no such entry')
    if (before.version !== version) throw changedMeanwhile('this entry')
    const after: Desertion = { ...before, ...given(changes) }
    await mustBeRight(context, after)
    if (!(await updateDesertion(context.db, after))) throw changedMeanwhile('this entry')
    await announce(context, after)
    return viewOf({ ...after, version: version + 1 })
  },

  async desertions(context, { from, to, reason, cursor, limit = defaultPageSize }) {
    const { db, reach } = context
    const period = await filterOf(context, { from, to })
    const wish = { from: period.from, to: period.to, reason: reason ?? null }
    const idsOf = (rows: readonly Desertion[]) => [...new Set(rows.map(({ customerId }) => customerId))]
    const { items, last } = await pageWithin(
      context,
      limit,
      (behind: Desertion | null, size) => listDesertions(db, wish, behind ? { day: behind.leftOn, id: behind.id } : dayPlace(cursor), size),
      async (rows) => {
        const seen = reach === 'all' ? null : await customersWithin(db, idsOf(rows), reach)
        return rows.filter(({ customerId }) => seen?.has(customerId) ?? true)
      },
    )
    const names = await customerNames(db, idsOf(items))
    return {
      items: items.map((one) => ({ ...viewOf(one), customerName: names.get(one.customerId) ?? '' })),
      next: last && cursorOf([last.leftOn, last.id]),
    }
  },

  async desertionReport(context, asked) {
    const { from, to } = await filterOf(context, asked)
    return { from, to, ...desertionReport(await countDesertions(context.db, { from, to }), monthsOf(from, to)) }
  },
}

async function mustBeRight(context: Context, { leftOn, backOn }: Desertion): Promise<void> {
  const now = await today(context)
  if (leftOn > now) throw wrong('leftOn', 'not-yet-come', 'It cannot have been later than today')
  if (backOn !== null && backOn < leftOn) throw wrong('backOn', 'before-it-began', 'Nobody comes back before they have left')
  if (backOn !== null && backOn > now) throw wrong('backOn', 'not-yet-come', 'It cannot have been later than today')
}

/** Where a customer buys now belongs to their archive, too. */
async function announce(context: Context, { customerId, id, leftOn, rival, reason, backOn }: Desertion): Promise<void> {
  if (rival !== null && backOn === null) await noteUsedCompetitors(context, customerId, [rival])
  await context.publish(desertionNoted, { customerId, desertionId: id, leftOn, rival, reason, backOn })
}

const viewOf = (one: Desertion) => ({ ...one, reason: one.reason as DesertionReason | null })
