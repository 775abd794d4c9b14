import type { Context } from '../context.ts'
import { readsDropped } from './facts.ts'

/** Deletes looks that are older than they are kept, whole blocks at a time. The blocks themselves stay, so that the chain goes on; which were emptied is a fact. */
export async function dropReads({ db, now, publish }: Context, keptDays: number): Promise<void> {
  const before = new Date(now.getTime() - keptDays * 86_400_000)
  const last = await db
    .selectFrom('platform.trail_block')
    .select('number')
    .where('trail', '=', 'read')
    .where('sealed_at', '<', before)
    .where('dropped_at', 'is', null)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!last) return
  const deleted = await db.deleteFrom('platform.personal_read').where('block', '<=', last.number).executeTakeFirst()
  await db
    .updateTable('platform.trail_block')
    .set({ dropped_at: now })
    .where('trail', '=', 'read')
    .where('number', '<=', last.number)
    .where('dropped_at', 'is', null)
    .execute()
  await publish(readsDropped, { throughBlock: last.number, rows: Number(deleted.numDeletedRows) })
}
