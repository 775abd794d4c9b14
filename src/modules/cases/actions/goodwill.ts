import { addNewcomer, customerReachedBy } from '#modules/customers/public.ts'
import { defaultPageSize } from '#platform/contract.ts'
import { cursorOf } from '#platform/cursor.ts'
import type { Actions } from '#platform/module.ts'
import { refuse } from '#platform/refusal.ts'
import type { goodwillEndpoints } from '../api/goodwill.ts'
import { happened } from '../domain/event.ts'
import { claimMayGoTo } from '../domain/supplier-claim.ts'
import { type ClaimedCase, listClaims } from '../store/claims.ts'
import { actedOf } from './acted.ts'
import { mayTakeBack } from './catalogues.ts'
import { wrong } from './named.ts'
import { emptyRecord, openCase } from './opening.ts'
import { heldCase, type Known, mustBeAllowed, perform } from './performing.ts'
import { casesWithin, pageWithin } from './reach.ts'
import { listed } from './read.ts'
import { dayPlace } from './report.ts'

export const goodwillActions: Actions<typeof goodwillEndpoints> = {
  async serveNonCustomer(context, { name, email, phone, language, subject, description, channel, goods }) {
    const reachable = { email: email || null, phone: phone || null }
    const known = await customerReachedBy(context.db, reachable)
    const customerId = known ?? (await addNewcomer(context, { name, ...reachable, language, foundHow: 'goodwill' }))
    const opened = await openCase(context, {
      customerId,
      kind: 'goodwill',
      record: { ...emptyRecord(context.now), subject, description, channel, language },
      ownerId: context.actor.id,
      // They are being helped.
      takenOn: true,
    })
    if (goods) await mayTakeBack(context, opened, goods)
    const found = goods ? await perform(context, opened, happened('goods-returned', goods), { unasked: true }) : opened
    return { ...actedOf(found), number: found.state.number }
  },

  async returnGoods(context, { caseId, version, ...goods }) {
    const found = await heldCase(context, caseId, version)
    await mustBeAllowed(context, found, 'goods-returned')
    mustBeGoodwill(found)
    if (found.state.claim !== null && found.state.claim.state !== 'open')
      throw refuse('conflict', 'claimed-already', 'The supplier was asked for it already')
    await mayTakeBack(context, found, goods)
    return actedOf(await perform(context, found, happened('goods-returned', goods), { unasked: true }))
  },

  async moveClaim(context, { caseId, version, state, receivedMinor, note }) {
    const found = await heldCase(context, caseId, version)
    await mustBeAllowed(context, found, 'claim-moved')
    const { claim } = found.state
    if (claim === null) throw refuse('conflict', 'no-claim', 'Nothing was taken back for which a supplier could be asked')
    if (!claimMayGoTo(claim.state).includes(state)) throw wrong('state', 'no-way-there', 'From where the claim stands it cannot go there')
    if (state === 'refused' && !note?.trim()) throw wrong('note', 'required', 'Say why')
    const paid = state === 'paid' ? (receivedMinor ?? claim.amountMinor) : null
    if (paid !== null && paid > claim.amountMinor) throw wrong('receivedMinor', 'more-than-claimed', 'Nobody pays more than was asked for')
    return actedOf(await perform(context, found, happened('claim-moved', { state, receivedMinor: paid, note }), { unasked: true }))
  },

  async supplierClaims(context, { state, cursor, limit = defaultPageSize }) {
    const { items, last } = await pageWithin(
      context,
      limit,
      (behind: ClaimedCase | null, size) =>
        listClaims(context.db, state ?? null, behind ? { day: behind.receivedOn, id: behind.id } : dayPlace(cursor), size),
      (rows) => casesWithin(context, rows),
    )
    const claims = new Map(items.map((row) => [row.id, row]))
    return {
      items: (await listed(context, items)).map((item) => {
        const { claim, claimMinor } = claims.get(item.id)!
        return { ...item, claim, claimMinor }
      }),
      next: last && cursorOf([last.receivedOn, last.id]),
    }
  },
}

function mustBeGoodwill({ state }: Known): void {
  if (state.kind !== 'goodwill') throw refuse('conflict', 'not-goodwill', 'Goods of others are taken back in a case of goodwill')
}
