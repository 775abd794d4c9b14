import { z } from 'zod'
import { refuse } from '#platform/refusal.ts'
import { runKind } from '#platform/runs/run-kind.ts'
import { erasePerson } from '#platform/subject/erasure.ts'
import { customerErased } from '../facts.ts'
import { formerIdsOf } from '../store/aliases.ts'
import { erasureById, updateErasure } from '../store/erasures.ts'
import { lockForRemoval } from '../store/removal-lock.ts'

export const eraseRunKind = 'customers.erase'
const input = z.object({ erasureId: z.uuid(), customerId: z.uuid() })

/** Erases a person, in one step: nobody is half erased. */
export const erase = runKind<typeof input, { done: boolean }>({
  kind: eraseRunKind,
  permission: 'customers.privacy',
  input,
  group: eraseRunKind,
  async work(run) {
    const { erasureId, customerId } = run.input
    await run.progress({ phase: 'erase', done: 0, total: 1 })
    return run.step({ done: true }, async (context) => {
      const { db, now, publish } = context
      await lockForRemoval(db)
      const erasure = await erasureById(db, erasureId)
      if (erasure?.state === 'done') return { rows: {}, files: 0 }
      if (erasure?.state !== 'confirmed') throw refuse('conflict', 'not-confirmed', 'Nobody has confirmed this erasure')
      const { rows, files } = await erasePerson(context, {
        customerId,
        formerIds: await formerIdsOf(db, customerId),
        requestedBy: erasure.requestedBy,
        confirmedBy: erasure.confirmedBy!,
      })
      await updateErasure(db, erasure, { state: 'done', endedAt: now })
      await publish(customerErased, { customerId, erasureId })
      return { rows, files }
    })
  },
  undoable: () => false,
})
