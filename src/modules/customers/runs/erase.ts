import { z } from 'zod'
import { dayIn, notify, organizationProfile, readSetting } from '#modules/organization/public.ts'
import { type Context, system } from '#platform/context.ts'
import { refuse } from '#platform/refusal.ts'
import { runKind } from '#platform/runs/run-kind.ts'
import { erasePerson } from '#platform/subject/erasure.ts'
import { customerErased } from '../facts.ts'
import { formerIdsOf } from '../store/aliases.ts'
import { type Erasure, erasureById, updateErasure } from '../store/erasures.ts'
import { keptByLaw } from '../store/kept.ts'
import { lockForRemoval } from '../store/removal-lock.ts'

export const eraseRunKind = 'customers.erase'
/** `waited`: nobody looks on, as nobody pressed anything; runs of earlier versions do not say it. */
export const eraseInput = z.object({ erasureId: z.uuid(), customerId: z.uuid(), waited: z.boolean().optional() })

/** Which rows and how many files went. `waits`: nothing went, because the law has come to want something kept; the request waits until it does not. */
interface Erased {
  readonly rows: Readonly<Record<string, number>>
  readonly files: number
  readonly waits: boolean
}
const nothing: Erased = { rows: {}, files: 0, waits: false }

/** Erases a person, in one step: nobody is half erased. */
export const erase = runKind<typeof eraseInput, { done: boolean }>({
  kind: eraseRunKind,
  permission: 'customers.privacy',
  input: eraseInput,
  group: eraseRunKind,
  async work(run) {
    const { erasureId, customerId, waited = false } = run.input
    await run.progress({ phase: 'erase', done: 0, total: 1 })
    return run.step({ done: true }, async (context): Promise<Erased> => {
      const { db, now, publish } = context
      await lockForRemoval(db)
      const erasure = await erasureById(db, erasureId)
      if (erasure?.state === 'done') return nothing
      // It went back to those that wait before the process that did so could say it.
      if (erasure?.state === 'waiting') return { ...nothing, waits: true }
      if (erasure?.state !== 'confirmed') throw refuse('conflict', 'not-confirmed', 'Nobody has confirmed this erasure')
      // Something may have come since it was confirmed, such as a case; nobody writes about the customer any more until this ends.
      const { timeZone } = await readSetting(db, organizationProfile)
      if ((await keptByLaw(context, [customerId], dayIn(timeZone, now))).has(customerId)) {
        await updateErasure(db, erasure, { state: 'waiting', runId: null })
        await tell(context, erasure, 'erasure-waits')
        return { ...nothing, waits: true }
      }
      const { rows, files } = await erasePerson(context, {
        customerId,
        formerIds: await formerIdsOf(db, customerId),
        requestedBy: erasure.requestedBy,
        confirmedBy: erasure.confirmedBy!,
      })
      await updateErasure(db, erasure, { state: 'done', endedAt: now })
      await publish(customerErased, { customerId, erasureId })
      if (waited) await tell(context, erasure, 'erasure-done')
      return { rows, files, waits: false }
    })
  },
  undoable: () => false,
})

/** Both who wanted it hear of what happens without them, also whoever the run is carried out for. News outlive whoever is erased: they name nobody, nor where the person stood. */
export function tell(
  context: Context,
  { requestedBy, confirmedBy }: Pick<Erasure, 'requestedBy' | 'confirmedBy'>,
  what: 'erasure-waits' | 'erasure-done' | 'erasure-again',
): Promise<void> {
  const to = confirmedBy === null ? [requestedBy] : [requestedBy, confirmedBy]
  return notify(context.actingAs(system), { to, kind: `customers.${what}`, values: {}, link: '/erasures' })
}
