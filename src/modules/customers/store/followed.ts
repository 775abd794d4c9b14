import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import { openUndo, runById } from '#platform/runs/store.ts'

/** Something that went to another with the customers of somebody who left; `ownerId` null: nobody was left for it. */
export interface Followed {
  readonly id: string
  readonly ownerId: string | null
}

/** Whether what somebody left behind is still to follow: not where the hand-over was taken back meanwhile. Until the transaction ends nobody takes it back, so that what follows is written down before. */
export async function stillHandedOver(db: Db, runId: string): Promise<boolean> {
  await lockHandOver(db, runId)
  return (await runById(db, runId))?.state !== 'undone' && (await openUndo(db, runId)) === undefined
}

/** Whoever takes a hand-over back and whatever follows it wait for one another here. */
export async function lockHandOver(db: Db, runId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`customers.hand-over ${runId}`}::text, 0))`.execute(db)
}

export async function noteFollowed(db: Db, runId: string, kind: string, items: readonly Followed[]): Promise<void> {
  if (items.length === 0) return
  await sql`
    insert into customers.followed (run_id, kind, item_id, owner_id)
    select ${runId}::uuid, ${kind}::text, x.* from unnest(${items.map(({ id }) => id)}::uuid[], ${items.map(({ ownerId }) => ownerId)}::text[]) x
    on conflict (run_id, kind, item_id) do update set owner_id = excluded.owner_id`.execute(db)
}

export async function followedBy(db: Db, runId: string, kind: string): Promise<readonly Followed[]> {
  const { rows } = await sql<Followed>`
    select item_id as id, owner_id as "ownerId" from customers.followed where run_id = ${runId}::uuid and kind = ${kind} order by item_id`.execute(
    db,
  )
  return rows
}
