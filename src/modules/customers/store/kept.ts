import type { Context } from '#platform/context.ts'
import { type Keeping, keptAbout } from '#platform/subject/subject.ts'
import { type KeptByLaw, keptOn } from '../domain/kept.ts'
import { formerIdsOfMany } from './aliases.ts'

/** What the law wants kept on a day about some customers, also under the ids that they had before; those about whom it wants nothing are missing. */
export async function keptByLaw(
  { db, house }: Pick<Context, 'db' | 'house'>,
  customerIds: readonly string[],
  today: string,
): Promise<ReadonlyMap<string, KeptByLaw>> {
  const former = await formerIdsOfMany(db, customerIds)
  const theirs = new Map<string, Keeping[]>()
  for (const [id, keepings] of await keptAbout({ db, house }, [...customerIds, ...former.keys()])) {
    const whose = former.get(id) ?? id
    theirs.set(whose, [...(theirs.get(whose) ?? []), ...keepings])
  }
  return new Map(
    [...theirs].flatMap(([id, keepings]) => {
      const kept = keptOn(today, keepings)
      return kept === null ? [] : [[id, kept] as const]
    }),
  )
}
