import { correctTouch, type GivenParts, noteTouch, noteUsedCompetitors } from '#modules/customers/public.ts'
import { organizationProfile, readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import type { Stage } from '../domain/channel.ts'
import { type Commitment, isContact } from '../domain/commitment.ts'
import { findingsText, needsHeard } from '../domain/visit.ts'
import { texts } from '../texts/index.ts'
import { holdCustomer } from './making.ts'

/** What somebody says of a contact besides its outcome. */
export interface Found extends GivenParts {
  readonly minutes?: number | undefined
  readonly stage?: Stage | undefined
  /** Whom else the customer buys from, by name. */
  readonly competitors?: readonly string[] | undefined
}

/**
 * Writes a completed contact into the archive with what was found (L-04): findings and notes as a touch, needs into their register, competitors among those that are used. Done a second time, it corrects
 * what it wrote the first time. Answers the touch; null where it is no contact.
 */
export async function noteContact(
  context: Context,
  contact: Commitment,
  { minutes, stage, competitors = [], ...given }: Found,
): Promise<string | null> {
  const { customerId, channel, startsAt, endsAt, interactionId, steps } = contact
  if (!isContact(contact) || customerId === null || channel === null) return null
  await holdCustomer(context, customerId)
  await noteUsedCompetitors(context, customerId, competitors)
  const heard = needsHeard(steps)
  const parts = { ...given, needs: given.needs ?? (heard.length > 0 ? [...heard] : undefined) }
  const summary = findingsText(contact, await stepWords(context))
  if (interactionId !== null) {
    const said = { summary, ...(minutes === undefined ? {} : { minutes }), ...(stage === undefined ? {} : { stage }) }
    const corrected = await correctTouch(context, customerId, interactionId, said, parts)
    if (corrected) return corrected.id
  }
  const lasted = startsAt && endsAt ? Math.min(10_000, Math.round((endsAt.getTime() - startsAt.getTime()) / 60_000)) : 0
  const touch = await noteTouch(
    context,
    {
      customerId,
      channel,
      direction: 'out',
      stage: stage ?? 'before',
      occurredAt: startsAt && startsAt < context.now ? startsAt : context.now,
      summary,
      minutes: minutes ?? lasted,
      costMinor: null,
    },
    parts,
  )
  return touch.id
}

/** The archive speaks the organization's language, whoever reads it. */
async function stepWords({ db }: Context): Promise<(key: string) => string> {
  const words: Readonly<Record<string, unknown>> = texts[(await readSetting(db, organizationProfile)).locale]
  return (key) => String(words[`step.${key}`] ?? key)
}
