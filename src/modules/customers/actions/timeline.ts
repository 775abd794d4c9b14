import { dayIn, organizationProfile, readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { defaultPageSize } from '#platform/contract.ts'
import { cursorOf, placeOf } from '#platform/cursor.ts'
import type { Actions, TimelineEntry } from '#platform/module.ts'
import type { api } from '../api.ts'
import type { Stage } from '../domain/interaction.ts'
import { mergeNewest } from '../domain/timeline.ts'
import { interactionLogged } from '../facts.ts'
import { type Interaction, insertInteraction, listInteractions } from '../store/interactions.ts'
import { archiveOf } from './archive.ts'

type Told = 'interactions' | 'logInteraction' | 'timeline'
export const timelineActions: Pick<Actions<typeof api>, Told> = {
  async interactions(context, { id, cursor, limit = defaultPageSize }) {
    await archiveOf(context, id)
    const rows = await listInteractions(context.db, id, momentOf(cursor), limit + 1)
    const items = rows.slice(0, limit)
    return { items, next: rows.length > limit ? cursorAt(items.at(-1)!.occurredAt, items.at(-1)!.id) : null }
  },

  async logInteraction(context, { id, ...input }) {
    await archiveOf(context, id, { lock: true })
    return noteTouch(context, {
      ...input,
      customerId: id,
      occurredAt: input.occurredAt ?? context.now,
      minutes: input.minutes ?? 0,
      costMinor: input.costMinor ?? null,
    })
  },

  async timeline(context, { id, stage, cursor, limit = defaultPageSize }) {
    await archiveOf(context, id)
    const { entries, next } = await readTimeline(context, id, stage, momentOf(cursor), limit)
    return { items: entries.map((entry) => ({ ...entry, values: { ...entry.values } })), next }
  },
}

/** Notes one touch with a customer who is held against removal, and announces it. */
export async function noteTouch(context: Context, given: Omit<Interaction, 'id' | 'recordedBy'>): Promise<Interaction> {
  const { db, now, newId, actor, publish } = context
  const touch = { ...given, id: newId(), recordedBy: actor.id }
  await insertInteraction(db, touch, now)
  const { id, customerId, channel, direction, stage, minutes, costMinor } = touch
  const { timeZone } = await readSetting(db, organizationProfile)
  const day = dayIn(timeZone, touch.occurredAt)
  await publish(interactionLogged, { customerId, interactionId: id, day, channel, direction, stage, minutes, costMinor })
  return touch
}

/** How often the sources are asked again for entries of a rare stage before the page is given as it is. */
const rounds = 10

/** Every module's entries as one list. A stage is picked out of the merged list, so that one cursor holds for all sources. */
async function readTimeline(
  context: Context,
  customerId: string,
  stage: Stage | undefined,
  from: { at: Date; id: string } | null,
  limit: number,
): Promise<{ entries: readonly TimelineEntry[]; next: string | null }> {
  const may = (module: { name: string; permissions: object }) =>
    !(`${module.name}.read` in module.permissions) || context.actor.can(`${module.name}.read`)
  const sources = context.house.modules.flatMap((module) => (module.timeline && may(module) ? [module.timeline] : []))
  const entries: TimelineEntry[] = []
  let before = from
  for (let round = 0; round < rounds; round++) {
    const lists: (readonly TimelineEntry[])[] = []
    for (const source of sources) lists.push(await source(context, customerId, before, limit + 1))
    const merged = mergeNewest(lists, limit + 1)
    const whole = merged.length <= limit
    for (const entry of merged.slice(0, limit)) {
      before = { at: entry.at, id: entry.id }
      if (stage === undefined || entry.stage === stage) entries.push(entry)
      if (entries.length === limit && !(whole && entry === merged.at(-1))) return { entries, next: cursorAt(before.at, before.id) }
    }
    if (whole) return { entries, next: null }
  }
  return { entries, next: before && cursorAt(before.at, before.id) }
}

const cursorAt = (at: Date, id: string) => cursorOf([at.toISOString(), id])

function momentOf(cursor: string | undefined): { at: Date; id: string } | null {
  if (cursor === undefined) return null
  const [at, id] = placeOf(cursor, ['instant', 'text'])
  return { at: new Date(String(at)), id: String(id) }
}
