import { correctTouch, type GivenParts, noteTouch, noteUsedCompetitors } from '#modules/customers/public.ts'
import { organizationProfile, readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import type { Stage } from '../domain/channel.ts'
import { type Commitment, isContact } from '../domain/commitment.ts'
import { competitorsHeard, findingsText, needsHeard } from '../domain/visit.ts'
import { eventsOf } from '../store/events.ts'
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
 * Writes a completed contact into the archive with what was found (L-04): findings and notes as a touch, needs into their register, competitors among those that are used; what is left out of those, the
 * checklist says. Done a second time, it corrects what it wrote the first time, and only in what was said anew: its author may have corrected the rest by hand. Answers the touch; null where it is no contact.
 */
export async function noteContact(
  context: Context,
  before: Commitment,
  outcome: string | null,
  { minutes, stage, competitors, ...parts }: Found,
): Promise<string | null> {
  const { customerId, channel, startsAt, endsAt, interactionId, steps } = before
  if (!isContact(before) || customerId === null || channel === null) return null
  await holdCustomer(context, customerId)
  const summary = findingsText({ ...before, outcome }, await stepWords(context))
  if (interactionId !== null) {
    const said = {
      ...((await isSaidAnew(context, before, outcome)) ? { summary } : {}),
      ...(minutes === undefined ? {} : { minutes }),
      ...(stage === undefined ? {} : { stage }),
    }
    const corrected = await correctTouch(context, customerId, interactionId, said, parts)
    if (corrected) {
      if (competitors) await noteUsedCompetitors(context, customerId, competitors)
      return corrected.id
    }
  }
  await noteUsedCompetitors(context, customerId, competitors ?? competitorsHeard(steps))
  const heard = needsHeard(steps)
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
    { ...parts, needs: parts.needs ?? (heard.length > 0 ? [...heard] : undefined) },
  )
  return touch.id
}

/** Whether anything that the archive was told of a contact is another since it was done last. */
async function isSaidAnew({ db }: Context, before: Commitment, outcome: string | null): Promise<boolean> {
  if (outcome !== before.outcome) return true
  const events = await eventsOf(db, before.customerId, before.id)
  const since = events.slice(events.findLastIndex(({ what }) => what === 'completed') + 1)
  return since.some(({ changes }) => told.some((field) => field in changes))
}
const told = ['title', 'purpose', 'steps']

/** The archive speaks the organization's language, whoever reads it. */
async function stepWords({ db }: Context): Promise<(key: string) => string> {
  const words: Readonly<Record<string, unknown>> = texts[(await readSetting(db, organizationProfile)).locale]
  return (key) => String(words[`step.${key}`] ?? key)
}
