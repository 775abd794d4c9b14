import { z } from 'zod'
import type { Context } from '#platform/context.ts'
import type { Undone } from '#platform/module.ts'
import { type RunHandle, runKind } from '#platform/runs/run-kind.ts'
import { tiers } from '../domain/book.ts'
import { nobodys } from '../domain/customer-list.ts'
import { calledTiers, handOverKind, type Load, sharingOut } from '../domain/hand-over.ts'
import { customersHandedOver, departureHandedOver } from '../facts.ts'
import { lockHandOver } from '../store/followed.ts'
import { customersOf, loadsOf } from '../store/loads.ts'
import { setField } from './change-many.ts'
import { undoMany } from './undo-many.ts'

const input = z.object({ fromUserId: z.string().max(60), toUserIds: z.array(z.string().max(60)).min(1).max(50) })

interface Position {
  readonly after: { readonly tier: number; readonly id: string } | null
  readonly done: number
  readonly calls: number
  readonly byUser: Readonly<Record<string, number>>
  /** What the successors looked after when the run began, so that a run that is taken up again shares out as before. */
  readonly loads: readonly (readonly [string, Load])[]
  readonly ended: boolean
}
type Handle = RunHandle<z.output<typeof input>, Position>

const perStep = 500
/** So many of what stays are named. */
const mostNamed = 50

/**
 * Gives all customers of somebody who leaves to others, the most valuable first, so that loads stay even in every tier. Nobody is left behind: the run ends when the one who leaves looks after nobody.
 * Whom somebody should call is in the fact of each batch; at the end one fact says that everything else they leave behind may follow. Undone, what followed is given back, too, by the modules that it belongs to.
 */
export const handOver = runKind<typeof input, Position>({
  kind: handOverKind,
  permission: 'customers.hand-over',
  input,
  group: 'customers.change-many',
  async work(run) {
    let position = run.position ?? (await begin(run))
    while (!position.ended) {
      const from = position
      const next: Partial<Position> = {}
      position = await run.step(next as Position, async (context) => Object.assign(next, await step(context, run, from)) as Position)
      await run.progress({ phase: 'hand-over', done: position.done, total: null })
    }
    return { customers: position.done, calls: position.calls, byUser: position.byUser }
  },
  async undo(run, of) {
    const customers = await undoMany(run, of)
    const position = { after: null, ...customers, ended: true } as unknown as Position
    const also: Record<string, { restored: number; stays: number; left: Undone['left'] }> = {}
    for (const { undoings } of run.house.modules)
      for (const [kind, undo] of Object.entries(undoings ?? {})) {
        if (kind !== handOverKind) continue
        const undone = await run.step(position, async (context) => {
          await lockHandOver(context.db, of.id)
          return undo(context, of)
        })
        for (const [what, { restored, left }] of Object.entries(undone))
          also[what] = { restored, stays: left.length, left: left.slice(0, mostNamed) }
      }
    return { ...customers, also }
  },
})

async function begin(run: Handle): Promise<Position> {
  const loads = [...(await loadsOf(run.database.db, run.input.toUserIds))]
  return { after: null, done: 0, calls: 0, byUser: {}, loads, ended: false }
}

async function step(context: Context, run: Handle, from: Position): Promise<Position> {
  const { fromUserId, toUserIds } = run.input
  const customers = await customersOf(context.db, fromUserId === nobodys ? null : fromUserId, from.after, perStep)
  // Whoever was changed in the same moment was passed over, and is taken now.
  if (customers.length === 0) return from.after === null ? end(context, run, from) : { ...from, after: null }
  const next = sharingOut(toUserIds, new Map(from.loads))
  const loads = new Map(from.loads.map(([id, load]) => [id, { ...load }]))
  const owners = new Map(customers.map(({ id, tier }) => [id, next(tiers[tier]!)]))
  const written = new Set(
    await setField(context, [...owners.keys()], 'ownerId', ({ id }) => owners.get(id)!, { runId: run.id, by: run.requestedBy }),
  )
  const given = customers
    .filter(({ id }) => written.has(id))
    .map(({ id, tier }) => ({ customerId: id, tier: tiers[tier]!, ownerId: owners.get(id)! }))
  const byUser: Record<string, number> = { ...from.byUser }
  for (const { tier, ownerId } of given) {
    byUser[ownerId] = (byUser[ownerId] ?? 0) + 1
    const load = loads.get(ownerId) ?? { lead: 0, iron: 0, gold: 0, platinum: 0 }
    loads.set(ownerId, { ...load, [tier]: load[tier] + 1 })
  }
  const calls = given.filter(({ tier }) => calledTiers.includes(tier))
  await context.publish(customersHandedOver, { runId: run.id, fromUserId, customers: given.length, calls })
  return {
    after: customers.at(-1)!,
    done: from.done + given.length,
    calls: from.calls + calls.length,
    byUser,
    loads: [...loads],
    ended: false,
  }
}

async function end(context: Context, run: Handle, from: Position): Promise<Position> {
  const { fromUserId, toUserIds } = run.input
  const shares = toUserIds.map((userId) => ({ userId, customers: from.byUser[userId] ?? 0 }))
  // Nobody leaves where those without an owner are given one.
  if (fromUserId !== nobodys) await context.publish(departureHandedOver, { runId: run.id, fromUserId, shares })
  return { ...from, ended: true }
}
