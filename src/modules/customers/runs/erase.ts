import { z } from 'zod'
import { dayIn, organizationProfile, readSetting } from '#modules/organization/public.ts'
import { refuse } from '#platform/refusal.ts'
import { runKind } from '#platform/runs/run-kind.ts'
import { erasePerson } from '#platform/subject/erasure.ts'
import { customerErased } from '../facts.ts'
import { formerIdsOf } from '../store/aliases.ts'
import { erasureById, updateErasure } from '../store/erasures.ts'
import { keptByLaw } from '../store/kept.ts'
import { lockForRemoval } from '../store/removal-lock.ts'

export const eraseRunKind = 'customers.erase'
const input = z.object({ erasureId: z.uuid(), customerId: z.uuid() })

/** Which rows and how many files went. `waits`: nothing went, because the law has come to want something kept; the request waits until it does not. */
interface Erased {
  readonly rows: Readonly<Record<string, number>>
  readonly files: number
  readonly waits: boolean
}
const nothing: Erased = { rows: {}, files: 0, waits: false }

/** Erases a person, in one step: nobody is half erased. */
export const erase = runKind<typeof input, { done: boolean }>({
  kind: eraseRunKind,
  permission: 'customers.privacy',
  input,
  group: eraseRunKind,
  async work(run) {
    const { erasureId, customerId } = run.input
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
      return { rows, files, waits: false }
    })
  },
  undoable: () => false,
})
