import { productsByCode } from '#modules/orders/public.ts'
import { readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import type { Actions } from '#platform/module.ts'
import { refuse } from '#platform/refusal.ts'
import type { queueEndpoints } from '../api/queue.ts'
import { happened } from '../domain/event.ts'
import { isHeldBack, type Limit, limited } from '../domain/figures/limits.ts'
import { queueOrder } from '../domain/figures/queue.ts'
import { aboutWhom, atOnceBecause } from '../domain/standing.ts'
import { assignmentSetting, limitsSetting, queueSetting } from '../settings.ts'
import { inHandOf } from '../store/limits.ts'
import type { QueuePlace } from '../store/lists.ts'
import { aheadOf, firstFree, holdTaker, loadOf, type Waiting, type WaitingFor, waitingCases } from '../store/queue.ts'
import { actedOf } from './acted.ts'
import { queueItemOf } from './clocks.ts'
import { intakeOf, limitsOnCase } from './limits.ts'
import { servingOf } from './people.ts'
import { heldCase, type Known, known, perform } from './performing.ts'
import { casesWithin, departmentsOf, shownCustomers, teamsOfActor } from './reach.ts'

/** Of so many cases at a time those are looked for that somebody may handle. */
const lookedAt = 500
/** So many are counted that stand before one. */
const mostAhead = 100

export const queueActions: Actions<typeof queueEndpoints> = {
  async takeNext(context, { queue }) {
    const { db, actor } = context
    const { capacityPerAgent } = await readSetting(db, assignmentSetting)
    if (capacityPerAgent !== null) await holdTaker(db, actor.id)
    const intake = await intakeOf(context)
    const load = (await loadOf(db, [actor.id])).get(actor.id)?.open ?? 0
    if (capacityPerAgent !== null && load >= capacityPerAgent)
      throw refuse('conflict', 'at-capacity', `You have ${load} open cases; ${capacityPerAgent} is the most`, {
        values: { open: load, most: capacityPerAgent },
      })
    const of = await waitingFor(context, queue)
    let heldBack = false
    for (let after: QueuePlace | null = null; ; ) {
      const page: readonly Waiting[] = await waitingCases(db, of, after, lookedAt)
      const within = await casesWithin(context, page)
      await intake.look(within)
      const free = within.filter((one) => !intake.holdsBack(one))
      heldBack ||= free.length < within.length
      const taken = await firstToHandle(context, free)
      if (taken) {
        const assigned = happened('assigned', { ownerId: actor.id, why: null })
        return { case: actedOf(await perform(context, taken, assigned, { unasked: true })), heldBack: false }
      }
      if (page.length < lookedAt) return { case: null, heldBack }
      after = page.at(-1)!
    }
  },

  async place(context, { caseId }) {
    const { row, state } = await known(context, caseId)
    const rules = await readSetting(context.db, queueSetting)
    const [place] = queueOrder([queueItemOf(state, row.dueAt)], rules, context.now)
    const { rankAt, tier, severity, place: given, dueInMinutes, waitedMinutes } = place!
    const waits = state.state === 'open' && state.ownerId === null
    const immediate = atOnceBecause(state)
    const limits = waits ? await limitsOnCase(context, caseId) : []
    const [team, product] = limited.map((kind) => limits.find(({ of }) => of === kind) ?? null)
    return {
      customerId: (await shownCustomers(context, [row])).get(row.customerId)?.id ?? null,
      rankAt,
      immediate,
      tier,
      severity,
      place: given,
      teamId: waits ? (await servingOf(context)(state)).teamId : null,
      heldBack: isHeldBack(limits, immediate),
      teamLimit: team ? { inHand: team.inHand, most: team.most } : null,
      productLimit: product ? await ofProduct(context, product) : null,
      dueInMinutes,
      waitedMinutes,
      ahead: waits ? await aheadOf(context.db, caseId, mostAhead) : null,
    }
  },

  async limits({ db }, { teamId, productCode }) {
    const { teams, products } = await readSetting(db, limitsSetting)
    const inHand = await inHandOf(
      db,
      [...new Set([...teams.map((one) => one.teamId), ...(teamId === undefined ? [] : [teamId])])],
      [...new Set([...products.map((one) => one.productCode), ...(productCode === undefined ? [] : [productCode])])],
    )
    const catalogue = await productsByCode(db, [...inHand.products.keys()])
    return {
      teams: [...inHand.teams].map(([id, count]) => ({ teamId: id, inHand: count })),
      products: [...inHand.products].map(([code, count]) => ({
        productCode: code,
        name: catalogue.get(code)?.name ?? null,
        inHand: count,
      })),
    }
  },
}

async function ofProduct({ db }: Context, { id: code, inHand, most }: Limit) {
  return { code, name: (await productsByCode(db, [code])).get(code)?.name ?? null, inHand, most }
}

async function waitingFor(context: Context, queue: 'nobody' | 'team' | 'department'): Promise<WaitingFor> {
  if (queue === 'team') return { teamIds: (await teamsOfActor(context)).teamIds }
  return queue === 'department' ? { departmentIds: await departmentsOf(context) } : null
}

/** The first of some waiting cases that is not about whoever asks, and that nobody else takes at this moment; held. */
async function firstToHandle(context: Context, waiting: readonly Waiting[]): Promise<Known | null> {
  for (let left = waiting.map(({ id }) => id); left.length > 0; ) {
    const id = await firstFree(context.db, left)
    if (id === null) return null
    const found = await heldCase(context, id, null)
    if (!aboutWhom(found.state).includes(context.actor.id)) return found
    left = left.filter((other) => other !== id)
  }
  return null
}
