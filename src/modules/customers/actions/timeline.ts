import type { Context } from '#platform/context.ts'
import { defaultPageSize } from '#platform/contract.ts'
import { cursorOf, placeOf } from '#platform/cursor.ts'
import type { Actions, Module, TimelineEntry, TimelineSource } from '#platform/module.ts'
import type { api } from '../api.ts'
import { isOf, mergeNewest } from '../domain/timeline.ts'
import { customersWithin } from '../store/lookups.ts'
import { archiveOf } from './archive.ts'

export const timelineActions: Pick<Actions<typeof api>, 'timeline'> = {
  async timeline(context, { id, stage, of, by, cursor, limit = defaultPageSize }) {
    await archiveOf(context, id)
    const wanted = (entry: TimelineEntry) =>
      (stage === undefined || entry.stage === stage) && (of === undefined || isOf(entry, of)) && (by === undefined || entry.by === by)
    const { entries, next } = await readTimeline(context, id, { of, wanted }, momentOf(cursor), limit)
    return { items: entries.map((entry) => ({ ...entry, by: entry.by ?? null, values: { ...entry.values } })), next }
  },
}

/** What is picked from the sources: those of one module alone, where one or a kind of it is named, and of these the wanted. */
interface Wish {
  readonly of: string | undefined
  readonly wanted: (entry: TimelineEntry) => boolean
}

/** How often the sources are asked again for entries of a rare stage, kind or person before the page is given as it is. */
const rounds = 10

/** Every module's entries as one list. What is wanted is picked out of the merged list, so that one cursor holds for all sources. */
async function readTimeline(
  context: Context,
  customerId: string,
  { of, wanted }: Wish,
  from: { at: Date; id: string } | null,
  limit: number,
): Promise<{ entries: readonly TimelineEntry[]; next: string | null }> {
  const sources: TimelineSource[] = []
  for (const module of context.house.modules)
    if (module.timeline && (of === undefined || of.split('.')[0] === module.name) && (await maySee(context, module, customerId)))
      sources.push(module.timeline)
  const entries: TimelineEntry[] = []
  let before = from
  for (let round = 0; round < rounds; round++) {
    const lists: (readonly TimelineEntry[])[] = []
    for (const source of sources) lists.push(await source(context, customerId, before, limit + 1))
    const merged = mergeNewest(lists, limit + 1)
    const whole = merged.length <= limit
    for (const entry of merged.slice(0, limit)) {
      before = { at: entry.at, id: entry.id }
      if (wanted(entry)) entries.push(entry)
      if (entries.length === limit && !(whole && entry === merged.at(-1))) return { entries, next: cursorAt(before.at, before.id) }
    }
    if (whole) return { entries, next: null }
  }
  return { entries, next: before && cursorAt(before.at, before.id) }
}

/** A module's entries are for those who may read what it holds about this customer: the reach of its own permission counts. */
async function maySee({ db, actor }: Context, { name, permissions }: Module, customerId: string): Promise<boolean> {
  const read = `${name}.read`
  if (!(read in permissions)) return true
  return actor.can(read) && (await customersWithin(db, [customerId], actor.reach(read))).has(customerId)
}

export const cursorAt = (at: Date, id: string) => cursorOf([at.toISOString(), id])

export function momentOf(cursor: string | undefined): { at: Date; id: string } | null {
  if (cursor === undefined) return null
  const [at, id] = placeOf(cursor, ['instant', 'text'])
  return { at: new Date(String(at)), id: String(id) }
}
