import { dayIn, organizationProfile, readSetting } from '#modules/organization/public.ts'
import { type Context, system } from '#platform/context.ts'
import { defaultPageSize } from '#platform/contract.ts'
import { cursorOf, placeOf } from '#platform/cursor.ts'
import type { Db } from '#platform/database/connection.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import { Definition, type segmentsApi } from '../api/segments.ts'
import { tiers } from '../domain/book.ts'
import type { SegmentFilter } from '../domain/customer-list.ts'
import { figureColumns, personalColumns, type SegmentDefinition, type SegmentTerms, segmentProblems } from '../domain/segment.ts'
import {
  countByFirst,
  deleteSegment,
  findMembers,
  insertSegment,
  listMembers,
  listSegments,
  meaning,
  memberLimit,
  membersOf,
  type Segment,
  type SegmentAsk,
  segmentById,
  segmentsById,
  updateSegment,
} from '../store/segments.ts'
import { hiddenFigure, seesFigures, withFiguresOf } from './figures.ts'
import { ownFieldsInUse } from './own-in-use.ts'
import { hidesPersonal } from './personal.ts'
import { targetRuleSeen } from './target.ts'

type Shown = Awaited<ReturnType<(typeof segmentsActions)['makeSegment']>>
export const segmentsActions: Actions<typeof segmentsApi> = {
  segments: async (context) => ({ items: (await listSegments(context.db, context.actor.id)).map((segment) => shown(context, segment)) }),

  segmentSize: async (context, { definition }) =>
    sizeOf(await findMembers(context.db, await readDefinition(context, definition), await askOf(context))),

  async makeSegment(context, { name, definition, shared }) {
    await refuseProblems(context, definition)
    const segment: Segment = { id: context.newId(), name, definition, shared, userId: context.actor.id, version: 1 }
    if (!(await insertSegment(context.db, segment, context.now))) throw nameTaken(name)
    return shown(context, segment)
  },

  async changeSegment(context, { segmentId, version, name, definition, shared }) {
    await refuseProblems(context, definition)
    const segment = await own(context, segmentId)
    const others = await listSegments(context.db, context.actor.id)
    if (others.some((one) => one.id !== segmentId && one.userId === context.actor.id && one.name === name)) throw nameTaken(name)
    if (!(await updateSegment(context.db, { id: segmentId, version, name, definition, shared }, context.now)))
      throw changedMeanwhile('this segment')
    return shown(context, { ...segment, name, definition, shared, version: version + 1 })
  },

  async removeSegment(context, { segmentId, version }) {
    await own(context, segmentId)
    if (!(await deleteSegment(context.db, segmentId, version))) throw changedMeanwhile('this segment')
    return {}
  },

  async members(context, { segmentId, cursor, limit = defaultPageSize }) {
    const segment = await visible(context, segmentId)
    refuseHidden(context, segment.definition)
    const ask = await askOf(context)
    refuseRemoved(segment.definition, ask.terms)
    const after = cursor === undefined ? null : placeOf(cursor, ['text', 'uuid'])
    const found = await findMembers(context.db, segment.definition, ask)
    const members = await listMembers(context.db, segment.definition, found, { ...ask, after, limit: limit + 1 })
    const items = members.slice(0, limit)
    const last = items.at(-1)
    const seen = await withFiguresOf(
      context,
      items.map(({ id }) => id),
    )
    return {
      items: items.map(({ nameKey: _, valued, tier, lifetimeValueMinor, ...member }) => ({
        ...member,
        tier: valued && seen.has(member.id) ? tiers[tier]! : null,
        lifetimeValueMinor: valued && seen.has(member.id) ? lifetimeValueMinor : null,
      })),
      next: members.length > limit && last ? cursorOf([last.nameKey, last.id]) : null,
      segment: shown(context, segment),
      count: sizeOf(found),
    }
  },
}

const shown = ({ actor }: Context, { userId, ...segment }: Segment): Shown => ({
  ...(segment as Omit<Shown, 'mine'>),
  mine: userId === actor.id,
})

const sizeOf = (found: readonly string[]) => ({ customers: Math.min(found.length, memberLimit), more: found.length > memberLimit })

/** What every definition is read with. */
export const segmentTerms = async (context: Pick<Context, 'db' | 'actor'>): Promise<SegmentTerms> => ({
  ownFields: await ownFieldsInUse(context),
  target: await targetRuleSeen(context),
})

/**
 * The ids of everybody whom a kept segment means, ascending, some thousand at a time: for modules that act on segments. It is read as the product itself reads it, with every own field and the whole
 * target rule and among all customers; what one person may see of it is the business of whoever shows it to them. Refused where it is gone, or asks for a field that is.
 */
export async function* membersOfSegment({ db, now }: Pick<Context, 'db' | 'now'>, segmentId: string): AsyncGenerator<readonly string[]> {
  const segment = await segmentById(db, segmentId)
  if (!segment) throw noSuchSegment()
  const ask = await askOf({ db, now, actor: system, reach: 'all' })
  refuseRemoved(segment.definition, ask.terms)
  yield* membersOf(db, segment.definition, ask)
}

/**
 * To which of some kept segments one customer belongs, as the product itself reads them. A segment that is gone, or asks for a field that is, means nobody. It looks at one row, so it may be asked with every case.
 */
export async function segmentsOfCustomer(
  { db, now }: Pick<Context, 'db' | 'now'>,
  customerId: string,
  segmentIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (segmentIds.length === 0) return new Set()
  const ask = await askOf({ db, now, actor: system, reach: 'all' })
  const segments = await askable(db, segmentIds, ask)
  const definitions = segments.map(({ definition }) => definition)
  const met = await meaning(db, customerId, definitions, ask)
  return new Set(segments.filter((_, i) => met[i]).map(({ id }) => id))
}

/** Every customer counted once, under the first of some kept segments that means them (`segmentId` null: none does), with tier and profit. It looks at everybody. */
export async function customersBySegment({ db, now }: Pick<Context, 'db' | 'now'>, segmentIds: readonly string[]) {
  const ask = await askOf({ db, now, actor: system, reach: 'all' })
  const segments = await askable(db, segmentIds, ask)
  const counted = await countByFirst(
    db,
    segments.map(({ definition }) => definition),
    ask,
  )
  return counted.map(({ place, ...row }) => ({ ...row, segmentId: place === null ? null : segments[place]!.id }))
}

/** Those of some segments that can be asked, in the order in which they were named. */
async function askable(db: Db, segmentIds: readonly string[], { terms }: SegmentAsk): Promise<readonly Segment[]> {
  const found = await segmentsById(db, segmentIds)
  return segmentIds
    .flatMap((id) => found.get(id) ?? [])
    .filter(({ definition }) => segmentProblems(definition, terms.ownFields).length === 0)
}

/**
 * A kept segment as the list is narrowed by it, which somebody names. Refused as an input where it is gone or somebody else’s, and wherever who is in it would tell what is hidden from them.
 */
export async function segmentFilter(context: Context, segmentId: string): Promise<SegmentFilter> {
  const segment = await segmentById(context.db, segmentId)
  if (!segment || !seesSegment(context, segment))
    throw refuse('invalid', 'segment-gone', 'The segment by which this list is narrowed is not there any more', {
      fields: [{ field: 'inSegment', reason: 'segment-gone', detail: 'Take this filter away, or choose another segment' }],
    })
  refuseHidden(context, segment.definition)
  const { terms, today } = await askOf(context)
  refuseRemoved(segment.definition, terms)
  return { definition: segment.definition, terms, today }
}

async function askOf(context: Pick<Context, 'db' | 'now' | 'actor' | 'reach'>): Promise<SegmentAsk> {
  const { timeZone } = await readSetting(context.db, organizationProfile)
  return { terms: await segmentTerms(context), today: dayIn(timeZone, context.now), reach: context.reach }
}

async function visible(context: Context, id: string): Promise<Segment> {
  const segment = await segmentById(context.db, id)
  if (!segment || !seesSegment(context, segment)) throw noSuchSegment()
  return segment
}

const seesSegment = ({ actor }: Context, { userId, shared }: Segment) => shared || userId === actor.id

const noSuchSegment = () => refuse('missing', 'no-such-segment', 'There is no such segment')

async function own(context: Context, id: string): Promise<Segment> {
  const segment = await visible(context, id)
  if (segment.userId !== context.actor.id)
    throw refuse('forbidden', 'segment-of-another', 'This segment is somebody else’s; save one of your own')
  return segment
}

async function readDefinition(context: Context, text: string): Promise<SegmentDefinition> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw unreadable()
  }
  const parsed = Definition.safeParse(json)
  if (!parsed.success) throw unreadable()
  await refuseProblems(context, parsed.data)
  return parsed.data
}

const unreadable = () =>
  refuse('invalid', 'invalid-input', 'The definition cannot be read', {
    fields: [{ field: 'definition', reason: 'invalid-format', detail: 'It is not a definition in JSON' }],
  })

/** Who is in a segment would tell what is hidden from whoever asks. */
function refuseHidden(context: Context, { groups }: SegmentDefinition): void {
  const asks = (columns: readonly string[]) => groups.some(({ conditions }) => conditions.some(({ column }) => columns.includes(column)))
  if (!seesFigures(context) && asks(figureColumns)) throw hiddenFigure()
  if (hidesPersonal(context) && asks(personalColumns))
    throw refuse('forbidden', 'hidden-field', 'You do not see contact data and birthdays, so you cannot pick customers by them')
}

/** A segment that somebody kept may ask for a field that was removed since. */
function refuseRemoved(definition: SegmentDefinition, { ownFields }: SegmentTerms): void {
  const gone = segmentProblems(definition, ownFields).filter(({ reason }) => reason === 'no-such-field')
  if (gone.length > 0)
    throw refuse(
      'conflict',
      'segment-asks-removed-field',
      'This segment asks for a field that is not there any more, or not for you; change its conditions, or bring the field back',
      {
        fields: gone.map(({ field, reason }) => ({ field, reason, detail: 'There is no such field' })),
      },
    )
}

async function refuseProblems(context: Context, definition: SegmentDefinition): Promise<void> {
  refuseHidden(context, definition)
  const problems = segmentProblems(definition, await ownFieldsInUse(context))
  if (problems.length > 0)
    throw refuse('invalid', 'segment-incomplete', 'Some conditions cannot be asked as they stand', {
      fields: problems.map(({ field, reason }) => ({ field, reason, detail: reason })),
    })
}

const nameTaken = (name: string) =>
  refuse('conflict', 'segment-name-taken', `You have a segment ${name} already`, {
    fields: [{ field: 'name', reason: 'segment-name-taken', detail: 'Choose another name' }],
  })
