import { readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { type Cause, withShipped } from '../domain/causes.ts'
import type { Kinds, Remedy } from '../domain/event.ts'
import { decidedRemedies } from '../domain/fold.ts'
import { giftsOf, mayGiveAtOnce, offerProblem } from '../domain/offer.ts'
import { decisionSetting } from '../settings.ts'
import { allOffers, storedCauses } from '../store/setup.ts'
import { costOfRemedies, decidedMinor, mustDecide, requestOf } from './authority.ts'
import { wrong } from './named.ts'
import type { Known } from './performing.ts'

/** The cause of the tree that is named; refused where there is none, or it is not chosen any more. */
export async function chosenCause({ db }: Context, causeId: string | null): Promise<Cause | null> {
  if (causeId === null) return null
  const cause = withShipped(await storedCauses(db)).find(({ id }) => id === causeId)
  if (!cause || cause.retired) throw wrong('causeId', 'no-such-cause', 'There is no such cause to choose')
  return cause
}

const sentences = {
  'no-such-offer': 'The catalogue has no such remedy',
  'another-kind': 'The catalogue names another kind for this remedy',
  'over-offer-limit': 'It costs more than the catalogue allows for this remedy',
} as const

/** Remedies that name a line of the catalogue keep to it. */
export async function mustFitOffers({ db }: Context, remedies: readonly Remedy[]): Promise<void> {
  if (remedies.every(({ offerId }) => !offerId)) return
  const offers = new Map((await allOffers(db)).map((offer) => [offer.id, offer]))
  for (const remedy of remedies) {
    const problem = remedy.offerId ? offerProblem(offers.get(remedy.offerId), remedy) : null
    if (problem) throw wrong('remedies', problem, sentences[problem])
  }
}

/**
 * Solve first (G-26): a small sum, and what the catalogue lets go, is given by whoever handles the case; more needs somebody who may approve so much, and has neither proposed a remedy in it nor looked for its cause. All
 * that one case is given so counts together.
 */
export async function mayGive(
  context: Context,
  found: Known,
  { amountMinor, offerId }: Kinds['interim-remedy'],
  field = 'amountMinor',
): Promise<void> {
  const { db } = context
  const offer = offerId ? (await allOffers(db)).find(({ id }) => id === offerId) : null
  const problem = offer === null ? null : offerProblem(offer, { amountMinor })
  if (problem) throw wrong(field, problem, sentences[problem])
  const { atOnceMinor } = await readSetting(db, decisionSetting)
  if (mayGiveAtOnce(offer ?? null, amountMinor, atOnceMinor, giftsOf(found.state))) return
  await mustDecide(context, await requestOf(context, found, decidedMinor(found, [{ amountMinor }])), field)
}

/** What goods of others are taken back for is given at once like any other sum; said again, it takes the place of what was said before. */
export const mayTakeBack = (context: Context, found: Known, { valueMinor }: Kinds['goods-returned']): Promise<void> =>
  mayGive(context, { ...found, state: { ...found.state, goods: null } }, { text: '', amountMinor: valueMinor }, 'valueMinor')

/** So much is paid as was approved, or less. Where a process pays what nobody decides on, and for what a customer is given for a suggestion, the limits of whoever says so hold. */
export async function mayPay(context: Context, found: Known, { amountMinor }: Kinds['paid']): Promise<void> {
  if (found.state.instructed === null) return mayGive(context, found, { text: '', amountMinor })
  if (amountMinor > costOfRemedies(decidedRemedies(found.state)))
    throw wrong('amountMinor', 'over-approved', 'It is more than was approved')
}
